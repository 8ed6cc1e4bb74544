"""A table of the template: title, tags, a header of one or two lines, examples, records, a total, blank rows."""

from __future__ import annotations

import datetime
from decimal import Decimal

from making.grid import Block, Cell, Style
from making.model import Form, Formula, Owner, Record, Value

from .layouts import Layout
from .terms import TABLES, Label, Table

_BROKEN = {
    "Unit of measurement": "Unit of\nmeasurement",
    "Funding source": "Funding  source",
    "Cost category": "Cost\ncategory",
}
_DAYS = {"digits": "%d/%m/%Y", "words": "%d %B %Y"}


def table_block(form: Form, layout: Layout, records: list[Record], project: str = "") -> Block:
    """One table, between its tags. ``project`` is the one whose sheet it stands on."""
    table = TABLES[form.name]
    block = Block()
    labels = [label for label in table.labels if label.lines[-1] not in form.absent]
    tags = layout.tags or table.hidden
    row = _head(block, table, f"PL-{table.tag}-START" if tags else "")
    row = _header(block, form, labels, layout, row)
    for example in table.examples:
        for column, value in enumerate(example[: len(labels)], start=1):
            typed: Value = int(value) if value.isdigit() else value
            block.cells.append(Cell(row, column, typed, "measure" if value.isdigit() else "text"))
        row += 1
    for record in records:
        for column, label in enumerate(labels, start=1):
            value = record.fields.get(label.field)
            owner = Owner(form.name, record.key, label.field)
            shown, style, number_format = _cell(label, value, layout)
            block.cells.append(Cell(row, column, shown, style, owner, number_format))
        if record.hidden:
            block.hidden_rows.add(row)
        row += 1
    if table.total:
        row = _total(block, form, labels, records, project, row)
    for _ in range(layout.spare_rows if not table.total else 0):
        for column, text in enumerate(table.spare[: len(labels)], start=1):
            block.cells.append(Cell(row, column, text, "text"))
        row += 1
    if tags:
        block.cells.append(Cell(row, 1, f"PL-{table.tag}-END", "plain"))
    for line, values in enumerate(form.below):
        for column, value in enumerate(values, start=1):
            block.cells.append(
                Cell(row + 1 + line, column, value, "text", Owner(form.name, f"below/{line}", str(column)))
            )
    for column, label in enumerate(labels, start=1):
        block.widths[column] = label.width
    return block


def _head(block: Block, table: Table, tag: str) -> int:
    block.cells.append(Cell(1, 1, table.title, "heading"))
    if tag:
        block.cells.append(Cell(2, 1, tag, "plain"))
    return 3 if tag else 2


def _header(block: Block, form: Form, labels: list[Label], layout: Layout, row: int) -> int:
    """The labels; a line that several neighbours share is merged over them."""
    deep = max(len(label.lines) for label in labels)
    for column, label in enumerate(labels, start=1):
        text = form.reworded.get(label.lines[-1]) or label.lines[-1]
        text = _BROKEN.get(text, text) if layout.broken_labels else text
        owner = Owner(form.name, "header", " ".join(label.lines))
        if len(label.lines) == 1:
            block.cells.append(Cell(row, column, text, "header", owner, down=deep))
        else:
            block.cells.append(Cell(row + 1, column, text, "header", owner))
    column = 1
    while column <= len(labels):
        lines = labels[column - 1].lines
        across = 1
        while column + across <= len(labels) and len(lines) > 1 and labels[column + across - 1].lines[:1] == lines[:1]:
            across += 1
        if len(lines) > 1:
            block.cells.append(Cell(row, column, lines[0], "header", across=across))
        column += across
    return row + deep


def _cell(label: Label, value: Value, layout: Layout) -> tuple[Value, Style, str]:
    if isinstance(value, datetime.date):
        if layout.days == "date":
            return value, "key", "dd/mm/yyyy"
        return value.strftime(_DAYS[layout.days]), "key", ""
    if label.field == "complete" and isinstance(value, Decimal):
        return value, "measure", "0%"
    if label.field.startswith("amount."):
        return value, "money", ""
    return value, "text", ""


def _total(block: Block, form: Form, labels: list[Label], records: list[Record], project: str, row: int) -> int:
    """The row of totals: sums of the records, or what was typed over them."""
    level = f"total/{project}" if project else "total"
    word = TABLES[form.name].total
    block.cells.append(Cell(row, 1, word, "total"))
    for column, label in enumerate(labels, start=1):
        if not label.field.startswith("amount."):
            continue
        owners = tuple(Owner(form.name, record.key, label.field) for record in records)
        figures = [record.fields[label.field] for record in records]
        total = sum(figure for figure in figures if isinstance(figure, int))
        value: Value = form.typed_totals.get((level, label.field), Formula(total, owners))
        block.cells.append(Cell(row, column, value, "total_money", Owner(form.name, level, label.field)))
    return row + 1
