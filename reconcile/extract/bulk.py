"""Records of a table read column by column, where nothing has to be told of them; the others one by one.

A record is plain when each of its cells is (:mod:`reconcile.extract.plain_columns`). What all plain records of a table
say becomes one part of the facts.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from reconcile.as_shown import AsShown
from reconcile.coded import Coded, strings
from reconcile.extract.lines import TableLines
from reconcile.extract.plain_columns import NUMBER, HowToRead, PlainColumn, Sense, of_figures, of_texts
from reconcile.extract.raw import RawRecord, Records, SlotKey
from reconcile.extract.values import Reader, key_of_total, numbered
from reconcile.extract.weaving import Loom, Order, Senses
from reconcile.fact_columns import FactPart
from reconcile.figures import Figures
from reconcile.locate import Grid
from reconcile.normalise import fold_key, fold_unit
from reconcile.package import Stretch
from reconcile.packs.model import Form, slot

# Cells of columns that are read together.
TOGETHER = 1 << 14
# Headers of forms of which it is remembered how they are read.
FORMS = 256


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
        chosen = [own[place] for place in places]
        plain = _PlainRecords(reader, TableLines(table, chosen, stretches, lines), chosen)
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
    ``hard`` ones, which are to be read for themselves."""

    def __init__(self, reader: Reader, lines: TableLines, records: Sequence[RawRecord]) -> None:
        self._form, self._lines, self._slots = reader.form, lines, lines.table.slots
        self._levels = ["record"] * len(lines)
        self._totals: list[tuple[int, RawRecord]] = []
        for line, record in zip(lines.of_records, records, strict=True):
            if record.level != "record":
                self._levels[line] = record.level
                self._totals.append((line, record))
        self.hard: set[int] = set()
        # Columns that were read together, and what they say.
        self._together: list[list[int]] = []
        self._said: list[PlainColumn] = []
        self._read(reader)
        self.keys, self._groups = self._read_keys()

    def _read(self, reader: Reader) -> None:
        lines, size = self._lines, len(self._lines)
        self._leave_unread()
        alike: dict[Hashable, list[int]] = {}
        read = _how_to_read(reader, tuple(self._slots), lines.table.grid.date1904)
        for number, (how, looks) in enumerate(zip(read, lines.looks, strict=True)):
            alike.setdefault((id(how), *looks) if None not in looks else number, []).append(number)
        most = max(TOGETHER // size, 1)  # not all texts of a long table at once
        for numbers in alike.values():
            for own in (numbers[begin : begin + most] for begin in range(0, len(numbers), most)):
                hard: set[int] = set()
                self._together.append(own)
                self._said.append(read[own[0]].read(lines.cells(own), hard))
                self.hard.update(place % size for place in hard)

    def _leave_unread(self) -> None:
        """Formulas that have no result of their own are no plain cells."""
        grid = self._lines.table.grid
        if unread := grid.unread_formulas:
            for number, (name, _, _) in enumerate(self._slots):
                numeric = self._form.fields[name].numeric
                self.hard.update(
                    line
                    for line, at in zip(self._lines.of_records, self._lines.entries(number), strict=True)
                    if at in unread and (numeric or not grid.sheet.formulas[at].stored)
                )

    def _lent(self, senses: npt.NDArray[np.int32], number: dict[Sense, int]) -> None:
        """A column of units states them for the figures of its row that have none of their own."""
        fields = [self._form.fields[name] for name, _, _ in self._slots]
        which = next((n for n, spec in enumerate(fields) if spec.type == "unit"), None)
        if which is None:
            return
        texts = self._shown(which)
        bare = [(own, sense) for sense, own in number.items() if sense.state == NUMBER and not sense.unit]
        numeric = np.array([spec.numeric for spec in fields])[:, None]
        for text in set(texts):
            unit = fold_unit(text) if text.strip() else ""
            own = numeric & (np.array(texts, dtype=object) == text)
            for before, sense in bare if unit else ():
                after = number.setdefault(sense._replace(unit=unit), len(number))
                senses[own & (senses == before)] = after

    def _shown(self, number: int) -> list[str]:
        """What the cells of a column show."""
        size = len(self._lines)
        for numbers, column in zip(self._together, self._said, strict=True):
            if number in numbers:
                begin = numbers.index(number) * size
                return column.shown()[begin : begin + size]
        raise AssertionError("every column has been read")

    def _read_keys(self) -> tuple[list[str], list[str]]:
        form, size = self._form, len(self._lines)
        own = {name: number for number, (name, version, period) in enumerate(self._slots) if not version + period}
        parts = {name: self._key_parts(name, own) for name in {*form.key, *([form.group] if form.group else [])}}
        keys = list(map("/".join, zip(*(parts[name] for name in form.key), strict=True)))
        groups = [*parts[form.group]] if form.group else [""] * size
        if not form.group_whole:
            groups = [group.partition("-")[0] for group in groups]
        for line, record in self._totals:
            keys[line], groups[line] = key_of_total(record, groups[line])
        return keys, groups

    def _key_parts(self, name: str, columns: Mapping[str, int]) -> list[str]:
        spec = self._form.fields[name]
        texts = self._shown(columns[name]) if name in columns else [""] * len(self._lines)
        folded = [numbered(spec, fold_key(text)) for text in texts]
        if spec.instead is None or all(folded):
            return folded
        instead = self._key_parts(spec.instead, columns)
        return [own or other for own, other in zip(folded, instead, strict=True)]

    def part(self, entries: npt.NDArray[np.int64]) -> FactPart:
        """What the plain lines say, record after record and in each its slots; ``entries`` number all lines."""
        lines = self._lines
        numeric = tuple([self._form.fields[name].numeric for name, _, _ in self._slots])
        order = Order.of(len(lines), numeric, tuple([line for line, _ in self._totals]), self.hard)
        line, size = order.line, len(order.line)
        loom = Loom(self._together, self._said, len(lines))
        senses, number = loom.senses()
        self._lent(senses, number)
        sense, means = senses.take(order.chosen), Senses.of(number)
        codes, shown = loom.shown(order)
        rows, columns = lines.places(order)

        def of_lines(texts: Sequence[str]) -> Coded:
            column = Coded.of(texts)
            return column.take(line) if len(column.values) > 1 else Coded.same(column.values[0], size)

        def of_cells(column: Coded) -> Coded:
            return (
                Coded(column.codes[sense], column.values)
                if len(column.values) > 1
                else Coded.same(column.values[0], size)
            )

        return FactPart(
            {
                "sheet": Coded.same(lines.table.grid.name, size),
                "form": Coded.same(self._form.form, size),
                "record": of_lines(self.keys),
                "level": of_lines(self._levels) if self._totals else Coded.same("record", size),
                "group": of_lines(self._groups) if any(self._groups) else Coded.same("", size),
                "slot": Coded(order.place.astype(np.int32), _slots(tuple(self._slots))),
                **{name: of_cells(column) for name, column in means.texts.items()},
            },
            {
                "row": rows,
                "column": columns,
                "entry": entries[line],
                "state": means.state[sense],
                "stored": lines.stored().take(order.chosen),
            },
            AsShown(codes, strings(shown), Figures(loom.wholes(order), means.exponent[sense])),
        )


# Forms by their identity, which holds as long as they are here: to compare two takes longer than to read one.
_HOW: dict[tuple[int, tuple[SlotKey, ...], bool], tuple[Form, list[HowToRead]]] = {}


def _how_to_read(reader: Reader, slots: tuple[SlotKey, ...], date1904: bool) -> list[HowToRead]:
    """How the columns of a table are read; all returns of its form ask for the same."""
    form = reader.form
    known = _HOW.get((id(form), slots, date1904))
    if known is not None:
        return known[1]
    makes_keys = {*form.key, form.group, *(form.fields[name].instead for name in form.key)}
    found: list[HowToRead] = []
    for name, version, _ in slots:
        spec = form.fields[name]
        if spec.numeric:
            found.append(of_figures(spec, version, reader.notation_of(spec)))
        else:
            found.append(of_texts(spec, spec.type == "key" or name in makes_keys, date1904))
    if len(_HOW) >= FORMS:
        _HOW.clear()
    _HOW[id(form), slots, date1904] = form, found
    return found


@lru_cache(maxsize=1024)
def _slots(keys: tuple[SlotKey, ...]) -> tuple[str, ...]:
    return tuple(slot(*key) for key in keys)
