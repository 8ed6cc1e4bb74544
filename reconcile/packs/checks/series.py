"""Cumulative counts and other series (CUM)."""

from __future__ import annotations

from typing import Literal

from reconcile.packs.checks.base import CheckModel


class LastValueCheck(CheckModel):
    """The total of a cumulative count, year-end value, rate or mean is its last value given."""

    code: Literal["CUM001"]
    total: str
    series: list[str]
    basis: list[str]


class NeverFallingCheck(CheckModel):
    code: Literal["CUM002"]
    series: list[str]
    basis: list[str]


class IncrementCheck(CheckModel):
    """Increments where cumulative values belong, or the reverse."""

    code: Literal["CUM004"]
    total: str
    series: list[str]
    cumulative: list[str]
    increment: list[str]


class StartCheck(CheckModel):
    """A cumulative value below the one it started from."""

    code: Literal["CUM005"]
    value: str
    start: str
    basis: list[str]
