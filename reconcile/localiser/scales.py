"""Figures that are in another unit together, wherever they stand: a whole table in yen among totals in thousand yen.

What the edits say of their cells finds them, whatever the layout is. An edit that fails and would hold, were all of its
parts a thousand times smaller, has parts in the other unit and a total that is not; an edit that holds has all of its
figures in one unit, so that they are in the other one together.
"""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.localiser.confrontation import Change, Hypothesis
from reconcile.localiser.edits import Balance
from reconcile.localiser.lines import UNIT, Proposal
from reconcile.localiser.model import INFINITE

# Of a table in which most other figures end on three zeros as well, these are no sign of another unit.
ENOUGH = 4
# So many cells are no line of their own yet.
LEAST = 3
# Sums of sums of sums: no return has more levels of them.
LEVELS = 8
# Parts or totals, too large or too small.
WAYS = 4


def scales_in_another_unit(hypothesis: Hypothesis) -> Iterator[Proposal]:
    """All figures that hang together in the other unit: parts or totals, a thousand times too large or too small."""
    for down in (True, False):
        for stated in (False, True):
            changes = _Tied(hypothesis, down).found(stated)
            if changes and not (down and _ends_so_anyway(hypothesis, changes)):
                yield "line_unit", WAYS, changes


class _Tied:
    """Cells that must be in the other unit together, with what they are in the unit of the others."""

    def __init__(self, hypothesis: Hypothesis, down: bool) -> None:
        self.hypothesis, self.down = hypothesis, down
        self.meant: dict[int, int] = {}
        self.others: set[int] = set()

    def found(self, stated: bool) -> list[Change]:
        for number in sorted(self.hypothesis.violated):
            edit = self.hypothesis.at.plan.edits[number]
            if isinstance(edit, Balance) and edit.sums and edit.target is not None:
                self._seed(number, edit, edit.target, stated)
        # A few here and there are slips of their own.
        lines: dict[tuple[str, int, bool], bool] = {}
        self.meant = {
            cell: value
            for cell, value in self.meant.items()
            if self._most_of("row", cell, lines) or self._most_of("column", cell, lines)
        }
        return sorted(self.meant.items()) if len(self.meant) >= LEAST and self._closed() else []

    def _seed(self, number: int, edit: Balance, target: int, stated: bool) -> None:
        """An edit that asks for its total (``stated``), or for all of its parts, in the other unit."""
        value = self.hypothesis.value
        cells = [cell for cell in edit.cells if (cell == target) == stated and value(cell)]
        # Parts that do not end on zeros are no thousandfold.
        meant = {cell: m for cell in cells if (m := self._in_the_other_unit(cell)) is not None}
        if meant and self._holds(number, edit, meant):
            self.meant |= meant
            self.others |= {cell for cell in edit.cells if cell not in meant and value(cell)}

    def _most_of(self, axis: str, cell: int, known: dict[tuple[str, int, bool], bool]) -> bool:
        """Whether most figures like it (parts, or totals) of a cell's row or column are in the other unit as well."""
        plan = self.hypothesis.at.plan
        line, part = plan.line(cell, axis), plan.is_free(cell)
        key = (axis, line[0], part)
        if key not in known:
            alike = [other for other in line if plan.is_free(other) == part and self.hypothesis.value(other)]
            known[key] = 2 * sum(other in self.meant for other in alike) > len(alike)
        return known[key]

    def _closed(self) -> bool:
        """Takes in what edits that hold tie to these cells; whether none of the others is among that."""
        plan = self.hypothesis.at.plan
        fresh = set(self.meant)
        for _ in range(LEVELS):
            if not self.others.isdisjoint(fresh):
                return False
            touched = {number for cell in fresh for number in plan.touching[cell]} - self.hypothesis.violated
            fresh = set()
            for number in touched:
                edit = plan.edits[number]
                if isinstance(edit, Balance) and edit.sums and not self._holds(number, edit, self.meant):
                    fresh |= {cell for cell in edit.cells if cell not in self.meant and self.hypothesis.value(cell)}
            if not fresh:
                return True
            for cell in fresh:
                meant = self._in_the_other_unit(cell)
                if meant is None:
                    return False
                self.meant[cell] = meant
        return False

    def _in_the_other_unit(self, cell: int) -> int | None:
        here = self.hypothesis.value(cell)
        if not self.down:
            return here * UNIT
        return None if here % UNIT or self.hypothesis.at.plan.cells[cell].finest else here // UNIT

    def _holds(self, number: int, edit: Balance, meant: dict[int, int]) -> bool:
        at, value = self.hypothesis.at, self.hypothesis.value
        low, high = at.tolerance[number]
        if not at.active[number] or high >= INFINITE:
            return number not in self.hypothesis.violated
        steps = sum(factor * (meant[cell] - value(cell)) for cell, factor in edit.coefficients.items() if cell in meant)
        return low <= self.hypothesis.residual(number) + steps <= high


def _ends_so_anyway(hypothesis: Hypothesis, changes: list[Change]) -> bool:
    """Whether most other figures of the same tables end on three zeros, too."""
    plan, own = hypothesis.at.plan, {cell for cell, _ in changes}
    tables = {plan.cells[cell].table for cell in own}
    beside = (hypothesis.value(cell) for table in sorted(tables) for cell in plan.tables[table] if cell not in own)
    figures = [figure for figure in beside if figure]
    return len(figures) >= ENOUGH and 2 * sum(figure % UNIT == 0 for figure in figures) > len(figures)
