"""Sheets of many rows: what is listed of very many balances, where Excel ends, texts too long for a cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from reconcile.balances import EMPTY, FAIL, PASS, UNJUDGED
from reconcile.coded import Coded
from reconcile.consolidate import Consolidated
from reconcile.package import NUMBER, STRING, Column, look
from reconcile.writing import balances_sheet, conservation, data_sheet, effects, master
from reconcile.writing.annotated.listing import about_files, listing
from reconcile.writing.book import Book
from reconcile.writing.cells import ROWS, WriteFault
from reconcile.writing.text import lines, width
from reconcile.writing.voice import Voice
from reconcile.writing.widths import line_counts, longest, widest


def book(path: Path) -> Book:
    return Book(path, "title", "長文", "…（続き {sheet} {number}）")


def test_of_balances_that_hold_only_the_first_are_listed(
    faulty: Consolidated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdict = faulty.judged.verdict
    others = int(((verdict != PASS) & (verdict != EMPTY)).sum())
    holding = int((verdict == PASS).sum())
    monkeypatch.setattr(balances_sheet, "_MOST", others + 2)
    master.write(tmp_path / "master.xlsx", faulty, Voice(faulty.pack, "ja"))
    sheet = openpyxl.load_workbook(tmp_path / "master.xlsx")["突合結果"]
    assert sheet.max_row == 4 + others + 2
    assert f"一致した {holding - 2:,} 件は載せていません" in sheet["A2"].value


def test_of_very_many_departments_each_page_has_the_headings(faulty: Consolidated, tmp_path: Path) -> None:
    first = faulty.answers[0]
    many = tuple(replace(first, department=f"第{n}出張所") for n in range(300))
    master.write(tmp_path / "master.xlsx", replace(faulty, answers=many), Voice(faulty.pack, "ja"))
    sheet = openpyxl.load_workbook(tmp_path / "master.xlsx")["提出状況"]
    assert sheet.print_title_rows == "$5:$5"
    assert str(sheet.print_area).rpartition("$")[2] == "305"
    assert "部署の表だけ" in str(sheet.oddFooter.left.text)
    assert sheet.row_breaks.brk


def test_parts_are_printed_of_totals_that_do_not_hold(faulty: Consolidated, tmp_path: Path) -> None:
    master.write(tmp_path / "master.xlsx", faulty, Voice(faulty.pack, "ja"))
    sheet = openpyxl.load_workbook(tmp_path / "master.xlsx")["突合の内訳"]
    last = int(str(sheet.print_area).rpartition("$")[2])
    red = "FFF8CBCB"
    wrong = [row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 1).fill.fgColor.rgb == red]
    assert wrong
    assert wrong[-1] < last < sheet.max_row
    below = {sheet.cell(row, 7).value for row in range(wrong[-1] + 1, last + 1)}
    assert sheet.cell(wrong[-1], 7).value not in below  # no block of another total


def test_what_differs_is_listed_whole_and_first() -> None:
    verdict = np.array([PASS, FAIL, UNJUDGED, EMPTY, FAIL, PASS], dtype=np.int8)
    assert balances_sheet._shown(verdict, 2) == [1, 4, 2]


def test_no_row_is_written_that_excel_has_not(tmp_path: Path) -> None:
    sheet = book(tmp_path / "a.xlsx").sheet("a")
    with pytest.raises(WriteFault):
        sheet.rows(np.array([ROWS + 1]), [Column(1, look(NUMBER), np.array([1]))])


def test_a_text_too_long_for_a_cell_goes_on_elsewhere(tmp_path: Path) -> None:
    made = book(tmp_path / "a.xlsx")
    made.sheet("表").rows(np.array([1, 2]), [Column(1, look(STRING), texts=Coded.same("長" * 40_000, 2))])
    made.close()
    found = openpyxl.load_workbook(tmp_path / "a.xlsx")
    shown = [found["表"].cell(row, 1).value for row in (1, 2)]
    assert [text.removeprefix("長" * 32_000) for text in shown] == ["…（続き 長文 1）", "…（続き 長文 2）"]
    assert "".join(found["長文"].cell(row, 3).value for row in (1, 2)) == "長" * 40_000


@pytest.mark.parametrize("texts", [["a", "長い", "two\nlines", "", "ﾊﾝｶｸ"], ["事業" * 30, "a" * 70], [""]])
def test_shortcuts_tell_the_same(texts: list[str]) -> None:
    assert widest(texts) == max(map(width, texts))
    assert longest(texts) == max(sum(map(width, text.split("\n"))) for text in texts)
    assert line_counts(texts, 24.0).tolist() == [lines(text, 24.0) for text in texts]


def test_a_column_is_as_wide_as_what_stands_in_it() -> None:
    """Not as what was known when it was made, which what is kept from an earlier run may know and a fresh one not."""
    codes = np.array([0, 0], dtype=np.int32)
    alone, among = (Column(1, look(STRING), texts=Coded(codes, v)) for v in (("九段",), ("九段", "まちみらい" * 4)))
    assert data_sheet._width("部", alone) == data_sheet._width("部", among)


def test_every_sheet_ends_where_excel_does_and_says_what_is_not_on_it(
    faulty: Consolidated, faulty_book: openpyxl.Workbook, tmp_path: Path
) -> None:
    limit = 40
    voice = Voice(faulty.pack, "ja")
    written = master.write(tmp_path / "master.xlsx", faulty, voice, row_limit=limit)
    book = openpyxl.load_workbook(tmp_path / "master.xlsx")
    assert "一致した" in str(book["突合結果"]["A2"].value)  # which is what went first
    bounded = [name for name in book.sheetnames if name not in ("概要", "規則")]
    assert {name: book[name].max_row for name in bounded if book[name].max_row > limit} == {}
    for name, file in (("エラー一覧", "findings.jsonl"), ("参考", "findings.jsonl")):
        left_out = faulty_book[name].max_row - limit
        assert left_out > 0
        remark = str(book[name]["A2"].value)
        assert f"ほかの {left_out:,} 行は" in remark, remark
        assert file in remark
    conservation.check_master(tmp_path / "master.xlsx", faulty, voice, written.places, written.tidy)


@pytest.mark.parametrize("name", ["様式1", "様式3"])
def test_a_form_of_more_records_than_a_sheet_has_rows_says_where_they_are(
    faulty: Consolidated, faulty_book: openpyxl.Workbook, tmp_path: Path, name: str
) -> None:
    master.write(tmp_path / "master.xlsx", faulty, Voice(faulty.pack, "ja"), row_limit=40)
    sheet = openpyxl.load_workbook(tmp_path / "master.xlsx")[name]
    last = [str(row[0].value) for row in sheet.iter_rows() if row[0].value]
    assert "件はこのシートに入りきりません" in last[-1]
    assert "データ" in last[-1]
    whole = [str(cell.value) for row in faulty_book[name].iter_rows() for cell in row if cell.value is not None]
    totals = [text for text in whole if text in ("総計（重複を含む）", "合計（重複を除く）", "合計")]
    shown = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not set(totals) & set(shown)  # a sum of what stands here would be taken for the whole


def test_what_of_duplicates_has_no_row_is_in_their_sum(
    faulty: Consolidated, faulty_book: openpyxl.Workbook, tmp_path: Path
) -> None:
    master.write(tmp_path / "master.xlsx", faulty, Voice(faulty.pack, "ja"), row_limit=40)
    short = openpyxl.load_workbook(tmp_path / "master.xlsx", data_only=True)["重複予算"]
    whole = [[cell.value for cell in row] for row in faulty_book["重複予算"].iter_rows()]
    rows = [[cell.value for cell in row] for row in short.iter_rows()]
    beyond = [row for row in rows if "シートに入りきらない" in str(row[0])]
    assert beyond
    assert len(rows) < len(whole)
    path = tmp_path / "whole.xlsx"
    master.write(path, faulty, Voice(faulty.pack, "ja"))
    values = openpyxl.load_workbook(path, data_only=True)["重複予算"]
    sums = [list(row[-3:]) for row in values.iter_rows(values_only=True) if row[0] == "合計"]
    assert [row[-3:] for row in rows if row[0] == "合計"] == sums


def test_a_list_that_goes_back_ends_where_excel_does(faulty: Consolidated) -> None:
    voice = Voice(faulty.pack, "ja")
    submission = max(faulty.submissions, key=lambda own: sum(f.ref.file == own.file for f in faulty.findings))
    findings = about_files(faulty.findings)[submission.file]
    causes = {finding.id: finding for finding in faulty.findings if finding.root}
    whole = listing(submission, findings, causes, voice, {}, apart=False)
    short = listing(submission, findings, causes, voice, {}, apart=False, row_limit=10)
    head = len(short.remarks) + 3
    assert len(short.lines) == 10 - head
    assert short.lines == whole.lines[: 10 - head]
    assert f"ほかの {len(whole.lines) - len(short.lines)} 行は" in short.remarks[-1]


def test_of_very_many_effects_the_first_have_a_row_and_one_says_how_many_more(
    faulty: Consolidated, tmp_path: Path
) -> None:
    first = next(f for f in faulty.findings if f.severity == "error" and not f.root and not f.effects and f.ref.a1)
    more = [
        replace(first, ref=replace(first.ref, row=1000 + n), id=f"more{n:08}", root=first.id, record="-")
        for n in reversed(range(effects.MOST + 9))
    ]
    told = replace(first, effects=tuple(each.id for each in more))
    run = replace(faulty, findings=[*(told if f is first else f for f in faulty.findings), *more])
    voice = Voice(faulty.pack, "ja")
    master.write(tmp_path / "master.xlsx", run, voice)
    rows = list(openpyxl.load_workbook(tmp_path / "master.xlsx")["エラー一覧"].iter_rows(values_only=True))
    at = next(number for number, row in enumerate(rows) if row[-1] == first.id)
    below = rows[at + 1 : at + 2 + effects.MOST]
    number = rows[at][0]
    assert [row[0] for row in below] == [f"{number}-{n + 1}" for n in range(effects.MOST + 1)]
    assert [row[-1] for row in below[:-1]] == [f"more{n:08}" for n in range(effects.MOST)]
    assert below[-1][-1] is None
    assert "ほか 9 件" in str(below[-1][9])
    submission = next(own for own in faulty.submissions if own.file == first.ref.file)
    lines = listing(submission, [told], {each.id: each for each in more}, voice, {}, apart=False).lines
    assert len(lines) == 2 + effects.MOST
    assert "ほか 9 件" in lines[-1].texts[5]
    assert lines[-1].follows
