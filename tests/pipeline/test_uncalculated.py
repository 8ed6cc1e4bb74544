"""A workbook that no program has calculated lacks the results of all its formulas: that is one finding."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from reconcile import pipeline
from reconcile.findings import Finding
from reconcile.messages import render
from reconcile.packs import load
from reconcile.pipeline import Options

PACK = load("plan2022")
RETURN = Path(__file__).resolve().parents[2] / "samples" / "plan2022" / "returns" / "01_危機管理部.xlsx"


def uncalculated(columns: str, folder: Path) -> list[Finding]:
    """The findings shown where the totals of some columns are formulas without a result."""
    book = openpyxl.load_workbook(RETURN)
    for column in columns:
        for row in (10, 11):
            book["様式3"][f"{column}{row}"].value = f"=SUM({column}5:{column}9)"
    book.save(folder / RETURN.name)
    run = pipeline.check(PACK, [folder / RETURN.name], Options(jobs=1))
    return [finding for finding in run.findings if finding.code == "FIL009" and not finding.root]


def test_many_are_one_finding_that_names_them_all(tmp_path: Path) -> None:
    (found,) = uncalculated("EFGH", tmp_path)
    assert [part.ref.a1 for part in found.cells] == ["E10", "F10", "G10", "H10", "E11", "F11", "G11", "H11"]
    assert len(found.effects) == 7
    assert render(found, PACK, "ja") == (
        "様式3!E10（1 小計 × 当初計画・令和4年度）など、数式 8 個の計算結果が保存されていません。"
        "Excel で開いて上書き保存し、再提出してください。"
    )
    assert render(found, PACK, "en").startswith("8 formulas from 様式3!E10 ")


@pytest.mark.parametrize(("columns", "count"), [("E", 2), ("", 0)])
def test_a_few_are_named_one_by_one(columns: str, count: int, tmp_path: Path) -> None:
    assert [finding.variant for finding in uncalculated(columns, tmp_path)] == [""] * count
