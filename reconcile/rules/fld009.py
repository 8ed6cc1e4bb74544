"""FLD009: ― (nil) stands where the figures beside it make one due, or is missing where nothing is counted yet."""

from __future__ import annotations

import numpy as np

from reconcile.facts import ABSENT, BLANK, ERROR, NIL, NUMBER, PENDING, TEXT
from reconcile.packs.checks import StateBesideFiguresCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at

# Not known yet, or not readable: it may turn out to be a figure.
UNKNOWN = (PENDING, ERROR, TEXT)


def judge(check: StateBesideFiguresCheck, form: Form, data: Confrontation) -> Outcome:
    """Either way the check speaks of: ― beside figures, or what follows from 集計中."""
    if check.pending is not None:
        return judge_pending(check.pending, check.nil, form, data)
    if check.flags:
        return judge_flagged(check, form, data)
    return judge_beside(check, form, data)


def judge_beside(check: StateBesideFiguresCheck, form: Form, data: Confrontation) -> Outcome:
    """A cell that is ― although one beside it (or each) holds a number, component by component; each cell once.

    Beside milestones or beside nothing ― is right. Beside what is not known yet it cannot be judged.
    """
    assert check.cell is not None
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    cell = table.at(check.cell)
    beside = np.stack([table.at(slot) for slot in check.beside], axis=1)
    states = np.stack([table.state(slot) for slot in check.beside], axis=1)
    nil = table.state(check.cell) == NIL
    figures = (np.all if check.every else np.any)(states == NUMBER, axis=1)
    unknown = np.any(np.isin(states, UNKNOWN), axis=1) & ~check.every
    # Total or not, the sentence differs.
    total = check.cell.endswith(".total")
    seen: set[int] = set()
    for line in np.flatnonzero(data.rows_of(table) & (cell != ABSENT)):
        if int(cell[line]) in seen:
            continue
        seen.add(int(cell[line]))
        if nil[line] and figures[line]:
            near = [int(p) for p, state in zip(beside[line], states[line], strict=True) if state == NUMBER]
            outcome.findings.append(
                finding_at(
                    facts,
                    int(cell[line]),
                    check.code,
                    variant="beside_figures" if total else "due",
                    data={
                        "beside": tuple(facts.ref(p) for p in near),
                        "figures": tuple(str(facts.raw[p]) for p in near),
                    },
                    cells=involved(facts, [cell[line]], "total") + involved(facts, near, "part"),
                )
            )
        elif nil[line] and unknown[line]:
            outcome.unjudged.append(unjudged_at(facts, int(cell[line]), check.code, "part_not_a_number"))
        elif nil[line] or figures[line]:
            outcome.passed += 1
    return outcome


def judge_pending(pending: str, nil: list[str], form: Form, data: Confrontation) -> Outcome:
    """Where a figure is not counted yet, what is derived from it is ―: one finding a record and component."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    waiting = table.at(pending)
    for line in np.flatnonzero(data.rows_of(table) & (table.state(pending) == PENDING)):
        derived = [int(table.at(slot)[line]) for slot in nil]
        wrong = [p for p in derived if p != ABSENT and facts.state[p] not in (NIL, BLANK)]
        if not wrong:
            outcome.passed += 1
            continue
        outcome.findings.append(
            finding_at(
                facts,
                wrong[0],
                "FLD009",
                variant="before_counted",
                data={"pending": facts.ref(int(waiting[line])), "pending_found": str(facts.raw[waiting[line]])},
                cells=involved(facts, wrong, "total") + involved(facts, [int(waiting[line])], "part"),
            )
        )
    return outcome


def judge_flagged(check: StateBesideFiguresCheck, form: Form, data: Confrontation) -> Outcome:
    """A record that bears a flag (○ for an effect) and yet says ― where the figure belongs; one finding a record."""
    assert check.cell is not None
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    slots = (check.cell, *check.beside)
    flagged = np.any([table.state(flag) == TEXT for flag in check.flags], axis=0)
    for line in np.flatnonzero(data.rows_of(table) & flagged).tolist():
        nil = [int(table.at(slot)[line]) for slot in slots if table.state(slot)[line] == NIL]
        if not nil:
            outcome.passed += 1
            continue
        flags = [int(table.at(flag)[line]) for flag in check.flags if table.state(flag)[line] == TEXT]
        outcome.findings.append(
            finding_at(
                facts,
                nil[0],
                check.code,
                variant="flagged",
                data={"flags": tuple(facts.ref(p) for p in flags), "mark": str(facts.raw[flags[0]])},
                cells=involved(facts, nil, "value") + involved(facts, flags, "flag"),
            )
        )
    return outcome
