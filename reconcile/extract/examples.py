"""Rows that a template fills in to show how: they are no answers."""

from __future__ import annotations

from reconcile.locate import Placement
from reconcile.normalise import fold_name
from reconcile.packs.model import Form

MARGIN = 2  # columns left of a table in which 「例」 may stand


def example_rows(placement: Placement, form: Form) -> frozenset[int]:
    """The rows of a placement that its form calls examples."""
    examples = form.examples
    if examples is None:
        return frozenset()
    rows = set(range(placement.first, min(placement.first + examples.first - 1, placement.last) + 1))
    words = tuple(fold_name(word) for word in examples.words)
    if words:
        grid, band = placement.grid, placement.band
        only = placement.column(examples.field) if examples.field else None
        for entry in grid.entries_of_rows(placement.first, placement.last):
            column = grid.sheet.column[entry]
            near = band.left - MARGIN <= column <= band.right if only is None else column == only
            if near and fold_name(grid.sheet.text[entry]).startswith(words):
                row = grid.sheet.row[entry]
                merge = grid.merge_at(row, column)
                rows.update(range(row, (merge.bottom if merge else row) + 1))
    return frozenset(rows)
