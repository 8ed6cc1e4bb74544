"""What rounding alone may leave between a printed total and the sum of its printed parts, and which rounding it was.

With n shown parts the residual of half-up figures is round(Σ Uᵢ), Uᵢ uniform on (−½, ½), that of truncated ones
⌊Σ Uᵢ⌋, Uᵢ uniform on (0, 1): one-sided, 0 … n − 1. Both laws (Irwin 1927, Hall 1927) have exact probabilities at
integers, the Eulerian numbers over n! and their type B over 2ⁿ n! (Tanny 1973; Brenti 1994), computed by recurrence.
"n × 0.5" as a tolerance is far too wide for long columns and on the wrong side for truncation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from reconcile.localiser.edits import Interval
from reconcile.localiser.model import Regime

# Of the clean tables of one template at most so many may be flagged for rounding alone; shared out over its edits.
FALSE_ALARMS = 1e-4 / 2
# Beyond so many parts the normal law serves: its error at the tolerance is below one unit there.
EXACT_PARTS = 64
# A regime other than exact has to be this many times as likely; a table rounds in one way, and mostly not at all.
EVIDENCE = math.log(20)
# The share of edits that may be violated while the regime is being read, and the span over which wrong residuals
# spread (log-uniform up to 10⁹ of the last digit).
OUTLIERS, SPAN = 0.05, math.log(1e9)


@dataclass(frozen=True, slots=True)
class Law:
    """The residuals that rounding explains: an interval, and the log-probability of each residual in it."""

    tolerance: Interval
    logs: tuple[float, ...]
    lowest: int

    def log(self, residual: int) -> float:
        """Log-probability of a residual; -inf where rounding cannot leave it."""
        place = residual - self.lowest
        return self.logs[place] if 0 <= place < len(self.logs) else -math.inf


EXACTLY = Law((0, 0), (0.0,), 0)


@lru_cache(maxsize=4096)
def law(regime: Regime, parts: int, edits: int = 1) -> Law:
    """The law of one edit with so many shown parts; ``edits`` is how many share the template's false alarms."""
    if regime in ("exact", "infer") or parts < 1:
        return EXACTLY
    chances, lowest = _chances(regime, parts)
    allowance = FALSE_ALARMS / max(edits, 1) / 2
    first, last = 0, len(chances) - 1
    tail = 0.0
    while first < last and tail + chances[first] < allowance:
        tail += chances[first]
        first += 1
    tail = 0.0
    while last > first and tail + chances[last] < allowance:
        tail += chances[last]
        last -= 1
    kept = tuple(math.log(chance) for chance in chances[first : last + 1])
    return Law((lowest + first, lowest + last), kept, lowest + first)


def _chances(regime: Regime, parts: int) -> tuple[Sequence[float], int]:
    """Probabilities of the residuals and the first of them."""
    if parts > EXACT_PARTS:
        centre = (parts - 1) / 2 if regime == "trunc" else 0.0
        spread = math.sqrt(parts / 12)
        first, last = math.floor(centre - 7 * spread), math.ceil(centre + 7 * spread)
        return [
            _normal((r + 0.5 - centre) / spread) - _normal((r - 0.5 - centre) / spread) or 1e-300
            for r in range(first, last + 1)
        ], first
    if regime == "trunc":
        return _eulerian(parts), 0
    if parts % 2:
        return _eulerian(parts), -(parts - 1) // 2
    return _eulerian_b(parts), -parts // 2


def _normal(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))


def _eulerian(n: int) -> list[float]:
    """P(⌊U₁ + … + Uₙ⌋ = k) = A(n, k) / n!, k = 0 … n − 1."""
    row = [1.0]
    for m in range(2, n + 1):
        row = [((k + 1) * (row[k] if k < m - 1 else 0.0) + (m - k) * (row[k - 1] if k else 0.0)) / m for k in range(m)]
    return row


def _eulerian_b(n: int) -> list[float]:
    """P(k − ½ ≤ U₁ + … + Uₙ ≤ k + ½) = B(n, k) / 2ⁿ n!, k = 0 … n."""
    row = [1.0]
    for m in range(1, n + 1):
        row = [
            ((2 * k + 1) * (row[k] if k < m else 0.0) + (2 * m - 2 * k + 1) * (row[k - 1] if k else 0.0)) / (2 * m)
            for k in range(m + 1)
        ]
    return row


def infer(residuals: Sequence[int], parts: Sequence[int]) -> Regime:
    """How a group of sums was rounded, by likelihood; edits that are violated count as outliers, not as rounding."""
    if not any(residuals):
        return "exact"
    regimes: tuple[Regime, ...] = ("exact", "half", "trunc")
    scores = {
        regime: sum(_outlying(law(regime, n), r) for r, n in zip(residuals, parts, strict=True)) for regime in regimes
    }
    best = max(regimes[1:], key=lambda regime: scores[regime])
    return best if scores[best] > scores["exact"] + EVIDENCE else "exact"


def _outlying(own: Law, residual: int) -> float:
    wrong = OUTLIERS / (2 * SPAN * (abs(residual) + 1))
    return math.log((1 - OUTLIERS) * math.exp(own.log(residual)) + wrong)
