"""CUM001: the total of a cumulative count, a year-end value, a rate or a mean is its last value given."""

from __future__ import annotations

import numpy as np

from reconcile.facts import ABSENT, BLANK, NIL
from reconcile.packs.checks import LastValueCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome


def judge(check: LastValueCheck, form: Form, data: Confrontation) -> Outcome:
    """One constraint of one part for each record of one of the check's bases.

    Later years that are ― or blank and not due are passed over; one that is pending leaves the total unjudged.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    total = table.at(check.total)
    series = np.stack([table.at(slot) for slot in check.series], axis=1)
    for line in np.flatnonzero(data.rows_of(table, check.basis) & (total != ABSENT)):
        given = [
            p
            for p in series[line].tolist()
            if p != ABSENT and facts.state[p] != NIL and (facts.state[p] != BLANK or data.due[p])
        ]
        outcome.balances.add(
            check.code,
            "last",
            form.form,
            int(total[line]),
            given[-1:],
            group=str(table.record[line]),
        )
    return outcome
