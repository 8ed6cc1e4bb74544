"""PRG003: the target is worse than the value it starts from."""

from __future__ import annotations

import numpy as np

from reconcile.edits import at_least
from reconcile.facts import ABSENT, BLANK, ERROR, NIL, NUMBER
from reconcile.normalise import fold_key
from reconcile.packs.checks import WorseTargetCheck
from reconcile.packs.model import Form, Pack
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at

BETTER = {"higher": 1, "lower": -1}


def judge(check: WorseTargetCheck, form: Form, data: Confrontation) -> Outcome:
    """Figures of one unit, by the direction (``higher`` or ``lower``) the register gives for the record.

    Where target or start is no figure, or the units differ, it cannot be judged; where there is no start (―) or
    the register gives no direction, there is nothing to judge.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    directions = _directions(data.pack, form, check)
    target, start = table.at(check.target), table.at(check.start)
    target_known, start_known = table.state(check.target) == NUMBER, table.state(check.start) == NUMBER
    given = ~np.isin(table.state(check.start), (ABSENT, BLANK, NIL)) & (table.state(check.target) != NIL)
    broken = (table.state(check.start) == ERROR) & (table.state(check.target) == ERROR)
    wanted = np.flatnonzero(table.is_level("record") & given & (target_known | start_known | broken))
    for line in table.once(wanted, target, start):
        better = BETTER.get(directions.get(fold_key(str(table.record[line])), ""))
        if better is None:
            continue
        here, before = int(target[line]), int(start[line])
        if not (target_known[line] and start_known[line]):
            why = "start_not_a_number" if target_known[line] else "target_not_a_number"
            known = here if target_known[line] else before
            outcome.unjudged.append(unjudged_at(facts, here if here != ABSENT else known, check.code, why))
        elif facts.unit[here] != facts.unit[before]:
            outcome.unjudged.append(unjudged_at(facts, here, check.code, "units_differ"))
        elif better * (facts.number[here] - facts.number[before]) < 0:
            outcome.doubts.append(at_least(check.code, *((here, before) if better > 0 else (before, here))))
            outcome.findings.append(
                finding_at(
                    facts,
                    here,
                    check.code,
                    variant="higher" if better > 0 else "lower",
                    data={"start": str(facts.raw[before]), "start_cell": facts.ref(before)},
                    cells=involved(facts, [here], "target") + involved(facts, [before], "start"),
                )
            )
        else:
            outcome.passed += 1
    return outcome


def _directions(pack: Pack, form: Form, check: WorseTargetCheck) -> dict[str, str]:
    table = pack.tables[check.register_file]
    link = form.register_link
    key = link.key if link and link.file == check.register_file else table.columns[0]
    return {fold_key(row[key]): row[check.direction].strip() for row in table.rows}
