"""Totals against their parts: rows, columns, the ward (BAL)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from reconcile.packs.checks.base import CheckModel, Holds, Rounding, Slot
from reconcile.packs.problems import Wrong


class PartsCheck(CheckModel):
    """Total of a row against its parts: BAL001; with the parts of two versions, BAL004.

    What is listed in ``minus`` is taken away: a difference is a total of one part less another.
    """

    code: Literal["BAL001", "BAL004"]
    total: Slot
    parts: list[Slot]
    minus: list[Slot] = []
    basis: list[str] = []
    rounding: Rounding = Rounding()


class ColumnTotalsCheck(CheckModel):
    """Every total and subtotal row against its records."""

    code: Literal["BAL002"]
    amounts: Slot
    rounding: Rounding = Rounding()


class GrandTotalCheck(CheckModel):
    """The control total against all records, each duplicated item counted once."""

    code: Literal["BAL006"]
    amounts: Slot
    by: Slot
    control: str

    def holds(self) -> list[Holds]:
        return [Holds(self.control, "slot", "slot"), Holds(self.control, "value", "figure")]


class LimitCheck(CheckModel):
    """What the records of a return come to must not exceed what a list allots.

    ``amounts`` are the slots added up; the rows of ``list`` are chosen by the texts of ``by`` (field → column) and,
    where it is given, by the ``department`` column; ``limit`` is the column of the amount allotted.
    """

    code: Literal["BAL008"]
    amounts: list[Slot] = Field(min_length=1)
    by: dict[Slot, str] = {}
    department: str | None = None
    limit: str
    file: str = Field(alias="list")

    @model_validator(mode="after")
    def _chooses_a_row(self) -> Self:
        if not self.by and self.department is None:
            raise Wrong("by_or_department")
        return self

    def columns(self) -> list[tuple[str, str]]:
        own = [*self.by.values(), self.limit, *([self.department] if self.department else [])]
        return [(self.file, column) for column in own]

    def holds(self) -> list[Holds]:
        return [Holds(self.file, self.limit, "figure", fixed=False)]
