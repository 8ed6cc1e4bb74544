"""Columns of a table woven into one column of the facts: line after line, and in each line its cells.

Columns that were read together are one list, one column below the other, or one value for all their cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded
from reconcile.extract.plain_columns import NOTHING, PlainColumn, Sense
from reconcile.figures import Whole

Places = npt.NDArray[np.int64]
# Cells of a table whose order is remembered, and distinct senses.
REMEMBERED_CELLS = 1 << 13
REMEMBERED_SENSES = 64


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """The values of a table in the order of the facts: ``line`` of each and ``place`` in it; ``chosen`` is where it
    stands in a table of columns × lines, told one column after the other."""

    line: Places
    place: Places
    chosen: Places

    @classmethod
    def of(cls, lines: int, numeric: tuple[bool, ...], totals: tuple[int, ...], hard: Iterable[int] = ()) -> Order:
        """Every column in each line but ``hard`` ones; of ``totals`` the ``numeric`` ones: their texts are a label."""
        if not hard and lines * len(numeric) <= REMEMBERED_CELLS:
            return _order(lines, numeric, totals)
        values = np.ones((lines, len(numeric)), dtype=bool)
        values[[*totals]] = numeric
        values[[*hard]] = False
        line, place = np.nonzero(values)
        return cls(line, place, place * lines + line)


@lru_cache(maxsize=64)
def _order(lines: int, numeric: tuple[bool, ...], totals: tuple[int, ...]) -> Order:
    """Returns of a template have the same lines."""
    values = np.ones((lines, len(numeric)), dtype=bool)
    values[[*totals]] = numeric
    line, place = np.nonzero(values)
    return Order(line, place, place * lines + line)


class Loom:
    """Weaves what is said of the cells of a table with so many ``lines``.

    ``together`` are the places in a line of the columns that were read together, all columns of the table in all, and
    ``said`` what each of these says.
    """

    def __init__(self, together: Sequence[list[int]], said: Sequence[PlainColumn], lines: int) -> None:
        self._places = [slice(own[0], own[-1] + 1) if own[-1] - own[0] + 1 == len(own) else own for own in together]
        self._said = said
        self._shape = sum(map(len, together)), lines

    def _woven(self, said: Iterable[Any], dtype: Any) -> npt.NDArray[Any]:
        """One number a cell, column by column."""
        found: npt.NDArray[Any] = np.empty(self._shape, dtype=dtype)
        for places, own in zip(self._places, said, strict=True):
            if isinstance(own, int):
                found[places] = own
            else:
                found[places] = np.asarray(own, dtype=dtype).reshape(-1, self._shape[1])
        return found

    def wholes(self, order: Order) -> Whole:
        """Whole numbers of any size."""
        said = [column.whole for column in self._said]
        try:
            return self._woven(said, np.int64).take(order.chosen)
        except OverflowError:
            return self._woven(said, object).take(order.chosen)

    def shown(self, order: Order) -> tuple[npt.NDArray[np.int32], tuple[str, ...]]:
        """What cells show: the places of their texts in the distinct ones, or the numbers that stand for them."""
        raw = [column.raw for column in self._said]
        texts = chain([""], *(own for own in raw if not isinstance(own, np.ndarray)))
        place = dict(zip(dict.fromkeys(texts), count(), strict=False))
        codes = (
            own
            if isinstance(own, np.ndarray)
            else np.fromiter(map(place.__getitem__, own), dtype=np.int32, count=len(own))
            for own in raw
        )
        return self._woven(codes, np.int32).take(order.chosen), tuple(place)

    def senses(self) -> tuple[npt.NDArray[np.int32], dict[Sense, int]]:
        """The sense of each cell, column by column, as its number."""
        number = {NOTHING: 0}
        told: list[int | npt.NDArray[np.int32]] = []
        for column in self._said:
            own = [number.setdefault(sense, len(number)) for sense in column.senses]
            told.append(own[column.sense] if isinstance(column.sense, int) else np.array(own, np.int32)[column.sense])
        return self._woven(told, np.int32), number


@dataclass(frozen=True, slots=True, eq=False)
class Senses:
    """Some senses, column by column."""

    state: npt.NDArray[np.int8]
    exponent: npt.NDArray[np.int32]
    texts: Mapping[str, Coded]

    @classmethod
    def of(cls, senses: Iterable[Sense]) -> Senses:
        """Returns of a template have the same ones, unless many stand in words."""
        known = tuple(senses)
        return _senses(known) if len(known) <= REMEMBERED_SENSES else _columns(known)


def _columns(senses: tuple[Sense, ...]) -> Senses:
    state, exponent, *texts = zip(*senses, strict=True)
    return Senses(
        np.array(state, dtype=np.int8),
        np.array(exponent, dtype=np.int32),
        {name: Coded.of(own) for name, own in zip(Sense._fields[2:], texts, strict=True)},
    )


_senses = lru_cache(maxsize=256)(_columns)
