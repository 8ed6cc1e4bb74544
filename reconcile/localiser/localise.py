"""The localiser: a table against its plan → which cells are wrong, what was meant, and how sure that is.

Confront; split what is violated into independent parts; explain each part by one operation, or by several; weigh the
explanations against one another; claim only what the surplus of violated edits allows. No value is ever changed here:
values are proposed.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from reconcile.localiser.claims import finding_of, weakest
from reconcile.localiser.confrontation import Confrontation, Hypothesis
from reconcile.localiser.model import INFINITE, State
from reconcile.localiser.parts import DOUBTFUL, independent_parts
from reconcile.localiser.plan import Plan
from reconcile.localiser.posterior import Posterior, posterior
from reconcile.localiser.priors import PRIORS, Priors
from reconcile.localiser.result import Combination, Finding, Result, Status
from reconcile.localiser.search import Explanation, Found, Limits, one_operation, search
from reconcile.localiser.weighing import Weigher

# If more than this share of a group of edits fails, and at least so many, the template is questioned first.
QUESTIONED, AT_LEAST = 0.3, 4
# Of the effort that is left, each part may use one in so many.
SHARES = 8
# Combinations shown of each part.
SHOWN = 10


def localise(
    plan: Plan,
    values: Sequence[int | None],
    prev: Mapping[int, int] | Sequence[int | None] | None = None,
    locked: Iterable[int] = (),
    budget_ms: float = 1000.0,
    *,
    effort: float = math.inf,
    states: Sequence[State] = (),
    priors: Priors = PRIORS,
    blanks: tuple[int, int] | None = None,
) -> Result:
    """Explains one table.

    ``values`` has one whole number a cell in its last digit, None where no number stands; ``states`` says why (blank
    unless told). ``prev`` holds figures of an earlier version by cell. ``locked`` cells are never proposed. Within
    ``budget_ms`` the search may look for explanations of several operations; beyond it the result says ``truncated``.
    ``effort`` bounds it by the cells that are weighed instead of by a clock, so that the answer is the same anywhere:
    each part may use a share of what the parts before it have left. Of a table that is one of several, ``blanks`` tells
    how many of all their cells are blank, of how many.
    """
    deadline = time.perf_counter() + budget_ms / 1000
    at = Confrontation(plan, values, states)
    if not at.violated:
        return Result("rounding_only" if any(_left_over(at)) else "clean", regimes=at.regimes)
    previous = _previous(prev)
    weigher = Weigher(at, priors, previous, blanks)
    fixed = frozenset(locked)
    findings: list[Finding] = []
    combinations: list[tuple[Combination, ...]] = []
    unexplained: list[int] = []
    truncated = False
    for violated in independent_parts(at, weigher, fixed):
        start = Hypothesis(at, {}, {}, violated)
        share = weigher.weighed + (effort - weigher.weighed) / SHARES
        told = _explanations(start, weigher, fixed, Limits(deadline, share))
        truncated |= told.truncated
        unexplained += sorted(told.left)
        explanations = told.explanations
        if told.partial:
            start = Hypothesis(at.setting_aside(told.left), {}, {}, violated - told.left)
            explanations = [told.partial]
        if explanations:
            found = posterior(start, explanations, weigher, fixed)
            whole = not told.left
            findings += [finding_of(start, found, place, previous, whole) for place in range(len(found.alternatives))]
            combinations.append(_combinations(found))
    findings.sort(key=lambda finding: (-finding.p * finding.impact, finding.candidates[0].cells))
    status: Status = "unexplained" if unexplained else weakest(finding.status for finding in findings)
    return Result(
        status,
        tuple(findings),
        tuple(sorted(at.violated)),
        tuple(unexplained),
        tuple(combinations),
        _questioned(at),
        at.regimes,
        truncated,
        weigher.weighed,
    )


def _left_over(at: Confrontation) -> Iterable[int]:
    """What is left of sums that should come out even; a bound is not one of them."""
    sums = zip(at.residuals, at.tolerance, at.active, strict=True)
    return (residual for residual, (_, high), active in sums if active and high < INFINITE)


def _previous(prev: Mapping[int, int] | Sequence[int | None] | None) -> dict[int, int]:
    if prev is None:
        return {}
    pairs = prev.items() if isinstance(prev, Mapping) else enumerate(prev)
    return {cell: value for cell, value in pairs if value is not None}


def _explanations(start: Hypothesis, weigher: Weigher, locked: frozenset[int], limits: Limits) -> Found:
    """One operation if that is enough, several if it is not or if one is hard to believe."""
    single = [Explanation((operation,), operation.score) for operation in one_operation(start, weigher, locked)]
    if single and (single[0].score > DOUBTFUL or len(start.violated) == 1):
        return Found(single)
    found = search(start, weigher, locked, limits)
    if not single:
        return found
    known = {explanation.cells for explanation in single}
    several = [explanation for explanation in found.explanations if explanation.cells not in known]
    return Found(sorted([*single, *several], key=lambda e: (-e.score, sorted(e.cells))), found.truncated)


def _combinations(found: Posterior) -> tuple[Combination, ...]:
    return tuple(Combination(explanation.cells, p) for explanation, p in found.explanations[:SHOWN])


def _questioned(at: Confrontation) -> tuple[str, ...]:
    """Groups of edits of which nearly a family fails: a wrong template looks like many faults."""
    edits = [(number, edit) for number, edit in enumerate(at.plan.edits) if edit is not None]
    size = Counter(edit.group for _, edit in edits)
    failing = Counter(edit.group for number, edit in edits if number in at.violated)
    return tuple(sorted(g for g, n in failing.items() if n >= AT_LEAST and n > QUESTIONED * size[g]))
