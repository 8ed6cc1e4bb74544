"""One cell of a template: what is known stands there, the rest is to be filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from reconcile.normalise import fold_unit
from reconcile.packs.model import FormField
from reconcile.template.entry import ask, entry_style
from reconcile.template.page import Nothing, Page
from reconcile.template.records import Figure, Known
from reconcile.writing.form_columns import Printed


@dataclass(slots=True)
class Asked:
    """The rows of each column that are to be filled in, for one validation a column."""

    page: Page
    _rows: dict[tuple[int, str, bool], list[int]] = field(default_factory=dict)

    def add(self, column: int, name: str, row: int, *, required: bool) -> None:
        self._rows.setdefault((column, name, required), []).append(row)

    def write(self) -> None:
        for (column, name, required), rows in sorted(self._rows.items()):
            ask(self.page, self.page.form.fields[name], list(_runs(rows)), column, required=required)


def _runs(rows: Iterable[int]) -> Iterable[tuple[int, int]]:
    first = last = 0
    for row in sorted(set(rows)):
        if first and row == last + 1:
            last = row
            continue
        if first:
            yield first, last
        first = last = row
    if first:
        yield first, last


def put(
    page: Page,
    asked: Asked,
    cell: tuple[int, int],
    column: Printed,
    slot: str,
    record: Known,
    formulas: Mapping[tuple[int, int], str],
) -> None:
    """Writes a cell: a formula, a known text (locked), a figure of the last round, or an empty one to be filled in."""
    row, number = cell
    spec = page.form.fields[column.field]
    required = slot in page.form.required_slots()
    if cell in formulas:
        page.sheet.formula(
            row, number, formulas[cell], Nothing(), entry_style(page, spec, "figure", bg_color="#F3F6FA")
        )
        return
    figure = record.figures.get(slot) if spec.numeric else None
    if figure is not None:
        _figure(page, cell, spec, figure, record)
        asked.add(number, column.field, row, required=required)
        return
    said = record.texts.get(slot, "")
    if said:
        page.sheet.text(row, number, said, page.book.styles.get("center" if column.kind == "key" else "cell"))
        return
    page.sheet.text(row, number, "", entry_style(page, spec, column.kind))
    asked.add(number, column.field, row, required=required)


def _figure(page: Page, cell: tuple[int, int], spec: FormField, figure: Figure, record: Known) -> None:
    """A number where its unit is said elsewhere; else as it was typed."""
    style = entry_style(page, spec, "figure")
    unit = next((record.texts.get(name, "") for name, each in page.form.fields.items() if each.type == "unit"), "")
    elsewhere = fold_unit(page.form.unit or unit)
    try:
        value = Decimal(figure.value)
    except InvalidOperation:
        value = None
    if value is not None and fold_unit(figure.unit) == elsewhere and page.sheet.number(*cell, value, style):
        return
    page.sheet.text(*cell, figure.raw, style)
