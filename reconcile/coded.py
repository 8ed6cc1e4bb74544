"""Columns of texts that say the same again and again: one number a text, into the distinct ones.

What compares, counts or groups works on the numbers, which is many times faster than on the texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any, overload

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.signedinteger[Any]]
Mask = npt.NDArray[np.bool_]
Strings = npt.NDArray[np.object_]

_AT_ONCE = 1 << 16  # entries of a long column, where something as long must be made beside it


@dataclass(frozen=True, eq=False)
class Coded:
    """A column of texts: ``codes`` has one entry a text, its place in ``values``.

    They are numbers of two or four bytes: who reckons with them makes larger ones of them first. ``values`` are
    distinct; some may not be in the column, and they come in no order that means anything. A column that says one thing
    only takes no room: all its entries are the same two bytes.
    """

    codes: Codes
    values: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Coded:
        """The column of some texts, its values in order of first appearance."""
        place = defaultdict[str, int](count().__next__)
        codes = np.fromiter(map(place.__getitem__, texts), dtype=np.int32, count=len(texts))
        return cls(codes, tuple(place))

    @classmethod
    def same(cls, text: str, size: int) -> Coded:
        """A column that says one thing only."""
        return cls(_noughts(size), (text,))

    @classmethod
    def joined(cls, parts: Sequence[Coded]) -> Coded:
        """One column of several, one under the other."""
        place: dict[str, int] = {}
        numbers: list[int] = []
        known: dict[tuple[str, ...], int] = {}  # where the numbers of these values begin in ``numbers``
        begins: list[int] = []
        for part in parts:
            begin = known.get(part.values)
            if begin is None:
                begin = known[part.values] = len(numbers)
                numbers += [place.setdefault(text, len(place)) for text in part.values]
            begins.append(begin)
        codes = [part.codes for part in parts]
        sizes = list(map(len, codes))
        if len(place) <= 1:
            return cls(_noughts(sum(sizes)), tuple(place))
        if len(known) == 1:
            return cls(np.concatenate(codes), *known).narrow()
        told = np.array(numbers, dtype=fitting(len(place)))
        if all(len(values) == 1 for values in known):
            return cls(np.repeat(told[begins], sizes), tuple(place))
        return cls(told[np.concatenate(codes) + np.repeat(np.array(begins, dtype=np.int32), sizes)], tuple(place))

    @overload
    def __getitem__(self, places: int | np.integer[Any]) -> str: ...
    @overload
    def __getitem__(self, places: npt.NDArray[np.int64] | Mask | slice) -> Strings: ...
    def __getitem__(self, places: int | np.integer[Any] | npt.NDArray[np.int64] | Mask | slice) -> str | Strings:
        """One of the texts, or an array of some."""
        if isinstance(places, int | np.integer):
            return self.text(int(places))
        return self._values[self.codes[places]]

    def __iter__(self) -> Iterator[str]:
        return map(self.values.__getitem__, self.codes.tolist())

    @cached_property
    def texts(self) -> Strings:
        """The texts themselves."""
        return self._values[self.codes]

    @cached_property
    def present(self) -> tuple[str, ...]:
        """The distinct texts of the column, in order of first appearance."""
        return tuple(self.values[code] for code in in_order_of_appearance(self.codes, len(self.values)).tolist())

    def text(self, place: int) -> str:
        """One of the texts, without making all of them."""
        return self.values[int(self.codes[place])]

    def code(self, text: str) -> int:
        """The number of a text; -1 where the column never says it."""
        return self._place.get(text, -1)

    def says(self, text: str) -> Mask:
        """Where the column says a text."""
        # One text is asked for in most columns: that needs no table of all of them.
        code = self.values.index(text) if text in self.values else -1
        return np.asarray(self.codes == code, dtype=bool)

    def among(self, texts: Iterable[str]) -> Mask:
        """Where the column says one of some texts."""
        wanted = np.zeros(len(self.values) + 1, dtype=bool)
        wanted[[self.code(text) for text in texts]] = True
        wanted[-1] = False  # where -1 leads
        return wanted[self.codes]

    def take(self, places: npt.NDArray[np.int64] | Mask | slice) -> Coded:
        """The column at some places, with the same numbers for the same texts."""
        return Coded(self.codes[places], self.values)

    def repeated(self, counts: Sequence[int]) -> Coded:
        """The column with each text as often as is said of it."""
        if len(self.values) == 1:
            return Coded.same(*self.values, sum(counts))
        return Coded(np.repeat(self.codes, counts), self.values)

    def narrow(self) -> Coded:
        """The same column in as few bytes as its numbers need."""
        return Coded(self.codes.astype(fitting(len(self.values)), copy=False), self.values)

    def map(self, function: Callable[[str], str]) -> Coded:
        """The column of what a function makes of the texts, asked once for each that the column has."""
        used = np.zeros(len(self.values), dtype=bool)
        used[self.codes] = True
        made = Coded.of([function(self.values[code]) for code in np.flatnonzero(used).tolist()])
        codes = np.zeros(len(self.values), dtype=np.int32)
        codes[used] = made.codes
        return Coded(codes[self.codes], made.values)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {text: number for number, text in enumerate(self.values)}

    @cached_property
    def _values(self) -> Strings:
        return strings(self.values)


def in_order_of_appearance(codes: npt.NDArray[np.integer[Any]], size: int) -> npt.NDArray[np.int64]:
    """The numbers below ``size`` that a column has, each once, in the order in which they first come."""
    first = np.full(size, len(codes), dtype=np.int64)
    for begin in reversed(range(0, len(codes), _AT_ONCE)):
        part = codes[begin : begin + _AT_ONCE]
        # Of several the last one given stays.
        first[part[::-1]] = np.arange(begin + len(part) - 1, begin - 1, -1)
    order = np.argsort(first, kind="stable")
    return order[: np.count_nonzero(first < len(codes))]


def places_of_each(codes: npt.NDArray[np.integer[Any]], size: int) -> list[npt.NDArray[np.int64]]:
    """For each number below ``size`` the places where a column has it, rising."""
    ends = np.cumsum(np.bincount(codes, minlength=size))
    return np.split(np.argsort(codes, kind="stable"), ends[:-1]) if size else []


def strings(texts: Sequence[object]) -> Strings:
    """Texts as an array that holds them as they are."""
    array = np.empty(len(texts), dtype=object)
    array[:] = texts
    return array


def fitting(size: int) -> type[np.int16 | np.int32]:
    """The type of numbers below a size."""
    return np.int16 if size <= 1 << 15 else np.int32


def _noughts(size: int) -> Codes:
    return np.ndarray(size, np.int16, _NOUGHT, strides=(0,))


_NOUGHT = bytes(2)
