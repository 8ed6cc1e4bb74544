"""Where the totals of a column are live formulas, nothing checks the column: a SUM follows a wrong part."""

from __future__ import annotations

import numpy as np

from reconcile.balances import PASS, ROUNDED
from reconcile.facts import ABSENT, NUMBER
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
    found = {_column(system, position) for position in np.flatnonzero(checked & typed).tolist()}
    first: dict[tuple[str, str], int] = {}
    parts = added & typed & ~checked
    for number in np.flatnonzero(live).tolist():
        own = [p for p in balances.parts_of(number) if parts[p] and _column(system, p) not in found]
        if own:
            place = (str(facts.file[total[number]]), str(facts.form[total[number]]))
            first.setdefault(place, number)
    return [unjudged_at(facts, int(total[number]), balances.code[number], WHY) for number in first.values()]


def _column(system: System, position: int) -> tuple[str, str, str]:
    facts = system.facts
    return (str(facts.file[position]), str(facts.form[position]), str(facts.slot[position]))
