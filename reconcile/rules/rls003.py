"""RLS003: a total counts an item again that is listed before (再掲)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from reconcile.facts import ABSENT, BLANK, NIL, NUMBER, FormTable, Positions
from reconcile.findings import Finding
from reconcile.packs.checks import RelistedTotalCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.figures import figure
from reconcile.rules.relisted import relisted_lines

# So many re-listed rows are tried together; more would explain any difference by chance.
TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Counted:
    """One cell of a total row over re-listed rows.

    ``again``: the rows of the table whose amounts make up exactly what the total is too large by, with their
    positions; ``without``: the sum without re-listed rows (scaled), None where a part or the total is not known.
    """

    line: int
    slot: str
    total: int
    again: tuple[tuple[int, int], ...]
    without: int | None


def judge(check: RelistedTotalCheck, form: Form, data: Confrontation) -> Outcome:
    """One finding a total row that counts the same re-listed rows in one or more of its columns.

    A total that differs in another way is BAL002; one that holds without the re-listed rows passes.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    again: dict[tuple[int, tuple[int, ...]], list[Counted]] = {}
    for counted in _totals_over(check, form, table):
        if counted.again:
            again.setdefault((counted.line, tuple(line for line, _ in counted.again)), []).append(counted)
        elif counted.without is None:
            outcome.unjudged.append(unjudged_at(data.facts, counted.total, check.code, "part_not_a_number"))
        else:
            outcome.passed += 1
    outcome.findings = [_finding(check, form, data, columns) for columns in again.values()]
    return outcome


def counted_again(form: Form, table: FormTable) -> frozenset[tuple[int, str]]:
    """(row of a total, slot) where the total is explained by re-listed rows it counts again."""
    checks = [check for check in form.checks if isinstance(check, RelistedTotalCheck)]
    return frozenset(
        (counted.line, counted.slot)
        for check in checks
        for counted in _totals_over(check, form, table)
        if counted.again
    )


def _totals_over(check: RelistedTotalCheck, form: Form, table: FormTable) -> Iterator[Counted]:
    """Every cell of a total or subtotal row that has re-listed amounts among its records."""
    relisted = relisted_lines(form, table)
    if not relisted.any():
        return
    facts = table.facts
    members = _members(table)
    slots = [slot for slot in form.slots() if slot.partition(".")[0] == check.amounts and slot in table.index]
    states = {slot: table.state(slot) for slot in slots}
    for line in np.flatnonzero(table.is_level("subtotal") | table.is_level("total")).tolist():
        group = str(table.group[line]) if table.level[line] == "subtotal" else None
        rows = members.get((str(table.file[line]), group), np.zeros(0, dtype=np.int64))
        for slot in slots:
            positions, state = table.at(slot), states[slot]
            total = int(positions[line])
            listed = rows[relisted[rows] & (state[rows] == NUMBER)]
            if total == ABSENT or not len(listed):
                continue
            others = rows[~relisted[rows]]
            known = state[line] == NUMBER and bool(np.isin(state[others], (NUMBER, NIL, BLANK, ABSENT)).all())
            if not known:
                yield Counted(line, slot, total, (), None)
                continue
            # A value that serves several components of a record counts once.
            parts = dict.fromkeys(positions[others][state[others] == NUMBER].tolist())
            without = sum(int(facts.number[part]) for part in parts)
            amounts = [(int(row), int(positions[row])) for row in listed if facts.number[positions[row]] > 0]
            over = int(facts.number[total]) - without
            yield Counted(line, slot, total, _making_up(over, amounts, table), without)


def _making_up(over: int, amounts: list[tuple[int, int]], table: FormTable) -> tuple[tuple[int, int], ...]:
    """The fewest of the amounts that make up a difference exactly; empty where none do."""
    if over <= 0:
        return ()
    for size in range(1, min(TOGETHER, len(amounts)) + 1):
        for chosen in combinations(amounts, size):
            if sum(int(table.facts.number[position]) for _, position in chosen) == over:
                return chosen
    return ()


def _members(table: FormTable) -> dict[tuple[str, str | None], Positions]:
    """The rows of the records by (file, group); group None holds all of a file."""
    found: dict[tuple[str, str | None], list[int]] = {}
    for line in np.flatnonzero(table.is_level("record")).tolist():
        for group in (str(table.group[line]), None):
            found.setdefault((str(table.file[line]), group), []).append(line)
    return {key: np.array(lines, dtype=np.int64) for key, lines in found.items()}


def _finding(check: RelistedTotalCheck, form: Form, data: Confrontation, columns: list[Counted]) -> Finding:
    facts, first = data.facts, columns[0]
    assert first.without is not None
    unit = str(facts.unit[first.total]) or form.unit or ""
    listed = [position for _, position in first.again]
    return finding_at(
        facts,
        first.total,
        check.code,
        expected=figure(facts.decimal(first.without), unit),
        data={
            "relisted_cell": tuple(facts.ref(p) for p in listed),
            "relisted": tuple(str(facts.raw[p]) for p in listed),
        },
        cells=involved(facts, [counted.total for counted in columns], "total")
        + involved(facts, [p for counted in columns for _, p in counted.again], "relisted"),
    )
