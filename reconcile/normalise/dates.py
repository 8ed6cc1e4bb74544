"""Which day a cell means.

Serial numbers follow ECMA-376 Part 1, 18.17.4: day 1 is 1900-01-01 in the 1900 system, which counts a 29 February
1900 that never was (60), or 1904-01-01 is day 0. Japanese dates are valid within their era only.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal

from reconcile.normalise.characters import closed_up, compatible
from reconcile.normalise.formats import parse_format
from reconcile.normalise.numerals import stored_value
from reconcile.normalise.periods import COUNT, ERAS, era_year, small_number

_PHANTOM: Final = 60
_LAST_SERIAL: Final = 2_958_465


def from_serial(serial: float, date1904: bool = False) -> datetime | None:
    """The moment of an Excel serial number; None for a negative one, for the phantom day 60 and beyond 9999."""
    if not 0 <= serial <= _LAST_SERIAL - (1462 if date1904 else 0) + 0.99999:
        return None
    days = int(serial)
    # Whole seconds: the rest is noise of binary fractions.
    seconds = timedelta(seconds=round((serial - days) * 86400))
    if date1904:
        return datetime(1904, 1, 1) + timedelta(days=days) + seconds
    if days in (0, _PHANTOM):
        return None
    return datetime(1899, 12, 31 if days < _PHANTOM else 30) + timedelta(days=days) + seconds


#: A time of day behind a date.
_TIME: Final = re.compile(
    r"(?:\s+|(?<=[0-9])[Tt])[0-9]{1,2}\s*[:時]\s*[0-9]{1,2}(?:\s*[:分]\s*[0-9]{1,2}(?:\.[0-9]+)?)?\s*[秒分Zz]?\s*$"
)
_WEEKDAY: Final = r"(?:\(?[月火水木金土日](?:曜日?)?\)?)?"
_ERA: Final = re.compile(
    rf"(?P<era>令和|平成|昭和|大正|明治|[rhstm])\.?(?P<year>{COUNT})"
    rf"(?:年(?P<m1>{COUNT})月(?P<d1>{COUNT})日|(?P<dot>[./-])(?P<m2>[0-9]{{1,2}})(?P=dot)(?P<d2>[0-9]{{1,2}})){_WEEKDAY}"
)
_COMMON: Final = re.compile(
    rf"(?P<year>[0-9]{{4}})(?:年(?P<m1>{COUNT})月(?P<d1>{COUNT})日|(?P<dot>[./-])(?P<m2>[0-9]{{1,2}})(?P=dot)"
    rf"(?P<d2>[0-9]{{1,2}})|(?P<m3>[0-9]{{2}})(?P<d3>[0-9]{{2}})){_WEEKDAY}",
)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH: Final = {
    **{name: number for number, name in enumerate(_MONTHS, start=1)},
    **{name[:3]: number for number, name in enumerate(_MONTHS, start=1)},
    "sept": 9,
}
_NAMED: Final = re.compile(
    r"(?P<d1>[0-9]{1,2})(?:st|nd|rd|th)?-?(?:of)?(?P<m1>[a-z]{3,9})[,.-]?(?P<y1>[0-9]{4})"
    r"|(?P<m2>[a-z]{3,9})\.?(?P<d2>[0-9]{1,2})(?:st|nd|rd|th)?,?(?P<y2>[0-9]{4})"
)
_ENGLISH_WEEKDAY: Final = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?")
_YEAR_LAST: Final = re.compile(r"(?P<one>[0-9]{1,2})(?P<dot>[./-])(?P<two>[0-9]{1,2})(?P=dot)(?P<year>[0-9]{4})")
#: In which order a day is typed in digits: year first always; with the year last, day or month first.
Order = Literal["ymd", "dmy", "mdy"]
#: No day is written so long, with all the spaces people put into it.
_LONGEST: Final = 100
_FIRST_DAY: Final = {mark: era for era in ERAS for mark in (era.name, era.letter)}


def read_date(
    kind: str, text: str, number_format: str = "General", date1904: bool = False, order: Order = "ymd"
) -> date | None:
    """The day that a cell means, or None. Numbers are dates only under a date format: a bare 44958 says nothing to
    whoever sees it. Texts: 令和5年2月1日, R5.2.1, 2023/2/1, 2023-02-01, 20230201, 1 February 2023, with a weekday or
    time; 01/02/2023 only where ``order`` says which of the two is the month."""
    if kind == "n":
        return _serial_date(text, number_format, date1904)
    return _typed_date(text, order) if kind in ("s", "d", "") and len(text) <= _LONGEST else None


def _serial_date(text: str, number_format: str, date1904: bool) -> date | None:
    serial = stored_value(text)
    if serial is None:
        return None
    if parse_format(number_format).is_date:
        moment = from_serial(float(serial), date1904)
        return moment.date() if moment else None
    return _typed_date(text) if re.fullmatch(r"(?:19|20)[0-9]{6}", text) else None


@lru_cache(maxsize=8192)
def _typed_date(text: str, order: Order = "ymd") -> date | None:
    typed = closed_up(_TIME.sub("", compatible(text))).lower()
    typed = re.sub("[‐‑‒–—―−ー]", "-", typed)
    if found := _ERA.fullmatch(typed):
        era = _FIRST_DAY[found["era"]]
        day = _day(era_year(found["era"], found["year"]), found["m1"] or found["m2"], found["d1"] or found["d2"])
        return day if day and date(*era.first) <= day <= date(*era.last) else None
    if found := _COMMON.fullmatch(typed):
        month = found["m1"] or found["m2"] or found["m3"]
        return _day(int(found["year"]), month, found["d1"] or found["d2"] or found["d3"])
    if order != "ymd" and (found := _YEAR_LAST.fullmatch(typed)):
        one, two = found["one"], found["two"]
        return _day(int(found["year"]), *((two, one) if order == "dmy" else (one, two)))
    return _named_date(_ENGLISH_WEEKDAY.sub("", typed))


def _named_date(typed: str) -> date | None:
    """A day with the English name of its month, in full or by its first three letters (Sept as well)."""
    found = _NAMED.fullmatch(typed)
    if found is None:
        return None
    month = _MONTH.get(found["m1"] or found["m2"])
    if month is None:
        return None
    return _day(int(found["y1"] or found["y2"]), str(month), found["d1"] or found["d2"])


def _day(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, small_number(month), small_number(day))
    except ValueError:
        return None
