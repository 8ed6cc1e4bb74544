"""Of every collection: the committed samples are what their maker writes; each fault is in its cell, in every layout."""

from __future__ import annotations

import collections
import csv
import importlib
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from making.entries import read_quantity
from making.model import Formula
from making.reshaping import RemoveForm

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PACKS = ("plan2022", "welfare2024", "management2024", "districts2022", "council2023", "fund2024")
FOLDERS = ("returns", "returns-with-errors")
COLLECTIONS = {pack: importlib.import_module(f"{pack}.making.collections").COLLECTION for pack in PACKS}
VARIATIONS = [(pack, variant) for pack in PACKS for variant in COLLECTIONS[pack].variations]
# Where nothing of the cell changes: what is wrong is the row or column it stands in.
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # a day has many notations: it is typed as one likes
SAME_VALUE = ("hidden row", "hidden column", "row missing")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Pack → folder into which its maker wrote everything; written when first asked for."""
    written = {}

    def of(pack):
        if pack not in written:
            written[pack] = tmp_path_factory.mktemp(pack)
            COLLECTIONS[pack].write_samples(written[pack])
        return written[pack]

    return of


def members(path: Path):
    """Name, time and content of each part: what a compressing library's version cannot change."""
    with zipfile.ZipFile(path) as package:
        return [(part.filename, part.date_time, package.read(part)) for part in package.infolist()]


