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
from reconcile.writing import balances_sheet, data_sheet, master
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


def test_what_differs_is_listed_whole_and_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balances_sheet, "_MOST", 2)
    verdict = np.array([PASS, FAIL, UNJUDGED, EMPTY, FAIL, PASS], dtype=np.int8)
    assert balances_sheet._shown(verdict) == [1, 4, 2]


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
