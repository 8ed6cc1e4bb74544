"""The merged records of a form in the order they are printed: section by section, as the registers list them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded, in_order_of_appearance, places_of_each
from reconcile.consolidate import Consolidated
from reconcile.facts import ABSENT, Facts, Mask, Positions, Strings
from reconcile.normalise import fold_key
from reconcile.packs.model import Form, Pack
from reconcile.writing.form_whose import Whose, told_by


@dataclass(slots=True)
class Entry:
    """A merged record: the positions of its values by slot; a cell with several measures has several.

    ``first`` is the value whose cell tells where the record stands; ``twins`` are the same record with the same values,
    as another department has answered it as well. ``span`` says beside how many records its part on the right stands.
    """

    record: str
    group: str
    first: int
    slots: dict[str, list[int]] = field(default_factory=dict)
    twins: list[Entry] = field(default_factory=list)
    span: int = 1

    def positions(self, slot: str) -> list[int]:
        """Every value that a cell of this slot stands for, those of the twins among them."""
        return [p for entry in (self, *self.twins) for p in entry.slots.get(slot, ())]


@dataclass(slots=True)
class Records:
    """The merged records of a form, or its total rows, as columns: one entry a record, in the order they were read.

    ``slots`` gives for each slot the position of its value in each record, ABSENT where there is none; ``more`` gives,
    by slot and record, the further positions of a cell with several measures. ``kept`` are the records with a row of
    their own; ``twins`` gives for one of them those that say the same, ``spans`` beside how many records the part on
    the right of one stands where they are several.
    """

    facts: Facts
    record: Strings
    group: Strings
    first: Positions
    slots: dict[str, npt.NDArray[np.int32]]
    more: dict[str, dict[int, list[int]]]
    kept: Positions
    twins: dict[int, list[int]] = field(default_factory=dict)
    spans: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.first)

    def at(self, slot: str, rows: Positions) -> Positions:
        """The position of a slot's first value in these records."""
        found = self.slots.get(slot)
        return np.full(len(rows), ABSENT, dtype=np.int64) if found is None else found[rows].astype(np.int64)

    def own(self, slot: str, row: int) -> list[int]:
        """All values of a slot in one record."""
        found = self.slots.get(slot)
        if found is None or found[row] == ABSENT:
            return []
        return [int(found[row]), *self.more.get(slot, {}).get(row, ())]

    def positions(self, slot: str, row: int) -> list[int]:
        """Every value that a cell of this slot stands for, those of the twins among them."""
        return [p for own in (row, *self.twins.get(row, ())) for p in self.own(slot, own)]

    def special(self, slots: Sequence[str]) -> set[int]:
        """The records in which a cell of these slots stands for more than one value."""
        return {row for slot in slots for row in self.more.get(slot, ())} | self.twins.keys()

    def entry(self, row: int) -> Entry:
        """One record by itself."""
        slots = {slot: own for slot in self.slots if (own := self.own(slot, row))}
        twins = [self.entry(twin) for twin in self.twins.get(row, ())]
        return Entry(str(self.record[row]), str(self.group[row]), int(self.first[row]), slots, twins)

    @classmethod
    def of(cls, facts: Facts, entries: Sequence[Entry]) -> Records:
        """Single records as columns."""
        every = [own for entry in entries for own in (entry, *entry.twins)]
        number = {id(entry): n for n, entry in enumerate(every)}
        found = cls(
            facts,
            _strings([entry.record for entry in every]),
            _strings([entry.group for entry in every]),
            np.array([entry.first for entry in every], dtype=np.int64),
            {},
            {},
            np.array([number[id(entry)] for entry in entries], dtype=np.int64),
            {number[id(e)]: [number[id(twin)] for twin in e.twins] for e in entries if e.twins},
            {number[id(e)]: e.span for e in entries if e.span > 1},
        )
        for row, entry in enumerate(every):
            for slot, positions in entry.slots.items():
                own = found.slots.setdefault(slot, np.full(len(every), ABSENT, dtype=np.int32))
                own[row] = positions[0] if positions else ABSENT
                if len(positions) > 1:
                    found.more.setdefault(slot, {})[row] = positions[1:]
        return found


@dataclass(slots=True)
class Section:
    """The records (``rows`` of :class:`Records`) of one group under their printed heading; ``above`` heads several
    sections."""

    group: str
    name: str = ""
    above: tuple[str, str] = ("", "")
    departments: tuple[str, ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    rows: Positions = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


def records(run: Consolidated, form: Form, level: str = "record") -> Records:
    """The merged records (or total rows) of a form in the order they were read; equal answers of several are one."""
    facts = run.facts
    own = np.array([name == form.form for name, _ in facts.measures], dtype=bool)
    chosen = np.flatnonzero(own[facts.measure] & run.accepted) if len(facts) else np.zeros(0, dtype=np.int64)
    chosen = chosen[facts.coded("level").says(level)[chosen]]
    row, starts = _as_they_come(facts.entry[chosen])
    first = chosen[starts]
    record, group = (facts.coded(name).take(first).texts for name in ("record", "group"))
    found = Records(facts, record, group, first, {}, {}, np.arange(len(first)))
    names = [slot for _, slot in facts.measures]
    codes = facts.measure[chosen].astype(np.min_scalar_type(len(names)))
    places = places_of_each(codes, len(names))
    for code in in_order_of_appearance(codes, len(names)).tolist():
        _fill(found, names[code], row[places[code]], chosen[places[code]])
    if level == "record":
        # Where a record stands is where its own number does, not the heading or merged cell above it.
        number = found.at(form.key[-1] if form.key else "", found.kept)
        found.first = np.where(number == ABSENT, first, number)
        if form.tables is not None:
            # Of several tables each is a section, whatever sums are made over.
            part = form.key.index(form.tables.field)
            found.group = _strings([key.split("/")[part] for key in found.record.tolist()])
        if told_by(run.pack, form) is not Whose.PRINTED:  # there each has a record of its own, alike or not
            _unite(found, form)
    return found


def _as_they_come(entries: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.int32], Positions]:
    """For each value the number of its record, in order of first appearance, and where each record appears first."""
    if (entries[1:] >= entries[:-1]).all():  # the values of a record follow each other
        begins = np.ones(len(entries), dtype=bool)
        begins[1:] = entries[1:] != entries[:-1]
        return np.cumsum(begins, dtype=np.int32) - np.int32(1), np.flatnonzero(begins)
    _, starts, inverse = np.unique(entries, return_index=True, return_inverse=True)
    order = np.argsort(starts)
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order))
    return rank[inverse], starts[order]


