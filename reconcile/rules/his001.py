"""HIS001: a plan or baseline is not what it was in the earlier round. HIS002: nor is an actual reported there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from reconcile.facts import ABSENT, BLANK, MILESTONE, NIL, NUMBER, TEXT
from reconcile.normalise import fold_name
from reconcile.packs.checks import UnchangedCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.figures import trimmed
from reconcile.rules.previous import Earlier

SAID = (TEXT, MILESTONE)


def judge(check: UnchangedCheck, form: Form, data: Confrontation) -> Outcome:
    """Every value that both rounds state: figures by their value, texts by their words.

    A value that stood there and is gone has changed as well; one that was not there is not judged.
    """
    outcome = Outcome()
    for position, before in both_rounds(check.values, form, data, outcome, check.code):
        facts = data.facts
        state = int(facts.state[position])
        if state == NUMBER and before.state == NUMBER:
            same = facts.value[position] == before.value
        elif state in SAID and before.state in SAID:
            same = fold_name(str(facts.raw[position])) == fold_name(before.raw)
        elif {state, before.state} <= {NUMBER, NIL, BLANK, *SAID}:
            same = state == before.state
        else:
            outcome.unjudged.append(unjudged_at(facts, position, check.code, "round_not_comparable"))
            continue
        if same:
            outcome.passed += 1
            continue
        told: dict[str, object] = {"previous": before.raw}
        if state == NUMBER and before.value is not None:
            told["difference"] = trimmed(facts.value[position] - before.value)
        outcome.findings.append(
            finding_at(
                facts,
                position,
                check.code,
                variant="blank" if state == BLANK else "",
                expected=before.raw,
                data=told,
                cells=involved(facts, [position], "value"),
            )
        )
    return outcome


def both_rounds(
    slots: Iterable[str], form: Form, data: Confrontation, outcome: Outcome, code: str
) -> Iterator[tuple[int, Earlier]]:
    """Position and earlier value of every merged value of some slots; what the earlier round lacks is not judged.

    Without an earlier round there is nothing to judge.
    """
    table = data.table(form.form)
    if table is None or data.previous is None:
        return
    for name in slots:
        cells = table.at(name)[table.is_level("record")]
        for position in np.unique(cells[cells != ABSENT]).tolist():
            if not data.accepted[position]:
                continue
            before = data.previous.of(data.facts, position)
            if before is not None and not (before.state == BLANK and data.facts.state[position] == BLANK):
                if before.state == BLANK:
                    outcome.unjudged.append(unjudged_at(data.facts, position, code, "not_in_earlier_round"))
                else:
                    yield position, before
            elif before is None and data.facts.state[position] != BLANK:
                outcome.unjudged.append(unjudged_at(data.facts, position, code, "not_in_earlier_round"))
