"""FLD012: the unit does not fit the label, by the pack's list of pairs."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from reconcile.facts import ABSENT
from reconcile.findings import Finding
from reconcile.normalise import fold_label, fold_unit
from reconcile.packs.checks import LabelUnitCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.duplicates import amount_slots

_WIDE_BRACKETS = str.maketrans("()", "（）")


def judge(check: LabelUnitCheck, form: Form, data: Confrontation) -> Outcome:
    """One finding a record, at its first figure whose unit the list says does not fit.

    The list has the columns ``label`` (a regular expression, found in the label; round brackets in it are
    written full-width) and ``units`` (those that do not fit, separated by ``;``).
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    pairs = [
        (re.compile(row["label"]), frozenset(fold_unit(unit) for unit in row["units"].split(";") if unit))
        for row in data.pack.tables[check.pairs].rows
    ]

    @cache
    def unfit(label: str) -> frozenset[str]:
        plain = fold_label(label).translate(_WIDE_BRACKETS)
        return frozenset().union(*(units for pattern, units in pairs if pattern.search(plain)))

    labels = table.text(check.label)
    slots = amount_slots(form, table, check.amounts)
    columns = np.stack([table.at(slot) for slot in slots], axis=1) if slots else np.zeros((len(table), 0), np.int64)
    found: dict[int, Finding | None] = {}
    unitless: dict[int, int] = {}  # a label of the list, and no unit to hold against it
    for line in np.flatnonzero(data.rows_of(table) & (labels != "")):
        entry = int(table.entry[line])
        amounts = [int(p) for p in columns[line] if p != ABSENT and facts.unit[p]]
        if found.get(entry):
            continue
        if not amounts:
            if unfit(str(labels[line])):
                unitless.setdefault(entry, int(table.at(check.label)[line]))
            continue
        wrong = [p for p in amounts if fold_unit(str(facts.unit[p])) in unfit(str(labels[line]))]
        found[entry] = None
        if wrong:
            label = int(table.at(check.label)[line])
            found[entry] = finding_at(
                facts,
                wrong[0],
                check.code,
                data={"label": str(labels[line]), "unit": str(facts.unit[wrong[0]])},
                cells=involved(facts, wrong, "part") + involved(facts, [label], "label"),
            )
    outcome.findings = [finding for finding in found.values() if finding]
    outcome.passed = len(found) - len(outcome.findings)
    outcome.unjudged = [
        unjudged_at(facts, label, check.code, "unit_not_given")
        for entry, label in unitless.items()
        if entry not in found
    ]
    return outcome
