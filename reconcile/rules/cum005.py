"""CUM005: a cumulative count is below the value it started from."""

from __future__ import annotations

import numpy as np

from reconcile.edits import at_least
from reconcile.facts import ABSENT, BLANK, NIL, NUMBER
from reconcile.normalise import fold_unit
from reconcile.packs.checks import StartCheck
from reconcile.packs.model import Form
from reconcile.rules.basis import label_says
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.figures import trimmed


def judge(check: StartCheck, form: Form, data: Confrontation) -> Outcome:
    """The value against its start, in the records whose label bears the mark. Without a start nothing is judged."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    value, start = table.at(check.value), table.at(check.start)
    states = table.state(check.value), table.state(check.start)
    wanted = np.flatnonzero(data.rows_of(table, check.basis) & label_says(form, table, check.basis))
    for line in table.once(wanted, value, start):
        now, before = int(value[line]), int(start[line])
        if any(state[line] in (ABSENT, NIL, BLANK) for state in states):
            continue
        if states[0][line] != NUMBER or states[1][line] != NUMBER:
            unknown = now if states[0][line] != NUMBER else before
            outcome.unjudged.append(unjudged_at(facts, unknown, check.code, "part_not_a_number"))
            continue
        if _units_differ(str(facts.unit[now]), str(facts.unit[before])):
            outcome.unjudged.append(unjudged_at(facts, now, check.code, "units_differ"))
            continue
        outcome.edits.append(at_least(check.code, now, before))
        if facts.number[now] < facts.number[before]:
            outcome.findings.append(
                finding_at(
                    facts,
                    now,
                    check.code,
                    expected=str(facts.raw[before]),
                    data={
                        "start": facts.ref(before),
                        "start_found": str(facts.raw[before]),
                        "difference": trimmed(facts.decimal(facts.number[now] - facts.number[before])),
                    },
                    cells=involved(facts, [now], "value") + involved(facts, [before], "start"),
                )
            )
        else:
            outcome.passed += 1
    return outcome


def _units_differ(one: str, other: str) -> bool:
    """Both state a unit, and not the same one: FLD005 says so, and the figures cannot be compared."""
    return bool(one and other) and fold_unit(one) != fold_unit(other)
