"""Total rows whose word is missing or mistyped: they have no key, and their figures are the sums of the rows above."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal

from reconcile.extract.raw import TableCells, Unworded
from reconcile.normalise import fold_key, fold_label, read_measures, similarity
from reconcile.packs.model import Form, Total

LIKE = 0.6  # how near a text is to the word of a total that was probably meant


def without_key(cells: TableCells, levels: Mapping[int, Total]) -> bool:
    """Whether a row that no word tells has no key, and so may be a total."""
    keys = _keys(cells)
    return keys is None or any(
        row not in levels and _has_no_key(cells, keys[number], levels, number) for number, row in enumerate(cells.rows)
    )


def _keys(cells: TableCells) -> Sequence[int] | None:
    return cells.entries[cells.header.key] if cells.header.key >= 0 else None


def unworded_totals(cells: TableCells, levels: Mapping[int, Total], examples: Container[int]) -> dict[int, Unworded]:
    """Row → the total it is, of the rows that no word tells.

    Every figure of such a row is the sum of those above it: since the subtotal before, or of all. A blank and ― count
    as nothing. Where a part is no figure, or the row has none but zeros, it stays what it says.
    """
    kinds = {total.level: total for total in cells.header.form.totals if total.level != "breakdown"}
    amounts = cells.entries[cells.header.texts :]
    keys = _keys(cells)
    found: dict[int, Unworded] = {}
    if not kinds or not amounts or keys is None:
        return found
    since: list[int] = []  # what a subtotal would add up
    whole: list[int] = []
    for number, row in enumerate(cells.rows):
        if row in examples:
            continue
        level = levels.get(row)
        if level is None and whole and _has_no_key(cells, keys[number], levels, number):
            parts = {"subtotal": since, "total": whole}
            level = next((kinds[k] for k in parts if k in kinds and _adds_up(cells, amounts, number, parts[k])), None)
            if level is not None:
                found[row] = Unworded(row, *_word(cells, number), level)
        if level is None:
            since.append(number)
            whole.append(number)
        elif level.level == "subtotal":
            since = []
    return found


def may_be_unworded(form: Form, keys: Sequence[str]) -> bool:
    """Whether one of some rows below each other, which no word tells, may be a total: ``keys`` are their keys."""
    if all(total.level == "breakdown" for total in form.totals):
        return False
    pattern = form.fields[form.key[-1]].pattern
    if pattern is not None and all(map(re.compile(pattern).fullmatch, keys)):
        return not all(map(str.strip, keys))
    last = len(keys) - 1
    return any(_is_no_key(form, key, number == last) for number, key in enumerate(keys))


def _has_no_key(cells: TableCells, entry: int, levels: Mapping[int, Total], number: int) -> bool:
    """Whether what stands as the row's key is none."""
    last = number + 1 == len(cells.rows) or cells.rows[number + 1] in levels
    return _is_no_key(cells.header.form, cells.grid.sheet.text[entry] if entry >= 0 else "", last)


def _is_no_key(form: Form, key: str, last: bool) -> bool:
    """Whether a key is blank or none; of keys in words, whether the last one is like a total's word."""
    if not key.strip():
        return True
    pattern = form.fields[form.key[-1]].pattern
    if pattern is not None:
        return re.fullmatch(pattern, key) is None and re.fullmatch(pattern, fold_key(key)) is None
    return last and any(similarity(fold_label(key), fold_label(t.label)) >= LIKE for t in form.totals)


def _word(cells: TableCells, number: int) -> tuple[int, str]:
    """The column and text of the first word that the row itself has; without one, where it belongs."""
    sheet, columns, texts = cells.grid.sheet, cells.header.columns, cells.header.texts
    for place in sorted(range(texts), key=lambda n: columns[n]):
        entry = cells.entries[place][number]
        if entry >= 0 and sheet.row[entry] == cells.rows[number] and sheet.text[entry].strip():
            return sheet.column[entry], sheet.text[entry]
    return min(columns[:texts], default=columns[0]), ""


def _adds_up(cells: TableCells, amounts: Sequence[Sequence[int]], number: int, parts: Sequence[int]) -> bool:
    """Whether every figure of a row is the sum of those of some rows, and one of them is not 0."""
    sums = []
    for entries in amounts:
        own = _figure(cells, entries[number])
        if own is None:
            return False
        below = list(_figures(cells, entries, parts))
        if None in below or own != sum(figure for figure in below if figure is not None):
            return False
        sums.append(own)
    return bool(parts) and any(sums)


def _figures(cells: TableCells, entries: Sequence[int], numbers: Sequence[int]) -> Iterator[Decimal | None]:
    return (_figure(cells, entries[number]) for number in numbers)


def _figure(cells: TableCells, entry: int) -> Decimal | None:
    """The figure of a cell; 0 for a blank and ―, None for what is no figure."""
    if entry < 0:
        return Decimal(0)
    sheet = cells.grid.sheet
    measures = read_measures(sheet.kind[entry], sheet.text[entry])
    if len(measures) != 1:
        return None
    state = measures[0].state
    return Decimal(0) if state in ("blank", "nil") else measures[0].value if state == "number" else None
