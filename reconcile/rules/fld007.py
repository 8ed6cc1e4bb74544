"""FLD007: a key stands twice in one return."""

from __future__ import annotations

import numpy as np

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
        keys = table.coded("record").take(lines).map(fold_key)
        cells, files = cells_of(table, form.key[-1])[lines], table.coded("file").codes[lines]
        given = ~keys.among(key for key in keys.values if not key.strip("/"))
        readable = given & (facts.state[cells] != ERROR)
        who = files.astype(np.int64) * len(keys.values) + keys.codes
        first_of = dict(zip(who[readable][::-1].tolist(), cells[readable][::-1].tolist(), strict=True))
        outcome.passed += len(first_of)
        first = np.zeros(len(lines), dtype=bool)
        first[np.flatnonzero(readable)[np.unique(who[readable], return_index=True)[1]]] = True
        for number in np.flatnonzero(~first).tolist():
            cell = int(cells[number])
            if not readable[number]:
                why = "key_not_readable" if given[number] else "key_not_given"
                outcome.unjudged.append(unjudged_at(facts, cell, CODE, why))
                continue
            earlier = first_of[int(who[number])]
            outcome.findings.append(
                finding_at(
                    facts,
                    cell,
                    CODE,
                    variant="merged" if facts.ref(earlier) == facts.ref(cell) else "",
                    data={"key": keys.values[keys.codes[number]], "first": facts.ref(earlier)},
                    cells=involved(facts, [cell], "key") + involved(facts, [earlier], "first"),
                )
            )
    return outcome
