"""Allowed values that depend on another field of the record (FLD003)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from reconcile.packs.checks.base import CheckModel, Slot
from reconcile.packs.problems import Wrong


class ListedBesideCheck(CheckModel):
    """A value that a list allows only beside certain others: the date of the meeting that is named.

    ``column`` is the column of ``list`` that holds the values of ``field``; ``beside`` are the fields that choose
    among its rows, each with its column.
    """

    code: Literal["FLD003"]
    field: Slot
    column: str
    beside: dict[Slot, str]
    file: str = Field(alias="list")

    def columns(self) -> list[tuple[str, str]]:
        return [(self.file, column) for column in (self.column, *self.beside.values())]

    @model_validator(mode="after")
    def _stands_beside_something(self) -> ListedBesideCheck:
        if not self.beside:
            raise Wrong("beside_nothing")
        return self
