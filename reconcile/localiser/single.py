"""One cell as the cause: the values with which it satisfies its edits.

Fellegi & Holt (1976) change the fewest cells so that all edits hold; for one cell this is exact and cheap, since each
edit leaves an interval of whole numbers and the intervals meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from reconcile.localiser.confrontation import Hypothesis
from reconcile.localiser.edits import Interval, meet
from reconcile.localiser.plan import Plan
from reconcile.localiser.weighing import Operation, Weigher


def may_be_wrong(plan: Plan, locked: frozenset[int], cell: int) -> bool:
    """Whether a cell can be proposed: not locked, and no live formula."""
    own = plan.cells[cell]
    return not own.locked and own.provenance != "formula" and cell not in locked


def repairing_all(hypothesis: Hypothesis, weigher: Weigher, locked: frozenset[int]) -> list[Operation]:
    """Every cell that, changed alone, satisfies all that is violated and breaks nothing."""
    plan, violated = hypothesis.at.plan, hypothesis.violated
    if not violated:
        return []
    shortest = min(violated, key=lambda number: (_size(plan, number), number))
    found = []
    for cell in _cells(plan, shortest):
        if not violated.issubset(plan.touching[cell]) or not may_be_wrong(plan, locked, cell):
            continue
        interval = weigher.bounds(cell)
        for number in plan.touching[cell]:
            interval = meet(interval, hypothesis.allowed(number, cell))
            if interval[0] > interval[1]:
                break
        else:
            operation = weigher.weigh(hypothesis, cell, interval)
            if operation:
                found.append(operation)
    return found


def repairing(
    hypothesis: Hypothesis, edit: int, weigher: Weigher, locked: frozenset[int], gain: int = 1
) -> Iterator[Operation]:
    """Cells of one violated edit with the values that repair at least ``gain`` edits more than they break.

    A cell need not repair this very edit: where two of its cells are wrong, each is right only after the other, and
    its other edits tell its value (the residual of one of its violated edits).
    """
    plan = hypothesis.at.plan
    for cell in _cells(plan, edit):
        if may_be_wrong(plan, locked, cell):
            for interval in _intervals(hypothesis, cell, weigher, gain):
                operation = weigher.weigh(hypothesis, cell, interval)
                if operation:
                    yield operation


def _intervals(hypothesis: Hypothesis, cell: int, weigher: Weigher, gain: int) -> set[Interval]:
    """The distinct intervals that satisfy as many edits of the cell as go together, one per order of violated ones."""
    touching = hypothesis.at.plan.touching[cell]
    violated = [number for number in touching if number in hypothesis.violated]
    bounds = weigher.bounds(cell)
    allowed = {number: meet(bounds, hypothesis.allowed(number, cell)) for number in touching}
    satisfied = [number for number in touching if number not in hypothesis.violated]
    # A cell stands in two to four edits; of more, each violated one goes first once.
    orders = permutations(violated) if len(violated) < 4 else ((v, *violated) for v in violated)
    found: set[Interval] = set()
    for order in orders:
        interval, balance = bounds, 0
        for number in order:
            met = meet(interval, allowed[number])
            if met[0] <= met[1]:
                interval, balance = met, balance + 1
        for number in satisfied:
            met = meet(interval, allowed[number])
            if met[0] <= met[1]:
                interval = met
            else:
                balance -= 1
        if balance >= gain:
            found.add(interval)
    return found


def _cells(plan: Plan, number: int) -> tuple[int, ...]:
    edit = plan.edits[number]
    return edit.cells if edit else ()


def _size(plan: Plan, number: int) -> int:
    return len(_cells(plan, number))
