"""What a pack may say: the models its text files are checked against.

A slot names one value of a record: ``name`` for a text, ``amount.initial.FY2022`` (field, version, period)
for a figure. Identifiers are ASCII; what people read stands in ``label``, ``name`` and ``title``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from reconcile.packs.checks import Check
from reconcile.packs.form_parts import (
    Above,
    Basis,
    Bilingual,
    BlockRows,
    Identifier,
    Inside,
    Label,
    Language,
    Members,
    RegisterLink,
    Relisted,
    Sections,
    Total,
)
from reconcile.packs.matrix import Across, Lines, Titled


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True)


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV of the pack: its columns and rows, and where it stands."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


class Column(Model):
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


class Carried(Model):
    """A figure that stands inside a text, behind a marker."""

    marker: str
    field: Identifier
    version: Identifier


class Level(Model):
    """One level of the headings: a text that fits ``pattern`` from its beginning; its first group is the number.

    The pattern is held against the text folded as a name (one width, no white space, no case).
    """

    pattern: str
    required: bool = True  # without it nothing is known; else the level is left out

    @field_validator("pattern")
    @classmethod
    def _has_a_group(cls, value: str) -> str:
        if re.compile(value).groups < 1:
            raise ValueError("the pattern needs a group (…) around the number")
        return value


class Heading(Model):
    """A value that is not a cell of the record but told by the headings above it, the outermost level first.

    A heading holds until the next one of its level or of one above it. The numbers are joined by ``-``.
    """

    levels: Annotated[list[Level], Field(min_length=1)]


class FormField(Model):
    """One field of a form; a measure or an amount of money has several columns (and, in a block, rows)."""

    type: Literal["key", "text", "code", "flag", "date", "unit", "measure", "money"]
    label: Label | None = None
    printed: list[Label] = []
    also: list[Label] = []
    columns: list[Column] = []
    across: Across | None = None  # the columns as a grid of periods and versions
    optional: bool = False  # the template may lack the column
    required: bool | list[str] = False  # the value must be there; for figures, which slots
    pattern: str | None = None
    example: str | None = None
    longest: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    list_file: str | None = Field(default=None, alias="list")
    marks: list[str] = ["○", "〇", "◯"]  # what sets a flag; a blank and ― leave it unset
    instead: Identifier | None = None  # of a key: the field whose text is the key where this one is blank
    nil: bool = False  # ― in a text means: none
    fill: Literal["down"] | None = None
    heading: Heading | None = None  # where the template has no column for it
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
            re.compile(value)
        return value

    @field_validator("number")
    @classmethod
    def _has_a_group(cls, value: str | None) -> str | None:
        if value is not None and re.compile(value).groups < 1:
            raise ValueError("the pattern needs a group (…) around the key")
        return value

    @model_validator(mode="after")
    def _has_columns(self) -> Self:
        if [self.label is not None, bool(self.columns), self.across is not None].count(True) != 1:
            raise ValueError("give one of label, columns and across")
        if self.across is not None:
            # The model is frozen; what it is made of is settled here.
            columns = [Column(label=p[0], printed=[*p[1:]], version=v, period=t) for t, v, p in self.across.columns()]
            object.__setattr__(self, "columns", columns)
        if self.type == "code" and self.list_file is None:
            raise ValueError("a code needs its list")
        if self.pattern and self.example and not re.fullmatch(self.pattern, self.example):
            raise ValueError(f"the example {self.example!r} does not fit the pattern")
        if self.heading is not None and (self.numeric or not self.optional):
            raise ValueError("what headings tell is a text or a key, and its column is optional")
        return self

    @property
    def numeric(self) -> bool:
        return self.type in ("measure", "money")

    def may_be_pending(self, version: str) -> bool:
        """Whether 集計中 may stand in a version of the field."""
        return self.pending if isinstance(self.pending, bool) else version in self.pending

    def may_be_text(self, version: str) -> bool:
        """Whether a text may stand in a version of the field where others hold a figure."""
        return self.texts if isinstance(self.texts, bool) else version in self.texts

    def all_columns(self) -> list[Column]:
        return self.columns or [Column(label=self.label or "", printed=self.printed, also=self.also)]


class Form(Model):
    """One form: where its values stand, how they are read, what must hold."""

    form: Identifier
    name: Bilingual
    title: Bilingual
    layout: Literal["table", "block", "card", "cards", "matrix"]
    key: list[Identifier] = []
    group: Identifier | None = None
    group_whole: bool = False  # the group is all of that field, not only what stands before its first hyphen
    counts_with: list[Identifier] = []  # a record with none of these filled in is a blank of the template
    unit: str | None = None
    rows: BlockRows | None = None
    lines: Lines | None = None
    tables: Titled | None = None
    inside: Inside | None = None
    fields: dict[Identifier, FormField]
    totals: list[Total] = []
    relisted: Relisted | None = None
    owed_by: list[str] = []  # departments that owe the form as a whole; a register says who owes which record
    basis: Basis | None = None
    register_link: RegisterLink | None = Field(default=None, alias="register")
    sections: Sections | None = None
    checks: list[Check] = []

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.layout == "block" and self.rows is None:
            raise ValueError("a block needs rows")
        if (self.layout == "matrix") != (self.lines is not None):
            raise ValueError("a matrix needs lines, and no other layout has them")
        outside = [part.field for part in (self.lines, self.tables) if part and part.field not in self.key]
        if outside:
            raise ValueError(f"lines and tables stand for parts of the key: {', '.join(outside)}")
        if self.layout != "card" and not self.key:
            raise ValueError("a form needs a key")
        flags = [total.flag for total in self.totals if total.flag]
        others = [self.relisted.field] if self.relisted else []
        others += [own for field in self.fields.values() for own in (field.instead, field.after) if own]
        unknown = [name for name in (*self.key, *self.counts_with, *flags, *others) if name not in self.fields]
        if unknown:
            raise ValueError(f"no such field: {', '.join(unknown)}")
        if self.inside is not None:
            if self.layout != "table" or self.key != [self.inside.key, self.inside.line]:
                raise ValueError("what stands inside a card is a table, and its key that of the card and its line")
            if self.group != self.inside.key:
                raise ValueError("the group of what stands inside a card is the card")
        if self.layout != "cards" and any(field.after for field in self.fields.values()):
            raise ValueError("only the values of a card stand one after another behind one label")
        if self.layout != "block" and any(c.beside for field in self.fields.values() for c in field.columns):
            raise ValueError("only the columns of a block stand beside the words of its rows")
        slots = set(self.slots())
        for check in self.checks:
            wrong = [slot for slot in check.slots() if "." in slot and slot not in slots]
            if wrong:
                raise ValueError(f"{check.code}: no such slot: {', '.join(wrong)}")
        return self

    def slots(self) -> list[str]:
        """Every slot a record of this form can have, in the printed order."""
        found: list[str] = []
        for name, field in self.fields.items():
            if not field.numeric:
                found += [slot(name, column.version, column.period) for column in field.all_columns()]
                continue
            versions = list(self.rows.versions) if self.rows else [""]
            for version in versions:
                slots = [slot(name, column.version or version, column.period) for column in field.all_columns()]
                # A column of one version stands once over all rows of a block.
                found += [own for own in slots if own not in found]
            found += [
                slot(name, text.carries.version, "")
                for text in self.fields.values()
                if text.carries and text.carries.field == name
            ]
        return found

    def required_slots(self) -> set[str]:
        """The slots that must be filled in (FLD001)."""
        due: set[str] = set()
        for name, field in self.fields.items():
            if field.required is True:
                due.update(s for s in self.slots() if s.partition(".")[0] == name)
            elif field.required:
                due.update(f"{name}.{part}" for part in field.required)
        return due


def slot(field: str, version: str = "", period: str = "") -> str:
    """``amount.initial.FY2022``; empty parts are left out."""
    return ".".join(part for part in (field, version, period) if part)


def departments_in(cell: str) -> tuple[str, ...]:
    """The departments that a cell of a register names: parted by ``;``, each of them answers."""
    return tuple(name for part in cell.split(";") if (name := part.strip()))


class Department(Model):
    name: str
    also: list[str] = []


class PackFile(Model):
    """pack.yaml."""

    pack: Identifier
    title: Bilingual
    cover: str
    expect: dict[str, str] = {}
    periods: dict[str, Bilingual]
    versions: dict[str, Bilingual]
    departments: str
    forms: list[str]
    placeholders: list[str] = []
    severity: dict[str, Literal["error", "warning", "info"]] = {}
    deadline: str | None = None  # the last day for returns, as 2023-01-20

    @field_validator("deadline")
    @classmethod
    def _is_a_day(cls, value: str | None) -> str | None:
        if value is not None:
            date.fromisoformat(value)
        return value


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """A whole pack, read and checked. ``tables`` holds every CSV it names, by its relative path.

    Packs are told apart by identity, so that what is worked out from one can be remembered for it.
    """

    folder: Path
    digest: str
    file: PackFile
    cover: Form
    forms: Mapping[str, Form]
    departments: tuple[Department, ...]
    tables: Mapping[str, Table]

    @property
    def name(self) -> str:
        return self.file.pack

    @property
    def deadline(self) -> date | None:
        """The last day for returns."""
        return date.fromisoformat(self.file.deadline) if self.file.deadline else None

    @property
    def hosts(self) -> dict[str, str]:
        """Form of tables inside cards → the form of the cards."""
        return {name: form.inside.form for name, form in self.forms.items() if form.inside}

    def register_of(self, form: Form) -> Table | None:
        return self.tables[form.register_link.file] if form.register_link else None

    def departments_owing(self, form: Form) -> frozenset[str]:
        """Who owes a form: whom it names itself, and whoever owes a record of it."""
        link = form.register_link
        rows = self.tables[link.file].rows if link and not link.selection else ()
        named = {name for row in rows for name in departments_in(row[link.department])} if link else set()
        return frozenset({*form.owed_by, *named})

    def expected_departments(self) -> tuple[str, ...]:
        """The departments that owe at least one form, in the order of the pack's list."""
        owing = {name for form in self.forms.values() for name in self.departments_owing(form)}
        return tuple(d.name for d in self.departments if d.name in owing)

    def forms_expected_of(self, department: str) -> tuple[str, ...]:
        """The forms a department owes."""
        return tuple(name for name, form in self.forms.items() if department in self.departments_owing(form))

    def code_list(self, field: FormField) -> Table:
        assert field.list_file is not None
        return self.tables[field.list_file]


AnyMapping = Mapping[str, Any]

__all__ = [
    "Above",
    "AnyMapping",
    "Basis",
    "Bilingual",
    "BlockRows",
    "Carried",
    "Column",
    "Department",
    "Form",
    "FormField",
    "Heading",
    "Identifier",
    "Inside",
    "Label",
    "Language",
    "Level",
    "Lines",
    "Members",
    "Pack",
    "PackFile",
    "RegisterLink",
    "Relisted",
    "Sections",
    "Table",
    "Titled",
    "Total",
    "departments_in",
    "slot",
]
