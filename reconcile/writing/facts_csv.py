"""facts.csv: every merged value in tidy long form, one value a line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reconcile.coded import Strings, strings
from reconcile.consolidate import Consolidated
from reconcile.facts import STATES, Facts, Positions
from reconcile.figures import NO_FIGURE, Figures
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
_AT_ONCE = 20_000  # values
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
    units = [f",{field(unit)},{state}," for unit in facts.coded("unit").values for state in STATES]
    told = _Told(
        {name: strings(list(map(field, facts.coded(name).values))) for name in _NAMES},
        strings([_parts(slot) for slot in facts.coded("slot").values]),
        strings([f"{field(component)}," for component in facts.coded("component").values]),
        strings(units),
    )
    typed = TypedTexts(field)
    merged = np.flatnonzero(run.accepted)
    for start in range(0, len(merged), _AT_ONCE):
        yield _lines(facts, merged[start : start + _AT_ONCE], told, typed)


_NAMES = ("department", "file", "sheet", "form", "record")


@dataclass(frozen=True, slots=True)
class _Told:
    """What the distinct texts of the facts are in the file: fields by the column and number of a text; what a slot, a
    component, and a unit with a state (number of the unit × states + state) come to."""

    names: Mapping[str, Strings]
    slots: Strings
    components: Strings
    units: Strings


def _lines(facts: Facts, chosen: Positions, told: _Told, typed: TypedTexts) -> str:
    """The lines are a table of pieces of text, put together at the end; few pieces are made for one line alone."""
    # What a record says of itself is made once for its values, which follow each other.
    entry, sheet = facts.entry[chosen], facts.coded("sheet").codes[chosen]
    new = np.concatenate([[True], (entry[1:] != entry[:-1]) | (sheet[1:] != sheet[:-1])])
    names = [told.names[name][facts.coded(name).codes[chosen[new]]].tolist() for name in _NAMES]
    counts = np.diff(np.append(np.flatnonzero(new), len(chosen)))
    pieces = np.empty((len(chosen), 12), dtype=object)
    pieces[:, 0] = np.repeat(strings(list(map("%s,%s,%s,".__mod__, zip(*names[:3], strict=True)))), counts)
    pieces[:, 1], pieces[:, 2] = _cells(facts, chosen)
    pieces[:, 3] = np.repeat(strings(list(map(",%s,%s,".__mod__, zip(*names[3:], strict=True)))), counts)
    pieces[:, 4] = told.slots[facts.coded("slot").codes[chosen]]
    pieces[:, 5] = told.components[facts.coded("component").codes[chosen]]
    pieces[:, 6] = _figures(facts.figures.take(chosen))
    states = facts.state[chosen].astype(np.int64)
    pieces[:, 7] = told.units[facts.coded("unit").codes[chosen] * len(STATES) + states]
    pieces[:, 8], pieces[:, 9], pieces[:, 10] = typed.fields(facts.raw[chosen])
    pieces[:, 11] = "\r\n"
    return "".join(pieces.ravel().tolist())


def _figures(figures: Figures) -> Strings:
    """Figures without an exponent, empty where there is none."""
    found = np.full(len(figures), "", dtype=object)
    whole = figures.exponent == 0
    found[whole] = list(map(str, figures.whole[whole].tolist()))
    for at in np.flatnonzero(~whole & (figures.exponent != NO_FIGURE)).tolist():
        found[at] = f"{figures.value(at):f}"
    return found


def _cells(facts: Facts, chosen: Positions) -> tuple[Strings, Strings]:
    """Letters and rows of the cells, both empty where no cell is meant."""
    rows, columns = facts.row[chosen], facts.column[chosen]
    meant = (rows != 0) & (columns != 0)
    letters = strings([column_letters(number) for number in range(int(columns.max()) + 1)])[columns]
    first = int(rows.min())
    numbers = strings(list(map(str, range(first, int(rows.max()) + 1))))[rows - first]
    if not meant.all():
        letters[~meant] = numbers[~meant] = ""
    return letters, numbers


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
