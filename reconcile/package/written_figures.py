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
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt

from reconcile.findings import column_letters

_NAME = re.compile(r'<sheet name="([^"]*)"')
_ITEM = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ST_Xstring (ECMA-376 part 1, 22.9.2.19)
_TAG = re.compile(r"<[^>]*>")
_LONGEST = len("XFD1048576")
COLUMN_BITS = 14  # a sheet has 2**14 columns
_AT_ONCE = 1 << 22  # bytes


@dataclass(frozen=True, slots=True)
class Figures:
    """The cells of a sheet that hold a number, typed or computed, in the order of rows, then columns.

    ``cell`` is row × 2**COLUMN_BITS + column (1-based); ``text`` the number as it is written, ``value`` what it reads.
    """

    cell: npt.NDArray[np.int64]
    text: list[bytes]
    value: npt.NDArray[np.float64]

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
        self._parts = {html.unescape(name): f"xl/worksheets/sheet{n}.xml" for n, name in enumerate(names, start=1)}

    def close(self) -> None:
        self._package.close()

    def figures(self, sheet: str) -> Figures:
        """All figures of a sheet."""
        parts = [_values(part, texts=False) for part in self._pieces(sheet)]
        return Figures(
            np.concatenate([cell for cell, _, _ in parts]),
            [text for _, texts, _ in parts for text in texts],
            np.concatenate([value for _, _, value in parts]),
        )

    def texts(self, sheet: str, column: int | None = None) -> dict[int, str]:
        """The texts of a sheet by cell (as :class:`Figures` names them); only those of one column, where given."""
        found: dict[int, str] = {}
        for part in self._pieces(sheet):
            cell, numbers, _ = _values(part, texts=True, letters=column_letters(column or 0))
            found.update(zip(cell.tolist(), map(self._strings.__getitem__, map(int, numbers)), strict=True))
        return found

    def _pieces(self, sheet: str) -> Iterable[bytes]:
        """The part of a sheet in pieces that end where a row does. Their checksum is compared on the way."""
        with self._package.open(self._parts[sheet]) as file:
            rest = b""
            while piece := file.read(_AT_ONCE):
                piece = rest + piece
                end = piece.rfind(b"</row>")
                yield piece[:end] if end >= 0 else b""
                rest = piece[end:] if end >= 0 else piece
            yield rest

    @cached_property
    def _strings(self) -> list[str]:
        part = self._package.read("xl/sharedStrings.xml").decode()
        texts = (html.unescape(_TAG.sub("", item)) for item in _ITEM.findall(part))
        return [_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text for text in texts]


def _values(
    part: bytes, *, texts: bool, letters: str = ""
) -> tuple[npt.NDArray[np.int64], list[bytes], npt.NDArray[np.float64]]:
    """Cells of some rows, what stands in them and what that reads, all at once: of the figures, or of the texts the
    numbers in the table of shared strings; of one column only, where its letters are given.

    The cells are ``<c r="B7" s="3"><v>12</v></c>`` and ``<c r="C7" t="s"><v>4</v></c>``, formulas first in their cell.
    """
    text = np.frombuffer(part, dtype=np.uint8)
    tags = np.flatnonzero(text == ord("<"))
    if len(tags) < 4:
        return np.zeros(0, dtype=np.int64), [], np.zeros(0)
    name = text[tags + 1]
    # t="s" stands before the number of a text.
    results = np.flatnonzero((name == ord("v")) & ((text[tags - 3] == ord("s")) == texts))
    # A formula has its own tag and its end between the cell's and the result's.
    own = np.where(name[results - 1] == ord("/"), results - 3, results - 1)
    start = tags[own] + len('<c r="')
    if letters:
        # Only this column: its letters, and no further one behind them.
        inside = text[start + len(letters)] <= ord("9")
        for offset, letter in enumerate(letters):
            inside &= text[start + offset] == ord(letter)
        results, start = results[inside], start[inside]
    values = tags[results] + len("<v>")
    ends = tags[results + 1]
    found = [part[a:b] for a, b in zip(values.tolist(), ends.tolist(), strict=True)]
    return _cells(text, start), found, np.array(list(map(float, found)), dtype=np.float64)


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
