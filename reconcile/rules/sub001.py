"""SUB001: no return came from a department that owes one."""

from __future__ import annotations

from reconcile.findings import CellRef, Finding, Involved, Unjudged
from reconcile.rules.context import Confrontation, Outcome
from reconcile.submissions import NO_RETURN

CODE = "SUB001"


def judge(data: Confrontation) -> Outcome:
    """One finding an expected department without a return that was read.

    Files of which nobody knows the department may be the missing ones (variant ``unread``): they are named, and
    nothing is guessed from their names. A department that sent a workbook of another round has been told so (FIL004).
    """
    outcome = Outcome()
    expected = data.pack.expected_departments()
    nameless = tuple(sorted(s.file for s in data.submissions if not s.department and s.refused != NO_RETURN))
    outside = {s.department: s.file for s in data.submissions if s.outside}
    answered = data.answered
    for department in expected:
        if department in answered:
            outcome.passed += 1
            continue
        if department in outside:
            ref = CellRef(outside[department])
            outcome.unjudged.append(Unjudged(CODE, ref, "return_of_another_round", department=department))
            continue
        forms = data.pack.forms_expected_of(department)
        outcome.findings.append(
            Finding(
                CODE,
                CellRef(""),
                department=department,
                variant="unread" if nameless else "",
                data={"forms": forms, "files": nameless, "unread": len(nameless)},
                cells=tuple(Involved(CellRef(file), "unread") for file in nameless),
            )
        )
    return outcome
