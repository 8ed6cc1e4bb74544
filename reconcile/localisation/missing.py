"""What a cell should hold that holds no figure: a total less its other parts, a quotient of two figures that are known.

Proposed only where a finding says that the figure is missing or cannot be read, where every edit over the cell has all
of its other figures, and where all these edits agree. A live formula that passed over the cell says nothing of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import numpy as np

from reconcile.balances import UNJUDGED, Balances, Judged
from reconcile.edits import Derived, Edit
from reconcile.facts import ABSENT, BLANK, ERROR, EXACT, NIL, NUMBER, Facts
from reconcile.findings import CellRef, Finding, Suggestion, sort_key
from reconcile.localisation.values import confidence
from reconcile.localiser import PRIORS
from reconcile.packs.model import FormField
from reconcile.rules.context import Confrontation
from reconcile.rules.figures import figure, plain

# A value open by more than this share of itself is none.
OPEN = Fraction(1, 20)
PERCENT = 100
# What says of a cell that its figure is missing or cannot be read.
SAID = ("CUM003", "FIL009", "FIL010", "FLD001", "FLD002", "FLD009")
# Why a sum is held back where one of its parts should be a figure.
NOT_A_NUMBER = "part_not_a_number"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one edit leaves for its unknown figure, scaled as the facts are.

    ``size`` counts its other figures; ``like`` are those of the same kind: the same unit, as many decimals.
    """

    low: Fraction
    high: Fraction
    size: int
    like: tuple[int, ...]


def propose_missing(
    data: Confrontation, balances: Balances, judged: Judged, asking: Sequence[Edit], by_id: dict[str, Finding]
) -> None:
    """Adds a suggestion to the first finding of each cell without a figure; ``by_id`` is changed in place."""
    facts = data.facts
    asked: defaultdict[int, list[_Asked]] = defaultdict(list)
    for position, each in (*_of_balances(data, balances, judged), *_of_edits(facts, asking)):
        asked[position].append(each)
    if not asked:
        return
    first = _first_findings(by_id.values())
    for position, edits in sorted(asked.items()):
        finding = first.get(facts.ref(position))
        # A formula is not retyped, unless it has broken.
        if finding is not None and (not facts.stored[position] or facts.state[position] == ERROR):
            suggestion = _suggestion(data, position, edits)
            if suggestion is not None:
                by_id[finding.id] = replace(by_id[finding.id], suggestion=suggestion)


def _first_findings(findings: Iterable[Finding]) -> Mapping[CellRef, Finding]:
    """By cell the finding that stands first in the error sheet, unless a figure is proposed already."""
    found: dict[CellRef, Finding] = {}
    for finding in sorted(findings, key=sort_key):
        if finding.code in SAID and not finding.root and finding.ref.row:
            found.setdefault(finding.ref, finding)
    return {ref: finding for ref, finding in found.items() if finding.suggestion is None}


def _of_balances(data: Confrontation, balances: Balances, judged: Judged) -> Iterator[tuple[int, _Asked]]:
    facts = data.facts
    for number in np.flatnonzero(judged.verdict == UNJUDGED).tolist():
        if balances.hold[number] not in ("", NOT_A_NUMBER):
            continue
        total, start, parts = balances.total[number], balances.start[number], balances.parts_of(number)
        terms = [(p, -balances.coefficient[start + at]) for at, p in enumerate(parts)]
        if total != ABSENT:
            terms.append((total, 1))
        # What is held back for a blank says that the blank should be a figure.
        blank = bool(balances.hold[number])
        unknown = [p for p, _ in terms if facts.state[p] != NUMBER and (p == total or not _is_silent(data, p, blank))]
        if len(unknown) != 1 or (total != ABSENT and facts.stored[total] and total != unknown[0]):
            continue
        tolerance = balances.tolerance[number]
        const = 0 if total != ABSENT else -balances.control[number]
        asked = _asked(facts, terms, unknown[0], (const - tolerance, const + tolerance))
        if asked:
            yield unknown[0], asked


def _is_silent(data: Confrontation, position: int, blank_is_missing: bool) -> bool:
    """Whether a cell counts as nothing in a sum."""
    state = data.facts.state[position]
    return state == NIL or (state == BLANK and not data.due[position] and not blank_is_missing)


def _of_edits(facts: Facts, asking: Iterable[Edit]) -> Iterator[tuple[int, _Asked]]:
    for edit in asking:
        unknown = next((p for p in edit.positions if facts.state[p] != NUMBER), None)
        if unknown is None:
            continue
        if isinstance(edit, Derived):
            asked = _quotient(facts, edit, unknown)
        else:
            room = (edit.least or 0, edit.most or 0)
            asked = None if edit.is_bound else _asked(facts, edit.terms, unknown, room)
        if asked:
            yield unknown, asked


