"""様式D1 to D3: rows named by their labels, figures under headers of one line or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from making.entries import key_in
from making.grid import Block, Cell, Column
from making.model import Form, Formula, Owner, Record, Value
from making.table import Pen, Words

from .labels import CLOSING_NOTE, NOTES, TITLES, spell
from .layouts import Layout
from .terms import CASES, COLUMNS, COMMENTS, COUNTS, MONTHS, POPULATION

LABEL, REGION, TABLE = "label", "region", "table"
OWN = "計"  # beside the label of an area that is merged over its districts


@dataclass(frozen=True)
class Matrix:
    """Field → header lines of the figures; `name` is the field of the row's label, `corner` what stands over it."""

    columns: dict[str, tuple[str, ...]]
    name: str
    corner: str
    width: float


def population_block(form: Form, layout: Layout) -> Block:
    """様式D1."""
    columns = {field: (label,) for field, label in COLUMNS.items()}
    return _draw(form, layout, Matrix(columns, "area_name", layout.corner, 13))


def cases_block(form: Form, layout: Layout) -> Block:
    """様式D2: a table for each service."""
    columns = {
        f"{version}.{month}": (label, count) for month, label in MONTHS.items() for version, count in COUNTS.items()
    }
    return _draw(form, layout, Matrix(columns, "area_name", layout.corner, 8))


def comments_block(form: Form, layout: Layout) -> Block:
    """様式D3: by how the opinions came, and by what they are about."""
    return _draw(form, layout, Matrix({"count": ("人数・件数",)}, "line_name", "区分", 14))


def _draw(form: Form, layout: Layout, matrix: Matrix) -> Block:
    column_of_titles = layout.titles == "column" and len(form.groups) > 1
    two = layout.two_columns and form.name != COMMENTS
    columns = [Column("取扱業務", TABLE, 16)] if column_of_titles else []
    columns += [Column("地域", REGION, 13)] if two else []
    columns.append(Column("地区" if two else matrix.corner, LABEL, 22))
    columns += [Column("".join(lines), field, matrix.width) for field, lines in matrix.columns.items()]
    words = Words(TITLES[form.name], NOTES[form.name], CLOSING_NOTE, spell)
    pen = Pen(form, layout, words, columns, gaps_after=frozenset({LABEL}))
    pen.open(note="")
    for turn, (group, name) in enumerate((form.groups or {"": ""}).items(), 1):
        title = name and f"{turn}　{name}"
        records = _ordered([record for record in form.records if record.group == group], form, layout)
        if layout.titles == "table" or turn == 1:
            if title and layout.titles == "table":
                pen.put(Cell(pen.row, 1, title, "heading", Owner(form.name, group, TABLE)))
                pen.row += 1
            _header(pen, matrix)
        if title and layout.titles == "rows":
            pen.put(Cell(pen.row, 1, title, "heading", Owner(form.name, group, TABLE)))
            pen.row += 1
        _rows(pen, matrix, records, title if column_of_titles else "")
        pen.row += layout.titles == "table" and turn < len(form.groups)
    return pen.close()


def _ordered(records: list[Record], form: Form, layout: Layout) -> list[Record]:
    """Areas below their districts where the layout has it so."""
    if not layout.upper_last or form.name == COMMENTS:
        return records
    return [record for record in records if "-" in record.key] + [r for r in records if "-" not in r.key]


def _header(pen: Pen[Layout], matrix: Matrix) -> None:
    lines = 1 if pen.layout.one_line else max(len(labels) for labels in matrix.columns.values())
    drawn: set[str] = set()
    for column, at in pen.placed:
        labels = matrix.columns.get(column.field, ())
        if len(labels) < 2:
            pen.header(column, at, pen.row, lines if pen.layout.merged else 1, 1)
            continue
        upper, lower = labels
        owner = Owner(pen.form.name, "header", column.label)
        if lines == 1:
            pen.put(Cell(pen.row, at, f"{pen.word(upper)} {pen.word(lower)}", "header", owner))
            continue
        if upper not in drawn:
            across = sum(other.label.startswith(upper) for other, _ in pen.placed) if pen.layout.merged else 1
            pen.put(Cell(pen.row, at, pen.word(upper), "header", Owner(pen.form.name, "header", upper), across=across))
            drawn.add(upper)
        pen.put(Cell(pen.row + 1, at, pen.word(lower), "header", owner))
    pen.end_header(lines)


