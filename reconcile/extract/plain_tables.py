"""Tables of which many records are plain: read column by column, before what they say is woven into the facts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reconcile.extract.lines import TableLines
from reconcile.extract.of_fields import key_of_total, numbered
from reconcile.extract.plain_columns import NUMBER, PlainColumn, Sense
from reconcile.extract.raw import RawRecord
from reconcile.extract.table_columns import TableColumns
from reconcile.normalise import fold_key, fold_unit
from reconcile.packs.model import Form

# Cells of columns that are read together.
TOGETHER = 1 << 14


class Frame(NamedTuple):
    """What a table is apart from what its cells say: the same for returns of a template with as many lines.

    ``totals`` are the lines whose texts are their label, each with its level, ``hard`` those that are read one by one.
    """

    sheet: str
    header: TableColumns
    lines: int
    totals: tuple[tuple[int, str], ...]
    hard: frozenset[int]

    @property
    def size(self) -> int:
        """How many cells it has."""
        return self.lines * len(self.header.slots)


class PlainTable:
    """Some records of a table and the rows of its stretches, read column by column: the ``keys``, ``groups`` and
    ``levels`` of all lines, and the ``hard`` ones, which are to be read for themselves.

    ``said`` has what its columns say, those that were read together as one, with their places in a line; ``entries``
    are the numbers of its lines among the records of the return.
    """

    def __init__(
        self, form: Form, lines: TableLines, records: Sequence[RawRecord], entries: npt.NDArray[np.int32]
    ) -> None:
        self._form, self._header = form, lines.table.header
        self.lines, self.entries = lines, entries
        lined = zip(lines.of_records, records, strict=True)
        self._totals = [(line, record) for line, record in lined if record.level != "record"]
        self.hard: set[int] = set()
        self.said: list[tuple[list[int], PlainColumn]] = []
        self._read()
        self.keys, self.groups = self._read_keys()

    @property
    def size(self) -> int:
        """How many cells it has."""
        return len(self.lines) * len(self._header.slots)

    @cached_property
    def frame(self) -> Frame:
        """What it is apart from what its cells say."""
        totals = tuple([(line, record.level) for line, record in self._totals])
        return Frame(self.lines.table.grid.name, self._header, len(self.lines), totals, frozenset(self.hard))

    def _read(self) -> None:
        lines, size = self.lines, len(self.lines)
        self._leave_unread()
        alike: dict[Hashable, list[int]] = {}
        read = self._header.how_to_read(lines.table.grid.date1904)
        for number, (how, looks) in enumerate(zip(read, lines.looks, strict=True)):
            alike.setdefault((id(how), *looks) if None not in looks else number, []).append(number)
        most = max(TOGETHER // size, 1)  # not all texts of a long table at once
        for numbers in alike.values():
            for own in (numbers[begin : begin + most] for begin in range(0, len(numbers), most)):
                hard: set[int] = set()
                self.said.append((own, read[own[0]].read(lines.cells(own), hard)))
                self.hard.update(place % size for place in hard)

    def _leave_unread(self) -> None:
        """Formulas that have no result of their own are no plain cells."""
        grid = self.lines.table.grid
        if unread := grid.unread_formulas:
            for number, numeric in enumerate(self._header.numeric):
                self.hard.update(
                    line
                    for line, at in zip(self.lines.of_records, self.lines.entries(number), strict=True)
                    if at in unread and (numeric or not grid.sheet.formulas[at].stored)
                )

    def lend_units(self, senses: npt.NDArray[np.int32], number: dict[Sense, int]) -> None:
        """A column of units states them for the figures of its row that have none of their own: ``senses`` has the
        number of each cell's sense, column by column."""
        which = self._header.unit
        if which < 0:
            return
        texts = self._shown(which)
        bare = [(own, sense) for sense, own in number.items() if sense.state == NUMBER and not sense.unit]
        numeric = np.array(self._header.numeric)[:, None]
        for text in set(texts):
            unit = fold_unit(text) if text.strip() else ""
            own = numeric & (np.array(texts, dtype=object) == text)
            for before, sense in bare if unit else ():
                after = number.setdefault(sense._replace(unit=unit), len(number))
                senses[own & (senses == before)] = after

    def _shown(self, number: int) -> list[str]:
        """What the cells of a column show."""
        size = len(self.lines)
        for numbers, column in self.said:
            if number in numbers:
                begin = numbers.index(number) * size
                return column.shown()[begin : begin + size]
        raise AssertionError("every column has been read")

    def _read_keys(self) -> tuple[list[str], list[str]]:
        form, size = self._form, len(self.lines)
        parts = {name: self._key_parts(name) for name in {*form.key, *([form.group] if form.group else [])}}
        keys = list(map("/".join, zip(*(parts[name] for name in form.key), strict=True)))
        groups = [*parts[form.group]] if form.group else [""] * size
        if not form.group_whole:
            groups = [group.partition("-")[0] for group in groups]
        for line, record in self._totals:
            keys[line], groups[line] = key_of_total(record.level, record.flag, groups[line])
        return keys, groups

    def _key_parts(self, name: str) -> list[str]:
        spec, columns = self._form.fields[name], self._header.of_keys
        texts = self._shown(columns[name]) if name in columns else [""] * len(self.lines)
        folded = [numbered(spec, fold_key(text)) for text in texts]
        if spec.instead is None or all(folded):
            return folded
        instead = self._key_parts(spec.instead)
        return [own or other for own, other in zip(folded, instead, strict=True)]
