"""The checks a form may declare: one model for each code that needs to be told what to compare.

``parts``, ``series`` and the like hold slots (``amount.initial.FY2022``). A check with ``basis`` judges only
the records whose total rests on one of these bases.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class CheckModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def slots(self) -> list[str]:
        """Every slot the check names, for the pack's own check."""
        named: list[str] = []
        for value in self.__dict__.values():
            if isinstance(value, str):
                named.append(value)
            elif isinstance(value, list):
                named += [item for item in value if isinstance(item, str)]
        return [name for name in named if "/" not in name]


class Rounding(BaseModel):
    """Units whose figures are rounded, so that parts and total may differ by what rounding explains."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    half_up: list[str] = []


class PartsCheck(CheckModel):
    """Total of a row against its parts: BAL001; with the parts of two versions, BAL004."""

    code: Literal["BAL001", "BAL004"]
    total: str
    parts: list[str]
    basis: list[str] = []
    rounding: Rounding = Rounding()


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


class DuplicatedAmountsCheck(CheckModel):
    code: Literal["DUP001", "DUP002"]
    amounts: str
    by: str
    name: str | None = None


class DuplicatedAnswerCheck(CheckModel):
    code: Literal["DUP003"]


class SimilarNamesCheck(CheckModel):
    code: Literal["DUP004"]
    name: str
    by: str | None = None


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


class RevisionCheck(CheckModel):
    """What was revised, what it replaced, and where the reason stands."""

    code: Literal["REV001", "REV002", "REV003"]
    revised: list[str]
    original: list[str]
    reason: str


class OriginalTargetCheck(CheckModel):
    code: Literal["REV006"]
    target: str
    original: str
    reason: str


class BeyondPlanCheck(CheckModel):
    code: Literal["PRG001"]
    actual: str
    plan: str
    revised: str
    basis: list[str]


class WorseTargetCheck(CheckModel):
    code: Literal["PRG003"]
    target: str
    start: str
    register_file: str = Field(alias="register")
    direction: str


class KeyInFormCheck(CheckModel):
    """A key that must also stand in another form."""

    code: Literal["XRF001"]
    field: str
    form: str


class NameInFormCheck(CheckModel):
    """One thing named in two forms: ``other`` is ``form.field``."""

    code: Literal["XRF003"]
    name: str
    other: str

    def slots(self) -> list[str]:
        return [self.name]


class PlaceholderCheck(CheckModel):
    code: Literal["TXT001"]
    fields: list[str]


Check = Annotated[
    PartsCheck
    | LastValueCheck
    | NeverFallingCheck
    | IncrementCheck
    | StartCheck
    | ColumnTotalsCheck
    | GrandTotalCheck
    | DuplicatedAmountsCheck
    | DuplicatedAnswerCheck
    | SimilarNamesCheck
    | StateBesideFiguresCheck
    | LabelUnitCheck
    | RevisionCheck
    | OriginalTargetCheck
    | BeyondPlanCheck
    | WorseTargetCheck
    | KeyInFormCheck
    | NameInFormCheck
    | PlaceholderCheck,
    Field(discriminator="code"),
]
