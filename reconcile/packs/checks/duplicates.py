"""The same thing twice (DUP)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reconcile.packs.checks.base import CheckModel, Slot


class DuplicatedAmountsCheck(CheckModel):
    code: Literal["DUP001", "DUP002"]
    amounts: Slot
    by: Slot
    name: Slot | None = None


class DuplicatedAnswerCheck(CheckModel):
    code: Literal["DUP003"]


class SimilarNamesCheck(CheckModel):
    """``what`` says what is compared: names of things, or whole texts (opinions)."""

    code: Literal["DUP004"]
    name: Slot
    by: Slot | None = None
    what: Literal["name", "text"] = "name"


class UniqueCheck(CheckModel):
    """A value (or several together) that only one record may have: in one ``return``, or in ``all`` of them."""

    code: Literal["DUP005"]
    fields: list[Slot] = Field(min_length=1)
    within: Literal["return", "all"] = "return"
