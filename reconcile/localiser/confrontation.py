"""A table confronted with its edits: residuals, what rounding allows, what is violated; and the same after changes.

A :class:`Hypothesis` is the table with some cells changed. It shares everything with the table it came from and keeps
only what differs, so that thousands can be tried; each residual is exact at any time.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from reconcile.localiser.edits import ANY, Balance, Interval, Quotient
from reconcile.localiser.model import INFINITE, Regime, State
from reconcile.localiser.plan import Plan
from reconcile.localiser.rounding import EXACTLY, Law, infer, law

Change = tuple[int, int]

# So many figures of a table tell to which digit they are given.
ENOUGH = 2000


class Confrontation:
    """Values of one table against a plan. ``numbers`` holds 0 where no number stands (``states`` tells why)."""

    def __init__(self, plan: Plan, values: Sequence[int | None], states: Sequence[State] = ()) -> None:
        self.plan = plan
        self.states: list[State] = list(states) or ["blank" if v is None else "number" for v in values]
        self.numbers: list[int] = [0 if v is None else v for v in values]
        self.residuals: list[int] = [0] * len(plan.edits)
        self.tolerance: list[Interval] = [ANY] * len(plan.edits)
        self.laws: list[Law] = [EXACTLY] * len(plan.edits)
        self.truncated: list[bool] = [False] * len(plan.edits)
        # Edits for which no explanation was found.
        self.set_aside: frozenset[int] = frozenset()
        self.active: list[bool] = [edit is not None for edit in plan.edits]
        self.regimes: dict[str, Regime] = {}
        self._shown_all = all(state == "number" for state in self.states)
        self._endings: dict[tuple[str, int], list[int]] = {}
        self._unknown = {cell for cell, state in enumerate(self.states) if state in ("unknown", "text")}
        self._confront_balances()
        self._confront_quotients()
        start = Hypothesis(self, {}, {}, frozenset())
        self.violated = frozenset(number for number in range(len(plan.edits)) if not start.holds(number))

    @cached_property
    def figures(self) -> frozenset[int]:
        """All figures that stand in its cells."""
        return frozenset(self.numbers)

    @cached_property
    def blank(self) -> frozenset[int]:
        """The cells that are blank."""
        return frozenset(cell for cell, state in enumerate(self.states) if state == "blank")

    def _confront_balances(self) -> None:
        groups: defaultdict[tuple[str, Regime], list[int]] = defaultdict(list)
        parts: dict[int, int] = {}
        for number, edit in enumerate(self.plan.edits):
            if not isinstance(edit, Balance):
                continue
            self.residuals[number] = edit.residual(self.numbers)
            if self._unknown and not self._unknown.isdisjoint(edit.coefficients):
                self._weaken(number, edit)
                continue
            parts[number] = self._shown(edit)
            if edit.differs:
                continue
            if edit.at_least:
                self.tolerance[number] = (0, INFINITE)
            elif edit.room is not None:
                self.tolerance[number] = edit.room
            else:
                groups[edit.group, edit.regime].append(number)
        for (group, declared), numbers in groups.items():
            shown = [parts[number] for number in numbers]
            regime = infer([self.residuals[n] for n in numbers], shown) if declared == "infer" else declared
            self.regimes[group] = regime
            for number, count in zip(numbers, shown, strict=True):
                self.laws[number] = own = law(regime, count, len(self.plan.edits))
                self.tolerance[number] = own.tolerance

    def _weaken(self, number: int, edit: Balance) -> None:
        """A part that is not known: the total is at least the known ones; an unknown total cannot be judged."""
        unknown = [cell for cell in edit.coefficients if cell in self._unknown]
        minima = [self.plan.cells[cell].minimum for cell in unknown]
        below = not edit.differs and all(edit.coefficients[c] < 0 for c in unknown)
        if below and all(m is not None and m >= 0 for m in minima):
            # Figures rounded one by one can pass the printed total by half a unit each.
            least = -(self._shown(edit) + 1) // 2 if edit.room is None else edit.room[0]
            self.tolerance[number] = (least, INFINITE)
        else:
            self.active[number] = False

    def _shown(self, edit: Balance) -> int:
        """Parts that can carry a rounding error: a dash cannot, a printed 0 can; a factor counts as its square."""
        if self._shown_all and edit.target is not None:
            count = len(edit.coefficients) - 1
            return count if edit.plain else sum(f * f for f in edit.coefficients.values()) - 1
        states = self.states
        return sum(f * f for c, f in edit.coefficients.items() if states[c] != "nil" and c != edit.target)

    def _confront_quotients(self) -> None:
        groups: defaultdict[tuple[str, Regime], list[tuple[int, Quotient]]] = defaultdict(list)
        for number, edit in enumerate(self.plan.edits):
            if isinstance(edit, Quotient):
                if self._unknown and not self._unknown.isdisjoint(edit.cells):
                    self.active[number] = False
                else:
                    groups[edit.group, edit.regime].append((number, edit))
        for (group, declared), members in groups.items():
            value = self.numbers.__getitem__
            regime: Regime = declared
            if declared in ("infer", "exact"):
                agreeing = {cut: sum(e.holds(value, cut) for _, e in members) for cut in (False, True)}
                regime = "trunc" if agreeing[True] > agreeing[False] else "half"
            self.regimes[group] = regime
            for number, _ in members:
                self.truncated[number] = regime == "trunc"

    def setting_aside(self, edits: frozenset[int]) -> Confrontation:
        """The same without some edits, for which no explanation was found."""
        other = copy.copy(self)
        other.set_aside = self.set_aside | edits
        other.active = [active and number not in edits for number, active in enumerate(self.active)]
        other.violated = self.violated - edits
        return other

    def endings(self, cell: int, but_for: Sequence[int], changed: Mapping[int, int]) -> list[int]:
        """Of the figures of a cell's scale in its table, those of one line left out and some of them changed: how many
        there are, and how many end on one zero, on two, … as far as the decimals go. The first of a long table tell
        enough."""
        own, cells = self.plan.cells[cell], self.plan.tables[self.plan.cells[cell].table]
        last = cells[min(ENOUGH, len(cells)) - 1]
        found = list(self._ended(own.table, cells[:ENOUGH], own.decimals))
        left_out = set(but_for)
        for other in [c for c in changed if c not in left_out] + list(but_for):
            near = self.plan.cells[other]
            if (near.table, near.decimals) == (own.table, own.decimals) and other <= last:
                now = 0 if other in left_out else changed[other]
                for figure, times in ((self.numbers[other], -1), (now, 1)):
                    for d in range(own.decimals + 1) if figure else ():
                        found[d] += times * (figure % 10**d == 0)
        return found

    def _ended(self, table: str, cells: Iterable[int], decimals: int) -> list[int]:
        if (table, decimals) not in self._endings:
            own = (self.numbers[cell] for cell in cells if self.plan.cells[cell].decimals == decimals)
            figures = [figure for figure in own if figure]
            self._endings[table, decimals] = [sum(f % 10**d == 0 for f in figures) for d in range(decimals + 1)]
        return self._endings[table, decimals]

    def start(self) -> Hypothesis:
        """The table as it is."""
        return Hypothesis(self, {}, {}, self.violated)


class Hypothesis:
    """The table with some values changed; ``violated`` holds the edits that fail then."""

    __slots__ = ("at", "changed", "residuals", "violated")

    def __init__(
        self, at: Confrontation, changed: dict[int, int], residuals: dict[int, int], violated: frozenset[int]
    ) -> None:
        self.at = at
        self.changed = changed
        self.residuals = residuals
        self.violated = violated

    def value(self, cell: int) -> int:
        return self.changed[cell] if cell in self.changed else self.at.numbers[cell]

    def residual(self, number: int) -> int:
        return self.residuals[number] if number in self.residuals else self.at.residuals[number]

    def holds(self, number: int) -> bool:
        """Whether one edit holds; one that cannot be judged forbids nothing."""
        at = self.at
        if not at.active[number]:
            return True
        edit = at.plan.edits[number]
        if isinstance(edit, Quotient):
            return edit.holds(self.value, at.truncated[number])
        if edit is not None and edit.differs:
            return self.residual(number) != 0
        low, high = at.tolerance[number]
        return low <= self.residual(number) <= high

    def allowed(self, number: int, cell: int) -> Interval:
        """The values of the cell with which one of its edits holds."""
        at = self.at
        edit = at.plan.edits[number]
        if edit is None or not at.active[number]:
            return ANY
        if isinstance(edit, Quotient):
            return edit.allowed(cell, self.value, at.truncated[number])
        if edit.differs:
            return ANY  # but for one figure
        return edit.allowed(cell, self.value(cell), self.residual(number), at.tolerance[number])

    def asked(self, number: int) -> Iterator[tuple[int, int, int, int]]:
        """Each cell of an edit, its figure, and the lowest and the highest one with which the edit holds."""
        at = self.at
        edit = at.plan.edits[number]
        if not isinstance(edit, Balance) or edit.differs or not edit.plain or not at.active[number]:
            for cell in edit.cells if edit else ():
                yield (cell, self.value(cell), *self.allowed(number, cell))
            return
        residual = self.residual(number)
        low, high = (end - residual for end in at.tolerance[number])
        for cell, factor in edit.coefficients.items():
            here = self.changed[cell] if cell in self.changed else at.numbers[cell]
            yield (cell, here, here + low, here + high) if factor == 1 else (cell, here, here - high, here - low)

    def after(self, changes: Iterable[Change]) -> Hypothesis:
        """The table with these cells changed as well."""
        plan = self.at.plan
        changed, residuals = dict(self.changed), dict(self.residuals)
        result = Hypothesis(self.at, changed, residuals, self.violated)
        touched: set[int] = set()
        for cell, value in changes:
            step = value - self.value(cell)
            changed[cell] = value
            for number in plan.touching[cell]:
                touched.add(number)
                edit = plan.edits[number]
                if isinstance(edit, Balance):
                    before = residuals[number] if number in residuals else self.at.residuals[number]
                    residuals[number] = before + edit.coefficients[cell] * step
        failing = {number for number in touched if not result.holds(number)}
        result.violated = (self.violated - touched) | failing
        return result

    def rounding(self, numbers: Iterable[int]) -> float:
        """Log-probability of the residuals of these edits under their rounding; violated ones do not count."""
        total = 0.0
        for number in numbers:
            own = self.at.laws[number]
            if own is not EXACTLY and number not in self.violated:
                total += own.log(self.residual(number))
        return total
