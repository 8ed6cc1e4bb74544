"""BAL001: a row total and its parts. BAL004: a revised total, whose parts are of two versions."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.balances import FAIL, PASS, ROUNDED, UNJUDGED
from tests.rules.drawing import Drawn, confront, judged, outcome_of

YEARS = "number | name | basis | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total"
REVISED = f"{YEARS} | amount.revised.FY2022 | amount.revised.FY2023 | amount.revised.total\n"


def verdicts(code: str, line: str, head: str = YEARS + "\n") -> list[int]:
    data = confront(Drawn("activity", head + line))
    return [int(verdict) for verdict in judged(outcome_of(code, data), data).verdict]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("1-1① | 人数 | ~ | 1,000 人 | 1,500 人 | 2,500 人", PASS),
        ("1-1① | 人数 | ~ | 1,000 人 | 1,500 人 | 2,600 人", FAIL),
        ("1-1① | 人数 | ~ | ― | 1,500 人 | 1,500 人", PASS),
        ("1-1① | 人数 | ~ | ― | ― | 1,500 人", FAIL),
        ("1-1① | 人数 | ~ | 集計中 | 1,500 人 | 1,500 人", UNJUDGED),
        ("1-1① | 人数 | ~ | 検討・調整 | 1,500 人 | 1,500 人", UNJUDGED),
        ("1-1① | 人数 | ~ |  | 1,500 人 | 1,500 人", UNJUDGED),
        ("1-1① | 人数 | ~ | 1,000 人 | 1,500 人 | #N/A", UNJUDGED),
        ("1-1① | 面積 | ~ | ― | 724,511 ㎡ | 724,512 ㎡", FAIL),
        ("1-1① | 面積 | ~ | 609,046 ㎡ | 724,511 ㎡ | 1,333,556 ㎡", ROUNDED),
        ("1-1① | 面積 | ~ | 609,046 ㎡ | 724,511 ㎡ | 1,333,555 ㎡", FAIL),
    ],
)
def test_bal001(line: str, verdict: int) -> None:
    assert verdicts("BAL001", line) == [verdict]


@pytest.mark.parametrize("basis", ["累計", "年度末値", "率", "平均", "なし"])
def test_bal001_judges_sums_alone(basis: str) -> None:
    assert verdicts("BAL001", f"1-1① | 人数 | {basis} | 1,000 | 1,500 | 7") == []


@pytest.mark.parametrize(
    ("revised", "verdict"),
    [
        ("― | 3,800 件 | 4,200 件", PASS),
        ("― | 3,800 件 | 4,120 件", FAIL),
        ("― | 集計中 | 4,200 件", UNJUDGED),
    ],
)
def test_bal004_adds_the_closed_years_as_first_planned(revised: str, verdict: int) -> None:
    assert verdicts("BAL004", f"1-2 | 数 | ~ | 400 件 | 1,200 件 | 1,600 件 | {revised}", REVISED) == [verdict]


def test_bal004_does_not_concern_a_record_that_was_not_revised() -> None:
    assert verdicts("BAL004", "1-2 | 数 | ~ | 400 | 1,200 | 1,600 | ― | ― | ―", REVISED) == []


FIGURE = st.decimals(0, 10**20, places=3, allow_nan=False)


@settings(max_examples=50, deadline=None)
@given(FIGURE, FIGURE, st.integers(0, 2), st.decimals("0.001", 10**21, places=3, allow_nan=False))
def test_a_computed_total_never_fails_and_a_changed_cell_always_does(
    one: Decimal, two: Decimal, place: int, change: Decimal
) -> None:
    cells = [one, two, one + two]
    assert verdicts("BAL001", "1-1① | 人数 | 合計 | {} | {} | {}".format(*cells)) == [PASS]
    cells[place] += change
    assert verdicts("BAL001", "1-1① | 人数 | 合計 | {} | {} | {}".format(*cells)) == [FAIL]


def test_a_part_whose_row_the_return_lacks_holds_the_verdict() -> None:
    text = "number | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total\n"
    data = confront(
        Drawn("activity", text + "1-2 | 1 件 | ~ | 4 件\n1-3 | a）1 件／b）2 枚 | a）3 件 | a）4 件／b）2 枚")
    )
    outcome = outcome_of("BAL001", data)
    result = judged(outcome, data)
    # What another component of the record states at least has its cell: the component has nothing there.
    assert list(zip(outcome.balances.group, result.why, strict=True)) == [
        ("1-2", "part_not_found"),
        ("1-3", ""),
        ("1-3", ""),
    ]
    assert FAIL not in result.verdict
