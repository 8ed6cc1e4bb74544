"""REV006: a target was revised, and the original target is not given."""

from __future__ import annotations

from reconcile.facts import ABSENT, BLANK, ERROR, PENDING
from reconcile.packs.checks import OriginalTargetCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.registers import record_lines
from reconcile.rules.revision import carried_by, reason_text, revisions, speaks_of_change
from reconcile.rules.xrf006 import marks_in


def judge(check: OriginalTargetCheck, form: Form, data: Confrontation) -> Outcome:
    """Where the reason tells of the revision, or where the mark of a note does."""
    if check.reason is not None and check.original is not None:
        return judge_reasons(check, check.reason, check.original, form, data)
    return judge_marks(check, form, data)


def judge_marks(check: OriginalTargetCheck, form: Form, data: Confrontation) -> Outcome:
    """The records whose name bears the mark of a note that announces a revised target.

    The original target belongs into the cell of the target, in brackets behind it: 「16.5 %（修正前 17.0 %）」.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None or check.name is None or check.notes is None:
        return outcome
    facts = data.facts
    revised = {
        mark
        for row in data.pack.tables[check.notes].rows
        if row["says"] == "target_revised"
        for mark in marks_in(row["mark"])
    }
    names, targets = table.at(check.name), table.at(check.target)
    texts = table.text(check.name)
    for line in record_lines(table):
        said = [mark for mark in marks_in(str(texts[line])) if mark in revised]
        if not said:
            continue
        name, target = int(names[line]), int(targets[line])
        if target == ABSENT or facts.state[target] in (BLANK, ERROR, PENDING):
            outcome.unjudged.append(unjudged_at(facts, name, check.code, "target_not_a_number"))
        elif any(character.isdecimal() for character in str(facts.note[target])):
            outcome.passed += 1
        else:
            outcome.findings.append(
                finding_at(
                    facts,
                    target,
                    check.code,
                    variant="note",
                    data={"mark": said[0]},
                    cells=involved(facts, [target], "target") + involved(facts, [name], "name"),
                )
            )
    return outcome


def judge_reasons(check: OriginalTargetCheck, reason: str, original: str, form: Form, data: Confrontation) -> Outcome:
    """Judged where the reason marks an original target, or speaks of a change and marks none."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    carried = carried_by(form, reason, [original])
    targets, states = table.at(check.target), table.state(original)
    for record in revisions(form, table, [check.target], [original], reason):
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
