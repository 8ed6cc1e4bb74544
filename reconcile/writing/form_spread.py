"""What stands beside several records: one outcome that serves two actions is printed once, over the rows of both."""

from __future__ import annotations

import numpy as np

from reconcile.coded import Coded
from reconcile.package import BLANK, look
from reconcile.writing.form_page import Cells, RecordRows


def spread(rows: RecordRows) -> None:
    """Moves the cells on the right of the records that have them beside several; each over as many rows as records."""
    several = np.flatnonzero(rows.spans > 1).tolist()
    if not several:
        return
    for number, column in enumerate(rows.page.layout.columns, start=1):
        cells = rows.columns.get(number)
        if column.right and cells is not None:
            for at in several:
                _spread(rows, number, cells, at)
            cells.spread = (rows.spans > 1) | rows.covered


def _spread(rows: RecordRows, number: int, cells: Cells, at: int) -> None:
    """The cells of one column beside one record and those below it; of one over all rows of its record, the first."""
    size, span = rows.size, int(rows.spans[at])
    top, bottom = at * size, (at + span) * size
    parts = 1 if cells.merged else size
    high = span * size // parts
    own = np.arange(top, top + parts)
    to = own[0] + np.arange(parts) * high
    looks, texts = cells.looks[own], cells.texts.texts[own].tolist()
    blank = (looks & ~np.uint32(look(0, 1) - 1)) + np.uint32(look(BLANK))
    cells.looks[top:bottom] = np.repeat(blank, high)
    cells.looks[to] = looks
    said = cells.texts.texts.copy()
    said[top:bottom] = ""
    said[to] = texts
    cells.texts = Coded.of(said.tolist())
    if cells.figures is not None:
        cells.figures = figures = cells.figures[:]
        kept = figures[own]
        figures[top:bottom] = 0
        figures[to] = kept
    first = (to - top).tolist()
    rows.merges += [(number, at, step, step + high - 1) for step in first]
