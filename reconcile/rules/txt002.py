"""TXT002: a text speaks of a fiscal year outside the plan."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from reconcile.facts import ABSENT, TEXT
from reconcile.normalise import fiscal_year
from reconcile.packs.checks import YearsCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unreadable

# What may be the notation of a fiscal year; `fiscal_year` says whether it is one.
_NOTATION = re.compile(
    r"(?:令和|平成|昭和|[RHSＲＨＳ])\s*[0-9０-９元〇一二三四五六七八九十]{1,3}\s*(?:年度|(?![0-9０-９年./．／-]))"
    r"|(?<![0-9０-９])[12１２][0-9０-９]{3}\s*年度"
)


def judge(check: YearsCheck, form: Form, data: Confrontation) -> Outcome:
    """One finding a text, for the first year outside; every other text passes."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    for name in check.fields:
        cells = table.at(name)[table.is_level("record")]
        # A text filled down, or shared by several measures, is one text.
        outcome.unjudged += unreadable(facts, cells, check.code, "", "text_not_readable")
        for position in np.unique(cells[cells != ABSENT]).tolist():
            if facts.state[position] != TEXT:
                continue
            outside = next(
                (said for said, year in years_in(str(facts.raw[position])) if not check.first <= year <= check.last), ""
            )
            if not outside:
                outcome.passed += 1
                continue
            outcome.findings.append(
                finding_at(
                    facts,
                    position,
                    check.code,
                    data={"period": outside},
                    cells=involved(facts, [position], "text"),
                )
            )
    return outcome


@lru_cache(maxsize=16384)
def years_in(text: str) -> tuple[tuple[str, int], ...]:
    """The fiscal years a text names: as typed, and the year in which each begins."""
    found = []
    for match in _NOTATION.finditer(text):
        year = fiscal_year(match[0])
        if year is not None:
            found.append((match[0], year))
    return tuple(found)
