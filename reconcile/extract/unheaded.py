"""Sheets that go on with a table of another sheet, without its header: their rows are not read, and that is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reconcile.findings import CellRef, Finding, Involved
from reconcile.locate import Grid, Vocabulary
from reconcile.locate.titles import named_above, named_by_sheet
from reconcile.submissions import FoundForm

# Rows that are filled in as those of the form: instructions and boxes for seals have fewer.
FEWEST_ROWS = 2
FEWEST_COLUMNS = 3


def continued(
    grids: Sequence[Grid], found: Sequence[FoundForm], vocabulary: Vocabulary, file: str
) -> Iterator[Finding]:
    """LAY001 for each sheet on which no form was found, though it is named or titled as one that was found elsewhere
    and rows of it are filled in."""
    tables = list(dict.fromkeys(each.form for each in found if each.form in vocabulary.wanted))
    sheets = {each.sheet for each in found}
    for grid in grids:
        if grid.name in sheets or grid.sheet.visibility != "visible" or not len(grid.sheet):
            continue
        form = named_by_sheet(grid, tables, vocabulary.names)
        form = form or named_above(grid, grid.sheet.row[0] + FEWEST_ROWS, 0, tables, vocabulary.names)
        row = _first_filled(grid, (len(vocabulary.wanted[form]) + 1) // 2) if form else 0
        if row:
            ref = CellRef(file, grid.name, row, min(grid.row_entries(row)))
            yield Finding("LAY001", ref, form=form, variant="unheaded", cells=(Involved(ref, "place"),))


def _first_filled(grid: Grid, columns: int) -> int:
    """The first of the rows in which so many cells are filled; 0 where there are too few of them."""
    filled = Counter(grid.sheet.row)
    rows = sorted(row for row, cells in filled.items() if cells >= max(columns, FEWEST_COLUMNS))
    return rows[0] if len(rows) >= FEWEST_ROWS else 0
