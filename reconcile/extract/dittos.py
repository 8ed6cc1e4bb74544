"""Texts of a table that say: the same as above (〃, 同上)."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.extract.raw import TableCells
from reconcile.normalise import DITTO_BEGINS, is_ditto


def columns_with_dittos(cells: TableCells) -> list[list[int]]:
    """The entries of the columns of prose in which some text says so."""
    return [entries for entries in map(cells.entries.__getitem__, cells.header.prose) if _has_some(cells, entries)]


def _has_some(cells: TableCells, entries: Sequence[int]) -> bool:
    texts = cells.grid.sheet.text
    likely = {texts[entry] for entry in entries if entry >= 0 and texts[entry][:1] in DITTO_BEGINS}
    return any(map(is_ditto, likely))


def spell_out(columns: Sequence[list[int]], cells: TableCells, records: Sequence[int]) -> None:
    """Has the cell above answer for each that says so. ``records`` are those of the table's rows that are records."""
    for entries in columns:
        above = -1
        for number in records:
            if above >= 0 and is_ditto(cells.grid.text(entries[number])):
                entries[number] = above
                cells.elsewhere = True
            above = entries[number]
