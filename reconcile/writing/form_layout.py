"""The columns of a form as the master prints them: those of the document, each as wide as what stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reconcile.facts import BLANK, Facts
from reconcile.packs.model import Form
from reconcile.writing.form_columns import Layout, Printed, layout
from reconcile.writing.form_records import Section
from reconcile.writing.text import width

_FIGURE = (12.0, 24.0)  # least and greatest width, in half-width columns
_HEAD = 18.0  # up to here a heading of figures stays on one line
_KEY = 20.0
_FILLED = 60, 24.0  # what stands once for several records needs less, unless it is long
_LONG = 600, 60.0  # a text of that many half-width characters gets a wide column


def printed_layout(form: Form, found: Sequence[Section], facts: Facts) -> Layout:
    """The columns of a form with these records.

    A column that heads several records (基本方針, 視点) is part of the print even where a template may lack it, as soon
    as a return has it.
    """
    wanted = layout(form)
    names = list(form.fields)
    columns = list(wanted.columns)
    extra: list[Printed] = []
    # The keys of printed labels are the pack's own.
    keys = {part.field for part in (form.lines, form.tables) if part}
    for column in (column for column in wanted.extra if column.field not in keys):
        heads = column.filled and column.kind == "text"
        if not heads or not any(_texts(found, column, facts)):
            extra.append(column)
            continue
        place = names.index(column.field)
        after = [n for n, other in enumerate(columns) if other.field in names and names.index(other.field) > place]
        columns.insert(after[0] if after else len(columns), column)
    return Layout(tuple(_fitted(column, found, facts) for column in columns), tuple(extra), wanted.rows)


def aligned(wanted: Layout) -> Layout:
    """Columns of one field's figures as wide as the widest of them."""
    widest: dict[str, float] = {}
    for column in wanted.columns:
        if column.kind == "figure":
            widest[column.field] = max(widest.get(column.field, 0.0), column.width)
    columns = (replace(c, width=widest[c.field]) if c.kind == "figure" else c for c in wanted.columns)
    return replace(wanted, columns=tuple(columns))


def _fitted(column: Printed, found: Sequence[Section], facts: Facts) -> Printed:
    texts = list(_texts(found, column, facts))
    widest = max(map(width, texts), default=0)
    head = max(width(line) for line in column.head) + 2.0
    if column.kind == "version":
        return column
    if column.kind == "figure":
        least, greatest = _FIGURE
        return replace(column, width=min(max(widest + 4.0, least, min(head, _HEAD)), greatest))
    if column.kind == "key":
        return replace(column, width=min(max(widest + 2.0, column.width), max(_KEY, column.width)))
    longest = max((sum(map(width, text.split("\n"))) for text in texts), default=0)
    room = _LONG[1] if longest > _LONG[0] else column.width
    if column.filled and longest <= _FILLED[0]:
        room = _FILLED[1]
    return replace(column, width=max(min(widest + 2.0, room), min(head, room)))


def _texts(found: Sequence[Section], column: Printed, facts: Facts) -> Iterator[str]:
    """What stands in a column, cell by cell."""
    for section in found:
        for entry in section.entries:
            for slot in column.slots:
                yield from (str(facts.raw[p]).strip() for p in entry.slots.get(slot, ()) if facts.state[p] != BLANK)
