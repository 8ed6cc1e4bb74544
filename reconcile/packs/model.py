"""What a pack may say: the models its text files are checked against.

Identifiers are ASCII; what people read stands in ``label``, ``name`` and ``title``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import field_validator

from reconcile.packs.field import Carried, Column, FormField, Heading, Level, SlotKey, slot
from reconcile.packs.form import Form
from reconcile.packs.form_parts import (
    Above,
    Basis,
    Bilingual,
    BlockRows,
    Examples,
    Identifier,
    Inside,
    Label,
    Language,
    Members,
    OfSheet,
    Part,
    RegisterLink,
    Relisted,
    Sections,
    Tags,
    Total,
)
from reconcile.packs.matrix import Lines, Titled
from reconcile.packs.problems import a_day


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV of the pack: its columns and rows, and where it stands."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


@lru_cache(maxsize=256)
def departments_in(cell: str) -> tuple[str, ...]:
    """The departments that a cell of a register names: parted by ``;``, each of them answers."""
    return tuple(name for part in cell.split(";") if (name := part.strip()))


class Department(Part):
    name: str
    also: list[str] = []


class PackFile(Part):
    """pack.yaml."""

    pack: Identifier
    title: Bilingual
    language: Language = "ja"  # in which its forms are printed: what templates print, whoever writes them
    cover: str
    expect: dict[str, str] = {}
    periods: dict[str, Bilingual]
    versions: dict[str, Bilingual]
    departments: str
    forms: list[str]
    placeholders: list[str] = []
    blanks: list[str] = []  # what an untouched cell of the template shows (< Select >); it is read as blank
    severity: dict[str, Literal["error", "warning", "info"]] = {}
    deadline: str | None = None  # the last day for returns, as 2023-01-20

    @field_validator("deadline")
    @classmethod
    def _is_a_day(cls, value: str | None) -> str | None:
        if value is not None:
            a_day(value)
        return value


@dataclass(frozen=True, eq=False)
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

    def printed(self, text: Bilingual) -> str:
        """A name or title as the forms themselves print it, whoever reads the outputs."""
        return text.get(self.file.language)

    def register_of(self, form: Form) -> Table | None:
        return self.tables[form.register_link.file] if form.register_link else None

    def departments_owing(self, form: Form) -> frozenset[str]:
        """Who owes a form: whom it names itself, and whoever owes a record of it."""
        return self._owing[form.form]

    def expected_departments(self) -> tuple[str, ...]:
        """The departments that owe at least one form, in the order of the pack's list."""
        owing = frozenset[str]().union(*self._owing.values())
        return tuple(d.name for d in self.departments if d.name in owing)

    def forms_expected_of(self, department: str) -> tuple[str, ...]:
        """The forms a department owes."""
        return tuple(name for name, owing in self._owing.items() if department in owing)

    @cached_property
    def _owing(self) -> Mapping[str, frozenset[str]]:
        owing: dict[str, frozenset[str]] = {}
        for name, form in self.forms.items():
            link = form.register_link
            rows = self.tables[link.file].rows if link and not link.selection else ()
            cells = {row[link.department] for row in rows} if link else set()
            owing[name] = frozenset(form.owed_by).union(*map(departments_in, cells))
        return owing

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
    "Examples",
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
    "OfSheet",
    "Pack",
    "PackFile",
    "RegisterLink",
    "Relisted",
    "Sections",
    "SlotKey",
    "Table",
    "Tags",
    "Titled",
    "Total",
    "departments_in",
    "slot",
]
