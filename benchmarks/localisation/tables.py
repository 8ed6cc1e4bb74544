"""True tables drawn with a fixed seed, their earlier versions, and what follows when a component changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from benchmarks.localisation.templates import Template, half_up, template
from reconcile.localiser import Linear, Ratio
from reconcile.localiser.model import State

# One check covers each cell of these, or one check all cells: constraints cannot tell which is wrong.
WEAK = ("rate", "list")


@dataclass
class Table:
    """One table: values in the last digit and the state of each cell."""

    template: Template
    values: list[int | None]
    states: list[State]

    def numbers(self) -> list[int]:
        return [value or 0 for value in self.values]

    def copy(self) -> Table:
        return Table(self.template, list(self.values), list(self.states))


def drawn(kind: str, seed: int) -> Table:
    """One true table; a component that is nothing is printed as a dash, a total that is nothing as 0."""
    own = template(kind)
    values = own.draw(Random(f"{kind} {seed}"))
    states: list[State] = ["nil" if v == 0 and own.plan.is_free(c) else "number" for c, v in enumerate(values)]
    return Table(own, list(values), states)


def propagated(table: Table, steps: Mapping[int, int]) -> list[int]:
    """The figures after some components have changed by so much and everything above them has followed."""
    before, after = table.numbers(), table.numbers()
    for cell, step in steps.items():
        after[cell] += step
    moved = True
    while moved:
        moved = False
        for edit in table.template.constraints:
            if isinstance(edit, Linear) and edit.target is not None:
                step = sum(factor * (after[cell] - before[cell]) for cell, factor in edit.terms.items())
                moved |= after[edit.target] != before[edit.target] + step
                after[edit.target] = before[edit.target] + step
    for edit in table.template.constraints:
        if isinstance(edit, Ratio) and after[edit.denominator] > 0:
            after[edit.result] = half_up(after[edit.numerator] * edit.scale, after[edit.denominator])
    return after


def earlier(table: Table, random: Random) -> list[int | None]:
    """The version before: 15 % of the components were revised since, each by 2 to 30 %."""
    free = [c for c, v in enumerate(table.values) if v and table.template.plan.is_free(c)]
    chosen = [cell for cell in free if random.random() < 0.15]
    steps = {c: round((table.values[c] or 0) * random.uniform(0.02, 0.3)) * random.choice((-1, 1)) for c in chosen}
    return list(propagated(table, steps))
