"""How a value of a finding is written in a sentence: figures, cells, lists, and texts from a return."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from reconcile.findings import CellRef, column_letters

LONGEST = 80
LISTED = 6


def clean(text: str, longest: int = LONGEST) -> str:
    """A text from a return on one line, safe to print.

    Line breaks and runs of spaces become one space. Control characters, terminal escapes and marks that turn
    the direction of writing are named (``<U+202E>``) instead of printed, so that a text cannot repaint the screen or
    look like another one. What is longer than ``longest`` characters ends in ``…``.
    """
    line = " ".join(text[: 4 * longest].split())
    if not line.isprintable():
        line = "".join(c if c.isprintable() or c == "\u3000" else _named(c) for c in line)
    return line if len(line) <= longest and len(text) <= 4 * longest else line[: longest - 1] + "…"


def _named(character: str) -> str:
    # Soft hyphens and joiners are invisible and harmless; they are dropped. Everything else is named.
    if character in "\u00ad\u200b\u200c\u200d\u2060\ufeff":
        return ""
    return f"<U+{ord(character):04X}>" if unicodedata.category(character) != "Zs" else " "


def number(value: Decimal | int, *, signed: bool = False) -> str:
    """``2,500``, ``69.9``, ``-5``; with ``signed`` a plus as well (``+100``)."""
    return (
        format(value, "+,f" if signed else ",f")
        if isinstance(value, Decimal)
        else format(value, "+,d" if signed else ",d")
    )


_FIGURE = re.compile(r"(-?)(\d+)(\.\d+)?([^\d,.\-/:年].*)?")


def as_figure(text: str) -> str:
    """A figure as it was read (``5033千円``) as a person writes it: ``5,033 千円``. Dates and words stay."""
    found = _FIGURE.fullmatch(text)
    if not found:
        return text
    sign, digits, decimals, unit = (part or "" for part in found.groups())
    gap = "" if unit[:1] in ("", "%", "％", " ") else " "
    return f"{sign}{int(digits):,}{decimals}{gap}{unit}"


def written(value: object, near: CellRef, lang: str, *, signed: bool = False) -> str:
    """Any value of ``Finding.data`` as a person reads it; cells are named as seen from the cell ``near``."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return {"ja": ("いいえ", "はい"), "en": ("no", "yes")}[lang][value]
    if isinstance(value, Decimal | int):
        return number(value, signed=signed)
    if isinstance(value, CellRef):
        return _range(value, value, near, lang)
    if isinstance(value, list | tuple):
        return _listed(value, near, lang)
    return clean(str(value))


def _listed(values: Sequence[object], near: CellRef, lang: str) -> str:
    """``D18:E18、F20``: the items joined, neighbouring cells as ranges, rows of them as blocks; of many the first, and
    how many more."""
    parts = list(_joined_cells(values, near, lang))
    comma = "、" if lang == "ja" else ", "
    if len(parts) > LISTED:
        more = len(parts) - LISTED // 2
        parts = [*parts[: LISTED // 2], f"ほか {more} 件" if lang == "ja" else f"{more} more"]
    return comma.join(parts)


class _Block(NamedTuple):
    """Cells from the first to the last, along a row or a column, or over several rows."""

    first: CellRef
    last: CellRef


def _joined_cells(values: Sequence[object], near: CellRef, lang: str) -> Iterator[str]:
    block: _Block | None = None
    for value in _runs(values):
        if isinstance(value, _Block) and block and _is_below(block, value):
            block = _Block(block.first, value.last)
            continue
        if block:
            yield _range(*block, near, lang)
        block = value if isinstance(value, _Block) else None
        if not isinstance(value, _Block):
            yield written(value, near, lang)
    if block:
        yield _range(*block, near, lang)


def _runs(values: Sequence[object]) -> Iterator[object]:
    """The first and the last cell of each run along a row or a column, and what is no cell as it is."""
    first: CellRef | None = None
    last: CellRef | None = None
    for value in values:
        if isinstance(value, CellRef) and first and last and _continues(first, last, value):
            last = value
            continue
        if first and last:
            yield _Block(first, last)
        first = last = value if isinstance(value, CellRef) else None
        if not first:
            yield value
    if first and last:
        yield _Block(first, last)


def _is_below(block: _Block, run: _Block) -> bool:
    """Whether a run along a row is the next row of a block as wide."""
    (begin, end), (first, last) = block, run
    return (
        (begin.file, begin.sheet, begin.column, end.column) == (first.file, first.sheet, first.column, last.column)
        and begin.column < end.column
        and first.row == last.row == end.row + 1
    )


def _continues(first: CellRef, last: CellRef, cell: CellRef) -> bool:
    """Whether ``cell`` is the next one of the row or column that the run has kept to."""
    if (cell.file, cell.sheet) != (last.file, last.sheet) or not cell.row or not cell.column:
        return False
    along_row = first.row == last.row == cell.row and cell.column == last.column + 1
    along_column = first.column == last.column == cell.column and cell.row == last.row + 1
    return along_row or along_column


def _range(first: CellRef, last: CellRef, near: CellRef, lang: str) -> str:
    """A cell or range: ``F18`` on the sheet of ``near``, ``様式1!F18`` on another, with the file in another file."""
    cells = first.a1 or ""
    if first != last:
        cells += f":{column_letters(last.column)}{last.row}"
    same_file = first.file == near.file
    sheet = "" if same_file and first.sheet == near.sheet and cells else clean(first.sheet)
    here = "!".join(part for part in (sheet, cells) if part)
    if same_file and here:
        return here
    quoted = f"「{clean(first.file)}」" if lang == "ja" else f'"{clean(first.file)}"'
    if not here:
        return quoted
    return f"{quoted}の{here}" if lang == "ja" else f"{here} in {quoted}"
