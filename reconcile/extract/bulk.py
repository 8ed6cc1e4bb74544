"""Records of a table read column by column, where nothing has to be told of them; the others one by one.

A record is plain when each of its cells is (:mod:`reconcile.extract.plain_columns`). What the plain records of all
tables say becomes one part of the facts (:mod:`reconcile.extract.weaving`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reconcile.extract.lines import TableLines
from reconcile.extract.plain_tables import PlainTable
from reconcile.extract.raw import RawRecord, Records
from reconcile.extract.values import Reader
from reconcile.locate import Grid
from reconcile.package import Stretch


def read_all(reader: Reader, grid: Grid, records: Records, entry: int) -> list[str] | None:
    """Reads the records of a placement, numbered from ``entry`` on; returns the keys of ``records.records``.

    None where a row of ``records.stretches`` cannot be read with the others of its columns.
    """
    own, stretches = records.records, records.stretches
    numbers, count = _numbers(own, stretches)
    places = [place for place, record in enumerate(own) if record.table is not None and not record.told]
    keys: dict[int, str] = {}
    if places:
        table = own[places[0]].table
        assert table is not None
        lines = numbers if stretches else list(range(len(places)))
        chosen = [own[place] for place in places]
        entries = np.arange(count, dtype=np.int32) if stretches else np.array(places, dtype=np.int32)
        plain = PlainTable(reader.form, TableLines(table, chosen, stretches, lines), chosen, entries + np.int32(entry))
        if not plain.hard.issubset(lines):
            return None
        keys = {place: plain.keys[line] for place, line in zip(places, lines, strict=True) if line not in plain.hard}
        reader.tables.append(plain)
        reader.columns.entries = max(reader.columns.entries, entry + count)
    for place, record in enumerate(own):
        if place not in keys:
            keys[place] = reader.read(grid, record, entry + numbers[place])
    return [keys[place] for place in range(len(own))]


def _numbers(own: Sequence[RawRecord], stretches: Sequence[Stretch]) -> tuple[list[int], int]:
    """Which of all records each of ``own`` is, the rows of stretches between them counted; and how many there are."""
    numbers = list(range(len(own)))
    for stretch in stretches:
        above = sum(record.top < stretch.numbers[0] for record in own)
        numbers[above:] = [number + len(stretch.numbers) for number in numbers[above:]]
    return numbers, len(own) + sum(len(stretch.numbers) for stretch in stretches)
