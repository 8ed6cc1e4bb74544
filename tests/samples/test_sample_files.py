"""The committed samples are what their maker writes; each fault is in its cell; the figures are the printed ones."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import openpyxl
import pytest
from plan2022.making.collections import write_samples

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"
FOLDERS = ("returns", "returns-with-errors")
CUT = "18_経済産業部_送信途中.xlsx"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("made")
    write_samples(out)
    return out


def members(path: Path):
    """Name, time and content of each part: what a compressing library's version cannot change."""
    with zipfile.ZipFile(path) as package:
        return [(part.filename, part.date_time, package.read(part)) for part in package.infolist()]


def planted():
    with (SAMPLES / "planted.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_committed_workbooks_are_those_the_maker_writes(made, folder):
    names = sorted(path.name for path in (made / folder).iterdir())
    assert names == sorted(path.name for path in (SAMPLES / folder).iterdir())
    for name in names:
        if name != CUT:
            assert members(made / folder / name) == members(SAMPLES / folder / name), name


def test_the_list_of_faults_is_the_one_the_maker_writes(made):
    assert (made / "planted.csv").read_bytes() == (SAMPLES / "planted.csv").read_bytes()


def test_the_maker_writes_the_same_bytes_twice(made, tmp_path):
    write_samples(tmp_path)
    for folder in FOLDERS:
        for path in (made / folder).iterdir():
            assert path.read_bytes() == (tmp_path / folder / path.name).read_bytes(), path.name


def test_the_cut_file_is_the_beginning_of_another():
    folder = SAMPLES / "returns-with-errors"
    cut, whole = (folder / CUT).read_bytes(), (folder / "10_経済産業部.xlsx").read_bytes()
    assert whole.startswith(cut)
    assert 0 < len(cut) < len(whole)
    assert not zipfile.is_zipfile(folder / CUT)


@pytest.mark.parametrize("name", sorted({line["file"] for line in planted()} - {CUT}))
def test_each_planted_value_is_in_its_cell(name):
    path = SAMPLES / "returns-with-errors" / name
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    for line in planted():
        if line["file"] != name or not line["cell"]:
            continue
        book = formulas if line["planted"].startswith("=") else values
        value = book[line["sheet"]][line["cell"]].value
        assert ("" if value is None else str(value)) == line["planted"], line
        if line["fault"] not in ("hidden row", "hidden column", "row missing"):
            assert line["planted"] != line["original"], line
        if line["code"] == "FIL009":
            assert values[line["sheet"]][line["cell"]].value is None


def test_hidden_rows_and_columns_are_hidden():
    hidden = [line for line in planted() if line["code"] == "FIL008"]
    assert {line["fault"] for line in hidden} == {"hidden row", "hidden column"}
    for line in hidden:
        sheet = openpyxl.load_workbook(SAMPLES / "returns-with-errors" / line["file"])[line["sheet"]]
        cell = sheet[line["cell"]]
        if line["fault"] == "hidden row":
            assert sheet.row_dimensions[cell.row].hidden
        else:
            assert sheet.column_dimensions[cell.column_letter].hidden


def test_honest_returns_store_the_result_of_every_formula():
    found = 0
    for path in sorted((SAMPLES / "returns").iterdir()):
        formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
        for sheet in formulas:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                found += 1
                assert isinstance(values[sheet.title][cell.coordinate].value, int | float), (path.name, cell)
    assert found > 50


def budget_rows(path: Path):
    """(code or 小計 / 合計, four amounts) of each row of 様式3, read the way a person would."""
    sheet = openpyxl.load_workbook(path, data_only=True)["様式3"]
    rows = list(sheet.iter_rows(values_only=True))
    top = next(row for row in rows if "予算事業コード" in row)
    at, first = top.index("予算事業コード"), top.index("当初計画")
    for row in rows:
        words = [cell for cell in row[:first] if isinstance(cell, str)]
        amounts = row[first : first + 4]
        if all(isinstance(amount, int) for amount in amounts):
            yield row[at] or words[0], amounts


def test_budget_projects_counted_once_give_the_printed_total():
    projects: dict[str, tuple[int, ...]] = {}
    subtotals: list[tuple[int, ...]] = []
    for path in sorted((SAMPLES / "returns").iterdir()):
        for key, amounts in budget_rows(path):
            if key == "小計":
                subtotals.append(amounts)
            elif key != "合計":
                assert projects.setdefault(key, amounts) == amounts
    with (SAMPLES / "figures" / "cost.csv").open(encoding="utf-8-sig", newline="") as file:
        *programmes, total = csv.DictReader(file)
    columns = ("当初R4", "当初R5", "修正R5", "実績R4")
    assert sorted(subtotals) == sorted(tuple(int(line[column]) for column in columns) for line in programmes)
    net = tuple(sum(amounts) for amounts in zip(*projects.values(), strict=True))
    assert net == tuple(int(total[column]) for column in columns) == (5844086, 6339428, 6710284, 5139507)
