"""One mistake in the layout of a return is one finding; what follows from it is counted with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook

from reconcile.findings import Finding
from reconcile.packs import load
from reconcile.pipeline import check

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
Edit = Callable[[Workbook], None]


def sample(pack: str, beginning: str) -> Path:
    return next(path for path in sorted((SAMPLES / pack / "returns").iterdir()) if path.name.startswith(beginning))


@cache
def before(pack: str, beginning: str) -> frozenset[str]:
    return frozenset(finding.id for finding in check(load(pack), [sample(pack, beginning)]).findings)


def after(folder: Path, pack: str, beginning: str, edit: Edit) -> list[Finding]:
    """What is said of a return after an edit and was not before."""
    source = sample(pack, beginning)
    book = openpyxl.load_workbook(source)
    edit(book)
    book.save(folder / source.name)
    found = check(load(pack), [folder / source.name]).findings
    return [finding for finding in found if finding.id not in before(pack, beginning)]


def shown(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.variant, finding.ref.a1) for finding in findings if not finding.root]


def typed(sheet: str, **cells: str | float | None) -> Edit:
    def edit(book: Workbook) -> None:
        for address, value in cells.items():
            book[sheet][address].value = value

    return edit


def row_deleted(sheet_name: str, row: int) -> Edit:
    """A row deleted as in a spreadsheet program: merged ranges shrink, and what stood in the row is gone."""

    def edit(book: Workbook) -> None:
        sheet = book[sheet_name]
        merges = [range_boundaries(str(merge)) for merge in sheet.merged_cells.ranges]
        for merge in [str(merge) for merge in sheet.merged_cells.ranges]:
            sheet.unmerge_cells(merge)
        sheet.delete_rows(row)
        for left, top, right, bottom in merges:
            above, below = top - (top > row), bottom - (bottom >= row)
            if (left, above) != (right, below) and below >= above:
                cells = f"{get_column_letter(left)}{above}:{get_column_letter(right)}{below}"
                sheet.merge_cells(cells)

    return edit


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (typed("様式3", A5=None), [("FLD001", "given", "A5")]),
        (typed("様式3", A5=None, B5=None), [("FLD001", "given", "A5"), ("FLD001", "", "B5")]),
    ],
    ids=["number", "number and name"],
)
def test_a_text_that_holds_for_several_rows_is_missing_once(
    tmp_path: Path, edit: Edit, expected: list[tuple[str, str, str]]
) -> None:
    findings = after(tmp_path, "plan2022", "01_", edit)
    assert shown(findings) == expected
    first = next(finding for finding in findings if finding.ref.a1 == "A5")
    assert {part.ref.a1 for part in first.cells} == {"A5", "A6", "A7", "A8", "A9"}
    assert [finding.code for finding in findings if finding.root] == ["XRF002"]


@pytest.mark.parametrize(
    ("cell", "word", "expected"),
    [
        ("A10", None, ("LAY008", "total_blank", "A10")),
        ("A10", "しょうけい", ("LAY008", "total", "A10")),
        ("A11", None, ("LAY008", "total_blank", "A11")),
        ("A11", "全部", ("LAY008", "total", "A11")),
    ],
)
def test_a_total_without_its_word_is_known_by_its_figures(
    tmp_path: Path, cell: str, word: str | None, expected: tuple[str, str, str]
) -> None:
    assert shown(after(tmp_path, "plan2022", "01_", typed("様式3", **{cell: word}))) == [expected]


def test_a_row_without_a_code_that_is_no_sum_is_a_record(tmp_path: Path) -> None:
    edit = typed("様式3", A10=None, E10="16680")
    assert ("FLD001", "given", "C10") in shown(after(tmp_path, "plan2022", "01_", edit))


@pytest.mark.parametrize(
    ("pack", "beginning", "sheet", "row", "place"),
    [("welfare2024", "06_", "様式A", 12, "F12"), ("welfare2024", "06_", "様式A", 9, "F9"), ("plan2022", "01_", "様式1", 6, "C6")],
)  # fmt: skip
def test_a_record_that_lost_its_first_row_is_said_once(
    tmp_path: Path, pack: str, beginning: str, sheet: str, row: int, place: str
) -> None:
    findings = after(tmp_path, pack, beginning, row_deleted(sheet, row))
    assert shown(findings) == [("LAY007", "first", place)]
    assert {finding.code for finding in findings if finding.root} >= {"FLD001", "XRF002"}


@pytest.mark.parametrize("row", [13, 14])
def test_another_row_that_is_missing_takes_nothing_with_it(tmp_path: Path, row: int) -> None:
    findings = after(tmp_path, "welfare2024", "06_", row_deleted("様式A", row))
    assert shown(findings) == [("LAY007", "", "F12")]
    assert [finding.code for finding in findings if finding.root] == ["LAY007"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"D5": 0.5}, [("FLD005", "share", "D5")]),
        ({"C3": 70, "D3": 0.8}, [("FLD005", "share", "D3")]),
        ({"C3": 15, "D3": 0.8}, [("FLD011", "share_or_percent", "D3")]),
    ],
    ids=["beside a reason that quotes it", "below its start", "in doubt, and below its start"],
)
def test_what_is_compared_with_a_share_follows_from_it(
    tmp_path: Path, cells: dict[str, float], expected: list[tuple[str, str, str]]
) -> None:
    findings = after(tmp_path, "plan2022", "01_", typed("様式2", **cells))
    assert shown(findings) == expected
    assert {finding.code for finding in findings if finding.root} <= {"REV003", "PRG003"}


@pytest.mark.parametrize("typed_as", ["5.033", 5.033, "５．０３３"])
def test_a_point_that_groups_digits_is_told_at_its_own_cell(tmp_path: Path, typed_as: str | float) -> None:
    """The zeros that the finer scale gives all other figures are no sign that these are in another unit."""
    findings = [it for it in after(tmp_path, "plan2022", "01_", typed("様式3", E5=typed_as)) if not it.root]
    assert [(it.code, it.ref.a1) for it in findings] == [("BAL002", "E5")]
    told = findings[0].suggestion
    assert told is not None
    assert (told.ref.a1, told.value, told.cause) == ("E5", "5033", "thousands_point")


def test_three_slips_in_one_row_of_a_small_return_are_told_each_at_its_cell(tmp_path: Path) -> None:
    """小計 and 合計 of one group are one witness: six sums of eight that fail are no matter of the layout."""
    findings = after(tmp_path, "plan2022", "01_", typed("様式3", E5=5933, F5=7525, G5=9329))
    told = [(it.ref.a1, it.suggestion and it.suggestion.value) for it in findings if not it.root]
    assert told == [("E5", "5033"), ("F5", "7552"), ("G5", "9392")]


def test_a_placeholder_where_a_figure_belongs_is_said_once(tmp_path: Path) -> None:
    findings = after(tmp_path, "plan2022", "01_", typed("様式3", E5="未定"))
    assert shown(findings) == [("FLD002", "milestone", "E5")]
    assert [it.code for it in findings if it.root] == ["TXT001"]


def test_sums_over_both_copies_of_a_form_follow_from_it(tmp_path: Path) -> None:
    def copied_below(book: Workbook) -> None:
        sheet = book["様式3"]
        for row in sheet.iter_rows(min_row=3, max_row=11):
            for cell in row:
                sheet.cell(cell.row + 11, cell.column).value = cell.value
        sheet["E16"].value = 1

    findings = after(tmp_path, "plan2022", "01_", copied_below)
    assert shown(findings) == [("LAY005", "", "A14")]
    assert {it.code for it in findings if it.root} == {"BAL002", "FLD007"}


def test_a_number_merged_over_two_rows_is_said_as_such(tmp_path: Path) -> None:
    def merged(book: Workbook) -> None:
        book["様式3"].merge_cells("C5:C6")

    assert shown(after(tmp_path, "plan2022", "01_", merged)) == [("FLD007", "merged", "C5")]


def test_what_is_struck_out_is_read_and_said(tmp_path: Path) -> None:
    def struck(book: Workbook) -> None:
        for row in book["様式3"].iter_rows(min_row=9, max_row=9):
            for cell in row:
                cell.font = Font(strike=True)

    (finding,) = after(tmp_path, "plan2022", "01_", struck)
    assert (finding.code, finding.variant, finding.ref.a1) == ("FLD011", "struck", "C9")
    assert [part.ref.a1 for part in finding.cells] == ["C9", "D9", "E9", "F9", "G9", "H9"]


def test_a_rate_that_stands_there_as_a_share_is_said_as_such(tmp_path: Path) -> None:
    def share(book: Workbook) -> None:
        book["様式A"]["L11"].value = 1.037
        book["様式A"]["L11"].number_format = "General"

    (finding,) = (it for it in after(tmp_path, "welfare2024", "03_", share) if not it.root)
    assert (finding.code, finding.variant, finding.ref.a1, finding.expected) == ("RAT001", "share", "L11", "103.7%")


def test_a_blank_among_totals_is_missing_and_its_sum_is_proposed(tmp_path: Path) -> None:
    (finding,) = [it for it in after(tmp_path, "plan2022", "12_", typed("様式3", F17=None)) if not it.root]
    assert (finding.code, finding.ref.a1) == ("FLD001", "F17")
    assert finding.suggestion is not None
    assert finding.suggestion.value == "355882"


def test_a_row_of_totals_that_nobody_filled_in_asks_for_nothing(tmp_path: Path) -> None:
    blank = typed("様式3", E17=None, F17=None, G17=None, H17=None)
    assert shown(after(tmp_path, "plan2022", "12_", blank)) == []


def test_a_word_that_holds_for_several_rows_is_not_in_the_list_once(tmp_path: Path) -> None:
    found = [it for it in shown(after(tmp_path, "plan2022", "15_", typed("様式9", A4="活動量"))) if it[0] == "FLD003"]
    assert found == [("FLD003", "nearest", "A4")]


def test_another_year_above_the_figures_is_named(tmp_path: Path) -> None:
    edit = typed("様式A", G8="令和５年度")
    assert ("LAY008", "", "G8") in shown(after(tmp_path, "welfare2024", "03_", edit))
    assert shown(after(tmp_path, "welfare2024", "03_", typed("様式A", G8="Ｒ６年度"))) == []


@pytest.mark.parametrize(("text", "meant"), [("5OOO", "5000"), ("５ＯＯＯ", "5000"), ("五千", "4998")])
def test_letters_that_look_like_digits_are_those_digits_where_the_quotient_allows_it(
    tmp_path: Path, text: str, meant: str
) -> None:
    """67.7 % of the target are 3,384: that is 5,000 as well as what lies between 4,996 and 5,002."""
    (finding,) = [it for it in after(tmp_path, "welfare2024", "03_", typed("様式A", L40=text)) if it.code == "FLD002"]
    assert finding.suggestion is not None
    assert (finding.suggestion.value, finding.suggestion.exact) == (meant, meant == "5000")


def test_a_placeholder_is_no_reason_and_no_name(tmp_path: Path) -> None:
    assert shown(after(tmp_path, "plan2022", "01_", typed("様式1", G3="調整中"))) == [("TXT001", "whole", "G3")]
    assert shown(after(tmp_path, "council2023", "05_", typed("様式C1", D4="調整中"))) == [("TXT001", "whole", "D4")]


def test_a_relisted_name_in_other_words_is_said_once(tmp_path: Path) -> None:
    edit = typed("様式D5", D14="問い合わせへの対応力強化")
    assert shown(after(tmp_path, "districts2022", "06_", edit)) == [("RLS001", "", "D14")]


def row_repeated(sheet_name: str, row: int, **changed: str) -> Edit:
    """A row copied below itself; merged ranges below it move down."""

    def edit(book: Workbook) -> None:
        sheet = book[sheet_name]
        merges = [range_boundaries(str(merge)) for merge in sheet.merged_cells.ranges]
        for merge in [str(merge) for merge in sheet.merged_cells.ranges]:
            sheet.unmerge_cells(merge)
        sheet.insert_rows(row + 1)
        for column in range(1, sheet.max_column + 1):
            sheet.cell(row + 1, column).value = sheet.cell(row, column).value
        for left, top, right, bottom in merges:
            above, below = top + (top > row), bottom + (bottom > row)
            sheet.merge_cells(start_row=above, end_row=below, start_column=left, end_column=right)
        for column, value in changed.items():
            sheet[f"{column}{row + 1}"].value = value

    return edit


def test_a_row_that_is_missing_is_asked_for_once(tmp_path: Path) -> None:
    (finding,) = [it for it in after(tmp_path, "plan2022", "12_", row_deleted("様式3", 10)) if not it.root]
    assert (finding.code, finding.variant, finding.ref.a1) == ("BAL002", "family_row_missing", "E12")
    assert {"E12", "F12", "G12", "H12"} <= {part.ref.a1 for part in finding.cells}


def test_a_row_that_stands_twice_is_named_once(tmp_path: Path) -> None:
    again = row_repeated("様式3", 10)
    assert shown(after(tmp_path, "plan2022", "12_", again)) == [("FLD007", "", "C11")]
    renumbered = row_repeated("様式3", 10, C="12-009", D="別の事業")
    assert shown(after(tmp_path, "plan2022", "12_", renumbered)) == [("BAL002", "family_row_twice", "E14")]


def test_figures_of_a_row_that_moved_by_a_column_are_asked_for_once(tmp_path: Path) -> None:
    moved = typed("様式3", E9=75349, F9=88410, G9=71330, H9=65057)
    assert shown(after(tmp_path, "plan2022", "12_", moved)) == [("BAL002", "family_row_off", "E13")]
