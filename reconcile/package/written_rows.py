"""Rows of a sheet as XML, made column by column: the same text XlsxWriter writes for the same cells, one by one.

The rows are a table of pieces of text, put together at the end; of the pieces of a cell only its value is made for it
alone. ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.73 (row).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded, by_rows, strings
from reconcile.findings import column_letters

from .written_texts import TextTable

# What a cell holds. NONE: there is no such cell.
NONE, BLANK, NUMBER, STRING, FORMULA = range(5)
_KIND_BITS = 3
_KINDS = (1 << _KIND_BITS) - 1
_HOLDING, _END = (NUMBER, STRING, FORMULA), "</v></c>"
_AT_ONCE = 2_000  # rows
_USUAL = 20  # pixels of a row without a height of its own
_MARKUP = re.compile("[&<>]")

Looks = npt.NDArray[np.uint32]
Figures = npt.NDArray[np.int64] | npt.NDArray[np.float64]
Strings = npt.NDArray[np.object_]
Piece = str | list[str] | Strings  # of every row; the same in all of them, or one a row


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of one column of a block of rows.

    ``number`` is 1-based; ``look`` says what each cell (or every one) is, see :func:`look`; ``figures``, ``texts`` and
    ``formulas`` (:func:`formulas`) have an entry a row where some cell is a number, a text or a formula.
    """

    number: int
    look: Looks | int
    figures: Figures | None = None
    texts: Coded | None = None
    formulas: Strings | None = None

    @property
    def held(self) -> bool:
        """Whether there is such a cell in any row."""
        return bool(np.any(kinds(np.asarray(self.look, dtype=np.uint32)) != NONE))


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a sheet: their ``numbers`` (1-based, ascending), their ``heights`` in points (None: as usual)."""

    numbers: npt.NDArray[np.int64]
    columns: Sequence[Column]
    heights: npt.NDArray[np.float64] | None = None


def look(kind: int, style: int = 0) -> int:
    """What a cell holds and the number of its format, as one figure."""
    return style << _KIND_BITS | kind


def kinds(looks: Looks) -> Looks:
    """What the cells of these looks hold."""
    return looks & np.uint32(_KINDS)


def formulas(texts: Sequence[str], results: Sequence[object]) -> Strings:
    """Formulas (without =) and their stored results, as cells of kind FORMULA take them."""
    if _MARKUP.search("".join(texts)):
        texts = [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in texts]
    return strings(list(map("%s</f><v>%s".__mod__, zip(texts, results, strict=True))))


def rows(block: Block, texts: TextTable) -> Iterator[tuple[npt.NDArray[np.int64], Rows]]:
    """The rows with their numbers, some at a time."""
    cells = [_Cells(column) for column in block.columns if column.held]
    for start in range(0, len(block.numbers), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        numbers = block.numbers[part]
        written = list(map(str, numbers.tolist()))
        pieces: list[Piece] = ['<row r="', written]
        if block.heights is not None:
            pieces.append(_heights(block.heights[part]))
        empty = _empty([cell.missing(part) for cell in cells])
        pieces.append(_either('">', '"/>', empty))
        for cell in cells:
            pieces += cell.pieces(part, written, texts)
        pieces.append(_either("</row>", "", empty))
        yield numbers, Rows(pieces, len(written))


def _empty(missing: Sequence[npt.NDArray[np.bool_] | None]) -> npt.NDArray[np.bool_] | bool:
    """Which rows are without any cell; True or False for all of them."""
    held = [cells for cells in missing if cells is not None]
    if len(held) < len(missing):
        return False
    return np.asarray(np.logical_and.reduce(held), dtype=bool) if held else True


def _either(piece: str, other: str, where: npt.NDArray[np.bool_] | bool) -> str | Strings:
    """A piece of each row, another one in some of them."""
    if isinstance(where, bool):
        return other if where else piece
    return np.asarray(strings([piece, other])[where.astype(np.int8)], dtype=object)


def _distinct(looks: Looks | int) -> tuple[list[int], npt.NDArray[np.int64]]:
    """The looks there are, and which of them each cell has (nothing of one look that all have)."""
    if isinstance(looks, int):
        return [looks], np.zeros(0, dtype=np.int64)
    found = np.flatnonzero(np.bincount(looks))
    place = np.zeros(int(looks.max()) + 1, dtype=np.int64)
    place[found] = np.arange(len(found))
    return found.tolist(), place[looks]


class Rows:
    """Some rows as columns of pieces of text; a piece that is the same in every row stands once."""

    def __init__(self, pieces: Iterable[Piece], size: int) -> None:
        columns: list[Piece] = []
        for piece in pieces:
            before = columns[-1] if columns else None
            if isinstance(piece, str) and isinstance(before, str):
                columns[-1] = before + piece
            else:
                columns.append(piece)
        self._width = len(columns)
        self._pieces = by_rows(columns, size)

    def together(self) -> str:
        """All rows."""
        return "".join(self._pieces)

    def each(self) -> list[str]:
        """The rows one by one."""
        starts = range(0, len(self._pieces), self._width)
        return ["".join(self._pieces[start : start + self._width]) for start in starts]


class _Cells:
    """The cells of a column on their way to text."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._distinct, self._which = _distinct(column.look)
        begin = f'<c r="{column_letters(column.number)}'
        self._begins = strings([begin if look != NONE else "" for look in self._distinct])
        self._inside = strings([_inside(look) for look in self._distinct])
        self._ends = strings([_END if (look & _KINDS) in _HOLDING else "" for look in self._distinct])
        self._kinds = np.array(self._distinct, dtype=np.uint32) & np.uint32(_KINDS)

    def missing(self, part: slice) -> npt.NDArray[np.bool_] | None:
        """In which rows there is no such cell; None where there is one in all rows."""
        if self._kinds.all():
            return None
        return np.asarray(self._kinds[self._which[part]] == NONE, dtype=bool)

    def pieces(self, part: slice, rows: list[str], texts: TextTable) -> list[Piece]:
        """What the cells come to in text; ``rows`` are the numbers of the rows."""
        if len(self._distinct) == 1:
            kind = int(self._kinds[0])
            held = (self._of_kind(kind, part, slice(None), texts), _END) if kind in _HOLDING else ()
            return [self._begins[0], rows, self._inside[0], *held]
        which = self._which[part]
        kinds = self._kinds[which]
        numbers: Piece = rows if self._kinds.all() else np.where(kinds == NONE, "", strings(rows))
        return [self._begins[which], numbers, self._inside[which], self._held(part, kinds, texts), self._ends[which]]

    def _held(self, part: slice, kinds: Looks, texts: TextTable) -> Strings:
        """What the cells hold as it is written; nothing where that is nothing."""
        present = np.flatnonzero(np.bincount(kinds)).tolist()
        if len(present) == 1 and present[0] in _HOLDING:
            return self._of_kind(present[0], part, slice(None), texts)
        found = np.full(len(kinds), "", dtype=object)
        for kind in present:
            if kind in _HOLDING:
                at = np.flatnonzero(kinds == kind)
                found[at] = self._of_kind(kind, part, at, texts)
        return found

    def _of_kind(self, kind: int, part: slice, at: slice | npt.NDArray[np.int64], texts: TextTable) -> Strings:
        """What some cells hold that are all of one kind."""
        column = self._column
        if kind == STRING and column.texts is not None:
            return texts.numbers(column.texts.values, column.texts.codes[part][at])
        if kind == FORMULA and column.formulas is not None:
            return np.asarray(column.formulas[part][at], dtype=object)
        if kind == NUMBER and column.figures is not None:
            return strings(list(map(str, figures(column.figures[part][at]))))
        raise ValueError(f"nothing for the cells of column {column.number}")


