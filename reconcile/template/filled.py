"""One cell of a template: what is known stands there, the rest is to be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from reconcile.normalise import fold_label, fold_unit
from reconcile.packs.model import FormField
from reconcile.template.entry import ask, entry_style
from reconcile.template.last_round import Figure
from reconcile.template.page import Nothing, Page
from reconcile.template.records import Known
from reconcile.template.totals import runs
from reconcile.writing.form_columns import Printed
from reconcile.writing.styles import BAND


@dataclass(slots=True)
class Asked:
    """The rows of each column that are to be filled in, for one validation a column."""

    page: Page
    _rows: dict[tuple[int, str, bool, bool], list[int]] = field(default_factory=dict)

    def add(self, column: int, name: str, row: int, *, required: bool, text: bool = False) -> None:
        """A cell to be filled in; ``text``: with a figure or a text."""
        self._rows.setdefault((column, name, required, text), []).append(row)

    def write(self) -> None:
        for (column, name, required, text), rows in sorted(self._rows.items()):
            spec = self.page.form.fields[name]
            ask(self.page, spec, list(runs(sorted(set(rows)))), column, required=required, text=text)


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
    text = spec.numeric and spec.may_be_text(_version(slot))
    looks = _unit_shown(page, spec, slot, record)
    if cell in formulas:
        style = entry_style(page, spec, "figure", bg_color=BAND, **looks)
        page.sheet.formula(row, number, formulas[cell], Nothing(), style)
        return
    said = record.texts.get(slot, "")
    if said and not spec.numeric:
        known = page.book.styles.get("center") if column.kind == "key" else page.book.styles.get("cell", indent=1)
        page.sheet.text(row, number, said, known)
        return
    earlier = record.figures.get(slot)
    if earlier is not None:
        if spec.numeric:
            _figure(page, cell, spec, earlier, record)
        else:
            page.sheet.text(row, number, earlier.raw, entry_style(page, spec, column.kind))
        asked.add(number, column.field, row, required=required, text=text)
        return
    page.sheet.text(row, number, "", entry_style(page, spec, column.kind, **looks))
    asked.add(number, column.field, row, required=required, text=text)


def _version(slot: str) -> str:
    return slot.split(".")[1] if "." in slot else ""


def _unit_shown(page: Page, spec: FormField, slot: str, record: Known) -> dict[str, str]:
    """The unit of a figure beside it, as the form or the register gives it, where no column says it.

    A percentage is typed with its sign: Excel takes 80% for 0.8, which such a format would show as 0.8%.
    """
    beside = any(each.type == "unit" for each in page.form.fields.values())
    unit = spec.unit or record.unit
    if spec.type != "measure" or beside or _version(slot) in spec.own_units or unit in ("", "%", "％"):
        return {}
    if any(f"({fold_unit(unit)})" in fold_label(column.text) for column in spec.all_columns()):
        return {}  # the label says it
    quoted = unit.replace('"', "")
    return {"num_format": f'General" {quoted}"'}


def _figure(page: Page, cell: tuple[int, int], spec: FormField, figure: Figure, record: Known) -> None:
    """A number where its unit is said elsewhere and it loses no decimal (80.0); else as it was typed."""
    style = entry_style(page, spec, "figure")
    unit = next((record.said(name) for name, each in page.form.fields.items() if each.type == "unit"), "")
    elsewhere = fold_unit(page.form.unit or unit)
    try:
        value = Decimal(figure.value)
    except InvalidOperation:
        value = None
    whole = not ("." in figure.value and figure.value.endswith("0"))
    if value is not None and whole and fold_unit(figure.unit) == elsewhere and page.sheet.number(*cell, value, style):
        return
    page.sheet.text(*cell, figure.raw, style)
