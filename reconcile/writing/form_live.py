"""Totals as live formulas: every stated total that its parts make exactly, once all of them stand on the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from reconcile.balances import PASS
from reconcile.coded import Coded
from reconcile.facts import ABSENT, NUMBER, Positions
from reconcile.findings import column_letters
from reconcile.package import OWN_ROW
from reconcile.writing.form_page import Cell, FormSheet
from reconcile.writing.report import Places

_Numbers = npt.NDArray[np.int32] | npt.NDArray[np.int64]
_PIECES = 250  # of the arguments of SUM, which takes 255
_LONGEST = 8_000  # characters of a formula: Excel's limit is 8,192


@dataclass(frozen=True, slots=True)
class _Totals:
    """Cells that are the plain sum of other cells of the sheet, in the order in which they were judged.

    ``cell`` and ``part`` are row × ``width`` + column; ``ends`` says where the parts of each total end, which ascend.
    """

    cell: _Numbers
    part: _Numbers
    ends: Positions
    width: int

    def parts_of(self, number: int) -> list[Cell]:
        return self.cells(self.part[self.ends[number - 1] if number else 0 : self.ends[number]])

    def cells(self, numbers: _Numbers) -> list[Cell]:
        """The cells of some numbers."""
        return [divmod(number, self.width) for number in numbers.tolist()]


def write_live(page: FormSheet) -> None:
    """Turns the totals of the sheet that agree with their parts into formulas. One that does not stays as typed."""
    found = _totals(page)
    formulas = _formulas(found)
    live = ~formulas.says("")
    live[_in_circles(found)] = False
    apart = np.isin(found.cell, [row * found.width + column for row, column in page.figures])
    alone = np.flatnonzero(live & apart)
    for number, cell in zip(alone.tolist(), found.cells(found.cell[alone]), strict=True):
        page.sheet.formula(*cell, "=" + formulas.text(number).replace(OWN_ROW, str(cell[0])), *page.figures[cell])
    if page.rows:
        columns = found.cell % found.width
        for column in np.unique(columns[live & ~apart]).tolist():
            own = np.flatnonzero(live & ~apart & (columns == column))
            page.rows.calculate(column, (found.cell[own] // found.width).astype(np.int64), formulas.take(own))


def _formulas(found: _Totals) -> Coded:
    """The formula (without =) that adds up the parts of each total. Most stand side by side in the row of their total;
    a text is empty where a formula cannot name them all."""
    ends, width = found.ends, found.width
    counts = np.diff(ends, prepend=0)
    first, last = found.part[ends - counts], found.part[ends - 1]
    together = np.zeros(len(ends), dtype=bool)
    for step in (1, width):
        # How many of the steps from one part to the next, up to each of them, are that one.
        steps = np.zeros(len(found.part), dtype=np.int32)
        np.cumsum(np.diff(found.part) == step, out=steps[1:])
        together |= (counts > 1) & (steps[ends - 1] - steps[ends - counts] == counts - 1)
    beside = together & (first // width == found.cell // width) & (last // width == found.cell // width)
    areas, area = np.unique(first % width * width + last % width, return_inverse=True)
    corners = [(column_letters(left), column_letters(right)) for left, right in found.cells(areas)]
    in_rows = [f"SUM({left}{OWN_ROW}:{right}{OWN_ROW})" for left, right in corners]
    others = np.flatnonzero(~beside)
    texts = Coded.of([_formula(found, number, bool(together[number])) for number in others.tolist()])
    codes = area.astype(np.int32)
    codes[others] = texts.codes + len(areas)
    return Coded(codes, (*in_rows, *texts.values))


def _formula(found: _Totals, number: int, together: bool) -> str:
    """The formula that adds up the parts of a total, which may stand one behind the other."""
    parts = found.parts_of(number)
    return f"SUM({_a1(parts[0])}:{_a1(parts[-1])})" if together else sum_of(parts).removeprefix("=")


def sum_of_rows(rows: Sequence[int], column: int) -> str:
    """The formula that adds up the cells of a column in these rows, which ascend."""
    if len(rows) > 1 and rows[-1] - rows[0] == len(rows) - 1:
        return f"=SUM({_a1((rows[0], column))}:{_a1((rows[-1], column))})"
    return sum_of([(row, column) for row in rows])


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
    judged, facts, places = page.report.run.judged, page.report.run.facts, page.report.places
    constraints = page.report.constraints
    width = 1 + max(int(places.column.max(initial=0)), *(column for _, column in page.figures), 0)
    nothing = np.zeros(0, dtype=np.int64)
    total = constraints.total
    stands = (total != ABSENT) & page.shows[total] if len(facts) else np.zeros(len(total), dtype=bool)
    stands &= (judged.verdict == PASS) & np.asarray(judged.difference == 0, dtype=bool)
    stands &= constraints.form.says(page.form.form)
    owner = constraints.owner()
    stands[owner[constraints.factor != 1]] = False
    if not stands.any():
        return _Totals(nothing, nothing, nothing, width)
    inside = stands[owner]
    part, owner = constraints.part[inside], owner[inside]
    known = facts.state[part] == NUMBER
    stands[owner[known & ~page.shows[part]]] = False
    part, owner = part[known], owner[known]
    where = _cells(places, part, width)
    if ((where[1:] < where[:-1]) & (owner[1:] == owner[:-1])).any():
        where = where[np.lexsort((where, owner))]  # in each total by itself
    stands[owner[1:][(owner[1:] == owner[:-1]) & (where[1:] == where[:-1])]] = False
    cell = _cells(places, np.where(total == ABSENT, 0, total), width)
    stands[owner[where == cell[owner]]] = False
    sizes = np.bincount(owner, minlength=len(total))
    stands &= sizes > 0
    # Where several say the same cell, the first.
    chosen = np.flatnonzero(stands)
    _, first = np.unique(cell[chosen], return_index=True)
    chosen = chosen[np.sort(first)]
    stands[:] = False
    stands[chosen] = True
    return _Totals(cell[chosen], where[stands[owner]], np.cumsum(sizes[chosen], dtype=np.int64), width)


def _cells(places: Places, positions: npt.NDArray[np.integer], width: int) -> _Numbers:
    """Where values stand on their sheet, as one number each, in four bytes where that is enough: there are millions."""
    narrow = (int(places.row.max(initial=0)) + 1) * width < 1 << 31
    cells: _Numbers = places.row[positions].astype(np.int32 if narrow else np.int64)
    cells *= width
    cells += places.column[positions]
    return cells


def _in_circles(found: _Totals) -> list[int]:
    """Which totals to leave out so that no formula comes back to itself; only totals of totals can."""
    owner = np.repeat(np.arange(len(found.cell), dtype=np.int32), np.diff(found.ends, prepend=0))
    deep = np.unique(owner[np.isin(found.part, found.cell)])
    number = dict(zip(found.cells(found.cell[deep]), deep.tolist(), strict=True))
    parts = {cell: [part for part in found.parts_of(own) if part in number] for cell, own in number.items()}
    return [number[cell] for cell in _circular(parts)]


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
