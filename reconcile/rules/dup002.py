"""DUP002: one item, different amounts."""

from __future__ import annotations

from reconcile.edits import all_equal, equal
from reconcile.facts import Facts
from reconcile.packs.checks import DuplicatedAmountsCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.duplicates import Amounts, amount_slots, several_times
from reconcile.rules.figures import figure


def measured_by(facts: Facts, position: int) -> dict[str, object]:
    """The amount that another one is measured by, for the sentence."""
    return {
        "other": facts.ref(position),
        "other_department": str(facts.department[position]),
        "other_found": str(facts.raw[position]),
    }


def judge(check: DuplicatedAmountsCheck, form: Form, data: Confrontation) -> Outcome:
    """One judgement for each amount of each item that stands in more than one accepted record.

    The amount that the fewer records state is to be corrected first; where none is in the majority, the later one.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    slots = amount_slots(form, table, check.amounts)
    names = table.text(check.name) if check.name else None
    for (code, _), rows in several_times(table, data, check.by).items():
        for slot in slots:
            amounts = Amounts(table, slot, rows, data)
            outcome.edits += all_equal(check.code, amounts.positions, amounts.figures)
            if amounts.positions and not amounts.differ:
                outcome.asking += [equal(check.code, one, amounts.positions[0]) for one in amounts.unknown]
            if amounts.differ:
                wrong, right = amounts.wrong_and_right()
                unit = str(facts.unit[right] or facts.unit[wrong] or form.unit or "")
                shown = dict.fromkeys(figure(facts.decimal(f), unit) for f in amounts.figures)
                outcome.findings.append(
                    finding_at(
                        facts,
                        wrong,
                        check.code,
                        expected=str(facts.raw[right]),
                        data={
                            "item": code,
                            "row_name": "" if names is None else str(names[rows[0]]),
                            "amounts": tuple(shown),
                            **measured_by(facts, right),
                        },
                        cells=involved(facts, amounts.positions, "part"),
                    )
                )
            elif amounts.unknown:
                outcome.unjudged.append(unjudged_at(facts, amounts.unknown[0], check.code, "part_not_a_number"))
            elif len(amounts.positions) > 1:
                outcome.passed += 1
    return outcome
