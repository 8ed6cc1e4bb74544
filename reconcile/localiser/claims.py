"""What may be said of an explanation: localised, probable, or only that it is one of several.

A claim needs three things: a calibrated probability, evidence of constraints and not of a typing argument alone, and
a surplus of violated edits over operations. With one violated edit a fitting story of a slip is a coincidence too often
(three in ten claims were wrong where two faults stood in one list).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reconcile.localiser.calibration import calibrated
from reconcile.localiser.confrontation import Hypothesis
from reconcile.localiser.edits import Balance
from reconcile.localiser.parts import hanging_together
from reconcile.localiser.posterior import Posterior
from reconcile.localiser.result import Candidate, Evidence, Finding, Status
from reconcile.localiser.weighing import Operation

LOCALISED, PROBABLE = 0.95, 0.75
# The model's own 97 % hold the right cell 95 times in 100 where one edit is all there is.
CREDIBLE = 0.97
# Operations that only move or scale figures that are there.
REARRANGED = ("swapped", "shifted", "line_unit", "series_cumulative")
# No edit can tell one wrong part from all of its totals forgotten; a claim needs the latter to be so improbable.
TWIN = 0.01
# Violated edits beyond one per operation, per operation, that a claim needs.
SURPLUS = 1.0
# From weak to strong; a result is as strong as its weakest finding.
STRENGTH: tuple[Status, ...] = ("unexplained", "unlocalisable", "ambiguous", "probable", "localised")


def weakest(statuses: Iterable[Status]) -> Status:
    return min(statuses, key=STRENGTH.index, default="unexplained")


def finding_of(
    start: Hypothesis, found: Posterior, place: int, previous: dict[int, int], whole: bool = True
) -> Finding:
    """One operation of the best explanation as a finding; no claim unless the whole part was explained."""
    best, _ = found.explanations[0]
    operations = best.operations
    others = [change for n, other in enumerate(operations) if n != place for change in other.changes]
    rest = start.after(others)
    alternatives = found.alternatives[place]
    surplus = _surplus(start, rest, operations)
    evidence = _evidence(start, alternatives, previous)
    p = calibrated(alternatives[0][1], surplus, len(operations), evidence == "constraints")
    candidates = tuple(_candidate(start, operation, share) for operation, share in alternatives)
    status = _status(p, evidence, surplus, len(start.violated), len(candidates))
    if status == "localised" and (not whole or _forgotten_totals(alternatives)):
        status = "probable"
    return Finding(
        status,
        evidence,
        tuple(sorted(rest.violated)),
        candidates,
        _credible(candidates, found.unnamed),
        surplus,
        _impact(start, operations[place]),
        p,
        alternatives[0][1],
    )


def _surplus(start: Hypothesis, rest: Hypothesis, operations: Sequence[Operation]) -> float:
    """Violated edits beyond one an operation, per operation, among what hangs together with what this one repairs."""
    plan = start.at.plan
    groups = [group for group in hanging_together(plan, start.violated) if group & rest.violated]
    near = frozenset().union(*groups) or start.violated
    touched = [{number for cell in operation.cells for number in plan.touching[cell]} for operation in operations]
    return min(len(near) / max(sum(not near.isdisjoint(t) for t in touched), 1) - 1, len(rest.violated) - 1)


def _status(p: float, evidence: Evidence, surplus: float, violated: int, candidates: int) -> Status:
    if p >= LOCALISED and evidence == "constraints" and surplus >= SURPLUS:
        return "localised"
    if p >= PROBABLE and surplus > 0:
        return "probable"
    return "unlocalisable" if violated == 1 and candidates > 1 else "ambiguous"


def _forgotten_totals(alternatives: list[tuple[Operation, float]]) -> bool:
    """Whether the twin of one wrong part, all of its totals forgotten, is too likely for a claim."""
    return any(operation.cause == "totals_not_updated" and p > TWIN for operation, p in alternatives)


def _evidence(start: Hypothesis, alternatives: list[tuple[Operation, float]], previous: dict[int, int]) -> Evidence:
    """Constraints, if no other single cell would satisfy them; what else could have happened counts in p."""
    first = alternatives[0][0]
    rivals = [o for o, _ in alternatives[1:] if len(o.changes) == 1 and len(first.changes) == 1]
    if not rivals and not any(len(start.at.plan.alike(cell)) > 1 for cell in first.cells):
        return "constraints"
    decided = len(first.changes) == 1 and previous.get(first.changes[0][0]) == first.changes[0][1]
    return "previous" if decided else "typing"


def _candidate(start: Hypothesis, operation: Operation, p: float) -> Candidate:
    at = start.at
    observed = tuple(at.numbers[c] if at.states[c] in ("number", "zero") else None for c in operation.cells)
    proposed = tuple(value for _, value in operation.changes)
    alike = at.plan.alike(operation.cells[0]) if len(operation.cells) == 1 else ()
    exact = _exact(start, operation)
    return Candidate(
        operation.cells,
        observed,
        proposed,
        operation.interval,
        operation.cause,
        p,
        exact,
        alike if len(alike) > 1 else (),
    )


def _exact(start: Hypothesis, operation: Operation) -> bool:
    """Whether the figures follow: from the edits if these leave one value each, or from what stands in other cells."""
    if operation.interval is not None:
        return operation.interval[0] == operation.interval[1]
    at, plan = start.at, start.at.plan
    numbers = {number for cell in operation.cells for number in plan.touching[cell] if at.active[number]}
    return operation.cause in REARRANGED or all(at.tolerance[number] == (0, 0) for number in numbers)


def _credible(candidates: tuple[Candidate, ...], unnamed: float) -> int:
    """How many candidates make up the 95 % set."""
    total, needed = 0.0, CREDIBLE * (1 - unnamed)
    for number, candidate in enumerate(candidates, start=1):
        total += candidate.p
        if total >= needed:
            return number
    return len(candidates)


def _impact(start: Hypothesis, operation: Operation) -> int:
    """The largest change of a figure that is published as a total, if the operation is undone."""
    plan, steps = start.at.plan, []
    for cell, value in operation.changes:
        step = abs(value - start.value(cell))
        factors = [
            abs(edit.coefficients[cell]) for n in plan.touching[cell] if isinstance(edit := plan.edits[n], Balance)
        ]
        steps.append(step * max(factors, default=1))
    return max(steps, default=0)
