"""Which fiscal year, month or day a notation of a period means.

A Japanese fiscal year (年度) runs from April to March and is named after the year it begins in. Eras begin and end as
the laws and cabinet orders on era names say (明治 1868-01-25 … 令和 2019-05-01).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from reconcile.normalise.characters import closed_up, compatible


class Era(NamedTuple):
    """An era: its first and last day as (year, month, day)."""

    name: str
    letter: str
    first: tuple[int, int, int]
    last: tuple[int, int, int]


ERAS: Final = (
    Era("明治", "m", (1868, 1, 25), (1912, 7, 29)),
    Era("大正", "t", (1912, 7, 30), (1926, 12, 24)),
    Era("昭和", "s", (1926, 12, 25), (1989, 1, 7)),
    Era("平成", "h", (1989, 1, 8), (2019, 4, 30)),
    Era("令和", "r", (2019, 5, 1), (9999, 12, 31)),
)
_BY_MARK: Final = {mark: era for era in ERAS for mark in (era.name, era.letter, era.letter.upper())}

_KANJI_DIGITS: Final = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"元": 1, "零": 0}
#: A year, month or day number within a notation: digits, 元, or Chinese numerals up to 九十九.
COUNT: Final = "(?:[0-9]{1,2}|元|[〇一二三四五六七八九十]{1,3})"


def small_number(text: str) -> int:
    """A number matched by `COUNT`: 4, 元 (1), 十二 (12), 二十 (20), 三〇 (30)."""
    if text.isascii():
        return int(text)
    tens, ten, units = text.rpartition("十")
    if ten:
        return (small_number(tens) if tens else 1) * 10 + (small_number(units) if units else 0)
    return int("".join(str(_KANJI_DIGITS[digit]) for digit in text))


def era_year(mark: str, count: str) -> int:
    """The year of the common era: 令和, 4 → 2022. Years beyond the end of an era are counted on, as plans printed
    before the change do (平成35年度 is 2023)."""
    return _BY_MARK[mark].first[0] + small_number(count) - 1


_YEAR_MARK: Final = re.compile(
    rf"(?P<era>令和|平成|昭和|大正|明治|(?<![a-z0-9])[rhs])(?P<count>{COUNT})"
    r"(?:年度|(?<=[rhs][0-9])(?![a-z0-9年.,/-])|(?<=[rhs][0-9][0-9])(?![a-z0-9年.,/-]))"
    r"|(?:(?<![a-z0-9])fy)?(?<![0-9])(?P<year>(?:18|19|20)[0-9]{2})年度"
)


def year_marks_folded(text: str) -> str:
    """`text` (narrow, without case and white space) with every notation of a fiscal year as `fy2022`. A bare `r4` is
    one; 令和4年 and R4.12 are not: they are calendar years."""

    def folded(mark: re.Match[str]) -> str:
        year = mark["year"]
        return f"fy{year or era_year(mark['era'], mark['count'])}"

    return _YEAR_MARK.sub(folded, text)


_FISCAL: Final = re.compile(r"fy([0-9]{4})(?:当初|末|中)?(?:見込み?|実績|計画|予定|時点|現在)?")
_BARE_FISCAL: Final = re.compile(r"fy([0-9]{4})")
_MONTH: Final = re.compile(
    rf"(?:(?P<era>令和|平成|昭和|大正|明治|[rhsmt])(?P<count>{COUNT})|(?P<year>(?:18|19|20)[0-9]{{2}}))"
    rf"[年./-](?P<month>{COUNT})(?:月(?:{COUNT}日)?(?:末日?)?)?(?:時点|現在|見込み?|実績|策定|改定)?"
)
_BARE_MONTH: Final = re.compile(rf"(?P<month>{COUNT})月(?:分)?")


def _folded(text: str) -> str:
    return closed_up(compatible(text)).casefold().strip("()[]（）")


@lru_cache(maxsize=4096)
def fiscal_year(text: str) -> int | None:
    """The year in which the fiscal year begins that `text` and nothing else names: 令和4年度, R4, 2022年度 → 2022;
    令和元年度 → 2019. None for anything else, a calendar year (令和4年) included."""
    mark = _BARE_FISCAL.fullmatch(year_marks_folded(_folded(text)))
    return int(mark[1]) if mark else None


@lru_cache(maxsize=4096)
def as_of(text: str) -> tuple[int, int] | None:
    """(year, month) that a note names: 令和3年12月時点, 令和 4 年 9 月現在, 平成26年4月 → (2014, 4)."""
    mark = _MONTH.fullmatch(_folded(text))
    if not mark:
        return None
    year = int(mark["year"]) if mark["year"] else era_year(mark["era"], mark["count"])
    month = small_number(mark["month"])
    return (year, month) if 1 <= month <= 12 else None


@lru_cache(maxsize=4096)
def fold_period(text: str, within: int | None = None) -> str | None:
    """The name of a period: `FY2022` for 令和4年度, R4, 令和4年度末見込み; `2021-12` for 令和3年12月時点.
    A month without a year has a name only within a fiscal year: `fold_period("1月", 2022)` is `2023-01`."""
    if fiscal := _FISCAL.fullmatch(year_marks_folded(_folded(text))):
        return f"FY{fiscal[1]}"
    if moment := as_of(text):
        return f"{moment[0]:04}-{moment[1]:02}"
    if within is not None and (bare := _BARE_MONTH.fullmatch(_folded(text))):
        month = small_number(bare["month"])
        if 1 <= month <= 12:
            return f"{within + (month < 4):04}-{month:02}"
    return None