def _rows(pen: Pen[Layout], matrix: Matrix, records: list[Record], title: str) -> None:
    top = pen.row
    step = 1 + pen.layout.blank_rows
    down = len(records) * step - pen.layout.blank_rows if pen.layout.merged else 1
    for turn, record in enumerate(records):
        for column, at in pen.placed:
            owner = Owner(pen.form.name, record.key, column.field)
            if column.field == TABLE:
                if turn == 0 or not pen.layout.merged:
                    first = Owner(pen.form.name, record.group, TABLE) if turn == 0 else None
                    pen.put(Cell(pen.row, at, title, "text", first, down=down))
            elif column.field == REGION:
                _region(pen, matrix, at, records, turn, down)
            elif column.field == LABEL:
                _label(pen, matrix, at, record)
            elif column.field.startswith("own:"):
                pen.put(Cell(pen.row, at, pen.own_value(column, record), "text", owner))
            else:
                value = _calculated(pen, record, column.field, records)
                written, number_format = _typed(value, column.field, pen.layout)
                pen.put(Cell(pen.row, at, written, "measure", owner, number_format))
        pen.end_record(record, pen.row, 1)
    if pen.row == top:
        pen.row += 1


def _region(pen: Pen[Layout], matrix: Matrix, at: int, records: Sequence[Record], turn: int, down: int) -> None:
    """The area's name: merged over its rows, or repeated on each; areas without districts one a row."""
    record, upper = records[turn], next((r for r in records if "-" not in r.key), records[0])
    if not any("-" in other.key for other in records):
        upper, down = record, 1
    elif pen.layout.merged and turn:
        return
    own = Owner(pen.form.name, upper.key, matrix.name)
    named = own if record is upper or down > 1 else None
    pen.put(Cell(pen.row, at, upper.fields[matrix.name], "text", named, down=down))


def _label(pen: Pen[Layout], matrix: Matrix, at: int, record: Record) -> None:
    """The row's own name, or 計 where the area's name stands in a column before."""
    if "-" not in record.key and any(column.field == REGION for column, _ in pen.placed):
        pen.put(Cell(pen.row, at, OWN, "text"))
    else:
        pen.put(Cell(pen.row, at, record.fields[matrix.name], "text", Owner(pen.form.name, record.key, matrix.name)))


def _typed(value: Value, field: str, layout: Layout) -> tuple[Value, str]:
    """A figure as this department types it, and its number format."""
    if isinstance(value, str) and field == "count":
        entry = key_in(value, "format" if layout.unit_in_format else "text")
        return entry.value, entry.number_format
    if isinstance(value, Formula):
        return value, "#,##0.000" if field == "area_km2" else "#,##0"
    if isinstance(value, (int, Decimal)):
        if layout.as_text:
            return f"{value:,}", ""
        return value, "#,##0.000" if field == "area_km2" else "#,##0"
    return value, ""


def _calculated(pen: Pen[Layout], record: Record, field: str, records: Sequence[Record]) -> Value:
    """The value as a formula over its parts, where the layout has formulas and the value is what they make."""
    value = record.fields[field]
    parts = _parts(pen.form, record, field, records) if pen.layout.formulas else []
    there = {column.field for column, _ in pen.placed}
    if not parts or not isinstance(value, (int, Decimal)) or any(part.field not in there for part in parts):
        return value
    figures = [pen.form.record(part.record).fields[part.field] for part in parts]
    numbers = [Decimal(part) for part in figures if isinstance(part, (int, Decimal))]
    if field == "density":
        made = (numbers[0] / numbers[1]).quantize(Decimal(1), ROUND_HALF_UP) if len(numbers) == 2 else None
        return Formula(value, tuple(parts), "=ROUND({0}/{1},0)") if made == value else value
    return Formula(value, tuple(parts)) if sum(numbers) == value else value


def _parts(form: Form, record: Record, field: str, records: Sequence[Record]) -> list[Owner]:
    """The cells that a figure is made of: the districts of an area, the parts of a quotient or of a running total."""
    if field == "density":
        return [Owner(form.name, record.key, name) for name in ("population", "area_km2")]
    if "-" not in record.key and form.name in (POPULATION, CASES):
        own = [other.key for other in records if "-" in other.key]
        return [Owner(form.name, key, field) for key in own]
    version, _, month = field.partition(".")
    months = list(MONTHS)
    if version == "running" and months.index(month):
        before = months[months.index(month) - 1]
        return [Owner(form.name, record.key, f"running.{before}"), Owner(form.name, record.key, f"month.{month}")]
    return []
