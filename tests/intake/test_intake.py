"""One return: who answers, for what, and whether its forms are there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook
from sample_returns import cell_of

from reconcile.intake import read_return
from reconcile.packs import Pack
from reconcile.submissions import Submission

Read = Callable[..., Submission]


def codes(submission: Submission) -> list[tuple[str, str]]:
    return [(f.code, f.variant) for f in submission.findings]


def untouched(_: Workbook) -> None:
    """The return as it was sent."""


def put(sheet: str, old: str, new: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        cell_of(book, sheet, old).value = new

    return change


def test_the_cover_says_who_answers_not_the_file_name(changed: Read) -> None:
    submission = changed(untouched, saved_as="道路・交通計画部.xlsx")
    assert submission.department == "危機管理部"
    assert codes(submission) == []


def test_spaces_and_width_in_the_cover_do_not_matter(changed: Read) -> None:
    submission = changed(put("表紙", "危機管理部", " 危機　管理部\n"))
    assert (submission.department, codes(submission)) == ("危機管理部", [])


def test_an_unknown_department_is_said_with_the_nearest_and_never_guessed(changed: Read) -> None:
    submission = changed(put("表紙", "危機管理部", "危機管理課"))
    assert submission.department == ""
    (finding,) = submission.findings
    assert (finding.code, finding.found, finding.expected) == ("FLD003", "危機管理課", "危機管理部")


def test_a_blank_department_is_required(changed: Read) -> None:
    submission = changed(put("表紙", "危機管理部", None))
    assert submission.department == ""
    assert codes(submission) == [("FLD001", "")]


DAY = "令和5年1月18日"


@pytest.mark.parametrize("day", ["令和4年1月18日", "2022/1/18", "R4.1.18"])
def test_a_cover_dated_before_the_plan_began_bears_the_wrong_year(changed: Read, day: str) -> None:
    (finding,) = changed(put("表紙", DAY, day)).findings
    assert (finding.code, finding.variant, finding.ref.a1, finding.found) == ("FLD004", "low_day", "C9", day)


def test_the_day_of_a_return_of_another_round_is_not_judged(changed: Read) -> None:
    def last_year(book: Workbook) -> None:
        put("表紙", DAY, "令和4年1月18日")(book)
        put("表紙", "令和4年度末見込み", "令和3年度末見込み")(book)

    assert codes(changed(last_year)) == [("FIL004", "")]


def test_a_return_without_cover(changed: Read) -> None:
    submission = changed(lambda book: book.remove(book["表紙"]))
    assert submission.department == ""
    assert codes(submission) == [("LAY001", "cover")]


def two_covers(department: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        second = book.copy_worksheet(book["表紙"])
        second.title = "表紙2"
        put("表紙2", "危機管理部", department)(book)

    return change


def test_covers_of_two_departments_belong_in_two_workbooks(changed: Read) -> None:
    """Which forms are whose nobody can tell: the file is set aside as one without a department."""
    submission = changed(two_covers("どの部署でもない"))
    assert submission.department == "危機管理部"  # no department of the pack
    submission = changed(two_covers("高齢福祉部"))
    assert submission.department == ""
    (finding,) = [f for f in submission.findings if f.code == "LAY005"]
    assert (finding.variant, finding.ref.sheet, finding.data["departments"]) == (
        "covers",
        "表紙2",
        ("危機管理部", "高齢福祉部"),
    )


def test_a_cover_that_stands_twice_is_one(changed: Read) -> None:
    submission = changed(two_covers("危機管理部"))
    assert (submission.department, codes(submission)) == ("危機管理部", [])


def test_a_workbook_with_nothing_of_the_pack(changed: Read) -> None:
    def change(book: Workbook) -> None:
        for name in book.sheetnames:
            book.remove(book[name])
        book.create_sheet("献立")["A1"] = "カレー"

    submission = changed(change)
    assert codes(submission) == [("LAY001", "nothing")]
    assert submission.refused == "no_form"


def test_another_round_keeps_the_whole_file_out(changed: Read) -> None:
    submission = changed(put("表紙", "危機管理部", "危機管理部"))
    assert not submission.outside

    def change(book: Workbook) -> None:
        for row in book["表紙"].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "年度末見込み" in cell.value:
                    cell.value = "令和3年度末見込み"

    submission = changed(change)
    assert [(f.code, f.field, f.expected) for f in submission.findings] == [("FIL004", "round", "令和4年度末見込み")]
    assert submission.outside
    assert not submission.answers


def test_a_sheet_named_after_a_form_without_its_header_is_said(changed: Read) -> None:
    def change(book: Workbook) -> None:
        sheet = book["様式2"]
        for row in sheet.iter_rows(max_row=4):
            for cell in row:
                if cell.value in ("事業番号", "指標", "策定時") or str(cell.value).startswith("目標値"):
                    cell.value = None

    submission = changed(change)
    assert ("LAY001", "") in codes(submission)
    assert [f.form for f in submission.findings if f.code == "LAY001"] == ["outcome"]


def test_rows_that_go_on_on_a_sheet_without_a_header_are_told(changed: Read) -> None:
    def change(book: Workbook) -> None:
        sheet = book["様式2"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=5)]
        sheet.delete_rows(4, 2)
        more = book.create_sheet("様式2（続き）")
        for row in rows:
            more.append(row)

    submission = changed(change)
    told = [(f.code, f.variant, f.form, f.ref.sheet, f.cell) for f in submission.findings]
    assert told == [("LAY001", "unheaded", "outcome", "様式2（続き）", "A1")]


@pytest.mark.parametrize(
    "rows",
    [
        [["様式2 記入要領"], ["事業番号は一覧のとおり", "記入してください。"]],
        [["部長", "課長", "係長", "担当"], ["指標は変えないでください。"]],
    ],
)
def test_instructions_for_a_form_are_no_rows_of_it(rows: list[list[str]], changed: Read) -> None:
    def change(book: Workbook) -> None:
        sheet = book.create_sheet("様式2 記入要領")
        for row in rows:
            sheet.append(row)

    assert codes(changed(change)) == []


def test_values_of_a_hidden_sheet_are_read_and_named(changed: Read) -> None:
    def change(book: Workbook) -> None:
        book["様式3"].sheet_state = "hidden"

    submission = changed(change)
    assert codes(submission) == [("FIL008", "sheet")]
    assert {form.form for form in submission.forms} == {"activity", "outcome", "budget"}


def test_hidden_rows_and_columns_are_named_with_their_cells(changed: Read) -> None:
    def change(book: Workbook) -> None:
        book["様式3"].row_dimensions[5].hidden = True
        book["様式3"].column_dimensions["E"].hidden = True

    submission = changed(change)
    assert codes(submission) == [("FIL008", "row"), ("FIL008", "column")]


def test_a_hidden_row_without_values_of_a_form_is_nobodys_business(changed: Read) -> None:
    def change(book: Workbook) -> None:
        book["様式3"].row_dimensions[60].hidden = True

    assert codes(changed(change)) == []


def test_a_formula_without_a_result_is_named(changed: Read) -> None:
    def change(book: Workbook) -> None:
        cell_of(book, "様式1", "2,500 人").value = "=1000+1500"

    submission = changed(change)
    assert [(f.code, f.found) for f in submission.findings] == [("FIL009", "=1000+1500")]


def test_a_file_that_vanished_is_a_finding(tmp_path: Path, plan: Pack) -> None:
    submission = read_return(tmp_path / "gone.xlsx", "gone.xlsx", plan)
    assert codes(submission) == [("FIL001", "unreadable")]
    assert submission.refused == "unreadable"


def test_the_kind_and_the_sheets_are_kept(changed: Read) -> None:
    submission = changed(untouched, saved_as="return.xlsx")
    assert submission.kind == "xlsx"
    assert submission.sheets[0] == "表紙"
