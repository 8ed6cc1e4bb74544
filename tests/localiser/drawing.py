"""Small tables drawn as text, compiled and localised.

The last column is the total of the others in its row, the last row the total of its column. ``-`` is a dash, ``.`` a
blank, ``…`` not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reconcile.localiser import Cell, Linear, Plan, Ratio, Result, compile_constraints, localise
from reconcile.localiser.model import Regime, State

STATES: Mapping[str, State] = {"-": "nil", ".": "blank", "…": "unknown"}

# Twelve true figures, their totals and the grand total; no two figures are alike.
COSTS = """
1240  318  4075  5633
 872 2960   641  4473
3307  450  1189  4946
 596 1713  2024  4333
6015 5441  7929 19385
"""


@dataclass(frozen=True)
class Drawn:
    """A drawn table: cell numbers go row by row from 0."""

    plan: Plan
    values: list[int | None]
    states: list[State]
    width: int

    def at(self, row: int, column: int) -> int:
        """The number of a cell; rows and columns from 1."""
        return (row - 1) * self.width + column - 1

    def put(self, row: int, column: int, value: int | None) -> Drawn:
        """The same with another figure in one cell; None leaves it blank."""
        values, states = list(self.values), list(self.states)
        values[self.at(row, column)] = value
        states[self.at(row, column)] = "blank" if value is None else "number"
        return replace(self, values=values, states=states)

    def localise(self, **told: object) -> Result:
        return localise(self.plan, self.values, states=self.states, **told)


def grid(
    text: str = COSTS,
    regime: Regime = "exact",
    rows: bool = True,
    columns: bool = True,
    live: str = "",
    locked: str = "",
    finest: bool = False,
    beside: Sequence[int] = (),
) -> Drawn:
    """A table with row totals and column totals; ``live`` tells which totals are formulas ("rows", "columns").
    ``beside`` are figures of another column of the same table, of which nothing is said."""
    lines = [line.split() for line in text.split("\n") if line.strip()]
    height, width = len(lines), len(lines[0])
    cells = []
    for r in range(height):
        for c in range(width):
            total = (rows and c == width - 1 and "rows" in live) or (columns and r == height - 1 and "columns" in live)
            name = f"r{r + 1}c{c + 1}"
            provenance = "formula" if total else "typed"
            told = Cell(name, "t", r + 1, c + 1, provenance=provenance, locked=name in locked.split(), finest=finest)
            cells.append(told)
    edits: list[Linear | Ratio] = []
    for r in range(height if rows and width > 1 else 0):
        parts = dict.fromkeys(range(r * width, (r + 1) * width - 1), 1)
        edits.append(Linear(parts, (r + 1) * width - 1, group="t", regime=regime))
    for c in range(width if columns and height > 1 else 0):
        parts = dict.fromkeys(range(c, (height - 1) * width, width), 1)
        edits.append(Linear(parts, (height - 1) * width + c, group="t", regime=regime))
    marks = [mark for line in lines for mark in line]
    values = [None if mark in STATES else int(mark.replace(",", "")) for mark in marks]
    states: list[State] = [STATES.get(mark, "number") for mark in marks]
    cells += [Cell(f"beside {row}", "t", row, width + 1) for row in range(1, len(beside) + 1)]
    plan = compile_constraints(cells, edits)
    return Drawn(plan, [*values, *beside], [*states, *("number" for _ in beside)], width)


def first(result: Result) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Cells, proposed figures and cause of the first candidate of the only finding."""
    (finding,) = result.findings
    best = finding.candidates[0]
    return best.cells, best.proposed, best.cause
