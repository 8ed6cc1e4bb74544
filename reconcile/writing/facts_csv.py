"""facts.csv: every merged value in tidy long form, one value a line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.as_shown import DIGITS, GROUPED, AsShown
from reconcile.coded import Mask
from reconcile.consolidate import Consolidated
from reconcile.facts import STATES, Facts, Positions
from reconcile.figures import Figures
from reconcile.findings import column_letters
from reconcile.writing.csv_figures import decimals, grouped
from reconcile.writing.pieces import Pieces, Store, lengths
from reconcile.writing.plain_text import in_csv
from reconcile.writing.typed_texts import in_fields

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
_ENDS = ("\r\n", '"\r\n')
_BEFORE = ("", *_ENDS)
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


def lines(run: Consolidated) -> Iterator[bytes | bytearray]:
    """One line a value, many at a time; ``value`` is a plain decimal string, empty where there is no figure. Texts are
    as typed, but never a formula for a program that opens the file (see :func:`in_csv`)."""
    table = _Lines(run.facts)
    merged = np.flatnonzero(run.accepted)
    for start in range(0, len(merged), _AT_ONCE):
        yield table.written(merged[start : start + _AT_ONCE])


class _Lines:
    """Lines as pieces that are put together at the end. Few pieces are made for one line alone: what many lines say is
    made once, and the end of a line is part of what the next one begins with."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._store = store = Store()
        self._names = {name: in_fields(facts.coded(name).values, field) for name in ("department", "file", "sheet")}
        self._forms = store.texts([f",{form}" for form in in_fields(facts.coded("form").values, field)], ",")
        self._record_names = store.texts(in_fields(facts.coded("record").values, field), ",")
        typed = store.texts(in_fields(facts.raw.values.tolist(), field))
        self._typed = np.append(typed, (0, 0))  # where the numbers of what follows from a figure lead
        slots = [_parts(slot) for slot in facts.coded("slot").values]
        components = [field(component) for component in facts.coded("component").values]
        self._components = len(components)
        self._slots = store.texts([slot + component for slot in slots for component in components], ",")
        # What stands between a figure and what was typed opens its quotation marks, where it has some.
        units = [field(unit) for unit in facts.coded("unit").values]
        self._units = store.texts(
            [f",{unit},{state},{mark}" for unit in units for state in STATES for mark in ("", '"')]
        )
        store.keep()

    def written(self, chosen: Positions) -> bytearray:
        """The lines of some values."""
        facts = self._facts
        self._store.forget()
        shown = facts.raw.take(chosen)
        figures = self._figures(shown.figures)
        raw, quoted = self._raw(shown, figures)
        row, column = facts.row[chosen], facts.column[chosen]
        row, column = np.where(column != 0, row, 0), np.where(row != 0, column, 0)  # both, or no cell is meant
        slots = self._codes("slot", chosen) * self._components + self._codes("component", chosen)
        units = self._codes("unit", chosen) * len(STATES) + facts.state[chosen]
        lines = self._store.lines(
            (
                self._beginnings(chosen, column, quoted),
                self._records(chosen, row),
                self._slots[slots],
                figures,
                self._units[units * 2 + quoted],
                raw,
            )
        )
        lines += _ENDS[int(quoted[-1])].encode()
        return lines

    def _figures(self, figures: Figures) -> Pieces:
        """The figures, nothing where there is none."""
        found = np.zeros(len(figures), dtype=np.int64)
        for exponent in figures.exponents():
            own = np.flatnonzero(figures.exponent == exponent)
            whole = figures.whole[own]
            if exponent > 0 or whole.dtype == object:
                found[own] = self._store.texts(figures.take(own).texts().tolist())
            else:
                found[own] = self._store.flush_right(*decimals(whole.astype(np.int64, copy=False), -exponent))
        return found

    def _raw(self, shown: AsShown[Figures], figures: Pieces) -> tuple[Pieces, Mask]:
        """What was typed, and where that stands within quotation marks that are yet to be put around it."""
        found, quoted = self._typed[shown.codes], np.zeros(len(shown), dtype=bool)
        same, own = np.flatnonzero(shown.codes == DIGITS), np.flatnonzero(shown.codes == GROUPED)
        found[same] = figures[same]
        whole = shown.figures.whole[own]
        if whole.dtype == object:
            found[own] = self._store.texts(shown.figures.take(own).grouped().tolist())
        else:
            found[own] = self._store.flush_right(*grouped(whole.astype(np.int64, copy=False)))
        quoted[own] = np.abs(whole) >= _GROUP
        return found, quoted

    def _codes(self, name: str, chosen: Positions) -> Positions:
        return self._facts.coded(name).codes[chosen].astype(np.int64)

    def _beginnings(self, chosen: Positions, column: npt.NDArray[np.int16], quoted: Mask) -> Pieces:
        """Department, file, sheet and the letters of the cell, behind the end of the line before."""
        names = {name: self._codes(name, chosen) for name in self._names}
        new = _changes(*names.values())
        told = ([self._names[name][code] for code in codes[new].tolist()] for name, codes in names.items())
        places = list(map("%s,%s,%s,".__mod__, zip(*told, strict=True)))
        columns = int(column.max()) + 1
        before = np.zeros(len(chosen), dtype=np.int64)
        before[1:] = quoted[:-1] + 1
        beginnings = ((np.cumsum(new) - 1) * columns + column) * len(_BEFORE) + before
        own = np.flatnonzero(np.bincount(beginnings))
        pieces = np.zeros(int(own[-1]) + 1, dtype=np.int64)
        ends = len(_BEFORE)
        pieces[own] = self._store.texts(
            [
                _BEFORE[n % ends] + places[n // ends // columns] + column_letters(n // ends % columns)
                for n in own.tolist()
            ]
        )
        return np.asarray(pieces[beginnings], dtype=np.int64)

    def _records(self, chosen: Positions, row: npt.NDArray[np.int32]) -> Pieces:
        """The row of the cell, form and record."""
        form, record = self._codes("form", chosen), self._codes("record", chosen)
        new = np.flatnonzero(_changes(row, form, record))
        rows, sizes = decimals(row[new].astype(np.int64))
        sizes[row[new] == 0] = 0
        columns = (self._store.flush_right(rows, sizes), self._forms[form[new]], self._record_names[record[new]])
        pieces = self._store.following(self._store.lines(columns), lengths(columns))
        return np.repeat(pieces, np.diff(new, append=len(chosen)))


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
