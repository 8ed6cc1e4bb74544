"""Conditions on other fields of a record: 「区分が新規のとき」."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reconcile.facts import ABSENT, BLANK, ERROR, NIL, PENDING, FormTable, Mask, Positions
from reconcile.normalise import fold_label
from reconcile.packs.model import Form

NOTHING = (ABSENT, BLANK, NIL)
UNKNOWN = (ERROR, PENDING)


@dataclass(frozen=True, slots=True)
class Condition:
    """Which rows meet a condition, for which nobody can tell, and the cells that it looks at (fields × rows)."""

    met: Mask
    unknown: Mask
    cells: Sequence[Positions]

    def at(self, line: int) -> list[int]:
        """The cells that a row's judgement rests on."""
        return [int(cells[line]) for cells in self.cells if cells[line] != ABSENT]


def condition(table: FormTable, when: Mapping[str, Sequence[str]]) -> Condition:
    """``when``: slot → the words of which it holds one; without words, it is filled in."""
    met = np.ones(len(table), dtype=bool)
    unknown = np.zeros(len(table), dtype=bool)
    cells = []
    for slot, words in when.items():
        states = table.state(slot)
        cells.append(table.at(slot))
        unknown |= np.isin(states, UNKNOWN)
        if words:
            wanted = {fold_label(word) for word in words}
            met &= np.array([fold_label(str(text)) in wanted for text in table.text(slot)], dtype=bool)
        else:
            met &= ~np.isin(states, NOTHING)
    return Condition(met & ~unknown, unknown, cells)


def told(form: Form, table: FormTable, when: Mapping[str, Sequence[str]], line: int) -> tuple[str, ...]:
    """The condition as the record meets it: the label of each field and what stands there."""
    raw = table.facts.raw
    return tuple(
        f"{_label(form, slot)}：{raw[position]}" for slot in when if (position := int(table.at(slot)[line])) != ABSENT
    )


def _label(form: Form, slot: str) -> str:
    return form.fields[slot.partition(".")[0]].all_columns()[0].text
