"""The columns of a form's template: those it is printed with, and those a return may have besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reconcile.packs.model import Form, Pack
from reconcile.template.choices import words_of
from reconcile.template.records import Known
from reconcile.writing.form_columns import Printed, layout
from reconcile.writing.text import lines
from reconcile.writing.widths import widest

_LINE = 13.5  # points a line of a header takes
_LEAST = 26.0
_WORDS, _WIDEST = 18.0, 30.0  # half-width characters: keys that are words, and the widest of what is short
_TOGETHER = 72.0


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns from the left, and the rows a record takes."""

    columns: tuple[Printed, ...]
    rows: int

    @property
    def head_rows(self) -> int:
        return max(len(column.head) for column in self.columns)

    @property
    def head_height(self) -> float:
        """Points that a header of one line needs, where labels are broken."""
        return max(_LEAST, *(lines(column.head[0], column.width - 1) * _LINE + 6 for column in self.columns))

    def of_slot(self, slot: str) -> tuple[int, int] | None:
        """Where a slot stands: its column, and its row within the record (both from 1)."""
        for number, column in enumerate(self.columns, start=1):
            if slot in column.slots:
                return number, column.slots.index(slot) + 1
        return None

    def of_field(self, field: str) -> int | None:
        """The first column of a field."""
        return next((number for number, column in enumerate(self.columns, start=1) if column.field == field), None)

    def figures(self) -> Iterator[tuple[int, Printed]]:
        return ((n, column) for n, column in enumerate(self.columns, start=1) if column.kind == "figure")


def columns_of(form: Form) -> Columns:
    """Every column in the order of the form's fields; the words of a block stand before its figures."""
    printed = layout(form)
    order = {name: number for number, name in enumerate(form.fields)}
    words = [column for column in printed.columns if column.kind == "version"]
    told = form.told_by_sheet()
    rest = [column for column in (*printed.columns, *printed.extra) if column.kind != "version"]
    rest = [column for column in rest if column.field not in told]
    rest.sort(key=lambda column: order[column.field])  # stable: the columns of one field keep their order
    if words:
        place = next(n for n, column in enumerate(rest) if column.kind == "figure" and len(column.slots) > 1)
        rest[place:place] = words
    return Columns(tuple(rest), printed.rows)


def fitted(columns: Columns, pack: Pack, form: Form, records: Sequence[Known]) -> Columns:
    """The columns wide enough for what stands in them from the beginning or is chosen there, and together for the line
    that says how to fill the form in."""
    found = [_fitted(column, pack, form, records) for column in columns.columns]
    lacking = _TOGETHER - sum(column.width for column in found)
    if lacking > 0:
        found[-1] = replace(found[-1], width=found[-1].width + lacking)
    return replace(columns, columns=tuple(found))


def _fitted(column: Printed, pack: Pack, form: Form, records: Sequence[Known]) -> Printed:
    spec = form.fields.get(column.field)
    if column.kind != "key" or spec is None:
        return column
    texts = [*(record.said(column.slots[0]) for record in records), *words_of(pack, spec)]
    least = _WORDS if spec.type == "key" and spec.pattern is None else column.width
    return replace(column, width=min(max(column.width, least, widest(texts) + 2.0), _WIDEST))


def without(columns: Columns, fields: frozenset[str]) -> Columns:
    """The columns but those of some fields."""
    return replace(columns, columns=tuple(column for column in columns.columns if column.field not in fields))
