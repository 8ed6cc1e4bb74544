"""The merged records of a form in the order they are printed: section by section, as the registers list them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from reconcile.consolidate import Consolidated
from reconcile.normalise import fold_key
from reconcile.packs.model import Form, Pack


@dataclass(slots=True)
class Entry:
    """A merged record: the positions of its values by slot; a cell with several measures has several.

    ``first`` is the value whose cell tells where the record stands; ``twins`` are the same record with the same values,
    as another department has answered it as well.
    """

    record: str
    group: str
    first: int
    slots: dict[str, list[int]] = field(default_factory=dict)
    twins: list[Entry] = field(default_factory=list)

    def positions(self, slot: str) -> list[int]:
        """Every value that a cell of this slot stands for, those of the twins among them."""
        return [p for entry in (self, *self.twins) for p in entry.slots.get(slot, ())]


@dataclass(slots=True)
class Section:
    """The records of one group under their printed heading; ``above`` heads several sections."""

    group: str
    name: str = ""
    above: tuple[str, str] = ("", "")
    departments: tuple[str, ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    entries: list[Entry] = field(default_factory=list)


def entries(run: Consolidated, form: Form, level: str = "record") -> list[Entry]:
    """The merged records (or total rows) of a form in the order they were read; equal answers of several are one."""
    facts = run.facts
    chosen = np.flatnonzero((facts.form == form.form) & (facts.level == level) & run.accepted)
    found: dict[int, Entry] = {}
    for position in chosen.tolist():
        number = int(facts.entry[position])
        entry = found.get(number)
        if entry is None:
            entry = found[number] = Entry(str(facts.record[position]), str(facts.group[position]), position)
        entry.slots.setdefault(str(facts.slot[position]), []).append(position)
    for entry in found.values() if level == "record" else ():
        # Where a record stands is where its own number does, not the heading or merged cell above it.
        entry.first = entry.slots.get(form.key[-1] if form.key else "", [entry.first])[0]
        if form.tables is not None:
            # Of several tables each is a section, whatever sums are made over.
            entry.group = entry.record.split("/")[form.key.index(form.tables.field)]
    return list(found.values()) if level != "record" else _united(run, form, list(found.values()))


def _united(run: Consolidated, form: Form, found: Sequence[Entry]) -> list[Entry]:
    """Records that several departments answer alike become one with twins; those that differ stand one by one."""
    facts = run.facts
    labels = {part.name for part in (form.lines, form.tables) if part}

    def content(entry: Entry) -> tuple[object, ...]:
        said: list[object] = []
        for slot, positions in entry.slots.items():
            if slot not in labels:
                said += [
                    (slot, int(facts.state[p]), facts.value[p] if facts.value[p] is not None else str(facts.raw[p]))
                    for p in positions
                ]
        return tuple(sorted(said, key=repr))

    several: dict[str, list[Entry]] = {}
    for entry in found:
        several.setdefault(entry.record, []).append(entry)
    kept: list[Entry] = []
    for entry in found:
        same = several[entry.record]
        if len(same) > 1:
            first = next(other for other in same if content(other) == content(entry))
            if first is not entry:
                first.twins.append(entry)
                continue
        kept.append(entry)
    return kept


def sections(run: Consolidated, form: Form) -> list[Section]:
    """The records of a form by section; records of no known section stand at the end, in sections of their own.

    A section the registers know stands there without records too, where its heading is printed.
    """
    order = register_order(run.pack, form)
    found = {section.group: section for section in _known(run.pack, form)}
    records = entries(run, form)
    for entry in sorted(records, key=lambda entry: order.get(entry.record, len(order))):
        found.setdefault(entry.group, Section(entry.group)).entries.append(entry)
    return [section for section in found.values() if section.entries or section.name]


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
