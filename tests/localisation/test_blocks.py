"""What one return says has nothing to do with another one: each is explained on its own, and costs as much."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile import localisation
from reconcile.findings import Finding
from reconcile.localisation.blocks import connected
from reconcile.localiser import Plan, Result
from reconcile.localiser.connected import connected as connected_sets
from tests.localisation.test_roots import located, roots, table
from tests.rules.drawing import Drawn

DEPARTMENTS = ("危機管理部", "総務部", "福祉部", "都市整備部")
SLIPS = ("5,038", "5,303", "50,330", "―")


def returned(number: int) -> Drawn:
    name = DEPARTMENTS[number % len(DEPARTMENTS)]
    # No item of one is an item of another one.
    text = (
        table(first=SLIPS[number % len(SLIPS)])
        .text.replace(" 01-", f" {number + 10}-")
        .replace(" 02-", f" {number + 50}-")
    )
    return Drawn("budget", text, f"{number}.xlsx", f"{name}{number}")


@pytest.fixture
def explained(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Cells of each table that is explained, and how many of them were weighed."""
    seen: list[tuple[int, int]] = []
    explain: Callable[..., Result] = localisation.explain

    def watched(plan: Plan, *told: object, **more: object) -> Result:
        result = explain(plan, *told, **more)
        seen.append((len(plan.cells), result.weighed))
        return result

    monkeypatch.setattr(localisation, "explain", watched)
    return seen


def test_the_work_grows_with_the_returns_and_no_table_does(explained: list[tuple[int, int]]) -> None:
    located(*map(returned, range(4)))
    few, size = sum(weighed for _, weighed in explained), max(cells for cells, _ in explained)
    explained.clear()
    located(*map(returned, range(32)))
    assert len(explained) == 32
    assert max(cells for cells, _ in explained) == size
    assert sum(weighed for _, weighed in explained) == 8 * few


def test_a_return_is_told_the_same_alone_and_beside_others() -> None:
    def said(finding: Finding) -> object:
        return (finding.code, finding.ref, finding.variant, finding.expected, finding.suggestion, dict(finding.data))

    beside = roots(located(*map(returned, range(6))))
    for number in range(6):
        own = [said(finding) for finding in beside if finding.ref.file == f"{number}.xlsx"]
        assert own == [said(finding) for finding in roots(located(returned(number)))]


def naive(size: int, pairs: list[tuple[int, int]]) -> list[int]:
    root = list(range(size))
    for one, other in pairs:
        low, high = sorted((root[one], root[other]))
        root = [low if own == high else own for own in root]
    return root


@given(st.integers(1, 30).flatmap(lambda size: st.tuples(
    st.just(size), st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=40)
)))  # fmt: skip
def test_what_is_joined_hangs_together(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    size, pairs = drawn
    one, other = (np.array([pair[end] for pair in pairs], dtype=np.int64) for end in (0, 1))
    assert connected(size, one, other).tolist() == naive(size, pairs)


def test_a_chain_in_any_order_is_one() -> None:
    order = np.random.default_rng(1).permutation(2000)
    assert not connected(2000, order[:-1], order[1:]).any()


@given(st.lists(st.frozensets(st.integers(0, 12), max_size=4), max_size=12))
def test_sets_with_a_common_member_are_one_group_and_the_last_set_orders_it(sets: list[frozenset[int]]) -> None:
    groups: list[list[int]] = []
    for number, own in enumerate(sets):
        near = [group for group in groups if any(sets[place] & own for place in group)]
        # Each group is whole, so that what one set meets is joined at once.
        apart = [group for group in groups if group not in near]
        groups = [*apart, sorted([*(place for group in near for place in group), number])]
    assert connected_sets(sets) == groups
