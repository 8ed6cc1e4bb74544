"""The twin of one wrong part: the part was revised to what stands in it, and none of its totals followed.

Both have the same syndrome: no edit can tell them apart, so that neither is ever shown without the other where both are
likely. An edit operation on many cells in the sense of Scholtus (2016).
"""

from __future__ import annotations

import math

from reconcile.localiser.confrontation import Hypothesis
from reconcile.localiser.edits import Balance, Quotient
from reconcile.localiser.mechanisms import revision
from reconcile.localiser.single import may_be_wrong
from reconcile.localiser.weighing import Operation, Weigher


def totals_not_updated(
    hypothesis: Hypothesis, wrong: Operation, weigher: Weigher, locked: frozenset[int]
) -> Operation | None:
    """The twin of one wrong part: the part was revised to what stands in it, and none of its totals followed."""
    if len(wrong.changes) != 1:
        return None
    plan, (cell, meant) = hypothesis.at.plan, wrong.changes[0]
    observed = hypothesis.value(cell)
    if not plan.is_free(cell) or weigher.at.states[cell] != "number" or observed == meant or not meant:
        return None
    steps = _followers(hypothesis, cell, observed - meant)
    if not steps:
        return None
    changes = [(total, hypothesis.value(total) + step) for total, step in sorted(steps.items())]
    revised = hypothesis.after(changes)
    for number in sorted(revised.violated):
        edit = plan.edits[number]
        if isinstance(edit, Quotient) and edit.result not in steps:
            low, high = revised.allowed(number, edit.result)
            if low <= high:
                # Of a tie, the half rounded up.
                changes.append((edit.result, (low + high + 1) // 2))
    if hypothesis.after(changes).violated or not all(may_be_wrong(plan, locked, c) for c, _ in changes):
        return None
    log = revision(observed - meant, meant)
    if log == -math.inf:
        return None
    # The revised figure is as round as others are.
    log += weigher.plausibility.round(cell, observed) + weigher.plausible(cell, meant)
    return Operation(tuple(changes), "totals_not_updated", weigher.priors.log("totals_not_updated") + log)


def _followers(hypothesis: Hypothesis, cell: int, step: int) -> dict[int, int]:
    """The totals above a cell with what each has to change by, as far up as there are any."""
    plan = hypothesis.at.plan
    steps: dict[int, int] = {}
    waiting = [(cell, step)]
    while waiting:
        part, change = waiting.pop(0)
        for total, factor, number in plan.above(part):
            if total not in steps and isinstance(plan.edits[number], Balance):
                steps[total] = change * factor
                waiting.append((total, change * factor))
    return steps
