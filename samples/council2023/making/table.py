"""様式C1 and C2: one row a goal, one row an opinion."""

from __future__ import annotations

import datetime
import itertools

from making.grid import Block, Cell, Column, Style
from making.model import Form, Owner, Record, Value
from making.table import Pen, Words

from .labels import CLOSING_NOTE, NOTES, TITLES, spell
from .layouts import Layout

_GOALS = [
    Column("施策番号", "measure", 9),
    Column("推進施策", "name", 24),
    Column("番号", "number", 6),
    Column("めざす姿", "goal", 44),
    Column("現状及び課題", "issues", 80),
    Column("担当", "section", 18),
]
_OPINIONS = [
    Column("番号", "number", 6),
    Column("会議", "meeting", 26),
    Column("日付", "date", 15),
    Column("項目", "item", 22),
    Column("意見", "opinion", 80),
    Column("対応", "response", 30),
]
_ONCE = ("measure", "name")  # over the goals of a measure
_DAYS = {"era": "令和{era}年{month}月{day}日", "short": "R{era}年{month}月{day}日", "slashes": "{year}/{month}/{day}"}


def goals_block(form: Form, layout: Layout) -> Block:
    """様式C1: one table, or one for each measure under its own heading."""
    pen = _pen(form, layout, _GOALS, "name")
    for turn, (measure, records) in enumerate(itertools.groupby(form.records, key=lambda record: record.group)):
        if layout.per_measure:
            pen.row += turn > 0
            pen.put(Cell(pen.row, 1, f"{measure}　{form.groups.get(measure, '')}", "heading"))
            pen.row += 1
        if layout.per_measure or turn == 0:
            _header(pen)
        _rows(pen, list(records))
    return pen.close()


def opinions_block(form: Form, layout: Layout) -> Block:
    """様式C2."""
    pen = _pen(form, layout, _OPINIONS, "item")
    _header(pen)
    for record in form.records:
        _rows(pen, [record])
    return pen.close()


def _pen(form: Form, layout: Layout, columns: list[Column], gap: str) -> Pen[Layout]:
    words = Words(TITLES[form.name], NOTES[form.name], CLOSING_NOTE, spell)
    pen = Pen(form, layout, words, columns, gaps_after=frozenset({gap}))
    pen.open(note="")
    return pen


def _header(pen: Pen[Layout]) -> None:
    for column, at in pen.placed:
        pen.header(column, at, pen.row, 1, 1)
    pen.end_header(1)


def _rows(pen: Pen[Layout], records: list[Record]) -> None:
    merged = pen.layout.merged and not pen.layout.blank_rows and len(records) > 1
    merged = merged and len({str(record.fields.get("name")) for record in records}) == 1
    for turn, record in enumerate(records):
        for column, at in pen.placed:
            owner = Owner(pen.form.name, record.key, column.field)
            own = column.field.startswith("own:")
            value = pen.own_value(column, record) if own else record.fields[column.field]
            style: Style = "key" if column.field in ("measure", "number", "date") else "text"
            if column.field in _ONCE and merged:
                if turn == 0:
                    pen.put(Cell(pen.row, at, value, style, owner, down=len(records)))
                continue
            typed = _day(value, pen.layout)
            number_format = 'yyyy"年"m"月"d"日"' if isinstance(typed, datetime.date) else ""
            pen.put(Cell(pen.row, at, typed, style, owner, number_format))
        pen.end_record(record, pen.row, 1)


def _day(value: Value, layout: Layout) -> Value:
    """A day as this department types it."""
    if not isinstance(value, datetime.date) or layout.days == "date":
        return value
    return _DAYS[layout.days].format(era=value.year - 2018, year=value.year, month=value.month, day=value.day)
