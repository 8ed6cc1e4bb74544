"""Total rows whose word is missing or mistyped: they have no key, and their figures are the sums of the rows above."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
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
    since, whole = _Above(cells, amounts), _Above(cells, amounts)  # what a subtotal would add up, and a total
    for number, row in enumerate(cells.rows):
        if row in examples:
            continue
        level = levels.get(row)
        if level is None and whole.rows and _has_no_key(cells, keys[number], levels, number):
            parts = {"subtotal": since, "total": whole}
            level = next((kinds[k] for k in parts if k in kinds and parts[k].add_up_to(number)), None)
            if level is not None:
                found[row] = Unworded(row, *_word(cells, number), level)
        if level is None:
            since.rows.append(number)
            whole.rows.append(number)
        elif level.level == "subtotal":
            since = _Above(cells, amounts)
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


class _Above:
    """The ``rows`` above one that may be their total. Their figures are added up as far as a row asks for it, and only
    once, however many rows ask."""

    def __init__(self, cells: TableCells, amounts: Sequence[Sequence[int]]) -> None:
        self._cells, self._amounts = cells, amounts
        self.rows: list[int] = []
        self._sums: list[Decimal | None] = [Decimal(0)] * len(amounts)  # None: one of them is no figure
        self._added = [0] * len(amounts)

    def add_up_to(self, number: int) -> bool:
        """Whether every figure of a row is the sum of theirs, and one of them is not 0."""
        sums = []
        for place, entries in enumerate(self._amounts):
            own = _figure(self._cells, entries[number])
            if own is None or own != self._sum(place):
                return False
            sums.append(own)
        return bool(self.rows) and any(sums)

    def _sum(self, place: int) -> Decimal | None:
        """The sum of one column."""
        for number in self.rows[self._added[place] :]:
            figure, so_far = _figure(self._cells, self._amounts[place][number]), self._sums[place]
            self._sums[place] = None if figure is None or so_far is None else so_far + figure
        self._added[place] = len(self.rows)
        return self._sums[place]


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
