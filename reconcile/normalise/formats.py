"""What an Excel number format says: the unit that stands in it, whether it scales, whether it shows a date.

Source: ECMA-376 Part 1, 18.8.30 and 18.8.31 (numFmt: sections parted by `;`, quoted and escaped literals, `[…]` for
colours, conditions and locales, `_x` for a space as wide as x, `*x` for fill, `,` behind the last digit place for
division by 1000, `%` for multiplication by 100).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

TokenKind = Literal["literal", "digits", "date", "elapsed", "percent", "general", "text"]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a format. `tokens` in order: literals as shown, one `digits` token per run of digit places, date
    parts in lower case. `prefix` and `suffix` are the literals before and behind the number, percent signs aside.
    percent: how many signs multiply by 100; thousands: how many commas divide by 1000."""

    tokens: tuple[tuple[TokenKind, str], ...] = (("general", ""),)
    prefix: str = ""
    suffix: str = ""
    percent: int = 0
    thousands: int = 0
    is_date: bool = False
    has_number: bool = True
    condition: tuple[str, float] | None = None


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A whole format: the sections for numbers, and the one for texts where it adds something to them."""

    sections: tuple[Section, ...]
    text: Section | None
    is_date: bool


_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/標準|標準)|(?P<ampm>AM/PM|A/P|上午/下午)"
    r"|(?P<digits>[0#?](?:[0#?,.]*[0#?.,])?(?:[Ee][+-][0#?]+)?|\.[0#?]+)|(?P<percent>%)|(?P<text>@)"
    r"|(?P<date>[Yy]+|[Mm]+|[Dd]+|[Hh]+|[Ss]+(?:\.0+)?|[Gg]+|[Ee]+|[Bb]{2,4}|[Aa]{3,4})|(?P<other>.)",
    re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9]{1,300}(?:\.[0-9]{0,300})?)")
_ELAPSED: Final = re.compile(r"[hms]+", re.IGNORECASE)
_CURRENCY: Final = re.compile(r"\$([^-]*)(?:-.*)?")


def _sections(code: str) -> list[str]:
    """The parts of a format between semicolons that are neither quoted nor escaped."""
    parts, start, place = [], 0, 0
    while place < len(code):
        sign = code[place]
        if sign == '"':
            close = code.find('"', place + 1)
            place = len(code) if close < 0 else close
        elif sign in "\\_*":
            place += 1
        elif sign == ";":
            parts.append(code[start:place])
            start = place + 1
        place += 1
    return [*parts, code[start:]]


def _section(code: str) -> Section:
    tokens: list[tuple[TokenKind, str]] = []
    condition: tuple[str, float] | None = None
    percent = thousands = 0
    is_date = False
    for found in _TOKEN.finditer(code):
        kind, text = str(found.lastgroup), found[found.lastgroup or 0]
        if kind in ("quoted", "escaped", "other"):
            tokens.append(("literal", text))
        elif kind == "space":
            tokens.append(("literal", " "))
        elif kind == "bracket":
            if held := _CONDITION.fullmatch(text):
                condition = (held[1], float(held[2]))
            elif _ELAPSED.fullmatch(text):
                tokens.append(("elapsed", text.lower()))
                is_date = True
            elif (currency := _CURRENCY.fullmatch(text)) and currency[1]:
                tokens.append(("literal", currency[1]))
        elif kind == "digits":
            places = text.rstrip(",")
            thousands += len(text) - len(places)
            tokens.append(("digits", places))
        elif kind == "percent":
            percent += 1
            tokens.append(("percent", "%"))
        elif kind in ("date", "ampm"):
            is_date = True
            tokens.append(("date", text))
        elif kind in ("general", "text"):
            tokens.append(("general" if kind == "general" else "text", text))
        # What is left is a fill character: it repeats to the width of the column and says nothing.
    if is_date and any(kind in ("general", "digits") for kind, _ in tokens):
        # Excel writes no date parts beside digit places: these letters are units left unquoted (0.0t, 0m).
        is_date = False
        tokens = [("literal" if kind == "date" else kind, text) for kind, text in tokens]
    return _framed(tuple(tokens), condition, percent, thousands, is_date)


def _framed(
    tokens: tuple[tuple[TokenKind, str], ...],
    condition: tuple[str, float] | None,
    percent: int,
    thousands: int,
    is_date: bool,
) -> Section:
    numbers = [place for place, (kind, _) in enumerate(tokens) if kind in ("digits", "general", "text")]
    first, last = (numbers[0], numbers[-1]) if numbers else (len(tokens), len(tokens))
    return Section(
        tokens=tokens,
        prefix="".join(text for kind, text in tokens[:first] if kind == "literal").strip(),
        suffix="".join(text for kind, text in tokens[last + 1 :] if kind == "literal").strip(),
        percent=percent,
        thousands=thousands,
        is_date=is_date,
        has_number=bool(numbers),
        condition=condition,
    )


_GENERAL: Final = Section()
#: Excel stops at 255 characters; a code of thousands would be an attack.
_LONGEST: Final = 1000


@lru_cache(maxsize=4096)
def parse_format(code: str) -> NumberFormat:
    """A format code taken apart. Never raises; `General` where it is empty or longer than any program writes."""
    if code in ("", "General") or len(code) > _LONGEST:
        return NumberFormat((_GENERAL,), None, False)
    parts = [_section(part) for part in _sections(code)]
    texts = [part for part in parts if any(kind == "text" for kind, _ in part.tokens)]
    numbers = tuple(part for part in parts[:3] if part not in texts) or (_GENERAL,)
    adding = next((part for part in texts if part.prefix or part.suffix), None)
    return NumberFormat(numbers, adding, any(part.is_date for part in numbers))


_HOLDS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def section_for(form: NumberFormat, value: float) -> tuple[Section, bool]:
    """The section that shows `value`, and whether the section itself shows the sign of a negative one (the second of
    several does; ECMA-376 18.8.31)."""
    sections = form.sections
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _HOLDS[section.condition[0]](value, section.condition[1]):
                return section, False
        return sections[-1], False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False
