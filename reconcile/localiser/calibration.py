"""From the model's own probability to one that keeps its word.

The raw posterior is too sure of itself where there are more faults than redundancy. A logistic recalibration (Platt
1999) on its log-odds, the surplus of violated edits and the number of operations corrects that; the coefficients are
fitted by ``benchmarks/localisation/calibrate.py`` on seeds of their own and are frozen here.
"""

from __future__ import annotations

import math

# Intercept, log-odds, no surplus, surplus below one, two operations, three or more, a typing argument; and the
# log-odds once more where there is no surplus.
COEFFICIENTS = (0.035, 0.695, 1.612, 0.394, 1.65, 0.269, -1.292, -0.272)
# Log-odds beyond this are no longer told apart: one in 10,000.
FARTHEST = 9.2


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
    )


def calibrated(p: float, surplus: float, operations: int, by_constraints: bool) -> float:
    """A probability that is right as often as it says, on tables like those of the benchmark."""
    own = features(p, surplus, operations, by_constraints)
    odds = sum(c * x for c, x in zip(COEFFICIENTS, own, strict=True))
    return 1 / (1 + math.exp(-odds))
