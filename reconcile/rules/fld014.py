"""FLD014: filled in, though by what another field says nothing belongs there."""

from __future__ import annotations

import numpy as np

from reconcile.facts import ABSENT, ERROR
from reconcile.packs.checks import ForbiddenCheck
from reconcile.packs.model import Form
from reconcile.rules.conditions import NOTHING, condition, told
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at


def judge(check: ForbiddenCheck, form: Form, data: Confrontation) -> Outcome:
    """Each of the cells of every record that meets the condition; ― is nothing, too."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    asked = condition(table, check.when)
    for slot in check.cells:
        cells, states = table.at(slot), table.state(slot)
        for line in np.flatnonzero(data.rows_of(table) & (cells != ABSENT)).tolist():
            cell = int(cells[line])
            filled = states[line] not in NOTHING
            if (asked.unknown[line] and filled) or (asked.met[line] and states[line] == ERROR):
                outcome.unjudged.append(unjudged_at(data.facts, cell, check.code, "condition_not_readable"))
            elif asked.met[line] and filled:
                outcome.findings.append(
                    finding_at(
                        data.facts,
                        cell,
                        check.code,
                        data={"beside": told(form, table, check.when, line)},
                        cells=involved(data.facts, [cell], "value") + involved(data.facts, asked.at(line), "beside"),
                    )
                )
            elif asked.met[line]:
                outcome.passed += 1
    return outcome
