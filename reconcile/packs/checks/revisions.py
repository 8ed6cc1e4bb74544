"""Revised plans and targets, and their reasons (REV)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from reconcile.packs.checks.base import CheckModel, Holds, Slot
from reconcile.packs.problems import Wrong


class RevisionCheck(CheckModel):
    """What was revised, what it replaced, and where the reason stands."""

    code: Literal["REV001", "REV002", "REV003"]
    revised: list[Slot]
    original: list[Slot]
    reason: Slot


class OriginalTargetCheck(CheckModel):
    """A revised target needs the original one.

    That it was revised, the ``reason`` says, or the ``original`` carried in it; or the mark of a note in the field
    ``name`` (the list ``notes`` says ``target_revised`` of that mark in its column ``says``).
    """

    code: Literal["REV006"]
    target: Slot
    original: Slot | None = None
    reason: Slot | None = None
    name: Slot | None = None
    notes: str | None = None

    def holds(self) -> list[Holds]:
        return [Holds(self.notes, "mark"), Holds(self.notes, "says", "word", ("target_revised",))] if self.notes else []

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        told = self.original is not None and self.reason is not None
        if told == (self.name is not None and self.notes is not None):
            raise Wrong("original_or_name")
        return self
