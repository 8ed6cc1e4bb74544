"""What a person sees in a cell: its stored value under its number format (ECMA-376 Part 1, 18.8.31)."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from reconcile.normalise.dates import from_serial
from reconcile.normalise.formats import NumberFormat, Section, parse_format, section_for
from reconcile.normalise.numerals import plain, rounded, stored_value, trimmed
from reconcile.normalise.periods import ERAS

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@lru_cache(maxsize=65536)
def shown(kind: str, text: str, number_format: str = "General", date1904: bool = False) -> str:
    """What stands in the cell on the screen, column width aside. Never raises; a format that cannot be followed
    shows the stored value."""
    form = parse_format(number_format)
    if kind == "s" and form.text and text:
        return "".join(text if sort == "text" else word for sort, word in form.text.tokens)
    if kind == "d" and form.is_date:
        try:
            return _moment(form.sections[0], datetime.fromisoformat(text), Decimal(0))
        except ValueError:
            return text
    value = stored_value(text) if kind == "n" else None
    return text if value is None else _shown_number(form, value, date1904)


def _shown_number(form: NumberFormat, value: Decimal, date1904: bool) -> str:
    section, signed = section_for(form, float(value))
    if not section.is_date:
        return _number(section, value, signed)
    # A time of day has no date to show: it stands on any day.
    moment = from_serial(float(value) + (1 if 0 <= value < 1 and not date1904 else 0), date1904)
    return _moment(section, moment, value) if moment else plain(value)


def _number(section: Section, value: Decimal, signed: bool) -> str:
    scaled = abs(value).scaleb(2 * section.percent - 3 * section.thousands)
    minus = "-" if value < 0 and not signed else ""
    runs = [text for kind, text in section.tokens if kind == "digits"]
    if any(kind == "literal" and text == "/" for kind, text in section.tokens) and len(runs) > 1:
        return minus + general(trimmed(scaled))
    digits = iter(_digits(runs, scaled))
    parts = []
    for kind, text in section.tokens:
        if kind == "digits":
            parts.append(next(digits))
        elif kind in ("general", "text"):
            parts.append(general(trimmed(scaled)))
        else:
            parts.append(text)
    return (minus + "".join(parts)).strip()


def general(value: Decimal) -> str:
    """A number as `General` shows it: up to eleven places, then in powers of ten."""
    size = value.adjusted() if value else 0
    if size > 10 or size < -5:
        mantissa, _, power = f"{value:.5E}".partition("E")
        mantissa = mantissa.rstrip("0").rstrip(".")
        return f"{mantissa}E{power[0]}{int(power[1:]):02}"
    places = min(9, max(0, 9 - max(size, 0)))
    return plain(trimmed(rounded(value, places)))


def _digits(runs: list[str], value: Decimal) -> list[str]:
    """`value` spread over the runs of digit places: the last one is rounded to its places behind the point, and what
    more than one run (000-0000) holds is dealt out from the right."""
    if not runs:
        return []
    if len(runs) == 1:
        return [_run(runs[0], value)]
    widths = [len(re.findall("[0#?]", run)) for run in runs]
    left = plain(rounded(value, 0)).rjust(sum(widths), "0")
    dealt: list[str] = []
    for width in reversed(widths[1:]):
        dealt.insert(0, left[-width:])
        left = left[:-width]
    return [left, *dealt]


def _run(places: str, value: Decimal) -> str:
    if power := re.fullmatch(r"([0#?,]*)(?:\.([0#?]*))?[Ee]([+-])([0#?]+)", places):
        mantissa, _, exponent = f"{value:.{len(power[2] or '')}E}".partition("E")
        size = int(exponent)
        sign = "-" if size < 0 else "+" if power[3] == "+" else ""
        return f"{mantissa}E{sign}{abs(size):0{len(power[4])}}"
    whole_places, point, behind = places.partition(".")
    whole, _, fraction = plain(rounded(value, len(behind))).partition(".")
    least = whole_places.count("0")
    whole = whole.lstrip("0").rjust(least, "0")
    if "," in whole_places and whole:
        whole = f"{int(whole):,}" if len(whole) > least else re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole)
    needed = len(behind.rstrip("#"))
    fraction = fraction[:needed] + fraction[needed:].rstrip("0")
    return whole + (point + fraction if point else "")


def _moment(section: Section, moment: datetime, value: Decimal) -> str:
    tokens = section.tokens
    dates = [(place, text.lower()) for place, (kind, text) in enumerate(tokens) if kind in ("date", "elapsed")]
    half_day = any(text in ("am/pm", "a/p", "上午/下午") for _, text in dates)
    parts = []
    for place, (kind, text) in enumerate(tokens):
        if kind == "date":
            here = dates.index((place, text.lower()))
            before = dates[here - 1][1] if here else ""
            after = dates[here + 1][1] if here + 1 < len(dates) else ""
            minutes = text.lower() in ("m", "mm") and (before.startswith("h") or after.startswith("s"))
            parts.append(_part(text.lower(), moment, minutes, half_day))
        elif kind == "elapsed":
            parts.append(_elapsed(text, value))
        else:
            parts.append(text)
    return "".join(parts).strip()


def _elapsed(text: str, value: Decimal) -> str:
    per_day = {"h": 24, "m": 1440, "s": 86400}[text[0]]
    return str(int((value * 86400 + Decimal("0.5")) * per_day / 86400)).rjust(len(text), "0")


def _part(text: str, moment: datetime, minutes: bool, half_day: bool) -> str:
    letter, width = text[0], len(text)
    if letter in "ymdgeb" and not minutes:
        return _day_part(letter, width, moment)
    if text in ("am/pm", "a/p", "上午/下午"):
        return text.upper().split("/")[moment.hour >= 12]
    if letter == "a":
        return "月火水木金土日"[moment.weekday()] + ("曜日" if width == 4 else "")
    hour = (moment.hour - 1) % 12 + 1 if half_day else moment.hour
    clock = {"h": hour, "m": moment.minute, "s": moment.second}
    return str(clock[letter]).rjust(min(width, 2), "0")


def _day_part(letter: str, width: int, moment: datetime) -> str:
    if letter == "y":
        return f"{moment.year:04}" if width > 2 else f"{moment.year % 100:02}"
    if letter == "m":
        month = _MONTHS[moment.month - 1]
        return (str(moment.month), f"{moment.month:02}", month[:3], month, month[0])[min(width, 5) - 1]
    if letter == "d":
        day = _DAYS[moment.weekday()]
        return (str(moment.day), f"{moment.day:02}", day[:3], day)[min(width, 4) - 1]
    if letter == "b":
        # The Buddhist year, as Thai formats ask for.
        return str(moment.year + 543)
    era = next((era for era in reversed(ERAS) if date(*era.first) <= moment.date()), ERAS[0])
    if letter == "g":
        return (era.letter.upper(), era.name[0], era.name)[min(width, 3) - 1]
    return str(moment.year - era.first[0] + 1).rjust(min(width, 2), "0")
