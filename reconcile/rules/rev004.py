"""REV004: a grade that needs a reason has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reconcile.facts import ABSENT, BLANK, ERROR, NIL
from reconcile.packs.checks import GradeReasonCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.grades import grade_of, words_in
from reconcile.rules.registers import record_lines
from reconcile.rules.revision import reason_text


@dataclass(frozen=True, slots=True)
class Graded:
    """One record: the positions of its grade and reason; ``grade`` is empty where it is none of the list's, and for
    ―; ``why`` says why nothing can be judged."""

    grade_cell: int
    reason_cell: int
    grade: str
    given: bool
    why: str


def graded(check: GradeReasonCheck, form: Form, data: Confrontation) -> Iterator[Graded]:
    """Every record whose return has a grade and a column for the reason."""
    table = data.table(form.form)
    if table is None:
        return
    facts = data.facts
    words = words_in(data.pack, check.all_grades)
    lines = record_lines(table)
    for grade, reason in zip(
        table.at(check.grade)[lines].tolist(), table.at(check.reason)[lines].tolist(), strict=True
    ):
        if ABSENT in (grade, reason):
            continue
        raw = str(facts.raw[grade])
        read = "" if facts.state[grade] in (BLANK, NIL, ERROR) else grade_of(words, raw)
        why = ""
        if not read and facts.state[grade] != NIL:
            why = "grade_not_readable"
        elif facts.state[reason] == ERROR:
            why = "reason_not_readable"
        given = facts.state[reason] not in (BLANK, NIL) and bool(reason_text(str(facts.raw[reason]), None))
        yield Graded(grade, reason, read, given, why)


def judge(check: GradeReasonCheck, form: Form, data: Confrontation) -> Outcome:
    """The records with a grade that needs a reason. A bare ― or なし is none."""
    return judge_reasons(check, form, data, asked=True)


def judge_reasons(check: GradeReasonCheck, form: Form, data: Confrontation, *, asked: bool) -> Outcome:
    """The records whose grade asks for a reason, which must be there; or the others, where none must be."""
    outcome = Outcome()
    facts = data.facts
    for record in graded(check, form, data):
        if record.why:
            outcome.unjudged.append(unjudged_at(facts, record.grade_cell, check.code, record.why))
        elif (record.grade in check.grades) != asked:
            continue
        elif record.given == asked:
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
