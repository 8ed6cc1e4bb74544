"""How every sheet of every pack's master comes out on paper and on the screen."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from reconcile import pipeline
from reconcile.packs import available, load
from reconcile.writing.forms import hosts, sheet_title

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PACKS = available()
SOFFICE = shutil.which("soffice")
PRINTED = SOFFICE is not None and shutil.which("pdftotext") is not None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("masters")


@cache
def master(name: str, folder: Path) -> Path:
    pipeline.run(load(name), [SAMPLES / name / "returns-with-errors"], folder / name)
    return folder / name / "master.xlsx"


@cache
def book(name: str, folder: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(master(name, folder))


def forms(name: str, folder: Path) -> list[tuple[Worksheet, bool]]:
    """The sheets of the forms, and whether they are cards, which have no headings of columns."""
    pack = load(name)
    own = [form for form, host in hosts(pack).items() if form == host]
    return [(book(name, folder)[sheet_title(pack, form, "ja")], pack.forms[form].layout == "cards") for form in own]


@pytest.mark.parametrize("name", PACKS)
def test_every_form_has_its_print_area_its_repeated_header_and_its_frozen_panes(name: str, folder: Path) -> None:
    for sheet, cards in forms(name, folder):
        left, top, right, bottom = range_boundaries(str(sheet.print_area).rpartition("!")[2].replace("$", ""))
        assert (left, top) == (1, 1), sheet.title
        assert bottom <= sheet.max_row + 1
        assert sheet.freeze_panes is not None, sheet.title
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        if cards:
            continue
        first, last = (int(row) for row in re.findall(r"\d+", str(sheet.print_title_rows)))
        head = openpyxl.utils.cell.coordinate_from_string(str(sheet.freeze_panes))[1]
        assert (first, last + 1) == (3, head), sheet.title
        heads = [sheet.cell(row, column).value for row in (first, last) for column in range(1, right + 1)]
        assert sum(head is not None for head in heads) >= right, sheet.title
        assert right < sheet.max_column  # where a record comes from stands beside the print


@pytest.mark.parametrize("name", PACKS)
def test_where_a_record_comes_from_stands_beside_it_and_is_grouped_away(name: str, folder: Path) -> None:
    """Department, file, sheet and cell; of these only the department is seen, and only where nothing else tells it."""
    for sheet, cards in forms(name, folder):
        right = range_boundaries(str(sheet.print_area).rpartition("!")[2].replace("$", ""))[2]
        head = 3 if cards else int(re.findall(r"\d+", str(sheet.print_title_rows))[-1])
        source = [sheet.cell(head, right + n).value for n in (2, 3, 4, 5)]
        assert source == ["部署", "ファイル", "シート", "セル"], sheet.title
        shown = [not hidden(sheet, right + n) for n in (2, 3, 4, 5)]
        assert shown in ([True, False, False, False], [False] * 4), sheet.title
        files = [sheet.cell(row, right + 3).value for row in range(head + 1, sheet.max_row + 1)]
        assert any(str(file).endswith(".xlsx") for file in files if file), sheet.title


def hidden(sheet: Worksheet, column: int) -> bool:
    found = [d for d in sheet.column_dimensions.values() if d.min <= column <= d.max]
    return any(d.hidden and d.outlineLevel == 1 for d in found)


@pytest.mark.parametrize("name", PACKS)
def test_the_error_sheet_colours_levels_by_conditional_formats(name: str, folder: Path) -> None:
    sheet = book(name, folder)["エラー一覧"]
    column = next(cell.column_letter for cell in sheet[4] if cell.value == "区分")
    rules = [
        (str(found.sqref), rule.formula[0])
        for found in sheet.conditional_formatting
        for rule in found.rules
        if str(found.sqref).startswith(f"{column}5:")
    ]
    wanted = {f'=${column}5="{word}"' for word in ("エラー", "要確認")}
    assert {formula.removeprefix("=") for _, formula in rules} >= {formula[1:] for formula in wanted}
    assert all(cell.fill.fill_type is None for cell in sheet[column][4:])
    assert sheet.tables["findings"].autoFilter is not None


@pytest.mark.parametrize("name", PACKS)
def test_the_overview_has_two_charts_of_figures(name: str, folder: Path) -> None:
    sheet = book(name, folder)["概要"]
    assert len(sheet._charts) == 2
    for chart in sheet._charts:
        assert chart.series
        counted = 0
        for series in chart.series:
            left, top, right, bottom = range_boundaries(series.val.numRef.f.rpartition("!")[2].replace("$", ""))
            counted += sum(c.value for row in sheet.iter_rows(top, bottom, left, right) for c in row)
        assert counted > 0


@pytest.mark.skipif(not PRINTED, reason="LibreOffice (soffice) or poppler (pdftotext) is not installed")
@pytest.mark.parametrize("name", PACKS)
def test_the_overview_and_the_data_take_one_page_each(name: str, folder: Path) -> None:
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    call = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / name), master(name, folder)]
    subprocess.run([str(part) for part in call], check=True, capture_output=True, timeout=300)
    text = subprocess.run(
        ["pdftotext", "-layout", folder / name / "master.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = Counter(page.strip().splitlines()[0].split()[-1] for page in text.split("\f") if page.strip())
    assert (pages["概要"], pages["データ"]) == (1, 1)
