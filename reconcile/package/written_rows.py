"""Rows of a sheet as XML, made column by column: the same text XlsxWriter writes for the same cells, one by one.

The rows are a table of bytes in which every piece of a cell has its place; what is not filled is left out at the end,
of all rows at once. ECMA-376 part 1, 18.3.1.73.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .written_bytes import MARK, Piece, beside, digits, packed
from .written_cells import Cells, Choice, Column, Inserts, Mask, Numbers
from .written_texts import TextTable

_AT_ONCE = 2_000  # rows; texts are numbered in the order in which they come in so many, column by column
_USUAL = 20  # pixels of a row without a height of its own
_ROW, _ROW_END = Choice([b'">', b'"/>']), Choice([b"</row>", b""])

Between = Callable[[Numbers], Sequence[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a sheet: their ``numbers`` (1-based, ascending), their ``heights`` in points (None: as usual)."""

    numbers: Numbers
    columns: Sequence[Column]
    heights: npt.NDArray[np.float64] | None = None


def rows(block: Block, texts: TextTable, between: Between) -> Iterator[bytes | bytearray]:
    """The rows as they are written, some at a time. ``between`` is asked for each of these parts, by the numbers of its
    rows: what stands before a row, by its place among them."""
    cells = [Cells(column) for column in block.columns if column.held]
    pixels = None if block.heights is None else (block.heights * 4.0 / 3.0 + 0.5).astype(np.int16)
    heights = None if pixels is None else _heights(int(pixels.max(initial=0)))
    for start in range(0, len(block.numbers), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        numbers = block.numbers[part]
        written = digits(numbers)
        inserts: Inserts = {}
        before = between(numbers)
        pieces: list[Piece] = []
        if before:
            marks = np.zeros((len(numbers), 1), dtype=np.uint8)
            for place, text in before:
                marks[place] = MARK
                inserts[place, 0] = inserts.get((place, 0), b"") + text.encode()
            pieces.append(marks)
        pieces += [b'<row r="', written]
        if heights is not None and pixels is not None:
            pieces.append(heights.of(pixels[part]))
        empty = _empty([cell.missing(part) for cell in cells], len(numbers))
        pieces.append(_ROW.of(empty))
        for cell in cells:
            pieces += cell.pieces(part, written, texts, inserts)
        pieces.append(_ROW_END.of(empty))
        yield _inserted(packed(beside(pieces, len(numbers))), inserts)


def _inserted(written: bytearray, inserts: Inserts) -> bytes | bytearray:
    """What was marked in its place."""
    if not inserts:
        return written
    found = written.split(bytes((MARK,)))
    pieces: list[bytes | bytearray] = [b""] * (2 * len(found) - 1)
    pieces[::2] = found
    pieces[1::2] = [inserts[place] for place in sorted(inserts)]
    return b"".join(pieces)


def _empty(missing: Sequence[Mask | None], size: int) -> npt.NDArray[np.int8] | int:
    """Which rows are without any cell: 0 or 1, for each or for all of them."""
    held = [cells for cells in missing if cells is not None]
    if len(held) < len(missing):
        return 0
    found = np.logical_and.reduce(held) if held else np.ones(size, dtype=bool)
    return np.asarray(found, dtype=np.int8) if found.any() else 0


def _heights(greatest: int) -> Choice:
    """By whole pixels, as Excel has it, the height of a row as an attribute behind the row's number; nothing where it
    is the usual one."""
    told = (f'" ht="{p * 0.75:.16g}" customHeight="1' if p != _USUAL else "" for p in range(greatest + 1))
    return Choice([text.encode() for text in told])
