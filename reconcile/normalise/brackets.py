"""Notes in brackets and note marks around a measure, and the dates that stand in them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from reconcile.normalise.characters import closed_up, compatible

_OPEN: Final = {")": "(", "]": "["}
_TRAILING_MARK: Final = re.compile(r"\s*(※[0-9]*|\*+|注[0-9]*\)?)$")
_LEADING_MARK: Final = re.compile(r"(※[0-9]*)\s+|(※)")
#: A remark behind the figure: 5人 ※見込み, or a line that begins with ※.
_TRAILING_REMARK: Final = re.compile(r"\s+(※[^\n※]*)$")
#: What stands in the brackets of a list mark: （ア）, (a), (1).
_MARK_IN_BRACKETS: Final = re.compile(r"[A-Za-zア-ンｱ-ﾝ\u2460-\u2473]|[0-9]{1,2}")


def _opening(text: str) -> int:
    """Where the bracket opens that closes at the end of `text`; −1 if it does not."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        if text[place] in ")]":
            depth += 1
        elif text[place] in "([":
            depth -= 1
            if depth == 0:
                return place if text[place] == _OPEN[text[-1]] else -1
    return -1


def _closing(text: str) -> int:
    """Where the bracket closes that opens `text`; −1 if it does not."""
    depth = 0
    for place, sign in enumerate(text):
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
            if depth == 0:
                return place
    return -1


def peel(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` (narrow) without the notes in brackets and the note marks at its ends, and these notes from left to
    right. A text that is one bracket keeps it."""
    body, before, behind = text.strip(), list[str](), list[str]()
    while body:
        if body[-1] in ")]" and (start := _opening(body)) > 0:
            behind.insert(0, body[start + 1 : -1].strip())
            body = body[:start].rstrip()
        elif (mark := _TRAILING_MARK.search(body)) and mark.start() > 0:
            behind.insert(0, mark[1])
            body = body[: mark.start()].rstrip()
        elif remark := _TRAILING_REMARK.search(body):
            behind.insert(0, remark[1])
            body = body[: remark.start()].rstrip()
        else:
            break
    while body:
        if body[0] in "([" and 0 < (end := _closing(body)) < len(body) - 1:
            if _MARK_IN_BRACKETS.fullmatch(body[1:end].strip()):
                break
            before.append(body[1:end].strip())
            body = body[end + 1 :].lstrip()
        elif (mark := _LEADING_MARK.match(body)) and mark.end() < len(body):
            before.append(mark[0].strip())
            body = body[mark.end() :]
        else:
            break
    return body, (*before, *behind)


_MARK: Final = re.compile(r"(?:\(\s*[A-Za-zア-ンｱ-ﾝ]\s*\)|[A-Za-zア-ンｱ-ﾝ]\s*\)|[\u2460-\u2473]\s*\)?)[\s:]*")


def list_mark(text: str) -> re.Match[str] | None:
    """The mark of a list that `text` (narrow) begins with: a) (a) ア) ①."""
    return _MARK.match(text)


def noted(notes: tuple[str, ...]) -> str:
    """Notes as one text, NFKC and without white space."""
    return "、".join(dict.fromkeys(folded for note in notes if (folded := _note(note))))


@lru_cache(maxsize=8192)
def _note(text: str) -> str:
    return closed_up(compatible(text))


_MONTH: Final = r"(?:\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?)?"
_DATE: Final = re.compile(
    rf"(?:令\s*和|平\s*成|昭\s*和|大正|明治)\s*(?:[0-9]{{1,2}}|元)(?:\s*年\s*度?{_MONTH})?"
    rf"|(?<![A-Za-z])[RHSrhs]\s*[0-9]{{1,2}}(?:\s*年\s*度?{_MONTH}|(?:[./-][0-9]{{1,2}}){{1,2}}(?![0-9])|(?![0-9,.]))"
    rf"|(?<![0-9,.])(?:18|19|20)[0-9]{{2}}\s*年\s*度?{_MONTH}"
    r"|(?<![0-9,.])(?:19|20)[0-9]{2}([/.-])[0-9]{1,2}\1[0-9]{1,2}(?![0-9,.])"
    r"|(?<![0-9,.])[0-9]{1,2}\s*年\s*度"
    r"|(?<![0-9,.])[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?(?!間)"
)
_HIDE: Final = str.maketrans("0123456789", "".join(chr(0xE030 + digit) for digit in range(10)))
_SHOW: Final = str.maketrans("".join(chr(0xE030 + digit) for digit in range(10)), "0123456789")


def dates_hidden(text: str) -> str:
    """`text` (narrow) with the digits of dates and years replaced by characters that are no digits, so that what
    digits are left are figures. `dates_shown` undoes it."""
    return _DATE.sub(lambda date: date[0].translate(_HIDE), text)


def dates_shown(text: str) -> str:
    """The opposite of `dates_hidden`."""
    return text.translate(_SHOW)


def is_date_only(hidden: str) -> bool:
    """Is this text, its dates hidden, nothing but a date or year?"""
    return _DATE.fullmatch(dates_shown(hidden).strip()) is not None


_PERIOD: Final = re.compile(
    r"[0-9]{1,2}\s*(?:[箇個かカヶケ]\s*)?[年月週日]\s*(?:間|後|[目前毎])?|第\s*[0-9]+|※\s*[0-9]*|注\s*[0-9]*"
)


def figures_in(note: str) -> str:
    """`note` (narrow) without the digits that are no figures: dates, periods (2 年間), ordinals, note marks. What has
    no digit left states no second figure."""
    return dates_hidden(_PERIOD.sub("", dates_hidden(note)))
