"""REV002: a reason is given, and nothing was revised."""

from __future__ import annotations

from reconcile.edits import different
from reconcile.facts import ABSENT, NUMBER, FormTable
from reconcile.findings import Finding
from reconcile.packs.checks import RevisionCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.revision import Revised, carried_by, cells_of_pairs, reason_text, revisions, speaks_of_change


def judge(check: RevisionCheck, form: Form, data: Confrontation) -> Outcome:
    """Judged over the records with a reason, a record of several components as one.

    Where the old target is carried in the reason, an old target equal to the new one is a finding, and so is a
    reason without an old target, unless it speaks of a change: then the old target is missing (REV006).
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    carried = carried_by(form, check.reason, check.original)
    for record in revisions(form, table, check.revised, check.original, check.reason):
        marked = carried is not None and record.stated
        if not record.given and not marked:
            continue
        if carried and not marked and speaks_of_change(reason_text(str(data.facts.raw[record.reason]), carried)):
            continue
        compared = (*record.pairs, *record.same)
        if len(compared) == 1 and all(p != ABSENT and data.facts.state[p] == NUMBER for p in compared[0]):
            outcome.edits.append(different(check.code, *compared[0]))
        if record.changed:
            outcome.passed += 1
        elif record.unknown or not _has_row(check, table, record):
            outcome.unjudged.append(unjudged_at(data.facts, record.reason, check.code, "revision_not_readable"))
        else:
            variant = "no_original" if carried and not marked else "same" if record.same else ""
            marker = carried.marker if carried else ""
            outcome.findings.append(_finding(check, data, table, record, variant, marker))
    return outcome


def _has_row(check: RevisionCheck, table: FormTable, record: Revised) -> bool:
    """Whether the record has cells for what is revised: a row that is not there says nothing (LAY007)."""
    return any(table.at(slot)[line] != ABSENT for slot in check.revised for line in record.lines)


def _finding(
    check: RevisionCheck, data: Confrontation, table: FormTable, record: Revised, variant: str, marker: str
) -> Finding:
    facts = data.facts
    new, old = cells_of_pairs(record.same)
    beside = new or [int(table.at(slot)[line]) for line in record.lines for slot in check.revised]
    return finding_at(
        facts,
        record.reason,
        check.code,
        variant=variant,
        data={
            "revised": str(facts.raw[new[0]]) if new else "",
            "original": str(facts.raw[old[0]]) if old else "",
            "marker": marker,
        },
        cells=involved(facts, [record.reason], "reason")
        + involved(facts, dict.fromkeys(beside), "revised")
        + involved(facts, old, "original"),
    )
