"""Cumulative counts and other series (CUM)."""

from __future__ import annotations

from typing import Literal

from reconcile.packs.checks.base import CheckModel, Slot


class LastValueCheck(CheckModel):
    """The total of a cumulative count, year-end value, rate or mean is its last value given."""

    code: Literal["CUM001"]
    total: Slot
    series: list[Slot]
    basis: list[str]


class NeverFallingCheck(CheckModel):
    code: Literal["CUM002"]
    series: list[Slot]
    basis: list[str]


class IncrementCheck(CheckModel):
    """Increments where cumulative values belong, or the reverse."""

    code: Literal["CUM004"]
    total: Slot
    series: list[Slot]
    cumulative: list[str]
    increment: list[str]


class StartCheck(CheckModel):
    """A cumulative value below the one it started from."""

    code: Literal["CUM005"]
    value: Slot
    start: Slot
    basis: list[str]
