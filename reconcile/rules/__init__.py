"""The rules: one module a code, each judging all returns of a form at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from reconcile.packs.model import Form
from reconcile.rules import (
    bal001,
    bal002,
    bal006,
    cum001,
    cum002,
    cum004,
    cum005,
    dup001,
    dup002,
    fld009,
    fld012,
    prg001,
)
from reconcile.rules.context import Confrontation, Outcome

# What a pack declares: code → judge(check, form, data).
DECLARED: dict[str, Callable[[Any, Form, Confrontation], Outcome]] = {
    "BAL001": bal001.judge,
    "BAL002": bal002.judge,
    "BAL004": bal001.judge,
    "BAL006": bal006.judge,
    "CUM001": cum001.judge,
    "CUM002": cum002.judge,
    "CUM004": cum004.judge,
    "CUM005": cum005.judge,
    "DUP001": dup001.judge,
    "DUP002": dup002.judge,
    "FLD009": fld009.judge,
    "FLD012": fld012.judge,
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
