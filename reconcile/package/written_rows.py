"""Rows of a sheet as XML, made column by column: the same text XlsxWriter writes for the same cells, one by one.

A row is one format string for the look of its cells, filled with their values; most rows of a table look alike, so few
such strings are made. ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.73 (row).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded, strings
from reconcile.findings import column_letters

from .written_texts import TextTable

# What a cell holds. NONE: there is no such cell.
NONE, BLANK, NUMBER, STRING, FORMULA = range(5)
_KIND_BITS = 3
_AT_ONCE = 2_000  # rows
_USUAL = 20  # pixels of a row without a height of its own
_MARKUP = re.compile("[&<>]")

Looks = npt.NDArray[np.uint32]
Figures = npt.NDArray[np.int64] | npt.NDArray[np.float64]
Strings = npt.NDArray[np.object_]


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
    return looks & np.uint32((1 << _KIND_BITS) - 1)


def formulas(texts: Sequence[str], results: Sequence[object]) -> Strings:
    """Formulas (without =) and their stored results, as cells of kind FORMULA take them."""
    if _MARKUP.search("".join(texts)):
        texts = [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in texts]
    return strings(list(map("%s</f><v>%s".__mod__, zip(texts, results, strict=True))))


def rows(block: Block, texts: TextTable) -> Iterator[tuple[npt.NDArray[np.int64], list[str]]]:
    """The rows with their numbers, some at a time."""
    templates = _Templates(block)
    for start in range(0, len(block.numbers), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        numbers = block.numbers[part]
        written = list(map(str, numbers.tolist()))
        arguments: list[Sequence[object]] = [written]
        if block.heights is not None:
            arguments.append(_heights(block.heights[part]))
        for column in templates.columns:
            arguments += (written, _values(column, part, len(written), texts))
        yield numbers, list(map(operator.mod, templates.of(part, len(written)), zip(*arguments, strict=True)))


class _Templates:
    """The format string of each row of a block. Columns without any cell are left out."""

    def __init__(self, block: Block) -> None:
        self.columns = [c for c in block.columns if not isinstance(c.look, int) or c.look != NONE]
        self._tall = block.heights is not None
        self._varying = [c.look for c in self.columns if not isinstance(c.look, int)]
        self._known: dict[bytes, str] = {}

    def of(self, part: slice, size: int) -> Sequence[str]:
        """One for each row of a part of the block."""
        if not self._varying:
            return [self._template(b"")] * size
        looks = np.stack([look[part] for look in self._varying], axis=1).astype(np.uint32)
        wide, content = looks.shape[1] * 4, looks.tobytes()
        keys = [content[at : at + wide] for at in range(0, size * wide, wide)]
        for key in set(keys) - self._known.keys():
            self._known[key] = self._template(key)
        return list(map(self._known.__getitem__, keys))

    def _template(self, key: bytes) -> str:
        own = iter(np.frombuffer(key, dtype=np.uint32).tolist())
        looks = [c.look if isinstance(c.look, int) else next(own) for c in self.columns]
        cells = "".join(_cell(c.number, look) for c, look in zip(self.columns, looks, strict=True))
        head = f'<row r="%s"{"%s" if self._tall else ""}'
        return f"{head}>{cells}</row>" if any(looks) else f"{head}/>{cells}"


def _cell(column: int, look: int) -> str:
    """The format string of a cell; it takes the row's number and a value, whether or not it shows them."""
    style, kind = look >> _KIND_BITS, look & ((1 << _KIND_BITS) - 1)
    if kind == NONE:
        return "%.0s%.0s"
    head = f'<c r="{column_letters(column)}%s"' + (f' s="{style}"' if style else "")
    if kind == BLANK:
        return f"{head}/>%.0s"
    if kind == STRING:
        return f'{head} t="s"><v>%s</v></c>'
    return f"{head}><v>%s</v></c>" if kind == NUMBER else f"{head}><f>%s</v></c>"


def _values(column: Column, part: slice, size: int, texts: TextTable) -> Sequence[object]:
    """What the cells of a column hold, one a row; whatever is at hand where that is nothing."""
    looks = column.look if isinstance(column.look, int) else column.look[part]
    of = kinds(np.full(size, looks, dtype=np.uint32) if isinstance(looks, int) else looks)
    worded = np.flatnonzero(of == STRING)
    if column.texts is not None and len(worded):
        numbers = texts.numbers(column.texts.values, column.texts.codes[part][worded])
        if len(worded) == size:
            return list(numbers.tolist())
    values = strings(figures(column.figures[part]) if column.figures is not None else [""] * size)
    if column.texts is not None and len(worded):
        values[worded] = numbers
    if column.formulas is not None:
        made = of == FORMULA
        values[made] = column.formulas[part][made]
    found: list[object] = values.tolist()
    return found


def figures(values: Figures) -> list[Any]:
    """Numbers as XlsxWriter writes them: sixteen digits at most, none after the point that say nothing."""
    if values.dtype.kind == "i":
        return list(values.tolist())
    whole = np.mod(values, 1) == 0
    if whole.all() and (np.abs(values) < 2**53).all():
        return list(values.astype(np.int64).tolist())
    return list(map("%.16G".__mod__, values.tolist()))


def _heights(points: npt.NDArray[np.float64]) -> list[str]:
    """The height of each row, in whole pixels as Excel has it, as an attribute; nothing where it is the usual one."""
    pixels = (points * 4.0 / 3.0 + 0.5).astype(np.int64).tolist()
    said = {p: "" if p == _USUAL else f' ht="{p * 0.75:.16g}" customHeight="1"' for p in set(pixels)}
    return list(map(said.__getitem__, pixels))
