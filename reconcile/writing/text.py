"""Text in a workbook: what a cell can hold, and how much room it takes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from math import ceil

# Excel's limits: characters in a cell, counted as UTF-16 units; length of a sheet's name.
CELL_LIMIT = 32_767
NAME_LIMIT = 31
_SHOWN = 60
# XML 1.0 cannot hold these; U+2400 … show what stood there.
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"} | {0x7F: 0x2421}
_WIDEST = 2  # half-width columns that no character is wider than
_FIGURE = 1.05  # half-width characters of text in the width of a column that is counted as one
_UNUSABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_IN_NAME = re.compile(r"[\[\]:*?/\\]")


def printable(text: str) -> str:
    """The text as a cell can hold it: line breaks as LF, control characters as their pictures."""
    if text.isprintable():
        return text
    return _UNUSABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS))


def units(text: str) -> int:
    """Length in UTF-16 units, as Excel counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, size: int) -> list[str]:
    """The text in pieces of at most ``size`` UTF-16 units each."""
    if units(text) <= size:
        return [text]
    found: list[str] = []
    start = count = 0
    for position, character in enumerate(text):
        step = 2 if ord(character) > 0xFFFF else 1
        if count + step > size:
            found.append(text[start:position])
            start, count = position, 0
        count += step
    return [*found, text[start:]]


def beginning(text: str) -> str:
    """As much of what was typed as a column of values can show; the cell it stands in has all of it."""
    kept = pieces(text, _SHOWN)
    return kept[0] + ("…" if len(kept) > 1 else "")


@lru_cache(maxsize=65536)
def width(text: str) -> float:
    """Half-width columns of the widest line; what is wide in a Japanese font counts as two (UAX #11: F, W, A)."""
    return max((line_width(line) for line in text.split("\n")), default=0.0)


class _Widths(dict[str, int]):
    """How wide characters are in tenths of a half-width one, each looked up once.

    The letters of a proportional face are as wide as in BIZ UDPGothic, the figures wider than half.
    """

    def __missing__(self, character: str) -> int:
        wide = 20 if unicodedata.east_asian_width(character) in "FWA" else 14
        self[character] = 10 if "\uff61" <= character <= "\uff9f" else wide
        return self[character]


_WIDTHS = _Widths(dict.fromkeys(" !\"',.:;I_ijlrt|", 8))
_WIDTHS.update(dict.fromkeys("()*-/JL[\\]^`fsvxyz{}~", 11))
_WIDTHS.update(dict.fromkeys("#$%&+<=>@CDGHMNOQUWXmw", 17))
tenths = _WIDTHS.__getitem__


def line_width(line: str) -> float:
    """Half-width columns of a text without line breaks."""
    return sum(map(tenths, line)) / 10


def on_one_line(columns: float) -> float:
    """How wide a text may be to take one line in a cell that many half-width columns wide."""
    return columns * _FIGURE


def lines(text: str, columns: float) -> int:
    """How many lines the text takes in a cell that many half-width columns wide.

    Widths of columns are counted in figures of the 11 point face (7 pixels), of which the 10 point text takes less
    (6.67). A line that must be broken loses about one character at its end, for a wide one may not fit there.
    """
    whole = on_one_line(columns)
    short = len(text) * _WIDEST <= whole and "\n" not in text
    return 1 if short else _lines(text, whole)


@lru_cache(maxsize=65536)
def _lines(text: str, whole: float) -> int:
    room = max(whole - 1.5, 2)
    widths = (line_width(line) for line in text.split("\n"))
    return sum(1 if width <= whole else ceil(width / room) for width in widths)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name Excel accepts (no ``[]:*?/\\``, at most 31 characters, not yet taken in any case)."""
    base = _IN_NAME.sub("_", printable(wanted)).replace("\n", " ").strip("' ")[:NAME_LIMIT] or "_"
    if base.lower() == "history":
        base += "_"
    name, number = base, 2
    while name.lower() in taken:
        tail = f" {number}"
        name, number = base[: NAME_LIMIT - len(tail)] + tail, number + 1
    return name


def headline(name: str, title: str) -> str:
    """The name of a form and its title; a title that says the name stands alone."""
    gap = ": " if f"{name}{title}".isascii() else "　"
    return title if name in title else f"{name}{gap}{title}"


def quoted(sheet: str) -> str:
    """The name of a sheet as formulas and links need it."""
    return "'" + sheet.replace("'", "''") + "'"
