"""RAT003: a density or other quotient against its recomputation."""

from __future__ import annotations

from reconcile.packs.checks import DerivedCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.figures import figure
from reconcile.rules.quotient import asking, derived, fails, quotients


def judge(check: DerivedCheck, form: Form, data: Confrontation) -> Outcome:
    """Every stated quotient. A difference that the rounding of one of ``rounded`` can explain passes."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    outcome.asking += asking(check, form, table, data)
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
                    expected=figure(found.expected, str(facts.unit[found.figure])),
                    data={
                        "dividend": facts.ref(found.dividend),
                        "divisor": facts.ref(found.divisor),
                        "difference": found.difference,
                    },
                    cells=involved(facts, [found.figure], "quotient") + involved(facts, found.operands, "part"),
                )
            )
    return outcome
