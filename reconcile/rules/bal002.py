"""BAL002: the total and subtotal rows of a return against its own records, as plain sums."""

from __future__ import annotations

import numpy as np

from reconcile.facts import NUMBER, FormTable, Positions
from reconcile.packs.checks import ColumnTotalsCheck
from reconcile.packs.model import Form
from reconcile.rules.bal001 import rounding_tolerance
from reconcile.rules.context import Confrontation, Outcome


def judge(check: ColumnTotalsCheck, form: Form, data: Confrontation) -> Outcome:
    """One constraint for each total or subtotal row and each amount: stated = Σ records of its file and group.

    Duplicated items count as often as they stand (CONTRACT, 様式3). A row of totals over several components
    adds up the records of its own component, or of all where it names none.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    slots = [slot for slot in form.slots() if slot.partition(".")[0] == check.amounts and slot in table.index]
    totals = np.flatnonzero(table.is_level("subtotal") | table.is_level("total"))
    members = _members(table) if len(totals) else {}
    for line in totals:
        level, group = str(table.level[line]), str(table.group[line])
        within = group if level == "subtotal" else None
        records = members.get((str(table.file[line]), within, str(table.component[line])), [])
        for slot in slots:
            positions = table.at(slot)
            total = int(positions[line])
            if total < 0:
                continue
            # A value that serves several components of a record counts once.
            parts = list(dict.fromkeys(positions[records].tolist()))
            shown = sum(1 for part in parts if part >= 0 and facts.state[part] == NUMBER)
            rounded = facts.unit[total] in check.rounding.half_up
            outcome.balances.add(
                check.code,
                level,
                form.form,
                total,
                parts,
                group=group,
                tolerance=rounding_tolerance(shown) * 10**facts.decimals if rounded else 0,
                hold="" if records else "no_records",
            )
    return outcome


def _members(table: FormTable) -> dict[tuple[str, str | None, str], list[int]]:
    """The rows of records by (file, group or None for all groups, component); component "" holds all of them."""
    members: dict[tuple[str, str | None, str], list[int]] = {}
    rows: Positions = np.flatnonzero(table.is_level("record"))
    for line in rows.tolist():
        file, group, component = str(table.file[line]), str(table.group[line]), str(table.component[line])
        for within in (group, None):
            for part in {component, ""}:
                members.setdefault((file, within, part), []).append(line)
    return members
