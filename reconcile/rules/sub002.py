"""SUB002: a form that is expected of a department is missing from its return."""

from __future__ import annotations

import numpy as np

from reconcile.facts import FormTable
from reconcile.findings import CellRef, Finding, Involved, Unjudged
from reconcile.rules.context import Confrontation, Outcome
from reconcile.submissions import Submission

CODE = "SUB002"
# What the reader may have said already: the form was not found or not read, or the file is not to be merged.
NOT_READ = frozenset({"LAY001", "LAY002", "LAY003", "LAY005", "LAY009"})
NOT_MERGED = frozenset({"FIL004", "FIL006"})


def judge(data: Confrontation) -> Outcome:
    """One finding an expected form of a department whose return was read.

    A form that stands there without a single record is missing too (variant ``empty``). Where the reader has
    said why the form is not there, it is not said again.
    """
    outcome = Outcome()
    answered: dict[str, list[Submission]] = {}
    for submission in data.submissions:
        if submission.answers:
            answered.setdefault(submission.department, []).append(submission)
    for department in data.pack.expected_departments():
        returns = answered.get(department, [])
        if not returns:
            continue
        for form in data.pack.forms_expected_of(department):
            found = [(s, f) for s in returns for f in s.forms if f.form == form]
            table = data.table(form)
            if any(f.records for _, f in found) or (table is not None and _has_records(table, department)):
                outcome.passed += 1
            elif any(_said(submission, form) for submission in returns):
                ref = CellRef(returns[0].file)
                outcome.unjudged.append(Unjudged(CODE, ref, "form_not_read", form=form, department=department))
            elif found:
                submission, where = found[0]
                place = CellRef(submission.file, where.sheet, where.header_row)
                outcome.findings.append(_missing(department, form, CellRef(place.file, place.sheet), "empty", place))
            else:
                outcome.findings.append(_missing(department, form, CellRef(returns[0].file)))
    return outcome


def _has_records(table: FormTable, department: str) -> bool:
    """Whether a department has a record; total rows of a form without one are no answer."""
    return bool(np.any(table.is_level("record") & np.asarray(table.department == department, dtype=bool)))


def _said(submission: Submission, form: str) -> bool:
    return any(
        finding.code in NOT_MERGED
        or (finding.code in NOT_READ and (finding.form in ("", form) or form in _forms(finding)))
        for finding in submission.findings
    )


def _forms(finding: Finding) -> tuple[str, ...]:
    """The forms of which a table may be any (LAY009)."""
    forms = finding.data.get("forms")
    return forms if isinstance(forms, tuple) else ()


def _missing(department: str, form: str, ref: CellRef, variant: str = "", place: CellRef | None = None) -> Finding:
    return Finding(
        CODE,
        ref,
        department=department,
        form=form,
        variant=variant,
        cells=(Involved(place, "place"),) if place else (),
    )
