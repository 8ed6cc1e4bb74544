"""What somebody has answered to a finding stands in the next master and the next list; nothing is asked twice."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reconcile import pipeline
from reconcile.annotate import MASTER_IDENTITY
from reconcile.packs import load
from reconcile.pipeline import Options

PACK = load("plan2022")
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022" / "returns-with-errors"
REASON = "年度途中の制度改正によるため"
ASKED = ("対応", "理由", "記入者", "記入日")


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """Two departments' returns, with errors and warnings."""
    folder = tmp_path / "returns"
    folder.mkdir()
    for name in ("01_危機管理部.xlsx", "02_道路・交通計画部.xlsx"):
        shutil.copy(SAMPLES / name, folder)
    return folder


def answered(sheet: Worksheet, at: int, *said: object) -> str:
    """Fills in the answer to one finding of a list; its id."""
    head = next(row for row in sheet.iter_rows(max_row=10) if "対応" in [cell.value for cell in row])
    columns = {cell.value: cell.column for cell in head}
    row = head[0].row + at
    for name, value in zip(ASKED, said, strict=False):
        sheet.cell(row, columns[name]).value = value
    return str(sheet.cell(row, max(columns.values())).value)


def answers(sheet: Worksheet) -> dict[str, tuple[object, ...]]:
    """The answers of a list by id."""
    head = next(row for row in sheet.iter_rows(max_row=10) if "対応" in [cell.value for cell in row])
    columns = {cell.value: cell.column for cell in head if cell.value}
    last = max(columns.values())
    found = {
        str(sheet.cell(row, last).value): tuple(sheet.cell(row, columns[name]).value for name in ASKED)
        for row in range(head[0].row + 1, sheet.max_row + 1)
    }
    return {key: answer for key, answer in found.items() if any(answer)}


def run(returns: Path, out: Path, lang: str = "ja") -> Path:
    pipeline.run(PACK, [returns], out, Options(jobs=1, lang=lang))
    return out / "master.xlsx"


def edited(path: Path, sheet: str, at: int, *said: object) -> str:
    book = openpyxl.load_workbook(path)
    key = answered(book[sheet], at, *said)
    book.save(path)
    return key


