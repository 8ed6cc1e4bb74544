"""Which rows of some columns repeat one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

import numpy as np

from reconcile.facts import Mask


def first_of_each(*columns: Iterable[Hashable]) -> Mask:
    """For each row whether no row before it says the same in all columns (of equal length)."""
    first: dict[tuple[Hashable, ...], int] = {}
    numbers = [first.setdefault(row, number) == number for number, row in enumerate(zip(*columns, strict=True))]
    return np.array(numbers, dtype=bool)


def said_again(*columns: Iterable[Hashable]) -> Mask:
    """For each row whether another one says the same in all columns (of equal length)."""
    rows = list(zip(*columns, strict=True))
    times = Counter(rows)
    return np.array([times[row] > 1 for row in rows], dtype=bool)
