"""What the three forms share: their words, and one table for all programmes or for each."""

from __future__ import annotations

from collections.abc import Iterator

from making.grid import Cell, Column
from making.model import Form, Record
from making.table import Pen, Words

from .labels import CLOSING_NOTE, NOTES, TITLES, spell
from .layouts import Layout
from .terms import BASES


def pen_for(form: Form, layout: Layout, columns: list[Column], gaps_after: frozenset[str]) -> Pen[Layout]:
    """A pen that has the words of the form."""
    words = Words(TITLES[form.name], NOTES[form.name], CLOSING_NOTE, spell, {"basis": BASES})
    return Pen(form, layout, words, columns, gaps_after)


def programmes_of(form: Form, layout: Layout, pen: Pen[Layout]) -> Iterator[tuple[str, list[Record]]]:
    """The tables to draw: all records, or those of one programme under its own heading ("": all)."""
    if not layout.per_programme:
        yield "", form.records
        return
    last = max(form.groups, key=int)
    for turn, (programme, name) in enumerate(form.groups.items()):
        if turn:
            pen.row += 1
        pen.put(Cell(pen.row, 1, f"施策{programme}　{name}", "heading"))
        pen.row += 1
        yield (
            programme,
            [
                record
                for record in form.records
                # a record of another department's programme stands in the last table
                if record.group == programme or (programme == last and record.group not in form.groups)
            ],
        )
