"""PRG001: the actual already exceeds the plan of the whole period."""

from __future__ import annotations

import numpy as np

from reconcile.edits import at_least
from reconcile.facts import ABSENT, BLANK, MILESTONE, NIL, NUMBER
from reconcile.packs.checks import BeyondPlanCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at


def judge(check: BeyondPlanCheck, form: Form, data: Confrontation) -> Outcome:
    """Judges the actual against the revised total where there is one, else against the initial one.

    Where neither states anything that may be a figure there is nothing to judge.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    actual = table.at(check.actual)
    yearly = [slot for slot in form.slots() if slot != check.actual and _same_version(slot, check.actual)]
    revised = table.state(check.revised) == NUMBER
    plan = np.where(revised, table.at(check.revised), table.at(check.plan))
    actual_known = table.state(check.actual) == NUMBER
    plan_known = revised | (table.state(check.plan) == NUMBER)
    silent = (ABSENT, BLANK, NIL, MILESTONE)
    said = revised | ~np.isin(table.state(check.plan), silent) | ~np.isin(table.state(check.actual), silent)
    for line in table.once(np.flatnonzero(data.rows_of(table, check.basis) & said), actual, plan):
        if not actual_known[line] or not plan_known[line]:
            why = "plan_not_a_number" if actual_known[line] else "actual_not_a_number"
            outcome.unjudged.append(unjudged_at(facts, max(actual[line], plan[line]), check.code, why))
        elif facts.number[actual[line]] > facts.number[plan[line]]:
            outcome.doubts.append(at_least(check.code, int(plan[line]), int(actual[line])))
            outcome.findings.append(
                finding_at(
                    facts,
                    actual[line],
                    check.code,
                    variant="revised" if revised[line] else "unrevised",
                    expected=str(facts.raw[plan[line]]),
                    data={"plan": str(facts.raw[plan[line]])},
                    cells=involved(facts, [actual[line]], "actual")
                    + involved(facts, [plan[line]], "plan")
                    + involved(facts, [table.at(slot)[line] for slot in yearly], "part"),
                )
            )
        else:
            outcome.passed += 1
    return outcome


def _same_version(slot: str, other: str) -> bool:
    """Whether two slots are the same field and version, of different periods."""
    return slot.rpartition(".")[0] == other.rpartition(".")[0]
