"""How plausible a figure is in its place: its row and column tell its magnitude, its table how round figures are.

Magnitude: log |x| ≈ row effect + column effect, both medians (Tukey's median polish, one sweep), the rest Student-t;
computed only for lines that are asked for. Roundness: the shares of figures of the table that end on 0, 00, 000.
Totals are left out: they follow from their parts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from statistics import median

from reconcile.localiser.confrontation import Confrontation

# Degrees of freedom of the rest: tails heavy enough for one budget item of ten times the usual size.
FREEDOM = 4
NORM = math.lgamma((FREEDOM + 1) / 2) - math.lgamma(FREEDOM / 2) - 0.5 * math.log(FREEDOM * math.pi)
# The least spread of the rest (a factor of about 1.2) and the one where too few figures tell (a factor of about 3).
NARROWEST, UNTOLD = 0.2, 1.1
# Fewer figures than this in a line, and its median says nothing about the line.
ENOUGH = 4
# A component that is really zero or a dash where others are figures.
NOTHING = math.log(0.05)
# Of the components that stand in the earlier version, the share that is the same now.
UNCHANGED = 0.8
# Zeros at the end beyond which figures are no rounder.
ROUNDEST = 4


class Plausibility:
    """Log-densities of figures in their cells, for one table."""

    def __init__(self, at: Confrontation, previous: dict[int, int] | None = None) -> None:
        self._at = at
        self._previous = previous or {}
        self._columns: dict[tuple[str, int], tuple[float, float] | None] = {}
        self._rests_of: dict[tuple[str, int], Mapping[int, float]] = {}
        self._logs: dict[str, Mapping[int, float]] = {}
        self._fits: dict[int, tuple[float, float] | None] = {}
        self._roundness: dict[str, list[float]] = {}

    def log(self, cell: int, value: int) -> float:
        """Log-density of a figure in a cell that is entered as itself."""
        if cell in self._previous:
            if value == self._previous[cell]:
                return math.log(UNCHANGED)
            return math.log(1 - UNCHANGED) + self._log(cell, value)
        return self._log(cell, value)

    def _log(self, cell: int, value: int) -> float:
        if value == 0:
            return NOTHING
        centre, spread = self.fit(cell) or (math.log(abs(value)), 3 * UNTOLD)
        return (
            student((math.log(abs(value)) - centre) / spread) - math.log(spread * abs(value)) + self.round(cell, value)
        )

    def round(self, cell: int, value: int) -> float:
        """How much likelier a figure is for ending as it does, against one whose digits are all alike."""
        table = self._at.plan.cells[cell].table
        if table not in self._roundness:
            self._roundness[table] = self._round_shares(table)
        return self._roundness[table][_zeros(value)]

    def _round_shares(self, table: str) -> list[float]:
        plan, numbers = self._at.plan, self._at.numbers
        # One imagined figure of each kind (Laplace), as far as unround figures would have it.
        counts = [2 * 0.9 * 0.1**zeros for zeros in range(ROUNDEST)] + [2 * 0.1**ROUNDEST]
        expected = [count / 2 for count in counts]
        total = 2.0
        # So many figures tell enough.
        for cell in plan.tables[table][:2000]:
            if numbers[cell] and cell not in plan.summing:
                counts[_zeros(numbers[cell])] += 1
                total += 1
        return [math.log(count / total / share) for count, share in zip(counts, expected, strict=True)]

    def fit(self, cell: int) -> tuple[float, float] | None:
        """Centre and spread of log |x| in this place, the cell itself left out of its row; None where nothing tells."""
        if cell not in self._fits:
            self._fits[cell] = self._fitted(cell)
        return self._fits[cell]

    def _fitted(self, cell: int) -> tuple[float, float] | None:
        own = self._at.plan.cells[cell]
        column = self._column(own.table, own.column)
        row = self._row_effect(cell)
        if column is None:
            return None
        return (column[0] + row[0], column[1] if not row[1] else min(column[1], row[1]))

    def _column(self, table: str, column: int) -> tuple[float, float] | None:
        key = (table, column)
        if key not in self._columns:
            magnitudes = self._magnitudes(table)
            logs = [magnitudes[cell] for cell in self._at.plan.columns[key] if cell in magnitudes]
            if len(logs) < ENOUGH:
                self._columns[key] = None
            else:
                centre = median(logs)
                self._columns[key] = (centre, max(NARROWEST, 1.48 * median(abs(x - centre) for x in logs)))
        return self._columns[key]

    def _rests(self, table: str, row: int) -> Mapping[int, float]:
        """What the columns leave of the figures of a row, by cell."""
        key = (table, row)
        if key not in self._rests_of:
            plan, magnitudes = self._at.plan, self._magnitudes(table)
            own = [(cell, magnitudes[cell]) for cell in plan.rows[key] if cell in magnitudes]
            columns = [self._column(table, plan.cells[cell].column) for cell, _ in own]
            self._rests_of[key] = {
                cell: log - column[0] for (cell, log), column in zip(own, columns, strict=True) if column is not None
            }
        return self._rests_of[key]

    def _row_effect(self, cell: int) -> tuple[float, float]:
        """What the other cells of the row say, shrunk by how many they are; the second figure is the spread left."""
        own = self._at.plan.cells[cell]
        rests = [rest for other, rest in self._rests(own.table, own.row).items() if other != cell]
        if not rests:
            return 0.0, 0.0
        coupling = self._coupling(own.table)
        return coupling[0] * median(rests), coupling[1]

    def _coupling(self, table: str) -> tuple[float, float]:
        """How far the columns of a table go together (0 … 1), and the spread that is left when a row is known."""
        key = (table, -1)
        if key not in self._columns:
            self._columns[key] = self._measured(table)
        return self._columns[key] or (0.0, 0.0)

    def _measured(self, table: str) -> tuple[float, float] | None:
        """Over pairs of cells of a row: robust slope of one rest on the other, from sums and differences of them."""
        plan = self._at.plan
        sums: list[float] = []
        differences: list[float] = []
        rows = dict.fromkeys(plan.cells[cell].row for cell in plan.tables[table])
        # A hundred rows tell enough.
        for row in list(rows)[:100]:
            for one, other in pairwise(self._rests(table, row).values()):
                sums.append(abs(one + other))
                differences.append(abs(one - other))
        if len(sums) < ENOUGH:
            return None
        along, across = (1.48 * median(sums)) ** 2, (1.48 * median(differences)) ** 2
        slope = max(0.0, (along - across) / (along + across)) if along + across else 0.0
        return slope, max(NARROWEST, math.sqrt(across / 2))

    def _magnitudes(self, table: str) -> Mapping[int, float]:
        """log |x| of the figures of a table that are entered as themselves, by cell."""
        if table not in self._logs:
            numbers, plan = self._at.numbers, self._at.plan
            own = (cell for cell in plan.tables[table] if numbers[cell] and cell not in plan.summing)
            self._logs[table] = {cell: math.log(abs(numbers[cell])) for cell in own}
        return self._logs[table]


def student(z: float) -> float:
    """Log-density of Student's t with ``FREEDOM`` degrees of freedom."""
    return NORM - (FREEDOM + 1) / 2 * math.log1p(z * z / FREEDOM)


def _zeros(value: int) -> int:
    """Zeros at the end of a figure, at most ``ROUNDEST``."""
    count = 0
    while value and value % 10 == 0 and count < ROUNDEST:
        value //= 10
        count += 1
    return count
