"""facts.csv: every merged value in tidy long form, one value a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np

from reconcile.consolidate import Consolidated
from reconcile.facts import STATES, Facts, Positions
from reconcile.findings import column_letters
from reconcile.writing.plain_text import in_csv

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
# Return, row and column of the cell, form and record, slot, component, value, unit, state, raw.
_LINE = "%s%s%s%s%s%s,%s,%s,%s,%s\r\n"
_AT_ONCE = 20_000  # values
# Texts that stand as they are: no separator, no quotation mark, nothing a program takes for a formula; and figures.
_PLAIN = re.compile(r"(?:\w[\w .\-、。・（）「」：％〜～]*)?")
_TYPED = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_SPECIAL = re.compile('[",\r\n]')


def write(path: Path, run: Consolidated) -> None:
    """Writes the values in the order they were read. UTF-8 with BOM, CRLF (RFC 4180), as Excel expects it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(",".join(COLUMNS) + "\r\n")
        for part in lines(run):
            file.write("".join(part))


def lines(run: Consolidated) -> Iterator[Iterator[str]]:
    """One line a value, many at a time; ``value`` is a plain decimal string, empty where there is no figure. Texts are
    as typed, but never a formula for a program that opens the file (see :func:`in_csv`)."""
    known, slots = _Fields(), _Slots()
    merged = np.flatnonzero(run.accepted)
    for start in range(0, len(merged), _AT_ONCE):
        yield _lines(run.facts, merged[start : start + _AT_ONCE], known, slots)


def _lines(facts: Facts, chosen: Positions, known: _Fields, slots: _Slots) -> Iterator[str]:
    # What a record says of itself is made once for its values, which follow each other.
    entry, sheet = facts.entry[chosen], facts.sheet[chosen]
    new = np.concatenate([[True], (entry[1:] != entry[:-1]) | np.asarray(sheet[1:] != sheet[:-1], dtype=bool)])
    first = chosen[new]
    counts = np.diff(np.append(np.flatnonzero(new), len(chosen)))
    told = (facts.department[first], facts.file[first], facts.sheet[first])
    returns = _repeated(map("%s,%s,%s,".__mod__, zip(*(map(known.__getitem__, t) for t in told), strict=True)), counts)
    named = zip(facts.form[first], map(known.__getitem__, facts.record[first]), strict=True)
    records = _repeated(map(",%s,%s,".__mod__, named), counts)
    rows, columns = _cells(facts, chosen)
    typed = _Fields()  # anew each time, for what is typed is seldom typed again
    return map(
        _LINE.__mod__,
        zip(
            returns,
            columns,
            rows,
            records,
            map(slots.__getitem__, facts.slot[chosen].tolist()),
            map(known.__getitem__, facts.component[chosen].tolist()),
            map(_figure, facts.value[chosen].tolist()),
            map(known.__getitem__, facts.unit[chosen].tolist()),
            map(STATES.__getitem__, facts.state[chosen].tolist()),
            [raw if raw.isalnum() else typed[raw] for raw in facts.raw[chosen].tolist()],
            strict=True,
        ),
    )


def _figure(value: Decimal | None) -> str:
    """A figure without an exponent, empty where there is none."""
    if value is None:
        return ""
    text = str(value)
    return f"{value:f}" if "E" in text else text


def _repeated(texts: Iterator[str], counts: Positions) -> list[str]:
    return [text for text, count in zip(texts, counts.tolist(), strict=True) for _ in range(count)]


def _cells(facts: Facts, chosen: Positions) -> tuple[Sequence[object], list[str]]:
    """Rows and letters of the cells, both empty where no cell is meant."""
    rows, columns = facts.row[chosen], facts.column[chosen]
    letters = {number: column_letters(number) for number in np.unique(columns).tolist()}
    meant = (rows != 0) & (columns != 0)
    if meant.all():
        return rows.tolist(), list(map(letters.__getitem__, columns.tolist()))
    return (
        [row if own else "" for row, own in zip(rows.tolist(), meant.tolist(), strict=True)],
        [letters[column] if own else "" for column, own in zip(columns.tolist(), meant.tolist(), strict=True)],
    )


def field(text: str) -> str:
    """A text as a field of the file."""
    if _TYPED.fullmatch(text):
        return f'"{text}"' if "," in text else text
    if _PLAIN.fullmatch(text):
        return text
    text = in_csv(text)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if _SPECIAL.search(text) else text


class _Fields(dict[str, str]):
    """Texts that come again and again, as fields."""

    def __missing__(self, text: str) -> str:
        made = self[text] = field(text)
        return made


class _Slots(dict[str, str]):
    """Field, version and period of each slot."""

    def __missing__(self, slot: str) -> str:
        name, version, period = (*slot.split(".", 2), "", "")[:3]
        made = self[slot] = f"{name},{version},{period},"
        return made
