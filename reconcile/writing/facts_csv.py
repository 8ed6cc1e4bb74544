"""facts.csv: every merged value in tidy long form, one value a line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from reconcile.consolidate import Consolidated
from reconcile.facts import STATES
from reconcile.findings import CellRef

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


def write(path: Path, run: Consolidated) -> None:
    """Writes the values in the order they were read. UTF-8 with BOM, CRLF (RFC 4180), as Excel expects it."""
    # A text of a return may hold half a surrogate pair, which UTF-8 cannot: it becomes "?".
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows(run))


def rows(run: Consolidated) -> Iterator[tuple[str, ...]]:
    """One row a value; ``value`` is a plain decimal string, empty where there is no figure."""
    facts = run.facts
    names: dict[str, tuple[str, str, str]] = {}
    for position in np.flatnonzero(run.accepted):
        slot = facts.slot[position]
        parts = names.get(slot)
        if parts is None:
            parts = names[slot] = facts.parts(int(position))
        value = facts.value[position]
        cell = CellRef("", "", int(facts.row[position]), int(facts.column[position]))
        yield (
            facts.department[position],
            facts.file[position],
            facts.sheet[position],
            cell.a1 or "",
            facts.form[position],
            facts.record[position],
            *parts,
            facts.component[position],
            "" if value is None else f"{value:f}",
            facts.unit[position],
            STATES[facts.state[position]],
            facts.raw[position],
        )
