"""Where nearly everything of a form fails: one finding, which questions the layout or the unit before any figure."""

from __future__ import annotations

import re
from pathlib import Path

from reconcile.findings import Finding
from reconcile.messages import render
from reconcile.packs import load
from reconcile.writing.proposals import proposed
from tests.localisation.retyped import retyped
from tests.localisation.test_constructs import new_findings, true_run

FILE = "11_教育委員会事務局.xlsx"


def held(sheet: str) -> dict[str, str]:
    """What stands in the cells of a sheet of the return, by address."""
    facts = true_run("plan2022").facts
    own = [n for n in range(len(facts)) if facts.file[n] == FILE and facts.sheet[n] == sheet]
    return {str(facts.ref(n).a1): str(facts.raw[n]).replace(",", "") for n in own}


def after(tmp_path: Path, sheet: str, cells: dict[str, str]) -> list[Finding]:
    return new_findings("plan2022", retyped("plan2022", tmp_path, {(FILE, sheet): cells}))


def amounts() -> dict[str, str]:
    """The amounts of the items of the budget, its totals left out."""
    facts = true_run("plan2022").facts
    return {
        str(facts.ref(n).a1): str(facts.value[n])
        for n in range(len(facts))
        if facts.file[n] == FILE
        and facts.form[n] == "budget"
        and facts.level[n] == "record"
        and facts.value[n] is not None
    }


def test_figures_one_column_to_the_left_are_one_finding_about_the_layout(tmp_path: Path) -> None:
    own = amounts()
    left = {"E": "F", "F": "G", "G": "H", "H": "E"}
    moved = {cell: own[left[cell[0]] + cell[1:]] for cell in own}
    found = after(tmp_path, "様式3", moved)
    (root,) = [finding for finding in found if not finding.root]
    assert (root.code, root.variant, root.suggestion) == ("BAL002", "family", None)
    assert (root.data["failed"], root.data["judged"]) == (16, 16)
    assert {f.code for f in found if f.root == root.id} == {"BAL002", "BAL006"}
    assert "列や行の並びが様式のとおりか確かめてください" in render(root, load("plan2022"), "ja")
    assert proposed(root, "ja") == ""


def test_years_one_column_to_the_left_take_with_them_what_is_compared_with_them(tmp_path: Path) -> None:
    own = held("様式1")
    facts = true_run("plan2022").facts
    first = {
        int(facts.row[n])
        for n in range(len(facts))
        if facts.file[n] == FILE and facts.form[n] == "activity" and str(facts.slot[n]).startswith("amount.initial")
    }
    moved: dict[str, str] = {}
    for row in first:
        years = [own[f"{column}{row}"] for column in "DEF"]
        moved |= dict(zip((f"D{row}", f"E{row}", f"F{row}"), (*years[1:], years[0]), strict=True))
    found = after(tmp_path, "様式1", moved)
    layout = [finding for finding in found if finding.variant == "family" and not finding.root]
    (root,) = layout
    below = {f.code for f in found if f.root == root.id}
    assert root.code == "BAL001"
    assert {"BAL001", "CUM001", "BAL004", "XRF005", "PRG001"} <= below
    # A dash for a total that is due is wrong in either column.
    assert {f.code for f in found if not f.root} <= {"BAL001", "FLD009"}


def test_a_column_in_yen_is_one_finding_about_the_unit(tmp_path: Path) -> None:
    thousandfold = {cell: amount + "000" for cell, amount in amounts().items() if cell[0] == "E"}
    found = after(tmp_path, "様式3", thousandfold)
    (root,) = [finding for finding in found if not finding.root]
    told = root.suggestion
    assert told is not None
    assert (root.code, root.variant, told.cause, told.standing) == (
        "BAL002",
        "located_line_unit",
        "line_unit",
        "probable",
    )
    cells = {str(told.ref.a1), *(str(other["cell"]) for other in told.together)}
    assert cells == set(thousandfold)
    assert sorted(f.code for f in found if f.root) == ["BAL002", "BAL002", "BAL002", "BAL006"]


def test_a_table_in_yen_under_its_totals_is_one_finding_about_the_unit(tmp_path: Path) -> None:
    thousandfold = {cell: amount + "000" for cell, amount in amounts().items()}
    found = after(tmp_path, "様式3", thousandfold)
    (root,) = [finding for finding in found if not finding.root]
    told = root.suggestion
    assert told is not None
    assert (root.variant, told.cause, told.standing) == ("located_line_unit", "line_unit", "probable")
    assert {str(told.ref.a1), *(str(other["cell"]) for other in told.together)} == set(thousandfold)
    assert (root.data["factor"], root.data["count"]) == (1000, len(thousandfold))
    texts = {lang: render(root, load("plan2022"), lang) for lang in ("ja", "en")}
    assert f"{min(thousandfold)}:H" in texts["ja"]
    assert "どれも 1,000 で割ると" in texts["ja"]
    assert all(year in texts["ja"] for year in ("令和4年度", "令和5年度"))
    assert "all divided by 1,000" in texts["en"]


def test_a_column_in_yen_with_its_totals_is_seen_by_the_printed_total(tmp_path: Path) -> None:
    own = {c: v for c, v in held("様式3").items() if re.fullmatch(r"E\d+", c) and v.isdigit()}
    found = after(tmp_path, "様式3", {cell: amount + "000" for cell, amount in own.items()})
    (root,) = [finding for finding in found if not finding.root]
    told = root.suggestion
    assert told is not None
    assert (root.code, root.variant, told.cause) == ("BAL006", "located_line_unit", "line_unit")
    assert {str(told.ref.a1), *(str(other["cell"]) for other in told.together)} == set(own)
