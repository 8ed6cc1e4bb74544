"""様式A: two sides, three rows a record; left 当初計画 / 修正計画 / 実績, right 目標 / 実績 / 達成状況, as printed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from making.entries import Entry, key_in, read_quantity
from making.grid import Block, Cell, Column, Style
from making.model import Form, Formula, Owner, Record
from making.table import Pen, Words

from .labels import ACTIONS, CLOSING_NOTE, NOTES, OUTCOMES, TITLE, spell
from .layouts import Layout
from .terms import ACTION, FORM, GRADE_NOTE, GRADES, INITIATIVE, LEFT, MARK_NOTES, OUTCOME, RIGHT, YEAR

_LEFT_COLUMNS = (
    Column("行動量の番号", "action_number", 8),
    Column("行動量", "action", 28),
    Column("現況値（策定時）", "action_baseline", 18),
    Column("区分", "left", 9),
    Column(YEAR, "left_value", 14),
)
_RIGHT_COLUMNS = (
    Column("成果指標の番号", "outcome_number", 8),
    Column("成果指標", "outcome", 28),
    Column("現況値（策定時）", "outcome_baseline", 18),
    Column("区分", "right", 9),
    Column(YEAR, "right_value", 14),
    Column("評価※１", "grade", 7),
    Column("達成状況評価の理由（評価C・Dのみ）", "reason", 32),
)
COLUMNS = (
    Column("主な取組みの番号", "initiative_number", 8),
    Column("主な取組み", "initiative", 40),
    *_LEFT_COLUMNS,
    *_RIGHT_COLUMNS,
    Column("担当所管課", "section", 18),
)
_SIDES = {"left": ("action", ACTION, LEFT), "right": ("outcome", OUTCOME, RIGHT)}


def progress_block(form: Form, layout: Layout) -> Block:
    """The whole form; one table under each heading, or one table with the headings as rows."""
    words = Words(TITLE, NOTES, CLOSING_NOTE, spell, {"grade": GRADES})
    pen = Pen(form, layout, words, list(COLUMNS), gaps_after=frozenset({"initiative", "left_value", "reason"}))
    pen.open(note="")
    if layout.headings == "rows":
        _header(pen)
    above: list[str] = []
    for group, records in itertools.groupby(form.records, key=lambda record: record.group):
        lines = form.groups.get(group, "").split("\n")
        _heading(pen, [line for at, line in enumerate(lines) if at >= 2 or line not in above])
        above = lines[:2]
        if layout.headings == "table":
            _header(pen)
        for initiative in _together(list(records), INITIATIVE):
            _initiative(pen, initiative)
        if layout.headings == "table":
            pen.row += 1
    block = pen.close()
    marks = [mark for mark in MARK_NOTES if any(mark in str(record.fields.get("outcome")) for record in form.records)]
    for step, note in enumerate((GRADE_NOTE, *(MARK_NOTES[mark] for mark in marks)), block.rows + 1):
        block.cells.append(Cell(step, 1, note, "note"))
    return block


def _heading(pen: Pen[Layout], lines: Sequence[str]) -> None:
    """Chapter and 推進施策 where they change, めざす姿, its text, the page of the plan."""
    for at, line in enumerate(lines):
        style: Style = "heading" if at < len(lines) - 2 else "note"
        pen.put(Cell(pen.row, 1, line, style))
        pen.row += 1


def _header(pen: Pen[Layout]) -> None:
    row, down = pen.row, 1 if pen.layout.one_line else 2
    first = pen.block.header_rows is None
    sides = {column.field: (OUTCOMES if column in _RIGHT_COLUMNS else ACTIONS) for column in COLUMNS[2:-1]}
    for column, at in pen.placed:
        owner = Owner(FORM, "header", column.label) if first else None
        if down == 2 and column.field in sides:
            pen.put(Cell(row + 1, at, pen.word(column.label), "header", owner))
        else:
            pen.put(Cell(row, at, pen.word(column.label), "header", owner, down=down))
    if down == 2:
        for words in (ACTIONS, OUTCOMES):
            under = [at for column, at in pen.placed if sides.get(column.field) == words]
            pen.put(Cell(row, under[0], words, "header", across=under[-1] - under[0] + 1))
    pen.end_header(down)


def _together(records: list[Record], fields: Sequence[str]) -> list[list[Record]]:
    """Neighbours that say the same in those fields."""
    return [
        list(found) for _, found in itertools.groupby(records, key=lambda one: [one.fields[name] for name in fields])
    ]


def _initiative(pen: Pen[Layout], records: list[Record]) -> None:
    """The records of one 主な取組み; its number and name are merged over them, or repeated."""
    whole = pen.layout.merged and not pen.layout.fill_down and not pen.layout.blank_rows
    tops: list[int] = []
    for record in records:
        tops.append(pen.row)
        rows = [at for at, version in enumerate(LEFT) if version not in record.omitted]
        _record(pen, record, rows)
        pen.end_record(record, pen.row, len(rows))
    end = pen.row - pen.layout.blank_rows
    for column, at in pen.placed:
        if column.field in INITIATIVE:
            style: Style = "text" if column.field == "initiative" else "key"
            for record, top in zip(records, tops, strict=True):
                down = end - top if whole and len(records) > 1 else 3 - len(record.omitted)
                if not whole or record is records[0]:
                    _tall(pen, Cell(top, at, record.fields[column.field], style, _owner(record, column.field)), down)
        elif column.field in (*ACTION, *OUTCOME):
            _side_texts(pen, column, at, records, tops)


def _side_texts(pen: Pen[Layout], column: Column, at: int, records: list[Record], tops: list[int]) -> None:
    """Number, name, start, grade, reason; over the rows of the next record too where that shares the side."""
    style: Style = "text" if column.field in ("action", "outcome", "reason") else "key"
    for turn, (record, top) in enumerate(zip(records, tops, strict=True)):
        if column.field not in record.fields:
            continue
        down = 3 - len(record.omitted)
        if turn + 1 < len(records) and column.field not in records[turn + 1].fields:
            down = tops[turn + 1] - top + 3
        value = record.fields[column.field]
        wide = column.field.endswith("baseline") and pen.layout.wide_figures
        entry = key_in(value, "text", None, wide)
        _tall(pen, Cell(top, at, entry.value, style, _owner(record, column.field)), down)


def _record(pen: Pen[Layout], record: Record, rows: list[int]) -> None:
    """区分 and the values on both sides, 担当所管課, and what the department added."""
    for column, at in pen.placed:
        side = column.field.removesuffix("_value")
        if side in _SIDES:
            prefix, names, words = _SIDES[side]
            if names[0] in record.fields:
                _side_values(pen, record, (column, at), rows, prefix, words)
            elif pen.layout.shared == "first" or pen.layout.blank_rows or not pen.layout.merged:
                style: Style = "version" if column.field == side else "measure"
                for step in range(len(rows)):
                    pen.put(Cell(pen.row + step, at, None, style))
        elif column.field == "section":
            _tall(pen, Cell(pen.row, at, record.fields["section"], "key", _owner(record, "section")), len(rows))
        elif column.field.startswith("own:"):
            value = pen.own_value(column, record)
            _tall(pen, Cell(pen.row, at, value, "text", _owner(record, column.field)), len(rows))


def _side_values(
    pen: Pen[Layout], record: Record, placed: tuple[Column, int], rows: list[int], prefix: str, words: dict[str, str]
) -> None:
    column, at = placed
    versions = [version for row, version in enumerate(words) if row in rows]
    spread = _is_spread(pen, record, prefix)
    for step, version in enumerate(versions):
        field = f"{prefix}.{version}"
        row, down = (pen.row + step * 2, 2) if spread else (pen.row + step, 1)
        if column.field.endswith("_value"):
            entry = _entry(pen.layout, record, field)
            pen.put(Cell(row, at, entry.value, "measure", _owner(record, field), entry.number_format, down=down))
        else:
            word = spell(words[version], pen.layout)
            pen.put(Cell(row, at, word, "version", _owner(record, f"{field}.version"), down=down))


def _is_spread(pen: Pen[Layout], record: Record, prefix: str) -> bool:
    """Whether each of the three values takes two rows of the six that two records have."""
    if pen.layout.shared == "first" or pen.layout.blank_rows or not pen.layout.merged:
        return False
    records = pen.form.records
    at = records.index(record) + 1
    number = f"{prefix}_number"
    return at < len(records) and records[at].group == record.group and number not in records[at].fields


def _tall(pen: Pen[Layout], cell: Cell, down: int) -> None:
    """The cell over `down` rows: merged, or with empty ones below it."""
    if pen.layout.merged and not (pen.layout.blank_rows and down > 3):
        pen.put(Cell(cell.row, cell.column, cell.value, cell.style, cell.owner, cell.number_format, down=down))
        return
    pen.put(cell)
    for row in range(cell.row + 1, cell.row + down):
        pen.put(Cell(row, cell.column, None, cell.style))


def _owner(record: Record, field: str) -> Owner:
    return Owner(FORM, record.key, field)


def _entry(layout: Layout, record: Record, field: str) -> Entry:
    """The keyed value; 達成状況 is a formula where the department uses formulas and it is the rounded quotient."""
    entry = key_in(record.fields[field], layout.keyed, None, layout.wide_figures)
    if not (layout.formulas and field == "outcome.rate" and isinstance(entry.value, Decimal)):
        return entry
    if record.omitted & {version for version, on_the_right in zip(LEFT, RIGHT, strict=True) if on_the_right != "rate"}:
        return entry  # the row of one of the parts is missing
    names = ["outcome.actual", "outcome.target"]
    found = [read_quantity(str(record.fields[name])) for name in names]
    if None in found:
        return entry
    actual, target = (quantity[0] for quantity in found if quantity)
    for pair, over, under in ((names, actual, target), (names[::-1], target, actual)):
        if under and (over / under).quantize(Decimal("0.001"), ROUND_HALF_UP) == entry.value:
            parts = tuple(_owner(record, name) for name in pair)
            return Entry(Formula(entry.value, parts, "=ROUND({0}/{1},3)"), entry.number_format)
    return entry
