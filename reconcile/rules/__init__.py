"""The rules: one module a code, each judging all returns of a form at once.

The module of a code bears its name (BAL002: ``bal002.judge``) and is loaded when it is asked for: a pack declares some
of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from reconcile.packs.model import Form
from reconcile.rules import own as own_checks
from reconcile.rules.columns import lost_columns, where_judged, with_keys
from reconcile.rules.context import Confrontation, Outcome

# Codes judged by another one's rule, and what is judged of two forms where the code also holds for every pack.
_ELSEWHERE = {
    "BAL004": "bal001.judge",
    "HIS002": "his001.judge",
    "XRF001": "xrf001.judge_in_form",
    "XRF003": "xrf003.judge_between",
}

# What holds for every pack.
ALWAYS = ("SUB001", "SUB002", "SUB003", "FLD005", "FLD007", "XRF001", "XRF002", "XRF003", "XRF004")

# Judged before all others: what they find is set aside and stays out of the rest.
DECIDING = ("FLD007", "DUP003")


def declared(code: str) -> Callable[[Any, Form, Confrontation], Outcome]:
    """The rule for a check that a pack declares: ``judge(check, form, data)``."""
    return _function(_ELSEWHERE.get(code, f"{code.lower()}.judge"))  # type: ignore[no-any-return]


def always(code: str) -> Callable[[Confrontation], Outcome]:
    """The rule of a code that holds for every pack: ``judge(data)``."""
    return _function(f"{code.lower()}.judge")  # type: ignore[no-any-return]


@cache
def _function(path: str) -> Any:
    module, _, name = path.partition(".")
    return getattr(import_module(f"{__name__}.{module}"), name)


def judge_all(data: Confrontation, *, deciding: bool, own: bool = False) -> Iterator[tuple[str, Outcome]]:
    """The deciding rules, or all others, over all returns; in the order of the forms and their checks; then
    (``own``) what the pack's own code checks."""
    lost = lost_columns(data)
    data = with_keys(data, lost)
    for code in ALWAYS:
        if (code in DECIDING) == deciding:
            yield code, always(code)(data)
    for form in data.pack.forms.values():
        for check in form.checks:
            if (check.code in DECIDING) == deciding:
                readable, unjudged = where_judged(check, form, data, lost)
                outcome = declared(check.code)(check, form, readable)
                outcome.unjudged += unjudged
                yield check.code, outcome
    if not deciding:
        yield from own_checks.judge(data, own)