def _asked(facts: Facts, terms: Iterable[tuple[int, int]], unknown: int, room: tuple[int, int]) -> _Asked | None:
    """The figure with which Σ factor × figure lies in the room."""
    factor, rest = 0, 0
    like: list[int] = []
    for position, times in terms:
        if position == unknown:
            factor += times
        elif facts.state[position] == NUMBER:
            rest += times * int(facts.number[position])
            like.append(position)
    if not factor or not like:
        return None
    ends = sorted(Fraction(edge - rest, factor) for edge in room)
    return _Asked(ends[0], ends[1], len(like), tuple(like))


def _quotient(facts: Facts, edit: Derived, unknown: int) -> _Asked | None:
    """One of the figures of a quotient; what a start should be is not asked for."""
    value = {p: Fraction(facts.value[p]) for p in edit.positions if p != unknown}
    start = value.get(edit.start, Fraction(0)) if edit.start != ABSENT else Fraction(0)
    like: tuple[int, ...] = ()
    least, most = (Fraction(0), Fraction(1)) if edit.cut else (Fraction(-1, 2), Fraction(1, 2))
    digit = Fraction(1, 10**edit.decimals)
    if unknown == edit.figure:
        below = value[edit.divisor] - start
        if not below:
            return None
        exact = (value[edit.dividend] - start) * edit.scale / below / digit
        shown = floor(exact) if edit.cut else floor(exact + Fraction(1, 2))
        ends = [shown * digit, shown * digit]
    elif unknown == edit.dividend:
        below = value[edit.divisor] - start
        # A share is of what it is a share of; people per square kilometre are not.
        like = (edit.divisor,) if edit.scale == PERCENT else ()
        ends = [start + (value[edit.figure] + edge * digit) * below / edit.scale for edge in (least, most)]
    elif unknown == edit.divisor:
        like = (edit.dividend,) if edit.scale == PERCENT else ()
        figures = [value[edit.figure] + edge * digit for edge in (least, most)]
        if min(figures) <= 0:
            return None
        ends = [start + (value[edit.dividend] - start) * edit.scale / stated for stated in figures]
    else:
        return None
    low, high = sorted(end * 10**facts.decimals for end in ends)
    return _Asked(low, high, len(value), like)


def _suggestion(data: Confrontation, position: int, edits: Sequence[_Asked]) -> Suggestion | None:
    facts = data.facts
    form = data.pack.forms.get(str(facts.form[position]))
    field = form.fields.get(facts.parts(position)[0]) if form else None
    if form is None or field is None or not field.numeric:
        return None
    like = [other for each in edits for other in each.like] or _column(facts, position)
    step = _step(facts, field, like)
    low, high = max(each.low for each in edits), min(each.high for each in edits)
    least, most = ceil(low / step) * step, floor(high / step) * step
    if least > most or most - least > OPEN * max(abs(least), abs(most)) or not _allows(facts, field, least, most):
        return None
    value = facts.decimal((least + most) // 2 // step * step)
    exact = least == most
    # With every other figure of it right an edit says what is missing; that they are is as likely as anywhere.
    sure = 1.0
    for each in edits:
        sure *= 1 - (1 - PRIORS.rate) ** each.size
    units = (str(facts.unit[other]) for other in (position, *like))
    unit = next((unit for unit in units if unit), field.unit or form.unit or "")
    return Suggestion(
        facts.ref(position),
        plain(value),
        figure(value, unit),
        "missing" if facts.state[position] == BLANK else "",
        confidence(1 - sure),
        standing="localised" if exact and len(edits) > 1 else "probable",
        exact=exact,
    )


def _allows(facts: Facts, field: FormField, least: int, most: int) -> bool:
    bounds = [(field.minimum, least, -1), (field.maximum, most, 1)]
    return not any(
        bound is not None and sign * (EXACT.scaleb(Decimal(value), Decimal(-facts.decimals)) - Decimal(str(bound))) > 0
        for bound, value, sign in bounds
    )


def _column(facts: Facts, position: int) -> list[int]:
    """The figures in the same column of the form."""
    same = (facts.form == facts.form[position]) & (facts.slot == facts.slot[position]) & (facts.state == NUMBER)
    return np.flatnonzero(same).tolist()


def _step(facts: Facts, field: FormField, like: Iterable[int]) -> int:
    """The last digit of figures of the same kind."""
    zeros = facts.decimals
    for position in () if field.type == "integer" else like:
        while zeros and int(facts.number[position]) % 10**zeros:
            zeros -= 1
    return int(10**zeros)


__all__ = ["propose_missing"]
