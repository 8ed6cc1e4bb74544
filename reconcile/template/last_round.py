"""The facts of an earlier round, as a template takes them over."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reconcile.packs.model import slot


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of the last round: a number in its unit, or the text that stood there."""

    value: str
    unit: str
    raw: str


@dataclass(frozen=True, slots=True)
class LastRound:
    """The facts of the last round: form and folded key → slot → value."""

    records: Mapping[tuple[str, str], Mapping[str, Figure]]
    departments: Mapping[tuple[str, str], str]


NOTHING = LastRound({}, {})


def read_last_round(folder: Path) -> LastRound:
    """facts.csv of an earlier output.

    Raises:
        OSError: when it is not there; ValueError when it is no such file.
    """
    records: dict[tuple[str, str], dict[str, Figure]] = {}
    departments: dict[tuple[str, str], str] = {}
    with (folder / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        wanted = {"department", "form", "record", "field", "version", "period", "component", "value", "unit", "raw"}
        if not wanted <= set(reader.fieldnames or ()):
            raise ValueError("facts.csv")
        for row in reader:
            key = (row["form"], row["record"])
            departments[key] = row["department"]
            values = records.setdefault(key, {})
            name = slot(row["field"], row["version"], row["period"])
            several = name in values or bool(row["component"])
            # A cell of several measures is taken over as it stood.
            # An apostrophe before a text keeps Excel from taking it for a formula; it is no part of the text.
            raw = row["raw"].removeprefix("'")
            values[name] = Figure("" if several else row["value"], row["unit"], raw)
    return LastRound(records, departments)
