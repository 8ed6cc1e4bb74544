"""Totals as live formulas: every stated total that its parts make exactly, once all of them stand on the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from reconcile.balances import PASS
from reconcile.facts import NUMBER
from reconcile.findings import column_letters
from reconcile.writing.form_page import Cell, FormSheet

_PIECES = 250  # of the arguments of SUM, which takes 255
_LONGEST = 8_000  # characters of a formula: Excel's limit is 8,192


def write_live(page: FormSheet) -> None:
    """Turns the totals of the sheet that agree with their parts into formulas. One that does not stays as typed."""
    parts = _totals(page)
    for cell in _circular(parts):
        del parts[cell]
    for cell, own in parts.items():
        formula = sum_of(own)
        if formula:
            value, style = page.figures[cell]
            page.sheet.formula(*cell, formula, value, style)


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


def _totals(page: FormSheet) -> dict[Cell, list[Cell]]:
    """The cells of totals that are exactly the plain sum of figures on this sheet, each with those."""
    balances, judged, facts = page.report.run.balances, page.report.run.judged, page.report.run.facts
    found: dict[Cell, list[Cell]] = {}
    for number, form in enumerate(balances.form):
        cell = page.numbers.get(balances.total[number]) if form == page.form.form else None
        if cell is None or cell in found or judged.verdict[number] != PASS or judged.difference[number] != 0:
            continue
        positions = balances.parts_of(number)
        start = balances.start[number]
        if any(factor != 1 for factor in balances.coefficient[start : start + len(positions)]):
            continue
        known = [p for p in positions if facts.state[p] == NUMBER]
        cells = list(dict.fromkeys(page.numbers[p] for p in known if p in page.numbers))
        if cells and len(cells) == len(known) and cell not in cells:
            found[cell] = sorted(cells)
    return found


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
