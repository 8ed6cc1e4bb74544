"""Which accepted records stand for one and the same item, and whether they agree on an amount."""

from __future__ import annotations

from collections import Counter

import numpy as np

from reconcile.facts import ABSENT, BLANK, ERROR, NIL, NUMBER, FormTable
from reconcile.normalise import fold_key
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation


def amount_slots(form: Form, table: FormTable, amounts: str) -> list[str]:
    """The slots of an amount that at least one return has, in the printed order."""
    return [slot for slot in form.slots() if slot.partition(".")[0] == amounts and slot in table.index]


def accepted_records(table: FormTable, data: Confrontation) -> list[int]:
    """The rows of records that are merged."""
    accepted = np.zeros(len(table), dtype=bool)
    for positions in table.index.values():
        present = positions != ABSENT
        accepted[present] |= data.accepted[positions[present]]
    return np.flatnonzero(accepted & table.is_level("record")).tolist()


Items = dict[tuple[str, str], list[int]]


def by_item(table: FormTable, data: Confrontation, by: str) -> Items:
    """The accepted rows of each (folded code, component), in the order of the returns; without a readable code none."""
    items: Items = {}
    codes = table.text(by)
    known = table.state(by) != ERROR
    for row in accepted_records(table, data):
        if codes[row] and known[row]:
            items.setdefault((fold_key(str(codes[row])), str(table.component[row])), []).append(row)
    return items


def several_times(table: FormTable, data: Confrontation, by: str) -> Items:
    """The items that stand in more than one accepted record."""
    return {item: rows for item, rows in by_item(table, data, by).items() if len(rows) > 1}


class Amounts:
    """One amount of one item as its records state it.

    ``positions`` are those of the records that have the cell; ``states`` goes by them. ― states that there is
    nothing, as 0 does; a blank that is not due states nothing at all.
    """

    def __init__(self, table: FormTable, slot: str, rows: list[int], data: Confrontation) -> None:
        facts = table.facts
        column = table.at(slot)
        self.positions: list[int] = []
        self.figures: list[int] = []
        self.unknown: list[int] = []
        for row in rows:
            position = int(column[row])
            if position == ABSENT:
                continue
            state = facts.state[position]
            if state in (NUMBER, NIL):
                self.positions.append(position)
                self.figures.append(int(facts.number[position]) if state == NUMBER else 0)
            elif state != BLANK or data.due[position]:
                self.unknown.append(position)

    @property
    def differ(self) -> bool:
        """Whether two records state different amounts."""
        return len(set(self.figures)) > 1

    def wrong_and_right(self) -> tuple[int, int]:
        """Positions of the amount to correct first and of one it is measured by.

        Where most records agree, the first that does not; else the later of the first two that differ.
        """
        (common, most), *others = Counter(self.figures).most_common()
        majority = most > max(count for _, count in others)
        right = self.figures.index(common) if majority else 0
        wrong = next(n for n, figure in enumerate(self.figures) if figure != self.figures[right])
        return self.positions[wrong], self.positions[right]
