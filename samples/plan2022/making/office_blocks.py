"""様式4 to 様式9, the forms of the policy office."""

from __future__ import annotations

from making.entries import key_in
from making.grid import Block, Cell, Column, Style
from making.model import Form, Owner, Record, Value
from making.table import Pen

from .labels import spell
from .layouts import Layout
from .office import FLAGS, runs
from .table import pen_for

_YEARS = (("令和4年度見込み", "forecast"), ("令和5年度計画", "plan"))
_CHANGE = (("変更前", "before", 16), ("変更後", "after", 16), ("理由", "reason", 50))
# Form → label, field, width of each column.
COLUMNS: dict[str, tuple[tuple[str, str, int], ...]] = {
    "effect": (
        ("基本方針", "policy", 22),
        ("視点", "viewpoint", 26),
        ("項目番号", "number", 9),
        ("取組み項目", "name", 44),
        *((label, flag, 8) for flag, label in FLAGS.items()),
        *((label, field, 14) for label, field in _YEARS),
        ("合計", "effect", 14),
        ("備考", "note", 16),
    ),
    "dx": (
        ("方針", "policy", 22),
        ("重点取組み", "focus", 22),
        ("取組み内容", "item", 36),
        ("4年度の実績等", "result", 56),
        ("5年度の予定", "plan", 50),
    ),
    "reform_changes": (
        ("項目番号", "number", 9),
        ("取組み項目", "name", 40),
        ("取組み", "action", 36),
        *_CHANGE,
    ),
    "affiliates": (("団体名", "body", 28), ("取組み", "action", 44), *_CHANGE),
    "summary_changes": (
        ("区分", "kind", 12),
        ("事業番号", "number", 9),
        ("指標", "name", 50),
        *_CHANGE,
    ),
    "summary_cost": (
        ("施策番号", "programme", 9),
        ("施策名", "name", 50),
        *((label, field, 16) for label, field in _YEARS),
    ),
    "summary_counts": (("区分", "kind", 12), ("記述", "sentence", 60), ("備考", "note", 24)),
    "summary_items": (
        ("基本方針", "policy", 22),
        ("視点", "viewpoint", 26),
        ("項目番号", "number", 9),
        ("取組み名", "name", 50),
    ),
}
# What stands once for the records below it.
FILLED = {
    "effect": ("policy", "viewpoint"),
    "dx": ("policy", "focus"),
    "reform_changes": (),
    "affiliates": ("body",),
    "summary_changes": ("kind",),
    "summary_items": ("policy", "viewpoint"),
}
UNITS = {"effect": "単位：千円", "summary_cost": "単位：千円"}
OVER_EFFECTS = "効果額（千円）"
_AMOUNTS = ("forecast", "plan", "effect")
_KEYS = ("number", "programme", "kind", "body", *FLAGS)


def office_block(form: Form, layout: Layout) -> Block:
    """One form of the office."""
    if form.name == "facilities":
        return _facilities(form, layout)
    columns = [Column(label, field, width) for label, field, width in COLUMNS[form.name]]
    pen = pen_for(form, layout, columns, gaps_after=frozenset({"name"}))
    pen.open(note=UNITS.get(form.name, ""))
    _header(pen)
    records = [record for record in form.records if record.group not in ("total", "breakdown")]
    filled = FILLED.get(form.name, ())
    for record in records:
        _record(pen, record, filled, records)
    for record in form.records:
        if record.group in ("total", "breakdown"):
            _total(pen, record)
    return pen.close()


def _header(pen: Pen[Layout]) -> None:
    """One line; of 様式4 two where the layout has two, 効果額（千円） over the amounts."""
    down = 2 if pen.layout.two_lines and pen.form.name == "effect" else 1
    for column, at in pen.placed:
        if down == 2 and column.field in _AMOUNTS:
            if column.field == _AMOUNTS[0]:
                pen.put(Cell(pen.row, at, spell(OVER_EFFECTS, pen.layout), "header", across=len(_AMOUNTS)))
            owner = Owner(pen.form.name, "header", column.label)
            pen.put(Cell(pen.row + 1, at, pen.word(column.label), "header", owner))
        else:
            pen.header(column, at, pen.row, down, column.across)
    pen.end_header(down)


