"""DUP001: an item that several records carry, with its gross and net amounts. Nothing is wrong with it."""

from __future__ import annotations

from decimal import Decimal

from reconcile.facts import FormTable
from reconcile.findings import Finding
from reconcile.packs.checks import DuplicatedAmountsCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unreadable
from reconcile.rules.duplicates import Amounts, accepted_records, amount_slots, by_item
from reconcile.rules.figures import figure, trimmed

UNDECIDED = "unjudged"


def judge(check: DuplicatedAmountsCheck, form: Form, data: Confrontation) -> Outcome:
    """One finding for each code that stands in more than one accepted record; every other code passes.

    A record without a readable code cannot be judged.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    slots = amount_slots(form, table, check.amounts)
    codes = table.at(check.by)[accepted_records(table, data)]
    outcome.unjudged = unreadable(data.facts, codes, check.code, "key_not_given", "key_not_readable")
    for (code, _), rows in by_item(table, data, check.by).items():
        if len(rows) == 1:
            outcome.passed += 1
        else:
            outcome.findings.append(_finding(check, form, data, table, slots, code, rows))
    return outcome


def _finding(
    check: DuplicatedAmountsCheck,
    form: Form,
    data: Confrontation,
    table: FormTable,
    slots: list[str],
    code: str,
    rows: list[int],
) -> Finding:
    """``data``: ``slots``, ``gross`` and ``net`` run side by side; an undecided net is "unjudged"."""
    facts = data.facts
    gross: list[Decimal] = []
    net: list[Decimal | str] = []
    counted: list[str] = []
    cells: list[int] = []
    for slot in slots:
        amounts = Amounts(table, slot, rows, data)
        cells += amounts.positions + amounts.unknown
        gross.append(trimmed(facts.decimal(sum(amounts.figures))))
        if amounts.differ or amounts.unknown:
            net.append(UNDECIDED)
        else:
            once = trimmed(facts.decimal(amounts.figures[0] if amounts.figures else 0))
            net.append(once)
            unit = next((str(facts.unit[p]) for p in amounts.positions if facts.unit[p]), form.unit or "")
            counted.append(figure(once, unit))
    places = table.at(check.by)[rows]
    name = (table.text(check.name)[rows[0]] if check.name else "") or code
    return finding_at(
        facts,
        int(places[0]),
        check.code,
        variant="open" if UNDECIDED in net else "",
        data={
            "item": code,
            "row_name": str(name),
            "name": str(name),
            "groups": tuple(sorted({str(table.group[row]) for row in rows}, key=lambda group: (len(group), group))),
            "times": len(rows),
            "slots": tuple(slots),
            "gross": tuple(gross),
            "net": tuple(net),
            "counted": tuple(counted),
        },
        cells=involved(facts, places, "place") + involved(facts, cells, "part"),
    )
