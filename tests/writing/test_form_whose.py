"""Whose a record is can be seen on every form's sheet, on the screen and, where nothing else tells, on paper."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from reconcile import pipeline
from reconcile.consolidate import Consolidated
from reconcile.packs import load
from reconcile.writing import master
from reconcile.writing.form_whose import Whose, told_by
from reconcile.writing.text import width
from reconcile.writing.voice import Voice

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PACKS = ("plan2022", "welfare2024", "management2024", "districts2022", "council2023", "fund2024")
Written = tuple[Consolidated, openpyxl.Workbook]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    found = {}
    for name in PACKS:
        run = pipeline.run(load(name), [SAMPLES / name / "returns-with-errors"], None)
        path = tmp_path_factory.mktemp(name) / "master.xlsx"
        master.write(path, run, Voice(run.pack, "en"))
        found[name] = run, openpyxl.load_workbook(path)
    return found


def sheets(written: Written, whose: Whose) -> list[Worksheet]:
    run, book = written
    return [
        book[form.name.get("en")]
        for form in run.pack.forms.values()
        if told_by(run.pack, form) is whose and form.name.get("en") in book.sheetnames
    ]


def printed_columns(sheet: Worksheet) -> int:
    """The last column of the print."""
    return int(range_boundaries(str(sheet.print_area).rpartition("!")[2])[2])


def head_row(sheet: Worksheet) -> int:
    """The last row that is repeated on every page."""
    return int(str(sheet.print_title_rows).rpartition("$")[2])


def test_what_the_register_does_not_tell_is_a_column_of_the_print(written: dict[str, Written]) -> None:
    found = sheets(written["fund2024"], Whose.PRINTED)
    assert {"Contacts", "Funding", "Risks"} <= {sheet.title for sheet in found}
    for sheet in found:
        merged = {str(area).partition(":")[0]: area for area in sheet.merged_cells.ranges}
        names: dict[int, object] = {}
        for row in range(head_row(sheet) + 1, sheet.max_row + 1):
            if value := sheet.cell(row, 1).value:
                area = merged.get(f"A{row}")
                names |= dict.fromkeys(range(row, (area.max_row if area else row) + 1), value)
        own = printed_columns(sheet) + 2
        records = [row for row in range(head_row(sheet) + 1, sheet.max_row + 1) if sheet.cell(row, own).value]
        assert records
        assert [names[row] for row in records] == [sheet.cell(row, own).value for row in records]


def test_each_department_has_its_own_records_there_alike_or_not(written: dict[str, Written]) -> None:
    sheet = written["fund2024"][1]["Progress"]
    departments = [cell.value for (cell,) in sheet.iter_rows(min_row=4, max_col=1) if cell.value]
    assert len(departments) == len(set(departments)) == 5
    assert not any(", " in str(name) for name in departments)


def test_what_the_register_tells_stands_beside_the_print_in_sight(written: dict[str, Written]) -> None:
    for pack in PACKS:
        run, _ = written[pack]
        names = {department.name for department in run.pack.departments}
        for sheet in sheets(written[pack], Whose.BESIDE):
            column = printed_columns(sheet) + 2
            letter = sheet.cell(1, column).column_letter
            assert not sheet.column_dimensions[letter].hidden, sheet.title
            said = {str(cell.value) for (cell,) in sheet.iter_rows(min_col=column, max_col=column) if cell.value}
            assert {part for text in said for part in text.split(", ")} - names == {"Department"}, sheet.title


def test_a_form_of_one_department_says_it_below_the_title(written: dict[str, Written]) -> None:
    (sheet, *_) = sheets(written["plan2022"], Whose.REMARK)
    assert "Answered by: 政策経営部" in str(sheet["A2"].value)


def test_no_title_is_cut_off_at_the_edge_of_the_print(written: dict[str, Written]) -> None:
    for pack in PACKS:
        for whose in Whose:
            for sheet in sheets(written[pack], whose):
                last = printed_columns(sheet)
                dimensions = list(sheet.column_dimensions.values())
                wide = sum(own.width * (min(own.max, last) - own.min + 1) for own in dimensions if own.min <= last)
                title = width(str(sheet["A1"].value)) * 18 / 10
                assert title <= wide * max(sheet.row_dimensions[1].height // 23, 1), sheet.title


def test_figures_go_without_the_unit_that_stands_beside_them(written: dict[str, Written]) -> None:
    sheet = written["fund2024"][1]["Outputs (standard)"]
    figures = [cell for row in sheet.iter_rows(min_row=5) for cell in row if isinstance(cell.value, int | float)]
    assert len(figures) > 100
    assert {cell.number_format for cell in figures} <= {"#,##0", "#,##0.0"}


def test_no_page_begins_with_a_total(written: dict[str, Written]) -> None:
    sheet = written["fund2024"][1]["Spend"]
    starts = {brk.id + 1 for brk in sheet.row_breaks.brk}
    assert starts
    assert all(sheet.cell(row, 2).value or sheet.cell(row, 1).value == "Total spend" for row in starts)
    assert all(str(sheet.cell(row, 1).value) != "Total" for row in starts)
