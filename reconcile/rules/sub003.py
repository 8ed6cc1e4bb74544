"""SUB003: a return is dated after the deadline."""

from __future__ import annotations

from datetime import date

from reconcile.findings import CellRef, Finding, Involved, Unjudged
from reconcile.rules.context import Confrontation, Outcome

CODE = "SUB003"
SUBMITTED = "submitted"


def judge(data: Confrontation) -> Outcome:
    """The date on the cover of each return against the deadline; without a deadline nothing is late."""
    outcome = Outcome()
    if data.deadline is None or SUBMITTED not in data.pack.cover.fields:
        return outcome
    for submission in data.submissions:
        if not submission.answers:
            continue
        ref = submission.places.get(SUBMITTED, CellRef(submission.file))
        day = _day(submission.cover.get(SUBMITTED, ""))
        if day is None:
            outcome.unjudged.append(Unjudged(CODE, ref, "date_not_readable", department=submission.department))
        elif day <= data.deadline:
            outcome.passed += 1
        else:
            outcome.findings.append(
                Finding(
                    CODE,
                    ref,
                    department=submission.department,
                    form=data.pack.cover.form,
                    field=SUBMITTED,
                    found=submission.cover[SUBMITTED],
                    expected=data.deadline.isoformat(),
                    data={
                        "file": submission.file,
                        "submitted": day.isoformat(),
                        "deadline": data.deadline.isoformat(),
                    },
                    cells=(Involved(ref, "value"),),
                )
            )
    return outcome


def _day(text: str) -> date | None:
    """A date as the reader of covers leaves it (ISO); None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
