"""Rows that are listed a second time (再掲) beside their originals (RLS). Which rows those are, the form says."""

from __future__ import annotations

from typing import Literal

from reconcile.packs.checks.base import CheckModel, Slot


class RelistedCheck(CheckModel):
    """``compare`` names fields: of a figure every version and period. ``original`` is the column of the form's
    register that has the key of the original; where it is empty, the original is the record of the same name."""

    code: Literal["RLS001", "RLS002"]
    compare: list[Slot]
    original: str | None = None


class RelistedTotalCheck(CheckModel):
    """Totals and subtotals of ``amounts`` leave re-listed rows out."""

    code: Literal["RLS003"]
    amounts: Slot
