"""FLD001 beside figures; FLD009 for ― beside figures and for what follows from 集計中."""

from __future__ import annotations

from functools import cache

import pytest

from reconcile.packs import Pack, load
from reconcile.rules.context import Outcome
from tests.rules.drawing import Drawn, confront, outcome_of


@cache
def welfare() -> Pack:
    return load("welfare2024")


def outcome(code: str, form: str, text: str) -> Outcome:
    return outcome_of(code, confront(Drawn(form, text, department="保健福祉政策部"), pack=welfare()))


ACTION = "section | number | name | value.initial.FY2024 | value.actual.FY2024\n"


@pytest.mark.parametrize(
    ("plan", "actual", "found", "passed", "unjudged"),
    [
        ("5 回", "", ["E2"], 0, 0),
        ("5 回", "5 回", [], 1, 0),
        ("5 回", "―", [], 1, 0),  # FLD009's
        # A plan in words: whether a figure is due, nobody can tell.
        ("周知活動を実施する", "", [], 0, 1),
        ("周知活動を実施する", "実施", [], 0, 0),
        ("―", "", [], 0, 0),
        ("", "", [], 0, 0),
    ],
)
def test_fld001_beside_figures(plan: str, actual: str, found: list[str], passed: int, unjudged: int) -> None:
    result = outcome("FLD001", "action", ACTION + f"1-2 | 1 | 講座 | {plan} | {actual}")
    assert [finding.cell for finding in result.findings] == found
    assert (result.passed, len(result.unjudged)) == (passed, unjudged)


OUTCOME = "section | number | name | value.target.FY2024 | value.actual.FY2024 | value.achieved.FY2024 | grade\n"


def judged(target: str, actual: str, achieved: str, grade: str) -> Outcome:
    return outcome("FLD009", "outcome", OUTCOME + f"1-2 | 1 | 割合 | {target} | {actual} | {achieved} | {grade}")


@pytest.mark.parametrize(
    "line",
    [
        ("26.0 %", "集計中", "―", "―"),
        ("26.0 %", "集計中", "", ""),
        ("93.0 %", "89.9 %", "96.7%", "B"),
        ("課題整理", "29 件", "―", "―"),
        ("課題整理", "課題整理", "100.0%", "A"),
    ],
)
def test_fld009_passes(line: tuple[str, str, str, str]) -> None:
    assert judged(*line).findings == []
    assert judged(*line).passed > 0


@pytest.mark.parametrize(
    ("line", "cell", "variant", "cells"),
    [
        # Judged before it is counted: percentage and grade are one fault.
        (("21.5 %", "集計中", "100.0%", "A"), "F2", "before_counted", {"F2", "G2", "E2"}),
        (("21.5 %", "集計中", "―", "A"), "G2", "before_counted", {"G2", "E2"}),
        (("21.5 %", "―", "―", "―"), "E2", "due", {"E2", "D2"}),
        (("21.5 %", "21.5 %", "―", "―"), "F2", "due", {"F2", "D2", "E2"}),
        (("21.5 %", "21.5 %", "100.0%", "―"), "G2", "due", {"G2", "F2"}),
    ],
)
def test_fld009_finds(line: tuple[str, str, str, str], cell: str, variant: str, cells: set[str]) -> None:
    (finding,) = judged(*line).findings
    assert (finding.cell, finding.variant) == (cell, variant)
    assert {part.ref.a1 for part in finding.cells} == cells


def test_fld009_a_grade_for_two_measures_is_one_cell() -> None:
    text = OUTCOME + "1-10 | 5 | 計画 | a）60 件／b）640 件 | a）139 件／b）1838 件 | a）231.7 %／b）287.2 % | ―"
    (finding,) = outcome("FLD009", "outcome", text).findings
    assert finding.cell == "G2"
