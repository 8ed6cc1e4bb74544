"""REV005: a reason stands where none is asked."""

from __future__ import annotations

from reconcile.packs.checks import GradeReasonCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome
from reconcile.rules.rev004 import judge_reasons


def judge(check: GradeReasonCheck, form: Form, data: Confrontation) -> Outcome:
    """The records whose grade asks for no reason, and those that are not graded yet (―)."""
    return judge_reasons(check, form, data, asked=False)
