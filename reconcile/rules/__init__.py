"""The rules: one module a code, each judging all returns of a form at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from reconcile.packs.model import Form
from reconcile.rules import (
    bal001,
    bal002,
    bal003,
    bal006,
    bal007,
    bal008,
    cnt001,
    cum001,
    cum002,
    cum003,
    cum004,
    cum005,
    dup001,
    dup002,
    dup003,
    dup004,
    dup005,
    fld001,
    fld003,
    fld005,
    fld007,
    fld009,
    fld012,
    fld013,
    fld014,
    his001,
    his003,
    his004,
    prg001,
    prg002,
    prg003,
    rat001,
    rat002,
    rat003,
    rat004,
    rev001,
    rev002,
    rev003,
    rev004,
    rev005,
    rev006,
    rls001,
    rls002,
    rls003,
    sub001,
    sub002,
    sub003,
    txt001,
    txt002,
    xrf001,
    xrf002,
    xrf003,
    xrf004,
    xrf005,
    xrf006,
)
from reconcile.rules import own as own_checks
from reconcile.rules.columns import lost_columns, where_judged, with_keys
from reconcile.rules.context import Confrontation, Outcome

# What a pack declares: code → judge(check, form, data).
DECLARED: dict[str, Callable[[Any, Form, Confrontation], Outcome]] = {
    "BAL001": bal001.judge,
    "BAL002": bal002.judge,
    "BAL003": bal003.judge,
    "BAL004": bal001.judge,
    "BAL006": bal006.judge,
    "BAL007": bal007.judge,
    "BAL008": bal008.judge,
    "CNT001": cnt001.judge,
    "CUM001": cum001.judge,
    "CUM002": cum002.judge,
    "CUM003": cum003.judge,
    "CUM004": cum004.judge,
    "CUM005": cum005.judge,
    "DUP001": dup001.judge,
    "DUP002": dup002.judge,
    "DUP003": dup003.judge,
    "DUP004": dup004.judge,
    "DUP005": dup005.judge,
    "FLD001": fld001.judge,
    "FLD003": fld003.judge,
    "FLD009": fld009.judge,
    "FLD012": fld012.judge,
    "FLD013": fld013.judge,
    "FLD014": fld014.judge,
    "HIS001": his001.judge,
    "HIS002": his001.judge,
    "HIS003": his003.judge,
    "HIS004": his004.judge,
    "PRG001": prg001.judge,
    "PRG002": prg002.judge,
    "PRG003": prg003.judge,
    "RAT001": rat001.judge,
    "RAT002": rat002.judge,
    "RAT003": rat003.judge,
    "RAT004": rat004.judge,
    "REV001": rev001.judge,
    "REV002": rev002.judge,
    "REV003": rev003.judge,
    "REV004": rev004.judge,
    "REV005": rev005.judge,
    "REV006": rev006.judge,
    "RLS001": rls001.judge,
    "RLS002": rls002.judge,
    "RLS003": rls003.judge,
    "TXT001": txt001.judge,
    "TXT002": txt002.judge,
    "XRF001": xrf001.judge_in_form,
    "XRF003": xrf003.judge_between,
    "XRF005": xrf005.judge,
    "XRF006": xrf006.judge,
}

# What holds for every pack: code → judge(data).
ALWAYS: dict[str, Callable[[Confrontation], Outcome]] = {
    "SUB001": sub001.judge,
    "SUB002": sub002.judge,
    "SUB003": sub003.judge,
    "FLD005": fld005.judge,
    "FLD007": fld007.judge,
    "XRF001": xrf001.judge,
    "XRF002": xrf002.judge,
    "XRF003": xrf003.judge,
    "XRF004": xrf004.judge,
}


# Judged before all others: what they find is set aside and stays out of the rest.
DECIDING = ("FLD007", "DUP003")


def judge_all(data: Confrontation, *, deciding: bool, own: bool = False) -> Iterator[tuple[str, Outcome]]:
    """The deciding rules, or all others, over all returns; in the order of the forms and their checks; then
    (``own``) what the pack's own code checks."""
    lost = lost_columns(data)
    data = with_keys(data, lost)
    for code, judge in ALWAYS.items():
        if (code in DECIDING) == deciding:
            yield code, judge(data)
    for form in data.pack.forms.values():
        for check in form.checks:
            if (check.code in DECIDING) == deciding:
                readable, unjudged = where_judged(check, form, data, lost)
                outcome = DECLARED[check.code](check, form, readable)
                outcome.unjudged += unjudged
                yield check.code, outcome
    if not deciding:
        yield from own_checks.judge(data, own)
