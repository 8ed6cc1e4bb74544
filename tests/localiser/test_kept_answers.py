"""What a search keeps of its answers: the same ones again while there is room, and never more than a bound."""

from __future__ import annotations

import pytest

from reconcile.localiser import weighing
from reconcile.localiser.confrontation import Confrontation, Hypothesis
from reconcile.localiser.priors import PRIORS
from reconcile.localiser.weighing import Operation, Weigher
from tests.localiser.drawing import Drawn, grid


def weigher_of(table: Drawn) -> tuple[Weigher, Confrontation]:
    at = Confrontation(table.plan, table.values, table.states)
    return Weigher(at, PRIORS), at


def asked(weigher: Weigher, hypothesis: Hypothesis, answer: list[Operation]) -> bool:
    """Whether the answer had to be given."""
    given = []
    weigher.once("one", hypothesis, lambda: given.append(True) or answer)  # type: ignore[func-returns-value]
    return bool(given)


def test_the_same_table_with_the_same_changes_is_asked_once() -> None:
    weigher, at = weigher_of(grid().put(2, 2, 2969))
    start = at.start()
    assert asked(weigher, start, [])
    assert not asked(weigher, start.after([]), [])
    assert asked(weigher, start.after([(0, 7)]), [])


def test_what_is_set_aside_makes_another_table() -> None:
    weigher, at = weigher_of(grid().put(2, 2, 2969).put(3, 1, 1))
    first, *others = sorted(at.violated)
    left = frozenset(others)
    assert asked(weigher, Hypothesis(at, {}, {}, left), [])
    assert asked(weigher, Hypothesis(at.setting_aside(frozenset([first])), {}, {}, left), [])


def test_of_many_answers_the_first_ones_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "HELD", 40)
    weigher, at = weigher_of(grid().put(2, 2, 2969))
    start = at.start()
    cases = [start.after([(0, value)]) for value in range(20)]
    long = [Operation(((0, 1), (1, 2), (2, 3)), "swapped", 0.0)]
    assert all(asked(weigher, case, long) for case in cases)
    assert not asked(weigher, cases[-1], long)
    assert asked(weigher, cases[0], long)


def test_an_answer_that_is_too_long_to_be_kept_is_given_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    table = grid().put(2, 2, 2969).put(3, 3, 77)
    whole = table.localise()
    monkeypatch.setattr(weighing, "HELD", 0)
    assert table.localise().findings == whole.findings
