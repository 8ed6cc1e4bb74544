"""From the model's own probability to one that keeps its word.

The raw posterior is too sure of itself where there are more faults than redundancy. A logistic recalibration (Platt
1999) on its log-odds, the surplus of violated edits and the number of operations corrects that; the coefficients are
fitted by ``benchmarks/localisation/calibrate.py`` on seeds of their own and are frozen here.
"""

from __future__ import annotations

import math

# Intercept, log-odds, no surplus, surplus below one, two operations, three or more, a typing argument; the
# log-odds once more where there is no surplus, and beyond the bend.
COEFFICIENTS = (-0.084, 0.758, 2.422, 0.641, 1.801, 0.833, -2.144, -0.281, 0.133)
# Log-odds beyond this are no longer told apart: one in 10,000. From the bend on (one in twenty) they are stretched
# differently: there the model's own errors count, and not those of the weighing.
FARTHEST, BEND = 9.2, 3.0


def features(p: float, surplus: float, operations: int, by_constraints: bool) -> tuple[float, ...]:
    """What the recalibration looks at, in the order of the coefficients."""
    odds = math.log(max(p, 1e-12)) - math.log(max(1 - p, 1e-12))
    odds = max(-FARTHEST, min(FARTHEST, odds))
    return (
        1.0,
        odds,
        float(surplus <= 0),
        float(0 < surplus < 1),
        float(operations == 2),
        float(operations > 2),
        float(not by_constraints),
        odds * (surplus <= 0),
        max(0.0, odds - BEND),
    )


def calibrated(p: float, surplus: float, operations: int, by_constraints: bool) -> float:
    """A probability that is right as often as it says, on tables like those of the benchmark."""
    own = features(p, surplus, operations, by_constraints)
    odds = sum(c * x for c, x in zip(COEFFICIENTS, own, strict=True))
    return 1 / (1 + math.exp(-odds))
