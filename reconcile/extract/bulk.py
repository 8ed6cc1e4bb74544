"""Records of a table read column by column, where nothing has to be told of them; the others one by one.

A record is plain when each of its cells is: a figure, a text, a blank or a ― that is read without a finding. Whatever
is not plain is left to :class:`~reconcile.extract.values.Reader`, which says the same of plain records, and more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from reconcile.extract.raw import RawRecord, SlotKey, TableCells
from reconcile.extract.values import STATE, Reader, day_as_read, numbered
from reconcile.fact_columns import FACT_FIELDS, FactPart
from reconcile.locate import Grid
from reconcile.normalise import (
    PLAIN,
    Measure,
    Notation,
    fold_key,
    fold_unit,
    parse_format,
    plain_format,
    read_date,
    read_measures,
    shown,
    split_original_target,
)
from reconcile.packs.model import FormField, slot

BLANK, NUMBER, TEXT, NIL = (STATE[name] for name in ("blank", "number", "text", "nil"))


def read_all(reader: Reader, grid: Grid, records: Sequence[RawRecord], entry: int) -> list[str]:
    """Reads the records of a placement, numbered from ``entry`` on; returns their keys."""
    tables = [record.table for record in records if record.table is not None]
    plain = _PlainRecords(reader, tables[0]) if tables else None
    if plain is not None:
        plain.read([r for r in records if r.table is not None and r.level == "record" and not r.told])
    keys: list[str] = []
    for number, record in enumerate(records):
        place = plain.place_of(record) if plain is not None else None
        if plain is not None and place is not None:
            keys.append(plain.keys[place])
            plain.waits(place, entry + number)
            continue
        if plain is not None:
            plain.flush()
        keys.append(reader.read(grid, record, entry + number))
    if plain is not None:
        plain.flush()
    return keys


@dataclass(slots=True)
class _Column:
    """What the plain records say in one slot, one entry a record."""

    raw: list[str]
    state: list[int]
    value: list[Decimal | None] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    problem: list[str] = field(default_factory=list)
    component: list[str] = field(default_factory=list)


class _PlainRecords:
    """The plain records of a table: read together, handed on in runs between the others."""

    def __init__(self, reader: Reader, table: TableCells) -> None:
        self._reader = reader
        self._table = table
        self._fields = [reader.form.fields[name] for name, _, _ in table.slots]
        self._slots = [slot(*key) for key in table.slots]
        self.keys: list[str] = []
        self._groups: list[str] = []
        self._places: dict[int, int] = {}
        self._columns: dict[str, list[object]] = {}
        self._run: list[int] = []
        self._run_entry = 0

    # which records are plain, and what they say

    def read(self, records: Sequence[RawRecord]) -> None:
        numbers = [record.number for record in records]
        entries = [[own[number] for number in numbers] for own in self._table.entries]
        hard: set[int] = set()
        columns: list[_Column] = []
        for key, spec, own in zip(self._table.slots, self._fields, entries, strict=True):
            columns.append(self._figures(key, spec, own, hard) if spec.numeric else self._texts(key, spec, own, hard))
        self._lend_units(columns, hard)
        self._read_keys(columns, len(records))
        self._places = {record.number: at for at, record in enumerate(records) if at not in hard}
        self._interleave(columns, entries, numbers)

    def _figures(self, key: SlotKey, spec: FormField, entries: Sequence[int], hard: set[int]) -> _Column:
        sheet, formats = self._table.grid.sheet, self._table.grid.formats
        notation = self._reader.notation_of(key[0], spec)
        unit = fold_unit(notation.unit) if notation.unit else ""
        formulas, texts, kinds, styles = sheet.formulas, sheet.text, sheet.kind, sheet.style
        plain = {style: plain_format(_format(formats, style)) for style in {styles[at] for at in entries}}
        if unit == "%":
            plain = dict.fromkeys(plain)  # 0.8 in a column of percents is in doubt
        size = len(entries)
        if formulas:
            for number, at in enumerate(entries):
                formula = formulas.get(at)
                if formula is not None and (formula.external or not formula.stored):
                    hard.add(number)
        own = [texts[at] for at in entries]
        if len(plain) == 1 and min(entries, default=-1) >= 0 and {kinds[at] for at in entries} == {"n"}:
            (only,) = plain.values()
            if only is not None and only.holds_all(own):
                raw = [f"{number:,}" for number in map(int, own)] if only.grouped else own
                return _Column(raw, [NUMBER] * size, list(map(Decimal, own)), [unit] * size)
        found = _Column([""] * size, [BLANK] * size, [None] * size, [""] * size)
        known: dict[tuple[str, str, int], tuple[str, Measure] | None] = {}
        for number, at in enumerate(entries):
            if at < 0:
                continue
            kind, text, style = kinds[at], own[number], styles[at]
            simple = plain[style] if kind == "n" else None
            if simple is not None and simple.holds(text):
                found.raw[number], found.state[number] = simple.shown(text), NUMBER
                found.value[number], found.unit[number] = Decimal(text), unit
                continue
            if (kind, text, style) not in known:
                form = _format(formats, style)
                known[kind, text, style] = self._quiet(kind, text, form, spec, key[1], notation)
            read = known[kind, text, style]
            if read is None:
                hard.add(number)
                continue
            raw_text, measure = read
            found.raw[number], found.state[number] = raw_text, STATE[measure.state]
            found.value[number], found.unit[number] = measure.value, measure.unit
            if measure.note or measure.problem or measure.component:
                self._widen(found, size)
                found.note[number], found.problem[number] = measure.note, measure.problem
                found.component[number] = measure.component
        return found

    def _widen(self, column: _Column, size: int) -> None:
        if not column.note:
            column.note, column.problem, column.component = [""] * size, [""] * size, [""] * size

    def _quiet(
        self, kind: str, text: str, number_format: str, spec: FormField, version: str, notation: Notation
    ) -> tuple[str, Measure] | None:
        """What a cell shows and means, if that is one measure of which nothing has to be told."""
        if kind == "e":
            return None
        measures = read_measures(kind, text, number_format, notation)
        (measure, *more) = measures
        if more or measure.changes or measure.doubts or measure.widths:
            return None
        if (
            (measure.state == "text" and not spec.may_be_text(version))
            or (measure.state == "milestone" and spec.type != "measure")
            or (measure.state == "pending" and not spec.may_be_pending(version))
        ):
            return None
        return shown(kind, text, number_format), measure

    def _texts(self, key: SlotKey, spec: FormField, entries: Sequence[int], hard: set[int]) -> _Column:
        sheet, formats = self._table.grid.sheet, self._table.grid.formats
        formulas, texts, kinds, styles = sheet.formulas, sheet.text, sheet.kind, sheet.style
        size = len(entries)
        found = _Column([""] * size, [BLANK] * size)
        bare = {style for style in {styles[at] for at in entries} if parse_format(_format(formats, style)).text is None}
        nil = spec.nil or spec.type == "flag"
        form = self._reader.form
        makes_keys = {*form.key, form.group, *(form.fields[name].instead for name in form.key)}
        keyed = spec.type == "key" or key[0] in makes_keys
        states: dict[str, int] = {}
        for number, at in enumerate(entries):
            if at < 0:
                continue
            kind, text = kinds[at], texts[at]
            stored = text
            if at in formulas and not formulas[at].stored:
                hard.add(number)
            if kind != "s" or styles[at] not in bare:
                code = _format(formats, styles[at])
                # Excel takes the key 1-2 for a date.
                if kind == "e" or (keyed and (kind == "d" or parse_format(code).is_date)):
                    hard.add(number)
                text = shown(kind, text, code)
            if spec.type == "date":
                code = _format(formats, styles[at])
                text = day_as_read(text, read_date(kind, stored, code, self._table.grid.date1904, spec.order))
            state = states.get(text)
            if state is None:
                state = states[text] = self._state_of(text, nil)
            if state != BLANK:
                found.raw[number], found.state[number] = text, state
                if spec.carries and split_original_target(text, spec.carries.marker)[1] is not None:
                    hard.add(number)
        return found

    def _state_of(self, text: str, nil: bool) -> int:
        if not text.strip():
            return BLANK
        return NIL if nil and read_measures("s", text, "", PLAIN)[0].state == "nil" else TEXT

    def _lend_units(self, columns: Sequence[_Column], hard: set[int]) -> None:
        """A column of units states them for the figures of its row that have none of their own."""
        which = next((n for n, spec in enumerate(self._fields) if spec.type == "unit"), None)
        if which is None:
            return
        lent = columns[which].raw
        folded = {text: fold_unit(text) if text.strip() else "" for text in set(lent)}
        for spec, column in zip(self._fields, columns, strict=True):
            if not spec.numeric:
                continue
            for number, text in enumerate(lent):
                if text and column.state[number] == NUMBER and not column.unit[number] and number not in hard:
                    column.unit[number] = folded[text]

    def _read_keys(self, columns: Sequence[_Column], size: int) -> None:
        form = self._reader.form
        texts = {
            name: column.raw
            for (name, version, period), column in zip(self._table.slots, columns, strict=True)
            if not version and not period
        }
        parts: dict[str, list[str]] = {}
        for name in {*form.key, *([form.group] if form.group else [])}:
            parts[name] = self._key_parts(name, texts, size)
        self.keys = ["/".join(part) for part in zip(*(parts[name] for name in form.key), strict=True)]
        groups = parts[form.group] if form.group else [""] * size
        self._groups = groups if form.group_whole else [group.partition("-")[0] for group in groups]

    def _key_parts(self, name: str, texts: dict[str, list[str]], size: int) -> list[str]:
        spec = self._reader.form.fields[name]
        folded = [numbered(spec, fold_key(text)) for text in texts.get(name, ("",) * size)]
        if spec.instead is None or all(folded):
            return folded
        instead = self._key_parts(spec.instead, texts, size)
        return [own or other for own, other in zip(folded, instead, strict=True)]

    # handing on

    def _interleave(self, columns: Sequence[_Column], entries: Sequence[Sequence[int]], numbers: Sequence[int]) -> None:
        """The columns as the facts have them: record after record, in each its slots."""
        table, size, width = self._table, len(numbers), len(columns)
        sheet = table.grid.sheet
        rows = [table.rows[number] for number in numbers]

        def woven(parts: Sequence[Sequence[object]]) -> list[object]:
            return list(chain.from_iterable(zip(*parts, strict=True)))

        blank = [""] * size
        self._columns = {
            "row": woven(
                [[sheet.row[at] if at >= 0 else row for at, row in zip(own, rows, strict=True)] for own in entries]
            ),
            "column": woven(
                [
                    [sheet.column[at] if at >= 0 else column for at in own]
                    for column, own in zip(table.columns, entries, strict=True)
                ]
            ),
            "component": woven([column.component or blank for column in columns]),
            "value": woven([column.value or [None] * size for column in columns]),
            "unit": woven([column.unit or blank for column in columns]),
            "state": woven([column.state for column in columns]),
            "raw": woven([column.raw for column in columns]),
            "note": woven([column.note or blank for column in columns]),
            "problem": woven([column.problem or blank for column in columns]),
            "stored": woven([[at in sheet.formulas for at in own] for own in entries]),
            "record": [key for key in self.keys for _ in range(width)],
            "group": [group for group in self._groups for _ in range(width)],
        }

    def place_of(self, record: RawRecord) -> int | None:
        """Where a record is among the plain ones; None when it is none."""
        return self._places.get(record.number) if record.table is not None else None

    def waits(self, place: int, entry: int) -> None:
        """The record at a place comes next. Runs are handed on together."""
        if self._run and (place != self._run[-1] + 1):
            self.flush()
        if not self._run:
            self._run_entry = entry
        self._run.append(place)

    def flush(self) -> None:
        """Hands the waiting records on to the reader's columns."""
        if not self._run:
            return
        width, count = len(self._table.slots), len(self._run)
        first, last = self._run[0] * width, (self._run[-1] + 1) * width
        size = last - first
        into = self._reader.columns
        made: dict[str, Sequence[object]] = {
            "sheet": [self._table.grid.name] * size,
            "form": [self._reader.form.form] * size,
            "entry": [entry for entry in range(self._run_entry, self._run_entry + count) for _ in range(width)],
            "level": ["record"] * size,
            "slot": [*self._slots] * count,
        }
        parts = (made[name] if name in made else self._columns[name][first:last] for name in FACT_FIELDS)
        into.add(FactPart.of(list(zip(*parts, strict=True))), self._run_entry + count)
        self._run = []


def _format(formats: Sequence[str], style: int) -> str:
    return formats[style] if style < len(formats) else "General"
