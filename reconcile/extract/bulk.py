"""Records of a table read column by column, where nothing has to be told of them; the others one by one.

A record is plain when each of its cells is (:mod:`reconcile.extract.plain_columns`). What all plain records of a table
say becomes one part of the facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from reconcile.as_shown import AsShown
from reconcile.coded import Coded, strings
from reconcile.extract.plain_columns import NUMBER, PlainColumn, read_figures, read_texts
from reconcile.extract.raw import Cells, RawRecord, Records, SlotKey, TableCells
from reconcile.extract.values import Reader, key_of_total, numbered
from reconcile.extract.weaving import each, woven, woven_texts, woven_wholes
from reconcile.fact_columns import FactPart
from reconcile.figures import Figures
from reconcile.locate import Grid
from reconcile.normalise import fold_key, fold_unit
from reconcile.package import Stretch
from reconcile.packs.model import slot


def read_all(reader: Reader, grid: Grid, records: Records, entry: int) -> list[str] | None:
    """Reads the records of a placement, numbered from ``entry`` on; returns the keys of ``records.records``.

    None where a row of ``records.stretches`` cannot be read with the others of its columns.
    """
    own, stretches = records.records, records.stretches
    numbers, count = _numbers(own, stretches)
    places = [place for place, record in enumerate(own) if record.table is not None and not record.told]
    keys: dict[int, str] = {}
    part: FactPart | None = None
    if places:
        table = own[places[0]].table
        assert table is not None
        lines = numbers if stretches else list(range(len(places)))
        plain = _PlainRecords(reader, table, [own[place] for place in places], stretches, lines)
        if not plain.hard.issubset(lines):
            return None
        keys = {place: plain.keys[line] for place, line in zip(places, lines, strict=True) if line not in plain.hard}
        part = plain.part(np.array(range(count) if stretches else places, dtype=np.int64) + entry)
    for place, record in enumerate(own):
        if place not in keys:
            keys[place] = reader.read(grid, record, entry + numbers[place])
    if part is not None and len(part):
        reader.columns.put_among(part, entry + count)
    return [keys[place] for place in range(len(own))]


def _numbers(own: Sequence[RawRecord], stretches: Sequence[Stretch]) -> tuple[list[int], int]:
    """Which of all records each of ``own`` is, the rows of stretches between them counted; and how many there are."""
    numbers = list(range(len(own)))
    for stretch in stretches:
        above = sum(record.top < stretch.numbers[0] for record in own)
        numbers[above:] = [number + len(stretch.numbers) for number in numbers[above:]]
    return numbers, len(own) + sum(len(stretch.numbers) for stretch in stretches)


class _PlainRecords:
    """Some records of a table and the rows of its stretches, read column by column: the ``keys`` of all lines, and the
    ``hard`` ones, which are to be read for themselves. ``lines`` tells which the records are."""

    def __init__(
        self,
        reader: Reader,
        table: TableCells,
        records: Sequence[RawRecord],
        stretches: Sequence[Stretch],
        lines: Sequence[int],
    ) -> None:
        self._form, self._table = reader.form, table
        numbers = [record.number for record in records]
        self._entries = [_chosen(own, numbers) for own in table.entries]
        self._lines = lines
        self._runs: list[slice | Stretch] = []
        self._rows: list[int] = []
        above = 0
        for stretch in stretches:
            here = sum(record.top < stretch.numbers[0] for record in records)
            self._runs += [slice(above, here), stretch]
            self._rows += [*(table.rows[number] for number in numbers[above:here]), *stretch.numbers]
            above = here
        self._runs.append(slice(above, len(records)))
        self._rows += [table.rows[number] for number in numbers[above:]]
        self._levels = ["record"] * len(self._rows)
        for line, record in zip(lines, records, strict=True):
            self._levels[line] = record.level
        self._totals = [(line, record) for line, record in zip(lines, records, strict=True) if record.level != "record"]
        self.hard: set[int] = set()
        self._columns = self._read(reader)
        self._lend_units()
        self.keys, self._groups = self._read_keys()

    def _read(self, reader: Reader) -> list[PlainColumn]:
        form, grid, hard = self._form, self._table.grid, self.hard
        makes_keys = {*form.key, form.group, *(form.fields[name].instead for name in form.key)}
        unread = grid.unread_formulas
        columns = []
        for number, (name, version, _) in enumerate(self._table.slots):
            spec, cells = form.fields[name], self._cells(number)
            if unread:
                hard.update(
                    line
                    for line, at in zip(self._lines, self._entries[number], strict=True)
                    if at in unread and (spec.numeric or not grid.sheet.formulas[at].stored)
                )
            if spec.numeric:
                columns.append(read_figures(cells, grid.formats, spec, version, reader.notation_of(spec), hard))
            else:
                keyed = spec.type == "key" or name in makes_keys
                columns.append(read_texts(cells, grid.formats, grid.date1904, spec, keyed, hard))
        return columns

    def _cells(self, number: int) -> Cells:
        """The cells of a column in all lines."""
        own, column = Cells.of(self._table.grid.sheet, self._entries[number]), self._table.columns[number]
        return Cells.joined(
            [own.cut(run) if isinstance(run, slice) else Cells.of_stretch(run, column) for run in self._runs]
            if len(self._runs) > 1
            else [own]
        )

    def _lend_units(self) -> None:
        """A column of units states them for the figures of its row that have none of their own."""
        fields = [self._form.fields[name] for name, _, _ in self._table.slots]
        which = next((n for n, spec in enumerate(fields) if spec.type == "unit"), None)
        if which is None:
            return
        texts = self._columns[which].raw
        lent = {text: fold_unit(text) if text.strip() else "" for text in set(texts)}
        for spec, column in zip(fields, self._columns, strict=True):
            if spec.numeric:
                states, units = each(column.state, len(texts)), each(column.unit, len(texts))
                column.unit = [
                    unit or (lent[text] if state == NUMBER else "")
                    for text, state, unit in zip(texts, states, units, strict=True)
                ]

    def _read_keys(self) -> tuple[list[str], list[str]]:
        form, size = self._form, len(self._rows)
        texts = {
            name: column.raw
            for (name, version, period), column in zip(self._table.slots, self._columns, strict=True)
            if not version and not period
        }
        parts = {name: self._key_parts(name, texts) for name in {*form.key, *([form.group] if form.group else [])}}
        keys = ["/".join(part) for part in zip(*(parts[name] for name in form.key), strict=True)]
        groups = parts[form.group] if form.group else [""] * size
        if not form.group_whole:
            groups = [group.partition("-")[0] for group in groups]
        for line, record in self._totals:
            keys[line], groups[line] = key_of_total(record, groups[line])
        return keys, groups

    def _key_parts(self, name: str, texts: dict[str, list[str]]) -> list[str]:
        spec = self._form.fields[name]
        folded = [numbered(spec, fold_key(text)) for text in texts.get(name, ("",) * len(self._rows))]
        if spec.instead is None or all(folded):
            return folded
        instead = self._key_parts(spec.instead, texts)
        return [own or other for own, other in zip(folded, instead, strict=True)]

    def part(self, entries: npt.NDArray[np.int64]) -> FactPart:
        """What the plain lines say, record after record and in each its slots; ``entries`` number all lines."""
        table, columns, lines, width = self._table, self._columns, len(self._rows), len(self._columns)
        chosen = self._said()
        line, place = np.divmod(chosen, width)
        rows, places = self._places(line, place, chosen)

        texts = woven_texts([column.raw for column in columns], lines)

        def same(text: str) -> Coded:
            return Coded.same(text, len(chosen))

        def of_lines(texts: Sequence[str]) -> Coded:
            column = Coded.of(texts)
            return column.take(line) if len(column.values) > 1 else same(*column.values)

        def of_cells(texts: Sequence[str | list[str]]) -> Coded:
            return same("") if all(text == "" for text in texts) else woven_texts(texts, lines).take(chosen)

        return FactPart(
            {
                "sheet": same(table.grid.name),
                "form": same(self._form.form),
                "record": of_lines(self.keys),
                "level": of_lines(self._levels),
                "group": of_lines(self._groups),
                "slot": Coded(place.astype(np.int32), _slots(tuple(table.slots))),
                "component": of_cells([column.component for column in columns]),
                "unit": of_cells([column.unit for column in columns]),
                "note": of_cells([column.note for column in columns]),
                "problem": of_cells([column.problem for column in columns]),
            },
            {
                "row": rows,
                "column": places,
                "entry": entries[line],
                "state": woven([column.state for column in columns], lines, np.int8)[chosen],
                "stored": self._stored()[chosen],
            },
            AsShown(
                texts.codes[chosen],
                strings(texts.values),
                Figures(
                    woven_wholes([column.whole for column in columns], lines)[chosen],
                    woven([column.exponent for column in columns], lines, np.int32)[chosen],
                ),
            ),
        )

    def _said(self) -> npt.NDArray[np.int64]:
        """Which cells of the lines are values of theirs, counted through all lines: those of plain lines; the texts of
        a total are its label."""
        said = np.ones((len(self._rows), len(self._columns)), dtype=bool)
        if self._totals:
            said[[line for line, _ in self._totals]] = [
                self._form.fields[name].numeric for name, _, _ in self._table.slots
            ]
        said[list(self.hard)] = False
        return np.flatnonzero(said)

    def _places(
        self, line: npt.NDArray[np.int64], place: npt.NDArray[np.int64], chosen: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Row and column of the chosen cells; where a merged range or a text above answers, those of that."""
        table, lines = self._table, len(self._rows)
        if not table.elsewhere:
            return np.array(self._rows, dtype=np.int32)[line], np.array(table.columns, dtype=np.int32)[place]
        sheet = table.grid.sheet
        rows = [
            [sheet.row[at] if at >= 0 else row for at, row in zip(own, self._rows, strict=True)]
            for own in self._entries
        ]
        places = [
            [sheet.column[at] if at >= 0 else column for at in own]
            for column, own in zip(table.columns, self._entries, strict=True)
        ]
        return woven(rows, lines, np.int32)[chosen], woven(places, lines, np.int32)[chosen]

    def _stored(self) -> npt.NDArray[np.bool_]:
        """Whether a formula holds a cell, of all cells of the lines."""
        formulas = self._table.grid.sheet.formulas
        found = np.zeros((len(self._rows), len(self._entries)), dtype=np.bool_)
        for number, own in enumerate(self._entries):
            if not formulas.keys().isdisjoint(own):
                found[self._lines, number] = [at in formulas for at in own]
        begin = 0
        for run in self._runs:
            if isinstance(run, slice):
                begin += run.stop - run.start
                continue
            with_formula = [n for n, column in enumerate(self._table.columns) if run.has_formula(column)]
            found[begin : begin + len(run.numbers), with_formula] = True
            begin += len(run.numbers)
        return found.ravel()


@lru_cache(maxsize=1024)
def _slots(keys: tuple[SlotKey, ...]) -> tuple[str, ...]:
    return tuple(slot(*key) for key in keys)


def _chosen(entries: list[int], numbers: Sequence[int]) -> list[int]:
    if len(numbers) == len(entries):
        return entries
    return [entries[number] for number in numbers]