def lines_of(pack, name="planted.csv"):
    with (SAMPLES / pack / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("pack", PACKS)
def test_the_committed_workbooks_are_those_the_maker_writes(made, pack, folder):
    names = sorted(path.name for path in (made(pack) / folder).iterdir())
    assert names == sorted(path.name for path in (SAMPLES / pack / folder).iterdir())
    for name in names:
        if name != COLLECTIONS[pack].cut[0]:
            assert members(made(pack) / folder / name) == members(SAMPLES / pack / folder / name), name


@pytest.mark.parametrize("pack", [pack for pack in PACKS if COLLECTIONS[pack].earlier])
def test_the_earlier_round_is_the_one_the_maker_writes(made, pack):
    for folder in (made(pack) / "returns-earlier", SAMPLES / pack / "returns-earlier"):
        assert len(list(folder.iterdir())) == len(COLLECTIONS[pack].earlier.departments)
        for path in folder.iterdir():
            assert members(path) == members(made(pack) / "returns-earlier" / path.name), path.name
    assert (made(pack) / "changed.csv").read_bytes() == (SAMPLES / pack / "changed.csv").read_bytes()


@pytest.mark.parametrize("pack", PACKS)
def test_the_list_of_faults_is_the_one_the_maker_writes(made, pack):
    assert (made(pack) / "planted.csv").read_bytes() == (SAMPLES / pack / "planted.csv").read_bytes()


@pytest.mark.parametrize("pack", PACKS)
def test_the_maker_writes_the_same_bytes_twice(made, pack, tmp_path):
    COLLECTIONS[pack].write_samples(tmp_path)
    for folder in FOLDERS:
        for path in (made(pack) / folder).iterdir():
            assert path.read_bytes() == (tmp_path / folder / path.name).read_bytes(), path.name


@pytest.mark.parametrize("pack", PACKS)
def test_the_cut_file_is_the_beginning_of_another(pack):
    folder = SAMPLES / pack / "returns-with-errors"
    name, of = COLLECTIONS[pack].cut
    cut, whole = (folder / name).read_bytes(), (folder / of).read_bytes()
    assert whole.startswith(cut)
    assert 0 < len(cut) < len(whole)
    assert not zipfile.is_zipfile(folder / name)


@pytest.mark.parametrize(
    ("pack", "name"),
    sorted(
        {(pack, line["file"]) for pack in PACKS for line in lines_of(pack)}
        - {(p, c.cut[0]) for p, c in COLLECTIONS.items()}
    ),
)
def test_each_planted_value_is_in_its_cell(pack, name):
    path = SAMPLES / pack / "returns-with-errors" / name
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    for line in lines_of(pack):
        if line["file"] != name or not line["cell"]:
            continue
        book = formulas if line["planted"].startswith("=") else values
        value = book[line["sheet"]][line["cell"]].value
        assert ("" if value is None else str(value)) == line["planted"], line
        if line["fault"] not in SAME_VALUE:
            assert line["planted"] != line["original"], line
        if line["code"] == "FIL009":
            assert values[line["sheet"]][line["cell"]].value is None


@pytest.mark.parametrize("pack", PACKS)
def test_hidden_rows_and_columns_are_hidden(pack):
    hidden = [line for line in lines_of(pack) if line["code"] == "FIL008"]
    assert {line["fault"] for line in hidden} <= {"hidden row", "hidden column"}
    assert hidden
    for line in hidden:
        sheet = openpyxl.load_workbook(SAMPLES / pack / "returns-with-errors" / line["file"])[line["sheet"]]
        cell = sheet[line["cell"]]
        if line["fault"] == "hidden row":
            assert sheet.row_dimensions[cell.row].hidden
        else:
            assert sheet.column_dimensions[cell.column_letter].hidden


@pytest.mark.parametrize(
    ("pack", "least"), [("plan2022", 51), ("welfare2024", 8), ("management2024", 0), ("districts2022", 258)]
)
def test_honest_returns_store_the_result_of_every_formula(pack, least):
    found = 0
    for path in sorted((SAMPLES / pack / "returns").iterdir()):
        formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
        for sheet in formulas:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                found += 1
                assert isinstance(values[sheet.title][cell.coordinate].value, int | float), (path.name, cell)
    assert found >= least


@pytest.mark.parametrize("pack", PACKS)
def test_no_record_has_two_faults(pack):
    faults = COLLECTIONS[pack].faults
    places = collections.Counter((fault.department, fault.edit.about.form, fault.edit.about.record) for fault in faults)
    twice = {place for place, count in places.items() if count > 1}
    assert not {place for place in twice if place[2] not in ("header", "合計") and place[1] != "cover"}


@pytest.mark.parametrize("pack", PACKS)
def test_a_missing_form_or_header_hides_no_other_fault(pack):
    faults = COLLECTIONS[pack].faults
    for fault in faults:
        if isinstance(fault.edit, RemoveForm) or fault.code == "LAY002":
            form = fault.edit.about.form
            here = [other for other in faults if other.department == fault.department]
            assert [other for other in here if other.edit.about.form == form] == [fault]


@pytest.mark.parametrize("pack", PACKS)
def test_planting_leaves_the_clean_returns_alone(pack):
    returns = COLLECTIONS[pack].read()
    COLLECTIONS[pack].plant(returns)
    assert returns == COLLECTIONS[pack].read()


def folded(content):
    """The content without what a layout may change: width of digits, blanks, the unit of a form, commas."""
    content = "".join(content.translate(str.maketrans("０１２３４５６７８９，．", "0123456789,.")).split())
    return re.sub(r"(?<=\d)(千円|時間)$", "", content.replace(",", ""))


@pytest.mark.parametrize(("pack", "variant"), VARIATIONS)
def test_every_variation_carries_the_same_figures(pack, variant):
    """Texts are the same after folding; numbers are those of the texts, a percentage as a fraction."""
    made = COLLECTIONS[pack]
    for answer in made.read().values():
        plain, other = made.cells(answer, made.variations["plain"]), made.cells(answer, made.variations[variant])
        for owner, cell in plain.items():
            if owner.record == "header" or owner.field.endswith(".version") or A_DAY.fullmatch(cell.content):
                continue
            was, now = folded(cell.content), folded(other[owner].content)
            if was != now:
                quantity = read_quantity(cell.content)
                assert quantity, (owner, was, now)
                number, unit, _, _ = quantity
                assert Decimal(now) in ((number / 100, number) if unit in "%％" else (number,)), owner


@pytest.mark.parametrize(("pack", "variant"), VARIATIONS)
def test_every_fault_has_a_cell_of_its_own_in_every_variation(pack, variant):
    made = COLLECTIONS[pack]
    returns = made.read()
    spoilt = made.plant(returns)
    for department, clean in returns.items():
        lines = made.listed(clean, spoilt[department], made.layout_for(department, made.variations[variant]))
        faults = [fault for fault in made.faults if fault.department == department]
        cells = [(line.sheet, line.cell) for line in lines if line.cell]
        assert len(cells) == len(set(cells)) == sum(fault.edit.owner is not None for fault in faults)


@pytest.mark.parametrize(("pack", "variant"), VARIATIONS)
def test_every_formula_speaks_of_cells_that_are_there(pack, variant):
    """Also in returns with a row, a column or a form less."""
    made = COLLECTIONS[pack]
    for department, answer in made.plant(made.read()).items():
        sheets = made.lay_out(answer, made.layout_for(department, made.variations[variant]))
        cells = [cell for sheet in sheets for block, _, _ in sheet.blocks for cell in block.cells]
        there = {cell.owner for cell in cells}
        parts = [part for cell in cells if isinstance(cell.value, Formula) for part in cell.value.parts]
        assert [part for part in parts if part not in there] == []


@pytest.mark.parametrize("pack", PACKS)
def test_every_variation_differs_from_plain(pack):
    made = COLLECTIONS[pack]
    plain = made.variations["plain"]
    assert [name for name, layout in made.variations.items() if layout == plain] == ["plain"]
    assert set(made.as_sent) == set(made.as_returned) == set(made.looks) == set(made.read())


@pytest.mark.parametrize("pack", [pack for pack in PACKS if (SAMPLES / pack / "genuine.csv").exists()])
def test_what_is_genuinely_inconsistent_is_in_the_returns(pack):
    """Every line of genuine.csv names a record and a field that some department answers."""
    made = COLLECTIONS[pack]
    answered = {
        (name, record.key, field)
        for answer in made.read().values()
        for name, form in answer.forms.items()
        for record in form.records
        for field in record.fields
    }
    for line in lines_of(pack, "genuine.csv"):
        assert (line["form"], line["record"], line["field"]) in answered, line
        assert len(line["code"]) == 6
        assert line["note"]
