"""How large the box of a note is, in columns and rows of its sheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil

_WIDTH, _LEAST, _MOST = 340, 60, 620  # pixels of a note
_LINE = 17
_PER_LINE = 48  # half-width characters
_DIGIT, _PADDING = 7, 5  # pixels of a digit in the usual faces, and beside a column's text
_TRUE = ("1", "true", "on")


@dataclass(slots=True)
class Measures:
    """Widths and heights in pixels, as far as a sheet states them."""

    width: int = 64
    height: int = 20
    _columns: list[tuple[int, int, int]] = field(default_factory=list)
    _rows: dict[int, int] = field(default_factory=dict)

    def defaults(self, attributes: Mapping[str, str]) -> None:
        self.width = _pixels(attributes.get("defaultColWidth"), _DIGIT, self.width)
        self.height = _pixels(attributes.get("defaultRowHeight"), 4 / 3, self.height)

    def column(self, first: int, last: int, attributes: Mapping[str, str]) -> None:
        hidden = attributes.get("hidden") in _TRUE
        self._columns.append((first, last, 0 if hidden else _pixels(attributes.get("width"), _DIGIT, self.width)))

    def row(self, number: int, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            self._rows[number] = 0
        elif "ht" in attributes:
            self._rows[number] = _pixels(attributes["ht"], 4 / 3, self.height)

    def anchor(self, row: int, column: int, text: str) -> str:
        """The box of a note beside a cell, as VML has it: column, pixels, row, pixels of two corners, from 0."""
        left, top = column, max(row - 2, 0)
        right, over = _go(left, 15 + _WIDTH, self._column_width)
        bottom, below = _go(top, 10 + height_of(text), self._row_height)
        return f"{left}, 15, {top}, 10, {right}, {over}, {bottom}, {below}"

    def _column_width(self, column: int) -> int:
        return next((width for first, last, width in self._columns if first <= column <= last), self.width)

    def _row_height(self, row: int) -> int:
        return self._rows.get(row, self.height)


def height_of(text: str) -> int:
    """Pixels that a note's text takes in height."""
    lines = sum(max(1, ceil(_columns(line) / _PER_LINE)) for line in text.split("\n"))
    return min(max(lines * _LINE + 10, _LEAST), _MOST)


class _Widths(dict[str, int]):
    """Character → half-width columns, found once."""

    def __missing__(self, character: str) -> int:
        width = self[character] = 2 if unicodedata.east_asian_width(character) in "FWA" else 1
        return width


_WIDTHS = _Widths()


def _columns(line: str) -> int:
    return sum(map(_WIDTHS.__getitem__, line))


def _go(start: int, distance: int, size: Callable[[int], int]) -> tuple[int, int]:
    at = start
    # A sheet has a last row; hidden rows without number must not keep us for ever.
    for _ in range(5000):
        step = size(at + 1)
        if distance <= step:
            break
        distance -= step
        at += 1
    return at, distance


def _pixels(stated: str | None, scale: float, otherwise: int) -> int:
    try:
        size = float(stated or "")
    except ValueError:
        return otherwise
    if not 0 <= size < 3000:
        return otherwise
    return round(size * scale) + (_PADDING if scale == _DIGIT and size else 0)
