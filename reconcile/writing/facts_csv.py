"""facts.csv: every merged value in tidy long form, one value a line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.as_shown import DIGITS, GROUPED, AsShown
from reconcile.coded import Mask, Strings, by_rows, strings
from reconcile.consolidate import Consolidated
from reconcile.facts import STATES, Facts, Positions
from reconcile.findings import column_letters
from reconcile.writing.plain_text import in_csv
from reconcile.writing.typed_texts import in_bytes, in_fields

COLUMNS = (
    "department",
    "file",
    "sheet",
    "cell",
    "form",
    "record",
    "field",
    "version",
    "period",
    "component",
    "value",
    "unit",
    "state",
    "raw",
)
_AT_ONCE = 16_000  # values
_GROUP = 1_000  # from here on digits stand in groups
# Texts that stand as they are: no separator, no quotation mark, nothing a program takes for a formula; and figures.
_PLAIN = re.compile(r"(?:\w[\w .\-、。・（）「」：％〜～]*)?")
_TYPED = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_SPECIAL = re.compile('[",\r\n]')


def write(path: Path, run: Consolidated) -> None:
    """Writes the values in the order they were read. UTF-8 with BOM, CRLF (RFC 4180), as Excel expects it."""
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8 + ",".join(COLUMNS).encode() + b"\r\n")
        for part in lines(run):
            file.write(part)


def lines(run: Consolidated) -> Iterator[bytes]:
    """One line a value, many at a time; ``value`` is a plain decimal string, empty where there is no figure. Texts are
    as typed, but never a formula for a program that opens the file (see :func:`in_csv`)."""
    table = _Lines(run.facts)
    merged = np.flatnonzero(run.accepted)
    for start in range(0, len(merged), _AT_ONCE):
        yield table.written(merged[start : start + _AT_ONCE])


_NAMES = ("department", "file", "sheet", "form", "record")
_ENDS = ("\r\n", '"\r\n')
_BEFORE = ("", *_ENDS)


class _Lines:
    """Lines as a table of pieces of text, put together at the end. Few pieces are made for one line alone: what many
    lines say is made once, and the end of a line is part of what the next one begins with.

    A piece has a character for each byte (:func:`in_bytes`).
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._names = {name: in_fields(facts.coded(name).values, field) for name in _NAMES}
        typed = in_fields(facts.raw.values.tolist(), field)
        self._typed = np.append(typed, strings(["", ""]))  # where the numbers of what follows from a figure lead
        slots = in_bytes([_parts(slot) for slot in facts.coded("slot").values])
        components = in_bytes([f"{field(component)}," for component in facts.coded("component").values])
        self._components = many = len(components)
        self._slots = _Made(len(slots) * many, lambda n: slots[n // many] + components[n % many])
        # What stands between a figure and what was typed opens its quotation marks, where it has some.
        units = [field(unit) for unit in facts.coded("unit").values]
        self._units = in_bytes([f",{unit},{state},{mark}" for unit in units for state in STATES for mark in ("", '"')])

    def written(self, chosen: Positions) -> bytes:
        """The lines of some values."""
        facts = self._facts
        shown = facts.raw.take(chosen)
        figures = shown.figures.texts()
        raw, quoted = self._raw(shown, figures)
        row, column = facts.row[chosen], facts.column[chosen]
        row, column = np.where(column != 0, row, 0), np.where(row != 0, column, 0)  # both, or no cell is meant
        pairs = self._codes("slot", chosen) * self._components + self._codes("component", chosen)
        units = self._codes("unit", chosen) * len(STATES) + facts.state[chosen]
        pieces = (
            self._beginnings(chosen, column, quoted),
            self._records(chosen, row),
            self._slots.of(pairs),
            figures,
            self._units[units * 2 + quoted],
            raw,
        )
        return "".join([*by_rows(pieces, len(chosen)), _ENDS[int(quoted[-1])]]).encode("latin-1")

    def _raw(self, shown: AsShown, figures: Strings) -> tuple[Strings, Mask]:
        """What was typed, and where that stands within quotation marks that are yet to be put around it."""
        found, quoted = self._typed[shown.codes], np.zeros(len(shown), dtype=bool)
        same, own = shown.codes == DIGITS, np.flatnonzero(shown.codes == GROUPED)
        found[same] = figures[same]
        grouped = shown.figures.take(own)
        found[own] = grouped.grouped()
        quoted[own] = np.abs(grouped.whole) >= _GROUP
        return found, quoted

    def _codes(self, name: str, chosen: Positions) -> Positions:
        return self._facts.coded(name).codes[chosen].astype(np.int64)

    def _beginnings(self, chosen: Positions, column: npt.NDArray[np.int16], quoted: Mask) -> Strings:
        """Department, file, sheet and the letters of the cell, behind the end of the line before."""
        names = [self._codes(name, chosen) for name in ("department", "file", "sheet")]
        new = _changes(*names)
        place = np.cumsum(new) - 1
        told = (self._names[name][codes[new]] for name, codes in zip(_NAMES, names, strict=False))
        places = list(map("%s,%s,%s,".__mod__, zip(*told, strict=True)))
        columns = int(column.max()) + 1
        before = np.zeros(len(chosen), dtype=np.int64)
        before[1:] = quoted[:-1] + 1
        ends = len(_BEFORE)
        made = _Made(
            len(places) * columns * ends,
            lambda n: _BEFORE[n % ends] + places[n // ends // columns] + column_letters(n // ends % columns),
        )
        return made.of((place * columns + column) * ends + before)

    def _records(self, chosen: Positions, row: npt.NDArray[np.int32]) -> Strings:
        """The row of the cell, form and record."""
        entry, form, record = self._facts.entry[chosen], self._codes("form", chosen), self._codes("record", chosen)
        new = _changes(entry, row, form, record)
        rows = [number or "" for number in row[new].tolist()]
        told = (rows, self._names["form"][form[new]], self._names["record"][record[new]])
        texts = strings(list(map("%s,%s,%s,".__mod__, zip(*told, strict=True))))
        return np.repeat(texts, np.diff(np.flatnonzero(new), append=len(chosen)))


class _Made:
    """Pieces by their numbers, which are below ``size``; ``make`` is asked for each that is needed, once."""

    def __init__(self, size: int, make: Callable[[int], str]) -> None:
        self._make = make
        self._known = np.zeros(size, dtype=bool)
        self._pieces = np.empty(size, dtype=object)

    def of(self, numbers: Positions) -> Strings:
        new = numbers[~self._known[numbers]]
        if len(new):
            own = np.flatnonzero(np.bincount(new))
            self._pieces[own] = list(map(self._make, own.tolist()))
            self._known[own] = True
        return self._pieces[numbers]


def _changes(*columns: npt.NDArray[np.integer[Any]]) -> Mask:
    """Where one of some columns says something else than in the place before."""
    found = np.ones(len(columns[0]), dtype=bool)
    found[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return found


def field(text: str) -> str:
    """A text as a field of the file."""
    if _TYPED.fullmatch(text):
        return f'"{text}"' if "," in text else text
    if _PLAIN.fullmatch(text):
        return text
    text = in_csv(text)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if _SPECIAL.search(text) else text


def _parts(slot: str) -> str:
    """Field, version and period of a slot."""
    name, version, period = (*slot.split(".", 2), "", "")[:3]
    return f"{name},{version},{period},"
