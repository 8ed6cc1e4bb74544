"""The rules: one module a code, each judging all returns of a form at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from reconcile.packs.model import Form
from reconcile.rules import bal001, bal002, prg001
from reconcile.rules.context import Confrontation, Outcome

# What a pack declares: code → judge(check, form, data).
DECLARED: dict[str, Callable[[Any, Form, Confrontation], Outcome]] = {
    "BAL001": bal001.judge,
    "BAL002": bal002.judge,
    "BAL004": bal001.judge,
    "PRG001": prg001.judge,
}

# What holds for every pack: code → judge(data).
ALWAYS: dict[str, Callable[[Confrontation], Outcome]] = {}


def judge_all(data: Confrontation) -> Iterator[tuple[str, Outcome]]:
    """Every rule over all returns, in the order of the forms and their checks."""
    for code, judge in ALWAYS.items():
        yield code, judge(data)
    for form in data.pack.forms.values():
        for check in form.checks:
            yield check.code, DECLARED[check.code](check, form, data)