def test_an_answer_in_the_master_stands_in_the_next_one_and_in_the_department_s_list(
    returns: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    sheet = openpyxl.load_workbook(run(returns, out))["エラー一覧"]
    at = next(row - 4 for row in range(5, sheet.max_row) if "様式" in str(sheet.cell(row, 6).value))
    key = edited(out / "master.xlsx", "エラー一覧", at, "このままで正しい", REASON, "山田", datetime(2022, 11, 22))
    again = openpyxl.load_workbook(run(returns, out))
    expected = ("このままで正しい", REASON, "山田", datetime(2022, 11, 22))
    assert answers(again["エラー一覧"]) == {key: expected}
    day = next(cell.column_letter for cell in again["エラー一覧"][4] if cell.value == "記入日")
    assert again["エラー一覧"].column_dimensions[day].width > 13  # a day that does not fit is shown as ####
    assert answers(openpyxl.load_workbook(tmp_path / "out-1" / "master.xlsx")["エラー一覧"]) == {key: expected}
    lists = [answers(openpyxl.load_workbook(path)["指摘一覧"]) for path in (out / "annotated").iterdir()]
    assert {key: (*expected[:3], "2022-11-22")} in lists
    # The run after that finds nothing that a person has changed, and knows the answer still.
    assert answers(openpyxl.load_workbook(run(returns, out))["エラー一覧"]) == {key: expected}
    assert not (tmp_path / "out-2").exists()


def test_an_answer_in_a_list_that_comes_back_stands_in_the_master(returns: Path, tmp_path: Path) -> None:
    run(returns, tmp_path / "out")
    copy = tmp_path / "out" / "annotated" / "危機管理部.xlsx"
    key = edited(copy, "指摘一覧", 1, "修正した", None, "鈴木", datetime(2022, 11, 21))
    shutil.copy(copy, returns / "01_危機管理部.xlsx")
    again = openpyxl.load_workbook(run(returns, tmp_path / "next"))
    assert answers(again["エラー一覧"]) == {key: ("修正した", None, "鈴木", datetime(2022, 11, 21))}
    lists = openpyxl.load_workbook(tmp_path / "next" / "annotated" / "危機管理部.xlsx")
    assert answers(lists.worksheets[0])[key][0] == "修正した"


def test_what_the_office_has_changed_goes_before_the_list_of_a_return(returns: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(returns, out)
    copy = out / "annotated" / "危機管理部.xlsx"
    key = edited(copy, "指摘一覧", 1, "このままで正しい", "OKです", "鈴木")
    shutil.copy(copy, returns / "01_危機管理部.xlsx")
    master = run(returns, out)
    assert answers(openpyxl.load_workbook(master)["エラー一覧"])[key][1] == "OKです"
    book = openpyxl.load_workbook(master)
    sheet = book["エラー一覧"]
    head = {cell.value: cell.column for cell in sheet[4]}
    at = next(row - 4 for row in range(5, sheet.max_row + 1) if sheet.cell(row, head[MASTER_IDENTITY]).value == key)
    answered(sheet, at, "このままで正しい", REASON)
    book.save(master)
    assert answers(openpyxl.load_workbook(run(returns, out))["エラー一覧"])[key][1] == REASON
    assert answers(openpyxl.load_workbook(run(returns, out))["エラー一覧"])[key][1] == REASON


def test_an_answer_is_kept_while_its_finding_is_away_and_is_said_in_either_language(
    returns: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    key = edited(run(returns, out), "エラー一覧", 1, "このままで正しい", REASON)
    kept = (returns / "01_危機管理部.xlsx").read_bytes(), (returns / "02_道路・交通計画部.xlsx").read_bytes()
    for name in ("01_危機管理部.xlsx", "02_道路・交通計画部.xlsx"):
        (returns / name).unlink()
    shutil.copy(SAMPLES / "10_経済産業部.xlsx", returns)
    run(returns, out)
    assert json.loads((out / "run.json").read_text("utf-8"))["answers"] == {key: ["このままで正しい", REASON, "", ""]}
    (returns / "01_危機管理部.xlsx").write_bytes(kept[0])
    (returns / "02_道路・交通計画部.xlsx").write_bytes(kept[1])
    sheet = openpyxl.load_workbook(run(returns, out, "en"))["Errors"]
    head = {cell.value: cell.column for cell in sheet[4]}
    said = [
        sheet.cell(row, head["Answer"]).value
        for row in range(5, sheet.max_row + 1)
        if sheet.cell(row, head[MASTER_IDENTITY]).value == key
    ]
    assert said == ["correct as it is"]


def test_a_department_answers_for_what_it_was_told_of(returns: Path, tmp_path: Path) -> None:
    """A list with the ids of another department's findings, and one with what is no id."""
    run(returns, tmp_path / "out")
    lists = [
        openpyxl.load_workbook(tmp_path / "out" / "annotated" / f"{n}.xlsx") for n in ("危機管理部", "道路・交通計画部")
    ]
    other = answered(lists[1]["指摘一覧"], 1)
    sheet = lists[0]["指摘一覧"]
    answered(sheet, 1, "修正した")
    answered(sheet, 2, "修正した")
    head = next(row[0].row for row in sheet.iter_rows(max_row=10) if "対応" in [cell.value for cell in row])
    sheet.cell(head + 1, sheet.max_column).value = other
    sheet.cell(head + 2, sheet.max_column).value = "=1+1"
    lists[0].save(returns / "01_危機管理部.xlsx")
    assert answers(openpyxl.load_workbook(run(returns, tmp_path / "next"))["エラー一覧"]) == {}


def test_a_long_reason_is_not_cut(returns: Path, tmp_path: Path) -> None:
    out, long = tmp_path / "out", "制度改正のため。" * 900
    run(returns, out)
    key = edited(out / "master.xlsx", "エラー一覧", 1, "このままで正しい", long, "山田")
    again = openpyxl.load_workbook(run(returns, out))
    assert answers(again["エラー一覧"])[key][1] == long
    # A second round, in which nobody has changed anything.
    again = openpyxl.load_workbook(run(returns, out))
    assert answers(again["エラー一覧"])[key][1] == long
