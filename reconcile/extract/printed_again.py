"""Headers that stand once more inside their own table, as on the next page of a print: no table begins there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reconcile.extract.total_words import total_words
from reconcile.locate import Placement
from reconcile.package.references import Range
from reconcile.packs.model import Form


def headers_again(placements: Sequence[Placement], forms: Mapping[str, Form]) -> list[Range]:
    """The rows of a sheet's headers that stand once more, right below a record of their table."""
    found: list[Range] = []
    for number, lower in enumerate(placements):
        above = [upper for upper in placements[:number] if upper.last == lower.band.top - 1]
        if any(_goes_on(upper, lower, forms[lower.band.form]) for upper in above):
            found.append(Range(lower.band.top, 1, lower.first - 1, max(lower.grid.sheet.column)))
    return found


def _goes_on(upper: Placement, lower: Placement, form: Form) -> bool:
    """Whether a table goes on below a header: the same, cell by cell, with nothing between that ends or names one."""
    if upper.band.form != lower.band.form or _said(upper) != _said(lower):
        return False
    grid, last = upper.grid, upper.last
    filled = {grid.sheet.text[entry] for entry in grid.row_entries(last).values() if entry >= 0}
    closed = any(level.level == "total" for level in total_words(form).levels(upper).values())
    return len(filled) > 1 and not closed


def _said(placement: Placement) -> list[tuple[int, int, str]]:
    """What the rows of a header say: row, counted from its first, column and text."""
    sheet, top = placement.grid.sheet, placement.band.top
    entries = placement.grid.entries_of_rows(top, placement.first - 1)
    return [(sheet.row[at] - top, sheet.column[at], text) for at in entries if (text := sheet.text[at].strip())]
