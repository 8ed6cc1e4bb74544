"""様式5: parts add up to their total but for rounding (BAL003, BAL005); running totals in rows of their own (CUM003)."""

from __future__ import annotations

import pytest

from reconcile.balances import FAIL, PASS, ROUNDED, UNJUDGED
from tests.rules.drawing import Drawn, confront, judged, outcome_of

ROWS = """
part | line | value.forecast.FY2022 | value.plan.FY2023
{rows}
"""


def verdicts(code: str, rows: str) -> list[int]:
    data = confront(Drawn("facilities", ROWS.format(rows=rows), department="政策経営部"))
    outcome = outcome_of(code, data)
    return [int(verdict) for verdict in judged(outcome, data).verdict]


AREAS = "buildings | offices | 609,046㎡ | 630,191㎡\nbuildings | schools | 724,511㎡ | {schools}\nbuildings | area | {area} | 1,354,702㎡"


@pytest.mark.parametrize(
    ("area", "schools", "expected"),
    [
        ("1,333,557㎡", "724,511㎡", [PASS, PASS]),
        ("1,333,556㎡", "724,511㎡", [ROUNDED, PASS]),
        ("1,333,555㎡", "724,511㎡", [FAIL, PASS]),
        ("1,333,557㎡", "集計中", [PASS, UNJUDGED]),
    ],
)
def test_floor_areas_may_differ_by_one(area: str, schools: str, expected: list[int]) -> None:
    assert verdicts("BAL003", AREAS.format(area=area, schools=schools)) == expected


def test_money_may_not() -> None:
    rows = "cost | limit | 541億円 | 657億円\ncost | building | 366億円 | 462億円\ncost | urban | 174億円 | 195億円"
    assert verdicts("BAL003", rows) == [FAIL, PASS]


@pytest.mark.parametrize(
    ("running", "expected"),
    [
        ("10千円 | 30千円", [PASS, PASS]),
        ("10千円 | 20千円", [PASS, FAIL]),
        ("11千円 | 31千円", [FAIL, PASS]),
        ("集計中 | 30千円", [UNJUDGED, UNJUDGED]),
    ],
)
def test_running_totals_go_on_from_column_to_column(running: str, expected: list[int]) -> None:
    rows = f"restraint | effect | 10千円 | 20千円\nrestraint | running | {running}"
    assert verdicts("CUM003", rows) == expected


def test_a_running_total_without_its_increments_is_not_judged() -> None:
    assert verdicts("CUM003", "reduction | running | 1千円 | 2千円") == [UNJUDGED, UNJUDGED]
