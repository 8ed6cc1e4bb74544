"""Cells of the localiser as places and figures of the returns."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from reconcile.findings import CellRef
from reconcile.localisation.compiled import Compiled
from reconcile.localiser import Candidate
from reconcile.localiser.edits import Balance
from reconcile.rules.context import Confrontation
from reconcile.rules.figures import figure, plain

# Nothing is told as certain.
SUREST = 0.999
# A thousandth that a point made of a comma.
GROUPED = "thousands_point"


def confidence(p: float) -> float:
    """A probability as it is told: to a thousandth."""
    return round(min(p, SUREST), 3)


class Values:
    """What a cell of the plan is in the returns, and how its figures are written."""

    def __init__(self, data: Confrontation, table: Compiled) -> None:
        self.facts, self.pack, self.table = data.facts, data.pack, table

    def ref(self, cell: int) -> CellRef:
        return self.facts.ref(self.table.position[cell])

    def stored(self, cell: int) -> bool:
        """Whether a formula holds the cell."""
        return cell not in self.table.quoted and bool(self.facts.stored[self.table.position[cell]])

    def decimal(self, cell: int, value: int) -> Decimal:
        return self.facts.decimal(value * self.table.step[cell])

    def shown(self, cell: int, value: int) -> str:
        """A figure as a person reads it, in the unit of its cell."""
        return figure(self.decimal(cell, value), self._unit(cell))

    def change(self, candidate: Candidate, number: int) -> int:
        """By how much one of its cells changes, in the scale of the facts."""
        before = candidate.observed[number] or 0
        return (candidate.proposed[number] - before) * self.table.step[candidate.cells[number]]

    def proposal(self, candidate: Candidate) -> Mapping[str, object]:
        """One thing that may have gone wrong, as it stands in a suggestion."""
        told = {**self._place(candidate, 0), "cause": self.cause(candidate), "confidence": confidence(candidate.p)}
        together = self.together(candidate)
        return {**told, "together": together} if together else told

    def cause(self, candidate: Candidate) -> str:
        """The slip; where it left decimals of a whole figure (5.033 for 5,033), that a point groups its digits."""
        cell, observed = candidate.cells[0], candidate.observed[0]
        if candidate.cause != "thousandth" or observed is None:
            return candidate.cause
        grouped = self.decimal(cell, observed) % 1 and not self.decimal(cell, candidate.proposed[0]) % 1
        return GROUPED if grouped else candidate.cause

    def scale(self, candidate: Candidate) -> Mapping[str, object]:
        """What is said of figures that are in another unit together: their cells with those between them that hold
        nothing, their columns, how many they are, and how many times too large or too small."""
        plan, numbers = self.table.plan, self.facts.number
        places = [plan.cells[cell] for cell in candidate.cells]
        rows, columns = {at.row for at in places}, {at.column for at in places}
        cells = set(candidate.cells)
        for cell in plan.tables[places[0].table]:
            at = plan.cells[cell]
            if at.row in rows and at.column in columns and not numbers[self.table.position[cell]]:
                cells.add(cell)
        slots = dict.fromkeys(self._slot(cell) for cell in sorted(candidate.cells, key=lambda c: plan.cells[c].column))
        before, after = abs(candidate.observed[0] or 0), abs(candidate.proposed[0])
        return {
            "cells": tuple(map(self.ref, sorted(cells, key=lambda c: plan.cells[c][1:4]))),
            "slots": tuple(slots),
            "count": len(candidate.cells),
            "factor": max(before, after) // max(min(before, after), 1),
        }

    def _slot(self, cell: int) -> str:
        return str(self.facts.slot[self.table.position[cell]])

    def together(self, candidate: Candidate) -> tuple[Mapping[str, object], ...]:
        """The other cells of an operation on several."""
        return tuple(self._place(candidate, number) for number in range(1, len(candidate.cells)))

    def _place(self, candidate: Candidate, number: int) -> dict[str, object]:
        cell, value = candidate.cells[number], candidate.proposed[number]
        ref = self.ref(cell)
        return {
            "file": ref.file,
            "sheet": ref.sheet,
            "cell": ref.a1 or "",
            "value": plain(self.decimal(cell, value)),
            "shown": self.shown(cell, value),
        }

    def _unit(self, cell: int) -> str:
        """The unit of the cell, else of a figure that it is added up with, else the field's or the form's."""
        cell = self.table.quoted.get(cell, cell)
        facts, position = self.facts, self.table.position[cell]
        if facts.unit[position]:
            return str(facts.unit[position])
        plan = self.table.plan
        sums = (edit for number in plan.touching[cell] if isinstance(edit := plan.edits[number], Balance))
        near = (other for edit in sums for other in edit.cells)
        units = (str(facts.unit[self.table.position[o]]) for o in near if o not in self.table.quoted)
        form = self.pack.forms.get(str(facts.form[position]))
        field = form.fields.get(facts.parts(position)[0]) if form else None
        own = (field.unit if field else None) or (form.unit if form else None) or ""
        return next((unit for unit in units if unit), own)
