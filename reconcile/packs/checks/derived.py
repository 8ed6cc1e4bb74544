"""Figures derived from others, the grades they make, and the reasons that grades ask for (RAT, REV004, REV005)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from reconcile.packs.checks.base import CheckModel, Holds, Slot
from reconcile.packs.problems import Wrong

METHODS = ("actual_over_target", "target_over_actual", "progress")


class DerivedCheck(CheckModel):
    """``figure`` = ``dividend`` ÷ ``divisor`` × ``scale``, rounded to ``decimals``.

    Where quotients differ from record to record, the column ``method`` of ``register`` says which it is:
    ``actual_over_target`` (dividend ÷ divisor, also where it says nothing), ``target_over_actual`` (the inverse,
    where less is better) or ``progress`` ((dividend - start) ÷ (divisor - start)). The figures of ``rounded`` may
    stand for anything that rounds to them; all others are taken as printed.
    """

    code: Literal["RAT001", "RAT003", "RAT004"]
    figure: Slot
    dividend: Slot
    divisor: Slot
    start: Slot | None = None
    scale: int = Field(default=1, gt=0)
    decimals: int = Field(ge=0)
    rounding: Literal["half_up", "half_even", "down", "up"] = "half_up"
    rounded: list[Slot] = []
    register_file: str | None = Field(default=None, alias="register")
    method: str | None = None

    def columns(self) -> list[tuple[str, str]]:
        return [(self.register_file, self.method)] if self.register_file and self.method else []

    def holds(self) -> list[Holds]:
        return [Holds(file, column, "word", METHODS, fixed=False) for file, column in self.columns()]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if (self.register_file is None) != (self.method is None):
            raise Wrong("register_and_method")
        if set(self.rounded) - {self.dividend, self.divisor}:
            raise Wrong("rounded_what")
        if self.rounded and self.code != "RAT003":
            raise Wrong("rounded_rat003")
        return self


class Grade(BaseModel):
    """A grade and the figures it is given for: those ``below`` a limit, or ``at_most`` one; without either, all."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)
    grade: str
    below: float | int | None = None
    at_most: float | int | None = None


class GradeCheck(CheckModel):
    """The first of ``grades`` whose limit the figure fits; the figure is rounded half up to ``decimals`` before."""

    code: Literal["RAT002"]
    grade: Slot
    figure: Slot
    decimals: int = Field(ge=0)
    grades: list[Grade] = Field(min_length=1)

    def chosen(self) -> list[tuple[str, list[str]]]:
        return [(self.grade, [each.grade for each in self.grades])]


class GradeReasonCheck(CheckModel):
    """A reason exactly for ``grades``; ``list`` holds all grades there are."""

    code: Literal["REV004", "REV005"]
    grade: Slot
    reason: Slot
    grades: list[str]
    all_grades: str = Field(alias="list")

    def chosen(self) -> list[tuple[str, list[str]]]:
        return [(self.grade, self.grades)]
