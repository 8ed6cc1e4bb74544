"""Marks and numbers that need a counterpart (XRF006); ``kind`` tells what is looked for."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from reconcile.packs.checks.base import CheckModel, Holds, Slot
from reconcile.packs.problems import Wrong


class NoteMarkCheck(CheckModel):
    """Every mark with its number (※, ※２) in ``fields`` has a note: one that stands in these texts of the record
    itself (※２…), or a row of ``list`` with that ``mark``. ``marks`` are the signs that count."""

    code: Literal["XRF006"]
    kind: Literal["notes"]
    fields: list[Slot] = Field(min_length=1)
    notes: str | None = Field(default=None, alias="list")
    marks: list[str] = Field(default=["※"], min_length=1)

    def holds(self) -> list[Holds]:
        return [Holds(self.notes, "mark")] if self.notes else []

    @model_validator(mode="after")
    def _marks_are_signs(self) -> Self:
        for mark in self.marks:
            if len(mark) != 1 or mark.isalnum() or mark.isspace():
                raise Wrong("mark_is_one_sign", found=mark)
        return self


class NumberBesideCheck(CheckModel):
    """A number without its branch (``1-②`` is of ``1``) is the one that stands in ``of``."""

    code: Literal["XRF006"]
    kind: Literal["numbers"]
    number: Slot
    of: Slot


class PointsCheck(CheckModel):
    """Numbered points (①②③): those of each of ``fields`` that uses any are those of the others that do.

    ``lines`` is ``form.field`` of a table inside the cards: what all its rows use is compared as one text. With
    ``beginning`` only the numbers count that a line of a text begins with.
    """

    code: Literal["XRF006"]
    kind: Literal["points"]
    fields: list[Slot] = Field(min_length=1)
    lines: str | None = None
    beginning: bool = False

    @model_validator(mode="after")
    def _has_two_sides(self) -> Self:
        if len(self.fields) + (self.lines is not None) < 2:
            raise Wrong("two_texts")
        return self

    def forms(self) -> list[str]:
        return [self.lines.partition(".")[0]] if self.lines else []
