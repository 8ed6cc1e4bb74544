"""What a pack may say: the models its text files are checked against.

A slot names one value of a record: ``name`` for a text, ``amount.initial.FY2022`` (field, version, period)
for a figure. Identifiers are ASCII; what people read stands in ``label``, ``name`` and ``title``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from reconcile.packs.checks import Check

IDENTIFIER = r"^[A-Za-z][A-Za-z0-9_]*$"
Identifier = Annotated[str, Field(pattern=IDENTIFIER)]
Label = str | list[str]
Language = Literal["ja", "en"]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True)


class Bilingual(Model):
    """A text in both languages."""

    ja: str
    en: str

    def get(self, lang: str) -> str:
        return self.ja if lang == "ja" else self.en


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV of the pack: its columns and rows, and where it stands."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


class Column(Model):
    """One printed column of a field. ``label`` is one text, or the texts of header lines from the top."""

    label: Label
    also: list[Label] = []
    version: str = ""
    period: str = ""

    def paths(self) -> list[tuple[str, ...]]:
        """The label and its synonyms as header paths, the form's own first."""
        return [(label,) if isinstance(label, str) else tuple(label) for label in (self.label, *self.also)]

    @property
    def text(self) -> str:
        """The label as a person reads it."""
        return self.label if isinstance(self.label, str) else "・".join(self.label)


class Carried(Model):
    """A figure that stands inside a text, behind a marker."""

    marker: str
    field: Identifier
    version: Identifier


class FormField(Model):
    """One field of a form; a measure or an amount of money has several columns (and, in a block, rows)."""

    type: Literal["key", "text", "code", "date", "unit", "measure", "money"]
    label: Label | None = None
    also: list[Label] = []
    columns: list[Column] = []
    optional: bool = False  # the template may lack the column
    required: bool | list[str] = False  # the value must be there; for figures, which slots
    pattern: str | None = None
    example: str | None = None
    longest: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    list_file: str | None = Field(default=None, alias="list")
    nil: bool = False  # ― in a text means: none
    fill: Literal["down"] | None = None
    pending: bool = False  # 集計中 may still stand here at this round
    milestones: list[str] = []
    texts: bool = False
    approximate: bool = False
    carries: Carried | None = None

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        if value is not None:
            re.compile(value)
        return value

    @model_validator(mode="after")
    def _has_columns(self) -> Self:
        if (self.label is None) == (not self.columns):
            raise ValueError("give either label or columns")
        if self.type == "code" and self.list_file is None:
            raise ValueError("a code needs its list")
        if self.pattern and self.example and not re.fullmatch(self.pattern, self.example):
            raise ValueError(f"the example {self.example!r} does not fit the pattern")
        return self

    @property
    def numeric(self) -> bool:
        return self.type in ("measure", "money")

    def all_columns(self) -> list[Column]:
        return self.columns or [Column(label=self.label or "", also=self.also)]


class BlockRows(Model):
    """The rows of a record in a block: version → its word, with further accepted words."""

    label: str
    versions: dict[str, str]
    also: dict[str, list[str]] = {}


class Total(Model):
    """A total or subtotal row of a table."""

    level: Literal["subtotal", "total"]
    label: str
    also: list[str] = []
    within: Identifier | None = None


class Basis(Model):
    """How the basis of a record's total is found, in this order: column, label, register, unit, figures."""

    field: Identifier | None = None
    label: Identifier
    notes: str | None = None
    marks: dict[str, str] = {}
    register_column: str | None = Field(default=None, alias="register")
    units: dict[str, str] = {}
    first: list[str] = []
    total: str | None = None
    figures: str | None = None
    otherwise: str


class Above(Model):
    """What heads several sections: its label, and the columns of its key and name."""

    label: Bilingual
    key: str
    name: str


class Members(Model):
    """What belongs to a section, one row each: the columns of the section's key, of its own key and of its name."""

    file: str
    group: str
    key: str
    name: str


class Sections(Model):
    """How a printed form heads its records: one section a group, as a register lists them.

    ``key`` is the column that holds a record's group, ``departments`` the one that says who answers
    (several are parted by ``;``).
    """

    file: str
    key: str
    name: str
    label: Bilingual
    departments: str | None = None
    above: Above | None = None
    members: Members | None = None


class RegisterLink(Model):
    """Which records are expected, of whom, and under which names."""

    file: str
    key: str  # column of the register
    field: Identifier | None = None  # the field compared; without it the record's whole key
    names: dict[str, Identifier] = {}  # register column → field
    department: str


class Form(Model):
    """One form: where its values stand, how they are read, what must hold."""

    form: Identifier
    name: Bilingual
    title: Bilingual
    layout: Literal["table", "block", "card"]
    key: list[Identifier] = []
    group: Identifier | None = None
    unit: str | None = None
    rows: BlockRows | None = None
    fields: dict[Identifier, FormField]
    totals: list[Total] = []
    basis: Basis | None = None
    register_link: RegisterLink | None = Field(default=None, alias="register")
    sections: Sections | None = None
    checks: list[Check] = []

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.layout == "block" and self.rows is None:
            raise ValueError("a block needs rows")
        if self.layout != "card" and not self.key:
            raise ValueError("a form needs a key")
        unknown = [name for name in self.key if name not in self.fields]
        if unknown:
            raise ValueError(f"key names no field: {', '.join(unknown)}")
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
                found.append(name)
                continue
            versions = list(self.rows.versions) if self.rows else [""]
            for version in versions:
                found += [slot(name, column.version or version, column.period) for column in field.columns]
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
                due.update([name] if not field.numeric else [s for s in self.slots() if s.startswith(f"{name}.")])
            elif field.required:
                due.update(f"{name}.{part}" for part in field.required)
        return due


def slot(field: str, version: str = "", period: str = "") -> str:
    """``amount.initial.FY2022``; empty parts are left out."""
    return ".".join(part for part in (field, version, period) if part)


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
    deadline: str | None = None


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

    def register_of(self, form: Form) -> Table | None:
        return self.tables[form.register_link.file] if form.register_link else None

    def expected_departments(self) -> tuple[str, ...]:
        """The departments that owe at least one record, in the order of the pack's list."""
        owing = {
            row[form.register_link.department]
            for form in self.forms.values()
            if form.register_link
            for row in self.tables[form.register_link.file].rows
        }
        return tuple(d.name for d in self.departments if d.name in owing)

    def forms_expected_of(self, department: str) -> tuple[str, ...]:
        """The forms in which the register expects something of a department."""
        return tuple(
            name
            for name, form in self.forms.items()
            if form.register_link
            and any(
                row[form.register_link.department] == department for row in self.tables[form.register_link.file].rows
            )
        )

    def code_list(self, field: FormField) -> Table:
        assert field.list_file is not None
        return self.tables[field.list_file]


AnyMapping = Mapping[str, Any]
