"""Formulas of a template: what the pack's own checks say a total is.

An empty record has empty totals, and one of ― has ―. A total that is not a figure may be typed over its formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from reconcile.findings import column_letters
from reconcile.packs.checks import RunningTotalCheck
from reconcile.packs.checks.hierarchy import LevelsCheck
from reconcile.packs.checks.series import LastValueCheck
from reconcile.packs.checks.sums import PartsCheck
from reconcile.packs.model import Form, slot
from reconcile.template.columns import Columns

Cell = tuple[int, int]  # row, column
Formulas = dict[Cell, str]


def row_formulas(form: Form, columns: Columns, basis: str, top: int) -> Formulas:
    """The totals of a record that begins at a row.

    A check that asks for a basis counts where the register says it; one that does not counts always.
    """
    found: Formulas = {}
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
        asked = [_name(cell) for cell in own if cell] or [_name(cell) for cell in cells]
        if isinstance(check, PartsCheck):
            found[total] = _sum(asked, [_name(cell) for cell in cells])
        else:
            found[total] = _last(cells)
    return found


def level_formulas(
    form: Form, columns: Columns, rows: Mapping[str, int], members: Mapping[str, Sequence[str]]
) -> Formulas:
    """The lines of a matrix that others add up to (BAL003), where all of these stand in the same table.

    ``rows``: key of a line → its row; ``members``: key of a line → the keys of those that add up to it.
    """
    fields = {name for check in form.checks if isinstance(check, LevelsCheck) for name in check.amounts}
    found: Formulas = {}
    for line, row in rows.items():
        parts = [rows[member] for member in members.get(line, ()) if member in rows]
        if parts and len(parts) == len(members[line]):
            for number, column in columns.figures():
                if column.field in fields:
                    found[row, number] = column_sum(number, sorted(parts))
    return found


def running_formulas(form: Form, columns: Columns, records: Mapping[str, int]) -> Formulas:
    """Running totals of a matrix (CUM003): the one before and the increment of the period. ``records``: key → row."""
    found: Formulas = {}
    for check in form.checks:
        if not isinstance(check, RunningTotalCheck):
            continue
        figures = [number for number, column in columns.figures() if column.field == check.amounts]
        for total, increment in check.rows.items():
            if total in records and increment in records:
                # With what the first period begins, the department knows.
                for before, own in pairwise(figures):
                    found[records[total], own] = _carried((records[total], before), (records[increment], own))
        if check.rows:
            continue
        periods = dict.fromkeys(column.period for column in form.fields[check.amounts].columns)
        for row in records.values():
            last: Cell | None = None
            for period in periods:
                own_total = _cell(columns, slot(check.amounts, check.running, period), row)
                own_part = _cell(columns, slot(check.amounts, check.increment, period), row)
                if own_total and own_part:
                    found[own_total] = _carried(last, own_part)
                last = own_total
    return found


def _carried(before: Cell | None, increment: Cell) -> str:
    cells = [increment] if before is None else [before, increment]
    return _sum([_name(increment)], [_name(cell) for cell in cells])


def _sum(asked: Sequence[str], parts: Sequence[str]) -> str:
    """A sum of cells and ranges; where ``asked`` holds no figure, what stands in its first cell: nothing, or ―."""
    first = asked[0].partition(":")[0]
    return f'=IF(COUNT({",".join(asked)})=0,{first}&"",SUM({",".join(parts)}))'


def _cell(columns: Columns, slot: str, top: int) -> Cell | None:
    place = columns.of_slot(slot)
    return (top + place[1] - 1, place[0]) if place else None


def _last(cells: Sequence[Cell]) -> str:
    """The last of some cells that is filled in."""
    formula = '""'
    for cell in cells:
        name = _name(cell)
        formula = f'IF({name}<>"",{name},{formula})'
    return f"={formula}"


def _name(cell: Cell) -> str:
    return f"{column_letters(cell[1])}{cell[0]}"


def column_sum(column: int, rows: Sequence[int]) -> str:
    """A sum over some rows of a column; neighbouring rows as ranges. Empty while nothing is filled in."""
    letters = column_letters(column)
    ranges = [f"{letters}{a}:{letters}{b}" if a != b else f"{letters}{a}" for a, b in runs(rows)]
    return _sum(ranges, ranges) if ranges else '=""'


def flagged_sum(column: int, flag: int, flags: Sequence[int], rows: Sequence[int], mark: str) -> str:
    """A sum over the rows whose flag is set; empty where one of them has another flag as well, for what falls to each
    only the department knows."""
    sums: list[str] = []
    several: list[str] = []
    figures: list[str] = []
    for first, last in runs(rows):
        areas = {n: f"{column_letters(n)}{first}:{column_letters(n)}{last}" for n in (column, *flags)}
        sums.append(f'SUMIF({areas[flag]},"{mark}",{areas[column]})')
        borne = "+".join(f'({areas[n]}="{mark}")' for n in flags)
        several.append(f'SUMPRODUCT(({areas[flag]}="{mark}")*(({borne})>1))')
        figures.append(areas[column])
    if not sums:
        return '=""'
    return f'=IF(OR(COUNT({",".join(figures)})=0,{"+".join(several)}>0),"",{"+".join(sums)})'


def runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rows in order → first and last of each unbroken stretch."""
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
