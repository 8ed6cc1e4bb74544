"""What ``checks.py`` of a pack works with: the records of a form, and what a check says of one.

    from reconcile.packs.own import Record, Said, says

    def spend_within_plan(records: list[Record]):
        for record in records:
            planned, spent = record["amount.planned"], record["amount.spent"]
            if planned.number is not None and spent.number is not None and spent.number > planned.number:
                yield says(record, "amount.spent", ja="計画を超えています", en="it exceeds the plan")

    CHECKS = {"projects": [spend_within_plan]}

Each function of ``CHECKS`` is given all merged records of its form, of every return, in reading order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a record: ``text`` as it was typed; ``number`` with its ``unit`` where it is a figure; ``state`` is
    number, text, milestone, nil (―), pending, blank or error, and absent where the return has no such cell."""

    text: str = ""
    number: Decimal | None = None
    unit: str = ""
    state: str = "absent"
    position: int = -1  # of the value in the facts, for what is said of it


@dataclass(frozen=True, slots=True)
class Record:
    """One record: ``record["name"]``, ``record["amount.spent.2024"]``; a slot without a cell is absent."""

    form: str
    key: str
    department: str
    file: str
    sheet: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __getitem__(self, slot: str) -> Value:
        return self.values.get(slot, Value())


@dataclass(frozen=True, slots=True)
class Said:
    """What a check says: of which values of a record (the first is the one to correct), in both languages."""

    record: Record
    slots: tuple[str, ...]
    ja: str
    en: str


OwnCheck = Callable[[list[Record]], Iterable[Said]]


def says(record: Record, *slots: str, ja: str, en: str) -> Said:
    """A finding about values of a record: the first slot is the cell to correct. Both texts are parts of a sentence,
    without a full stop."""
    return Said(record, slots, ja, en)
