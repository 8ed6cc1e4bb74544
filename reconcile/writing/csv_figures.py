"""Figures as facts.csv has them: their characters stand flush right in the rows of a table."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from reconcile.package.written_bytes import Table, digits

Whole = npt.NDArray[np.int64]

_MINUS, _POINT, _COMMA, _ZERO = (np.uint8(ord(mark)) for mark in "-.,0")
_GROUP = 3


def decimals(whole: Whole, places: int = 0) -> tuple[Table, Whole]:
    """The figures ``whole`` / 10**``places`` as decimals of so many places, and how many characters each has."""
    size = np.abs(whole)
    plain = digits(size)
    count, wide = plain.shape
    before = max(wide - places, 1)  # at most so many digits stand before the point
    found = np.zeros((count, 1 + before + bool(places) + places), dtype=np.uint8)
    found[:, -wide:] = plain
    if places:
        found[:, -1 - places :] |= _ZERO  # of those that may not be written
        found[:, : -1 - places] = found[:, 1:-places]
        found[:, -1 - places] = _POINT
    sizes = np.maximum(_lengths(size), 1 + places) + bool(places)
    return _signed(found, sizes, whole)


def grouped(whole: Whole) -> tuple[Table, Whole]:
    """Whole numbers with their digits in groups of three: ``1,234``."""
    size = np.abs(whole)
    plain = digits(size)
    count, wide = plain.shape
    groups = -(-wide // _GROUP)
    padded = np.zeros((count, groups * _GROUP), dtype=np.uint8)
    padded[:, -wide:] = plain
    found = np.full((count, 1 + groups * (1 + _GROUP)), _COMMA, dtype=np.uint8)
    found[:, 1:].reshape(count, groups, 1 + _GROUP)[:, :, 1:] = padded.reshape(count, groups, _GROUP)
    lengths = _lengths(size)
    return _signed(found, lengths + (lengths - 1) // _GROUP, whole)


def _signed(found: Table, sizes: Whole, whole: Whole) -> tuple[Table, Whole]:
    """With a minus before those below nought."""
    negative = np.flatnonzero(whole < 0)
    sizes[negative] += 1
    found[negative, found.shape[1] - sizes[negative]] = _MINUS
    return found, sizes


def _lengths(numbers: Whole) -> Whole:
    """How many digits whole numbers have."""
    greatest = int(numbers.max(initial=0))
    small = numbers.astype(np.uint32) if greatest < 1 << 32 else numbers
    found = np.ones(len(numbers), dtype=np.int8)
    for power in range(1, len(str(greatest))):
        found += small >= 10**power
    return found.astype(np.int64)
