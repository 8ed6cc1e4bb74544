"""FLD003 beside another field: the day must be one of the meeting that is named."""

from __future__ import annotations

import pytest

from reconcile.facts import TEXT, FactColumns, collect
from reconcile.messages import render
from reconcile.packs import load
from reconcile.rules.context import Outcome
from reconcile.validate import validate
from tests.rules.drawing import Drawn, confront, outcome_of

HEAD = "number | meeting | date\n"
PAPERS, RESEARCH = "地域保健福祉審議会", "第４回地域保健医療福祉総合計画研究会"


def judge(meeting: str, day: str) -> Outcome:
    drawn = Drawn("opinions", f"{HEAD}1 | {meeting} | {day}", department="保健福祉政策部")
    return outcome_of("FLD003", confront(drawn, pack=load("council2023")))


@pytest.mark.parametrize("day", ["令和5年3月27日", "R5.3.27", "2023/3/27", "令和５年３月２７日（月）"])
def test_the_day_of_the_meeting_in_any_notation(day: str) -> None:
    outcome = judge(RESEARCH, day)
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (1, [], [])


@pytest.mark.parametrize("day", ["令和5年4月26日", "令和4年3月27日", "2023/3/28"])
def test_another_day_fails(day: str) -> None:
    (finding,) = judge(RESEARCH, day).findings
    assert (finding.code, finding.variant, finding.cell, finding.expected) == (
        "FLD003",
        "beside",
        "C2",
        "令和５年３月27日",
    )
    assert [part.role for part in finding.cells] == ["value", "beside"]


def test_the_same_day_passes_beside_its_own_meeting() -> None:
    assert judge(PAPERS, "令和5年4月26日").passed == 1


@pytest.mark.parametrize(
    ("meeting", "day", "why"),
    [("第３回研究会", "令和5年3月27日", "beside_not_listed"), (RESEARCH, "3月下旬", "date_not_readable")],
)
def test_what_cannot_be_judged(meeting: str, day: str, why: str) -> None:
    outcome = judge(meeting, day)
    assert (outcome.passed, outcome.findings, [u.why for u in outcome.unjudged]) == (0, [], [why])


def test_a_blank_is_left_to_others() -> None:
    outcome = judge(RESEARCH, "")
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (0, [], [])


def test_what_a_person_reads() -> None:
    (finding,) = judge(RESEARCH, "R5.2.27").findings
    assert render(finding, load("council2023"), "ja") == (
        "様式C2!C2（1 × 日付）の「R5.2.27」は「第４回地域保健医療福祉総合計画研究会」の一覧と合いません。"
        "「令和５年３月27日」のうちから直してください。"
    )


def test_a_day_that_is_none_is_told_as_such() -> None:
    pack = load("council2023")
    columns = FactColumns()
    for slot, raw in (("number", "1"), ("date", "令和５年３年27日")):
        columns.append("様式C2", 2, 1, "opinions", 0, "1", "record", "", slot, "", None, "", TEXT, raw, "", "", False)
    found = validate(pack, collect([("保健福祉政策部", "a.xlsx", columns)])).findings
    assert [(f.code, f.variant, f.field) for f in found] == [("FLD006", "date", "date")]
