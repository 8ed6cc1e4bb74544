"""Columns of a table woven into one column of the facts: line after line, and in each line its cells.

Columns that were read together are one list, one column below the other, or one value for all their cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded, Mask
from reconcile.figures import Whole

T = TypeVar("T")
# What is said of cell after cell.
_MANY = (list, tuple, np.ndarray)

Places = npt.NDArray[np.int64]


class Loom:
    """Weaves what is said of the cells of a table with so many ``lines``.

    ``together`` are the places in a line of the columns that were read together, all columns of the table in all; what
    is said is one list or value for each of them. ``there``: of which of their cells, if not of all. Woven are the
    cells of which ``line`` and ``place`` are given.
    """

    def __init__(
        self, together: Sequence[list[int]], there: Sequence[Mask | None], lines: int, line: Places, place: Places
    ) -> None:
        self._together = [slice(own[0], own[-1] + 1) if own[-1] - own[0] + 1 == len(own) else own for own in together]
        self._there = there
        self._shape = sum(map(len, together)), lines
        self._chosen = place * lines + line

    def woven(self, said: Sequence[Any], dtype: Any, none: Any) -> npt.NDArray[Any]:
        """Numbers, or with the type ``object`` whatever it is; ``none`` for cells of which nothing is said."""
        found: npt.NDArray[Any] = np.empty(self._shape, dtype=dtype)
        for places, there, own in zip(self._together, self._there, said, strict=True):
            if there is not None:
                cells = np.full(len(there), none, dtype=dtype)
                cells[there] = own
                found[places] = cells.reshape(-1, self._shape[1])
            elif isinstance(own, _MANY):
                found[places] = np.asarray(own, dtype=dtype).reshape(-1, self._shape[1])
            else:
                found[places] = own
        return np.take(found, self._chosen)

    def wholes(self, said: Sequence[int | Sequence[int] | Whole]) -> Whole:
        """Whole numbers of any size."""
        try:
            return self.woven(said, np.int64, 0)
        except OverflowError:
            return self.woven(said, object, 0)

    def texts(self, said: Sequence[int | str | Sequence[str]]) -> Coded:
        """Texts, of which few differ; a number stays what it is."""
        place: dict[str, int] = {"": 0}
        codes: list[int | npt.NDArray[np.int32]] = []
        for own in said:
            if isinstance(own, int):
                codes.append(own)
                continue
            for text in (own,) if isinstance(own, str) else dict.fromkeys(own):
                place.setdefault(text, len(place))
            codes.append(
                place[own]
                if isinstance(own, str)
                else np.fromiter(map(place.__getitem__, own), dtype=np.int32, count=len(own))
            )
        if not any(isinstance(own, np.ndarray) or own for own in codes):
            return Coded.same("", len(self._chosen))
        return Coded(self.woven(codes, np.int32, 0), tuple(place))


def each(said: T | Sequence[T], cells: int) -> Sequence[T]:
    """One value a cell."""
    return said if isinstance(said, (list, tuple)) else [said] * cells  # type: ignore[list-item]
