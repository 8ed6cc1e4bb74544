"""A block of the system as the tables of the localiser: cells with their places, sums, ratios and series.

A figure stands in its last digit there: cells that are added up share a scale, and each scale is as coarse as all of
its figures allow. A figure that a text quotes is a cell of its own, which can be the wrong one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reconcile.balances import FAIL, PASS, ROUNDED, UNJUDGED
from reconcile.edits import Comparison, Derived
from reconcile.facts import ABSENT, EXACT, NUMBER
from reconcile.localisation.blocks import Block
from reconcile.localisation.cells import FieldsOfCells, zeros, zeros_of
from reconcile.localisation.system import System
from reconcile.localiser import Cell, Linear, Plan, Ratio, Series, compile_constraints
from reconcile.localiser.connected import connected
from reconcile.localiser.model import INFINITE, State
from reconcile.rules.context import Confrontation

Row = Linear | Ratio


@dataclass(frozen=True)
class Compiled:
    """A plan with the figures of its cells.

    ``position`` is where each cell stands among the facts, that of the text for a quoted figure; ``step`` how many
    units of the facts' scale its last digit is; ``edit`` the system's number of each edit of the plan.
    ``quoted`` leads from such a figure to the cell it is quoted from.
    """

    plan: Plan
    values: list[int | None]
    states: list[State]
    previous: dict[int, int]
    position: list[int]
    step: list[int]
    edit: list[int]
    quoted: Mapping[int, int]


@dataclass(slots=True)
class _Sum:
    """Σ factor × cell − const lies within room; ``target`` is the cell that states the sum."""

    number: int
    factors: dict[int, int]
    const: int
    room: tuple[int | None, int | None]
    target: int | None
    differs: bool = False


class Compiling:
    """Compiles the blocks of a run, one after the other; what the pack says of a field is looked up once."""

    def __init__(self, data: Confrontation, system: System) -> None:
        self.data, self.system = data, system
        self.fields = FieldsOfCells(data)

    def blanks(self) -> tuple[int, int]:
        """How many cells of all blocks are blank, and how many there are."""
        numbers, positions = self.system.block
        size = len(self.system.balances)
        edits = [self.system.edits[number - size] for number in numbers[numbers >= size].tolist()]
        quoted = sum(not isinstance(edit, Derived) and edit.text != ABSENT for edit in edits)
        return self.fields.states(positions).count("blank"), len(positions) + quoted

    def compiled(self, block: Block) -> Compiled:
        return _Block(self.data, self.system, self.fields, block).done()


class _Block:
    def __init__(self, data: Confrontation, system: System, fields: FieldsOfCells, block: Block) -> None:
        self.data, self.system, self.facts, self.fields = data, system, data.facts, fields
        self.positions = block.positions
        self.position: list[int] = block.positions.tolist()
        self.cell = {position: cell for cell, position in enumerate(self.position)}
        self.figures: list[int] = self.facts.number[block.positions].tolist()
        self.quoted: dict[int, int] = {}
        self.sums: list[_Sum] = []
        self.ratios: list[tuple[int, Derived]] = []
        # The cells a live formula states, with the edit that is the formula.
        self.computed: dict[int, int] = {}
        for number in block.numbers.tolist():
            if number < len(system.balances):
                self._balance(number)
            else:
                edit = system.edits[number - len(system.balances)]
                if isinstance(edit, Derived):
                    self.ratios.append((number, edit))
                else:
                    self._comparison(number, edit)

    def done(self) -> Compiled:
        step = self._steps()
        formulas = frozenset(self.computed.values())
        # A formula is known by its own edit: this one goes before others over the same cell.
        sums = sorted(self.sums, key=lambda s: (s.number not in formulas, s.number))
        rows: list[Row] = [self._linear(each, step) for each in sums]
        edit = [each.number for each in sums]
        for number, derived in self.ratios:
            ratio = self._ratio(derived, step)
            if ratio is not None:
                rows.append(ratio)
                edit.append(number)
        cells = [*self.fields.cells(self.positions, step, self.computed), *self._quoted_cells()]
        states = self.fields.states(self.positions)
        states += ["number" for _ in self.quoted]
        values = [f // s if at == "number" else None for f, s, at in zip(self.figures, step, states, strict=True)]
        plan = compile_constraints(cells, rows, self._series())
        previous = dict(self._previous(step))
        return Compiled(plan, values, states, previous, self.position, step, edit, self.quoted)

    def _balance(self, number: int) -> None:
        """stated − Σ coefficient × part; of cells outside the block the figures count."""
        balances, facts = self.system.balances, self.facts
        total, start = balances.total[number], balances.start[number]
        verdict, tolerance = int(self.system.judged.verdict[number]), balances.tolerance[number]
        factors: dict[int, int] = {}
        const = 0 if total != ABSENT else -balances.control[number]
        stale = total != ABSENT and bool(facts.stored[total]) and verdict == FAIL
        parts = balances.parts_of(number)
        terms = [*zip(parts, balances.coefficient[start : start + len(parts)], strict=True)]
        for position, times in terms if total == ABSENT else [*terms, (total, -1)]:
            cell, factor = self.cell.get(position), -times
            # A stored result that does not fit its parts says something of the formula, and nothing of the parts.
            if cell is not None and not (stale and position != total):
                factors[cell] = factors.get(cell, 0) + factor
            elif facts.state[position] == NUMBER:
                const -= factor * int(facts.number[position])
            elif verdict == UNJUDGED:
                return
        target = self.cell.get(total)
        if target is not None and facts.stored[total] and verdict in (PASS, ROUNDED):
            self.computed.setdefault(target, number)
        if any(factors.values()):
            self.sums.append(_Sum(number, factors, const, (-tolerance, tolerance), target))

    def _comparison(self, number: int, edit: Comparison) -> None:
        factors: dict[int, int] = {}
        const = edit.quoted
        for position, factor in edit.terms:
            if position in self.cell:
                factors[self.cell[position]] = factors.get(self.cell[position], 0) + factor
            else:
                const -= factor * int(self.facts.number[position])
        if edit.text != ABSENT:
            const -= edit.quoted
            factors[len(self.position)] = -1
            self.quoted[len(self.position)] = next(iter(factors))
            self.position.append(edit.text)
            self.figures.append(edit.quoted)
        if not factors:
            return
        summed = len(edit.terms) > 2 and edit.terms[0][1] == 1 and edit.terms[1][1] == -1
        target = self.cell.get(edit.terms[0][0]) if summed else None
        self.sums.append(_Sum(number, factors, const, (edit.least, edit.most), target, edit.differs))

    def _steps(self) -> list[int]:
        """The scale of each cell: a power of ten that all figures it is added up with are multiples of."""
        decimals = self.facts.decimals
        fine = [*zeros(self.facts.number[self.positions], decimals).tolist()]
        fine += [zeros_of(self.figures[cell], decimals) for cell in self.quoted]
        together: list[Collection[int]] = []
        for each in self.sums:
            together.append(each.factors)
            first = next(iter(each.factors))
            fine[first] = min(fine[first], zeros_of(each.const, decimals))
        for _, derived in self.ratios:
            if derived.start != ABSENT:
                # What is taken off has the scale of what it is taken off from.
                together.append([self.cell[p] for p in derived.positions[1:] if p in self.cell])
            # A quotient has the decimals that its form prints.
            own = self.cell.get(derived.figure)
            if own is not None:
                fine[own] = min(fine[own], max(decimals - derived.decimals, 0))
        for group in connected(together) if len(set(fine)) > 1 else ():
            cells = [cell for place in group for cell in together[place]]
            least = min(map(fine.__getitem__, cells), default=0)
            for cell in cells:
                fine[cell] = least
        return [10**places for places in fine]

    def _linear(self, each: _Sum, step: list[int]) -> Linear:
        one = step[next(iter(each.factors))]
        least, most = each.room
        room = (-INFINITE if least is None else -(-least // one), INFINITE if most is None else most // one)
        terms = {cell: -factor for cell, factor in each.factors.items() if cell != each.target and factor}
        target = each.target if each.factors.get(each.target if each.target is not None else -1) == 1 else None
        if target is None and each.target is not None:
            terms[each.target] = -each.factors[each.target]
        code = self._code(each.number)
        told = (each.const // one, "!=" if each.differs else "=", room, code, "exact", code)
        return Linear(terms, target, *told)  # type: ignore[arg-type]

    def _ratio(self, derived: Derived, step: list[int]) -> Ratio | None:
        cells = [self.cell.get(position) for position in derived.positions]
        if None in cells:
            return None
        figure, dividend, divisor, *start = (cell for cell in cells if cell is not None)
        # Of printed figures: result ÷ 10^a = scale × n ÷ 10^b ÷ (d ÷ 10^c).
        above = derived.scale * step[dividend]
        below = step[divisor] * step[figure]
        scale, rest = divmod(above * 10**self.facts.decimals, below)
        finest = 10 ** max(self.facts.decimals - derived.decimals, 0)
        if rest or not scale or step[figure] != finest or self.facts.decimals < derived.decimals:
            return None
        regime = "trunc" if derived.cut else "half"
        return Ratio(figure, dividend, divisor, scale, regime, derived.rounded, derived.code, derived.code, *start)  # type: ignore[arg-type]

    def _code(self, number: int) -> str:
        size = len(self.system.balances)
        return self.system.balances.code[number] if number < size else self.system.edits[number - size].code

    def _quoted_cells(self) -> Iterator[Cell]:
        """A quoted figure is as plausible as it would be in the cell it is quoted from, and stands beside no other."""
        for cell, source in self.quoted.items():
            table, _, column = self.fields.place(self.position[source])
            yield Cell(f"quoted {self.position[cell]}", table, -cell, column, minimum=None)

    def _previous(self, step: list[int]) -> Iterator[tuple[int, int]]:
        """The figures of the earlier round."""
        if self.data.previous is None:
            return
        for cell, position in enumerate(self.position):
            before = self.data.previous.of(self.facts, position) if cell not in self.quoted else None
            if before is not None and before.value is not None:
                scaled = EXACT.scaleb(before.value, Decimal(self.facts.decimals))
                if scaled == int(scaled) and int(scaled) % step[cell] == 0:
                    yield cell, int(scaled) // step[cell]

    def _series(self) -> Iterable[Series]:
        """Running totals with their increments: sums of a figure and the total before it, one after the other."""
        increments: dict[int, list[int]] = {}
        cumulatives: dict[int, list[int]] = {}
        for each in self.sums:
            if each.target is None or each.number >= len(self.system.balances):
                continue
            if self.system.balances.kind[each.number] not in RUNNING:
                continue
            parts = [cell for cell, factor in each.factors.items() if cell != each.target and factor == -1]
            before = next((cell for cell in parts if cell in cumulatives), None)
            own = [cell for cell in parts if cell != before]
            if len(own) != 1 or (before is None and len(parts) != 1):
                continue
            increments[each.target] = [*increments.pop(before, []), *own] if before is not None else own
            chain = cumulatives.pop(before, []) if before is not None else []
            cumulatives[each.target] = [*chain, each.target]
        return [Series(tuple(increments[end]), tuple(chain)) for end, chain in cumulatives.items() if len(chain) > 1]


# Kinds of balances of which each starts from the total of the one before.
RUNNING = ("first", "running", "begun", "carried")
