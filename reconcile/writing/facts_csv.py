"""facts.csv: every merged value in tidy long form, one value a line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reconcile.coded import Strings, by_rows, strings
from reconcile.consolidate import Consolidated
from reconcile.facts import STATES, Facts, Positions
from reconcile.findings import column_letters
from reconcile.writing.plain_text import in_csv
from reconcile.writing.typed_texts import TypedTexts

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
_AT_ONCE = 8_000  # values
# Texts that stand as they are: no separator, no quotation mark, nothing a program takes for a formula; and figures.
_PLAIN = re.compile(r"(?:\w[\w .\-、。・（）「」：％〜～]*)?")
_TYPED = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_SPECIAL = re.compile('[",\r\n]')


def write(path: Path, run: Consolidated) -> None:
    """Writes the values in the order they were read. UTF-8 with BOM, CRLF (RFC 4180), as Excel expects it."""
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8 + ",".join(COLUMNS).encode() + b"\r\n")
        for part in lines(run):
            file.write(part.encode())


def lines(run: Consolidated) -> Iterator[str]:
    """One line a value, many at a time; ``value`` is a plain decimal string, empty where there is no figure. Texts are
    as typed, but never a formula for a program that opens the file (see :func:`in_csv`)."""
    facts = run.facts
    typed = TypedTexts(field)
    # What stands between a figure and what was typed opens its quotation marks, where it has some.
    units = [
        f",{field(unit)},{state},{quote}"
        for unit in facts.coded("unit").values
        for state in STATES
        for quote in ("", '"')
    ]
    told = _Told(
        {name: typed.whole(strings(facts.coded(name).values)) for name in _NAMES},
        strings([_parts(slot) for slot in facts.coded("slot").values]),
        strings([f"{field(component)}," for component in facts.coded("component").values]),
        strings(units),
    )
    merged = np.flatnonzero(run.accepted)
    for start in range(0, len(merged), _AT_ONCE):
        yield _lines(facts, merged[start : start + _AT_ONCE], told, typed)


_NAMES = ("department", "file", "sheet", "form", "record")
_ENDS = strings(["\r\n", '"\r\n'])


@dataclass(frozen=True, slots=True)
class _Told:
    """What the distinct texts of the facts are in the file: fields by the column and number of a text; what a slot, a
    component, and a unit with a state (number of the unit × states + state, twice: without and with a quotation mark)
    come to."""

    names: Mapping[str, Strings]
    slots: Strings
    components: Strings
    units: Strings


def _lines(facts: Facts, chosen: Positions, told: _Told, typed: TypedTexts) -> str:
    """The lines are a table of pieces of text, put together at the end; few pieces are made for one line alone."""
    # What a record says of itself, and the row it stands in, are made once for its values, which follow each other.
    entry, sheet = facts.entry[chosen], facts.coded("sheet").codes[chosen]
    row, column = facts.row[chosen], facts.column[chosen]
    row, column = np.where(column != 0, row, 0), np.where(row != 0, column, 0)  # both, or no cell is meant
    new = np.ones(len(chosen), dtype=bool)
    new[1:] = (entry[1:] != entry[:-1]) | (sheet[1:] != sheet[:-1]) | (row[1:] != row[:-1])
    department, file, name, form, record = (
        told.names[name][facts.coded(name).codes[chosen[new]]].tolist() for name in _NAMES
    )
    counts = np.diff(np.flatnonzero(new), append=len(chosen))
    rows = [number or "" for number in row[new].tolist()]
    letters = strings([column_letters(number) for number in range(int(column.max()) + 1)])
    raw, quoted = typed.fields(facts.raw[chosen])
    units = facts.coded("unit").codes[chosen].astype(np.int64) * len(STATES) + facts.state[chosen]
    pieces = (
        np.repeat(strings(list(map("%s,%s,%s,".__mod__, zip(department, file, name, strict=True)))), counts),
        letters[column],
        np.repeat(strings(list(map("%s,%s,%s,".__mod__, zip(rows, form, record, strict=True)))), counts),
        told.slots[facts.coded("slot").codes[chosen]],
        told.components[facts.coded("component").codes[chosen]],
        facts.figures.take(chosen).texts(),
        told.units[units * 2 + quoted],
        raw,
        _ENDS[quoted.astype(np.int8)],
    )
    return "".join(by_rows(pieces, len(chosen)))


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
