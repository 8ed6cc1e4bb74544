"""One form: where its values stand, how they are read, what must hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from reconcile.packs.checks import Check
from reconcile.packs.field import FormField, slot
from reconcile.packs.form_parts import (
    Basis,
    Bilingual,
    BlockRows,
    Examples,
    Identifier,
    Inside,
    Part,
    RegisterLink,
    Relisted,
    Sections,
    Tags,
    Total,
)
from reconcile.packs.matrix import Lines, Titled
from reconcile.packs.problems import Wrong

# In place of the names of all departments of a pack.
EVERYBODY = "all"


class Form(Part):
    """One form: where its values stand, how they are read, what must hold."""

    form: Identifier
    name: Bilingual
    title: Bilingual
    layout: Literal["table", "block", "card", "cards", "matrix"]
    key: list[Identifier] = []
    called: Identifier | None = None  # the field that names a record in sentences, where no register does
    group: Identifier | None = None
    group_whole: bool = False  # the group is all of that field, not only what stands before its first hyphen
    counts_with: list[Identifier] = []  # a record with none of these filled in is a blank of the template
    carried: list[str] = []  # fields and slots of which a template takes over the last round's values
    free_rows: int = Field(default=16, ge=1)  # what a template leaves free where no register lists the records: a page
    unit: str | None = None
    rows: BlockRows | None = None
    lines: Lines | None = None
    tables: Titled | None = None
    inside: Inside | None = None
    beside: Identifier | None = None  # printed on the right of that form, record by record
    tags: Tags | None = None
    titles: list[str] = []  # further names by which a sheet or a title above the table calls the form
    examples: Examples | None = None
    hidden: bool = False  # the template hides its sheet (code lists)
    fields: dict[Identifier, FormField]
    totals: list[Total] = []
    relisted: Relisted | None = None
    # Departments that owe the form as a whole, or `all` of them; a register says who owes which record.
    owed_by: list[str] = []
    basis: Basis | None = None
    register_link: RegisterLink | None = Field(default=None, alias="register")
    sections: Sections | None = None
    checks: list[Check] = []

    @field_validator("owed_by", mode="before")
    @classmethod
    def _is_owed_by_everybody(cls, value: Any) -> Any:
        return [EVERYBODY] if value == EVERYBODY else value

    @model_validator(mode="before")
    @classmethod
    def _spells_slots_out(cls, tree: Any) -> Any:
        """A period of a field that has no versions may be written without them: ``amount.2024-Q1``."""
        if not isinstance(tree, dict) or not isinstance(tree.get("fields"), dict):
            return tree
        short = {
            f"{name}.{column['period']}": f"{name}..{column['period']}"
            for name, field in tree["fields"].items()
            for column in (field.get("columns") if isinstance(field, dict) else None) or ()
            if isinstance(column, dict) and column.get("period") and not column.get("version")
        }
        return {**tree, **{key: _spelt_out(tree[key], short) for key in ("checks", "basis", "carried") if key in tree}}

    @model_validator(mode="after")
    def _layout_has_its_parts(self) -> Self:
        if self.layout == "block" and self.rows is None:
            raise Wrong("block_needs_rows")
        if (self.layout == "matrix") != (self.lines is not None):
            raise Wrong("matrix_lines")
        if self.layout != "card" and not self.key:
            raise Wrong("needs_key")
        fields = self.fields.values()
        if self.layout in ("card", "cards") and (self.tags or self.examples):
            raise Wrong("not_of_cards")
        if self.layout == "table" and not (self.tags or self.inside) and self._columns() < 2:
            raise Wrong("one_column")
        if self.layout == "card" and any(field.sheet for field in fields):
            raise Wrong("sheet_of_cover")
        if self.layout != "cards" and any(field.after for field in fields):
            raise Wrong("after_of_cards")
        if self.layout != "block" and any(column.beside for field in fields for column in field.columns):
            raise Wrong("beside_of_blocks")
        return self

    @model_validator(mode="after")
    def _inside_hangs_together(self) -> Self:
        if self.inside is not None:
            if self.layout != "table" or self.key != [self.inside.key, self.inside.line]:
                raise Wrong("inside_table")
            if self.group != self.inside.key:
                raise Wrong("inside_group")
        return self

    @model_validator(mode="after")
    def _lines_are_parts_of_the_key(self) -> Self:
        outside = [part.field for part in (self.lines, self.tables) if part and part.field not in self.key]
        if outside:
            raise Wrong("lines_of_key", found=tuple(outside))
        return self

    def _columns(self) -> int:
        """How many columns the template prints."""
        fields = self.fields.values()
        return sum(len(field.all_columns()) for field in fields if field.label is not None or field.columns)

    def carries(self, name: str) -> bool:
        """Whether a template takes over the last round's value of a slot: named itself, or its field or version is."""
        parts = name.split(".")
        return any(".".join(parts[:count]) in self.carried for count in range(1, len(parts) + 1))

    def told_by_sheet(self) -> tuple[str, ...]:
        """The fields that a sheet states once for all that stands on it; they have no column."""
        return tuple(name for name, spec in self.fields.items() if spec.sheet is not None and spec.label is None)

    def slots(self) -> Sequence[str]:
        """Every slot a record of this form can have, in the printed order."""
        return self._slots

    def required_slots(self) -> frozenset[str]:
        """The slots that must be filled in (FLD001)."""
        return self._required_slots

    # Both are asked for with each cell of a template, and do not change while a pack is used.
    @cached_property
    def _slots(self) -> tuple[str, ...]:
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
        return tuple(found)

    @cached_property
    def _required_slots(self) -> frozenset[str]:
        due: set[str] = set()
        for name, field in self.fields.items():
            if field.required is True:
                due.update(s for s in self.slots() if s.partition(".")[0] == name)
            elif field.required:
                own = set(self.slots())
                due.update(
                    short if (short := f"{name}..{part}") in own else f"{name}.{part}" for part in field.required
                )
        return frozenset(due)


def _spelt_out(node: Any, short: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        return {_spelt_out(key, short): _spelt_out(value, short) for key, value in node.items()}
    if isinstance(node, list):
        return [_spelt_out(item, short) for item in node]
    return short.get(node, node) if isinstance(node, str) else node
