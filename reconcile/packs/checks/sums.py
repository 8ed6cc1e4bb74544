"""Totals against their parts: rows, columns, the ward (BAL)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reconcile.packs.checks.base import CheckModel, Rounding


class PartsCheck(CheckModel):
    """Total of a row against its parts: BAL001; with the parts of two versions, BAL004."""

    code: Literal["BAL001", "BAL004"]
    total: str
    parts: list[str]
    basis: list[str] = Field(default_factory=list)
    rounding: Rounding = Rounding()


class ColumnTotalsCheck(CheckModel):
    """Every total and subtotal row against its records."""

    code: Literal["BAL002"]
    amounts: str
    rounding: Rounding = Rounding()


class GrandTotalCheck(CheckModel):
    """The control total against all records, each duplicated item counted once."""

    code: Literal["BAL006"]
    amounts: str
    by: str
    control: str
