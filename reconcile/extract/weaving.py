"""Columns of a table woven into one column of the facts: line after line, and in each line its cells.

A column of the table is one value a line, or one value for all lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded, strings
from reconcile.figures import Whole

T = TypeVar("T")


def woven(columns: Sequence[Any], lines: int, dtype: Any) -> npt.NDArray[Any]:
    """Numbers."""
    found = np.empty((lines, len(columns)), dtype=dtype)
    found[:] = [0 if isinstance(column, list) else column for column in columns]
    for number, column in enumerate(columns):
        if isinstance(column, list):
            found[:, number] = column
    return found.ravel()


def woven_wholes(columns: Sequence[int | list[int]], lines: int) -> Whole:
    """Whole numbers of any size."""
    try:
        return woven(columns, lines, np.int64)
    except OverflowError:
        return strings([n for line in zip(*(each(column, lines) for column in columns), strict=True) for n in line])


def woven_texts(columns: Sequence[str | list[str]], lines: int) -> Coded:
    """Texts, of which few differ."""
    place: dict[str, int] = {}
    codes = [
        [place.setdefault(text, len(place)) for text in column]
        if isinstance(column, list)
        else place.setdefault(column, len(place))
        for column in columns
    ]
    return Coded(woven(codes, lines, np.int32), tuple(place))


def each(column: T | list[T], lines: int) -> list[T]:
    """One value a line."""
    return column if isinstance(column, list) else [column] * lines
