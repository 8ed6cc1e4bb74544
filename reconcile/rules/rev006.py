"""REV006: a target was revised, and the original target is not given."""

from __future__ import annotations

from reconcile.facts import ABSENT, BLANK, ERROR, PENDING
from reconcile.packs.checks import OriginalTargetCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.revision import carried_by, reason_text, revisions, speaks_of_change


def judge(check: OriginalTargetCheck, form: Form, data: Confrontation) -> Outcome:
    """Judged where the reason marks an original target, or speaks of a change and marks none."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    carried = carried_by(form, check.reason, [check.original])
    targets, states = table.at(check.target), table.state(check.original)
    for record in revisions(form, table, [check.target], [check.original], check.reason):
        mine = states[list(record.lines)]
        if record.stated and not (mine == BLANK).any():
            if set(mine.tolist()) & {PENDING, ERROR}:
                outcome.unjudged.append(unjudged_at(facts, record.reason, check.code, "original_not_readable"))
            else:
                outcome.passed += 1
            continue
        if record.given is None:
            outcome.unjudged.append(
                unjudged_at(facts, _anchor(record.reason, targets[record.lines[0]]), check.code, "reason_not_readable")
            )
            continue
        text = reason_text(str(facts.raw[record.reason]), carried) if record.given else ""
        if not record.stated and not speaks_of_change(text):
            continue
        cells = [int(targets[line]) for line in record.lines]
        target = next((cell for cell in cells if cell != ABSENT), ABSENT)
        outcome.findings.append(
            finding_at(
                facts,
                record.reason,
                check.code,
                variant="empty" if record.stated else "",
                data={
                    "marker": carried.marker if carried else "",
                    "target": str(facts.raw[target]) if target != ABSENT else "",
                },
                cells=involved(facts, [record.reason], "reason") + involved(facts, dict.fromkeys(cells), "target"),
            )
        )
    return outcome


def _anchor(reason: int, target: int) -> int:
    return reason if reason != ABSENT else int(target)
