"""Wrong shapes that only a card can have."""

from __future__ import annotations

from dataclasses import dataclass

from making.model import Owner, Return

from .terms import ITEMS


@dataclass(frozen=True)
class Lose:
    """A line of one card (its label), or a year of its schedule, that was deleted; `field` stood there."""

    record: str
    what: str
    field: str
    owner: Owner | None = None

    @property
    def about(self) -> Owner:
        return Owner(ITEMS, self.record, self.field)

    def apply(self, answer: Return) -> None:
        answer.forms[ITEMS].record(self.record).omitted.add(self.what)
