"""What a single field may not say beside others (FLD, TXT)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from reconcile.packs.checks.base import CheckModel


class RequiredBesideCheck(CheckModel):
    """A cell that must not be blank where one of its neighbours holds a figure."""

    code: Literal["FLD001"]
    cell: str
    beside: list[str]


class StateBesideFiguresCheck(CheckModel):
    """― in ``cell`` where one of the neighbours (``every``: each of them) holds a figure; or, the other way round,
    anything but ― in the cells of ``nil`` where ``pending`` is not counted yet (集計中). With ``flags``: ― in any of
    these cells where one of the flags is set."""

    code: Literal["FLD009"]
    cell: str | None = None
    beside: list[str] = Field(default_factory=list)
    every: bool = False
    pending: str | None = None
    nil: list[str] = Field(default_factory=list)
    flags: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.cell is not None and bool(self.beside)) == (self.pending is not None and bool(self.nil)):
            raise ValueError("give cell and beside, or pending and nil")
        return self


class LabelUnitCheck(CheckModel):
    code: Literal["FLD012"]
    label: str
    amounts: str
    pairs: str = Field(alias="list")


class PlaceholderCheck(CheckModel):
    code: Literal["TXT001"]
    fields: list[str]
