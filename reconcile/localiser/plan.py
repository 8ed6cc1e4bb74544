"""A template compiled once: edits, the reverse index from cells to edits, blocks, neighbours, totals above a cell.

Live formulas are eliminated first: a sum that is computed from its parts follows a wrong part and is no evidence
against it, so its edit is dropped and its parts take its place wherever it is used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reconcile.localiser.classes import shares_of
from reconcile.localiser.connected import connected
from reconcile.localiser.edits import Balance, Edit, Quotient
from reconcile.localiser.model import Cell, Linear, Links, Ratio, Series

# How far a cell is looked for with which another one was confused: two rows or columns, as far as the eye slips.
NEAR = 2
STEPS = [step for step in range(-NEAR, NEAR + 1) if step]


@dataclass(frozen=True)
class Plan:
    """What does not depend on the data. Edits are numbered as they were given; None where one was eliminated.

    ``touching`` has the edits of each cell, those over few cells first. What is asked of few cells is made when it is.
    """

    cells: tuple[Cell, ...]
    edits: tuple[Edit | None, ...]
    touching: Sequence[Sequence[int]]
    summing: Mapping[int, Sequence[int]]
    series: tuple[Series, ...]
    series_of: Mapping[int, Sequence[int]]
    links: Mapping[int, tuple[int, ...]]
    _near: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False)
    _alike: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def block_of(self) -> Sequence[int]:
        """Cells that hang together through edits have one number, that of the first of them."""
        found = list(range(len(self.cells)))
        members = [_cells(edit) for edit in self.edits]
        for group in connected(members):
            cells = {cell for number in group for cell in members[number]}
            first = min(cells, default=0)
            for cell in cells:
                found[cell] = first
        return found

    @cached_property
    def tables(self) -> Mapping[str, Sequence[int]]:
        """The cells of each table, in order."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, cell in enumerate(self.cells):
            found[cell.table].append(number)
        return found

    @cached_property
    def places(self) -> Mapping[tuple[str, int, int], int]:
        """The cell at each place."""
        return {(cell.table, cell.row, cell.column): number for number, cell in enumerate(self.cells)}

    @cached_property
    def rows(self) -> Mapping[tuple[str, int], Sequence[int]]:
        """The cells of each row of a table, from left to right."""
        return self._lines[0]

    @cached_property
    def columns(self) -> Mapping[tuple[str, int], Sequence[int]]:
        """The cells of each column of a table, downwards."""
        return self._lines[1]

    @cached_property
    def _lines(self) -> tuple[dict[tuple[str, int], list[int]], dict[tuple[str, int], list[int]]]:
        rows: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        columns: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        cells = self.cells
        for number in sorted(range(len(cells)), key=lambda cell: cells[cell][2:4]):
            _, table, row, column, *_ = cells[number]
            rows[table, row].append(number)
            columns[table, column].append(number)
        return rows, columns

    def alike(self, cell: int) -> tuple[int, ...]:
        """The cells that no edit can tell from a cell, itself included."""
        if cell not in self._alike:
            found = self._found_alike(cell)
            self._alike.update(dict.fromkeys(found, found))  # what is like it has the same cells
        return self._alike[cell]

    def _found_alike(self, cell: int) -> tuple[int, ...]:
        own = self.touching[cell]
        others = [other for other in _cells(self.edits[own[0]]) if self.touching[other] == own] if own else []
        if len(others) < 2:
            return (cell,)
        shares = shares_of(cell, own, self.edits)
        return tuple(sorted(other for other in others if shares_of(other, own, self.edits) == shares))

    def above(self, cell: int) -> list[tuple[int, int, int]]:
        """The totals over a cell, each with the factor that it counts with, and the edit."""
        edits = ((number, self.edits[number]) for number in sorted(self.touching[cell]))
        return [
            (edit.target, -edit.coefficients[cell], number)
            for number, edit in edits
            if isinstance(edit, Balance) and edit.sums and edit.target is not None and edit.target != cell
        ]

    def at(self, cell: int, down: int, right: int) -> int | None:
        """The cell so many rows below and columns to the right."""
        own = self.cells[cell]
        return self.places.get((own.table, own.row + down, own.column + right))

    def beside(self, cell: int) -> list[int]:
        """The four cells next to this one, as far as there are any."""
        found = (self.at(cell, down, right) for down, right in ((0, -1), (0, 1), (-1, 0), (1, 0)))
        return [other for other in found if other is not None]

    def near(self, cell: int) -> tuple[int, ...]:
        """The cells of the same row or column within reach of a slip of the eye."""
        if cell not in self._near:
            _, table, row, column, *_ = self.cells[cell]
            down = [(table, row + step, column) for step in STEPS]
            found = map(self.places.get, [*down, *((table, row, column + step) for step in STEPS)])
            self._near[cell] = tuple(other for other in found if other is not None)
        return self._near[cell]

    def line(self, cell: int, axis: str) -> Sequence[int]:
        """All cells of the cell's row (``row``) or column (``column``)."""
        own = self.cells[cell]
        return self.rows[own.table, own.row] if axis == "row" else self.columns[own.table, own.column]

    def in_line(self, cell: int, other: int, axis: str) -> bool:
        """Whether two cells stand in one row (``row``) or column (``column``) of a table."""
        own, near = self.cells[cell], self.cells[other]
        return own.table == near.table and (own.row == near.row if axis == "row" else own.column == near.column)

    def is_free(self, cell: int) -> bool:
        """Whether the cell is entered as itself, and not as the sum or ratio of others."""
        return cell not in self.summing


