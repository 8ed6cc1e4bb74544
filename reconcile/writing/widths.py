"""How wide many texts are: what :mod:`reconcile.writing.text` says of each, for all of them at once."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from reconcile.writing.text import line_width, lines, on_one_line, tenths, width

# By the number of a character its width in tenths of a half-width one; 0 until it is looked up.
_TENTHS = np.zeros(sys.maxunicode + 1, dtype=np.int8)
_BREAK = ord("\n")
_AT_ONCE = 1 << 16  # texts that are put together


def bare(texts: list[str]) -> list[str]:
    """Texts without what is blank around them; seldom is any."""
    together = "".join(texts)
    # Of what can be printed only the space is blank.
    return texts if together.isprintable() and " " not in together else list(map(str.strip, texts))


def widest(texts: Collection[str]) -> float:
    """The width of the widest of many texts."""
    listed = list(texts)
    found, broken = _widths(listed)
    whole = found[~broken].max(initial=0) / 10
    return float(max([whole, *(width(listed[at]) for at in np.flatnonzero(broken).tolist())]))


def longest(texts: Collection[str]) -> float:
    """The width of the longest of many texts, its lines one behind the other."""
    listed = list(texts)
    found, _ = _widths(listed)
    if not len(found):
        return 0.0
    return sum(line_width(line) for line in listed[int(found.argmax())].split("\n"))


def line_counts(texts: Sequence[str], room: float) -> npt.NDArray[np.int64]:
    """How many lines each text takes in a column of so many half-width columns."""
    found, broken = _widths(texts)
    counts = np.ones(len(texts), dtype=np.int64)
    for at in np.flatnonzero(broken | (found / 10 > on_one_line(room))).tolist():
        counts[at] = lines(texts[at], room)
    return counts


def _widths(texts: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The width of each text in tenths, its lines one behind the other, and whether it has several."""
    if len(texts) <= _AT_ONCE:
        return _widths_of_some(texts)
    parts = [_widths_of_some(texts[begin : begin + _AT_ONCE]) for begin in range(0, len(texts), _AT_ONCE)]
    found, broken = (np.concatenate(own) for own in zip(*parts, strict=True))
    return found, broken


def _widths_of_some(texts: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    ends = np.cumsum(sizes)
    together = "".join(texts)
    characters: npt.NDArray[np.integer]
    if together.isascii():
        characters = np.frombuffer(together.encode(), dtype=np.uint8)
    else:
        characters = np.frombuffer(together.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    wide = _TENTHS[characters]
    if not wide.all():
        for code in np.unique(characters[wide == 0]).tolist():
            _TENTHS[code] = tenths(chr(code))
        wide = _TENTHS[characters]
    breaks = np.flatnonzero(characters == _BREAK)
    upto = np.concatenate(([0], np.cumsum(wide, dtype=np.int64)))
    found = upto[ends] - upto[ends - sizes]
    broken = np.zeros(len(texts), dtype=bool)
    if len(breaks):
        at = np.searchsorted(ends, breaks, side="right")
        np.subtract.at(found, at, tenths("\n"))
        broken[at] = True
    return found, broken
