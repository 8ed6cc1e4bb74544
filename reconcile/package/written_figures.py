"""Reads back the figures of a workbook that was written here, with the cells they stand in.

Only for our own files: the parts are as XlsxWriter and :mod:`.written_rows` write them, and are not parsed as XML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import numpy as np
import numpy.typing as npt

from reconcile.findings import column_letters

from .deflate import checksum, unpacker
from .spans import Places, Text, leading

_NAME = re.compile(r'<sheet name="([^"]*)"')
_ITEM = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ST_Xstring (ECMA-376 part 1, 22.9.2.19)
_TAG = re.compile(r"<[^>]*>")
_BEFORE_A, _BITS, _BYTE = ord("A") - 1, np.uint64(8), np.uint64(0xFF)
_SECOND, _THIRD = (
    np.uint64(0x4000),
    np.uint64(0x400000),
)  # what a letter has there, and neither digit nor quotation mark
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
            texts = map(self.text, part.numbers(at).astype(np.int64).tolist())
            found.update(zip(part.cells(at).tolist(), texts, strict=True))
        return found

    def read(self, sheet: str, column: int = 0, *, exact: bool = False) -> tuple[Figures, Places, Places]:
        """All figures of a sheet, and of the texts of one of its columns (0: of none) the rows and the numbers."""
        found: list[tuple[Places, npt.NDArray[np.float64], Places, Places]] = []
        written: list[bytes] = []
        letters = column_letters(column) if column else ""
        for part in map(_Part, self._pieces(sheet)):
            at = part.results(shared=False)
            texts = part.of_column(part.results(shared=True), letters) if column else at[:0]
            rows, numbers = part.cells(texts) >> COLUMN_BITS, part.numbers(texts).astype(np.int64)
            found.append((part.cells(at), part.numbers(at), rows, numbers))
            if exact:
                written += part.written(at)
        cells, values, rows, numbers = map(np.concatenate, zip(*found, strict=True))
        return Figures(cells, values, written), rows, numbers

    def _pieces(self, sheet: str) -> Iterable[bytes]:
        """The part of a sheet in pieces that end where a row does. Their checksum is compared on the way."""
        entry = self._package.getinfo(self._parts[sheet])
        with self._package.open(entry) as file:
            file._decompressor = unpacker()  # type: ignore[attr-defined]
            file._expected_crc = None  # type: ignore[attr-defined]  # is told here, in a tenth of the time
            rest, found = b"", 0
            while piece := file.read1(_AT_ONCE):  # type: ignore[attr-defined]
                found = checksum(piece, found)
                piece = rest + piece
                end = piece.rfind(b"</row>")
                yield piece[:end] if end >= 0 else b""
                rest = piece[end:] if end >= 0 else piece
            if found != entry.CRC:
                raise BadZipFile(entry.filename)
            yield rest

    def text(self, number: int) -> str:
        """The text of a number."""
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
        self._text = Text(part)
        self._tags = np.flatnonzero(self._text.codes == ord("<"))
        self._results = np.flatnonzero(self._text.codes[self._tags + 1] == ord("v"))
        # t="s" stands before the number of a text.
        self._shared = self._text.codes[self._tags[self._results] - 3] == ord("s")

    def results(self, *, shared: bool) -> Places:
        """Which tags begin a figure, or the number of a shared string."""
        found: Places = self._results[self._shared == shared]
        return found

    def cells(self, results: Places) -> Places:
        """The cells that hold them."""
        # A formula has its own tag and its end between the cell's and the result's.
        before = self._text.codes[self._tags[results - 1] + 1] == ord("/")
        return _cells(self._text, self._tags[results - 1 - 2 * before] + len('<c r="'))

    def of_column(self, results: Places, letters: str) -> Places:
        """Those that stand in a column; they hold no formula."""
        start = self._tags[results - 1] + len('<c r="')
        # Its letters, and no further one behind them.
        inside = self._text.codes[start + len(letters)] <= ord("9")
        for offset, letter in enumerate(letters):
            inside &= self._text.codes[start + offset] == ord(letter)
        return results[inside]

    def written(self, results: Places) -> list[bytes]:
        """What stands in the cells."""
        begins, ends = self._bounds(results)
        return [self._text.raw[a:b] for a, b in zip(begins.tolist(), ends.tolist(), strict=True)]

    def numbers(self, results: Places) -> npt.NDArray[np.float64]:
        """What that reads."""
        return self._text.figures(*self._bounds(results))

    def _bounds(self, results: Places) -> tuple[Places, Places]:
        return self._tags[results] + len("<v>"), self._tags[results + 1]


def _cells(text: Text, start: Places) -> Places:
    """The references that begin at these places: up to three letters, up to seven digits, a quotation mark."""
    word = text.behind(start)
    letters = 1 + ((word & _SECOND) != 0).astype(np.int64)
    column = (word & _BYTE).astype(np.int64) - _BEFORE_A
    two = np.flatnonzero(letters == 2)
    if len(two):
        own = word[two]
        column[two] = column[two] * 26 + (own >> _BITS & _BYTE).astype(np.int64) - _BEFORE_A
        three = (own & _THIRD) != 0
        own, two = own[three], two[three]
        column[two] = column[two] * 26 + (own >> np.uint64(2) * _BITS & _BYTE).astype(np.int64) - _BEFORE_A
        letters[two] = 3
    row, _ = leading(text.behind(start + letters))
    return cells(row, column)
