"""Reads facts.csv back: the sums of its figures by form and slot, from the file alone.

The lines are told apart and cut at their commas all at once; one with a quotation mark before its last field is read by
the csv module.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import numpy.typing as npt

from reconcile.figures import EXACT
from reconcile.package.written_figures import numbers

_FORM, _FIELD, _PERIOD, _VALUE, _STATE, _RAW = 4, 6, 8, 10, 12, 13  # places in a line
_NUMBER = "number"
_AT_ONCE = 1 << 19  # bytes: what is made of them stays in the processor's cache
_ODD = np.uint64(0x9E3779B97F4A7C15)

Key = tuple[str, str]
Places = npt.NDArray[np.int64]


def sums(path: Path, decimals: int, *, whole: bool) -> dict[Key, int]:
    """The sum of the figures of each form and slot, times 10**``decimals``.

    ``whole``: each figure is so small that it is an integer of 64 bits when scaled.
    """
    found: dict[Key, int] = defaultdict(int)
    for piece in _pieces(path):
        lines = _Lines(piece)
        for key, total in lines.sums(decimals) if whole else lines.exact_sums(decimals):
            found[key] += total
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
        self._piece = piece
        self._text = np.frombuffer(piece, dtype=np.uint8)
        self._ends = np.flatnonzero(self._text == ord("\r"))
        self._begins = np.concatenate(([0], self._ends[:-1] + 2)) if len(self._ends) else self._ends
        self._commas = np.flatnonzero(self._text == ord(","))
        first = np.searchsorted(self._commas, self._begins)
        enough = np.diff(np.append(first, len(self._commas))) >= _RAW
        quotes = np.append(np.flatnonzero(self._text == ord('"')), len(piece))
        raw = self._commas[np.minimum(first + _RAW - 1, len(self._commas) - 1)] if len(first) else first
        self._plain = enough & (quotes[np.searchsorted(quotes, self._begins)] > raw)
        first = first[self._plain]
        begins, ends = self._field(first, _STATE, _STATE)
        number = (
            (ends - begins == len(_NUMBER)) & (self._text[begins] == ord("n")) & (self._text[begins + 1] == ord("u"))
        )
        self._first = first[number]

    def _field(self, first: Places, field: int, last: int) -> tuple[Places, Places]:
        """Where fields begin and end, from one to another; ``first`` says which are the first commas of the lines."""
        return self._commas[first + field - 1] + 1, self._commas[first + last]

    def others(self) -> Iterator[str]:
        """The lines that are left to the csv module."""
        at = ~self._plain
        for begin, end in zip(self._begins[at].tolist(), self._ends[at].tolist(), strict=True):
            yield self._piece[begin:end].decode()

    def sums(self, decimals: int) -> Iterator[tuple[Key, int]]:
        """The sums of the figures of the other lines, as integers of 64 bits."""
        figures = numbers(self._piece, self._text, *self._field(self._first, _VALUE, _VALUE))
        keys, key = self._keys()
        totals = np.zeros(len(keys), dtype=np.int64)
        # Each is below 2**42 when scaled, so that rounding gives the integer that was written.
        np.add.at(totals, key, np.round(figures * 10.0**decimals).astype(np.int64))
        yield from zip(keys, totals.tolist(), strict=True)

    def exact_sums(self, decimals: int) -> Iterator[tuple[Key, int]]:
        """The same one by one, of any size."""
        keys, key = self._keys()
        begins, ends = self._field(self._first, _VALUE, _VALUE)
        for begin, end, number in zip(begins.tolist(), ends.tolist(), key.tolist(), strict=True):
            yield keys[number], int(EXACT.scaleb(Decimal(self._piece[begin:end].decode()), decimals))

    def _keys(self) -> tuple[list[Key], Places]:
        """Forms and slots, and which of them each figure is of."""
        forms, slots = self._field(self._first, _FORM, _FORM), self._field(self._first, _FIELD, _PERIOD)
        marks = self._marks(*forms) * _ODD + self._marks(*slots)
        _, first, key = np.unique(marks, return_index=True, return_inverse=True)
        keys = []
        for at in first.tolist():
            form, slot = (self._piece[begins[at] : ends[at]].decode() for begins, ends in (forms, slots))
            keys.append((form, slot.replace(",", ".").rstrip(".")))
        return keys, key

    def _marks(self, begins: Places, ends: Places) -> npt.NDArray[np.uint64]:
        """One number for each distinct text between places, taken eight bytes at a time."""
        padded = self._piece + bytes(8)
        words = np.ndarray((len(self._piece) + 1,), dtype="<u8", buffer=padded, strides=(1,))
        found = (ends - begins).astype(np.uint64)
        for offset in range(0, int((ends - begins).max(initial=0)), 8):
            left = np.clip(ends - begins - offset, 0, 8).astype(np.uint64)
            word = words[np.minimum(begins + offset, len(self._piece))]
            word = np.where(left == 8, word, word & ((np.uint64(1) << (left * np.uint64(8))) - np.uint64(1)))
            found = np.where(left > 0, (found ^ word) * _ODD, found)
            found ^= found >> np.uint64(29)
        return found
