"""様式3: budget projects of each programme, 小計 for the programme, 合計 for the department."""

from __future__ import annotations

import itertools

from making.grid import Block, Cell, Column, Style
from making.model import Form, Owner, Record, Value
from making.table import Pen

from .labels import spell
from .layouts import Layout
from .table import pen_for, programmes_of
from .terms import SLOTS
from .totals import total_value

UNIT_NOTE = "単位：千円"
_NAMES = (
    ("施策番号", "programme", 9),
    ("施策名", "programme_name", 30),
    ("予算事業コード", "code", 14),
    ("予算事業名", "name", 32),
)


def budget_block(form: Form, layout: Layout) -> Block:
    """The whole form; the 合計 row stands once, at the very end."""
    columns = [Column(*name) for name in _NAMES]
    columns += [Column("".join(labels), slot, 14) for slot, labels in SLOTS.items()]
    pen = pen_for(form, layout, columns, gaps_after=frozenset({"name"}))
    pen.open(note=UNIT_NOTE)
    levels: list[str] = []
    for _, records in programmes_of(form, layout, pen):
        _header(pen)
        for programme, items in itertools.groupby(records, key=lambda record: record.group):
            _programme(pen, list(items))
            level = f"小計/{programme}"
            levels.append(level)
            _total(pen, level, [record for record in form.records if record.group == programme])
            pen.row += layout.blank_rows
    _total(pen, "合計", form.records, levels)
    return pen.close()


def _header(pen: Pen[Layout]) -> None:
    row, down = pen.row, 1 if pen.layout.one_line_budget else 2
    drawn: set[str] = set()
    for column, at in pen.placed:
        if column.field not in SLOTS:
            pen.header(column, at, row, down, column.across)
            continue
        upper, lower = SLOTS[column.field]
        owner = Owner("budget", "header", column.label)
        if down == 1:
            pen.put(Cell(row, at, f"{pen.word(upper)}\n{pen.word(lower)}", "header", owner))
            continue
        if upper not in drawn:
            across = sum(labels[0] == upper for labels in SLOTS.values())
            pen.put(Cell(row, at, pen.word(upper), "header", Owner("budget", "header", upper), across=across))
            drawn.add(upper)
        pen.put(Cell(row + 1, at, pen.word(lower), "header", owner))
    pen.end_header(down)


def _programme(pen: Pen[Layout], items: list[Record]) -> None:
    """The items of one programme; its number and name are merged over them, or repeated on each row."""
    step = 1 + pen.layout.blank_rows
    merged = pen.layout.merged and step == 1
    for turn, record in enumerate(items):
        for column, at in pen.placed:
            owner = Owner("budget", record.key, column.field)
            if column.field in SLOTS:
                pen.put(Cell(pen.row, at, _money(record.fields[column.field], pen.layout), "money", owner))
            elif column.field.startswith("own:"):
                pen.put(Cell(pen.row, at, pen.own_value(column, record), "text", owner))
            elif column.field.startswith("programme") and merged:
                if turn == 0:
                    style: Style = "key" if column.field == "programme" else "text"
                    pen.put(Cell(pen.row, at, record.fields[column.field], style, owner, down=len(items)))
            else:
                style = "text" if column.field.endswith("name") else "key"
                pen.put(Cell(pen.row, at, record.fields[column.field], style, owner))
        pen.end_record(record, pen.row, 1)


def _total(pen: Pen[Layout], level: str, records: list[Record], levels: list[str] | None = None) -> None:
    """One row of sums; its label over the four name columns, or in the last of them where nothing is merged."""
    label = spell(level.partition("/")[0], pen.layout)
    names = [at for column, at in pen.placed if column.field not in SLOTS and not column.field.startswith("own:")]
    owner = Owner("budget", level, "label")
    if pen.layout.merged:
        pen.put(Cell(pen.row, names[0], label, "total", owner, across=names[-1] - names[0] + 1))
    else:
        for at in names:
            last = at == names[-1]
            pen.put(Cell(pen.row, at, label if last else None, "total", owner if last else None))
    for column, at in pen.placed:
        if column.field in SLOTS:
            keys = levels or [record.key for record in records]
            parts = [Owner("budget", key, column.field) for key in keys if pen.layout.formulas]
            value = total_value(pen.form, level, column.field, records, parts)
            owner = Owner("budget", level, column.field)
            pen.put(Cell(pen.row, at, _money(value, pen.layout), "total_money", owner))
        elif column.field.startswith("own:"):
            pen.put(Cell(pen.row, at, None, "total"))
    pen.row += 1


def _money(value: Value, layout: Layout) -> Value:
    return f"{value:,}千円" if layout.money_as_text and isinstance(value, int) else value
