"""FLD007: a key stands twice in one return."""

from __future__ import annotations

from reconcile.facts import ERROR
from reconcile.normalise import fold_key
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.registers import cells_of, record_lines

CODE = "FLD007"


def judge(data: Confrontation) -> Outcome:
    """Over the records of each form; the second one, and each further one, is the finding."""
    outcome = Outcome()
    facts = data.facts
    for form in data.pack.forms.values():
        table = data.table(form.form)
        if table is None or form.inside is not None:  # a card that stands twice is said of the card
            continue
        lines = record_lines(table)
        first: dict[tuple[str, str], int] = {}
        records = zip(
            table.file[lines], table.record[lines], cells_of(table, form.key[-1])[lines].tolist(), strict=True
        )
        for file, record, cell in records:
            key = fold_key(str(record))
            if not key.strip("/") or facts.state[cell] == ERROR:
                why = "key_not_readable" if key.strip("/") else "key_not_given"
                outcome.unjudged.append(unjudged_at(facts, cell, CODE, why))
                continue
            if (file, key) not in first:
                first[file, key] = cell
                outcome.passed += 1
                continue
            earlier = first[file, key]
            outcome.findings.append(
                finding_at(
                    facts,
                    cell,
                    CODE,
                    data={"key": key, "first": facts.ref(earlier)},
                    cells=involved(facts, [cell], "key") + involved(facts, [earlier], "first"),
                )
            )
    return outcome