def _fill(found: Records, slot: str, rows: npt.NDArray[np.int32], positions: Positions) -> None:
    """The values of a slot; the first of a record in front, further ones behind it."""
    into = found.slots[slot] = np.full(len(found), ABSENT, dtype=np.int32)
    into[rows[::-1]] = positions[::-1]
    further = into[rows] != positions
    for row, position in zip(rows[further].tolist(), positions[further].tolist(), strict=True):
        found.more.setdefault(slot, {}).setdefault(row, []).append(position)


def _strings(values: Sequence[str]) -> Strings:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def entries(run: Consolidated, form: Form, level: str = "record") -> list[Entry]:
    """The same, one by one."""
    found = records(run, form, level)
    return [found.entry(row) for row in found.kept.tolist()]


def _unite(found: Records, form: Form) -> None:
    """Records that several departments answer alike become one with twins; those that differ stand one by one."""
    codes = found.facts.coded("record").take(found.first).codes
    repeated: Mask = np.bincount(codes, minlength=1)[codes] > 1
    if not repeated.any():
        return
    labels = {part.name for part in (form.lines, form.tables) if part}
    several: dict[tuple[object, ...], int] = {}
    kept = np.ones(len(found), dtype=bool)
    for row in np.flatnonzero(repeated).tolist():
        said = (str(found.record[row]), *_content(found, row, labels))
        first = several.setdefault(said, row)
        if first != row:
            found.twins.setdefault(first, []).append(row)
            kept[row] = False
    found.kept = np.flatnonzero(kept)


def _content(found: Records, row: int, labels: set[str]) -> tuple[object, ...]:
    """What a record says, printed labels apart."""
    facts = found.facts
    said = [
        (slot, int(facts.state[p]), facts.value[p] if facts.value[p] is not None else str(facts.raw[p]))
        for slot in found.slots
        if slot not in labels
        for p in found.own(slot, row)
    ]
    return tuple(sorted(said, key=repr))


def sections(run: Consolidated, form: Form) -> tuple[Records, list[Section]]:
    """The records of a form by section; records of no known section stand at the end, in sections of their own.

    A section the registers know stands there without records too, where its heading is printed.
    """
    found = records(run, form)
    known = {section.group: section for section in _known(run.pack, form)}
    order = _printed_order(found, register_order(run.pack, form))
    if told_by(run.pack, form) is Whose.PRINTED:
        place = {department.name: number for number, department in enumerate(run.pack.departments)}
        told = run.facts.coded("department")
        places = np.array([place.get(name, len(place)) for name in told.values], dtype=np.int64)
        order = order[np.argsort(places[told.codes[found.first[order]]], kind="stable")]
    return found, grouped(found, known, order)


def grouped(found: Records, known: Mapping[str, Section], order: Positions) -> list[Section]:
    """The records, in the order given, in their sections: those known, then others as they come."""
    told = Coded.of(found.group[order].tolist())
    every = {**known, **{group: Section(group) for group in told.values if group not in known}}
    rows = [order[own] for own in places_of_each(told.codes, len(told.values))]
    for group, own in zip(told.values, rows, strict=True):
        every[group].rows = own
    return [section for section in every.values() if len(section.rows) or section.name]


def _printed_order(found: Records, order: Mapping[str, int]) -> Positions:
    if not order:
        return found.kept
    places = np.array([order.get(record, len(order)) for record in found.record[found.kept].tolist()], dtype=np.int64)
    return found.kept[np.argsort(places, kind="stable")]


def register_order(pack: Pack, form: Form) -> dict[str, int]:
    """Where the register lists a record; a register of groups orders only those."""
    table, link = pack.register_of(form), form.register_link
    if table is None or link is None:
        return {}
    return {fold_key(row[link.key]): number for number, row in enumerate(table.rows)}


def _known(pack: Pack, form: Form) -> Iterator[Section]:
    told = form.sections
    if told is None and form.tables is not None:
        for row in pack.tables[form.tables.file].rows:
            yield Section(fold_key(row[form.tables.key]), row[form.tables.label])
        return
    if told is None:
        # Without sections the register's own groups give the order.
        table, link = pack.register_of(form), form.register_link
        if table is not None and link is not None and link.field is not None and link.field == form.group:
            for row in table.rows:
                yield Section(fold_key(row[link.key]))
        return
    members: dict[str, list[tuple[str, str]]] = {}
    if told.members:
        for row in pack.tables[told.members.file].rows:
            group = fold_key(row[told.members.group])
            members.setdefault(group, []).append((row[told.members.key], row[told.members.name]))
    for row in pack.tables[told.file].rows:
        group = fold_key(row[told.key])
        yield Section(
            group,
            row[told.name],
            (row[told.above.key], row[told.above.name]) if told.above else ("", ""),
            tuple(row[told.departments].split(";")) if told.departments else (),
            tuple(members.get(group, ())),
        )
