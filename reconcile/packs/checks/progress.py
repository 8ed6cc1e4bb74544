"""Actuals and targets against plans and starts (PRG)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reconcile.packs.checks.base import CheckModel, Slot


class BeyondPlanCheck(CheckModel):
    code: Literal["PRG001"]
    actual: Slot
    plan: Slot
    revised: Slot
    basis: list[str]


class WorseTargetCheck(CheckModel):
    code: Literal["PRG003"]
    target: Slot
    start: Slot
    register_file: str = Field(alias="register")
    direction: str
