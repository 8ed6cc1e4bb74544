"""What the program has written comes back among the returns: it is told for what it is, and is no return."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from reconcile import pipeline
from reconcile.consolidate import Consolidated
from reconcile.messages import render
from reconcile.packs import load
from reconcile.pipeline import Options

PACK = load("plan2022")
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022" / "returns-with-errors"
CUT_SHORT = "18_経済産業部_送信途中.xlsx"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output for a return with faults, and one that cannot be opened: a workbook of findings goes back."""
    folder = tmp_path_factory.mktemp("first")
    for name in ("01_危機管理部.xlsx", CUT_SHORT):
        shutil.copy(SAMPLES / name, folder)
    pipeline.run(PACK, [folder], folder / "out", Options(jobs=1))
    return folder / "out"


def again(folder: Path, *files: Path) -> Consolidated:
    folder.mkdir()
    for path in files:
        shutil.copy(path, folder)
    return pipeline.run(PACK, [folder], folder / "out", Options(jobs=1))


def said(run: Consolidated, file: str, lang: str = "ja") -> list[tuple[str, str, str]]:
    found = [f for f in run.findings if f.ref.file == file]
    return [(f.code, f.severity, render(f, PACK, lang)) for f in found]


def test_a_list_of_findings_that_comes_back_alone_is_no_return_without_forms(out: Path, tmp_path: Path) -> None:
    copy = tmp_path / CUT_SHORT
    book = openpyxl.load_workbook(out / "annotated" / CUT_SHORT)
    sheet = book.active
    assert sheet is not None
    head = next(row for row in sheet.iter_rows(max_row=10) if "対応" in [cell.value for cell in row])
    at = next(cell.column for cell in head if cell.value == "対応")
    sheet.cell(head[0].row + 1, at).value = "修正した"
    key = sheet.cell(head[0].row + 1, sheet.max_column).value
    book.save(copy)
    run = again(tmp_path / "returns", copy, SAMPLES / "01_危機管理部.xlsx")
    assert said(run, CUT_SHORT) == [
        (
            "FIL012",
            "warning",
            f"「{CUT_SHORT}」は指摘の一覧で、提出ファイルではありません。書かれた回答 1 件は読み取りました。"
            "様式の入った元のブックも、直して提出してください。",
        )
    ]
    assert "is a list of findings" in said(run, CUT_SHORT, "en")[0][2]
    assert [list(s.replies) for s in run.submissions if s.file == CUT_SHORT] == [[key]]
    # It is no file of unknown department that may be the return of one that has sent none.
    assert {f.variant for f in run.findings if f.code == "SUB001"} == {""}


def test_a_list_without_an_answer_says_so(out: Path, tmp_path: Path) -> None:
    run = again(tmp_path / "returns", out / "annotated" / CUT_SHORT)
    assert said(run, CUT_SHORT)[0][2] == (
        f"「{CUT_SHORT}」は指摘の一覧で、提出ファイルではありません。回答は書かれていません。"
        "様式の入った元のブックを、直して提出してください。"
    )


def test_a_master_among_the_returns_is_not_read(out: Path, tmp_path: Path) -> None:
    run = again(tmp_path / "returns", out / "master.xlsx", SAMPLES / "01_危機管理部.xlsx")
    assert said(run, "master.xlsx") == [
        (
            "FIL012",
            "warning",
            "「master.xlsx」は集約ブックで、提出ファイルではないため、読みませんでした。"
            "提出ファイルのフォルダーから取り除いてください。",
        )
    ]
    assert not any(form.records for s in run.submissions if s.file == "master.xlsx" for form in s.forms)


def test_a_return_with_the_error_sheet_of_a_master_in_it_is_still_a_return(out: Path, tmp_path: Path) -> None:
    """The office has copied the sheet into the workbook, for the department to see."""
    errors = openpyxl.load_workbook(out / "master.xlsx")["エラー一覧"]
    book = openpyxl.load_workbook(SAMPLES / "01_危機管理部.xlsx")
    sheet = book.create_sheet("エラー一覧")
    for row in errors.iter_rows():
        for cell in row:
            if cell.value is not None:
                sheet.cell(cell.row, cell.column, cell.value)
    book.save(tmp_path / "01_危機管理部.xlsx")
    run = again(tmp_path / "returns", tmp_path / "01_危機管理部.xlsx")
    plain = again(tmp_path / "plain", SAMPLES / "01_危機管理部.xlsx")
    assert [f.id for f in run.findings] == [f.id for f in plain.findings]
