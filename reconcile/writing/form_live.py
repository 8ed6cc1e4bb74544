"""Totals as live formulas: every stated total that its parts make exactly, once all of them stand on the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from reconcile.balances import PASS
from reconcile.facts import ABSENT, NUMBER, Positions
from reconcile.findings import column_letters
from reconcile.writing.form_page import Cell, FormSheet

_BITS = 20  # of a row and a column in one number
_COLUMN = (1 << _BITS) - 1
_PIECES = 250  # of the arguments of SUM, which takes 255
_LONGEST = 8_000  # characters of a formula: Excel's limit is 8,192


@dataclass(frozen=True, slots=True)
class _Totals:
    """Cells that are the plain sum of other cells of the sheet, in the order in which they were judged.

    ``cell`` and ``part`` are row × 2**20 + column; ``ends`` says where the parts of each total end, which ascend.
    """

    cell: Positions
    part: Positions
    ends: Positions

    def parts_of(self, number: int) -> Positions:
        return self.part[self.ends[number - 1] if number else 0 : self.ends[number]]


def write_live(page: FormSheet) -> None:
    """Turns the totals of the sheet that agree with their parts into formulas. One that does not stays as typed."""
    found = _totals(page)
    left_out = _in_circles(found)
    formulas: dict[int, list[tuple[int, str]]] = {}
    for number, cell in enumerate(found.cell.tolist()):
        if cell in left_out:
            continue
        text = _formula(found.parts_of(number))
        row, column = cell >> _BITS, cell & _COLUMN
        if text and (row, column) in page.figures:
            value, style = page.figures[row, column]
            page.sheet.formula(row, column, text, value, style)
        elif text:
            formulas.setdefault(column, []).append((row, text.removeprefix("=")))
    if page.rows:
        for column, own in formulas.items():
            page.rows.calculate(column, np.array([row for row, _ in own]), [text for _, text in own])


def _formula(parts: Positions) -> str:
    """The formula that adds up these cells; most stand side by side."""
    first, last, count = int(parts[0]), int(parts[-1]), len(parts)
    for step in (1, 1 << _BITS):
        if count > 1 and last - first == step * (count - 1) and (np.diff(parts) == step).all():
            return f"=SUM({_a1(_cell(first))}:{_a1(_cell(last))})"
    return sum_of([_cell(part) for part in parts.tolist()])


def _cell(number: int) -> Cell:
    return number >> _BITS, number & _COLUMN


def sum_of_rows(rows: Sequence[int], column: int) -> str:
    """The formula that adds up the cells of a column in these rows, which ascend."""
    return _formula(np.array(rows, dtype=np.int64) << _BITS | column) if rows else sum_of([])


def sum_of(cells: Sequence[Cell]) -> str:
    """The formula that adds up these cells: neighbours as a range; empty where a formula cannot name them all."""
    names = ranges(cells)
    if len(cells) <= 1:
        return f"={names[0]}" if names else "=0"
    formula = "=" + "+".join(f"SUM({','.join(names[n : n + _PIECES])})" for n in range(0, len(names), _PIECES))
    return formula if len(formula) <= _LONGEST else ""


def ranges(cells: Sequence[Cell]) -> list[str]:
    """The cells in A1 notation, those that follow each other in a row or column as a range."""
    runs: list[list[Cell]] = []
    for cell in cells:
        if runs and cell in _next(runs[-1]):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return [_a1(run[0]) if len(run) == 1 else f"{_a1(run[0])}:{_a1(run[-1])}" for run in runs]


def _next(run: Sequence[Cell]) -> list[Cell]:
    """The cells that may follow: the next one down or across; of two, only in their direction."""
    (row, column) = run[-1]
    steps = [(1, 0), (0, 1)] if len(run) == 1 else [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(run[:2])]
    return [(row + down, column + across) for down, across in steps]


def _a1(cell: Cell) -> str:
    return f"{column_letters(cell[1])}{cell[0]}"


def _totals(page: FormSheet) -> _Totals:
    """The cells of totals that are exactly the plain sum of figures on this sheet, each with those."""
    balances, judged, facts = page.report.run.balances, page.report.run.judged, page.report.run.facts
    places = page.report.places
    nothing = np.zeros(0, dtype=np.int64)
    total = np.array(balances.total, dtype=np.int64)
    stands = (total != ABSENT) & page.shows[total] if len(facts) else np.zeros(len(total), dtype=bool)
    stands &= (judged.verdict == PASS) & np.asarray(judged.difference == 0, dtype=bool)
    stands &= np.array([form == page.form.form for form in balances.form], dtype=bool)
    if not stands.any():
        return _Totals(nothing, nothing, nothing)
    part, factor = np.array(balances.part, dtype=np.int64), np.array(balances.coefficient, dtype=np.int64)
    sizes = np.diff(np.append(np.array(balances.start, dtype=np.int64), len(part)))
    owner = np.repeat(np.arange(len(total)), sizes)
    inside = stands[owner]
    part, factor, owner = part[inside], factor[inside], owner[inside]
    stands[owner[factor != 1]] = False
    known = facts.state[part] == NUMBER
    stands[owner[known & ~page.shows[part]]] = False
    part, owner = part[known], owner[known]
    cells = places.row.astype(np.int64) << _BITS | places.column
    order = np.lexsort((cells[part], owner))
    part, owner = cells[part[order]], owner[order]
    stands[owner[1:][(owner[1:] == owner[:-1]) & (part[1:] == part[:-1])]] = False
    cell = cells[np.where(total == ABSENT, 0, total)]
    stands[owner[part == cell[owner]]] = False
    stands &= np.bincount(owner, minlength=len(total)) > 0
    # Where several say the same cell, the first.
    chosen = np.flatnonzero(stands)
    _, first = np.unique(cell[chosen], return_index=True)
    chosen = chosen[np.sort(first)]
    own = np.isin(owner, chosen)
    return _Totals(cell[chosen], part[own], np.cumsum(np.bincount(owner[own], minlength=len(total))[chosen]))


def _in_circles(found: _Totals) -> set[int]:
    """The totals to leave out so that no formula comes back to itself; only totals of totals can."""
    owner = np.repeat(np.arange(len(found.cell)), np.diff(found.ends, prepend=0))
    deep = np.unique(owner[np.isin(found.part, found.cell)]).tolist()
    above = {int(found.cell[number]) for number in deep}
    parts = {
        _cell(int(found.cell[number])): [_cell(p) for p in found.parts_of(number).tolist() if p in above]
        for number in deep
    }
    return {row << _BITS | column for row, column in _circular(parts)}


def _circular(parts: Mapping[Cell, Sequence[Cell]]) -> list[Cell]:
    """The totals to leave out so that no formula comes back to itself."""
    done: set[Cell] = set()
    left_out: list[Cell] = []
    for first in parts:
        path: dict[Cell, None] = {}
        waiting: list[tuple[Cell, bool]] = [(first, False)]
        while waiting:
            cell, leaving = waiting.pop()
            if leaving:
                path.pop(cell, None)
                done.add(cell)
            elif cell not in done and cell not in path:
                path[cell] = None
                waiting.append((cell, True))
                if any(part in path for part in parts[cell]):
                    left_out.append(cell)
                else:
                    waiting += [(part, False) for part in parts[cell] if part in parts and part not in done]
    return left_out
