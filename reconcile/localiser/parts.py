"""What is violated, split into parts that can be explained on their own, and into what hangs together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from reconcile.localiser.confrontation import Confrontation, Hypothesis
from reconcile.localiser.connected import connected
from reconcile.localiser.plan import Plan
from reconcile.localiser.search import one_operation
from reconcile.localiser.structural import structural
from reconcile.localiser.weighing import Weigher

# A single operation less likely than this is weighed against several: two ordinary slips come to about -22.
DOUBTFUL = -20.0


def independent_parts(at: Confrontation, weigher: Weigher, locked: frozenset[int]) -> list[frozenset[int]]:
    """Violated edits that hang together, as far as one operation explains them; what is left of a block stays whole.

    What one operation on several cells would satisfy together stays together.
    """
    groups = _merged(at, weigher, locked, hanging_together(at.plan, at.violated))
    if len(groups) == 1:
        return groups
    alone: list[frozenset[int]] = []
    left: defaultdict[int, set[int]] = defaultdict(set)
    crowded = Counter(_block(at.plan, group) for group in groups)
    for group in groups:
        block = _block(at.plan, group)
        if crowded[block] > 1 and not _explained(Hypothesis(at, {}, {}, group), weigher, locked):
            left[block] |= group
        else:
            alone.append(group)
    return sorted([*alone, *map(frozenset, left.values())], key=min)


def _explained(start: Hypothesis, weigher: Weigher, locked: frozenset[int]) -> bool:
    """Whether one operation is enough, or there is no other: an edit over one cell alone."""
    if {len(edit.cells) for n in start.violated if (edit := start.at.plan.edits[n])} == {1}:
        return True
    found = one_operation(start, weigher, locked)
    return bool(found) and found[0].score > DOUBTFUL


def _merged(
    at: Confrontation, weigher: Weigher, locked: frozenset[int], groups: list[frozenset[int]]
) -> list[frozenset[int]]:
    if len(groups) == 1:
        return groups
    home = {number: place for place, group in enumerate(groups) for number in group}
    members = {place: set(group) for place, group in enumerate(groups)}
    into = list(range(len(groups)))
    start = at.start()
    for operation in structural(start, weigher, locked):
        touching = {number for cell in operation.cells for number in at.plan.touching[cell]} & home.keys()
        touched = {into[home[number]] for number in touching}
        after = start.after(operation.changes).violated
        cleared = sum(not members[place] & after for place in touched)
        # A few of its groups may have something else wrong as well.
        if cleared > 1 and 2 * cleared > len(touched):
            first, *rest = sorted(touched)
            for place in rest:
                members[first] |= members.pop(place)
            into = [first if place in rest else place for place in into]
    return [frozenset(numbers) for _, numbers in sorted(members.items())]


def _block(plan: Plan, group: Iterable[int]) -> int:
    edit = plan.edits[min(group)]
    return plan.block_of[edit.cells[0]] if edit else -1


def hanging_together(plan: Plan, violated: Iterable[int]) -> list[frozenset[int]]:
    """Violated edits that share cells, directly or through others; of one large block these are far apart."""
    numbers = sorted(violated)
    groups = connected(edit.cells if (edit := plan.edits[number]) else () for number in numbers)
    return [frozenset(numbers[place] for place in group) for group in groups]
