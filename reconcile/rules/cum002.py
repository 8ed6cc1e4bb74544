"""CUM002: a cumulative count falls."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from reconcile.edits import at_least
from reconcile.facts import ABSENT, BLANK, NIL, NUMBER
from reconcile.packs.checks import NeverFallingCheck
from reconcile.packs.model import Form
from reconcile.rules.basis import label_says
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.figures import figure, trimmed


def judge(check: NeverFallingCheck, form: Form, data: Confrontation) -> Outcome:
    """Each figure of the series against the one before it, in the records whose label bears the mark.

    ― and a blank that is not due are passed over; a figure that is not known leaves the series unjudged.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    series = np.stack([table.at(slot) for slot in check.series], axis=1)
    for line in np.flatnonzero(data.rows_of(table, check.basis) & label_says(form, table, check.basis)):
        present = [p for p in series[line].tolist() if p != ABSENT]
        figures = [p for p in present if facts.state[p] == NUMBER]
        unknown = [
            p for p in present if facts.state[p] not in (NUMBER, NIL) and (facts.state[p] != BLANK or data.due[p])
        ]
        outcome.edits += [at_least(check.code, after, before) for before, after in pairwise(figures)]
        falls = [(a, b) for a, b in pairwise(figures) if facts.number[b] < facts.number[a]]
        for before, after in falls:
            fall = facts.decimal(facts.number[after] - facts.number[before])
            outcome.findings.append(
                finding_at(
                    facts,
                    after,
                    check.code,
                    expected=str(facts.raw[before]),
                    data={
                        "before": facts.ref(before),
                        "before_found": str(facts.raw[before]),
                        "at_least": figure(facts.decimal(facts.number[before]), str(facts.unit[before])),
                        "difference": trimmed(fall),
                    },
                    cells=involved(facts, [after], "value") + involved(facts, [before], "before"),
                )
            )
        if falls:
            continue
        if unknown and len(present) > 1:
            outcome.unjudged.append(unjudged_at(facts, unknown[0], check.code, "part_not_a_number"))
        elif len(figures) > 1:
            outcome.passed += 1
    return outcome
