"""FLD009: ― (nil) stands where the figures beside it make one due."""

from __future__ import annotations

import numpy as np

from reconcile.facts import ABSENT, ERROR, NIL, NUMBER, PENDING, TEXT
from reconcile.packs.checks import StateBesideFiguresCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at

# Not known yet, or not readable: it may turn out to be a figure.
UNKNOWN = (PENDING, ERROR, TEXT)


def judge(check: StateBesideFiguresCheck, form: Form, data: Confrontation) -> Outcome:
    """A cell that is ― although one beside it holds a number, component by component.

    Beside milestones or beside nothing ― is right. Beside what is not known yet it cannot be judged.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    cell = table.at(check.cell)
    beside = np.stack([table.at(slot) for slot in check.beside], axis=1)
    states = np.stack([table.state(slot) for slot in check.beside], axis=1)
    nil = table.state(check.cell) == NIL
    figures = np.any(states == NUMBER, axis=1)
    unknown = np.any(np.isin(states, UNKNOWN), axis=1)
    for line in np.flatnonzero(data.rows_of(table) & (cell != ABSENT)):
        if nil[line] and figures[line]:
            near = [int(p) for p, state in zip(beside[line], states[line], strict=True) if state == NUMBER]
            outcome.findings.append(
                finding_at(
                    facts,
                    int(cell[line]),
                    check.code,
                    variant="beside_figures",
                    data={
                        "beside": tuple(facts.ref(p) for p in near),
                        "figures": tuple(str(facts.raw[p]) for p in near),
                    },
                    cells=involved(facts, [cell[line]], "total") + involved(facts, near, "part"),
                )
            )
        elif nil[line] and unknown[line]:
            outcome.unjudged.append(unjudged_at(facts, int(cell[line]), check.code, "part_not_a_number"))
        elif nil[line] or figures[line]:
            outcome.passed += 1
    return outcome
