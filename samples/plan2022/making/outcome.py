"""様式2: one row for each indicator."""

from __future__ import annotations

from making.entries import key_in
from making.grid import Block, Cell, Column, Style
from making.model import Form, Owner, Record
from making.table import Pen

from .labels import TARGET, spell
from .layouts import Layout
from .table import pen_for, programmes_of


def outcome_block(form: Form, layout: Layout, reason_across: int = 1) -> Block:
    """`reason_across`: sheet columns the reason takes, where 様式1 stands on the same columns."""
    columns = [Column("事業番号", "number", 9), Column("指標", "name", 34)]
    if layout.keyed == "column":
        columns.append(Column("単位", "unit", 9))
    columns += [
        Column("策定時", "baseline", 20),
        Column("目標値（令和5年度末）", "target", 20),
        Column("目標値変更理由等", "reason", 56, reason_across),
    ]
    pen = pen_for(form, layout, columns, gaps_after=frozenset({"name", "target"}))
    pen.open(note="")
    for _, records in programmes_of(form, layout, pen):
        _header(pen)
        for record in records:
            _record(pen, record)
    return pen.close()


def _header(pen: Pen[Layout]) -> None:
    down = 2 if pen.layout.two_lines else 1
    for column, at in pen.placed:
        if down == 2 and column.field == "target":
            for line, part in enumerate(TARGET):
                owner = Owner("outcome", "header", column.label) if line == 0 else None
                pen.put(Cell(pen.row + line, at, spell(part, pen.layout), "header", owner))
        else:
            pen.header(column, at, pen.row, down, column.across)
    pen.end_header(down)


def _record(pen: Pen[Layout], record: Record) -> None:
    for column, at in pen.placed:
        owner = Owner("outcome", record.key, column.field)
        if column.field in ("baseline", "target"):
            unit = record.fields["unit"]
            entry = key_in(record.fields[column.field], pen.layout.keyed, unit, pen.layout.wide_figures)
            pen.put(Cell(pen.row, at, entry.value, "measure", owner, entry.number_format, across=column.across))
        else:
            own = column.field.startswith("own:")
            value = pen.own_value(column, record) if own else record.fields[column.field]
            style: Style = "text" if column.field in ("name", "reason") or own else "key"
            pen.put(Cell(pen.row, at, value, style, owner, across=column.across))
    pen.end_record(record, pen.row, 1)
