"""A number with what stands around it made a measure: sign, magnitude, unit of money, default unit, doubts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reconcile.normalise.brackets import figures_in, noted
from reconcile.normalise.heads import Head
from reconcile.normalise.measures import Change, Measure, Notation
from reconcile.normalise.numerals import NUMERAL, plain, trimmed
from reconcile.normalise.states import has_digit
from reconcile.normalise.tails import Tail, read_tail
from reconcile.normalise.units import MAGNITUDES, MONEY, fold_unit

_NUMERAL: Final = re.compile(NUMERAL)
_OF_WHICH: Final = re.compile(r"うち|内|再掲分")
_MAGNITUDE_WORDS: Final = {factor: word for word, factor in MAGNITUDES.items()} | {Decimal(1): ""}


@dataclass(slots=True)
class Figure:
    """A number on its way to a measure. `typed` is the numeral with its sign as it stood there."""

    value: Decimal
    doubts: tuple[str, ...]
    typed: str
    sign: str
    head: Head
    tail: Tail
    notes: tuple[str, ...]
    component: str = ""


def measure_of(figure: Figure, notation: Notation) -> Measure:
    """The measure of `figure` under `notation`; refused where a note states a second figure of the same kind."""
    # Behind the mark of a list the label is an explanation: a) グループホーム：5人 is the component a.
    label = figure.head.component if figure.component else ""
    note = noted((label, *figure.head.notes, *figure.notes, figure.tail.remark))
    default = fold_unit(notation.unit) if notation.unit else ""
    unit, printed, doubts = _unit_of(figure, default)
    value, changes = _signed(figure)
    value, unit, changed = _scaled(figure, value, unit, printed, default)
    refusal = _second_figure(figure.notes, unit)
    if refusal == "two_numbers" or (figure.head.currency and unit not in (*MONEY, figure.head.currency)):
        return Measure(figure.component, problem=refusal or "not_a_number", note=note)
    doubts = (*figure.doubts, *figure.head.doubts, *doubts, *((refusal,) if refusal else ()))
    if (figure.head.about or figure.tail.about) and not notation.approximate:
        doubts = (*doubts, "about")
    if not unit and default:
        unit = default
        if unit == "%" and 0 < abs(value) <= 1:
            doubts = (*doubts, "percent_or_fraction")
    component = figure.component or figure.head.component
    return Measure(component, "number", value, unit, note, (*changes, *changed), doubts, "", printed)


def _unit_of(figure: Figure, default: str) -> tuple[str, str, tuple[str, ...]]:
    """The unit as folded and as typed; ¥ is yen, but in a form in thousands it is often mere ornament. Other money
    (£, $, €) has its sign for a unit."""
    unit, printed = figure.tail.unit, figure.tail.printed
    if not figure.head.currency or unit:
        return unit, printed, ()
    if figure.head.currency != "¥":
        return figure.head.currency, figure.head.currency, ()
    if default in MONEY and default != "円":
        return default, "", ("currency_sign",)
    return "円", "¥", ()


def _signed(figure: Figure) -> tuple[Decimal, tuple[Change, ...]]:
    if figure.sign in ("", "+"):
        return figure.value, ()
    value = -figure.value
    if figure.sign in "▲△(":
        typed = f"({figure.typed})" if figure.sign == "(" else figure.typed
        return value, (Change("sign", typed, plain(value)),)
    return value, ()


def _scaled(
    figure: Figure, value: Decimal, unit: str, printed: str, default: str
) -> tuple[Decimal, str, tuple[Change, ...]]:
    """Value and unit with the magnitude multiplied out and money brought to the unit of the form."""
    factor = figure.tail.factor
    typed = f"{figure.typed}{_MAGNITUDE_WORDS[factor]}{printed or unit}"
    if factor != 1:
        value = trimmed(value * factor)
        # 541億 in a form of money are yen.
        unit = unit or ("円" if default in MONEY else "")
    if default in MONEY and unit in MONEY and (unit != default):
        value = trimmed(value * MONEY[unit] / MONEY[default])
        if factor != 1 and not printed and MONEY[default] == factor:
            return value, default, ()
        return value, default, (Change("unit", typed, f"{plain(value)}{default}"),)
    if factor != 1:
        return value, unit, (Change("magnitude", typed, f"{plain(value)}{unit}"),)
    return value, unit, ()


def _second_figure(notes: tuple[str, ...], unit: str) -> str:
    """Does a note state another figure? `two_numbers` if it is one of the same kind (うち国費500千円), which of the
    two counts being no longer sure; `number_in_note` if of another (各課２名)."""
    for note in notes:
        if not has_digit(note):
            continue
        figures = figures_in(note)
        for number in _NUMERAL.finditer(figures):
            there = read_tail(re.split(r"[、,;\s]", figures[number.end() :].lstrip())[0]).unit
            if _OF_WHICH.match(note) or there == unit or (there in MONEY and unit in MONEY):
                return "two_numbers"
        if has_digit(figures):
            return "number_in_note"
    return ""
