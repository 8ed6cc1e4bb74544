"""Values of the returns as cells of the localiser: where they stand, what their fields allow, why they hold nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.facts import BLANK, EXACT, NIL, NUMBER, STATES, Mask, Positions
from reconcile.localiser import Cell
from reconcile.localiser.model import State
from reconcile.normalise import MONEY, fold_unit
from reconcile.packs.model import Form, FormField
from reconcile.rules.context import Confrontation

Bounds = tuple[int | None, int | None]
# In these the values of one column are of all kinds.
CARDS = ("card", "cards")
# Money of which there is no smaller unit than these a thousand times over.
THOUSAND, SIGNS = 1000, frozenset("£$€¥")


class FieldsOfCells:
    """What is said of cells by their fields, their forms and what stands in them."""

    def __init__(self, data: Confrontation) -> None:
        self.data, self.facts = data, data.facts
        self._bounds: dict[tuple[int, int], Bounds] = {}
        self._slots: dict[str, dict[str, int]] = {}
        self._finest: dict[int, bool] = {}

    def cells(self, positions: Positions, step: list[int], computed: Collection[int]) -> Iterator[Cell]:
        """The cells of some values; ``step`` tells the scale of each, ``computed`` which ones live formulas state."""
        facts = self.facts
        table, row, column = self._places(positions)
        stored = facts.stored[positions]
        provenance = ["typed"] * len(positions)
        for cell in np.flatnonzero(stored).tolist():
            provenance[cell] = "formula" if cell in computed else "cached"
        decimals = {one: facts.decimals - zeros_of(one, facts.decimals) for one in set(step)}
        bounds = list(map(self._bounded, self._measures(positions), step))
        return map(
            Cell,
            map(str, positions.tolist()),
            table,
            row,
            column,
            map(decimals.__getitem__, step),
            [""] * len(positions),
            provenance,
            [least for least, _ in bounds],
            self._not_asked_for(positions).tolist(),
            [most for _, most in bounds],
            map(self._is_finest, self._measures(positions)),
        )

    def place(self, position: int) -> tuple[str, int, int]:
        """Table, row and column of one value."""
        (table,), (row,), (column,) = self._places(np.array([position]))
        return table, row, column

    def states(self, positions: Positions) -> list[State]:
        """Why no number stands in a cell: one that nobody wrote into where none is due counts as nothing."""
        state = self.facts.state[positions].astype(np.int64)
        silent = (state == BLANK) & ~self.data.due[positions]
        return list(map(TOLD.__getitem__, np.where(silent, len(STATES), state).tolist()))

    def _places(self, positions: Positions) -> tuple[list[str], list[int], list[int]]:
        """In a card row and column are the record and the field."""
        facts = self.facts
        file, sheet, form = (facts.coded(name).take(positions) for name in ("file", "sheet", "form"))
        pairs = file.codes.astype(np.int64) * len(sheet.values) + sheet.codes
        _, first, own = np.unique(pairs * len(form.values) + form.codes, return_index=True, return_inverse=True)
        names = [f"{file.text(one)}|{sheet.text(one)}|{form.text(one)}" for one in first.tolist()]
        row, column = facts.row[positions].tolist(), facts.column[positions].tolist()
        for number, one in enumerate(first.tolist()):
            name = form.text(one)
            if name not in self.data.pack.forms or self.data.pack.forms[name].layout not in CARDS:
                continue
            slots = self._slots_of(self.data.pack.forms[name])
            for cell in np.flatnonzero(own == number).tolist():
                position = int(positions[cell])
                row[cell], column[cell] = int(facts.entry[position]), slots[facts.slot.text(position)]
        return list(map(names.__getitem__, own.tolist())), row, column

    def _slots_of(self, form: Form) -> dict[str, int]:
        if form.form not in self._slots:
            self._slots[form.form] = {slot: place for place, slot in enumerate(form.slots())}
        return self._slots[form.form]

    def _not_asked_for(self, positions: Positions) -> Mask:
        """What nobody of the return has filled in is not asked for yet."""
        facts = self.facts
        state = facts.state[positions]
        blank: Mask = state == BLANK
        if not blank.any():
            return blank
        columns = self._columns(positions)
        found: Mask = blank & ~np.isin(columns, columns[state == NUMBER])
        return found

    def _columns(self, positions: Positions) -> Positions:
        """For each value the number of its column: a slot of a form in a return."""
        file = self.facts.coded("file").take(positions)
        return file.codes.astype(np.int64) * len(self.facts.measures) + self.facts.measure[positions]

    def _measures(self, positions: Positions) -> list[int]:
        """For each value the number of its form and slot."""
        measures: list[int] = self.facts.measure[positions].tolist()
        return measures

    def _bounded(self, measure: int, step: int) -> Bounds:
        """What the field of a form and slot allows, in the scale of a cell."""
        if (measure, step) not in self._bounds:
            form, slot = self.facts.measures[measure]
            own = self.data.pack.forms.get(form)
            self._bounds[measure, step] = self._of_field(own.fields.get(slot.partition(".")[0]) if own else None, step)
        return self._bounds[measure, step]

    def _is_finest(self, measure: int) -> bool:
        """Whether figures of a form and slot are in yen, or in the money of another country without a magnitude."""
        if measure not in self._finest:
            form, slot = self.facts.measures[measure]
            own = self.data.pack.forms.get(form)
            field = own.fields.get(slot.partition(".")[0]) if own else None
            unit = fold_unit((field.unit_in(own.unit) if own and field else None) or "")
            self._finest[measure] = unit in SIGNS or MONEY.get(unit, THOUSAND) < THOUSAND
        return self._finest[measure]

    def _of_field(self, field: FormField | None, step: int) -> Bounds:
        if field is None:
            return None, None
        least, most = (
            None if bound is None else int(EXACT.scaleb(Decimal(str(bound)), Decimal(self.facts.decimals)))
            for bound in (field.minimum, field.maximum)
        )
        return None if least is None else -(-least // step), None if most is None else most // step


def _told() -> list[State]:
    """By state of a value, and for a blank where nothing is due."""
    found: list[State] = ["unknown" for _ in (*STATES, BLANK)]
    found[NUMBER], found[NIL], found[-1] = "number", "nil", "blank"
    return found


TOLD = _told()


def zeros(figures: npt.NDArray[Any], most: int) -> Positions:
    """Zeros at the end of scaled figures, as far as their decimals go."""
    found = np.zeros(len(figures), dtype=np.int64)
    for places in range(1, most + 1):
        found += (figures % 10**places == 0).astype(np.int64)
    return found


def zeros_of(figure: int, most: int) -> int:
    """Zeros at the end of one scaled figure."""
    count = 0
    while count < most and figure % 10 == 0:
        figure //= 10
        count += 1
    return count
