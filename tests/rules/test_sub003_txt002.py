"""SUB003: the date on the cover against the deadline. TXT002: fiscal years outside the plan."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from reconcile.findings import CellRef
from reconcile.rules import sub003
from reconcile.rules.context import Confrontation
from reconcile.rules.txt002 import years_in
from reconcile.submissions import Submission
from tests.rules.drawing import Drawn, confront, outcome_of

PLACE = CellRef("a.xlsx", "表紙", 9, 3)


def sent(day: str, deadline: date | None = date(2023, 1, 20), **more: object) -> Confrontation:
    submission = Submission(
        "a.xlsx", "", 0, department="危機管理部", cover={"submitted": day}, places={"submitted": PLACE}, **more
    )
    data = confront(Drawn("activity", "number\n1-2"))
    return dataclasses.replace(data, submissions=(submission,), deadline=deadline)


def test_in_time_passes_on_the_last_day_too() -> None:
    outcome = sub003.judge(sent("2023-01-20"))
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (1, [], [])


def test_late_is_found_at_the_date() -> None:
    (finding,) = sub003.judge(sent("2023-01-21")).findings
    assert (finding.ref, finding.data["deadline"], finding.department) == (PLACE, "2023-01-20", "危機管理部")


@pytest.mark.parametrize("day", ["", "令和5年1月32日"])
def test_no_date_is_not_judged(day: str) -> None:
    outcome = sub003.judge(sent(day))
    assert (outcome.findings, [item.why for item in outcome.unjudged]) == ([], ["date_not_readable"])


def test_without_a_deadline_or_for_another_round_nothing_is_late() -> None:
    for data in (sent("2030-01-01", None), sent("2030-01-01", outside=True)):
        outcome = sub003.judge(data)
        assert (outcome.passed, outcome.findings, outcome.unjudged) == (0, [], [])


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("平成30年度の状況を踏まえ、令和４年度に行う", [2018, 2022]),
        ("R5年度とR４年度", [2023, 2022]),
        ("2019年度末", [2019]),
        ("令和元年度", [2019]),
        ("令和3年12月の開設", []),
        ("3400台、2022人", []),
    ],
)
def test_fiscal_years_of_a_text(text: str, years: list[int]) -> None:
    assert [year for _, year in years_in(text)] == years


def dx(plan: str) -> Drawn:
    return Drawn("dx", f"focus | item | result | plan\n01 | 導入 | 令和4年度に導入 | {plan}")


def test_a_year_outside_is_found_as_typed() -> None:
    (finding,) = outcome_of("TXT002", confront(dx("平成30年度の実施状況を踏まえる"))).findings
    assert (finding.cell, finding.data) == ("D2", {"period": "平成30年度"})


def test_years_within_pass_and_a_blank_says_nothing() -> None:
    assert outcome_of("TXT002", confront(dx("令和６年度からの実施"))).passed == 2
    outcome = outcome_of("TXT002", confront(dx("")))
    assert (outcome.passed, outcome.findings) == (1, [])
