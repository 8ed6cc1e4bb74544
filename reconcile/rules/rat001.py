"""RAT001: a percentage differs from its recomputation by more than its last digit."""

from __future__ import annotations

from decimal import Decimal

from reconcile.facts import Facts
from reconcile.packs.checks import DerivedCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.quotient import METHODS, Quotient, asking, derived, fails, quotients, written

PERCENT = 100


def judge(check: DerivedCheck, form: Form, data: Confrontation) -> Outcome:
    """Every stated quotient. One off by one in its last digit passes here where the form leaves it to RAT004."""
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
            unit = str(facts.unit[found.figure]) or ("%" if check.scale == PERCENT else "")
            variant = "" if found.method == METHODS[0] else found.method
            outcome.findings.append(
                finding_at(
                    facts,
                    found.figure,
                    check.code,
                    variant="share" if _is_share(check, facts, found) else variant,
                    expected=written(found.expected, unit),
                    data={**_told(facts, found), "difference": found.difference},
                    cells=involved(facts, [found.figure], "quotient") + involved(facts, found.operands, "part"),
                )
            )
    return outcome


def _is_share(check: DerivedCheck, facts: Facts, found: Quotient) -> bool:
    """Whether the right percentage stands there as a share, as a cell without a % format shows it (0.94 for 94 %)."""
    if check.scale != PERCENT or facts.unit[found.figure] or found.expected is None:
        return False
    stated = facts.decimal(facts.number[found.figure]) * PERCENT
    return 2 * abs(stated - found.expected) <= Decimal(1).scaleb(-check.decimals)


def _told(facts: Facts, found: Quotient) -> dict[str, object]:
    told: dict[str, object] = {
        "actual": str(facts.raw[found.dividend]),
        "target": str(facts.raw[found.divisor]),
    }
    if found.method == "progress":
        told["start"] = str(facts.raw[found.start])
    return told
