"""Thousands of faults alike: the same told with steps that grow with them, not with their square."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from reconcile.facts import NUMBER, PENDING, Facts
from reconcile.localisation.asked import Sum, of_terms
from reconcile.localiser import Cell, Linear, compile_constraints
from reconcile.localiser import plan as plans

TERMS = [(0, 1), (1, 1), (2, -2), (1, 3), (3, 1), (4, -1)]
FIGURES = cast(Facts, SimpleNamespace(state=[NUMBER, NUMBER, NUMBER, PENDING, NUMBER], number=[5, -7, 11, 0, 40]))


@pytest.mark.parametrize("asked_for", [0, 1, 2, 3, 4, 9])
@pytest.mark.parametrize("terms", [TERMS, TERMS[:1], [(0, 1), (0, -1), (1, 1)], [(3, 1)], [(3, 2), (0, 1)]])
def test_a_sum_made_once_asks_the_same(terms: list[tuple[int, int]], asked_for: int) -> None:
    asked = of_terms(FIGURES, terms, asked_for, (-3, 4))
    assert Sum.of(FIGURES, terms).asks(FIGURES, asked_for, (-3, 4)) == (asked and (asked.low, asked.high))


def test_cells_that_nothing_tells_apart_are_gathered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 300
    plan = compile_constraints(
        [Cell(f"c{n}") for n in range(count + 1)], [Linear(dict.fromkeys(range(count), 1), target=count)]
    )
    steps = 0
    shares_of = plans.shares_of

    def counted(*given: object) -> object:
        nonlocal steps
        steps += 1
        return shares_of(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(plans, "shares_of", counted)
    assert {plan.alike(cell) for cell in range(count)} == {plan.alike(0)}
    assert len(plan.alike(0)) >= count
    assert steps < 3 * count
