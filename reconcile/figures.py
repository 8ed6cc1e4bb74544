"""Columns of exact figures without an object each: a whole number and a power of ten.

12.50 is 1250 with the exponent -2: the places a figure was written with are kept. Minus nought is nought.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.coded import Strings, strings

# Decimal's own context rounds to 28 digits; figures here are never rounded.
EXACT = Context(prec=100_000)
NO_FIGURE = -(1 << 31)  # in the place of an exponent
# Sums of up to a million figures still fit when each stays below this.
SUMMED = 1 << 42
_FITS = 1 << 62
_ONE = Decimal(1)

Whole = npt.NDArray[np.int64] | Strings


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """``whole`` × 10**``exponent``, one entry a figure; ``exponent`` is :data:`NO_FIGURE` (and ``whole`` 0) for none.

    ``whole`` is int64, or Python integers (dtype object) where one of them would not fit.
    """

    whole: Whole
    exponent: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.exponent)

    @classmethod
    def of(cls, values: Sequence[Decimal | None]) -> Figures:
        """The columns of some figures."""
        whole, exponents = parted(values)
        return cls(whole_numbers(whole), np.array(exponents, dtype=np.int32))

    @classmethod
    def none(cls, size: int) -> Figures:
        """No figures at all."""
        return cls(np.zeros(size, dtype=np.int64), np.full(size, NO_FIGURE, dtype=np.int32))

    @classmethod
    def joined(cls, parts: Sequence[Figures]) -> Figures:
        """One column of several, one under the other."""
        if not parts:
            return cls.none(0)
        return cls(np.concatenate([part.whole for part in parts]), np.concatenate([part.exponent for part in parts]))

    def __getitem__(self, places: int | np.integer[Any] | npt.NDArray[np.int64] | npt.NDArray[np.bool_] | slice) -> Any:
        """One of the figures (who asks has seen that it is one), or an array of some."""
        if isinstance(places, int | np.integer):
            return self.value(int(places))
        return strings(self.take(places).values())

    def __iter__(self) -> Iterator[Decimal | None]:
        return iter(self.values())

    def value(self, place: int) -> Decimal | None:
        """One of the figures."""
        exponent = int(self.exponent[place])
        return None if exponent == NO_FIGURE else EXACT.scaleb(Decimal(int(self.whole[place])), exponent)

    def values(self) -> list[Decimal | None]:
        """All figures, with the places they were written with."""
        return [
            None
            if exponent == NO_FIGURE
            else Decimal(whole)
            if not exponent
            else EXACT.scaleb(Decimal(whole), exponent)
            for whole, exponent in zip(self.whole.tolist(), self.exponent.tolist(), strict=True)
        ]

    def texts(self) -> Strings:
        """The figures in digits, without an exponent; empty where there is none."""
        found = np.full(len(self), "", dtype=object)
        for exponent in self.exponents():
            own = np.flatnonzero(self.exponent == exponent)
            if exponent:
                found[own] = [f"{self.value(at):f}" for at in own.tolist()]
            else:
                found[own] = list(map(str, self.whole[own].tolist()))
        return found

    def grouped(self) -> Strings:
        """Whole figures in digits, by thousands."""
        return strings(list(map("{:,}".format, self.whole.tolist())))

    def scaled(self) -> Scaled:
        """All figures as integers of one scale: sums are exact.

        They are int64 where sums of them are sure to fit, and one in their scale, else Python integers; the whole
        numbers themselves where that is the scale of all.
        """
        exponents = self.exponents()
        decimals = max(0, -min(exponents, default=0))
        factors = {exponent: 10 ** (decimals + exponent) for exponent in exponents}
        scalable = 10**decimals < SUMMED
        fits = (
            scalable
            and self.whole.dtype != object
            and all(
                max(int(own.max(initial=0)), -int(own.min(initial=0))) * factors[exponent] < SUMMED
                for exponent, own in ((each, self.whole[self.exponent == each]) for each in exponents)
            )
        )
        if fits and all(factor == 1 for factor in factors.values()):
            return Scaled(self.whole, self.exponent, decimals)
        found: Whole = self.whole.copy() if fits else strings(self.whole.tolist())
        for exponent, factor in factors.items():
            if factor != 1:
                found[self.exponent == exponent] *= factor
        if scalable and not fits and max(map(abs, found.tolist()), default=0) < SUMMED:
            found = found.astype(np.int64)
        return Scaled(found, self.exponent, decimals)

    def exponents(self) -> list[int]:
        """The distinct exponents of the figures, of which there are few."""
        left, found = self.exponent[self.exponent != NO_FIGURE], []
        while len(left):
            found.append(int(left[0]))
            left = left[left != left[0]]
        return found

    def places(self) -> npt.NDArray[np.int64]:
        """How many digits after the point each figure is written with."""
        return np.where(self.exponent == NO_FIGURE, 0, np.maximum(-self.exponent.astype(np.int64), 0))

    def take(self, places: npt.NDArray[np.int64] | npt.NDArray[np.bool_] | slice) -> Figures:
        """The figures at some places."""
        return Figures(self.whole[places], self.exponent[places])


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """Figures as integers of one scale: ``number`` is figure × 10**``decimals`` (0 for none). What they were written as
    is made again of those that are asked for: kept beside these, it would take as much room once more.
    """

    number: Whole
    exponent: npt.NDArray[np.int32]
    decimals: int

    def __len__(self) -> int:
        return len(self.exponent)

    def __getitem__(self, places: int | np.integer[Any] | npt.NDArray[np.int64] | npt.NDArray[np.bool_] | slice) -> Any:
        """One of the figures (who asks has seen that it is one), or an array of some."""
        return self.value(int(places)) if isinstance(places, int | np.integer) else self.take(places)[:]

    def __iter__(self) -> Iterator[Decimal | None]:
        return iter(self.take(slice(None)))

    def value(self, place: int) -> Decimal | None:
        """One of the figures."""
        exponent = int(self.exponent[place])
        if exponent == NO_FIGURE:
            return None
        whole = int(self.number[place]) // 10 ** (self.decimals + exponent)
        return EXACT.scaleb(Decimal(whole), exponent)

    def take(self, places: npt.NDArray[np.int64] | npt.NDArray[np.bool_] | slice) -> Figures:
        """The figures at some places, with the places they were written with."""
        found = Figures(self.number[places], self.exponent[places])
        coarser = [exponent for exponent in found.exponents() if exponent != -self.decimals]
        if not coarser:
            return found
        whole = found.whole.copy()
        for exponent in coarser:
            whole[found.exponent == exponent] //= 10 ** (self.decimals + exponent)
        return Figures(whole, found.exponent)


def parted(values: Sequence[Decimal | None]) -> tuple[list[int], list[int]]:
    """Whole numbers and exponents of figures."""
    exponents = [
        NO_FIGURE if value is None else 0 if value.same_quantum(_ONE) else _exponent(value) for value in values
    ]
    whole = [
        0 if value is None else int(EXACT.scaleb(value, -exponent)) if exponent else int(value)
        for value, exponent in zip(values, exponents, strict=True)
    ]
    return whole, exponents


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "no figure of a return is infinite"
    return exponent


def whole_numbers(numbers: list[int]) -> Whole:
    """As int64, or as Python integers where one of them would not fit."""
    try:
        found = np.array(numbers, dtype=np.int64)
    except OverflowError:
        return strings(numbers)
    fits = int(found.min(initial=0)) > -_FITS and int(found.max(initial=0)) < _FITS
    return found if fits else strings(numbers)
