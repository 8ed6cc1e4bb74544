"""様式D4 and D5: one row an answer, one row a measure."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from decimal import Decimal

from making.grid import Block, Cell, Column, Style
from making.model import Form, Owner, Record, Value
from making.table import Pen, Words

from .labels import CLOSING_NOTE, NOTES, TITLES, spell
from .layouts import Layout

_SURVEY = [
    Column("設問番号", "question", 9),
    Column("設問", "name", 34),
    Column("系列", "series", 24),
    Column("回答方法", "kind", 22),
    Column("回答数", "asked", 12),
    Column("選択肢番号", "number", 10),
    Column("選択肢", "option", 44),
    Column("割合（％）", "share", 11),
]
_MEASURES = [
    Column("番号", "number", 9),
    Column("大項目", "major", 22),
    Column("中項目", "middle", 28),
    Column("小項目", "name", 36),
    Column("再掲", "original", 12),
    Column("頁", "page", 6),
    Column("令和４年度実施", "fy2022", 44),
    Column("令和５年度実施", "fy2023", 44),
]
# What stands once for the rows of a question, and of a 中項目.
_ONCE = {"survey": ("question", "name", "series", "kind"), "measures": ("major", "middle", "fy2022", "fy2023")}


def survey_block(form: Form, layout: Layout) -> Block:
    """様式D4."""
    return _draw(form, layout, _SURVEY, {record.key: record.key.partition("/")[0] for record in form.records})


def measures_block(form: Form, layout: Layout) -> Block:
    """様式D5."""
    return _draw(form, layout, _MEASURES, {record.key: record.group for record in form.records})


def _draw(form: Form, layout: Layout, columns: list[Column], together: Mapping[str, str]) -> Block:
    """`together`: record → what it shares its once-printed texts with."""
    words = Words(TITLES[form.name], NOTES[form.name], CLOSING_NOTE, spell)
    pen = Pen(form, layout, words, columns, gaps_after=frozenset({"name"}))
    pen.open(note="")
    for column, at in pen.placed:
        pen.header(column, at, pen.row, 1, 1)
    pen.end_header(1)
    for _, group in itertools.groupby(form.records, key=lambda record: together[record.key]):
        _rows(pen, list(group))
    return pen.close()


def _rows(pen: Pen[Layout], records: list[Record]) -> None:
    """Texts that stand once are merged over the rows they hold for, or repeated on each."""
    once = _ONCE[pen.form.name]
    merged = pen.layout.merged and not pen.layout.blank_rows and len(records) > 1
    for turn, record in enumerate(records):
        for column, at in pen.placed:
            owner = Owner(pen.form.name, record.key, column.field)
            if column.field.startswith("own:"):
                pen.put(Cell(pen.row, at, pen.own_value(column, record), "text", owner))
                continue
            value = record.fields[column.field]
            style: Style = "key" if column.field in ("question", "number", "page", "asked") else "text"
            number_format = "0.0" if column.field == "share" else ""
            if column.field in once and merged and not _differs(records, column.field):
                if turn == 0:
                    pen.put(Cell(pen.row, at, value, style, owner, down=len(records)))
                continue
            written, number_format = _share(value, pen.layout) if column.field == "share" else (value, "")
            pen.put(Cell(pen.row, at, written, "measure" if column.field == "share" else style, owner, number_format))
        pen.end_record(record, pen.row, 1)


def _differs(records: list[Record], field: str) -> bool:
    return len({str(record.fields[field]) for record in records}) > 1


def _share(value: Value, layout: Layout) -> tuple[Value, str]:
    """A share as a figure of one decimal, or typed with its percent sign."""
    if isinstance(value, Decimal):
        return (value, "0.0") if layout.unit_in_format else (f"{value}%", "")
    return value, ""
