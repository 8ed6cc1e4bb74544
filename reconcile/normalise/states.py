"""Texts that are no figure and yet mean something: ―, 集計中, blank, an error, a milestone."""

from __future__ import annotations

import re
from typing import Final

from reconcile.normalise.brackets import figures_in, peel
from reconcile.normalise.characters import DASHES, PROLONGED, closed_up, compatible
from reconcile.normalise.measures import Measure, Notation
from reconcile.normalise.units import fold_unit, stands_alone

#: Excel's error values (ECMA-376 Part 1, 18.17.3, and those newer Excel stores); typed as text they mean the same.
ERRORS: Final = frozenset(
    f"#{name}"
    for name in (
        *("NULL!", "DIV/0!", "VALUE!", "REF!", "NAME?", "NUM!", "N/A", "GETTING_DATA"),
        *("SPILL!", "CALC!", "FIELD!", "BLOCKED!", "UNKNOWN!", "CONNECT!", "BUSY!", "PYTHON!"),
    )
)
BLANK: Final = (Measure(state="blank"),)

_NIL: Final = re.compile(f"(?:[{re.escape(DASHES)}{PROLONGED}]+|該当(?:なし|無し|ナシ)。?)(?P<unit>.*)", re.DOTALL)
_PENDING: Final = re.compile(r"※?(?:集計中|調整中|未集計|精査中)(?:です)?(?P<unit>.*)", re.DOTALL)
_DECIMAL: Final = re.compile(r"\d")
_KANJI_NUMBER: Final = re.compile(
    r"(?:約|延べ)?(?:[一二三四五六七八九十百千万億〇零壱弐参拾]{2,}|[二三四五六七八九十百])"
    r"(?:人|名|件|回|団体|円|千円|百万円|枚|台|校|か所|箇所|地区|施設|%|時間)?"
    r"(?:程度|以上|以下|未満|前後|ほど|くらい|ぐらい|余り?|弱|強)?|一"
)
_DITTO: Final = re.compile(r"同上|同左|[〃々\"]+|″")
#: What a text that says so begins with, and few others do.
DITTO_BEGINS: Final = frozenset('同〃々"″\u3000 \n')
_GROUP: Final = re.compile(r"[(\[][^()\[\]]*[)\]]")
_LAST_GROUP: Final = re.compile(r"[(\[][^()\[\]]*[)\]]\s*$", re.MULTILINE)


def is_ditto(text: str) -> bool:
    """Does `text` say no more than: the same as above (〃, 同上)?"""
    return len(text) < 10 and _DITTO.fullmatch(closed_up(text)) is not None


def unit_of_form(text: str, notation: Notation) -> bool:
    """Is `text` nothing, or a unit that a form prints into its cells?"""
    unit = fold_unit(text)
    return not unit or stands_alone(unit) or (notation.unit is not None and unit == fold_unit(notation.unit))


def read_state(body: str, note: str, notation: Notation, component: str = "") -> Measure | None:
    """nil or pending where `body` (narrow, notes taken off) says so, with or without a unit (― 人, 集計中 %)."""
    words = closed_up(body).strip("()[]")
    if words in notation.nil:
        return Measure(component, "nil", note=note)
    if words in notation.pending:
        return Measure(component, "pending", note=note)
    for state, pattern in (("nil", _NIL), ("pending", _PENDING)):
        if (found := pattern.fullmatch(words)) and unit_of_form(found["unit"], notation):
            unit = found["unit"]
            # ― （集計中） is what will come, not what is not there.
            pending = state == "pending" or _PENDING.fullmatch(note) is not None
            return Measure(
                component, "pending" if pending else "nil", unit=fold_unit(unit), note=note, printed_unit=unit
            )
    return None


def has_digit(text: str) -> bool:
    """Does any decimal digit of any script stand in `text`?"""
    return _DECIMAL.search(text) is not None


def is_declared_milestone(flat: str, notation: Notation) -> bool:
    """Does `flat` (narrow), with or without its notes, match a milestone of the pack in full?"""
    if not notation.milestones:
        return False
    forms = {closed_up(compatible(flat)), closed_up(compatible(peel(flat)[0]))}
    return any(re.fullmatch(pattern, form) for pattern in notation.milestones for form in forms)


def is_milestone(text: str) -> bool:
    """Is `text` (narrow) a milestone: words, and no digit outside a note at the end of a line? Dates in brackets do
    not count as digits anywhere, since line breaks get lost."""
    outside = _LAST_GROUP.sub("", text)
    outside = _GROUP.sub(lambda group: group[0] if has_digit(figures_in(group[0])) else "", outside)
    if not outside.strip():
        outside = text
    return not has_digit(outside) and refusal_without_digits(outside) == ""


def refusal_without_digits(text: str) -> str:
    """Why a text without digits is not a milestone either: empty if it is one. Only signs; a number in Chinese
    numerals; 同上."""
    words = closed_up(text)
    if _DITTO.fullmatch(words):
        return "ditto"
    if _KANJI_NUMBER.fullmatch(words):
        return "kanji_number"
    return "" if any(sign.isalpha() for sign in words) else "not_a_number"
