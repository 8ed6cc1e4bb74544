"""A block of the system as the tables of the localiser: cells with their places, sums, ratios and series.

A figure stands in its last digit there: cells that are added up share a scale, and each scale is as coarse as all of
its figures allow. A figure that a text quotes is a cell of its own, which can be the wrong one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reconcile.balances import FAIL, PASS, ROUNDED, UNJUDGED
from reconcile.edits import Comparison, Derived
from reconcile.facts import ABSENT, BLANK, EXACT, NIL, NUMBER
from reconcile.localisation.system import System
from reconcile.localiser import Cell, Linear, Plan, Ratio, Series, compile_constraints
from reconcile.localiser.model import INFINITE, Provenance, State
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


def compiled(data: Confrontation, system: System) -> Compiled:
    """What hangs together with the violated edits."""
    return _Compiling(data, system).done()


class _Compiling:
    def __init__(self, data: Confrontation, system: System) -> None:
        self.data, self.system, self.facts = data, system, data.facts
        numbers, positions = system.block()
        self.position: list[int] = positions.tolist()
        self.cell = {position: cell for cell, position in enumerate(self.position)}
        self.figures = [int(self.facts.number[p]) for p in self.position]
        self.quoted: dict[int, int] = {}
        known = [p for p in self.position if self.facts.state[p] == NUMBER]
        self.filled = {(self.facts.file[p], self.facts.form[p], self.facts.slot[p]) for p in known}
        self.sums: list[_Sum] = []
        self.ratios: list[tuple[int, Derived]] = []
        # The cells a live formula states, with the edit that is the formula.
        self.computed: dict[int, int] = {}
        for number in numbers.tolist():
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
        rows: list[Row] = []
        edit: list[int] = []
        # A formula is known by its own edit: this one goes before others over the same cell.
        for each in sorted(self.sums, key=lambda s: (s.number not in self.computed.values(), s.number)):
            rows.append(self._linear(each, step))
            edit.append(each.number)
        for number, derived in self.ratios:
            ratio = self._ratio(derived, step)
            if ratio is not None:
                rows.append(ratio)
                edit.append(number)
        cells = [self._cell(cell, step[cell]) for cell in range(len(self.position))]
        states = [self._state(cell) for cell in range(len(self.position))]
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
        terms = [(p, -balances.coefficient[start + at]) for at, p in enumerate(balances.parts_of(number))]
        for position, factor in [*terms, *([(total, 1)] if total != ABSENT else [])]:
            # A stored result that does not fit its parts says something of the formula, and nothing of the parts.
            if position in self.cell and not (stale and position != total):
                cell = self.cell[position]
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
        root = list(range(len(self.position)))

        def find(cell: int) -> int:
            while root[cell] != cell:
                root[cell] = root[root[cell]]
                cell = root[cell]
            return cell

        for each in self.sums:
            first, *others = each.factors
            for other in others:
                root[find(other)] = find(first)
        for _, derived in self.ratios:
            if derived.start != ABSENT:
                # What is taken off has the scale of what it is taken off from.
                first, *others = (find(self.cell[p]) for p in derived.positions[1:] if p in self.cell)
                for other in others:
                    root[other] = first
        fine: defaultdict[int, int] = defaultdict(lambda: self.facts.decimals)
        constants = ((next(iter(each.factors)), each.const) for each in self.sums)
        for cell, figure in (*enumerate(self.figures), *constants):
            fine[find(cell)] = min(fine[find(cell)], _zeros(figure, self.facts.decimals))
        for _, derived in self.ratios:
            # A quotient has the decimals that its form prints.
            own = find(self.cell[derived.figure]) if derived.figure in self.cell else None
            if own is not None:
                fine[own] = min(fine[own], max(self.facts.decimals - derived.decimals, 0))
        return [10 ** fine[find(cell)] for cell in range(len(self.position))]

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

    def _cell(self, cell: int, step: int) -> Cell:
        facts, position = self.facts, self.position[cell]
        # A quoted figure is as plausible as it would be in the cell it is quoted from, and stands beside no other.
        home = self.position[self.quoted.get(cell, cell)]
        table = "|".join(map(str, (facts.file[home], facts.sheet[home], facts.form[home])))
        row, column = self._place(home)
        if cell in self.quoted:
            return Cell(f"quoted {position}", table, -cell, column, minimum=None)
        provenance: Provenance = "typed"
        if facts.stored[position]:
            provenance = "formula" if cell in self.computed else "cached"
        least, most = self._bounds(position, step)
        slot = (facts.file[position], facts.form[position], facts.slot[position])
        # What nobody of the return has filled in is not asked for yet.
        locked = facts.state[position] == BLANK and slot not in self.filled
        decimals = facts.decimals - _zeros(step, facts.decimals)
        return Cell(str(position), table, row, column, decimals, "", provenance, least, bool(locked), most)

    def _place(self, position: int) -> tuple[int, int]:
        """Row and column; in a card, where one column holds values of all kinds, the record and the field."""
        facts = self.facts
        form = self.data.pack.forms.get(str(facts.form[position]))
        if form is None or form.layout not in ("card", "cards"):
            return int(facts.row[position]), int(facts.column[position])
        return int(facts.entry[position]), form.slots().index(str(facts.slot[position]))

    def _bounds(self, position: int, step: int) -> tuple[int | None, int | None]:
        form = self.data.pack.forms.get(str(self.facts.form[position]))
        field = form.fields.get(self.facts.parts(position)[0]) if form else None
        if field is None:
            return None, None
        least, most = (
            None if bound is None else int(EXACT.scaleb(Decimal(str(bound)), Decimal(self.facts.decimals)))
            for bound in (field.minimum, field.maximum)
        )
        return None if least is None else -(-least // step), None if most is None else most // step

    def _state(self, cell: int) -> State:
        if cell in self.quoted:
            return "number"
        position = self.position[cell]
        state = int(self.facts.state[position])
        if state == NUMBER:
            return "number"
        if state == NIL:
            return "nil"
        return "blank" if state == BLANK and not self.data.due[position] else "unknown"

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


def _zeros(figure: int, most: int) -> int:
    """Zeros at the end of a scaled figure, as far as its decimals go."""
    count = 0
    while count < most and figure % 10 == 0:
        figure //= 10
        count += 1
    return count
