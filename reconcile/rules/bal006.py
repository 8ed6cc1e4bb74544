"""BAL006: the printed grand total against all returns together, each duplicated item counted once."""

from __future__ import annotations

from decimal import Decimal

from reconcile.facts import ABSENT, EXACT, NUMBER, Facts, FormTable
from reconcile.packs.checks import GrandTotalCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome
from reconcile.rules.duplicates import Amounts, Items, accepted_records, several_times


def judge(check: GrandTotalCheck, form: Form, data: Confrontation) -> Outcome:
    """One constraint for each control total of the pack (columns ``slot`` and ``value``).

    It is held back until every department that owes the form has answered, where a form or record of it was set
    aside, and where the records of one item differ.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    rows = accepted_records(table, data)
    items = several_times(table, data, check.by)
    merged = set(table.department[rows]) >= data.pack.departments_owing(form)
    whole = merged and len(rows) == int(table.is_level("record").sum())
    for control in data.pack.tables[check.control].rows:
        slot = control["slot"]
        once, excluded, differ = counted_once(table, slot, rows, items, data)
        value, exact = _scaled(Decimal(control["value"].replace(",", "")), facts)
        holds = {
            "returns_missing": not data.complete_in(form),
            "duplicates_differ": differ,
            "records_set_aside": not whole,
            "control_too_fine": not exact,
        }
        outcome.balances.add(
            check.code,
            "grand",
            form.form,
            ABSENT,
            once,
            group=slot,
            control=value,
            excluded=excluded,
            hold=next((reason for reason, holds_it in holds.items() if holds_it), ""),
        )
    return outcome


def counted_once(
    table: FormTable, slot: str, rows: list[int], items: Items, data: Confrontation
) -> tuple[list[int], int, bool]:
    """Positions that count, what was left out as counted before (scaled), and whether an item's records differ."""
    facts = table.facts
    column = table.at(slot)
    left_out: set[int] = set()
    excluded = 0
    differ = False
    for lines in items.values():
        amounts = Amounts(table, slot, lines, data)
        differ |= amounts.differ
        # An amount that is not known must go on blocking the sum, unless another record states it.
        counted = next(iter(amounts.positions or amounts.unknown), ABSENT)
        for line in lines:
            position = int(column[line])
            if position not in (ABSENT, counted):
                left_out.add(position)
                excluded += int(facts.number[position]) if facts.state[position] == NUMBER else 0
    return [p for p in column[rows].tolist() if p != ABSENT and p not in left_out], excluded, differ


def _scaled(value: Decimal, facts: Facts) -> tuple[int, bool]:
    """A control total in the scale of the facts, and whether that scale can hold it."""
    scaled = EXACT.scaleb(value, Decimal(facts.decimals))
    return int(scaled), scaled == int(scaled)
