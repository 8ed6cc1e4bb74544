"""Figures that are in another unit together, wherever they stand: a whole table in yen among totals in thousand yen.

What the edits say of their cells finds them, whatever the layout is. An edit that fails and would hold, were all of its
parts a thousand times smaller, has parts in the other unit and a total that is not; an edit that holds has all of its
figures in one unit, so that they are in the other one together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from reconcile.localiser.confrontation import Change, Hypothesis
from reconcile.localiser.edits import Balance
from reconcile.localiser.lines import UNIT, Proposal
from reconcile.localiser.model import INFINITE

# Yen for thousand yen, thousand yen for million yen; yen for million yen.
UNITS = (UNIT, UNIT * UNIT)
# Of a table in which most other figures end on three zeros as well, these are no sign of another unit.
ENOUGH = 4
# So many cells are no line of their own yet.
LEAST = 3
# Of so many figures that they are compared with one may stand alone among them.
ALONE = 4
# Sums of sums of sums: no return has more levels of them.
LEVELS = 8
# Parts or totals, too large or too small.
WAYS = 4


def scales_in_another_unit(hypothesis: Hypothesis) -> Iterator[Proposal]:
    """All figures that hang together in another unit: parts or totals, so many times too large or too small."""
    asking = list(_asking(hypothesis))
    for unit, down, stated in product(UNITS, (True, False), (False, True)) if asking else ():
        changes = _Tied(hypothesis, unit, down).found(asking, stated)
        if changes and not (down and _ends_so_anyway(hypothesis, changes)):
            yield "line_unit", WAYS, changes


class _Tied:
    """Cells that must be in the other unit together, with what they are in the unit of the others."""

    def __init__(self, hypothesis: Hypothesis, unit: int, down: bool) -> None:
        self.hypothesis, self.unit, self.down = hypothesis, unit, down
        self.meant: dict[int, int] = {}
        self.others: set[int] = set()

    def found(self, asking: Sequence[tuple[int, Balance]], stated: bool) -> list[Change]:
        for number, edit in asking:
            self._seed(number, edit, stated)
        # A few here and there are slips of their own.
        lines: dict[tuple[str, int, bool], bool] = {}
        self.meant = {
            cell: value
            for cell, value in self.meant.items()
            if self._most_of("row", cell, lines) or self._most_of("column", cell, lines)
        }
        whole = len(self.meant) >= LEAST and self._closed() and self._beside_lines()
        return sorted(self.meant.items()) if whole else []

    def _seed(self, number: int, edit: Balance, stated: bool) -> None:
        """An edit that asks for its total (``stated``), or for all of its parts, in the other unit."""
        value = self.hypothesis.value
        cells = [cell for cell in edit.cells if (cell == edit.target) == stated and value(cell)]
        # Parts that do not end on zeros are no thousandfold, and of some that are too small those that do may be right.
        meant = {cell: m for cell in cells if (m := self._in_the_other_unit(cell)) is not None}
        uneven = {cell: m for cell, m in meant.items() if value(cell) % UNIT}
        found = next((own for own in (meant, uneven) if own and self._holds(number, edit, own)), None)
        if found:
            self.meant |= found
            self.others |= {cell for cell in edit.cells if cell not in found and value(cell)}

    def _most_of(self, axis: str, cell: int, known: dict[tuple[str, int, bool], bool]) -> bool:
        """Whether most figures like it (parts, or totals) of a cell's row or column are in the other unit as well."""
        plan = self.hypothesis.at.plan
        line, part = plan.line(cell, axis), plan.is_free(cell)
        key = (axis, line[0], part)
        if key not in known:
            alike = [other for other in line if plan.is_free(other) == part and self.hypothesis.value(other)]
            # The one total of a row is no line of totals.
            known[key] = len(alike) > 1 and 2 * sum(other in self.meant for other in alike) > len(alike)
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

    def _beside_lines(self) -> bool:
        """Whether what these figures are compared with are rows or columns as well: three totals of a table of round
        figures, each a thousand times too small, do not say that all the rest is too large."""
        plan = self.hypothesis.at.plan
        apart: dict[tuple[str, int], bool] = {}
        alone = 0
        for cell in self.others:
            alone += not any(self._mostly_apart(plan.line(cell, axis), axis, apart) for axis in ("row", "column"))
        return ALONE * alone <= len(self.others)

    def _mostly_apart(self, line: Sequence[int], axis: str, known: dict[tuple[str, int], bool]) -> bool:
        key = (axis, line[0])
        if key not in known:
            shown = [cell for cell in line if self.hypothesis.value(cell)]
            known[key] = 2 * sum(cell in self.meant for cell in shown) < len(shown)
        return known[key]

    def _in_the_other_unit(self, cell: int) -> int | None:
        here = self.hypothesis.value(cell)
        if not self.down:
            return here * self.unit
        return None if here % self.unit or self.hypothesis.at.plan.cells[cell].finest else here // self.unit

    def _holds(self, number: int, edit: Balance, meant: dict[int, int]) -> bool:
        at, value = self.hypothesis.at, self.hypothesis.value
        low, high = at.tolerance[number]
        if not at.active[number] or high >= INFINITE:
            return number not in self.hypothesis.violated
        steps = sum(factor * (meant[cell] - value(cell)) for cell, factor in edit.coefficients.items() if cell in meant)
        return low <= self.hypothesis.residual(number) + steps <= high


def _asking(hypothesis: Hypothesis) -> Iterator[tuple[int, Balance]]:
    """The violated sums that can ask for figures in another unit: one and a thousand of it differ by so many times
    999, which mostly settles it."""
    for number in sorted(hypothesis.violated):
        edit, (low, high) = hypothesis.at.plan.edits[number], hypothesis.at.tolerance[number]
        residual = hypothesis.residual(number)
        possible = (residual - low) // (UNIT - 1) * (UNIT - 1) >= residual - high
        if possible and isinstance(edit, Balance) and edit.sums and edit.target is not None:
            yield number, edit


def _ends_so_anyway(hypothesis: Hypothesis, changes: list[Change]) -> bool:
    """Whether most other figures of the same tables end on three zeros, too."""
    plan, own = hypothesis.at.plan, {cell for cell, _ in changes}
    tables = {plan.cells[cell].table for cell in own}
    others = (cell for table in sorted(tables) for cell in plan.tables[table] if cell not in own)
    # What a formula computes of these figures ends as they do.
    beside = (hypothesis.value(cell) for cell in others if plan.cells[cell].provenance != "formula")
    figures = [figure for figure in beside if figure]
    return len(figures) >= ENOUGH and 2 * sum(figure % UNIT == 0 for figure in figures) > len(figures)
