"""PRG002: actual and plan differ by more than the pack's threshold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

import numpy as np

from reconcile.edits import share_at_least, share_at_most
from reconcile.facts import ABSENT, BLANK, ERROR, NIL, NUMBER
from reconcile.packs.checks import FarFromPlanCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.figures import plain
from reconcile.rules.revision import reason_text


def judge(check: FarFromPlanCheck, form: Form, data: Confrontation) -> Outcome:
    """The actual of each record in percent of its plan, of the revised one where there is a figure.

    Where neither has been given there is nothing to judge. What a reason explains passes.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    actual, plan, plan_state = table.at(check.actual), table.at(check.plan), table.state(check.plan)
    if check.revised:
        revised = table.state(check.revised) == NUMBER
        plan = np.where(revised, table.at(check.revised), plan)
        plan_state = np.where(revised, NUMBER, plan_state)
    silent = (ABSENT, BLANK, NIL)
    given = ~(np.isin(table.state(check.actual), silent) & np.isin(plan_state, silent))
    for line in table.once(np.flatnonzero(data.rows_of(table, check.basis) & given), actual, plan):
        here, there = int(actual[line]), int(plan[line])
        why = ""
        if here == ABSENT or facts.state[here] != NUMBER:
            why = "actual_not_a_number"
        elif there == ABSENT or facts.state[there] != NUMBER:
            why = "plan_not_a_number"
        elif facts.unit[here] != facts.unit[there]:
            why = "units_differ"
        elif not facts.number[there]:
            why = "plan_is_zero"
        if why:
            outcome.unjudged.append(unjudged_at(facts, here if here != ABSENT else there, check.code, why))
            continue
        share = 100 * Fraction(facts.value[here]) / Fraction(facts.value[there])
        reason = int(table.at(check.reason)[line]) if check.reason else ABSENT
        far = not check.least <= share <= check.most
        if far and reason != ABSENT and facts.state[reason] == ERROR:
            outcome.unjudged.append(unjudged_at(facts, here, check.code, "reason_not_readable"))
            continue
        if not far or (reason != ABSENT and facts.state[reason] != NIL and reason_text(str(facts.raw[reason]), None)):
            outcome.passed += 1
            continue
        bound, percent = (share_at_least, check.least) if share < check.least else (share_at_most, check.most)
        outcome.doubts.append(bound(check.code, here, there, percent))
        outcome.findings.append(
            finding_at(
                facts,
                here,
                check.code,
                data={
                    "plan": str(facts.raw[there]),
                    "ratio": f"{plain(_tenths(share))}%",
                    "threshold": f"{check.least}%～{check.most}%",
                },
                cells=involved(facts, [here], "actual") + involved(facts, [there], "plan"),
            )
        )
    return outcome


def _tenths(share: Fraction) -> Decimal:
    """Rounded half up to one decimal; a share is never negative where both figures are counts."""
    return Decimal(floor(share * 10 + Fraction(1, 2))).scaleb(-1)
