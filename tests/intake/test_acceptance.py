"""What is set aside and what is merged all the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from sample_returns import RETURNS, cell_of

from reconcile.consolidate import Consolidated
from reconcile.packs import Pack
from reconcile.pipeline import Options, run

FILE = "01_危機管理部.xlsx"

Run = Callable[[Callable[[Workbook], None]], Consolidated]


@pytest.fixture
def after(tmp_path: Path, plan: Pack) -> Run:
    def go(change: Callable[[Workbook], None]) -> Consolidated:
        book = openpyxl.load_workbook(RETURNS / FILE)
        change(book)
        book.save(tmp_path / FILE)
        return run(plan, [tmp_path], None, Options(jobs=1))

    return go


def aside(result: Consolidated) -> dict[str, int]:
    return {c.form: c.set_aside for c in result.conserved if c.set_aside}


def test_a_bad_cell_is_merged_as_typed(after: Run) -> None:
    def change(book: Workbook) -> None:
        cell_of(book, "様式1", "950 人").value = "約10～20人"

    assert aside(after(change)) == {}


def test_a_missing_header_sets_the_form_aside(after: Run) -> None:
    def change(book: Workbook) -> None:
        cell_of(book, "様式1", "総量").value = "合わせて"

    result = after(change)
    assert aside(result) == {"activity": 3}
    assert result.answers[0].forms["activity"] == "set_aside"
    assert result.answers[0].forms["budget"] == "merged"


def test_a_key_that_stands_twice_sets_its_records_aside(after: Run) -> None:
    def change(book: Workbook) -> None:
        cell_of(book, "様式2", "1-2").value = "1-1\n①"

    assert aside(after(change)) == {"outcome": 2}


def test_a_record_of_two_departments_is_set_aside_in_both(tmp_path: Path, plan: Pack) -> None:
    shutil.copyfile(RETURNS / FILE, tmp_path / FILE)
    book = openpyxl.load_workbook(RETURNS / "03_保健福祉政策部.xlsx")
    cell_of(book, "様式2", "3-1").value = "1-2"
    book.save(tmp_path / "03.xlsx")
    result = run(plan, [tmp_path], None, Options(jobs=1))
    assert [f.record for f in result.findings if f.code == "DUP003"] == ["1-2"]
    assert aside(result) == {"outcome": 2}


def test_an_unknown_department_is_set_aside_whole(after: Run) -> None:
    def change(book: Workbook) -> None:
        cell_of(book, "表紙", "危機管理部").value = "宇宙開発部"

    result = after(change)
    assert aside(result) == {"activity": 3, "outcome": 3, "budget": 5}
    assert result.provisional
