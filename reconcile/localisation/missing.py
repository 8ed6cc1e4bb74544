"""What a cell should hold that holds no figure: a total less its other parts, a quotient of two figures that are known.

Proposed only where a finding says that the figure is missing or cannot be read, where every edit over the cell has all
of its other figures, and where all these edits agree. A live formula that passed over the cell says nothing of it.
Figures that were found to be wrong are taken as they were probably meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import numpy as np

from reconcile.balances import UNJUDGED, Balances, Judged
from reconcile.edits import Edit
from reconcile.facts import ABSENT, BLANK, ERROR, EXACT, NIL, NUMBER, TEXT, Facts
from reconcile.findings import CellRef, Finding, Suggestion, sort_key
from reconcile.localisation.asked import AS_THEY_STAND, Asked, Retyped, of_balance, of_edit, terms_of
from reconcile.localisation.values import confidence
from reconcile.localiser import PRIORS
from reconcile.normalise.characters import compatible
from reconcile.packs.model import FormField
from reconcile.rules.context import Confrontation
from reconcile.rules.figures import figure, plain

# A value open by more than this share of itself is none.
OPEN = Fraction(1, 20)
# What says of a cell that its figure is missing or cannot be read.
SAID = ("CUM003", "FIL009", "FIL010", "FLD001", "FLD002", "FLD009")
# Letters typed for the digits that they look like, and the numeral that they make.
DIGITS_FOR = str.maketrans("OoIl", "0011")
NUMERAL_ALONE = re.compile(r"[0-9]+(?:,[0-9]{3})*")
# Why a sum is held back where one of its parts should be a figure.
NOT_A_NUMBER = "part_not_a_number"


def propose_missing(
    data: Confrontation,
    balances: Balances,
    judged: Judged,
    asking: Sequence[Edit],
    by_id: dict[str, Finding],
    retyped: Retyped = AS_THEY_STAND,
) -> None:
    """Adds a suggestion to the first finding of each cell without a figure; ``by_id`` is changed in place."""
    facts = data.facts
    asked: defaultdict[int, list[Asked]] = defaultdict(list)
    for position, each in (*_of_balances(data, balances, judged, retyped), *_of_edits(facts, asking)):
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


def _of_balances(
    data: Confrontation, balances: Balances, judged: Judged, retyped: Retyped
) -> Iterator[tuple[int, Asked]]:
    facts = data.facts
    for number in np.flatnonzero(judged.verdict == UNJUDGED).tolist():
        if balances.hold[number] not in ("", NOT_A_NUMBER):
            continue
        total, terms = balances.total[number], terms_of(balances, number)
        # What is held back for a blank says that the blank should be a figure.
        blank = bool(balances.hold[number])
        unknown = [p for p, _ in terms if facts.state[p] != NUMBER and (p == total or not _is_silent(data, p, blank))]
        if len(unknown) != 1 or (total != ABSENT and facts.stored[total] and total != unknown[0]):
            continue
        asked = of_balance(facts, balances, number, unknown[0], retyped)
        if asked:
            yield unknown[0], asked


def _is_silent(data: Confrontation, position: int, blank_is_missing: bool) -> bool:
    """Whether a cell counts as nothing in a sum."""
    state = data.facts.state[position]
    return state == NIL or (state == BLANK and not data.due[position] and not blank_is_missing)


def _of_edits(facts: Facts, asking: Iterable[Edit]) -> Iterator[tuple[int, Asked]]:
    for edit in asking:
        unknown = next((p for p in edit.positions if facts.state[p] != NUMBER), None)
        if unknown is None:
            continue
        asked = of_edit(facts, edit, unknown)
        if asked:
            yield unknown, asked


def _suggestion(data: Confrontation, position: int, edits: Sequence[Asked]) -> Suggestion | None:
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
    typed = _meant_by_letters(facts, position)
    if typed is not None and least <= typed <= most:
        least = most = typed
    value = facts.decimal((least + most) // 2 // step * step)
    exact = least == most
    if not value and facts.state[position] == BLANK:
        # That the others make up the sum without it says that it is nothing, or stands among them.
        return None
    # With every other figure of it right an edit says what is missing; that they are is as likely as anywhere.
    sure = 1.0
    for each in edits:
        sure *= 1 - each.sure * (1 - PRIORS.rate) ** each.size
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


def _meant_by_letters(facts: Facts, position: int) -> int | None:
    """The figure of a text in which letters stand for the digits that they look like (5OOO); None for other texts."""
    text = compatible(str(facts.raw[position])) if facts.state[position] == TEXT else ""
    number = NUMERAL_ALONE.match(text.translate(DIGITS_FOR))
    if number is None or number[0] == text[: number.end()]:
        return None
    return int(EXACT.scaleb(Decimal(number[0].replace(",", "")), Decimal(facts.decimals)))


def _allows(facts: Facts, field: FormField, least: int, most: int) -> bool:
    bounds = [(field.minimum, least, -1), (field.maximum, most, 1)]
    return not any(
        bound is not None and sign * (EXACT.scaleb(Decimal(value), Decimal(-facts.decimals)) - Decimal(str(bound))) > 0
        for bound, value, sign in bounds
    )


def _column(facts: Facts, position: int) -> list[int]:
    """The figures in the same column of the form."""
    same = facts.form.says(facts.form[position]) & facts.slot.says(facts.slot[position]) & (facts.state == NUMBER)
    return np.flatnonzero(same).tolist()


def _step(facts: Facts, field: FormField, like: Iterable[int]) -> int:
    """The last digit of figures of the same kind."""
    zeros = facts.decimals
    for position in () if field.type == "integer" else like:
        while zeros and int(facts.number[position]) % 10**zeros:
            zeros -= 1
    return int(10**zeros)


__all__ = ["propose_missing"]
