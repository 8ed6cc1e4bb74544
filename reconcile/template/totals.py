"""Formulas of a template: what the pack's own checks say a total is.

An empty record has empty totals. A total that is not a figure (集計中) may be typed over its formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconcile.findings import column_letters
from reconcile.packs.checks.series import LastValueCheck
from reconcile.packs.checks.sums import PartsCheck
from reconcile.packs.model import Form
from reconcile.template.columns import Columns


def row_formulas(form: Form, columns: Columns, basis: str, top: int) -> dict[tuple[int, int], str]:
    """Row and column → formula, for the totals of a record that begins at a row.

    A check that asks for a basis counts where the register says it; one that does not counts always.
    """
    found: dict[tuple[int, int], str] = {}
    for check in form.checks:
        if not isinstance(check, PartsCheck | LastValueCheck) or (check.basis and basis not in check.basis):
            continue
        total = _cell(columns, check.total, top)
        parts = check.parts if isinstance(check, PartsCheck) else check.series
        cells = [cell for part in parts if (cell := _cell(columns, part, top))]
        if total is None or len(cells) != len(parts) or total in found:
            continue
        # Of a sum over two versions, those of the total's own version say whether there is anything yet.
        version = check.total.split(".")[1]
        own = [_cell(columns, part, top) for part in parts if part.split(".")[1] == version]
        asked = _listed([cell for cell in own if cell] or cells)
        if isinstance(check, PartsCheck):
            found[total] = f'=IF(COUNT({asked})=0,"",SUM({_listed(cells)}))'
        else:
            found[total] = _last(cells)
    return found


def _cell(columns: Columns, slot: str, top: int) -> tuple[int, int] | None:
    place = columns.of_slot(slot)
    return (top + place[1] - 1, place[0]) if place else None


def _last(cells: Sequence[tuple[int, int]]) -> str:
    """The last of some cells that is filled in."""
    formula = '""'
    for cell in cells:
        name = _name(cell)
        formula = f'IF({name}<>"",{name},{formula})'
    return f"={formula}"


def _listed(cells: Sequence[tuple[int, int]]) -> str:
    return ",".join(_name(cell) for cell in cells)


def _name(cell: tuple[int, int]) -> str:
    return f"{column_letters(cell[1])}{cell[0]}"


def column_sum(column: int, rows: Sequence[int]) -> str:
    """A sum over some rows of a column; neighbouring rows as ranges. Empty while nothing is filled in."""
    letters = column_letters(column)
    ranges = ",".join(f"{letters}{a}:{letters}{b}" if a != b else f"{letters}{a}" for a, b in _runs(rows))
    return f'=IF(COUNT({ranges})=0,"",SUM({ranges}))' if ranges else '=""'


def flagged_sum(column: int, flag: int, rows: Sequence[int], mark: str) -> str:
    """A sum over the rows whose flag is set."""
    pairs = [
        f'SUMIF({column_letters(flag)}{a}:{column_letters(flag)}{b},"{mark}",{column_letters(column)}{a}:'
        f"{column_letters(column)}{b})"
        for a, b in _runs(rows)
    ]
    letters = column_letters(column)
    ranges = ",".join(f"{letters}{a}:{letters}{b}" for a, b in _runs(rows))
    return f'=IF(COUNT({ranges})=0,"",{"+".join(pairs)})' if pairs else '=""'


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = -1
    for row in rows:
        if row == last + 1 and first > 0:
            last = row
            continue
        if first > 0:
            yield first, last
        first = last = row
    if first > 0:
        yield first, last
