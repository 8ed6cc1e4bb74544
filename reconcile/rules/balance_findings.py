"""What the verdicts over the balances say to a person: findings, what could not be judged, and the tallies."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

import numpy as np

from reconcile.balances import EMPTY, FAIL, PASS, ROUNDED, UNJUDGED, Balances, Judged
from reconcile.coded import Coded
from reconcile.facts import ABSENT, Facts
from reconcile.findings import CellRef, Finding, Involved, Tally, Unjudged
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
    alike: dict[Hashable, list[Finding]] = {}
    codes = {*balances.code, WITHIN_ROUNDING}
    for finding in findings:
        if finding.code in codes:
            alike.setdefault(_key(finding), []).append(finding)
    found: dict[int, str] = {}
    for number in np.flatnonzero(np.isin(judged.verdict, (FAIL, ROUNDED))).tolist():
        own = alike[_key(_about(data, balances, judged, number))]
        # No two constraints of a code have the same cells and slot.
        cells = _cells(data.facts, balances, number) if len(own) > 1 else ()
        place = next((place for place, finding in enumerate(own) if finding.cells == cells), 0)
        found[number] = own.pop(place).id
    return found


def _key(finding: Finding) -> Hashable:
    """What findings of two constraints seldom have in common."""
    return (finding.code, finding.ref, finding.identity())


def _about(data: Confrontation, balances: Balances, judged: Judged, number: int) -> Finding:
    """The code of a constraint and the value that it is about."""
    total = balances.total[number]
    code = WITHIN_ROUNDING if judged.verdict[number] == ROUNDED else balances.code[number]
    return finding_at(data.facts, total, code) if total != ABSENT else _of_control(balances, number, code)


def _finding(data: Confrontation, balances: Balances, judged: Judged, number: int) -> Finding:
    """``data``: what is stated and computed as a person reads them, difference = stated − computed, and the parts."""
    facts = data.facts
    finding = _about(data, balances, judged, number)
    cells = _cells(facts, balances, number)
    parts = tuple(part.ref for part in cells if part.role == "part")
    unit = _unit(data, balances, number)
    stated = figure(facts.decimal(int(judged.stated[number])), unit)
    computed = figure(facts.decimal(int(judged.computed[number])), unit)
    excluded = facts.decimal(balances.excluded[number])
    return replace(
        finding,
        found=finding.found if balances.total[number] != ABSENT else stated,
        variant=balances.kind[number],
        expected=computed,
        data={
            "rule": balances.code[number],
            "stated": stated,
            "computed": computed,
            "difference": trimmed(facts.decimal(int(judged.difference[number]))),
            "parts": parts,
            "count": len(parts),
            "group": balances.group[number],
            "excluded": figure(excluded, unit) if excluded else "",
        },
        cells=cells,
    )


def _cells(facts: Facts, balances: Balances, number: int) -> tuple[Involved, ...]:
    return involved(facts, [balances.total[number]], "total") + involved(facts, balances.parts_of(number), "part")


def _of_control(balances: Balances, number: int, code: str) -> Finding:
    """A control total stands in no return; its slot is the group of the constraint."""
    name, _, rest = balances.group[number].partition(".")
    version, _, period = rest.partition(".")
    form = balances.form[number]
    return Finding(code, CellRef(""), form=form, field=name, version=version, period=period)


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
