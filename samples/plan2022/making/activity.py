"""様式1: a record is three rows, 当初計画 / 修正計画 / 実績, as printed."""

from __future__ import annotations

from decimal import Decimal

from making.entries import Entry, key_in, read_quantity
from making.grid import Block, Cell, Column, Style
from making.model import Form, Formula, Owner, Record
from making.table import Pen

from .labels import YEARS_TOGETHER, spell
from .layouts import Layout
from .table import pen_for, programmes_of
from .terms import PERIODS, VERSIONS


def activity_block(form: Form, layout: Layout) -> Block:
    """The whole form; one table, or one for each programme."""
    columns = [Column("事業番号", "number", 9), Column("取組み", "name", 34)]
    if layout.keyed == "column":
        columns.append(Column("単位", "unit", 9))
    if layout.basis_column:
        columns.append(Column("総量区分", "basis", 11))
    columns.append(Column("区分", "version", 11))
    columns += [Column(label, period, 17) for period, label in PERIODS.items()]
    columns.append(Column("計画変更理由・内容等", "reason", 48))
    pen = pen_for(form, layout, columns, gaps_after=frozenset({"name", "total"}))
    pen.open(note="")
    for _, records in programmes_of(form, layout, pen):
        _header(pen)
        for record in records:
            _record(pen, record)
    return pen.close()


def _header(pen: Pen[Layout]) -> None:
    style, row, down = pen.layout.versions_label, pen.row, 2 if pen.layout.two_lines else 1
    years = [(column, at) for column, at in pen.placed if column.field in PERIODS]
    for column, at in pen.placed:
        if column.field == "version" and style != "区分":
            if style == "" or pen.has_gaps or pen.between("name", "version"):
                pen.put(Cell(row, at, "", "header", down=down))
            continue
        across = column.across
        over_versions = column.field == "name" and style == "merged"
        if over_versions and not pen.has_gaps and not pen.between("name", "version"):
            across += 1
        if pen.layout.two_lines and column.field in PERIODS:
            pen.put(Cell(row + 1, at, pen.word(column.label), "header", Owner("activity", "header", column.label)))
        else:
            pen.header(column, at, row, down, across)
    if pen.layout.two_lines:
        first, last = years[0][1], years[-1][1]
        pen.put(Cell(row, first, YEARS_TOGETHER, "header", across=last - first + 1))
    pen.end_header(down)


def _record(pen: Pen[Layout], record: Record) -> None:
    versions = [version for version in VERSIONS if version not in record.omitted]
    top, merged = pen.row, pen.layout.merged
    for column, at in pen.placed:
        if column.field in record.fields or column.field.startswith("own:"):
            value = pen.own_value(column, record) if column.field.startswith("own:") else record.fields[column.field]
            style: Style = "text" if column.field in ("name", "reason") else "key"
            owner = Owner("activity", record.key, column.field)
            down = len(versions) if merged else 1
            pen.put(Cell(top, at, value, style, owner, down=down, across=column.across))
            for row in range(top + down, top + len(versions)):
                pen.put(Cell(row, at, None, style, across=column.across))
        elif column.field == "version":
            for row, version in enumerate(versions, top):
                owner = Owner("activity", record.key, f"{version}.version")
                pen.put(Cell(row, at, spell(VERSIONS[version], pen.layout), "version", owner))
        elif column.field in PERIODS:
            for row, version in enumerate(versions, top):
                name = f"{version}.{column.field}"
                entry = _entry(pen.layout, record, version, column.field)
                owner = Owner("activity", record.key, name)
                pen.put(Cell(row, at, entry.value, "measure", owner, entry.number_format, across=column.across))
    pen.end_record(record, top, len(versions))


def _entry(layout: Layout, record: Record, version: str, period: str) -> Entry:
    """The keyed value; a total that is the sum of its years is a formula where the department uses formulas."""
    unit = record.fields["unit"]
    entry = key_in(record.fields[f"{version}.{period}"], layout.keyed, unit, layout.wide_figures)
    if not (layout.formulas and period == "total" and isinstance(entry.value, Decimal)):
        return entry
    first = f"{'initial' if version == 'revised' else version}.FY2022"
    parts = [name for name in (first, f"{version}.FY2023") if _number(record, name, layout) is not None]
    total = sum((_number(record, name, layout) or Decimal(0) for name in parts), Decimal(0))
    if total != entry.value:
        return entry
    owners = tuple(Owner("activity", record.key, name) for name in parts)
    return Entry(Formula(entry.value, owners), entry.number_format)


def _number(record: Record, name: str, layout: Layout) -> Decimal | None:
    text = record.fields[name]
    if not isinstance(text, str) or read_quantity(text) is None:
        return None
    value = key_in(text, layout.keyed, record.fields["unit"]).value
    return value if isinstance(value, Decimal) else None
