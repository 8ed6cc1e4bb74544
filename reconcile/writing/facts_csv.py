"""facts.csv: every merged value in tidy long form, one value a line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from reconcile.consolidate import Consolidated
from reconcile.facts import STATES
from reconcile.findings import CellRef
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


def write(path: Path, run: Consolidated) -> None:
    """Writes the values in the order they were read. UTF-8 with BOM, CRLF (RFC 4180), as Excel expects it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows(run))


def rows(run: Consolidated) -> Iterator[tuple[str, ...]]:
    """One row a value; ``value`` is a plain decimal string, empty where there is no figure. Texts are as typed, but
    never a formula for a program that opens the file (see :func:`in_csv`)."""
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
            in_csv(facts.department[position]),
            in_csv(facts.file[position]),
            in_csv(facts.sheet[position]),
            cell.a1 or "",
            facts.form[position],
            in_csv(facts.record[position]),
            *parts,
            in_csv(facts.component[position]),
            "" if value is None else f"{value:f}",
            in_csv(facts.unit[position]),
            STATES[facts.state[position]],
            in_csv(facts.raw[position]),
        )
