"""The columns of a form as the master prints them: those of the document, each as wide as what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from reconcile.facts import ABSENT, BLANK, Positions
from reconcile.packs.model import Form
from reconcile.writing.form_columns import Layout, Printed, layout
from reconcile.writing.form_records import Records, Section
from reconcile.writing.text import width
from reconcile.writing.widths import bare, longest, widest

_FIGURE = (12.0, 24.0)  # least and greatest width, in half-width columns
_HEAD = 22.0  # up to here a heading of figures stays on one line
_KEY = 20.0
_LEAST = 60.0  # of a whole form, for its title
_FILLED = 60, 24.0  # what stands once for several records needs less, unless it is long
_SHORT = 46.0  # texts up to here stand in one line
_LONG = 600, 60.0  # a text of that many half-width characters gets a wide column


def printed_layout(form: Form, records: Records, found: Sequence[Section]) -> Layout:
    """The columns of a form with these records.

    A column that heads several records (基本方針, 視点) is part of the print even where a template may lack it, as soon
    as a return has it.
    """
    wanted = layout(form)
    rows = np.concatenate([section.rows for section in found]) if found else np.zeros(0, dtype=np.int64)
    names = list(form.fields)
    columns = list(wanted.columns)
    extra: list[Printed] = []
    # The keys of printed labels are the pack's own.
    keys = {part.field for part in (form.lines, form.tables) if part}
    for column in (column for column in wanted.extra if column.field not in keys):
        heads = column.filled and column.kind == "text"
        if not heads or not any(_texts(records, rows, column)):
            extra.append(column)
            continue
        place = names.index(column.field)
        after = [n for n, other in enumerate(columns) if other.field in names and names.index(other.field) > place]
        columns.insert(after[0] if after else len(columns), column)
    return Layout(
        tuple(_fitted(column, _texts(records, rows, column)) for column in columns), tuple(extra), wanted.rows
    )


def aligned(wanted: Layout) -> Layout:
    """Columns of one field's figures as wide as the widest of them; the last one wider where all are narrow."""
    widest: dict[str, float] = {}
    for column in wanted.columns:
        if column.kind == "figure":
            widest[column.field] = max(widest.get(column.field, 0.0), column.width)
    columns = [replace(c, width=widest[c.field]) if c.kind == "figure" else c for c in wanted.columns]
    lacking = _LEAST - sum(column.width for column in columns)
    if lacking > 0:
        columns[-1] = replace(columns[-1], width=columns[-1].width + lacking)
    return replace(wanted, columns=tuple(columns))


def _fitted(column: Printed, texts: Sequence[str]) -> Printed:
    wide = widest(texts)
    head = max(width(line) for line in column.head) + 2.0
    if column.kind == "version":
        return column
    if column.kind == "figure":
        least, greatest = _FIGURE
        return replace(column, width=min(max(wide + 4.0, least, min(head, _HEAD)), greatest))
    if column.kind == "key":
        return replace(column, width=min(max(wide + 2.0, column.width), max(_KEY, column.width)))
    most = longest(texts)
    room = _LONG[1] if most > _LONG[0] else column.width
    if most <= _SHORT:
        room = max(room, most + 2.0)
    if column.filled and most <= _FILLED[0]:
        room = _FILLED[1]
    return replace(column, width=max(min(wide + 2.0, room), min(head, room)))


def _texts(records: Records, rows: Positions, column: Printed) -> list[str]:
    """What stands in the cells of a column: of plain figures those with the most digits."""
    facts = records.facts
    found: list[str] = []
    for slot in column.slots:
        positions = records.at(slot, rows)
        further = [p for own in records.more.get(slot, {}).values() for p in own]
        positions = np.concatenate([positions[positions != ABSENT], np.array(further, dtype=np.int64)])
        found += facts.raw.distinct(positions[facts.state[positions] != BLANK])
    return bare(found)
