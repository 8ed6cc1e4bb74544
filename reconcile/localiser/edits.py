"""Compiled edits: for each cell of an edit, the interval of values with which the edit holds.

Two kinds, one question. A balance is a sparse sum with a residual; a quotient compares a printed ratio with its two
figures. Both answer in integers, so that a ratio needs no linearisation and no tolerance of floating point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul

from reconcile.localiser.model import INFINITE, Regime

Interval = tuple[int, int]
EMPTY: Interval = (1, 0)
ANY: Interval = (-INFINITE, INFINITE)
Value = Callable[[int], int]
PLAIN = frozenset((1, -1))


@dataclass(frozen=True)
class Balance:
    """residual = Σ coefficient × value − const must lie in the interval that rounding allows.

    The target has the coefficient 1 and its parts the negative of theirs: residual = stated − computed. Where it
    ``differs``, the residual must only not be 0.
    """

    coefficients: Mapping[int, int]
    target: int | None
    const: int
    at_least: bool
    group: str
    regime: Regime
    name: str
    room: Interval | None = None
    differs: bool = False
    cells: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", tuple(self.coefficients))

    @property
    def sums(self) -> bool:
        """Whether it says what its target is, and not only what it may not be."""
        return not self.at_least and not self.differs

    @property
    def plain(self) -> bool:
        """Whether all coefficients are 1 and -1."""
        return PLAIN.issuperset(self.coefficients.values())

    def residual(self, values: Sequence[int]) -> int:
        """Stated minus computed."""
        products: Iterable[int] = map(mul, self.coefficients.values(), map(values.__getitem__, self.cells))
        return sum(products) - self.const

    def allowed(self, cell: int, value: int, residual: int, tolerance: Interval) -> Interval:
        """The values of one cell with which the edit holds, all others being as they are."""
        factor = self.coefficients[cell]
        low, high = tolerance[0] - residual, tolerance[1] - residual
        if factor == 1:
            return (value + low, value + high)
        if factor == -1:
            return (value - high, value - low)
        if factor < 0:
            low, high, factor = -high, -low, -factor
        return (value - (-low // factor), value + high // factor)


@dataclass(frozen=True, slots=True)
class Quotient:
    """|result − numerator × scale ÷ denominator| ≤ ½, or < 1 on one side where it was cut off.

    Multiplied out, with e = 1 where numerator and denominator were rounded themselves (true value within ½):
    least × (2d − e) ≤ F × (2n + e) and F × (2n − e) + t ≤ most × (2d + e), where F = 2 × scale and (least, most, t)
    are (2r − 1, 2r + 1, 0) for a half rounded either way and (2r, 2r + 2, 1) for truncation. Each of the three can be
    solved for in whole numbers. Ties are allowed both ways: offices round halves up, programs to even. Where there is
    a start, n and d are what numerator and denominator are above it, or both below it.
    """

    result: int
    numerator: int
    denominator: int
    scale: int
    rounded_inputs: bool
    group: str
    regime: Regime
    name: str
    start: int | None = None

    @property
    def cells(self) -> tuple[int, ...]:
        own = (self.result, self.numerator, self.denominator)
        return own if self.start is None else (*own, self.start)

    def holds(self, value: Value, truncated: bool) -> bool:
        result, above, below = self._figures(value)
        if below == 0:
            return result == 0 and above == 0
        low, high = self._of_result(above, below, truncated)
        return low <= result <= high

    def allowed(self, cell: int, value: Value, truncated: bool) -> Interval:
        """The values of one of its cells with which the edit holds."""
        if self.start is not None and cell != self.result:
            return self._with_start(cell, self.start, value, truncated)
        result, above, below = self._figures(value)
        if cell == self.result:
            return (0, 0) if below == above == 0 else self._of_result(above, below, truncated)
        if cell == self.numerator:
            return (0, 0) if below == result == 0 else self._of_numerator(result, below, truncated)
        return self._of_denominator(result, above, truncated)

    def _figures(self, value: Value) -> tuple[int, int, int]:
        """Result, numerator and denominator, the latter two as they are from the start, upwards."""
        result, above, below = value(self.result), value(self.numerator), value(self.denominator)
        if self.start is None:
            return result, above, below
        start = value(self.start)
        up = 1 if below >= start else -1
        return result, up * (above - start), up * (below - start)

    def _with_start(self, cell: int, start: int, value: Value, truncated: bool) -> Interval:
        """Of a progress: the values of the figure reached, of the one aimed at, or of the one it starts from."""
        result, origin = value(self.result), value(start)
        reached, aim = value(self.numerator) - origin, value(self.denominator) - origin
        if cell == start:
            low, high = self._of_start(result, value(self.numerator), value(self.denominator), truncated)
            # What is cut off comes near to the next figure and never to it.
            low += not self.holds(lambda c: low if c == start else value(c), truncated)
            high -= not self.holds(lambda c: high if c == start else value(c), truncated)
            return (low, high)
        if cell == self.numerator:
            up = aim >= 0
            low, high = self._of_numerator(result, abs(aim), truncated)
        elif reached == 0:
            return ANY if result == 0 else EMPTY
        elif truncated and result < 0:
            return EMPTY  # cut off below the start, which way nobody says
        else:
            up = (reached > 0) == (result >= 0)
            low, high = self._of_denominator(abs(result), abs(reached), truncated)
        if low > high:
            return EMPTY
        return (origin + low, origin + high) if up else (origin - high, origin - low)

    def _of_start(self, result: int, reached: int, aim: int, truncated: bool) -> Interval:
        """s = (m × aim − F × reached) ÷ (m − F) for the least and the most m that round to the result."""
        least, most = (2 * result, 2 * result + 2) if truncated else (2 * result - 1, 2 * result + 1)
        double = 2 * self.scale
        if least <= double <= most:
            return ANY if reached == aim else EMPTY
        ends = [(m * aim - double * reached, m - double) for m in (least, most)]
        return (min(-(-n // d) for n, d in ends), max(n // d for n, d in ends))

    def _of_result(self, above: int, below: int, truncated: bool) -> Interval:
        e, t = int(self.rounded_inputs), int(truncated)
        if 2 * below - e <= 0:
            return EMPTY
        more, less = 2 * self.scale * (2 * above + e), 2 * self.scale * (2 * above - e) + t
        half_high, half_low = (0, -2) if truncated else (1, -1)
        high = (more + half_high * (2 * below - e)) // (2 * (2 * below - e))
        low = -(-(less + half_low * (2 * below + e)) // (2 * (2 * below + e)))
        return (low, high)

    def _of_numerator(self, result: int, below: int, truncated: bool) -> Interval:
        e, t = int(self.rounded_inputs), int(truncated)
        if below <= 0:
            return EMPTY
        least, most = (2 * result, 2 * result + 2) if truncated else (2 * result - 1, 2 * result + 1)
        double = 4 * self.scale
        low = -(-(least * (2 * below - e) - 2 * self.scale * e) // double)
        high = (most * (2 * below + e) - t + 2 * self.scale * e) // double
        return (low, high)

    def _of_denominator(self, result: int, above: int, truncated: bool) -> Interval:
        e, t = int(self.rounded_inputs), int(truncated)
        least, most = (2 * result, 2 * result + 2) if truncated else (2 * result - 1, 2 * result + 1)
        if most <= 0 or above < 0:
            return EMPTY
        low = max(1, -(-(2 * self.scale * (2 * above - e) + t - e * most) // (2 * most)))
        high = INFINITE if least <= 0 else (2 * self.scale * (2 * above + e) + e * least) // (2 * least)
        return (low, high)


Edit = Balance | Quotient


def meet(one: Interval, other: Interval) -> Interval:
    """Both intervals at once; empty when the low end is above the high end."""
    return (max(one[0], other[0]), min(one[1], other[1]))
