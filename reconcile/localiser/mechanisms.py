"""Which true figures a typed one may stand for, and how likely each slip is to make it of them.

:func:`slips` turns the observed figure back through every slip of the hand at once; the chance of a slip is that of
the one event among those equally likely in the true figure (one of L digits, nine other digits, …). The slips follow
Scholtus (*Automatic correction of simple typing errors in numerical data with balance edits*, Statistics Netherlands
2009) and are wider: lost and doubled digits, zeros, units, rounding.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache

DIGITS = "0123456789"
NO_SLIP: Mapping[str, float] = {}
# To what a figure is rounded that should not be: hundreds and thousands first; tens hardly hide anything.
ROUNDINGS = ((1000, 0.3), (100, 0.6), (10, 0.1))
# A revision changes a figure by a hundredth at least and by all of it at most; a smaller one is rare (e⁻² of others).
SMALLEST_REVISION, UNUSUAL = 100, 2.0


def made_of(observed: int, true: int) -> Mapping[str, float]:
    """The slips of the hand that make the observed figure of a true one, with the chance of each."""
    return slips(observed).get(true, NO_SLIP) if _is_near(observed, true) else NO_SLIP


def _is_near(observed: int, true: int) -> bool:
    """Whether a slip may lead from one figure to the other: not, if more than two of their digits differ."""
    if true == -observed or (true and observed and (observed % true == 0 or true % observed == 0)):
        return True
    if true and (true < 0) != (observed < 0):
        return False
    one, other = str(abs(observed)), str(abs(true))
    if len(one) > len(other):
        one, other = other, one
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 2
    if len(one) + 1 < len(other):
        return False
    same = next((place for place, digit in enumerate(one) if digit != other[place]), len(one))
    return one[same:] == other[same + 1 :]


@lru_cache(maxsize=256)
def slips(observed: int) -> Mapping[int, Mapping[str, float]]:
    """True figure → the slips of the hand that make the observed one of it, with the chance of each."""
    found: dict[int, dict[str, float]] = {}
    text = str(abs(observed))
    sign = -1 if observed < 0 else 1
    for typed, slip, chance in (*_same_length(text), *_lost(text), *_gained(text)):
        if typed != text and (typed == "0" or not typed.startswith("0")):
            ways = found.setdefault(sign * int(typed), {})
            ways[slip] = ways.get(slip, 0.0) + chance
    for true, slip in _factors(observed):
        ways = found.setdefault(true, {})
        ways[slip] = ways.get(slip, 0.0) + 1.0
    if observed:
        found.setdefault(-observed, {})["sign"] = 1.0
    return found


def _same_length(text: str) -> Iterator[tuple[str, str, float]]:
    length = len(text)
    for place, digit in enumerate(text):
        for other in DIGITS:
            if other != digit:
                yield text[:place] + other + text[place + 1 :], "digit", 1 / (9 * length)
    for place in range(length - 1):
        if text[place] != text[place + 1]:
            swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
            yield swapped, "transposed", 1 / (length - 1)


def _lost(text: str) -> Iterator[tuple[str, str, float]]:
    """The true figure has one digit more. A zero lost at the end is told apart: it changes the magnitude alone."""
    length = len(text) + 1
    for place in range(length):
        for digit in DIGITS:
            true = text[:place] + digit + text[place:]
            if true != text + "0":
                yield true, "missing_digit", 1 / length


def _gained(text: str) -> Iterator[tuple[str, str, float]]:
    """The true figure has one digit less."""
    length = len(text) - 1
    for place in range(length + 1):
        true = text[:place] + text[place + 1 :]
        doubled = text[place : place + 1] in (text[place - 1 : place], text[place + 1 : place + 2])
        if not true or true + "0" == text:
            continue
        # Each digit of a run may be the one that was typed twice; they are met as often when taken out again.
        share = 1 / (length * 2) if doubled else 1 / (10 * (length + 1))
        yield true, "doubled_digit" if doubled else "extra_digit", share


def _factors(observed: int) -> Iterator[tuple[int, str]]:
    for factor, up, down in (
        (10, "extra_zero", "missing_zero"),
        (100, "hundredfold", "hundredth"),
        (1000, "thousandfold", "thousandth"),
        (1_000_000, "millionfold", "millionth"),
    ):
        if observed:
            yield observed * factor, down
            if observed % factor == 0:
                yield observed // factor, up


def blurred(observed: int, true: int) -> Iterator[tuple[str, float]]:
    """Slips that many figures share: another unit with the rest rounded or cut off, a figure rounded, two digits."""
    if observed and 1000 * observed != true and -500 <= (true - 1000 * observed) * (1 if observed > 0 else -1) < 1000:
        yield "thousandth", 0.75
    for power, share in ROUNDINGS:
        if observed and observed % power == 0 and true % power and abs(true - observed) < power:
            # Cut off instead of rounded: less usual.
            yield "rounded", share * (1.0 if 2 * abs(true - observed) <= power else 0.3)
    one, other = str(abs(observed)), str(abs(true))
    if len(one) == len(other) > 1 and (observed < 0) == (true < 0):
        wrong = sum(a != b for a, b in zip(one, other, strict=True))
        if wrong == 2:
            yield "two_digits", 1 / (81 * math.comb(len(one), 2))


def revision(step: int, before: int) -> float:
    """Log-probability of a figure revised by so much: each magnitude of the step is as likely, up or down."""
    least = max(abs(before) / SMALLEST_REVISION, 1)
    if not step or abs(step) > abs(before):
        return -math.inf
    log = -math.log(2 * max(abs(step), least) * math.log(SMALLEST_REVISION))
    return log - (UNUSUAL if abs(step) < least else 0.0)
