"""The cells of a column on their way to the text of a sheet (ECMA-376 part 1, 18.3.1.4), as tables of bytes.

Nothing is made for a cell alone but formulas that are like no others of their column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded
from reconcile.findings import column_letters

from .written_bytes import MARK, Figures, Piece, Table, beside, digits, either, figures, some, table
from .written_texts import TextTable

# What a cell holds. NONE: there is no such cell.
NONE, BLANK, NUMBER, STRING, FORMULA = range(5)
#: In a formula: the number of the row it stands in.
OWN_ROW = "\0"
_KIND_BITS = 3
_KINDS = (1 << _KIND_BITS) - 1
_HOLDING, _END = (NUMBER, STRING, FORMULA), b"</v></c>"

Looks = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Inserts = dict[tuple[int, int], bytes]  # by row and column, what stands at the mark there


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of one column of a block of rows.

    ``number`` is 1-based; ``look`` says what each cell (or every one) is, see :func:`look`; ``figures`` (results of
    formulas among them), ``texts`` and ``formulas`` (without =, see :data:`OWN_ROW`) have an entry a row where some
    cell is a number, a text or a formula.
    """

    number: int
    look: Looks | int
    figures: Figures | None = None
    texts: Coded | None = None
    formulas: Coded | None = None

    @property
    def held(self) -> bool:
        """Whether there is such a cell in any row."""
        return bool(np.any(kinds(np.asarray(self.look, dtype=np.uint32)) != NONE))


def look(kind: int, style: int = 0) -> int:
    """What a cell holds and the number of its format, as one figure."""
    return style << _KIND_BITS | kind


def kinds(looks: Looks) -> Looks:
    """What the cells of these looks hold."""
    return looks & np.uint32(_KINDS)


class Choice:
    """Texts of which each row has one, by its number."""

    def __init__(self, texts: Sequence[bytes]) -> None:
        self._texts = texts
        self._table = table(texts)

    def of(self, which: npt.NDArray[np.integer] | int) -> Piece:
        if isinstance(which, int):
            return self._texts[which]
        return np.asarray(self._table.take(which, axis=0), dtype=np.uint8)


class Cells:
    """The cells of a column on their way to text."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._looks = column.look
        looks = [column.look] if isinstance(column.look, int) else np.flatnonzero(np.bincount(column.look)).tolist()
        self._place = np.zeros(max(looks) + 1, dtype=np.uint16)  # of a look among those there are
        self._place[looks] = np.arange(len(looks))
        begin = f'<c r="{column_letters(column.number)}'.encode()
        kinds_held = [look & _KINDS for look in looks]
        self._begins = Choice([begin if kind != NONE else b"" for kind in kinds_held])
        self._inside = Choice([_inside(look) for look in looks])
        self._ends = Choice([_END if kind in _HOLDING else b"" for kind in kinds_held])
        self._kinds = np.array(kinds_held, dtype=np.uint8)

    def _which(self, part: slice) -> npt.NDArray[np.uint16] | int:
        """Which of the looks there are the cells have."""
        if isinstance(self._looks, int) or len(self._kinds) == 1:
            return 0
        return np.asarray(self._place[self._looks[part]], dtype=np.uint16)

    def missing(self, part: slice) -> Mask | None:
        """In which rows there is no such cell; None where there is one in all rows."""
        if self._kinds.all():
            return None
        return np.asarray(self._kinds[self._which(part)] == NONE, dtype=bool)

    def pieces(self, part: slice, rows: Table, texts: TextTable, inserts: Inserts) -> list[Piece]:
        """What the cells come to in text; ``rows`` are the numbers of the rows."""
        which = self._which(part)
        kinds = self._kinds[which] if not isinstance(which, int) else np.full(len(rows), self._kinds[0])
        numbers = rows if self._kinds.all() else rows * (kinds != NONE)[:, None]
        held = self._held(Part(part, kinds, rows, texts, inserts))
        return [self._begins.of(which), numbers, self._inside.of(which), *held, self._ends.of(which)]

    def _held(self, part: Part) -> list[Table]:
        """What the cells hold as it is written; nothing where that is nothing."""
        found: Table | None = None
        for kind in np.flatnonzero(np.bincount(part.kinds)).tolist():
            if kind in _HOLDING:
                at = part.kinds == kind
                every = bool(at.all())
                own = self._of_kind(kind, part, slice(None) if every else np.flatnonzero(at))
                if not every:
                    own = either(np.zeros((len(at), 0), dtype=np.uint8) if found is None else found, own, at)
                found = own
        return [] if found is None else [found]

    def _of_kind(self, kind: int, part: Part, at: slice | Numbers) -> Table:
        """What some cells hold that are all of one kind."""
        column, rows = self._column, part.rows
        if kind == STRING and column.texts is not None:
            return digits(part.texts.numbers(column.texts.values, column.texts.codes[rows][at]))
        if kind == NUMBER and column.figures is not None:
            return figures(some(column.figures, rows, at), "%.16G".__mod__)
        if kind == FORMULA and column.formulas is not None and column.figures is not None:
            results = figures(some(column.figures, rows, at), lambda value: str(value).removesuffix(".0"))
            return _formulas(column, part, at, results)
        raise ValueError(f"nothing for the cells of column {column.number}")


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a block: which these are, what the cells of a column hold, the rows' numbers as they are written,
    the table of texts, and what is to be inserted."""

    rows: slice
    kinds: npt.NDArray[np.uint8]
    numbers: Table
    texts: TextTable
    inserts: Inserts


def _formulas(column: Column, part: Part, at: slice | Numbers, results: Table) -> Table:
    """Formulas with their results: those alike but for their row side by side, others at their marks."""
    assert column.formulas is not None
    codes, numbers = column.formulas.codes[part.rows][at], part.numbers[at]
    usual = int(np.bincount(codes).argmax())
    text = _escaped(column.formulas.values[usual]).encode()
    pieces: list[Piece] = [text]
    if OWN_ROW in column.formulas.values[usual]:
        first, *further = text.split(OWN_ROW.encode())
        pieces = [first, *(piece for own in further for piece in (numbers, own))]
    written = np.frombuffer(beside(pieces, len(codes)), dtype=np.uint8).reshape(len(codes), -1)
    others = np.flatnonzero(codes != usual)
    if len(others):
        written[others] = 0
        written[others, 0] = MARK
        places = np.arange(len(part.numbers))[at][others].tolist()
        for place, other, code in zip(places, others.tolist(), codes[others].tolist(), strict=True):
            own = bytes(numbers[other]).replace(b"\0", b"").decode()
            part.inserts[place, column.number] = _escaped(column.formulas.values[code]).replace(OWN_ROW, own).encode()
    joined = beside([written, b"</f><v>", results], len(codes))
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(codes), -1)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _inside(look: int) -> bytes:
    """What stands between the reference of a cell and what it holds."""
    style, kind = look >> _KIND_BITS, look & _KINDS
    if kind == NONE:
        return b""
    style_said = b'" s="%d"' % style if style else b'"'
    return style_said + {BLANK: b"/>", NUMBER: b"><v>", STRING: b' t="s"><v>', FORMULA: b"><f>"}[kind]
