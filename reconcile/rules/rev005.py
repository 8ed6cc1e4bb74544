"""REV005: a reason stands where none is asked."""

from __future__ import annotations

from reconcile.packs.checks import GradeReasonCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.rev004 import graded


def judge(check: GradeReasonCheck, form: Form, data: Confrontation) -> Outcome:
    """The records whose grade asks for no reason, and those that are not graded yet (―)."""
    outcome = Outcome()
    facts = data.facts
    for record in graded(check, form, data):
        if record.why:
            outcome.unjudged.append(unjudged_at(facts, record.grade_cell, check.code, record.why))
        elif record.grade in check.grades:
            continue
        elif not record.given:
            outcome.passed += 1
        else:
            outcome.findings.append(
                finding_at(
                    facts,
                    record.reason_cell,
                    check.code,
                    data={"grade": str(facts.raw[record.grade_cell])},
                    cells=involved(facts, [record.reason_cell], "reason")
                    + involved(facts, [record.grade_cell], "grade"),
                )
            )
    return outcome
