"""FLD013: values of a record that must go upwards do not: the end before the start."""

from __future__ import annotations

from datetime import date

import numpy as np

from reconcile.edits import above, at_least
from reconcile.facts import ABSENT, ERROR, NUMBER, PENDING, TEXT
from reconcile.normalise import read_date
from reconcile.packs.checks import OrderCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at


def judge(check: OrderCheck, form: Form, data: Confrontation) -> Outcome:
    """Each value of a record against the one filled in before it. The later of the two is the finding's cell."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    cells = [table.at(slot) for slot in check.ascending]
    states = [table.state(slot) for slot in check.ascending]
    dated = form.fields[check.ascending[0].partition(".")[0]].type == "date"
    for line in np.flatnonzero(data.rows_of(table)).tolist():
        before: int | None = None
        for own, state in zip(cells, states, strict=True):
            cell = int(own[line])
            if cell == ABSENT or state[line] not in (NUMBER, TEXT, ERROR, PENDING):
                continue  # nothing stands there that could be before or after another
            if before is not None:
                _compare(outcome, check, data, before, cell, dated=dated)
            before = cell
    return outcome


def _compare(outcome: Outcome, check: OrderCheck, data: Confrontation, one: int, other: int, *, dated: bool) -> None:
    facts = data.facts
    units = {str(facts.unit[cell]) for cell in (one, other)} - {""}
    first, second = (_value(data, cell, dated=dated) for cell in (one, other))
    if first is None or second is None or len(units) > 1:
        why = "units_differ" if len(units) > 1 else "value_not_readable"
        outcome.unjudged.append(unjudged_at(facts, other, check.code, why))
        return
    if not dated:
        outcome.edits.append((above if check.strictly else at_least)(check.code, other, one))
    if second < first or (check.strictly and second == first):  # type: ignore[operator]
        outcome.findings.append(
            finding_at(
                facts,
                other,
                check.code,
                variant=("day" if dated else "figure") + ("_equal" if second == first else ""),
                expected=str(facts.raw[one]),
                data={"other": facts.ref(one), "earlier": str(facts.raw[one])},
                cells=involved(facts, [other], "value") + involved(facts, [one], "beside"),
            )
        )
    else:
        outcome.passed += 1


def _value(data: Confrontation, cell: int, *, dated: bool) -> date | int | None:
    """A day, or a figure as the facts scale it; None where it cannot be read."""
    if dated:
        return read_date("s", str(data.facts.raw[cell]))
    return int(data.facts.number[cell]) if data.facts.state[cell] == NUMBER else None
