"""REV001: a plan or target was revised, and no reason is given."""

from __future__ import annotations

from reconcile.facts import ABSENT
from reconcile.packs.checks import RevisionCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.revision import carried_by, cells_of_pairs, revisions


def judge(check: RevisionCheck, form: Form, data: Confrontation) -> Outcome:
    """Judged over the records that were revised, a record of several components as one.

    A bare ― is no reason. Where the old target is carried in the reason, its marker says that the target was
    revised; an old target equal to the new one is REV002.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    carried = carried_by(form, check.reason, check.original) is not None
    for record in revisions(form, table, check.revised, check.original, check.reason):
        revised = record.changed or (carried and record.stated and record.unknown)
        anchor = record.reason if record.reason != ABSENT else int(table.at(check.revised[0])[record.lines[0]])
        if not revised:
            if record.unknown and record.stated and not record.given:
                outcome.unjudged.append(unjudged_at(data.facts, anchor, check.code, "revision_not_readable"))
        elif record.given is None:
            outcome.unjudged.append(unjudged_at(data.facts, anchor, check.code, "reason_not_readable"))
        elif record.given:
            outcome.passed += 1
        else:
            new, old = cells_of_pairs(record.pairs)
            outcome.findings.append(
                finding_at(
                    data.facts,
                    record.reason,
                    check.code,
                    variant=("carried" if new else "marked") if carried else "",
                    data={
                        "revised": str(data.facts.raw[new[0]]) if new else "",
                        "original": str(data.facts.raw[old[0]]) if old else "",
                        "revised_cells": tuple(data.facts.ref(cell) for cell in new),
                    },
                    cells=involved(data.facts, [record.reason], "reason")
                    + involved(data.facts, new, "revised")
                    + involved(data.facts, old, "original"),
                )
            )
    return outcome