def _inside(look: int) -> str:
    """What stands between the reference of a cell and what it holds."""
    style, kind = look >> _KIND_BITS, look & _KINDS
    if kind == NONE:
        return ""
    style_said = f'" s="{style}"' if style else '"'
    return style_said + {BLANK: "/>", NUMBER: "><v>", STRING: ' t="s"><v>', FORMULA: "><f>"}[kind]


def figures(values: Figures) -> list[Any]:
    """Numbers as XlsxWriter writes them: sixteen digits at most, none after the point that say nothing."""
    if values.dtype.kind == "i":
        return list(values.tolist())
    whole = np.mod(values, 1) == 0
    if whole.all() and (np.abs(values) < 2**53).all():
        return list(values.astype(np.int64).tolist())
    return list(map("%.16G".__mod__, values.tolist()))


def _heights(points: npt.NDArray[np.float64]) -> Strings:
    """The height of each row, in whole pixels as Excel has it, as an attribute behind the row's number; nothing where
    it is the usual one."""
    pixels = (points * 4.0 / 3.0 + 0.5).astype(np.int64)
    told = ["" if p == _USUAL else f'" ht="{p * 0.75:.16g}" customHeight="1' for p in range(int(pixels.max()) + 1)]
    return np.asarray(strings(told)[pixels], dtype=object)
