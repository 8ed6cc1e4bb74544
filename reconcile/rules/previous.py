"""What the returns of the earlier round said: the facts.csv of its outputs, looked up by record and slot."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from reconcile.facts import NUMBER, STATES, Facts
from reconcile.packs.model import slot

# Of a line in facts.csv: department, form, record, slot, component.
Key = tuple[str, str, str, str, str]
NEEDED = ("department", "form", "record", "field", "version", "period", "component", "value", "state", "raw")


class NoPrevious(Exception):
    """A folder that does not hold the outputs of an earlier round; ``path`` is what was looked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(str(path))


@dataclass(frozen=True, slots=True)
class Earlier:
    """One value of the earlier round."""

    state: int
    value: Decimal | None
    raw: str


@dataclass(frozen=True)
class Previous:
    """The values of the earlier round; one that two files gave differently is left out."""

    values: Mapping[Key, Earlier]

    def of(self, facts: Facts, position: int) -> Earlier | None:
        """What the same department said for the same value."""
        return self.values.get(
            (
                str(facts.department[position]),
                str(facts.form[position]),
                str(facts.record[position]),
                str(facts.slot[position]),
                str(facts.component[position]),
            )
        )


def read_previous(folder: Path) -> Previous:
    """The facts of an earlier run.

    Raises:
        NoPrevious: when the folder has no facts.csv as a run writes it.
    """
    path = folder / "facts.csv" if folder.is_dir() else folder
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if not set(NEEDED) <= set(reader.fieldnames or ()):
                raise NoPrevious(path)
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error):
        raise NoPrevious(path) from None
    values: dict[Key, Earlier] = {}
    unclear: set[Key] = set()
    for row in map(_typed, rows):
        earlier = _earlier(row)
        key = (
            row["department"],
            row["form"],
            row["record"],
            slot(row["field"], row["version"], row["period"]),
            row["component"],
        )
        if earlier is None or values.setdefault(key, earlier) != earlier:
            unclear.add(key)
    return Previous({key: value for key, value in values.items() if key not in unclear})


def _typed(row: Mapping[str, str | None]) -> dict[str, str]:
    """A line with its texts as they were: one that a program could take for a formula has an apostrophe before it."""
    return {name: (text or "").removeprefix("'") for name, text in row.items() if name is not None}


def _earlier(row: Mapping[str, str]) -> Earlier | None:
    """One line; None where it is not what a run writes."""
    if row["state"] not in STATES:
        return None
    state = STATES.index(row["state"])
    try:
        value = Decimal(row["value"]) if row["value"] else None
    except InvalidOperation:
        return None
    return Earlier(state, value, row["raw"]) if (state == NUMBER) == (value is not None) else None
