"""Reads facts.csv back: the sums of its figures by form and slot, from the file alone.

The fields are told apart by their commas (RFC 4180: those outside of quotation marks), all at once, and found from the
end of their line, near which a figure and what it is of stand.
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
from reconcile.package.bits import Bits, between, packed
from reconcile.package.spans import EIGHT, Places, Text, Words, texts

_AT_ONCE = 1 << 20  # bytes: what numpy costs a call is paid seldom, what is made of them stays near the processor
_COMMAS = 13  # of a line
# Where the unit, the figure, the component and the field begin, back from the state, and from there record and form.
_UNIT, _VALUE, _COMPONENT, _FIELD, _RECORD, _FORM = 1, 2, 3, 6, 1, 2
_NUMBER = b",number"  # the state of a figure
_LAST_BYTES = np.uint64((1 << 8 * EIGHT) - (1 << 8 * (EIGHT - len(_NUMBER))))
_IS_NUMBER = np.uint64(int.from_bytes(_NUMBER.rjust(EIGHT, b"\0"), "little"))
_MORE = np.uint64(0x9E3779B97F4A7C15)  # keeps apart what was a form from what was a slot

Key = tuple[str, str]


def sums(path: Path, decimals: int, *, whole: bool) -> dict[Key, int]:
    """The sum of the figures of each form and slot, times 10**``decimals``.

    ``whole``: each figure is so small that it is an integer of 64 bits when scaled.

    Raises:
        ValueError, ArithmeticError: for a line that is not as it was written.
    """
    found: dict[Key, int] = defaultdict(int)
    known = _Known()
    with path.open("rb") as file:
        for text in texts(iter(lambda: file.read(_AT_ONCE), b""), b"\r\n"):
            lines = _Lines(text)
            keys = lines.keys(known)
            if whole:
                totals = np.zeros(len(known.keys), dtype=np.int64)
                # Each is below 2**42 when scaled, so that rounding gives the integer that was written.
                np.add.at(totals, keys, np.round(lines.figures() * 10.0**decimals).astype(np.int64))
                for key, total in zip(known.keys, totals.tolist(), strict=True):
                    found[key] += total
            else:
                for number, written in zip(keys.tolist(), lines.written(), strict=True):
                    found[known.keys[number]] += int(EXACT.scaleb(Decimal(written), decimals))
    return found


class _Lines:
    """The figures in some lines of the file."""

    def __init__(self, text: Text) -> None:
        self._text = text
        codes = text.codes
        inside = between(packed(codes == ord('"')))
        separators = packed(codes == ord(",")) & ~inside
        ends = np.flatnonzero(codes == ord("\r"))  # in no field: there lines end with LF alone
        if (
            int(np.bitwise_count(separators).sum()) != _COMMAS * len(ends)
            or not len(ends)
            or ends[-1] + 2 != len(codes)
        ):
            raise ValueError("a line without all its fields, or without its end")
        commas = Bits(separators)
        (raw,) = commas.before(ends)
        state = raw[(text.before(raw) & _LAST_BYTES) == _IS_NUMBER] - len(_NUMBER)
        self._units, self._values, self._slot_ends, self._slots = commas.before(
            state, (_UNIT, _VALUE, _COMPONENT, _FIELD)
        )
        self._form_ends, self._forms = commas.before(self._slots, (_RECORD, _FORM))

    def figures(self) -> npt.NDArray[np.float64]:
        """All figures."""
        return self._text.figures(self._values + 1, ord(","))

    def written(self) -> Iterator[str]:
        """The same as they are written."""
        for begin, end in zip(self._values.tolist(), self._units.tolist(), strict=True):
            yield self._text.piece(begin + 1, end).decode()

    def keys(self, known: _Known) -> Places:
        """Which form and slot each of them is of."""
        forms, slots = (self._forms + 1, self._form_ends), (self._slots + 1, self._slot_ends)
        marks = self._text.marks(*forms) * _MORE + self._text.marks(*slots)

        def told(at: int) -> Key:
            form, slot = (self._text.piece(begins[at], ends[at]).decode() for begins, ends in (forms, slots))
            ((name,), parts) = csv.reader([form, slot])
            return name, ".".join(parts).rstrip(".")

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
