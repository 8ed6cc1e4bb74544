"""What a single field may not say beside others (FLD, TXT)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from reconcile.packs.checks.base import CheckModel, Holds, Slot
from reconcile.packs.problems import Wrong

When = dict[Slot, list[str]]  # field → the words of which it holds one; without words: it is filled in


class RequiredBesideCheck(CheckModel):
    """A cell that must not be blank where one of the cells ``beside`` it holds a figure, or ``when`` other fields of
    the record say so: each of them holds one of its words (without words: is filled in)."""

    code: Literal["FLD001"]
    cell: Slot
    beside: list[Slot] = []
    when: When = {}

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if bool(self.beside) == bool(self.when):
            raise Wrong("beside_or_when")
        return self

    def chosen(self) -> list[tuple[str, list[str]]]:
        return [*self.when.items()]


class ForbiddenCheck(CheckModel):
    """Cells in which nothing belongs ``when`` other fields of the record say so, as in FLD001."""

    code: Literal["FLD014"]
    cells: list[Slot] = Field(min_length=1)
    when: When = Field(min_length=1)

    def chosen(self) -> list[tuple[str, list[str]]]:
        return [*self.when.items()]


class OrderCheck(CheckModel):
    """Values of a record that go upwards: days one after another, figures that do not exceed the next.

    ``strictly``: two of them may not be equal. Blanks are left out.
    """

    code: Literal["FLD013"]
    ascending: list[Slot] = Field(min_length=2)
    strictly: bool = False


class StateBesideFiguresCheck(CheckModel):
    """― in ``cell`` where one of the neighbours (``every``: each of them) holds a figure; or, the other way round,
    anything but ― in the cells of ``nil`` where ``pending`` is not counted yet (集計中). With ``flags``: ― in any of
    these cells where one of the flags is set."""

    code: Literal["FLD009"]
    cell: Slot | None = None
    beside: list[Slot] = []
    every: bool = False
    pending: Slot | None = None
    nil: list[Slot] = []
    flags: list[Slot] = []

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.cell is not None and bool(self.beside)) == (self.pending is not None and bool(self.nil)):
            raise Wrong("cell_or_pending")
        return self


class LabelUnitCheck(CheckModel):
    code: Literal["FLD012"]
    label: Slot
    amounts: Slot
    pairs: str = Field(alias="list")

    def holds(self) -> list[Holds]:
        return [Holds(self.pairs, "label", "pattern"), Holds(self.pairs, "units")]


class PlaceholderCheck(CheckModel):
    code: Literal["TXT001"]
    fields: list[Slot]
