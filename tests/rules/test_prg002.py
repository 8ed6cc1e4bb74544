"""PRG002: the actual of the year against its plan; within the threshold of the plan (60 to 160 %), or explained."""

from __future__ import annotations

import pytest

from reconcile.messages import render
from reconcile.rules.context import Outcome
from tests.rules.drawing import Drawn, confront, outcome_of, plan

HEAD = "number | name | amount.initial.FY2022 | amount.actual.FY2022\n"


def judge(row: str) -> Outcome:
    return outcome_of("PRG002", confront(Drawn("activity", f"{HEAD}1-1① | 防災塾参加人数 | {row}")))


@pytest.mark.parametrize("row", ["100 件 | 60 件", "100 件 | 160 件", "3 件 | 2 件", "0.3 件 | 0.4 件"])
def test_within_the_threshold(row: str) -> None:
    outcome = judge(row)
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (1, [], [])


@pytest.mark.parametrize(
    ("row", "ratio"),
    [("100 件 | 59 件", "59%"), ("3 件 | 1 件", "33.3%"), ("3 件 | 20 件", "666.7%"), ("5 件 | 0 件", "0%")],
)
def test_beyond_it(row: str, ratio: str) -> None:
    (finding,) = judge(row).findings
    assert (finding.cell, finding.data["ratio"]) == ("D2", ratio)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("100 件 | 集計中", "actual_not_a_number"),
        ("100 件 | ", "actual_not_a_number"),
        ("検討 | 40 件", "plan_not_a_number"),
        ("― | 40 件", "plan_not_a_number"),
        ("100 人 | 40 件", "units_differ"),
        ("0 件 | 40 件", "plan_is_zero"),
    ],
)
def test_what_cannot_be_judged(row: str, why: str) -> None:
    outcome = judge(row)
    assert (outcome.passed, outcome.findings, [item.why for item in outcome.unjudged]) == (0, [], [why])


@pytest.mark.parametrize(("reason", "found"), [("希望者が増えたため。", 0), ("―", 1), ("", 1), ("なし", 1)])
def test_a_reason_explains_it(reason: str, found: int) -> None:
    text = HEAD.replace("\n", " | reason\n") + f"1-1① | 防災塾参加人数 | 100 人 | 20 人 | {reason}"
    outcome = outcome_of("PRG002", confront(Drawn("activity", text)))
    assert (len(outcome.findings), outcome.passed) == (found, 1 - found)


@pytest.mark.parametrize("row", ["― | ―", " | "])
def test_nothing_planned_and_nothing_done_is_nothing_to_judge(row: str) -> None:
    outcome = judge(row)
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (0, [], [])


def test_what_a_person_reads() -> None:
    (finding,) = judge("100 件 | 40 件").findings
    assert render(finding, plan(), "ja") == (
        "様式1!D2（防災塾参加人数 × 実績・令和4年度）は「40 件」で、計画「100 件」の 40%です（しきい値 60%～160%）。"
        "数字を確かめて、直すか理由を書いてください。"
    )


def test_what_a_record_states_once_for_all_its_components_is_compared_once() -> None:
    # The plan of the next year has two components; those of this year are one figure.
    text = HEAD.replace("\n", " | amount.initial.FY2023\n") + "1-1① | 整備数 | 100 件 | 20 件 | a）5 件／b）6 人"
    outcome = outcome_of("PRG002", confront(Drawn("activity", text)))
    assert [finding.cell for finding in outcome.findings] == ["D2"]
    apart = text.replace("20 件", "a）20 件／b）30 件")
    assert len(outcome_of("PRG002", confront(Drawn("activity", apart))).findings) == 2
