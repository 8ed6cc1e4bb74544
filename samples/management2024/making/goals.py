"""様式M2: one row a 到達点, by the policy office."""

from __future__ import annotations

import re

from making.entries import read_quantity
from making.grid import Block, Cell, Column, Style
from making.model import Form, Owner, Record, Value
from making.table import Pen, Words

from .labels import NOTES_GOALS, TITLE_GOALS, UNIT_GOALS, spell
from .layouts import Layout
from .terms import GOALS, MONEY

COLUMNS = (
    Column("到達点", "goal", 40),
    *(Column(label, field, 15) for field, label in MONEY.items()),
    Column("削減時間 計画", "hours.plan", 17),
    Column("Ｒ６削減時間", "hours.FY2024", 17),
)


def goals_block(form: Form, layout: Layout) -> Block:
    """The whole form."""
    words = Words(TITLE_GOALS, NOTES_GOALS, "", spell)
    pen = Pen(form, layout, words, list(COLUMNS), gaps_after=frozenset({"goal"}))
    pen.open(note=UNIT_GOALS)
    for column, at in pen.placed:
        pen.header(column, at, pen.row, 1, column.across)
    pen.end_header(1)
    for record in form.records:
        for column, at in pen.placed:
            owner = Owner(GOALS, record.key, column.field)
            style: Style = "text" if column.field == "goal" else "money"
            pen.put(Cell(pen.row, at, _value(column.field, record, layout), style, owner))
        pen.end_record(record, pen.row, 1)
    return pen.close()


def _value(field: str, record: Record, layout: Layout) -> Value:
    value = record.fields.get(field)  # a column of the department's own has none
    if layout.money_as_number and isinstance(value, str):
        quantity = read_quantity(re.sub(r"\s", "", value))
        if quantity and quantity[1] == "百万円":
            return int(quantity[0])
    return value