def compile_constraints(
    cells: Sequence[Cell],
    constraints: Sequence[Linear | Ratio],
    series: Iterable[Series] = (),
    links: Links | None = None,
) -> Plan:
    """Cells and what must hold between them → a plan, which serves any number of returns of the template."""
    computed = _formulas(cells, constraints)
    edits = tuple(_compiled(constraint, cells, computed) for constraint in constraints)
    touching: list[list[int]] = [[] for _ in cells]
    summing: defaultdict[int, list[int]] = defaultdict(list)
    members = [_cells(edit) for edit in edits]
    for number in sorted(range(len(edits)), key=lambda number: len(members[number])):
        for cell in members[number]:
            touching[cell].append(number)
    for number, edit in enumerate(edits):
        if isinstance(edit, Quotient):
            summing[edit.result].append(number)
        elif edit and edit.target is not None and edit.sums:
            summing[edit.target].append(number)
    found = tuple(series)
    return Plan(tuple(cells), edits, touching, dict(summing), found, _series_of(found), _linked(found, links))


def _cells(edit: Edit | None) -> tuple[int, ...]:
    return edit.cells if edit else ()


def _formulas(
    cells: Sequence[Cell], constraints: Sequence[Linear | Ratio]
) -> dict[int, tuple[Mapping[int, int], int] | None]:
    """Live formulas and the sums they stand for; None where it is no sum (a ratio)."""
    computed: dict[int, tuple[Mapping[int, int], int] | None] = {}
    for constraint in constraints:
        target = constraint.target if isinstance(constraint, Linear) else constraint.result
        if target is None or cells[target].provenance != "formula" or target in computed:
            continue
        computed[target] = (constraint.terms, constraint.const) if isinstance(constraint, Linear) else None
    return computed


def _compiled(
    constraint: Linear | Ratio,
    cells: Sequence[Cell],
    computed: Mapping[int, tuple[Mapping[int, int], int] | None],
) -> Edit | None:
    if isinstance(constraint, Ratio):
        parts = (constraint.result, constraint.numerator, constraint.denominator)
        quotient = Quotient(
            *parts,
            constraint.scale,
            constraint.rounded_inputs,
            constraint.group,
            constraint.regime,
            constraint.name,
            constraint.start,
        )
        return None if any(cells[cell].provenance == "formula" for cell in quotient.cells) else quotient
    target = constraint.target
    # The formula's own edit says nothing; any other edit over the same cell compares it with something typed.
    own = target is not None and computed.get(target) == (constraint.terms, constraint.const)
    if own and target is not None and cells[target].provenance == "formula":
        return None
    coefficients = {cell: -factor for cell, factor in constraint.terms.items()}
    if target is not None:
        coefficients[target] = coefficients.get(target, 0) + 1
    expanded = _expanded(coefficients, constraint.const, computed)
    if expanded is None:
        return None
    factors, const = expanded
    kept = target if target in factors and cells[target].provenance != "formula" else None
    bound = constraint.sense == ">="
    told = (constraint.group, constraint.regime, constraint.name)
    return Balance(factors, kept, const, bound, *told, room=constraint.room, differs=constraint.sense == "!=")


def _expanded(
    coefficients: Mapping[int, int], const: int, computed: Mapping[int, tuple[Mapping[int, int], int] | None]
) -> tuple[dict[int, int], int] | None:
    """The sum with every live formula replaced by its parts; None where that cannot be done or nothing is left."""
    factors = dict(coefficients)
    for _ in range(len(computed) + 1):
        formulas = [cell for cell in factors if cell in computed] if computed else []
        if not formulas:
            break
        for cell in formulas:
            factor, parts = factors.pop(cell), computed[cell]
            if parts is None:
                return None
            const -= factor * parts[1]
            for part, times in parts[0].items():
                factors[part] = factors.get(part, 0) + factor * times
    else:
        # A circle of formulas.
        return None
    if 0 in factors.values():
        factors = {cell: factor for cell, factor in factors.items() if factor}
    return (factors, const) if factors else None


def _series_of(series: Sequence[Series]) -> dict[int, tuple[int, ...]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number, own in enumerate(series):
        for cell in (*own.increments, *own.cumulatives):
            found[cell].append(number)
    return {cell: tuple(numbers) for cell, numbers in found.items()}


def _linked(series: Sequence[Series], links: Links | None) -> dict[int, tuple[int, ...]]:
    """The cells whose figure may stand in a cell by mistake: the other reading of the same period, and what is told."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for own in series:
        for increment, cumulative in zip(own.increments, own.cumulatives, strict=True):
            found[increment].append(cumulative)
            found[cumulative].append(increment)
    for cell, others in links.of.items() if links else ():
        found[cell] += others
    return {cell: tuple(dict.fromkeys(others)) for cell, others in found.items()}
