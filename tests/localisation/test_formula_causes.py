"""A sum that is a formula and does not agree: the formula itself says why, and what follows from it is told below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconcile.findings import Finding
from reconcile.messages import render
from reconcile.packs import load
from reconcile.source_files import SourceFiles
from reconcile.submissions import Submission
from reconcile.writing.proposals import proposed
from tests.localisation.retyped import retyped
from tests.localisation.test_constructs import new_findings, true_run

# One programme of five items in rows 5 to 9; its subtotal in row 10 is =SUM(E5:E9), and the total in row 11 is =E10.
FILE, SHEET = "13_環境政策部.xlsx", "様式3"
ITEMS = (25652, 39914, 33041, 21366, 36339)


def after(tmp_path: Path, cells: dict[str, str]) -> list[Finding]:
    return new_findings("plan2022", retyped("plan2022", tmp_path, {(FILE, SHEET): cells}))


def only(found: list[Finding], *effects: str) -> Finding:
    """The one finding, with these cells as the places of its effects."""
    (root,) = [finding for finding in found if not finding.root]
    assert sorted(str(f.cell) for f in found if f.root == root.id) == sorted(effects)
    return root


def said(finding: Finding, lang: str = "ja") -> str:
    return render(finding, load("plan2022"), lang)


def test_a_sum_that_ends_above_its_last_row(tmp_path: Path) -> None:
    short = sum(ITEMS[:4])
    root = only(after(tmp_path, {"E10": f"=SUM(E5:E8) → {short}", "E11": f"=E10 → {short}"}), "E11")
    assert (root.code, root.cell, root.variant, root.suggestion) == ("BAL002", "E10", "formula_misses", None)
    assert "の数式「=SUM(E5:E8)」は E9 を足していないため「119,973」ですが、E5:E9 の合計は 156,312 千円です" in said(
        root
    )
    assert 'the formula "=SUM(E5:E8)" leaves out E9' in said(root, "en")
    assert proposed(root, "ja") == "数式の範囲の不足"


def test_the_same_formula_copied_along_the_row_is_one_mistake(tmp_path: Path) -> None:
    cells = {}
    for column in "EFGH":
        found = items(column)
        short = sum(found[:4])
        cells |= {f"{column}10": f"=SUM({column}5:{column}8) → {short}", f"{column}11": f"={column}10 → {short}"}
    root = only(after(tmp_path, cells), "E11", "F10", "F11", "G10", "G11", "H10", "H11")
    assert (root.cell, root.variant) == ("E10", "formula_misses")


def items(column: str) -> list[int]:
    facts = true_run("plan2022").facts
    wanted = {f"{column}{row}" for row in range(5, 10)}
    own = [n for n in range(len(facts)) if facts.file[n] == FILE and facts.sheet[n] == SHEET]
    return [int(facts.value[n] or 0) for n in own if facts.ref(n).a1 in wanted]


def test_a_sum_that_counts_its_subtotal_again(tmp_path: Path) -> None:
    root = only(after(tmp_path, {"E11": f"=SUM(E5:E10) → {2 * sum(ITEMS)}"}))
    assert (root.code, root.cell, root.variant) == ("BAL002", "E11", "formula_adds")
    assert "の数式「=SUM(E5:E10)」は E10 まで足しているため" in said(root)


def test_a_figure_entered_as_text_is_passed_over_by_its_sum(tmp_path: Path) -> None:
    short = sum(ITEMS) - 33041
    cells = {"E7": "３３，０４１", "E10": f"=SUM(E5:E9) → {short}", "E11": f"=E10 → {short}"}
    found = [finding for finding in after(tmp_path, cells) if finding.severity != "info"]
    root = only(found, "E11")
    assert (root.code, root.cell, root.variant) == ("BAL002", "E10", "formula_text")
    assert "E7 は数字が文字として入力されているため足されていません" in said(root)


def test_a_result_of_before_the_last_change(tmp_path: Path) -> None:
    found = after(tmp_path, {"E5": "25562"})
    roots = {f.code: f for f in found if not f.root}
    # The printed total of all departments does not agree either, which no recalculation mends.
    assert roots.keys() == {"BAL002", "BAL006"}
    assert (roots["BAL002"].cell, roots["BAL002"].variant) == ("E10", "formula_stale")
    assert [f.cell for f in found if f.root == roots["BAL002"].id] == ["E11"]
    assert "の数式「=SUM(E5:E9)」の結果は「156,312」のままですが、いまの E5:E9 の合計は 156,222 千円です" in said(
        roots["BAL002"]
    )


def test_a_total_of_subtotals_that_leaves_one_out(tmp_path: Path) -> None:
    changed = {("09_生活文化政策部.xlsx", SHEET): {"F18": "=F10 → 138940"}}
    root = only(new_findings("plan2022", retyped("plan2022", tmp_path, changed)))
    assert (root.cell, root.variant) == ("F18", "formula_misses")
    assert "の数式「=F10」は F17 を足していないため" in said(root)


@pytest.mark.parametrize(
    "formula",
    ["ROUND(SUM(E5:E8),0)", "SUM(E5:E8)*1", "SUM(様式2!E5:E8)", "SUM(E:E)", "SUM(E5:E8)+0"],
)
def test_a_formula_that_does_something_else_says_nothing(tmp_path: Path, formula: str) -> None:
    short = sum(ITEMS[:4])
    found = after(tmp_path, {"E10": f"={formula} → {short}", "E11": f"=E10 → {short}"})
    assert {f.cell for f in found} == {"E10", "E11"}
    assert not any(f.variant.startswith("formula") and f.cell == "E10" for f in found)


def test_formulas_in_a_circle_or_over_the_whole_sheet_end(tmp_path: Path) -> None:
    short = sum(ITEMS[:4])
    for number, formula in enumerate(("SUM(A1:XFD1048576)", "SUM(E5:E9)+E12", "E11")):
        cells = {"E10": f"={formula} → {short}", "E11": f"=E10+E10 → {short}"}
        found = after(tmp_path / str(number), cells)
        assert {f.cell for f in found} == {"E10", "E11"}


def test_a_return_that_has_changed_since_is_not_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK, but another file")
    submission = Submission("a.xlsx", "0" * 64, 20, kind="xlsx")
    assert SourceFiles([(path, "a.xlsx")]).content(submission) is None
    assert SourceFiles([(path, "a.xlsx")]).sheets(submission) == {}
