"""``python -m benchmarks.localisation.calibrate``: fits the recalibration of confidences on seeds of its own.

Prints the coefficients that stand in ``reconcile/localiser/calibration.py``. The tables are a mixture of 80, 14, 4 and
2 % with one, two, three and five faults; the figures in ``docs/localisation.md`` are of other seeds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from benchmarks.localisation.faults import FAULTS
from benchmarks.localisation.templates import KINDS
from benchmarks.localisation.trial import Trial, several_trial, single_trial
from reconcile.localiser.calibration import features

FITTED = 50000
TABLES = 30
# Shares of tables with so many faults.
MIXTURE = {1: 0.80, 2: 0.14, 3: 0.04, 5: 0.02}
# A prior of so much weight on "as it is" keeps rare cases from being fitted to a handful of tables.
RIDGE = 1.0


def main() -> None:
    singles = [t for k in KINDS for f in FAULTS for i in range(TABLES) if (t := single_trial(k, f, FITTED + i))]
    trials = [(1, trial) for trial in singles]
    for count in (2, 3, 5):
        # More than the mixture has, weighted down below, so that each kind comes up.
        trials += [(count, t) for k in KINDS for i in range(TABLES) if (t := several_trial(k, count, FITTED + i))]
    sizes = {count: sum(n == count for n, _ in trials) for count in MIXTURE}
    rows = [(x, ok, w * MIXTURE[n] / sizes[n] * len(trials)) for n, trial in trials for x, ok, w in _rows(trial)]
    print(f"{len(trials):,} tables, {len(rows):,} findings")
    print("COEFFICIENTS =", tuple(round(c, 3) for c in fitted(rows)))


def _rows(trial: Trial) -> list[tuple[tuple[float, ...], bool, float]]:
    """Findings of one table; one fault that was taken for twenty counts once."""
    weight = min(1.0, len(trial.faults) / max(len(trial.features), 1))
    return [(features(p, surplus, n, firm), ok, weight) for p, surplus, n, firm, ok in trial.features]


def fitted(rows: Sequence[tuple[tuple[float, ...], bool, float]]) -> list[float]:
    """Logistic regression by Newton's method, with a ridge towards leaving the log-odds as they are."""
    size = len(rows[0][0])
    start = [0.0, 1.0] + [0.0] * (size - 2)
    beta = list(start)
    for _ in range(60):
        slope = [RIDGE * (s - b) for s, b in zip(start, beta, strict=True)]
        curve = [[RIDGE * (i == j) for j in range(size)] for i in range(size)]
        for x, ok, weight in rows:
            p = 1 / (1 + math.exp(-sum(b * v for b, v in zip(beta, x, strict=True))))
            for i in range(size):
                slope[i] += weight * (ok - p) * x[i]
                for j in range(size):
                    curve[i][j] += weight * p * (1 - p) * x[i] * x[j]
        step = _solved(curve, slope)
        # Newton's steps are cut short where the curve is nearly flat.
        short = min(1.0, 1.0 / max(map(abs, step)))
        beta = [b + short * s for b, s in zip(beta, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return beta


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gaussian elimination; the matrix is positive definite."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(size):
        for j in range(i + 1, size):
            factor = rows[j][i] / rows[i][i]
            rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (rows[i][size] - sum(rows[i][j] * found[j] for j in range(i + 1, size))) / rows[i][i]
    return found


if __name__ == "__main__":
    main()
