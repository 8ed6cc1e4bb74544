"""Root cause first: which one cell explains several findings at once.

Every violated balance is an edit over cells. A cell is the cause when changing it by one amount satisfies all
violated edits it stands in, at least two of them, breaks none that is satisfied, and no other cell explains as
many (a single error is located where no other cell stands in the same edits: the principle of Fellegi & Holt
1976, restricted to one cell and exact in integers). What it explains becomes an effect of the finding that
names it. Nothing is claimed on one violated edit, and nothing is corrected: a value is suggested.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reconcile.balances import Balances, Judged
from reconcile.consequences import attach, attach_consequences
from reconcile.edits import EQUAL, Edit, edits_over
from reconcile.facts import ABSENT, BLANK, NIL, NUMBER, Facts
from reconcile.findings import CellRef, Finding, Suggestion, sort_key
from reconcile.rules.balance_findings import constraint_of
from reconcile.rules.context import Confrontation
from reconcile.rules.dup002 import measured_by
from reconcile.rules.figures import figure, plain, trimmed
from reconcile.slips import SLIPS, slip

# What the other reading of a cumulative count explains.
READING, READ_WRONGLY = "CUM004", ("BAL001", "CUM001", "CUM002")

# How sure one cell is the cause; set by hand until there are accepted corrections to learn from. A known slip and
# a third edit that agrees each make coincidence less likely. Without a known slip the parts may as well have been
# revised and none of their totals (the two cannot be told apart without the previous version).
SURE_TWO, SURE_MORE, UNEXPLAINED = 0.97, 0.99, 0.85

# How far in the facts, which go row by row, the cells above and below are looked for.
REACH = 2000


@dataclass(frozen=True, slots=True)
class Located:
    """Sorted findings with ``root`` and ``effects``, and the finding's id of each violated constraint."""

    findings: list[Finding]
    of_balance: dict[int, str]


@dataclass(frozen=True, slots=True)
class Cause:
    """A cell, the change (scaled) that satisfies what it stands in, and the ids of the findings this explains.

    ``typed`` counts the findings whose stated figure was keyed by hand (a formula's stored result follows its parts
    and is no evidence), ``agreeing`` those of them that ask for one exact amount. ``exact`` is False where rounding
    leaves the amount open.
    """

    position: int
    change: int
    exact: bool
    explains: frozenset[str]
    typed: int
    agreeing: int


def localise(data: Confrontation, findings: Sequence[Finding], balances: Balances, judged: Judged) -> Located:
    """Findings (graded and identified, see :func:`reconcile.findings.identify`) → the same with roots and effects.

    No finding is dropped and no id changes. A root takes the worst severity of itself and its effects; where the
    cause is one cell, that cell becomes the root's primary cell, with a suggestion.
    """
    of_balance = constraint_of(data, balances, judged, list(findings))
    by_id = {finding.id: finding for finding in findings}
    _wrong_readings(by_id)
    explained = {finding.id for finding in by_id.values() if finding.root}
    edits = edits_over(data, balances, judged, of_balance, [f for f in findings if f.id not in explained])
    for causes in _best_causes(edits, data):
        root = _root(causes, edits)
        if len(causes) == 1:
            _settle(by_id, root, causes[0], edits, data)
        else:
            # The cells that a known slip would explain go first.
            ranked = sorted(causes, key=lambda cause: SLIPS.index(_slip(data.facts, cause)))
            places = tuple(data.facts.ref(cause.position) for cause in ranked)
            by_id[root] = replace(by_id[root], data={**by_id[root].data, "candidates": places})
        attach(by_id, root, causes[0].explains - {root})
    attach_consequences(by_id)
    return Located(sorted(by_id.values(), key=sort_key), of_balance)


def _wrong_readings(by_id: dict[str, Finding]) -> None:
    """CUM004 says why the total and the years of one record disagree: it becomes the root of these findings."""
    disagreeing: dict[tuple[str, ...], list[Finding]] = {}
    for finding in by_id.values():
        if finding.code in READ_WRONGLY:
            disagreeing.setdefault(_record(finding), []).append(finding)
    for reading in [finding for finding in by_id.values() if finding.code == READING]:
        cells = {part.ref for part in reading.cells}
        near = disagreeing.get(_record(reading), [])
        effects = [f.id for f in near if f.cells and {part.ref for part in f.cells} <= cells and not by_id[f.id].root]
        if effects:
            attach(by_id, reading.id, effects)


