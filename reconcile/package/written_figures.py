"""Reads back the figures of a workbook that was written here, with the cells they stand in.

Only for our own files: the parts are as XlsxWriter and :mod:`.written_rows` write them, and are not parsed as XML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt

from reconcile.findings import column_letters

from .deflate import unpacker

_NAME = re.compile(r'<sheet name="([^"]*)"')
_ITEM = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ST_Xstring (ECMA-376 part 1, 22.9.2.19)
_TAG = re.compile(r"<[^>]*>")
_LONGEST = len("XFD1048576")
_DIGITS = 15  # of a whole number that both kinds of number hold
COLUMN_BITS = 14  # a sheet has 2**14 columns
_AT_ONCE = 1 << 19  # bytes: what is made of them stays in the processor's cache


@dataclass(frozen=True, slots=True)
class Figures:
    """The cells of a sheet that hold a number, typed or computed, in the order of rows, then columns.

    ``cell`` is row × 2**COLUMN_BITS + column (1-based); ``value`` is what the number reads, ``text`` the number as it
    is written, where that was asked for.
    """

    cell: npt.NDArray[np.int64]
    value: npt.NDArray[np.float64]
    text: list[bytes]

    def at(self, cells: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Where the figures of these cells are, -1 for a cell without one."""
        if not len(self.cell):
            return np.full(len(cells), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.cell, cells), len(self.cell) - 1)
        return np.where(self.cell[found] == cells, found, -1)


