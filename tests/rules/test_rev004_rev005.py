"""REV004, REV005: a reason exactly for the grades that need one."""

from __future__ import annotations

from functools import cache

import pytest

from reconcile.packs import Pack, load
from reconcile.rules.context import Outcome
from tests.rules.drawing import Drawn, confront, outcome_of

HEAD = "section | number | name | grade | reason\n"


@cache
def welfare() -> Pack:
    return load("welfare2024")


def outcome(code: str, grade: str, reason: str, name: str = "受講者数") -> Outcome:
    line = f"1-2 | 1 | {name} | {grade} | {reason}"
    return outcome_of(code, confront(Drawn("outcome", HEAD + line, department="保健福祉政策部"), pack=welfare()))


@pytest.mark.parametrize("grade", ["C", "D", "Ｃ", "d"])
@pytest.mark.parametrize("reason", ["", "―", "なし", "特になし"])
def test_rev004_a_low_grade_without_a_reason(grade: str, reason: str) -> None:
    (finding,) = outcome("REV004", grade, reason).findings
    assert (finding.cell, finding.field, finding.data["grade"]) == ("E2", "reason", grade)
    assert {part.ref.a1: part.role for part in finding.cells} == {"E2": "reason", "D2": "grade"}
    assert (outcome("REV005", grade, reason).findings, outcome("REV005", grade, reason).passed) == ([], 0)


def test_rev004_a_low_grade_with_a_reason() -> None:
    found = outcome("REV004", "C", "周知が足りなかったため。")
    assert (found.findings, found.passed) == ([], 1)


@pytest.mark.parametrize("grade", ["A", "B", "―"])
def test_rev005_a_reason_beside_a_good_grade_or_none(grade: str) -> None:
    (finding,) = outcome("REV005", grade, "周知が足りなかったため。").findings
    assert (finding.cell, finding.found, finding.data["grade"]) == ("E2", "周知が足りなかったため。", grade)


@pytest.mark.parametrize("grade", ["A", "B", "―"])
@pytest.mark.parametrize("reason", ["", "―", "なし"])
def test_neither_where_none_is_asked_and_none_is_given(grade: str, reason: str) -> None:
    found = outcome("REV005", grade, reason)
    assert (found.findings, found.passed) == ([], 1)
    assert (outcome("REV004", grade, reason).findings, outcome("REV004", grade, reason).passed) == ([], 0)


@pytest.mark.parametrize(
    ("grade", "reason", "why"),
    [
        ("", "周知が足りなかったため。", "grade_not_readable"),
        ("A＋", "", "grade_not_readable"),
    ],
)
def test_a_grade_that_is_none_cannot_be_judged(grade: str, reason: str, why: str) -> None:
    for code in ("REV004", "REV005"):
        found = outcome(code, grade, reason)
        assert ([u.why for u in found.unjudged], found.findings, found.passed) == ([why], [], 0)


def test_a_template_without_the_column_is_not_judged() -> None:
    line = "section | number | name | grade | reason\n1-2 | 1 | 受講者数 | C | ~"
    data = confront(Drawn("outcome", line, department="保健福祉政策部"), pack=welfare())
    found = outcome_of("REV004", data)
    assert (found.findings, found.passed, found.unjudged) == ([], 0, [])
