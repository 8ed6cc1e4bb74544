"""A value as the printed form shows it: a figure with its unit in the number format, or the text as typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reconcile.facts import BLANK, NIL, NUMBER, Facts, Positions
from reconcile.writing.cells import exact
from reconcile.writing.text import width

NIL_SIGN = "―"
_NARROW = str.maketrans("０１２３４５６７８９，．－−", "0123456789,.--")
_NUMBER = re.compile(r"(?:([-▲△])\s?)?(\d[\d,]*(?:\.\d+)?)")
_FORMAT_LIMIT = 200  # Excel stops at 255


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell holds: a figure with its number format, or a text."""

    text: str
    value: Decimal | None = None
    number_format: str = ""


def shown(facts: Facts, positions: Sequence[int], room: float, *, bare: bool = False, units: bool = True) -> Shown:
    """What the cell of these values (the measures of one cell) shows in a column of ``room`` half-width columns.

    ``bare``: the form says the unit at its head, so the figures go without; without ``units`` they have only the words
    they were typed with, for the unit stands in a column of its own. A figure whose words do not fit
    beside it stays the text it was, for Excel shows a number that is too wide as ####.
    """
    raws = list(dict.fromkeys(str(facts.raw[p]) for p in positions if facts.state[p] != BLANK))
    text = "\n".join(raw.strip() for raw in raws)
    if len(positions) != 1:
        return Shown(text)
    (position,) = positions
    state = int(facts.state[position])
    if state == NIL:
        return Shown(NIL_SIGN)
    value = facts.value[position]
    if state != NUMBER or value is None or not exact(value):
        return Shown(text)
    if bare:
        return Shown(text, value, _digits(value))
    return _in_words(value, str(facts.raw[position]), str(facts.unit[position]) if units else "", room)


def shown_alone(facts: Facts, positions: Positions, room: float, *, units: bool) -> list[Shown]:
    """The same of many figures, each in a cell of its own; those that were typed alike are looked at once."""
    figures = facts.figures.take(positions)
    said = facts.unit.take(positions).texts.tolist() if units else [""] * len(positions)
    known: dict[tuple[str, str, int, int], Shown] = {}
    found = []
    for at, (raw, unit, whole, exponent) in enumerate(
        zip(facts.raw[positions].tolist(), said, figures.whole.tolist(), figures.exponent.tolist(), strict=True)
    ):
        typed = (raw, unit, whole, exponent)
        if typed not in known:
            value = figures.value(at)
            assert value is not None, "only figures are shown as such"
            known[typed] = _in_words(value, raw, unit, room)
        found.append(known[typed])
    return found


def _in_words(value: Decimal, raw: str, unit: str, room: float) -> Shown:
    number_format, reads = _with_words(value, raw, unit)
    if width(reads) > room - 1.5 or len(number_format) > _FORMAT_LIMIT:
        return Shown(raw.strip())
    return Shown(reads, value, number_format)


def _with_words(value: Decimal, raw: str, unit: str) -> tuple[str, str]:
    """The number format that shows the figure with the words it was typed with, and how it then reads."""
    before, after, digits, sign = "", unit, _digits(value), "-"
    match = _NUMBER.search(raw.translate(_NARROW))
    if match and Decimal(match[2].replace(",", "")) == abs(value):
        before = " ".join(raw[: match.start()].split())
        before += " " if before and raw[match.start() - 1].isspace() else ""
        after = " ".join(raw[match.end() :].split()) or unit
        decimals = len(match[2].partition(".")[2])
        digits = "#,##0" + ("." + "0" * decimals if decimals else "")
        sign = match[1] or "-"
    after = (" " if after and not after[0].isascii() and after[0] not in "％℃（" else "") + after
    body = _literal(before) + digits + _literal(after)
    figure = f"{abs(value):,f}"
    reads = before + (sign if value < 0 else "") + figure + after
    if value < 0:
        return f"{body};{_literal(before)}{_literal(sign)}{digits}{_literal(after)}", reads
    return body, reads


def _digits(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    return digits(-exponent if isinstance(exponent, int) and exponent < 0 else 0)


def digits(decimals: int) -> str:
    """The number format of a figure with so many digits after the point."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _literal(text: str) -> str:
    """A text inside a number format (ECMA-376 Part 1, 18.8.31); a quotation mark would end it."""
    return '"' + text.replace('"', "”") + '"' if text else ""
