"""RAT003: a density or other quotient against its recomputation."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

import numpy as np

from reconcile.facts import ABSENT, BLANK, NIL, NUMBER, Facts, FormTable
from reconcile.packs.checks import DerivedCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.figures import figure, trimmed

HALF = Fraction(1, 2)


def judge(check: DerivedCheck, form: Form, data: Confrontation) -> Outcome:
    """Each record's quotient, computed exactly and rounded half up.

    A difference that the rounding of one of ``rounded`` can explain passes. Blank and ― throughout is nothing to judge.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    slots = (check.figure, check.dividend, check.divisor)
    stated = table.at(check.figure)
    fineness = {slot: _decimals(table, slot) for slot in check.rounded}
    digits = check.decimals
    for line in np.flatnonzero(table.is_level("record") & (stated != ABSENT)).tolist():
        cells = [int(table.at(slot)[line]) for slot in slots]
        states = [int(facts.state[cell]) if cell != ABSENT else BLANK for cell in cells]
        if all(state in (NIL, BLANK) for state in states):
            continue
        why = _why_not(states, facts, cells)
        if why:
            outcome.unjudged.append(unjudged_at(facts, cells[0], check.code, why))
            continue
        file = str(table.file[line])
        spread = [
            Fraction(1, 2 * 10 ** fineness[slot][file]) if slot in check.rounded else Fraction(0) for slot in slots[1:]
        ]
        value, dividend, divisor = (Fraction(facts.value[cell]) for cell in cells)
        low, right, high = _range(dividend, divisor, spread, check.scale, digits)
        if low <= _rounded(value, digits) <= high:
            outcome.passed += 1
            continue
        unit = str(facts.unit[cells[0]])
        outcome.findings.append(
            finding_at(
                facts,
                cells[0],
                check.code,
                expected=figure(_decimal(right, digits), unit),
                data={
                    "dividend": facts.ref(cells[1]),
                    "divisor": facts.ref(cells[2]),
                    "difference": trimmed(_decimal(_rounded(value, digits) - right, digits)),
                },
                cells=involved(facts, cells[:1], "quotient") + involved(facts, cells[1:], "part"),
            )
        )
    return outcome


def _why_not(states: list[int], facts: Facts, cells: list[int]) -> str:
    if states[0] != NUMBER:
        return "total_not_a_number"
    if any(state != NUMBER for state in states[1:]):
        return "part_not_a_number"
    return "" if facts.number[cells[2]] else "divisor_is_zero"


def _decimals(table: FormTable, slot: str) -> dict[str, int]:
    """The most decimals of a slot's figures, by file: a spreadsheet keeps no zeros at the end of a figure."""
    found: dict[str, int] = {}
    for line, position in enumerate(table.at(slot).tolist()):
        value = table.facts.value[position] if position != ABSENT else None
        if isinstance(value, Decimal):
            exponent = trimmed(value).as_tuple().exponent
            decimals = max(0, -exponent) if isinstance(exponent, int) else 0
            found[str(table.file[line])] = max(found.get(str(table.file[line]), 0), decimals)
    return found


def _range(
    dividend: Fraction, divisor: Fraction, spread: list[Fraction], factor: int, digits: int
) -> tuple[Fraction, Fraction, Fraction]:
    """The least, the plain and the greatest quotient, rounded, that the parts allow before they were rounded."""
    right = _rounded(dividend / divisor * factor, digits)
    corners = [
        _rounded((dividend + one) / (divisor + other) * factor, digits)
        for one in (-spread[0], spread[0])
        for other in (-spread[1], spread[1])
        if (divisor + other) * divisor > 0
    ]
    return min(right, *corners), right, max(right, *corners)


def _rounded(value: Fraction, digits: int) -> Fraction:
    """Half up, away from zero as in print."""
    scaled = abs(value) * 10**digits
    return Fraction(floor(scaled + HALF), 10**digits) * (1 if value >= 0 else -1)


def _decimal(value: Fraction, digits: int) -> Decimal:
    return Decimal(int(value * 10**digits)).scaleb(-digits)
