"""One measure: label, sign, number, magnitude, unit and notes; or why the text is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from reconcile.normalise.amounts import compound_amount, kind_of_several
from reconcile.normalise.brackets import dates_hidden, list_mark, noted, peel
from reconcile.normalise.characters import closed_up
from reconcile.normalise.folding import fold_label
from reconcile.normalise.heads import read_head
from reconcile.normalise.measures import Change, Measure, Notation
from reconcile.normalise.numerals import NUMERAL, read_numeral
from reconcile.normalise.states import has_digit, read_state, refusal_without_digits, unit_of_form
from reconcile.normalise.tails import read_tail
from reconcile.normalise.units import MONEY, fold_unit
from reconcile.normalise.valued import Figure, measure_of

_NUMERAL: Final = re.compile(NUMERAL)
_LETTER_FOR_DIGIT: Final = re.compile(
    r"[0-9],?[Oo〇○](?![A-Za-z])|[0-9],?[Oo]{2,}|(?<![A-Za-z])[OoIl|](?=[0-9])|[0-9][Il|](?=[0-9,])"
)
_UNIT_DIGIT: Final = re.compile(r"(CO|co|(?<![A-Za-z])[Kk]?[Mm])([23])(?![0-9.,])")
_SMALL_DIGITS: Final = {"CO2": "CO₂", "co2": "co₂"}
_PLAIN_DIGITS: Final = str.maketrans("₂²³", "223")
_FRAMED: Final = re.compile(r"\(\s*[0-9,. ]*\s*\)(?P<tail>[^()]*)")


def hidden(text: str) -> str:
    """`text` (narrow) with the digits of dates and of units (m2, CO2) hidden: what digits are left are figures."""
    return dates_hidden(_UNIT_DIGIT.sub(_small, text))


def _small(unit: re.Match[str]) -> str:
    return _SMALL_DIGITS.get(unit[0]) or unit[1] + "²³"[int(unit[2]) - 2]


def numbers_in(text: str) -> list[re.Match[str]]:
    """The numbers of a text whose dates are hidden."""
    return list(_NUMERAL.finditer(text))


def read_single(text: str, notation: Notation, component: str = "") -> Measure:
    """`text` (narrow) read as one measure. A refused text has the state text and a problem; it may still be a
    milestone or several measures. `component` is what stood before the text in its cell."""
    body, notes = peel(text)
    if not component and (mark := list_mark(body)) and mark.end() < len(body):
        component, body = fold_label(mark[0]).strip("():"), body[mark.end() :]
    if state := read_state(body, noted(notes), notation, component):
        return state
    figures = hidden(body)
    found = numbers_in(figures)
    if not found:
        return _without_number(body, figures, noted(notes), notation, component)
    if _LETTER_FOR_DIGIT.search(figures):
        return Measure(component, problem="letter_in_number", note=noted(notes))
    if len(found) == 1:
        return _one_number(figures, found[0], notes, notation, component)
    return _compound(figures, found, notes, notation, component)


def _without_number(body: str, figures: str, note: str, notation: Notation, component: str) -> Measure:
    if unit_of_form(body, notation):
        return Measure(component, "blank", unit=fold_unit(body), note=note, printed_unit=closed_up(body))
    if figures.translate(_PLAIN_DIGITS) != body.translate(_PLAIN_DIGITS):
        return Measure(component, problem="date", note=note)
    if has_digit(body):
        # Digits of units alone, or of another script.
        return Measure(component, problem="not_a_number", note=note)
    return Measure(component, problem=refusal_without_digits(body) or "no_digit", note=note)


def _one_number(
    figures: str, number: re.Match[str], notes: tuple[str, ...], notation: Notation, component: str
) -> Measure:
    before, behind, sign = figures[: number.start()], figures[number.end() :], ""
    framed = _FRAMED.fullmatch(figures)
    if framed:
        before, behind, sign = "", framed["tail"], "("
    head, tail = read_head(before), read_tail(behind)
    numeral = read_numeral(number[0], notation.decimals)
    problem = head.problem or tail.problem or numeral.problem
    if framed and not notation.brackets_negative:
        problem = "brackets"
    if problem or numeral.value is None:
        return Measure(component, problem=problem, note=noted(notes))
    typed = f"{head.sign}{number[0]}"
    return measure_of(
        Figure(numeral.value, numeral.doubts, typed, sign or head.sign, head, tail, notes, component), notation
    )


def _compound(
    figures: str, found: list[re.Match[str]], notes: tuple[str, ...], notation: Notation, component: str
) -> Measure:
    start = found[0].start()
    amount = compound_amount(figures[start:])
    if not amount:
        kind = kind_of_several(figures[found[0].end() : found[1].start()])
        return Measure(component, problem=kind, note=noted(notes))
    value, typed, behind = amount
    head, tail = read_head(figures[:start]), read_tail(behind)
    problem = head.problem or tail.problem
    if problem or tail.factor != 1 or (tail.unit in MONEY and tail.unit != "円"):
        return Measure(component, problem=problem or "two_numbers", note=noted(notes))
    typed = f"{head.sign}{typed}"
    measure = measure_of(Figure(value, (), typed, head.sign, head, tail, notes, component), notation)
    return _spelled_out(measure, typed, value)


def _spelled_out(measure: Measure, typed: str, value: Decimal) -> Measure:
    """`measure` with the change of magnitude told, where no change of unit tells it already."""
    if measure.value is None or any(change.kind == "unit" for change in measure.changes):
        return measure
    spelled = Change("magnitude", f"{typed}{measure.printed_unit}", f"{abs(value):f}{measure.unit}")
    return replace(measure, changes=(*measure.changes, spelled))
