"""XRF006: circled numbers of one field against those of another."""

from __future__ import annotations

import pytest

from reconcile.packs.checks import PointsCheck
from reconcile.rules.context import Outcome
from reconcile.rules.xrf006 import judge, points_in
from tests.rules.drawing import Drawn, confront, plan


def judged(result: str, todo: str) -> Outcome:
    data = confront(Drawn("dx", f"focus | item | result | plan\n01 | 導入 | {result} | {todo}"))
    check = PointsCheck(code="XRF006", kind="points", fields=["result", "plan"])
    return judge(check, plan().forms["dx"], data)


def test_the_same_numbers_pass_in_any_circle() -> None:
    assert judged("①導入 ②試行", "➁拡大 ➀継続").passed == 2
    assert points_in("➀と①と②") == ("①", "②")


@pytest.mark.parametrize(
    ("result", "todo", "cell", "marks"), [("①導入 ②試行", "①継続", "D2", ["②"]), ("②試行", "①② ③", "C2", ["①", "③"])]
)
def test_a_number_without_counterpart_is_found_where_it_is_missing(
    result: str, todo: str, cell: str, marks: list[str]
) -> None:
    findings = judged(result, todo).findings
    assert [(f.cell, f.data["mark"]) for f in findings] == [(cell, mark) for mark in marks]


def test_where_one_side_uses_none_nothing_is_compared_and_a_blank_is_not_judged() -> None:
    outcome = judged("①導入", "継続する")
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (0, [], [])
    assert [item.why for item in judged("①導入", "").unjudged] == ["text_not_given"]
