"""What stands apart below a table without being a record of it: who has filled the form in, a telephone number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reconcile.extract.raw import RawRecord, TableCells
from reconcile.normalise import fold_key


def set_apart(records: list[RawRecord], cells: TableCells) -> list[tuple[int, int]]:
    """Takes the rows off the end of a table's records that a blank row parts from it and that hold no record: none of
    them has a figure, nor a key as the form's are written.

    Returns:
        Row and column of what stands in them.
    """
    last = len(records)
    while last and _is_none(records[last - 1], cells):
        last -= 1
    filled = {*cells.rows}
    for number in range(last, len(records)) if last else ():
        top = records[number].top
        if top - 1 not in filled:
            apart, records[number:] = records[number:], []
            return _standing(apart, cells)
    return []


def _is_none(record: RawRecord, cells: TableCells) -> bool:
    header, number = cells.header, record.number
    spec = header.form.fields[header.form.key[-1]]
    # Of a table of texts whose keys are texts as well nothing tells what is none of it.
    if record.level != "record" or not (header.amounts or spec.pattern):
        return False
    key = fold_key(cells.text(header.key, number)) if header.key >= 0 else ""
    if any(pattern and re.match(pattern, key) for pattern in (spec.pattern, spec.number)):
        return False
    return not any(cells.text(place, number) for place in range(header.texts, len(header.slots)))


def _standing(records: Sequence[RawRecord], cells: TableCells) -> list[tuple[int, int]]:
    return [
        (record.top, column)
        for record in records
        for place, column in enumerate(cells.header.columns)
        if cells.text(place, record.number) and cells.grid.sheet.row[cells.entries[place][record.number]] == record.top
    ]