def _record(finding: Finding) -> tuple[str, ...]:
    return (finding.ref.file, finding.ref.sheet, finding.form, finding.record, finding.component)


def _best_causes(edits: Sequence[Edit], data: Confrontation) -> list[list[Cause]]:
    """The causes that explain most first; several cells that explain the same stay together."""
    standing: dict[int, list[Edit]] = {}
    violated: dict[str, list[Edit]] = {}
    for edit in edits:
        for position in edit.terms:
            standing.setdefault(position, []).append(edit)
        if edit.violated:
            violated.setdefault(edit.finding, []).append(edit)
    causes = [cause for p, own in standing.items() if (cause := _cause(p, own, violated, data))]
    # A typed cell goes before a formula that explains as much.
    rank = {cause.position: (len(cause.explains), not data.facts.stored[cause.position]) for cause in causes}
    naming: dict[str, list[Cause]] = {}
    for cause in causes:
        for finding in cause.explains:
            naming.setdefault(finding, []).append(cause)
    taken: set[str] = set()
    chosen: list[list[Cause]] = []
    for cause in sorted(causes, key=lambda c: (*(-r for r in rank[c.position]), c.position)):
        if cause.explains & taken:
            continue
        near = {other.position: other for finding in cause.explains for other in naming[finding]}
        rivals = [near[p] for p in sorted(near) if rank[p] == rank[cause.position]]
        taken |= cause.explains.union(*(rival.explains for rival in rivals))
        # Where rivals explain different parts of it, nothing can be said.
        if all(rival.explains == cause.explains for rival in rivals):
            chosen.append(rivals)
    return chosen


def _cause(
    position: int, edits: Sequence[Edit], violated: Mapping[str, Sequence[Edit]], data: Confrontation
) -> Cause | None:
    """The cell as a cause of at least two findings, or None. Edits over the whole ward may have other causes too."""
    own = {edit.finding for edit in edits if edit.violated}
    if len(own) < 2:
        return None
    low, high = -math.inf, math.inf
    for edit in edits:
        if not (edit.violated and edit.ward):
            bottom, top = edit.changes(position)
            low = low if bottom is None else max(low, bottom)
            high = high if top is None else min(high, top)
    if math.isinf(low) or math.isinf(high) or low > high:
        return None
    change = (int(low) + int(high)) // 2
    if not change or not _possible(data, position, change):
        return None
    # A finding of several edits is explained only by the cell that settles them all.
    explains = frozenset(
        finding
        for finding in own
        if all(position in edit.terms and edit.holds_after(position, change) for edit in violated[finding])
    )
    if len(explains) < 2:
        return None
    evidence = {f: [edit for edit in violated[f] if not edit.computed] for f in explains}
    agreeing = sum(any(edit.lowest == edit.highest for edit in found) for found in evidence.values())
    return Cause(position, change, low == high, explains, sum(map(bool, evidence.values())), agreeing)


def _possible(data: Confrontation, position: int, change: int) -> bool:
    """Whether the cell may be what is wrong, and its form allows the value meant."""
    facts = data.facts
    if facts.state[position] not in (NUMBER, NIL, BLANK):
        return False
    form = data.pack.forms.get(str(facts.form[position]))
    field = form.fields.get(facts.parts(position)[0]) if form else None
    meant = facts.decimal(int(facts.number[position]) + change)
    if field is None:
        return True
    too_low = field.minimum is not None and meant < Decimal(str(field.minimum))
    return not too_low and not (field.maximum is not None and meant > Decimal(str(field.maximum)))


def _root(causes: Sequence[Cause], edits: Sequence[Edit]) -> str:
    """The finding that says most: one that names another return, else the one whose edit has the fewest cells."""
    explained = [edit for edit in edits if edit.finding in causes[0].explains]
    return min(explained, key=lambda edit: (edit.code != EQUAL, len(edit.terms), edit.code, edit.finding)).finding


