"""A total left blank beside totals of the same row that are filled in (FLD001): what it should say can be told."""

from __future__ import annotations

import numpy as np

from reconcile.facts import ABSENT, BLANK, NUMBER, FormTable, Positions
from reconcile.packs.model import Form

TOTALS = ("subtotal", "total", "breakdown")


def totals_due(form: Form, table: FormTable) -> tuple[Positions, Positions]:
    """Positions of the totals that are due, and of those among them that are blank.

    Due are the required figures of a row of totals in which one of them is given: a row that a template prints and
    nobody fills in asks for nothing, and where the row is missing the sums are made here.
    """
    required = form.required_slots()
    slots = [name for name in form.slots() if name in required and form.fields[name.partition(".")[0]].numeric]
    lines: Positions = np.flatnonzero(np.isin(table.level, TOTALS))
    if not slots or not len(lines):
        return lines[:0], lines[:0]
    cells = np.stack([table.at(name)[lines] for name in slots], axis=1)
    states = np.stack([table.state(name)[lines] for name in slots], axis=1)
    due = (states == NUMBER).any(axis=1)[:, None] & (cells != ABSENT)
    return cells[due], cells[due & (states == BLANK)]
