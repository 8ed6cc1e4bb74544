"""Actuals and targets against plans and starts (PRG)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from reconcile.packs.checks.base import CheckModel, Holds, Slot


class BeyondPlanCheck(CheckModel):
    code: Literal["PRG001"]
    actual: Slot
    plan: Slot
    revised: Slot
    basis: list[str]


class FarFromPlanCheck(CheckModel):
    """The actual lies between ``least`` and ``most`` percent of the plan (of the revised one, where there is one), or
    the ``reason`` says why not."""

    code: Literal["PRG002"]
    actual: str
    plan: str
    revised: str | None = None
    least: int = Field(default=0, ge=0)
    most: int
    reason: str | None = None
    basis: list[str] = []

    @model_validator(mode="after")
    def _leaves_room(self) -> Self:
        if not self.least < self.most:
            raise ValueError("least is not below most")
        return self


class WorseTargetCheck(CheckModel):
    code: Literal["PRG003"]
    target: Slot
    start: Slot
    register_file: str = Field(alias="register")
    direction: str

    def columns(self) -> list[tuple[str, str]]:
        return [(self.register_file, self.direction)]

    def holds(self) -> list[Holds]:
        return [Holds(self.register_file, self.direction, "word", ("higher", "lower"), fixed=False)]