def cells(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Cells as :class:`Figures` names them."""
    return rows.astype(np.int64) << COLUMN_BITS | columns


class Written:
    """A workbook written here, to be read back."""

    def __init__(self, path: Path) -> None:
        self._package = ZipFile(path)
        names = _NAME.findall(self._package.read("xl/workbook.xml").decode())
        self._read: dict[int, str] = {}
        self._parts = {html.unescape(name): f"xl/worksheets/sheet{n}.xml" for n, name in enumerate(names, start=1)}

    def close(self) -> None:
        self._package.close()

    def figures(self, sheet: str, *, exact: bool = False) -> Figures:
        """All figures of a sheet; ``exact``: with the numbers as they are written."""
        return self.read(sheet, exact=exact)[0]

    def texts(self, sheet: str) -> dict[int, str]:
        """The texts of a sheet by cell (as :class:`Figures` names them)."""
        found: dict[int, str] = {}
        for part in map(_Part, self._pieces(sheet)):
            at = part.results(shared=True)
            found.update(zip(part.cells(at).tolist(), self._told(part, at), strict=True))
        return found

    def read(self, sheet: str, column: int = 0, *, exact: bool = False) -> tuple[Figures, dict[int, str]]:
        """All figures of a sheet, and the texts of one of its columns by row (column 0: none)."""
        cells, values = [], []
        written: list[bytes] = []
        texts: dict[int, str] = {}
        for part in map(_Part, self._pieces(sheet)):
            at = part.results(shared=False)
            cells.append(part.cells(at))
            values.append(part.numbers(at))
            if exact:
                written += part.written(at)
            if column:
                own = part.of_column(part.results(shared=True), column_letters(column))
                rows = (part.cells(own) >> COLUMN_BITS).tolist()
                texts.update(zip(rows, self._told(part, own), strict=True))
        return Figures(np.concatenate(cells), np.concatenate(values), written), texts

    def _told(self, part: _Part, at: npt.NDArray[np.int64]) -> Iterator[str]:
        return map(self._string, part.numbers(at).astype(np.int64).tolist())

    def _pieces(self, sheet: str) -> Iterable[bytes]:
        """The part of a sheet in pieces that end where a row does. Their checksum is compared on the way."""
        with self._package.open(self._parts[sheet]) as file:
            file._decompressor = unpacker()  # type: ignore[attr-defined]
            rest = b""
            while piece := file.read(_AT_ONCE):
                piece = rest + piece
                end = piece.rfind(b"</row>")
                yield piece[:end] if end >= 0 else b""
                rest = piece[end:] if end >= 0 else piece
            yield rest

    def _string(self, number: int) -> str:
        """One of the shared strings."""
        if number not in self._read:
            text = html.unescape(_TAG.sub("", self._items[number]))
            self._read[number] = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
        return self._read[number]

    @cached_property
    def _items(self) -> list[str]:
        return _ITEM.findall(self._package.read("xl/sharedStrings.xml").decode())


class _Part:
    """Some rows of a sheet, of which nothing is taken out one by one.

    The cells are ``<c r="B7" s="3"><v>12</v></c>`` and ``<c r="C7" t="s"><v>4</v></c>``, formulas first in their cell.
    """

    def __init__(self, part: bytes) -> None:
        self._part = part
        self._text = np.frombuffer(part, dtype=np.uint8)
        self._tags = np.flatnonzero(self._text == ord("<"))

    def results(self, *, shared: bool) -> npt.NDArray[np.int64]:
        """Which tags begin a figure, or the number of a shared string."""
        results = np.flatnonzero(self._text[self._tags + 1] == ord("v"))
        # t="s" stands before the number of a text.
        found: npt.NDArray[np.int64] = results[(self._text[self._tags[results] - 3] == ord("s")) == shared]
        return found

    def cells(self, results: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The cells that hold them."""
        # A formula has its own tag and its end between the cell's and the result's.
        before = self._text[self._tags[results - 1] + 1] == ord("/")
        own = np.where(before, results - 3, results - 1)
        return _cells(self._text, self._tags[own] + len('<c r="'))

    def of_column(self, results: npt.NDArray[np.int64], letters: str) -> npt.NDArray[np.int64]:
        """Those that stand in a column; they hold no formula."""
        start = self._tags[results - 1] + len('<c r="')
        # Its letters, and no further one behind them.
        inside = self._text[start + len(letters)] <= ord("9")
        for offset, letter in enumerate(letters):
            inside &= self._text[start + offset] == ord(letter)
        return results[inside]

    def written(self, results: npt.NDArray[np.int64]) -> list[bytes]:
        """What stands in the cells."""
        begins, ends = self._bounds(results)
        return [self._part[a:b] for a, b in zip(begins.tolist(), ends.tolist(), strict=True)]

    def numbers(self, results: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """What that reads."""
        return numbers(self._part, self._text, *self._bounds(results))

    def _bounds(self, results: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        return self._tags[results] + len("<v>"), self._tags[results + 1]


def _cells(text: npt.NDArray[np.uint8], start: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The references that begin at these places, letters before digits, up to a quotation mark."""
    row, column = np.zeros(len(start), dtype=np.int64), np.zeros(len(start), dtype=np.int64)
    for offset in range(_LONGEST):
        at = text[start + offset].astype(np.int64)
        letter = (at >= ord("A")) & (at <= ord("Z"))
        digit = (at >= ord("0")) & (at <= ord("9"))
        if not (letter | digit).any():
            break
        column = np.where(letter, column * 26 + at - ord("A") + 1, column)
        row = np.where(digit, row * 10 + at - ord("0"), row)
        # What has come to its end stays there.
        start = np.where(letter | digit, start, start - 1)
    return cells(row, column)


def numbers(
    part: bytes, text: npt.NDArray[np.uint8], begins: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """The numbers that stand between places of a text (``part`` and its bytes). Whole ones are put together digit by
    digit, all at once."""
    negative = text[begins] == ord("-")
    value = np.zeros(len(begins), dtype=np.int64)
    whole = ends - begins - negative <= _DIGITS
    at = begins + negative
    going = whole & (at < ends)
    while going.any():
        digit = text[np.where(going, at, 0)].astype(np.int64) - ord("0")
        whole &= ~going | ((digit >= 0) & (digit <= 9))
        value = np.where(going, value * 10 + digit, value)
        at = at + going
        going = whole & (at < ends)
    found = np.where(negative, -value, value).astype(np.float64)
    others = np.flatnonzero(~whole)
    found[others] = [float(part[a:b]) for a, b in zip(begins[others].tolist(), ends[others].tolist(), strict=True)]
    return found
