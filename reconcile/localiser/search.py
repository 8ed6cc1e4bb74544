"""Several things wrong at once: the explanations of all that is violated, best first.

Branching on the smallest violated edit (some cell of it is wrong: hitting sets), in the order of score so far less what
each edit still violated will cost. An operation that repairs two edits and breaks none pays for itself, so the search
goes straight through such operations, which is the peeling of sparse parity checks (Gallager 1962; Luby et al. 2001),
and looks aside only where they fail.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from reconcile.localiser.confrontation import Hypothesis
from reconcile.localiser.single import repairing, repairing_all
from reconcile.localiser.structural import structural
from reconcile.localiser.weighing import Operation, Weigher

# What a violated edit will still cost, in log-odds: half of an ordinary slip (-12 … -16), which repairs two.
PER_EDIT = 7.0
# Explanations so much less likely than the best (e⁻⁸ = 1/3,000) are not looked for.
MARGIN = 8.0
# Tables that are taken up and opened at most, and branches followed from each; beyond, the answer says "truncated".
OPENED, BRANCHES = 300, 24
ALTERNATIVES = 12


@dataclass(frozen=True)
class Limits:
    """When a search ends: at a time (of the performance counter), or when so many cells were weighed in all."""

    deadline: float = float("inf")
    weighed: float = float("inf")

    def reached(self, weigher: Weigher) -> bool:
        return weigher.weighed >= self.weighed or time.perf_counter() > self.deadline


@dataclass(frozen=True)
class Explanation:
    """Operations that together satisfy everything, and the log-odds of their all having happened."""

    operations: tuple[Operation, ...]
    score: float

    @property
    def cells(self) -> frozenset[int]:
        return frozenset(cell for operation in self.operations for cell in operation.cells)


@dataclass(frozen=True)
class Found:
    """Explanations, best first; ``truncated`` when the search ended before it was done.

    Without any, ``partial`` is the one that leaves the fewest edits violated, and ``left`` are these.
    """

    explanations: list[Explanation]
    truncated: bool = False
    partial: Explanation | None = None
    left: frozenset[int] = frozenset()


def one_operation(hypothesis: Hypothesis, weigher: Weigher, locked: frozenset[int]) -> list[Operation]:
    """All single operations that satisfy everything, best first."""
    return weigher.once("one", hypothesis, lambda: _one_operation(hypothesis, weigher, locked))


def _one_operation(hypothesis: Hypothesis, weigher: Weigher, locked: frozenset[int]) -> list[Operation]:
    found = repairing_all(hypothesis, weigher, locked)
    several = structural(hypothesis, weigher, locked)
    found += [operation for operation in several if not hypothesis.after(operation.changes).violated]
    return sorted(found, key=_order)


def search(start: Hypothesis, weigher: Weigher, locked: frozenset[int], limits: Limits) -> Found:
    """Explanations of several operations.

    First of such operations only as repair more than they break. Where two faults hide each other in an edit, there
    may be no explanation of that kind; then also of those that break as many as they repair.
    """
    found = _searched(start, weigher, locked, limits, gain=1)
    if found.explanations:
        return found
    again = _searched(start, weigher, locked, limits, gain=0)
    return again if again.explanations or len(again.left) < len(found.left) else found


def _searched(start: Hypothesis, weigher: Weigher, locked: frozenset[int], limits: Limits, gain: int) -> Found:
    ties = count()
    waiting: list[tuple[float, int, Hypothesis, tuple[Operation, ...], float]] = [(0.0, next(ties), start, (), 0.0)]
    seen: set[frozenset[tuple[int, int]]] = set()
    found: dict[frozenset[int], Explanation] = {}
    best, opened = float("inf"), 0
    fewest, partial = len(start.violated), Found([], left=start.violated)
    while waiting and len(found) < ALTERNATIVES:
        estimate, _, hypothesis, operations, score = heapq.heappop(waiting)
        if estimate > best + MARGIN:
            break
        if not hypothesis.violated:
            explanation = _refined(start, operations, weigher, locked)
            kept = found.get(explanation.cells)
            if kept is None or kept.score < explanation.score:
                found[explanation.cells] = explanation
            best = min(best, -explanation.score)
            continue
        if len(hypothesis.violated) < fewest:
            fewest = len(hypothesis.violated)
            partial = Found([], partial=Explanation(operations, score), left=hypothesis.violated)
        if opened >= OPENED or limits.reached(weigher):
            return Found(_ranked(found), truncated=True) if found else replace(partial, truncated=True)
        opened += 1
        for operation in _branches(hypothesis, weigher, locked, gain):
            after = hypothesis.after(operation.changes)
            key = frozenset(after.changed.items())
            if key not in seen:
                seen.add(key)
                total = score + operation.score
                estimate = PER_EDIT * len(after.violated) - total
                heapq.heappush(waiting, (estimate, next(ties), after, (*operations, operation), total))
    return Found(_ranked(found)) if found else partial


def _branches(hypothesis: Hypothesis, weigher: Weigher, locked: frozenset[int], gain: int) -> Sequence[Operation]:
    """What can be done about the smallest violated edit, and every operation on several cells that repairs anything."""
    plan, changed = hypothesis.at.plan, hypothesis.changed
    sizes = ((len(edit.cells), n) for n in hypothesis.violated if (edit := plan.edits[n]) is not None)
    _, smallest = min(sizes)
    found = [*repairing(hypothesis, smallest, weigher, locked, gain), *structural(hypothesis, weigher, locked)]
    fresh = [operation for operation in found if not any(cell in changed for cell in operation.cells)]
    return sorted(fresh, key=_order)[:BRANCHES]


def _refined(
    start: Hypothesis, operations: Sequence[Operation], weigher: Weigher, locked: frozenset[int]
) -> Explanation:
    """Without what is not needed, and each operation weighed again with all the others made (one sweep)."""
    kept = list(operations)
    for operation in operations:
        rest = [other for other in kept if other is not operation]
        if len(kept) > 1 and not _after(start, rest).violated:
            kept = rest
    kept = _merged(start, kept, weigher, locked)
    for place, operation in enumerate(kept):
        others = _after(start, [other for other in kept if other is not operation])
        better = one_operation(others, weigher, locked)
        if better:
            kept[place] = better[0]
    return Explanation(tuple(kept), sum(operation.score for operation in kept))


def _merged(
    start: Hypothesis, operations: list[Operation], weigher: Weigher, locked: frozenset[int]
) -> list[Operation]:
    """An operation whose value was open when it was chosen may take over what a later one was needed for."""
    for operation in operations:
        if operation.interval is None or operation.interval[0] == operation.interval[1]:
            continue
        for other in operations:
            if other is not operation:
                rest = [kept for kept in operations if kept is not operation and kept is not other]
                alone = [o for o in one_operation(_after(start, rest), weigher, locked) if o.cells == operation.cells]
                if alone:
                    return _merged(start, [*rest, alone[0]], weigher, locked)
    return operations


def _after(start: Hypothesis, operations: Sequence[Operation]) -> Hypothesis:
    return start.after([change for operation in operations for change in operation.changes])


def conditional(
    start: Hypothesis, explanation: Explanation, place: int, weigher: Weigher, locked: frozenset[int]
) -> list[Operation]:
    """The alternatives to one operation of an explanation, all the others being made; best first, itself included."""
    own = explanation.operations[place]
    others = [operation for number, operation in enumerate(explanation.operations) if number != place]
    rest = _after(start, others)
    found = one_operation(rest, weigher, locked)
    if not any(operation.cells == own.cells for operation in found):
        found = sorted([*found, replace(own)], key=_order)
    return found


def _ranked(found: dict[frozenset[int], Explanation]) -> list[Explanation]:
    return sorted(found.values(), key=lambda e: (-e.score, sorted(e.cells)))


def _order(operation: Operation) -> tuple[float, tuple[int, ...]]:
    return (-operation.score, operation.cells)
