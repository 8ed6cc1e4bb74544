"""HIS004: a cumulative count is below the earlier round's."""

from __future__ import annotations

import numpy as np

from reconcile.facts import ABSENT, NUMBER
from reconcile.packs.checks import NotBelowCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.figures import trimmed
from reconcile.rules.his001 import both_rounds


def judge(check: NotBelowCheck, form: Form, data: Confrontation) -> Outcome:
    """The figures of records whose count is cumulative."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    chosen = data.rows_of(table, check.basis)
    own = np.unique(np.concatenate([table.at(name)[chosen] for name in check.values]))
    cumulative = set(own[own != ABSENT].tolist())
    every = Outcome()
    for position, before in both_rounds(check.values, form, data, every, check.code):
        if position not in cumulative:
            continue
        if facts.state[position] != NUMBER or before.value is None:
            outcome.unjudged.append(unjudged_at(facts, position, check.code, "round_not_comparable"))
        elif facts.value[position] >= before.value:
            outcome.passed += 1
        else:
            outcome.findings.append(
                finding_at(
                    facts,
                    position,
                    check.code,
                    expected=before.raw,
                    data={
                        "previous": before.raw,
                        "difference": trimmed(facts.value[position] - before.value),
                    },
                    cells=involved(facts, [position], "value"),
                )
            )
    refs = {facts.ref(position) for position in cumulative}
    outcome.unjudged += [item for item in every.unjudged if item.ref in refs]
    return outcome