def _record(pen: Pen[Layout], record: Record, filled: tuple[str, ...], records: list[Record]) -> None:
    merged = pen.layout.merged and not pen.layout.blank_rows
    for column, at in pen.placed:
        owner = Owner(pen.form.name, record.key, column.field)
        if column.field in filled and merged:
            names = filled[: filled.index(column.field) + 1]
            run = next(run for run in runs(records, names) if record in run)
            if run[0] is record:
                value = record.fields[column.field]
                pen.put(Cell(pen.row, at, value, "text", owner, down=len(run)))
        elif column.field.startswith("own:"):
            pen.put(Cell(pen.row, at, pen.own_value(column, record), "text", owner))
        else:
            _cell(pen, record, column, at, owner)
    pen.end_record(record, pen.row, 1)


def _cell(pen: Pen[Layout], record: Record, column: Column, at: int, owner: Owner) -> None:
    value = record.fields.get(column.field)
    if pen.form.name == "summary_changes" and column.field in ("before", "after"):
        entry = key_in(value, pen.layout.keyed, None, pen.layout.wide_figures)
        pen.put(Cell(pen.row, at, entry.value, "measure", owner, entry.number_format))
        return
    money = pen.form.name in UNITS and column.field in _AMOUNTS
    style: Style = "money" if money else "key" if column.field in _KEYS else "text"
    pen.put(Cell(pen.row, at, value, style, owner))


def _total(pen: Pen[Layout], record: Record) -> None:
    """合計 and, below it, 内訳: the label in the column of names, 内訳 before it."""
    for column, at in pen.placed:
        owner = Owner(pen.form.name, record.key, column.field)
        value: Value = record.fields.get(column.field)
        if column.field == "viewpoint" and record.group == "breakdown":
            value = "内訳"
        if pen.form.name == "summary_cost" and column.field == "programme":
            value = None
        pen.put(Cell(pen.row, at, value, "total_money" if column.field in _AMOUNTS else "total", owner))
    pen.row += 1


_PARTS = {
    "cost": "■公共施設の整備費及び維持管理経費",
    "restraint": "■公共施設等総合管理計画に基づく各取組みの効果額",
    "buildings": "■建物総量上限",
}
_BESIDE = {"restraint": "抑制額・歳入増", "reduction": "削減額"}


def _facilities(form: Form, layout: Layout) -> Block:
    """Three tables with titles of their own; in the second the two kinds of effect stand beside their rows."""
    columns = [Column("区分", "beside", 16), Column("項目", "label", 44)]
    columns += [Column(label, field, 18) for label, field in _YEARS]
    pen = pen_for(form, layout, columns, gaps_after=frozenset({"label"}))
    pen.open(note="")
    drawn = ""
    for run in runs_of_parts(form.records):
        part = run[0].group
        if part in _PARTS:
            if drawn:
                pen.row += 1
            pen.put(Cell(pen.row, 1, _PARTS[part], "heading"))
            pen.row += 1
            _facility_header(pen)
            drawn = part
        for record in run:
            _facility(pen, record, run)
    return pen.close()


def runs_of_parts(records: list[Record]) -> list[list[Record]]:
    """The records of each part."""
    parts = list(dict.fromkeys(record.group for record in records))
    return [[record for record in records if record.group == part] for part in parts]


def _facility_header(pen: Pen[Layout]) -> None:
    for column, at in pen.placed:
        if column.field == "beside":
            pen.put(Cell(pen.row, at, None, "header"))
        else:
            pen.header(column, at, pen.row, 1, column.across)
    pen.end_header(1)


def _facility(pen: Pen[Layout], record: Record, run: list[Record]) -> None:
    text, over = next((text, over) for text, over in _beside(run) if record in over)
    merged = pen.layout.merged and not pen.layout.blank_rows
    for column, at in pen.placed:
        owner = Owner("facilities", record.key, column.field)
        if column.field == "beside":
            if text and merged:
                if record is over[0]:
                    pen.put(Cell(pen.row, at, text, "text", down=len(over)))
            else:
                pen.put(Cell(pen.row, at, text or None, "text"))
        elif column.field in ("forecast", "plan"):
            keyed = "text" if pen.layout.keyed == "column" else pen.layout.keyed
            entry = key_in(record.fields[column.field], keyed, None, pen.layout.wide_figures)
            pen.put(Cell(pen.row, at, entry.value, "measure", owner, entry.number_format))
        elif column.field.startswith("own:"):
            pen.put(Cell(pen.row, at, pen.own_value(column, record), "text", owner))
        else:
            pen.put(Cell(pen.row, at, record.fields.get(column.field), "text", owner))
    pen.end_record(record, pen.row, 1)


def _beside(run: list[Record]) -> list[tuple[str, list[Record]]]:
    """What stands left of the labels of a part, and over which of its rows; empty where nothing does."""
    if run[0].group == "buildings":
        return [("", run[:1]), ("延床面積", run[1:])]
    return [(_BESIDE.get(run[0].group, ""), run)]
