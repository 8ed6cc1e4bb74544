"""Where the totals of a column are live formulas, nothing checks the column: a SUM follows a wrong part."""

from __future__ import annotations

import numpy as np

from reconcile.balances import PASS, ROUNDED
from reconcile.facts import ABSENT, NUMBER, Facts, Positions
from reconcile.findings import Unjudged
from reconcile.localisation.system import System
from reconcile.rules.context import unjudged_at

WHY = "total_is_formula"


def unchecked_columns(system: System) -> list[Unjudged]:
    """One entry a return and form with columns of typed figures that only live formulas add up, at the first of these.

    A figure that another check goes over (a row, another sheet, another return) is checked, and so is its column.
    """
    facts, balances = system.facts, system.balances
    total = np.array(balances.total, dtype=np.int64)
    stated = total != ABSENT
    holds = np.isin(system.judged.verdict, (PASS, ROUNDED))
    live = np.zeros(len(system), dtype=bool)
    live[: len(balances)] = holds & stated & facts.stored[np.maximum(total, 0)] if len(facts) else False
    if not live.any():
        return []
    cells, owner = system.incidence
    checked = np.zeros(len(facts), dtype=bool)
    checked[cells[(system.speaking & ~live)[owner]]] = True
    typed = (facts.state == NUMBER) & ~facts.stored
    added = np.zeros(len(facts), dtype=bool)
    added[cells[live[owner]]] = True
    parts = added & typed & ~checked
    if not parts.any():
        return []
    column = _columns(facts)
    parts &= ~np.isin(column, column[checked & typed])
    first: dict[tuple[str, str], int] = {}
    with_parts = np.zeros(len(system), dtype=bool)
    with_parts[owner[parts[cells]]] = True
    for number in np.flatnonzero(with_parts & live).tolist():
        place = (str(facts.file[total[number]]), str(facts.form[total[number]]))
        first.setdefault(place, number)
    return [unjudged_at(facts, int(total[number]), balances.code[number], WHY) for number in first.values()]


def _columns(facts: Facts) -> Positions:
    """For each value the number of its column: a slot of a form in a return."""
    file, form, slot = (facts.coded(name) for name in ("file", "form", "slot"))
    return (file.codes.astype(np.int64) * len(form.values) + form.codes) * len(slot.values) + slot.codes
