"""Edits that only matrices have."""

from __future__ import annotations

from dataclasses import dataclass

from making.model import Owner, Return

from .matrix import TABLE


@dataclass(frozen=True)
class Retitle:
    """The title of one of several tables in other words."""

    form: str
    group: str
    to: str

    @property
    def owner(self) -> Owner:
        return Owner(self.form, self.group, TABLE)

    about = owner

    def apply(self, answer: Return) -> None:
        answer.forms[self.form].groups[self.group] = self.to
