"""What the verdicts over the balances say to a person: findings, what could not be judged, and the tallies."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

import numpy as np

from reconcile.balances import EMPTY, FAIL, PASS, ROUNDED, UNJUDGED, Balances, Judged
from reconcile.coded import Coded
from reconcile.facts import ABSENT, Facts
from reconcile.findings import CellRef, Finding, Tally, Unjudged
from reconcile.rules.context import Confrontation, finding_at, involved, unjudged_at
from reconcile.rules.figures import figure, trimmed

WITHIN_ROUNDING = "BAL005"


@dataclass(slots=True)
class Balanced:
    """What came of the constraints. ROUNDED passes its own code and is told under BAL005, which all constraints are
    judged by that have a tolerance: it has nothing to tell where they hold exactly, or fail beyond it."""

    findings: list[Finding] = field(default_factory=list)
    unjudged: list[Unjudged] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)


def balance_findings(data: Confrontation, balances: Balances, judged: Judged) -> Balanced:
    """One finding for each constraint that fails or holds only within rounding, in the order of the constraints."""
    result = Balanced(tallies=_tallies(balances, judged))
    for number in np.flatnonzero(np.isin(judged.verdict, (FAIL, ROUNDED, UNJUDGED))).tolist():
        if judged.verdict[number] == UNJUDGED:
            result.unjudged.append(_unjudged(data.facts, balances, judged, number))
        else:
            result.findings.append(_finding(data, balances, judged, number))
    return result


def _tallies(balances: Balances, judged: Judged) -> dict[str, Tally]:
    """By code, in the order of the constraints; BAL005 after the first code that has a tolerance."""
    codes, verdict = Coded.of(balances.code), judged.verdict
    rounds = np.array([bool(tolerance) for tolerance in balances.tolerance], dtype=bool)
    judged_by = [(code, codes.says(code), (PASS, ROUNDED), (FAIL,)) for code in codes.values]
    judged_by.append((WITHIN_ROUNDING, rounds, (PASS, FAIL), (ROUNDED,)))
    found: list[tuple[int, str, Tally]] = []
    for code, own, passed, failed in judged_by:
        verdicts = verdict[own & (verdict != EMPTY)]
        if len(verdicts):
            first = int(np.flatnonzero(own & (verdict != EMPTY))[0])
            counts = (int(np.isin(verdicts, kinds).sum()) for kinds in (passed, failed, (UNJUDGED,)))
            found.append((first, code, Tally(*counts)))
    return {code: tally for _, code, tally in sorted(found, key=lambda one: one[0])}


def constraint_of(data: Confrontation, balances: Balances, judged: Judged, findings: list[Finding]) -> dict[int, str]:
    """The id of the finding of each constraint that has one; ``findings`` are identified and otherwise untouched."""
    ids: dict[Hashable, list[str]] = {}
    codes = {*balances.code, WITHIN_ROUNDING}
    for finding in findings:
        if finding.code in codes:
            ids.setdefault(_key(finding), []).append(finding.id)
    wanted = np.flatnonzero(np.isin(judged.verdict, (FAIL, ROUNDED))).tolist()
    return {number: ids[_key(_finding(data, balances, judged, number))].pop(0) for number in wanted}


def _key(finding: Finding) -> Hashable:
    """Tells the findings of two constraints apart: no two constraints of a code have the same cells and slot."""
    return (finding.code, finding.ref, finding.identity(), finding.cells)


def _finding(data: Confrontation, balances: Balances, judged: Judged, number: int) -> Finding:
    """``data``: what is stated and computed as a person reads them, difference = stated − computed, and the parts."""
    facts = data.facts
    total, parts = balances.total[number], balances.parts_of(number)
    rounded = int(judged.verdict[number]) == ROUNDED
    unit = _unit(data, balances, number)
    stated = figure(facts.decimal(int(judged.stated[number])), unit)
    computed = figure(facts.decimal(int(judged.computed[number])), unit)
    excluded = facts.decimal(balances.excluded[number])
    finding = finding_at(facts, total, "") if total != ABSENT else _of_control(balances, number, stated)
    return replace(
        finding,
        code=WITHIN_ROUNDING if rounded else balances.code[number],
        variant=balances.kind[number],
        expected=computed,
        data={
            "rule": balances.code[number],
            "stated": stated,
            "computed": computed,
            "difference": trimmed(facts.decimal(int(judged.difference[number]))),
            "parts": tuple(facts.ref(part) for part in parts),
            "count": len(parts),
            "group": balances.group[number],
            "excluded": figure(excluded, unit) if excluded else "",
        },
        cells=involved(facts, [total], "total") + involved(facts, parts, "part"),
    )


def _of_control(balances: Balances, number: int, stated: str) -> Finding:
    """A control total stands in no return; its slot is the group of the constraint."""
    name, _, rest = balances.group[number].partition(".")
    version, _, period = rest.partition(".")
    form = balances.form[number]
    return Finding("", CellRef(""), form=form, field=name, version=version, period=period, found=stated)


def _unit(data: Confrontation, balances: Balances, number: int) -> str:
    """The unit of the first figure that states one, else the form's."""
    positions = [p for p in (balances.total[number], *balances.parts_of(number)) if p != ABSENT]
    units = (str(data.facts.unit[p]) for p in positions)
    form = data.pack.forms.get(balances.form[number])
    return next((unit for unit in units if unit), (form.unit if form else None) or "")


def _unjudged(facts: Facts, balances: Balances, judged: Judged, number: int) -> Unjudged:
    total, code, why = balances.total[number], balances.code[number], judged.why[number]
    if total != ABSENT:
        return unjudged_at(facts, total, code, why)
    return Unjudged(code, CellRef(""), why, form=balances.form[number], record="")
