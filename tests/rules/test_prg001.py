"""PRG001: the actual already exceeds the plan of the whole period."""

import pytest

from reconcile.rules.context import Outcome
from tests.rules.drawing import Drawn, confront, outcome_of

HEAD = "number | name | basis | amount.initial.total | amount.revised.total | amount.actual.total\n"


def outcome(line: str) -> Outcome:
    return outcome_of("PRG001", confront(Drawn("activity", HEAD + line)))


@pytest.mark.parametrize(
    ("line", "variant"),
    [
        ("4-3 | 参加者数 | ~ | 2,400 人 | ― | 2,600 人", "unrevised"),
        ("10-2 | 会員登録者数 | ~ | 200 人 | 300 人 | 700 人", "revised"),
        # Revised downwards, below what has been done.
        ("10-2 | 会員登録者数 | ~ | 900 人 | 300 人 | 700 人", "revised"),
    ],
)
def test_beyond_the_plan(line: str, variant: str) -> None:
    (finding,) = outcome(line).findings
    assert (finding.cell, finding.variant) == ("F2", variant)
    assert {part.ref.a1 for part in finding.cells} == {"F2", "D2" if variant == "unrevised" else "E2"}


@pytest.mark.parametrize(
    "line", ["4-3 | 数 | ~ | 2,400 | ― | 2,400", "10-2 | 数 | ~ | 200 | 700 | 700", "10-2 | 数 | ~ | 200 | 900 | 700"]
)
def test_within_the_plan(line: str) -> None:
    assert (outcome(line).findings, outcome(line).passed) == ([], 1)


@pytest.mark.parametrize("basis", ["率", "平均", "年度末値"])
def test_rates_means_and_year_end_values_are_not_judged(basis: str) -> None:
    found = outcome(f"4-2 | 割合 | {basis} | 90 | ― | 95")
    assert (found.findings, found.passed, found.unjudged) == ([], 0, [])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("8-1 | 数 | ~ | 28 地区 | ― | 集計中", "actual_not_a_number"),
        ("8-1 | 数 | ~ | 検討・調整 | ― | 28 地区", "plan_not_a_number"),
    ],
)
def test_cannot_be_judged(line: str, why: str) -> None:
    assert [u.why for u in outcome(line).unjudged] == [why]
