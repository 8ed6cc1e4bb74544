"""One field of a form: where it stands, how it is read, what it may hold.

A slot names one value of a record: ``name`` for a text, ``amount.initial.FY2022`` (field, version, period)
for a figure.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from reconcile.normalise import NAMED, Order
from reconcile.packs.form_parts import Identifier, Label, OfSheet, Part
from reconcile.packs.matrix import Across
from reconcile.packs.problems import Wrong, a_day, compiled, named

NUMERIC = ("measure", "money", "integer", "decimal", "percent")


SlotKey = tuple[str, str, str]  # field, version, period


def slot(field: str, version: str = "", period: str = "") -> str:
    """``amount.initial.FY2022``; empty parts at the end are left out, an empty version before a period is not."""
    return ".".join((field, version, period)).rstrip(".")


class Column(Part):
    """One printed column of a field. ``label`` is one text, or the texts of header lines from the top."""

    label: Label
    printed: list[Label] = []  # other ways in which the office itself prints it: accepted without a word
    also: list[Label] = []
    version: str = ""
    period: str = ""
    beside: bool = False  # in a block: stands right of the words of the rows, whatever its header says

    def paths(self) -> list[tuple[str, ...]]:
        """The label and its synonyms as header paths, the form's own first."""
        labels = (self.label, *self.printed, *self.also)
        return [(label,) if isinstance(label, str) else tuple(label) for label in labels]

    @property
    def text(self) -> str:
        """The label as a person reads it."""
        return self.label if isinstance(self.label, str) else "・".join(self.label)


class Carried(Part):
    """A figure that stands inside a text, behind a marker."""

    marker: str
    field: Identifier
    version: Identifier


class Level(Part):
    """One level of the headings: a text that fits ``pattern`` from its beginning; its first group is the number.

    The pattern is held against the text folded as a name (one width, no white space, no case).
    """

    pattern: str
    required: bool = True  # without it nothing is known; else the level is left out

    @field_validator("pattern")
    @classmethod
    def _has_a_group(cls, value: str) -> str:
        if compiled(value).groups < 1:
            raise Wrong("group_number")
        return value


class Heading(Part):
    """A value that is not a cell of the record but told by the headings above it, the outermost level first.

    A heading holds until the next one of its level or of one above it. The numbers are joined by ``-``.
    """

    levels: Annotated[list[Level], Field(min_length=1)]


class FormField(Part):
    """One field of a form; a measure or an amount of money has several columns (and, in a block, rows)."""

    type: Literal["key", "text", "code", "flag", "date", "unit", "measure", "money", "integer", "decimal", "percent"]
    label: Label | None = None
    printed: list[Label] = []
    also: list[Label] = []
    columns: list[Column] = []
    across: Across | None = None  # the columns as a grid of periods and versions
    optional: bool = False  # the template may lack the column
    required: bool | list[str] = False  # the value must be there; for figures, which slots
    pattern: str | None = None
    like: str | None = None  # a pattern by its name: email, telephone, postcode_uk …
    example: str | None = None
    longest: int | None = None  # characters
    words: int | None = None  # words; a Japanese character counts as one
    minimum: float | None = None
    maximum: float | None = None
    earliest: date | None = None  # of a date
    latest: date | None = None
    order: Order = "ymd"  # how a day is typed in digits with the year last: dmy (01/04/2023 is in April) or mdy
    list_file: str | None = Field(default=None, alias="list")
    column: str | None = None  # the column of the list whose words are allowed; else every one
    marks: list[str] = ["○", "〇", "◯"]  # what sets a flag; a blank and ― leave it unset
    instead: Identifier | None = None  # of a key: the field whose text is the key where this one is blank
    nil: bool = False  # ― in a text means: none
    fill: Literal["down"] | None = None
    heading: Heading | None = None  # where the template has no column for it
    sheet: OfSheet | None = None  # told once for all records of a sheet
    pending: bool | list[str] = False  # 集計中 may still stand here at this round; of figures, in which versions
    milestones: list[str] = []
    texts: bool | list[str] = False  # a text may stand for a figure; in which versions
    approximate: bool = False
    own_units: list[str] = []  # versions whose unit need not be that of the others
    unit: str | None = None  # of a measure: the one unit its figures may bear
    carries: Carried | None = None
    number: str | None = None  # of a key: a pattern whose first group is the key (到達点１　新たな… is 1)
    after: Identifier | None = None  # on a card: stands right of that field's value, without a label of its own

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        if value is not None:
            compiled(value)
        return value

    @field_validator("like")
    @classmethod
    def _is_named(cls, value: str | None) -> str | None:
        if value is not None and value not in NAMED:
            key, data = named("no_such_pattern", value, NAMED)
            raise Wrong(key, **data)
        return value

    @field_validator("earliest", "latest", mode="before")
    @classmethod
    def _is_a_day(cls, value: object) -> object:
        return a_day(value) if isinstance(value, str) else value

    @field_validator("number")
    @classmethod
    def _has_a_group(cls, value: str | None) -> str | None:
        if value is not None and compiled(value).groups < 1:
            raise Wrong("group_key")
        return value

    @model_validator(mode="after")
    def _has_columns(self) -> Self:
        told = self.sheet is not None and self.label is None
        if [self.label is not None or told, bool(self.columns), self.across is not None].count(True) != 1:
            raise Wrong("one_of_columns")
        if self.sheet is not None and (self.numeric or self.columns or self.heading is not None):
            raise Wrong("sheet_tells")
        if self.across is not None:
            # The model is frozen; what it is made of is settled here.
            columns = [Column(label=p[0], printed=[*p[1:]], version=v, period=t) for t, v, p in self.across.columns()]
            object.__setattr__(self, "columns", columns)
        if self.type == "code" and self.list_file is None:
            raise Wrong("code_needs_list")
        if self.column is not None and self.list_file is None:
            raise Wrong("column_needs_list")
        if self.like is not None:
            if self.pattern is not None:
                raise Wrong("like_or_pattern")
            pattern, example = NAMED[self.like]
            object.__setattr__(self, "pattern", pattern)
            object.__setattr__(self, "example", self.example or example)
        if self.type != "date" and (self.earliest or self.latest or self.order != "ymd"):
            raise Wrong("only_of_dates")
        if self.pattern and self.example and not re.fullmatch(self.pattern, self.example):
            raise Wrong("example_does_not_fit", example=self.example)
        if self.heading is not None and (self.numeric or not self.optional):
            raise Wrong("heading_tells")
        return self

    @property
    def numeric(self) -> bool:
        return self.type in NUMERIC

    def unit_in(self, form_unit: str | None) -> str | None:
        """The unit in which its figures are read where they state none, and which they may bear."""
        return {"money": form_unit, "percent": "%"}.get(self.type, self.unit)

    def may_be_pending(self, version: str) -> bool:
        """Whether 集計中 may stand in a version of the field."""
        return self.pending if isinstance(self.pending, bool) else version in self.pending

    def may_be_text(self, version: str) -> bool:
        """Whether a text may stand in a version of the field where others hold a figure."""
        return self.texts if isinstance(self.texts, bool) else version in self.texts

    def all_columns(self) -> list[Column]:
        told = self.sheet.label[:1] if self.sheet else []
        label = self.label or "".join(told)
        return self.columns or [Column(label=label, printed=self.printed, also=self.also)]
