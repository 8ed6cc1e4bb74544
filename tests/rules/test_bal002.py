"""BAL002: subtotal and total rows against the records of the same return."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.balances import EMPTY, FAIL, PASS, UNJUDGED
from reconcile.packs.checks import ColumnTotalsCheck
from reconcile.rules import bal002
from tests.rules.drawing import Drawn, at, confront, judged, outcome_of, plan

HEAD = "programme | code | amount.initial.FY2022 | amount.initial.FY2023\n"
TABLE = """
1      | 01-001 | 5,033 | 7,552
1      | 99-001 | 2,000 | 3,000
小計 1 |        | {one} | 10,552
2      | 02-001 | 1,500 | 1,000
2      | 99-001 | 2,000 | 3,000
小計 2 |        | 3,500 | 4,000
合計   |        | {all} | 14,552
"""


def verdicts(drawing: str, *more: Drawn) -> dict[str, int]:
    data = confront(Drawn("budget", HEAD + drawing.strip()), *more)
    outcome = outcome_of("BAL002", data)
    result = judged(outcome, data)
    return {str(data.facts.ref(t).a1): int(v) for t, v in zip(outcome.balances.total, result.verdict, strict=True)}


def test_plain_sums_with_duplicates_counted_as_often_as_they_stand() -> None:
    found = verdicts(TABLE.format(one="7,033", all="10,533"))
    assert found == dict.fromkeys(["C4", "D4", "C7", "D7", "C8", "D8"], PASS)


def test_one_wrong_subtotal_and_one_wrong_total() -> None:
    found = verdicts(TABLE.format(one="7,133", all="10,532"))
    assert [cell for cell, verdict in found.items() if verdict == FAIL] == ["C4", "C8"]


def test_difference_is_stated_minus_computed() -> None:
    data = confront(Drawn("budget", HEAD + TABLE.format(one="7,133", all="10,533").strip()))
    outcome = outcome_of("BAL002", data)
    result = judged(outcome, data)
    number = outcome.balances.total.index(at(data.facts, "C4"))
    assert data.facts.decimal(result.difference[number]) == Decimal(100)
    assert outcome.balances.kind[number] == "subtotal"
    assert outcome.balances.group[number] == "1"
    assert [data.facts.ref(p).a1 for p in outcome.balances.parts_of(number)] == ["C2", "C3"]


@pytest.mark.parametrize("part", ["集計中", "", "#N/A", "調整"])
def test_a_part_that_is_not_known_leaves_the_sum_unjudged(part: str) -> None:
    assert verdicts(f"1 | 01-001 | {part} | 1\n1 | 01-002 | 5 | 2\n小計 1 | | 5 | 3") == {"C4": UNJUDGED, "D4": PASS}


def test_nil_counts_as_nothing() -> None:
    assert verdicts("1 | 01-001 | ― | ―\n1 | 01-002 | 5 | ―\n小計 1 | | 5 | ―") == {"C4": PASS, "D4": EMPTY}


def test_a_total_without_records_is_not_judged() -> None:
    assert verdicts("1 | 01-001 | 1 | 1\n小計 2 | | 5 | 3") == {"C3": UNJUDGED, "D3": UNJUDGED}


def test_another_file_of_the_form_does_not_count() -> None:
    other = Drawn("budget", HEAD + "1 | 01-009 | 700 | 700", file="b.xlsx", department="保健福祉政策部")
    assert verdicts("1 | 01-001 | 5 | 3\n合計 | | 5 | 3", other) == {"C3": PASS, "D3": PASS}


def test_rounded_units_have_the_tolerance_of_the_figures_shown() -> None:
    form = plan().forms["budget"]
    check = ColumnTotalsCheck.model_validate({"code": "BAL002", "amounts": "amount", "rounding": {"half_up": ["㎡"]}})
    data = confront(
        Drawn("budget", HEAD + "1 | a | 5 ㎡ | 5.5 ㎡\n1 | b | 3 ㎡ | ―\n1 | c | ― | ―\n合計 | | 9 ㎡ | 6 ㎡")
    )
    assert bal002.judge(check, form, data).balances.tolerance == [10, 0]


def test_components_add_up_on_their_own() -> None:
    data = confront(Drawn("budget", HEAD + "1 | x | a）5／b）6 | ―\n1 | y | a）1／b）2 | ―\n合計 | | a）6／b）8 | ―"))
    outcome = outcome_of("BAL002", data)
    assert sorted(judged(outcome, data).verdict.tolist()) == sorted([PASS, PASS, EMPTY, EMPTY])


FIGURES = st.lists(st.decimals(-(10**15), 10**15, places=2, allow_nan=False), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(FIGURES, FIGURES, st.integers(0, 100), st.sampled_from([Decimal("0.01"), Decimal(-1), Decimal(10) ** 25]))
def test_computed_totals_never_fail_and_one_changed_cell_always_does(
    one: list[Decimal], two: list[Decimal], place: int, change: Decimal
) -> None:
    def drawing(one: list[Decimal], two: list[Decimal], sums: list[Decimal]) -> str:
        lines = [f"1 | a{n} | {x} | ―" for n, x in enumerate(one)] + [f"小計 1 | | {sums[0]} | ―"]
        lines += [f"2 | b{n} | {x} | ―" for n, x in enumerate(two)] + [f"小計 2 | | {sums[1]} | ―"]
        return "\n".join([*lines, f"合計 | | {sums[2]} | ―"])

    sums = [sum(one, Decimal(0)), sum(two, Decimal(0)), sum(one + two, Decimal(0))]
    assert FAIL not in verdicts(drawing(one, two, sums)).values()
    cells = one + two + sums
    cells[place % len(cells)] += change
    first, last = len(one), len(one) + len(two)
    assert FAIL in verdicts(drawing(cells[:first], cells[first:last], cells[last:])).values()


def test_figures_of_more_than_28_digits_are_exact() -> None:
    assert verdicts(f"1 | a | {10**40} | ―\n1 | b | 0.{'0' * 30}1 | ―\n合計 | | {10**40}.{'0' * 30}1 | ―")["C4"] == PASS
    assert verdicts(f"1 | a | {10**40} | ―\n1 | b | 0.{'0' * 30}1 | ―\n合計 | | {10**40} | ―")["C4"] == FAIL
