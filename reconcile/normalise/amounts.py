"""Several numbers in one text: one amount in descending magnitudes (5億3,000万円), or which kind of other text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from reconcile.normalise.characters import closed_up
from reconcile.normalise.numerals import read_numeral

#: Words of magnitude in descending order, with their power of ten.
_STEPS: Final = {"兆": 12, "億": 8, "万": 4, "千": 3, "百": 2, "": 0}
_STEP: Final = re.compile(r"([0-9][0-9,]*)([兆億万千百]?)")
_AMOUNT: Final = re.compile(r"((?:[0-9][0-9,]*[兆億万千百])+(?:[0-9][0-9,]*)?)([^0-9]*)")
#: A magnitude and a unit of money that is itself one: 3千円 behind a magnitude is 3千 of 円.
_HIGHEST: Final = 16


def compound_amount(text: str) -> tuple[Decimal, str, str] | None:
    """(value, numeral as typed, what stands behind it) of an amount written with several magnitudes, each less than
    the step above it. None if `text` (narrow) is none."""
    found = _AMOUNT.fullmatch(closed_up(text))
    steps = _STEP.findall(found[1]) if found else []
    if not found or len(steps) < 2:
        return None
    value, above = Decimal(0), _HIGHEST
    for digits, word in steps:
        power = _STEPS[word]
        part = read_numeral(digits).value
        if part is None or power >= above or part >= Decimal(10) ** (above - power):
            return None
        value, above = value + part.scaleb(power), power
    return value, found[1], found[2]


_RANGE: Final = re.compile(r"[~→⇒➡]|から|ないし|乃至|より|\.\.|…")
_DASH_BETWEEN: Final = re.compile(r"[^0-9\s]{0,4}\s*[-‐‑‒–—―ー─]\s*")
_FRACTION: Final = re.compile(r"分の|[^0-9\s/]{0,6}/[^0-9\s/]{0,2}")
_EXPRESSION: Final = frozenset(["+", "×", "x", "X", "*", "÷", "=", "±"])


def kind_of_several(between: str) -> str:
    """What two numbers of one text make, by what stands between them: a fraction, a range, a time, an expression, or
    merely two_numbers."""
    words = between.strip()
    if _FRACTION.fullmatch(words):
        return "fraction"
    if _RANGE.search(words) or _DASH_BETWEEN.fullmatch(words):
        return "range"
    if words == ":":
        return "time"
    return "expression" if words in _EXPRESSION else "two_numbers"
