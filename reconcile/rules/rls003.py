"""RLS003: a total counts an item again that is listed before (再掲)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from reconcile.facts import ABSENT, BLANK, NIL, NUMBER, FormTable, Mask
from reconcile.findings import Finding
from reconcile.packs.checks import RelistedTotalCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.figures import figure
from reconcile.rules.relisted import relisted_lines

# So many re-listed rows are tried together; more would explain any difference by chance.
TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Again:
    """What one total counts again: the positions of the re-listed amounts, and the sum without them (scaled)."""

    total: int
    relisted: tuple[int, ...]
    without: int


def judge(check: RelistedTotalCheck, form: Form, data: Confrontation) -> Outcome:
    """One finding a total row that counts the same re-listed rows in one or more of its columns.

    A total that differs in another way is BAL002; one that holds without the re-listed rows passes.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    found = counted_again(form, table, data)
    again: dict[tuple[int, tuple[int, ...]], list[Again]] = {}
    relisted = relisted_lines(form, table)
    for line in _totals(table):
        for slot in _slots(check.amounts, form, table):
            position = int(table.at(slot)[line])
            if position == ABSENT or not _any_relisted(table, slot, line, relisted):
                continue
            one = found.get((line, slot))
            if one is not None:
                lines = tuple(int(np.flatnonzero(table.at(slot) == p)[0]) for p in one.relisted)
                again.setdefault((line, lines), []).append(one)
            elif _sum(table, slot, line, relisted) is None or data.facts.state[position] != NUMBER:
                outcome.unjudged.append(unjudged_at(data.facts, position, check.code, "part_not_a_number"))
            else:
                outcome.passed += 1
    outcome.findings = [_finding(form, data, columns) for columns in again.values()]
    return outcome


def counted_again(form: Form, table: FormTable, data: Confrontation) -> dict[tuple[int, str], Again]:
    """(row of a total, slot) → the re-listed amounts that make up exactly what the total is too large by."""
    found: dict[tuple[int, str], Again] = {}
    relisted = relisted_lines(form, table)
    if not relisted.any():
        return found
    facts = data.facts
    for check in form.checks:
        if not isinstance(check, RelistedTotalCheck):
            continue
        for line in _totals(table):
            for slot in _slots(check.amounts, form, table):
                total, without = int(table.at(slot)[line]), _sum(table, slot, line, relisted)
                if total == ABSENT or without is None or facts.state[total] != NUMBER:
                    continue
                over = int(facts.number[total]) - without
                own = table.at(slot)[_within(table, line) & relisted].tolist()
                amounts = [p for p in own if p != ABSENT and facts.state[p] == NUMBER and facts.number[p] > 0]
                for size in range(1, min(TOGETHER, len(amounts)) + 1):
                    fitting = [p for p in combinations(amounts, size) if sum(int(facts.number[n]) for n in p) == over]
                    if over > 0 and fitting:
                        found[line, slot] = Again(total, fitting[0], without)
                        break
    return found


def _finding(form: Form, data: Confrontation, columns: list[Again]) -> Finding:
    facts, first = data.facts, columns[0]
    unit = str(facts.unit[first.total]) or form.unit or ""
    return finding_at(
        facts,
        first.total,
        "RLS003",
        expected=figure(facts.decimal(first.without), unit),
        data={
            "relisted_cell": tuple(facts.ref(p) for p in first.relisted),
            "relisted": tuple(str(facts.raw[p]) for p in first.relisted),
        },
        cells=involved(facts, [again.total for again in columns], "total")
        + involved(facts, [p for again in columns for p in again.relisted], "relisted"),
    )


def _totals(table: FormTable) -> list[int]:
    return [int(line) for line in np.flatnonzero(table.is_level("subtotal") | table.is_level("total"))]


def _slots(amounts: str, form: Form, table: FormTable) -> list[str]:
    return [slot for slot in form.slots() if slot.partition(".")[0] == amounts and slot in table.index]


def _within(table: FormTable, line: int) -> Mask:
    """The records that a total is over: those of its file, and of its group where it is a subtotal."""
    rows: Mask = table.is_level("record") & np.asarray(table.file == table.file[line], dtype=bool)
    if table.level[line] == "subtotal":
        rows &= np.asarray(table.group == table.group[line], dtype=bool)
    return rows


def _any_relisted(table: FormTable, slot: str, line: int, relisted: Mask) -> bool:
    return bool((_within(table, line) & relisted & (table.state(slot) == NUMBER)).any())


def _sum(table: FormTable, slot: str, line: int, relisted: Mask) -> int | None:
    """The sum of the records that are not re-listed (scaled); None where one of them is not known."""
    rows = _within(table, line) & ~relisted
    states = table.state(slot)[rows]
    if not np.isin(states, (NUMBER, NIL, BLANK, ABSENT)).all():
        return None
    positions = dict.fromkeys(table.at(slot)[rows][states == NUMBER].tolist())
    return sum(int(table.facts.number[p]) for p in positions)
