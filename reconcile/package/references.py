"""Cell and range references in A1 style; rows and columns from 1."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .refusal import Refused

ROWS = 1_048_576
COLUMNS = 16_384
# The letters of the columns a sheet has.
COLUMN = "(?:[A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D])"
_CELL = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(r"\$?([A-Za-z]{0,3})\$?([0-9]{0,7})(?::\$?([A-Za-z]{0,3})\$?([0-9]{0,7}))?")


class Range(NamedTuple):
    """A rectangle of cells, its edges included."""

    top: int
    left: int
    bottom: int
    right: int


@lru_cache(maxsize=COLUMNS)
def column_number(letters: str) -> int:
    """`A` → 1, `XFD` → 16384; raises `Refused` (bad_reference) beyond."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    if number > COLUMNS:
        raise Refused("bad_reference", found=letters)
    return number


def parse_cell(reference: str) -> tuple[int, int]:
    """`B3` → (3, 2); raises `Refused` (bad_reference)."""
    match = _CELL.fullmatch(reference)
    if match is None:
        raise Refused("bad_reference", found=reference[:40])
    return row_number(match[2]), column_number(match[1])


def row_number(digits: str) -> int:
    """Raises `Refused` (bad_reference) for what is no row of a sheet."""
    if digits.isascii() and digits.isdigit() and len(digits) <= 7 and 1 <= int(digits) <= ROWS:
        return int(digits)
    raise Refused("bad_reference", found=digits[:40])


def parse_range(reference: str) -> Range:
    """`A1:B2`, `A1`, `A:C` or `1:3`, corners in any order; raises `Refused` (bad_reference)."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        raise Refused("bad_reference", found=reference[:40])
    left, top, right, bottom = match.groups()
    if right is None:
        right, bottom = left, top
    if bool(left) != bool(right) or bool(top) != bool(bottom) or not (left or top):
        raise Refused("bad_reference", found=reference[:40])
    columns = sorted((column_number(left), column_number(right))) if left else [1, COLUMNS]
    rows = sorted((row_number(top), row_number(bottom))) if top else [1, ROWS]
    return Range(rows[0], columns[0], rows[1], columns[1])
