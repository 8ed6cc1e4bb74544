"""Two workbooks of one department for one form: the same is read once, different ones wait for a choice."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from sample_returns import RETURNS, cell_of

from reconcile.consolidate import Consolidated
from reconcile.packs import Pack
from reconcile.pipeline import Options, run

FILE = "01_危機管理部.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copyfile(RETURNS / FILE, tmp_path / FILE)
    return tmp_path


def result(plan: Pack, folder: Path) -> Consolidated:
    return run(plan, [folder], None, Options(jobs=1))


def findings(run: Consolidated, code: str) -> list[tuple[str, str]]:
    return [(f.ref.file, f.form) for f in run.findings if f.code == code]


def merged(run: Consolidated) -> dict[str, int]:
    return {c.form: c.merged for c in run.conserved if c.read}


def test_the_same_content_is_read_once(plan: Pack, folder: Path) -> None:
    book = openpyxl.load_workbook(folder / FILE)
    book["様式1"]["Z1"] = "再送"  # other bytes, the same content
    book.save(folder / "02_再送.xlsx")
    run = result(plan, folder)
    assert findings(run, "FIL005") == [("02_再送.xlsx", "")]
    assert findings(run, "FIL006") == []
    assert merged(run) == {"activity": 3, "outcome": 3, "budget": 5}


def test_different_content_is_not_merged_until_one_is_chosen(plan: Pack, folder: Path) -> None:
    book = openpyxl.load_workbook(folder / FILE)
    cell_of(book, "様式1", "950 人").value = "960 人"
    book.save(folder / "02_訂正.xlsx")
    run = result(plan, folder)
    assert findings(run, "FIL006") == [(FILE, "activity"), ("02_訂正.xlsx", "activity")]
    assert merged(run) == {"activity": 0, "outcome": 3, "budget": 5}
    (first, _) = [f for f in run.findings if f.code == "FIL006"]
    assert first.data["count"] == 1


def test_forms_sent_in_two_workbooks_are_one_answer(plan: Pack, folder: Path) -> None:
    for name, gone in ((FILE, ["様式2", "様式3"]), ("02_残り.xlsx", ["様式1"])):
        book = openpyxl.load_workbook(RETURNS / FILE)
        for sheet in gone:
            book.remove(book[sheet])
        book.save(folder / name)
    run = result(plan, folder)
    assert findings(run, "FIL005") == findings(run, "FIL006") == []
    assert merged(run) == {"activity": 3, "outcome": 3, "budget": 5}
    assert [f.ref.file for f in run.findings if f.code == "SUB002" and f.department == "危機管理部"] == []


def test_another_rounds_workbook_conflicts_with_nothing(plan: Pack, folder: Path) -> None:
    book = openpyxl.load_workbook(folder / FILE)
    for row in book["表紙"].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "年度末見込み" in cell.value:
                cell.value = "令和3年度末"
    cell_of(book, "様式1", "950 人").value = "900 人"
    book.save(folder / "00_前回.xlsx")
    run = result(plan, folder)
    assert findings(run, "FIL006") == []
    assert findings(run, "FIL004") == [("00_前回.xlsx", "cover")]
    assert merged(run)["activity"] == 3
    assert {c.form: c.set_aside for c in run.conserved}["activity"] == 3
