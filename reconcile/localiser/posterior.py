"""From explanations to probabilities: of whole combinations of cells, and of each operation on its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reconcile.localiser.confrontation import Hypothesis
from reconcile.localiser.revisions import totals_not_updated
from reconcile.localiser.search import Explanation, conditional
from reconcile.localiser.weighing import Operation, Weigher, log_sum

# Combinations below this share of the best are not carried along.
NEGLIGIBLE = 12.0
# Residuals reach from the last digit to 10⁹ of it.
RESIDUALS = math.log(1e9)
# One wrong part is named before its twin, all of its totals forgotten, unless that is four times as likely: whoever
# looks at the part sees which of the two it was.
TWIN = math.log(4)


@dataclass(frozen=True)
class Posterior:
    """Explanations of one part with their probabilities, best first, and what each operation competes with.

    ``alternatives`` has one entry an operation of the best explanation: (operation, probability), best first.
    ``unnamed`` is the probability that it is none of them (two or more cells behind a single violated edit).
    """

    explanations: list[tuple[Explanation, float]]
    alternatives: list[list[tuple[Operation, float]]]
    unnamed: float


def posterior(
    start: Hypothesis, explanations: Sequence[Explanation], weigher: Weigher, locked: frozenset[int]
) -> Posterior:
    """Every explanation with each of its operations replaced in turn by what could take its place, normalised."""
    pool: dict[frozenset[int], Explanation] = {}
    for explanation in explanations:
        for variant in (explanation, *_variants(start, explanation, weigher, locked)):
            kept = pool.get(variant.cells)
            if kept is None or kept.score < variant.score:
                pool[variant.cells] = variant
    unnamed = _two_or_more(start, weigher)
    whole = log_sum([*(explanation.score for explanation in pool.values()), unnamed])
    ranked = sorted(pool.values(), key=lambda e: (_preference(e) - e.score, sorted(e.cells)))
    weights = [
        (explanation, math.exp(explanation.score - whole))
        for explanation in ranked
        if explanation.score > ranked[0].score - NEGLIGIBLE
    ]
    best = ranked[0]
    alternatives = [_competing(best, place, weights) for place in range(len(best.operations))]
    return Posterior(weights, alternatives, math.exp(unnamed - whole))


def _preference(explanation: Explanation) -> float:
    return TWIN * sum(operation.cause == "totals_not_updated" for operation in explanation.operations)


def _variants(
    start: Hypothesis, explanation: Explanation, weigher: Weigher, locked: frozenset[int]
) -> list[Explanation]:
    """One operation replaced at a time; a single operation competes with those found beside it already."""
    found = []
    operations = explanation.operations
    for place, own in enumerate(operations):
        others = [operation for number, operation in enumerate(operations) if number != place]
        rest = start.after([change for operation in others for change in operation.changes])
        instead = conditional(start, explanation, place, weigher, locked) if others else [own]
        twins = [totals_not_updated(rest, operation, weigher, locked) for operation in instead[:3]]
        for operation in (*instead, *(twin for twin in twins if twin)):
            if operation.cells != own.cells and not set(operation.cells) & {c for o in others for c in o.cells}:
                changed = (*operations[:place], operation, *operations[place + 1 :])
                found.append(Explanation(changed, explanation.score - own.score + operation.score))
    return found


def _two_or_more(start: Hypothesis, weigher: Weigher) -> float:
    """Log-odds of two wrong cells behind one violated edit: any two of its cells, any residual of this magnitude.

    Each magnitude up to ``RESIDUALS`` e-folds is as likely for the residual, on either side.
    """
    if len(start.violated) != 1:
        return -math.inf
    (number,) = start.violated
    edit = start.at.plan.edits[number]
    size = len(edit.cells) if edit else 2
    if size < 2:
        return -math.inf
    pairs = size * (size - 1) / 2
    return (
        2 * math.log(weigher.priors.rate)
        + math.log(pairs)
        - math.log(2 * RESIDUALS * (abs(start.residual(number)) + 1))
    )


def _competing(
    best: Explanation, place: int, weights: Sequence[tuple[Explanation, float]]
) -> list[tuple[Operation, float]]:
    """The probability of one operation of the best explanation, and of each one in its stead."""
    own = best.operations[place]
    others = {operation.cells for number, operation in enumerate(best.operations) if number != place}
    shares: dict[tuple[int, ...], tuple[Operation, float]] = {own.cells: (own, 0.0)}
    for explanation, p in weights:
        sets = {operation.cells: operation for operation in explanation.operations}
        if own.cells in sets:
            shares[own.cells] = (own, shares[own.cells][1] + p)
            continue
        instead = [operation for cells, operation in sets.items() if cells not in others]
        for operation in instead:
            kept = shares.get(operation.cells, (operation, 0.0))
            shares[operation.cells] = (kept[0], kept[1] + p)
    first, *rest = shares.values()
    return [first, *sorted(rest, key=lambda item: (-item[1], item[0].cells))]
