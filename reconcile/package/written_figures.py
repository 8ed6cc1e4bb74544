"""Reads back the figures of a workbook that was written here, with the cells they stand in.

Only for our own files: the parts are as XlsxWriter and :mod:`.written_rows` write them, and are not parsed as XML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from os import SEEK_CUR
from pathlib import Path
from struct import unpack
from zipfile import BadZipFile, ZipFile, ZipInfo

import numpy as np
import numpy.typing as npt

from .bits import Bits, packed
from .deflate import checksum, unpacker
from .spans import EIGHT, Places, Text, leading, texts

_NAME = re.compile(r'<sheet name="([^"]*)"')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ST_Xstring (ECMA-376 part 1, 22.9.2.19)
_TAG = re.compile(r"<[^>]*>")
_BEFORE_A, _BITS, _BYTE = ord("A") - 1, np.uint64(8), np.uint64(0xFF)
# What a letter has there, and neither digit nor quotation mark.
_SECOND, _THIRD = np.uint64(0x4000), np.uint64(0x400000)
_REFERENCE, _RESULT = len('<c r="'), len("<v>")
_STOP = ord("<")
COLUMN_BITS = 14  # a sheet has 2**14 columns
_COLUMN = (1 << COLUMN_BITS) - 1
_AT_ONCE = 1 << 17  # packed bytes
_LOCAL_SIZES = 26  # where the sizes of name and extra field stand in a local header (APPNOTE.TXT 4.3.7)


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
        self._path = path
        self._package = ZipFile(path)
        names = _NAME.findall(self._package.read("xl/workbook.xml").decode())
        self._read: dict[int, str] = {}
        self._parts = {html.unescape(name): f"xl/worksheets/sheet{n}.xml" for n, name in enumerate(names, start=1)}

    def close(self) -> None:
        self._package.close()

    def figures(self, sheet: str, *, exact: bool = False) -> Figures:
        """All figures of a sheet; ``exact``: with the numbers as they are written."""
        found = [part.figures(exact=exact) for part in map(_Part, self._pieces(sheet))]
        cells, values = (np.concatenate(own) for own in zip(*((each.cell, each.value) for each in found), strict=True))
        return Figures(cells, values, [text for each in found for text in each.text])

    def texts(self, sheet: str) -> dict[int, str]:
        """The texts of a sheet by cell (as :class:`Figures` names them)."""
        found: dict[int, str] = {}
        for part in map(_Part, self._pieces(sheet)):
            at = part.results(shared=True)
            texts = map(self.text, part.numbers(at).astype(np.int64).tolist())
            found.update(zip(part.cells(at).tolist(), texts, strict=True))
        return found

    def rows(self, sheet: str, *, exact: bool = False) -> Iterator[tuple[Figures, Places, Places]]:
        """The figures of some rows after the others, and of the texts in the first column of these the rows and the
        numbers."""
        for part in map(_Part, self._pieces(sheet)):
            yield part.figures(exact=exact), *part.first_texts()

    def _pieces(self, sheet: str) -> Iterator[Text]:
        """The part of a sheet in pieces that end where a row does."""
        return texts(self._unpacked(self._package.getinfo(self._parts[sheet])), b"</row>")

    def _unpacked(self, entry: ZipInfo) -> Iterator[bytes]:
        """A part, some of it at a time. Its checksum is compared on the way."""
        part, found = unpacker(), 0
        with self._path.open("rb") as file:
            file.seek(entry.header_offset + _LOCAL_SIZES)
            file.seek(sum(unpack("<2H", file.read(4))), SEEK_CUR)
            for start in range(0, entry.compress_size, _AT_ONCE):
                unpacked = part.decompress(file.read(min(_AT_ONCE, entry.compress_size - start)))
                found = checksum(unpacked, found)
                yield unpacked
        if found != entry.CRC:
            raise BadZipFile(entry.filename)

    def text(self, number: int) -> str:
        """The text of a number."""
        if number not in self._read:
            text = html.unescape(_TAG.sub("", self._items[number]))
            self._read[number] = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
        return self._read[number]

    @cached_property
    def _items(self) -> list[str]:
        """The shared strings as they are written, each with the tags inside and behind it."""
        return self._package.read("xl/sharedStrings.xml").decode().split("<si>")[1:]


class _Part:
    """Some rows of a sheet, of which nothing is taken out one by one.

    The cells are ``<c r="B7" s="3"><v>12</v></c>`` and ``<c r="C7" t="s"><v>4</v></c>``, formulas first in their cell.
    A result is the place of its ``<v>``.
    """

    def __init__(self, text: Text) -> None:
        self._text = text
        self._tags = text.codes == ord("<")
        self._results = self._tags & (text.shifted(1) == ord("v"))

    def results(self, *, shared: bool) -> Places:
        """The figures, or the numbers of shared strings: before these stands ``t="s"``."""
        shares = self._text.shifted(-3)
        return np.flatnonzero(self._results & (shares == ord("s") if shared else shares != ord("s")))

    def figures(self, *, exact: bool) -> Figures:
        """All figures; ``exact``: with the numbers as they are written."""
        at = self.results(shared=False)
        return Figures(self.cells(at), self.numbers(at), self.written(at) if exact else [])

    def cells(self, results: Places) -> Places:
        """The cells that hold them."""
        (begins,) = self._begins.before(results)
        return _cells(self._text, begins + _REFERENCE)

    @cached_property
    def _begins(self) -> Bits:
        return Bits(packed(self._tags & (self._text.shifted(1) == ord("c"))))

    def first_texts(self) -> tuple[Places, Places]:
        """The rows whose first column holds a text, and the numbers of these."""
        rows = np.flatnonzero(self._tags & (self._text.shifted(1) == ord("r")))
        first = Bits(packed(self._results)).behind(rows)
        first = first[first < len(self._text.codes)]
        first = first[self._text.codes[first - 3] == ord("s")]
        cells = self.cells(first)
        own = (cells & _COLUMN) == 1
        return cells[own] >> COLUMN_BITS, self.numbers(first[own]).astype(np.int64)

    def written(self, results: Places) -> list[bytes]:
        """What stands in the cells."""
        return [self._text.until(begin, _STOP) for begin in (results + _RESULT).tolist()]

    def numbers(self, results: Places) -> npt.NDArray[np.float64]:
        """What that reads."""
        return self._text.figures(results + _RESULT, _STOP)


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
    row, digits = leading(word >> letters.astype(np.uint64) * _BITS)
    more = np.flatnonzero(letters + digits == EIGHT)  # and what ends them is not seen
    row[more] = leading(text.behind(start[more] + letters[more]))[0]
    return cells(row, column)
