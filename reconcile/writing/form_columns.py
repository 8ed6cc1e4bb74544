"""Which columns a form has when it is printed, after the pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reconcile.packs.model import Column, Form, slot
from reconcile.writing.text import width

_KEY, _TEXT, _FIGURE, _VERSION = 9.0, 34.0, 15.0, 10.0


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed column: its header lines, and the slot of each row of a record.

    A column with one slot shows it over all rows of the record, as a text does; ``words`` are the versions' words,
    in their column.
    """

    field: str
    head: tuple[str, ...]
    slots: tuple[str, ...]
    width: float
    kind: str  # key (and whatever else is short), text, figure, version
    filled: bool = False  # stands once for the records below
    words: tuple[str, ...] = ()
    right: bool = False  # of the form printed on the right of another one


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a form; ``extra`` are those a template may lack, kept out of print."""

    columns: tuple[Printed, ...]
    extra: tuple[Printed, ...]
    rows: int

    @property
    def head_rows(self) -> int:
        return max(len(column.head) for column in self.columns)

    def figures(self) -> Iterator[tuple[int, Printed]]:
        """The columns of figures with their 1-based number."""
        return ((n, column) for n, column in enumerate(self.columns, start=1) if column.kind == "figure")


def layout(form: Form) -> Layout:
    """The printed columns of a form, in the order of its fields."""
    versions = tuple(form.rows.versions) if form.rows else ("",)
    columns: list[Printed] = []
    extra: list[Printed] = []
    told = form.rows is None
    for name, field in form.fields.items():
        if field.numeric:
            # In a block, a column of one version stands once for all rows, before the words of the rows.
            once = [column for column in field.columns if form.rows and column.version]
            for column in once:
                own = (slot(name, column.version, column.period),)
                columns.append(Printed(name, _head(column), own, _FIGURE, "figure"))
            if not told and form.rows:
                words = tuple(form.rows.versions.values())
                columns.append(Printed("", (form.rows.label,), (), _VERSION, "version", words=words))
                told = True
            for column in field.all_columns():
                if column not in once:
                    slots = tuple(slot(name, column.version or version, column.period) for version in versions)
                    columns.append(Printed(name, _head(column), slots, _FIGURE, "figure"))
            continue
        kind = "text" if field.type == "text" else "key"
        for column in field.all_columns():
            printed = Printed(
                name,
                _head(column),
                (slot(name, column.version, column.period),),
                _key_width(column) if kind == "key" else _width(field.longest),
                kind,
                field.fill is not None,
            )
            (extra if field.optional else columns).append(printed)
    return Layout(tuple(columns), tuple(extra), len(versions))


def _head(column: Column) -> tuple[str, ...]:
    return (column.label,) if isinstance(column.label, str) else tuple(column.label)


def _width(longest: int | None) -> float:
    """Long texts (reasons) get more room than names."""
    return _TEXT + 10 if longest and longest > 300 else _TEXT


def _key_width(column: Column) -> float:
    """Keys, codes, marks and dates are short: their heading decides."""
    return max(_KEY, min(width(_head(column)[-1]) + 2.0, 2 * _KEY))
