"""RAT002: a grade does not fit the percentage."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from reconcile.facts import ABSENT, BLANK, EXACT, NIL, NUMBER
from reconcile.packs.checks import GradeCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.grades import grade_of, words_in


def judge(check: GradeCheck, form: Form, data: Confrontation) -> Outcome:
    """Each grade, once a cell: the percentages of several components must agree on it.

    ― beside a figure is FLD009, a blank FLD001; ― beside ― says that nothing is counted yet, and cannot be judged,
    nor can a word that is no grade (FLD003).
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    words = words_in(data.pack, form.fields[check.grade].list_file or "")
    grades, figures = table.at(check.grade), table.at(check.figure)
    states = table.state(check.grade)
    given = ~np.isin(states, (ABSENT, BLANK, NIL)) | ((states == NIL) & (table.state(check.figure) == NIL))
    lines: dict[int, list[int]] = defaultdict(list)
    for line in np.flatnonzero(table.is_level("record") & given):
        lines[int(grades[line])].append(int(figures[line]))
    for grade, percentages in lines.items():
        stated = grade_of(words, str(facts.raw[grade]))
        known = [p for p in percentages if p != ABSENT and facts.state[p] == NUMBER]
        due = {p: fitting(check, facts.value[p]) for p in known}
        if not stated and facts.state[grade] != NIL:
            outcome.unjudged.append(unjudged_at(facts, grade, check.code, "grade_not_readable"))
        elif len(known) < len(percentages):
            outcome.unjudged.append(unjudged_at(facts, grade, check.code, "percentage_not_a_number"))
        elif stated in due.values() and len(set(due.values())) > 1:
            outcome.unjudged.append(unjudged_at(facts, grade, check.code, "components_differ"))
        elif stated in due.values():
            outcome.passed += 1
        else:
            outcome.findings.append(
                finding_at(
                    facts,
                    grade,
                    check.code,
                    expected=due[known[0]],
                    data={"percentage": str(facts.raw[known[0]])},
                    cells=involved(facts, [grade], "grade") + involved(facts, known, "percentage"),
                )
            )
    return outcome


def fitting(check: GradeCheck, value: Decimal) -> str:
    """The first grade whose limit a figure fits; empty where none does."""
    shown = value.quantize(Decimal(1).scaleb(-check.decimals), ROUND_HALF_UP, EXACT)
    for grade in check.grades:
        below, at_most = grade.below, grade.at_most
        if (below is None or shown < Decimal(str(below))) and (at_most is None or shown <= Decimal(str(at_most))):
            return grade.grade
    return ""
