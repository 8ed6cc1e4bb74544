"""DUP003: two departments answer for the same record."""

from __future__ import annotations

import numpy as np

from reconcile.facts import ABSENT, ERROR
from reconcile.normalise import fold_key
from reconcile.packs.checks import DuplicatedAnswerCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unreadable
from reconcile.rules.registers import cells_of, record_lines, records_asked, register_of


def judge(check: DuplicatedAnswerCheck, form: Form, data: Confrontation) -> Outcome:
    """One finding a record; the cell to correct first is in the return that the register does not name."""
    import pandas as pd

    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    register = register_of(data.pack, form)
    lines = record_lines(table)
    asked = records_asked(table, form)
    frame = pd.DataFrame(
        {
            "key": [fold_key(str(record)) for record in table.record[lines]],
            "asked": asked.key,
            "department": table.department[lines],
            "cell": cells_of(table, form.key[-1])[lines],
        }
    )
    keys = [int(cell) for cell in frame["cell"]]
    outcome.unjudged = unreadable(data.facts, keys, check.code, "key_not_given", "key_not_readable")
    readable = ~np.isin(keys, [cell for cell in keys if cell != ABSENT and data.facts.state[cell] == ERROR])
    frame = frame[(frame["key"] != "") & (frame["department"] != "") & readable]
    # A record that several departments owe is answered by each of them.
    owed = [
        register is not None and {name} < set(register.departments(key))
        for key, name in zip(frame["asked"], frame["department"], strict=True)
    ]
    frame["owed"] = np.array(owed, dtype=bool)  # also where there is none: an empty list would be no mask
    departments = frame[~frame["owed"]].groupby("key", sort=False)["department"].nunique()
    outcome.passed = int((departments == 1).sum())
    twice = frame[frame["key"].isin(departments.index[departments > 1])]
    for key, answers in twice.groupby("key", sort=False):
        owner = register.department(str(answers["asked"].iloc[0])) if register else ""
        strange = answers[answers["department"] != owner]
        cell = int(strange["cell"].iloc[-1])
        others = [int(other) for other in answers["cell"] if other != cell]
        who = tuple(dict.fromkeys(str(name) for name in answers["department"]))
        outcome.findings.append(
            finding_at(
                data.facts,
                cell,
                check.code,
                record=str(key),
                variant="" if owner in who else "nobody",
                data={
                    "key": str(key),
                    "departments": who,
                    "others": tuple(name for name in who if name != data.facts.department[cell]),
                    "register_department": owner,
                },
                cells=involved(data.facts, [cell], "answer") + involved(data.facts, others, "other_answer"),
            )
        )
    return outcome