def _settle(by_id: dict[str, Finding], root: str, cause: Cause, edits: Sequence[Edit], data: Confrontation) -> None:
    """Turns the root towards the cell that is the cause."""
    facts, position = data.facts, cause.position
    name, version, period = facts.parts(position)
    meant = facts.decimal(int(facts.number[position]) + cause.change)
    unit = str(facts.unit[position]) or _unit(data, cause, edits)
    shown = figure(meant, unit)
    explained = [edit for edit in edits if edit.violated and edit.finding in cause.explains]
    others = {edit.stated for edit in explained} - {ABSENT, position} or {p for e in explained for p in e.terms}
    totals = tuple(facts.ref(p) for p in sorted(others - {position}))
    reason = _slip(facts, cause)
    suggestion = None
    # A formula is not retyped: recalculating the workbook corrects it.
    if cause.typed >= 2 and cause.exact and not facts.stored[position]:
        doubtful = reason == "other" or cause.agreeing < 2
        sure = UNEXPLAINED if doubtful else SURE_TWO if cause.agreeing == 2 else SURE_MORE
        stale = ({"cause": "totals_not_updated", "cells": [_place(ref) for ref in totals]},)
        suggestion = Suggestion(
            facts.ref(position), plain(meant), shown, reason, sure, stale if reason == "other" and totals else ()
        )
    finding = by_id[root]
    moved = finding.record != facts.record[position]
    by_id[root] = replace(
        finding,
        ref=facts.ref(position),
        department=str(facts.department[position]),
        form=str(facts.form[position]),
        record=str(facts.record[position]),
        field=name,
        version=version,
        period=period,
        component=str(facts.component[position]),
        found=str(facts.raw[position]),
        expected=shown,
        variant="located" if cause.exact else "located_about",
        data={
            **{key: value for key, value in finding.data.items() if key != "row_name" or not moved},
            **_measured_by(facts, position, finding.id, explained),
            "totals": totals,
            "difference": trimmed(facts.decimal(-cause.change)),
            "checks": len(cause.explains),
        },
        suggestion=suggestion,
    )


def _measured_by(facts: Facts, position: int, root: str, explained: Iterable[Edit]) -> dict[str, object]:
    """Of a root about equal amounts: an amount that the cell is measured by, which it may have been itself."""
    pairs = (edit.terms for edit in explained if edit.finding == root and edit.code == EQUAL)
    other = next((p for terms in pairs for p in terms if p != position), None)
    return {} if other is None else measured_by(facts, other)


def _unit(data: Confrontation, cause: Cause, edits: Sequence[Edit]) -> str:
    """The unit of the figures that the cell is added up with, else the form's."""
    units = data.facts.unit
    form = data.pack.forms.get(str(data.facts.form[cause.position]))
    near = (p for edit in edits if cause.position in edit.terms for p in edit.terms)
    return next((str(units[p]) for p in near if units[p]), (form.unit if form else None) or "")


def _slip(facts: Facts, cause: Cause) -> str:
    """By which slip the value meant could have become what stands in the cell."""
    number = int(facts.number[cause.position])
    typed = facts.decimal(number) if facts.state[cause.position] == NUMBER else None
    return slip(typed, facts.decimal(number + cause.change), _neighbours(facts, cause.position))


def _neighbours(facts: Facts, position: int) -> list[Decimal]:
    """The figures of the cells beside, above and below."""
    first = max(0, position - REACH)
    span = slice(first, position + REACH)
    steps = abs(facts.row[span] - facts.row[position]) + abs(facts.column[span] - facts.column[position])
    beside = ((steps == 1) & (facts.state[span] == NUMBER)).nonzero()[0] + first
    here = (facts.file[position], facts.sheet[position])
    near = (p for p in beside.tolist() if (facts.file[p], facts.sheet[p]) == here)
    return [facts.decimal(int(facts.number[p])) for p in near]


def _place(ref: CellRef) -> dict[str, str]:
    return {"file": ref.file, "sheet": ref.sheet, "cell": ref.a1 or ""}
