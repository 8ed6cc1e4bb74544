"""RAT004: a derived figure differs in its last digit only: rounded another way than the form says."""

from __future__ import annotations

from reconcile.packs.checks import DerivedCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.quotient import derived, fails, quotients, written


def judge(check: DerivedCheck, form: Form, data: Confrontation) -> Outcome:
    """Every stated quotient. One that differs by more is RAT001's or RAT003's, and passes here."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    for found in quotients(check, form, table, data):
        outcome.edits += derived(check, form, found)
        if found.expected is None:
            outcome.unjudged.append(unjudged_at(facts, found.figure, check.code, found.why))
        elif not fails(check, form, found):
            outcome.passed += 1
        else:
            outcome.findings.append(
                finding_at(
                    facts,
                    found.figure,
                    check.code,
                    expected=written(found.expected, str(facts.unit[found.figure])),
                    cells=involved(facts, [found.figure], "quotient") + involved(facts, found.operands, "part"),
                )
            )
    return outcome
