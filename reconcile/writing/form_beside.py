"""Two forms printed side by side: the records of one to the right of those of the other, as they were typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from reconcile.facts import Facts
from reconcile.findings import CellRef
from reconcile.packs.model import Form
from reconcile.submissions import Submission
from reconcile.writing.form_columns import Layout, Printed
from reconcile.writing.form_records import Entry, Records, Section


def joined_layout(left: Layout, right: Layout, form: Form) -> Layout:
    """The columns of both forms in one layout; ``form`` is the one on the right."""
    return Layout((*left.columns, *(_own(form, column) for column in right.columns)), left.extra, left.rows)


def _own(form: Form, column: Printed) -> Printed:
    return replace(column, slots=tuple(_name(form, slot) for slot in column.slots), right=True)


def _name(form: Form, slot: str) -> str:
    """The slot of the form on the right, told from that of the same name on the left."""
    return f"{form.form}:{slot}"


def joined(
    left: tuple[Records, Sequence[Section]],
    right: tuple[Records, Sequence[Section]],
    form: Form,
    submissions: Sequence[Submission],
) -> tuple[Records, list[Section]]:
    """The sections of the left form with the records of the right one beside those on whose rows they were typed.

    A record without one on its left stands below the record above it in its return, else at the end of its section.
    One whose cells were merged over the rows of several on its left stands beside all of these.
    """
    facts = left[0].facts
    bottoms = _bottoms(submissions)
    found = {section.group: section for section in left[1]}
    entries = {section.group: [left[0].entry(row) for row in section.rows.tolist()] for section in left[1]}
    for section in right[1]:
        found.setdefault(section.group, section)
        rows = entries.setdefault(section.group, [])
        at = {_row(facts, entry): entry for entry in rows}
        reach: dict[int, int] = {}  # a record on the left → the last row of what stands on its right
        for entry in (_as_right(form, right[0].entry(row)) for row in section.rows.tolist()):
            beside = at.get(_row(facts, entry))
            if beside is not None:
                beside.slots.update(entry.slots)
                beside.twins += entry.twins
                reach[id(beside)] = bottoms(facts.ref(entry.first))
                continue
            file, sheet, row = _row(facts, entry)
            above = [r for f, s, r in at if (f, s) == (file, sheet) and r < row]
            where = rows.index(at[file, sheet, max(above)]) + 1 if above else len(rows)
            rows.insert(where, entry)
            at[file, sheet, row] = entry
            reach[id(entry)] = 0
        _span(facts, rows, reach)
    records = Records.of(facts, [entry for own in entries.values() for entry in own])
    ends = np.cumsum([len(own) for own in entries.values()])
    shares = np.split(records.kept, ends[:-1]) if len(ends) else []
    return records, [replace(found[group], rows=own) for group, own in zip(entries, shares, strict=True)]


def _bottoms(submissions: Sequence[Submission]) -> Callable[[CellRef], int]:
    """How far down the merged range reaches that begins with a cell."""
    areas = {(s.file, sheet): merged for s in submissions for sheet, merged in s.merged.items()}
    known: dict[tuple[str, str], dict[tuple[int, int], int]] = {}

    def bottom(ref: CellRef) -> int:
        where = (ref.file, ref.sheet)
        if where not in known:
            known[where] = {area[:2]: area[2] for area in areas.get(where, ())}
        return known[where].get((ref.row, ref.column), ref.row)

    return bottom


def _span(facts: Facts, rows: Sequence[Entry], reach: Mapping[int, int]) -> None:
    """Beside how many records each one on the right stands: those that follow, as far as it reaches in its return, and
    have nothing on their right."""
    for number, entry in enumerate(rows):
        bottom = reach.get(id(entry), 0)
        while bottom and number + entry.span < len(rows):
            file, sheet, row = _row(facts, rows[number + entry.span])
            below = id(rows[number + entry.span]) not in reach and (file, sheet) == _row(facts, entry)[:2]
            if not below or not _row(facts, entry)[2] < row <= bottom:
                break
            entry.span += 1


def _as_right(form: Form, entry: Entry) -> Entry:
    slots = {_name(form, slot): positions for slot, positions in entry.slots.items()}
    return replace(entry, slots=slots, twins=[_as_right(form, twin) for twin in entry.twins])


def _row(facts: Facts, entry: Entry) -> tuple[str, str, int]:
    ref = facts.ref(entry.first)
    return ref.file, ref.sheet, ref.row
