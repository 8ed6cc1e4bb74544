"""What a single field may not say beside others (FLD, TXT)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reconcile.packs.checks.base import CheckModel


class StateBesideFiguresCheck(CheckModel):
    """― where the neighbours hold figures."""

    code: Literal["FLD009"]
    cell: str
    beside: list[str]


class LabelUnitCheck(CheckModel):
    code: Literal["FLD012"]
    label: str
    amounts: str
    pairs: str = Field(alias="list")


class PlaceholderCheck(CheckModel):
    code: Literal["TXT001"]
    fields: list[str]
