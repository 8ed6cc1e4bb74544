"""A round against the one before it (HIS); judged where the outputs of that round are given."""

from __future__ import annotations

from typing import Literal

from reconcile.packs.checks.base import CheckModel, Slot


class UnchangedCheck(CheckModel):
    """Plans and baselines (HIS001), and actuals reported before (HIS002), are what they were."""

    code: Literal["HIS001", "HIS002"]
    values: list[Slot]


class MagnitudeCheck(CheckModel):
    """A figure ten, a hundred or a thousand times the one of the earlier round, or the reverse."""

    code: Literal["HIS003"]
    values: list[Slot]


class NotBelowCheck(CheckModel):
    """A cumulative count that has fallen since the earlier round."""

    code: Literal["HIS004"]
    values: list[Slot]
    basis: list[str]
