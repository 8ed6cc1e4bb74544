"""FLD001: blank where figures beside it, or other fields, make it due. (What is always due, the schemas judge.)"""

from __future__ import annotations

import numpy as np

from reconcile.facts import ABSENT, BLANK, NIL, NUMBER, FormTable
from reconcile.packs.checks import RequiredBesideCheck
from reconcile.packs.model import Form
from reconcile.rules.conditions import condition, told
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at


def judge(check: RequiredBesideCheck, form: Form, data: Confrontation) -> Outcome:
    """A cell is due where a cell beside it holds a number. Blank beside a text it cannot be judged."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    if check.when:
        return _judge_when(check, form, table, data)
    facts = data.facts
    cell = table.at(check.cell)
    blank = table.state(check.cell) == BLANK
    beside = np.stack([table.at(slot) for slot in check.beside], axis=1)
    states = np.stack([table.state(slot) for slot in check.beside], axis=1)
    figures = np.any(states == NUMBER, axis=1)
    unknown = np.any(~np.isin(states, (ABSENT, BLANK, NIL, NUMBER)), axis=1)
    seen: set[int] = set()
    for line in np.flatnonzero(data.rows_of(table) & (cell != ABSENT)):
        position = int(cell[line])
        if position in seen:
            continue
        seen.add(position)
        if figures[line] and blank[line]:
            near = [int(p) for p, state in zip(beside[line], states[line], strict=True) if state == NUMBER]
            outcome.findings.append(
                finding_at(
                    facts,
                    position,
                    check.code,
                    cells=involved(facts, [position], "value") + involved(facts, near, "part"),
                )
            )
        elif figures[line]:
            outcome.passed += 1
        elif blank[line] and unknown[line]:
            outcome.unjudged.append(unjudged_at(facts, position, check.code, "part_not_a_number"))
    return outcome


def _judge_when(check: RequiredBesideCheck, form: Form, table: FormTable, data: Confrontation) -> Outcome:
    """A cell is due where the condition holds; where a field of the condition cannot be read, a blank is not judged."""
    outcome = Outcome()
    asked = condition(table, check.when)
    cells, states = table.at(check.cell), table.state(check.cell)
    for line in np.flatnonzero(data.rows_of(table) & (cells != ABSENT)).tolist():
        cell, blank = int(cells[line]), states[line] == BLANK
        if asked.met[line] and blank:
            outcome.findings.append(
                finding_at(
                    data.facts,
                    cell,
                    check.code,
                    variant="when",
                    data={"beside": told(form, table, check.when, line)},
                    cells=involved(data.facts, [cell], "value") + involved(data.facts, asked.at(line), "beside"),
                )
            )
        elif asked.met[line]:
            outcome.passed += 1
        elif blank and asked.unknown[line]:
            outcome.unjudged.append(unjudged_at(data.facts, cell, check.code, "condition_not_readable"))
    return outcome
