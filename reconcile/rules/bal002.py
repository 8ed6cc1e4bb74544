"""BAL002: the total and subtotal rows of a return against its own records, as plain sums; breakdowns of a total."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

import numpy as np

from reconcile.facts import ABSENT, NUMBER, TEXT, FormTable, Mask, Positions
from reconcile.packs.checks import ColumnTotalsCheck
from reconcile.packs.model import Form
from reconcile.rules.bal001 import rounding_tolerance
from reconcile.rules.context import Confrontation, Outcome
from reconcile.rules.relisted import relisted_lines
from reconcile.rules.rls003 import counted_again


def judge(check: ColumnTotalsCheck, form: Form, data: Confrontation) -> Outcome:
    """One constraint for each total or subtotal row and each amount: stated = Σ records of its file and group.

    Duplicated items count as often as they stand (CONTRACT, 様式3); re-listed rows do not count, and a total that
    counts them again is RLS003. A row of totals over several components adds up the records of its own component,
    or of all where it names none. The rows of a breakdown come to the total; each is the sum of the records that bear
    its flag, where none of these bears another flag as well.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    slots = [slot for slot in form.slots() if slot.partition(".")[0] == check.amounts and slot in table.index]
    totals = np.flatnonzero(table.is_level("subtotal") | table.is_level("total"))
    members = _Members(table, relisted_lines(form, table))
    _add_totals(outcome, check, table, slots, totals, members, counted_again(form, table))
    for line in np.flatnonzero(table.is_level("breakdown")).tolist():
        records = members.of(line)
        for slot in slots:
            _add_kind(outcome, check, form, table, slot, line, records)
    for line, rows in _breakdowns(table):
        for slot in slots:
            _add(outcome, check, table, slot, line, rows, "breakdown", "")
    return outcome


def _add_totals(
    outcome: Outcome,
    check: ColumnTotalsCheck,
    table: FormTable,
    slots: Sequence[str],
    totals: Positions,
    members: _Members,
    explained: Container[tuple[int, str]],
) -> None:
    """The rows of totals, row by row and in each slot by slot, but those that are ``explained``."""
    if not slots or not len(totals):
        return
    facts = table.facts
    levels, groups = table.level[totals].tolist(), table.group[totals].tolist()
    records = [
        members.of(line, whole=level != "subtotal", component=component)
        for line, level, component in zip(totals.tolist(), levels, table.component[totals].tolist(), strict=True)
    ]
    rows, counts = np.concatenate(records), np.array(list(map(len, records)))
    stated = np.stack([table.at(slot)[totals] for slot in slots], axis=1)
    judged = stated != ABSENT
    judged &= [[(line, slot) not in explained for slot in slots] for line in totals.tolist()]
    line, slot = np.nonzero(judged)
    total = stated[line, slot]
    figures = np.stack([table.at(slot)[rows] for slot in slots])
    sizes = counts[line]
    owner = np.repeat(np.arange(len(line)), sizes)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    parts = figures[slot[owner], (np.cumsum(counts) - counts)[line[owner]] + within]
    # A value that serves several components of a record counts once.
    kept = np.sort(np.unique(np.stack((owner, parts)), axis=1, return_index=True)[1]) if table.divided else slice(None)
    owner, parts = owner[kept], parts[kept]
    owner, parts = owner[parts != ABSENT], parts[parts != ABSENT]
    rounded = facts.unit.take(total).among(check.rounding.half_up)
    shown = np.bincount(owner[facts.state[parts] == NUMBER], minlength=len(line))
    outcome.balances.add_all(
        check.code,
        [levels[at] for at in line.tolist()],
        table.form,
        total,
        parts,
        np.bincount(owner, minlength=len(line)),
        [groups[at] for at in line.tolist()],
        [last * 10**facts.decimals for last in np.where(rounded, rounding_tolerance(shown), 0).tolist()],
        ["" if size else "no_records" for size in sizes.tolist()],
    )


def _add(
    outcome: Outcome,
    check: ColumnTotalsCheck,
    table: FormTable,
    slot: str,
    line: int,
    records: Positions,
    kind: str,
    group: str,
    hold: str = "",
) -> None:
    facts, positions = table.facts, table.at(slot)
    total = int(positions[line])
    if total < 0:
        return
    # A value that serves several components of a record counts once.
    parts = list(dict.fromkeys(positions[records].tolist()))
    tolerance = 0
    if facts.unit[total] in check.rounding.half_up:
        there = np.array([part for part in parts if part >= 0], dtype=np.int64)
        shown = int(np.count_nonzero(facts.state[there] == NUMBER))
        tolerance = rounding_tolerance(shown) * 10**facts.decimals
    outcome.balances.add(
        check.code,
        kind,
        table.form,
        total,
        parts,
        group=group,
        tolerance=tolerance,
        hold=hold if len(records) else "no_records",
    )


def _add_kind(
    outcome: Outcome,
    check: ColumnTotalsCheck,
    form: Form,
    table: FormTable,
    slot: str,
    line: int,
    records: Positions,
) -> None:
    """One row of a breakdown against the records of its kind."""
    flag = str(table.record[line]).partition("/")[0]
    flags = [total.flag for total in form.totals if total.flag]
    own = np.array([record for record in records.tolist() if _set(table, flag, record)], dtype=np.int64)
    # An amount under two flags cannot be parted between them.
    shared = any(_set(table, other, record) for record in own.tolist() for other in flags if other != flag)
    _add(outcome, check, table, slot, line, own, "kind", flag, "kinds_share_records" if shared else "")


def _set(table: FormTable, flag: str | None, line: int) -> bool:
    return flag is not None and bool(table.state(flag)[line] == TEXT)


def _breakdowns(table: FormTable) -> Iterator[tuple[int, Positions]]:
    """Each total with the rows that break it down."""
    for file in dict.fromkeys(table.file[table.is_level("breakdown")]):
        here = np.asarray(table.file == file, dtype=bool)
        totals = np.flatnonzero(here & table.is_level("total"))
        if len(totals):
            yield int(totals[-1]), np.flatnonzero(here & table.is_level("breakdown"))


class _Members:
    """The rows of the records of each return, without some that do not count."""

    def __init__(self, table: FormTable, left_out: Mask) -> None:
        self._file, self._group, self._component = (table.coded(name) for name in ("file", "group", "component"))
        rows: Positions = np.flatnonzero(table.is_level("record") & ~left_out)
        self._rows = rows[np.argsort(self._file.codes[rows], kind="stable")]
        self._files = self._file.codes[self._rows]

    def of(self, line: int, *, whole: bool = True, component: str = "") -> Positions:
        """The records that a row of totals is over: the ``whole`` return's or those of its group; of one component, or
        of all where it names none."""
        file = self._file.codes[line]
        rows = self._rows[np.searchsorted(self._files, file, "left") : np.searchsorted(self._files, file, "right")]
        if not whole:
            rows = rows[self._group.codes[rows] == self._group.codes[line]]
        return rows[self._component.codes[rows] == self._component.code(component)] if component else rows
