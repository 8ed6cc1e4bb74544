"""Levels that add up (地区 → 地域 → 全区) and totals that run on from month to month."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from reconcile.packs.checks.base import CheckModel, Rounding, Slot
from reconcile.packs.problems import Wrong


class LevelsCheck(CheckModel):
    """Every row of a matrix against the rows that add up into it, in its own return and over the other returns."""

    code: Literal["BAL003"]
    amounts: list[Slot]  # fields
    rounding: Rounding = Rounding()


class RunningTotalCheck(CheckModel):
    """Each period's running total is the one before it plus the period's increment; no period is skipped.

    ``increment`` and ``running`` are versions of the field ``amounts``; the periods go in the order of its columns.
    Where the two are rows of their own, ``rows`` gives for the record of the running totals that of the increments.
    """

    code: Literal["CUM003"]
    amounts: Slot
    increment: str = ""
    running: str = ""
    rows: dict[str, str] = {}

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if bool(self.rows) == bool(self.increment and self.running):
            raise Wrong("increment_or_rows")
        return self
