"""CUM003: a running total against the previous one plus the increment; no period out of order, none skipped."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from reconcile.facts import ABSENT, BLANK, ERROR, NUMBER, PENDING, TEXT, Facts, FormTable
from reconcile.findings import Finding
from reconcile.packs.checks import RunningTotalCheck
from reconcile.packs.model import Form, slot
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved


def judge(check: RunningTotalCheck, form: Form, data: Confrontation) -> Outcome:
    """One constraint for each period up to the last one that is filled in.

    A period left open before that is a finding (variant ``skipped``), and the running total after it is not judged.
    Periods left open after it, for which other rows of the table are filled in, are one finding (``stops``). Columns
    that do not go in the order of the periods are one finding a table (``order``).
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    if check.rows:
        return _judge_rows(check, form, table)
    periods = list(dict.fromkeys(column.period for column in form.fields[check.amounts].columns))
    increments = np.stack([table.at(slot(check.amounts, check.increment, period)) for period in periods], axis=1)
    totals = np.stack([table.at(slot(check.amounts, check.running, period)) for period in periods], axis=1)
    turned: set[tuple[str, ...]] = set()
    lines = np.flatnonzero(table.is_level("record")).tolist()
    ends = {line: _end(data.facts, increments[line].tolist(), totals[line].tolist()) for line in lines}
    last: dict[tuple[str, str], int] = {}
    for line in lines:
        own = (str(table.file[line]), str(table.group[line]))
        last[own] = max(last.get(own, 0), ends[line])
    for line in lines:
        given = increments[line].tolist(), totals[line].tolist()
        _judge_row(outcome, check, data, table, line, *given, ends[line])
        until = last[str(table.file[line]), str(table.group[line])]
        if 0 < ends[line] < until:
            _judge_end(outcome, check, data, [pair[ends[line] : until] for pair in given])
        _judge_order(outcome, check, data.facts, totals[line].tolist(), turned)
    return outcome


def _end(facts: Facts, increments: list[int], totals: list[int]) -> int:
    """The number of periods up to the last one that is filled in."""
    filled = (n for n, pair in enumerate(zip(increments, totals, strict=True), 1) if _is_filled(facts, pair))
    return max(filled, default=0)


def _judge_end(outcome: Outcome, check: RunningTotalCheck, data: Confrontation, rest: Iterable[list[int]]) -> None:
    """The periods after the last one of a row, where those of other rows go on."""
    increments, totals = rest
    left_open = [
        [p for p in pair if p != ABSENT and _open(data.facts, data, p)] for pair in zip(increments, totals, strict=True)
    ]
    positions = [position for pair in left_open for position in pair]
    if positions:
        outcome.findings.append(
            finding_at(
                data.facts,
                positions[0],
                check.code,
                variant="stops",
                data={"count": sum(map(bool, left_open))},
                cells=involved(data.facts, positions, "value"),
            )
        )


def _judge_rows(check: RunningTotalCheck, form: Form, table: FormTable) -> Outcome:
    """Rows of running totals against the rows of their increments in the same return, column by column."""
    outcome = Outcome()
    slots = [name for name in form.slots() if name.partition(".")[0] == check.amounts]
    records = table.is_level("record")
    for line in np.flatnonzero(records & np.isin(table.record, list(check.rows))).tolist():
        of = (records & (table.record == check.rows[str(table.record[line])])).astype(bool)
        increments = np.flatnonzero(of & np.asarray(table.file == table.file[line], dtype=bool)).tolist()
        before = ABSENT
        for number, name in enumerate(slots):
            total = int(table.at(name)[line])
            parts = [before, *(int(table.at(name)[row]) for row in increments[:1])]
            if total != ABSENT:
                outcome.balances.add(
                    check.code,
                    "carried" if number else "begun",
                    table.form,
                    total,
                    parts,
                    group=str(table.record[line]),
                    hold="" if increments else "no_records",
                )
            before = total
    return outcome


def _judge_row(
    outcome: Outcome,
    check: RunningTotalCheck,
    data: Confrontation,
    table: FormTable,
    line: int,
    increments: list[int],
    totals: list[int],
    end: int,
) -> None:
    facts = data.facts
    for number in range(end):
        total, increment = totals[number], increments[number]
        before = totals[number - 1] if number else ABSENT
        left_open = [p for p in (increment, total) if p != ABSENT and _open(facts, data, p)]
        if left_open:
            outcome.findings.append(_skipped(check, facts, left_open))
        if total == ABSENT:
            continue
        # A column that the return lacks is as good as left open.
        cut = number > 0 and (before == ABSENT or _open(facts, data, before))
        outcome.balances.add(
            check.code,
            "running" if number else "first",
            table.form,
            total,
            [before, increment],
            group=str(table.record[line]),
            hold="period_skipped" if cut or left_open else "part_not_found" if increment == ABSENT else "",
        )


def _is_filled(facts: Facts, positions: Iterable[int]) -> bool:
    """Whether a figure stands there, or what may be one and cannot be read."""
    return any(position != ABSENT and facts.state[position] in (NUMBER, PENDING, TEXT, ERROR) for position in positions)


def _open(facts: Facts, data: Confrontation, position: int) -> bool:
    """Whether a cell is blank without being missed as a required one (FLD001)."""
    return bool(facts.state[position] == BLANK and not data.due[position])


def _skipped(check: RunningTotalCheck, facts: Facts, positions: list[int]) -> Finding:
    return finding_at(
        facts,
        positions[0],
        check.code,
        variant="skipped",
        cells=involved(facts, positions, "value"),
    )


def _judge_order(
    outcome: Outcome, check: RunningTotalCheck, facts: Facts, totals: list[int], turned: set[tuple[str, ...]]
) -> None:
    """Whether the columns of the periods stand in their order; once for the rows of a table."""
    given = [position for position in totals if position != ABSENT]
    if len({int(facts.row[position]) for position in given}) > 1:
        return
    columns = [int(facts.column[position]) for position in given]
    wrong = [(a, b) for a, b in pairwise(given) if facts.column[b] < facts.column[a]]
    if not wrong:
        return
    before, after = wrong[0]
    where = (str(facts.file[after]), str(facts.sheet[after]), *map(str, columns))
    if where in turned:
        return
    turned.add(where)
    outcome.findings.append(
        finding_at(
            facts,
            after,
            check.code,
            variant="order",
            data={"previous": facts.ref(before)},
            cells=involved(facts, [after], "value") + involved(facts, [before], "previous"),
        )
    )
