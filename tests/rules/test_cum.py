"""CUM001, CUM002, CUM004, CUM005: cumulative counts, and totals that are a last value."""

from decimal import Decimal

import pytest

from reconcile.balances import EMPTY, FAIL, PASS, UNJUDGED
from reconcile.rules.context import Outcome
from tests.rules.drawing import Drawn, confront, judged, outcome_of

HEAD = "number | name | basis | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total\n"
ACTUAL = "number | name | amount.actual.FY2022 | amount.actual.FY2023 | amount.actual.total\n"


def outcome(code: str, line: str, head: str = HEAD) -> Outcome:
    return outcome_of(code, confront(Drawn("activity", head + line)))


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("15-3 | 施設数（累計） | ~ | 75 施設 | 142 施設 | 142 施設（累計）", PASS),
        ("15-3 | 施設数（累計） | ~ | 75 施設 | 142 施設 | 217 施設", FAIL),
        ("4-2 | 割合 | ~ | 80％ | 90％ | 90％", PASS),
        ("4-2 | 割合 | ~ | 80％ | 90％ | 85％", FAIL),
        ("13-2 | 定員数（平均値） | ~ | 5 人 | 4.8 人 | 4.8 人", PASS),
        ("13-2 | 定員数（平均値） | ~ | 5 人 | 4.8 人 | 4.9 人", FAIL),
        # A later ― is passed over; what is not known is not.
        ("15-3 | 施設数（累計） | ~ | 75 施設 | ― | 75 施設", PASS),
        ("15-3 | 施設数（累計） | ~ | 75 施設 | 集計中 | 75 施設", UNJUDGED),
        ("15-3 | 施設数（累計） | ~ | 75 施設 |  | 75 施設", UNJUDGED),
        ("14-1 | 割合 | ~ | 69.9％ | 70％ | ―", UNJUDGED),
        ("15-3 | 施設数（累計） | ~ | ― | ― | ―", EMPTY),
    ],
)
def test_cum001_the_total_is_the_last_value(line: str, verdict: int) -> None:
    data = confront(Drawn("activity", HEAD + line))
    found = outcome_of("CUM001", data)
    assert judged(found, data).verdict.tolist() == [verdict]


def test_cum001_an_actual_of_a_year_not_over_is_passed_over() -> None:
    data = confront(Drawn("activity", ACTUAL + "15-3 | 施設数（累計） | 115 施設 |  | 115 施設"))
    assert judged(outcome_of("CUM001", data), data).verdict.tolist() == [PASS]


def test_cum001_leaves_sums_alone() -> None:
    assert len(outcome("CUM001", "1-1① | 人数 | ~ | 1 | 2 | 3").balances) == 0


def test_cum002_falls() -> None:
    found = outcome("CUM002", "15-3 | 施設数（累計） | ~ | 142 施設 | 75 施設 | 75 施設")
    (finding,) = found.findings
    assert (finding.cell, finding.found, finding.expected) == ("E2", "75 施設", "142 施設")
    assert finding.data["difference"] == Decimal(-67)
    assert found.passed == 0


def test_cum002_goes_by_the_mark_in_the_label_alone() -> None:
    assert outcome("CUM002", "99-1 | 施設数 | 累計 | 142 | 75 | 75").findings == []


def test_cum002_passes_and_passes_over() -> None:
    assert outcome("CUM002", "8-3 | 地区数（累計） | ~ | 5 | 5 | 5").passed == 1
    assert outcome("CUM002", "8-3 | 地区数（累計） | ~ | 5 | ― | 5").passed == 0


def test_cum002_cannot_judge_what_is_not_known() -> None:
    found = outcome("CUM002", "8-3 | 地区数（累計） | ~ | 5 | 集計中 | 5")
    assert [(u.ref.a1, u.why) for u in found.unjudged] == [("E2", "part_not_a_number")]


def test_cum004_increments_in_a_cumulative_record() -> None:
    (finding,) = outcome("CUM004", "15-3 | 施設数（累計） | ~ | 75 施設 | 67 施設 | 142 施設").findings
    assert (finding.variant, finding.cell, finding.expected) == ("increments", "E2", "142 施設")
    assert {part.ref.a1 for part in finding.cells} == {"D2", "E2", "F2"}


def test_cum004_years_that_do_not_fall_leave_open_whether_the_total_is_wrong() -> None:
    (finding,) = outcome("CUM004", "18-2② | 品目数（累計） | ~ | 20 品目 | 21 品目 | 41 品目").findings
    told = finding.suggestion
    assert told is not None
    assert (finding.variant, told.ref.a1, told.value, told.standing) == ("either", "F2", "21", "undecided")
    assert [(it["cell"], it["value"]) for it in told.alternatives] == [("E2", "41")]


def test_cum004_cumulative_values_in_a_record_of_sums() -> None:
    (finding,) = outcome("CUM004", "1-1① | 人数 | 合計 | 1,000 人 | 2,500 人 | 2,500 人").findings
    assert (finding.variant, finding.cell, finding.expected) == ("cumulative", "E2", "1,500 人")


@pytest.mark.parametrize(
    "line",
    [
        "15-3 | 施設数（累計） | ~ | 75 | 142 | 142",
        "15-3 | 施設数（累計） | ~ | 75 | 142 | 143",
        "1-1① | 人数 | 合計 | 1,000 | 1,500 | 2,500",
        # Years that fall are no cumulative count.
        "1-1① | 人数 | 合計 | 1,500 | 1,000 | 1,000",
    ],
)
def test_cum004_passes(line: str) -> None:
    found = outcome("CUM004", line)
    assert (found.findings, found.passed) == ([], 1)


def test_cum004_cannot_judge_what_is_not_known() -> None:
    assert len(outcome("CUM004", "15-3 | 施設数（累計） | ~ | 75 | 集計中 | 142").unjudged) == 1


TARGET = "number | name | value.baseline | value.target\n"


def target(line: str) -> Outcome:
    return outcome_of("CUM005", confront(Drawn("outcome", TARGET + line)))


def test_cum005_target_below_its_start() -> None:
    (finding,) = target("1-1② | 参加者数（累計） | 92 人 | 30 人").findings
    assert (finding.cell, finding.found, finding.expected, finding.data["difference"]) == (
        "D2",
        "30 人",
        "92 人",
        Decimal(-62),
    )


def test_cum005_passes_and_leaves_others_alone() -> None:
    assert target("1-1② | 参加者数（累計） | 92 人 | 300 人").passed == 1
    # No mark in the label: a mark beside the figure is not enough.
    assert target("1-2 | 参加者数 | 92 人 | 30 人（累計）").findings == []
    # Without a start there is nothing to fall below.
    assert target("1-1② | 参加者数（累計） | ― | 300 人").unjudged == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("1-1② | 参加者数（累計） | 集計中 | 30 人", "part_not_a_number"),
        ("1-1② | 参加者数（累計） | 92 人 | 30 件", "units_differ"),
    ],
)
def test_cum005_cannot_be_judged(line: str, why: str) -> None:
    assert [u.why for u in target(line).unjudged] == [why]


def test_decimals_are_exact() -> None:
    data = confront(Drawn("activity", HEAD + "13-2 | 数（平均値） | ~ | 0.1 | 0.30000000000000001 | 0.3"))
    result = judged(outcome_of("CUM001", data), data)
    assert data.facts.decimal(int(result.difference[0])) == Decimal("-1E-17")
