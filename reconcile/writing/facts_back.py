"""Reads facts.csv back: the sums of its figures by form and slot, from the file alone.

The lines are told apart and cut at their commas all at once; one with a quotation mark before its last field is read by
the csv module.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import numpy.typing as npt

from reconcile.figures import EXACT
from reconcile.package.spans import Places, Text, Words

_FORM, _FIELD, _PERIOD, _VALUE, _STATE, _RAW = 4, 6, 8, 10, 12, 13  # places in a line
_NUMBER = "number"
_AT_ONCE = 1 << 19  # bytes: what is made of them stays in the processor's cache
_MORE = np.uint64(0x9E3779B97F4A7C15)  # keeps apart what was a form from what was a slot

Key = tuple[str, str]


def sums(path: Path, decimals: int, *, whole: bool) -> dict[Key, int]:
    """The sum of the figures of each form and slot, times 10**``decimals``.

    ``whole``: each figure is so small that it is an integer of 64 bits when scaled.
    """
    found: dict[Key, int] = defaultdict(int)
    known = _Known()
    for piece in _pieces(path):
        lines = _Lines(piece)
        keys = lines.keys(known)
        if whole:
            totals = np.zeros(len(known.keys), dtype=np.int64)
            # Each is below 2**42 when scaled, so that rounding gives the integer that was written.
            np.add.at(totals, keys, np.round(lines.figures() * 10.0**decimals).astype(np.int64))
            for key, total in zip(known.keys, totals.tolist(), strict=True):
                found[key] += total
        else:
            for number, text in zip(keys.tolist(), lines.written(), strict=True):
                found[known.keys[number]] += int(EXACT.scaleb(Decimal(text), decimals))
        for text in lines.others():
            for row in csv.reader([text]):
                if row[_STATE] == _NUMBER:
                    slot = ".".join(row[_FIELD : _PERIOD + 1]).rstrip(".")
                    found[row[_FORM], slot] += int(EXACT.scaleb(Decimal(row[_VALUE]), decimals))
    return found


def _pieces(path: Path) -> Iterator[bytes]:
    """The file behind its headings, in pieces that end where a line does."""
    with path.open("rb") as file:
        file.readline()
        rest = b""
        while piece := file.read(_AT_ONCE):
            piece = rest + piece
            end = piece.rfind(b"\r\n")
            if end >= 0:
                yield piece[: end + 2]
            rest = piece if end < 0 else piece[end + 2 :]
        if rest:
            raise ValueError("a line that does not end")


class _Lines:
    """Some lines of the file."""

    def __init__(self, piece: bytes) -> None:
        self._text = Text(piece)
        codes = self._text.codes
        self._ends = np.flatnonzero(codes == ord("\r"))
        self._begins = np.concatenate(([0], self._ends[:-1] + 2)) if len(self._ends) else self._ends
        self._commas = np.flatnonzero(codes == ord(","))
        quotes = np.append(np.flatnonzero(codes == ord('"')), len(piece))
        first = np.searchsorted(self._commas, self._begins)
        enough = np.diff(first, append=len(self._commas)) >= _RAW
        raw = self._commas[np.minimum(first + _RAW - 1, len(self._commas) - 1)] if len(first) else first
        self._plain = enough & (quotes[np.searchsorted(quotes, self._begins)] > raw)
        first = first[self._plain]
        begins, ends = self._field(first, _STATE, _STATE)
        number = (ends - begins == len(_NUMBER)) & (codes[begins] == ord("n")) & (codes[begins + 1] == ord("u"))
        self._first = first[number]

    def _field(self, first: Places, field: int, last: int) -> tuple[Places, Places]:
        """Where fields begin and end, from one to another; ``first`` says which are the first commas of the lines."""
        return self._commas[first + field - 1] + 1, self._commas[first + last]

    def others(self) -> Iterator[str]:
        """The lines that are left to the csv module."""
        at = ~self._plain
        for begin, end in zip(self._begins[at].tolist(), self._ends[at].tolist(), strict=True):
            yield self._text.raw[begin:end].decode()

    def figures(self) -> npt.NDArray[np.float64]:
        """The figures of the other lines."""
        return self._text.figures(*self._field(self._first, _VALUE, _VALUE))

    def written(self) -> Iterator[str]:
        """The same as they are written."""
        begins, ends = self._field(self._first, _VALUE, _VALUE)
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            yield self._text.raw[begin:end].decode()

    def keys(self, known: _Known) -> Places:
        """Which form and slot each of them is of."""
        forms, slots = self._field(self._first, _FORM, _FORM), self._field(self._first, _FIELD, _PERIOD)
        marks = self._text.marks(*forms) * _MORE + self._text.marks(*slots)

        def told(at: int) -> Key:
            form, slot = (self._text.raw[begins[at] : ends[at]].decode() for begins, ends in (forms, slots))
            return form, slot.replace(",", ".").rstrip(".")

        return known.places(marks, told)


class _Known:
    """Forms and slots that lines were of so far, found by their marks."""

    def __init__(self) -> None:
        self.keys: list[Key] = []
        self._marks = np.zeros(0, dtype=np.uint64)  # rising
        self._places = np.zeros(0, dtype=np.int64)

    def places(self, marks: Words, told: Callable[[int], Key]) -> Places:
        """The place of each line's in ``keys``; ``told`` says what a line is of."""
        at = self._found(marks)
        new = np.flatnonzero(self._marks[at] != marks) if len(self._marks) else np.arange(len(marks))
        if len(new):
            own, first = np.unique(marks[new], return_index=True)
            every = np.concatenate((self._marks, own))
            order = np.argsort(every)
            added = np.arange(len(self.keys), len(self.keys) + len(own))
            self._marks, self._places = every[order], np.concatenate((self._places, added))[order]
            self.keys += map(told, new[first].tolist())
            at = self._found(marks)
        return self._places[at]

    def _found(self, marks: Words) -> Places:
        return np.minimum(np.searchsorted(self._marks, marks), max(len(self._marks) - 1, 0))
