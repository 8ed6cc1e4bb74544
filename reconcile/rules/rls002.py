"""RLS002: a re-listed item (再掲) has no original."""

from __future__ import annotations

from reconcile.packs.checks import RelistedCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.originals import relistings


def judge(check: RelistedCheck, form: Form, data: Confrontation) -> Outcome:
    """The records whose own label is marked, over all returns.

    While the department that has the original (of an unknown original: any that owes the form) has not answered,
    it cannot be judged. A row that refers to another record than the register's original is said so.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None or form.relisted is None:
        return outcome
    cells = table.at(form.relisted.field)
    for relisting in relistings(check, form, data):
        cell = int(cells[next(iter(relisting.lines.values()))])
        if relisting.stray:
            outcome.findings.append(
                finding_at(
                    data.facts,
                    cell,
                    check.code,
                    variant="stray",
                    expected=relisting.key,
                    data={"key": relisting.key},
                    cells=involved(data.facts, [cell], "name"),
                )
            )
        elif relisting.original:
            outcome.passed += 1
        elif relisting.waiting:
            outcome.unjudged.append(unjudged_at(data.facts, cell, check.code, "returns_missing"))
        else:
            outcome.findings.append(
                finding_at(
                    data.facts,
                    cell,
                    check.code,
                    variant="known" if relisting.key else "",
                    data={"key": relisting.key},
                    cells=involved(data.facts, [cell], "name"),
                )
            )
    return outcome
