"""The facts of an earlier round, as a template takes them over."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reconcile.packs.model import slot

TOTALS = ("total", "subtotal")  # how the keys of total rows end


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of the last round: a number in its unit, or the text that stood there."""

    value: str
    unit: str
    raw: str


@dataclass(frozen=True, slots=True)
class LastRound:
    """The facts of the last round: form and folded key → department → slot → value."""

    records: Mapping[tuple[str, str], Mapping[str, Mapping[str, Figure]]]

    def of(self, form: str, key: str, department: str) -> Mapping[str, Figure]:
        """The values of a record as a department gave them; those of the department it comes from where it had been
        another one's alone."""
        answers = self.records.get((form, key), {})
        return answers.get(department) or (next(iter(answers.values())) if len(answers) == 1 else {})

    def own(self, form: str, department: str) -> Iterator[tuple[list[str], Mapping[str, Figure]]]:
        """The records of a form that a department gave, with the parts of their keys, in their order; totals left
        out."""
        for (name, key), answers in self.records.items():
            parts = key.split("/")
            if name == form and department in answers and parts[-1] not in TOTALS:
                yield parts, answers[department]


NOTHING = LastRound({})


def read_last_round(folder: Path) -> LastRound:
    """facts.csv of an earlier output.

    Raises:
        OSError: when it is not there; ValueError when it is no such file.
    """
    records: dict[tuple[str, str], dict[str, dict[str, Figure]]] = {}
    with (folder / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        wanted = {"department", "form", "record", "field", "version", "period", "component", "value", "unit", "raw"}
        if not wanted <= set(reader.fieldnames or ()):
            raise ValueError("facts.csv")
        for row in reader:
            values = records.setdefault((row["form"], row["record"]), {}).setdefault(row["department"], {})
            name = slot(row["field"], row["version"], row["period"])
            several = name in values or bool(row["component"])
            # A cell of several measures is taken over as it stood.
            # An apostrophe before a text keeps Excel from taking it for a formula; it is no part of the text.
            raw = row["raw"].removeprefix("'")
            values[name] = Figure("" if several else row["value"], row["unit"], raw)
    return LastRound(records)
