"""The template of a matrix: a table for each title, and in it the lines that the department answers for."""

from __future__ import annotations

from dataclasses import replace

from reconcile.packs.matrix import members
from reconcile.packs.model import Form
from reconcile.template.columns import Columns, columns_of
from reconcile.template.filled import Asked, put
from reconcile.template.page import Page, begin, finish, header
from reconcile.template.records import Known
from reconcile.template.totals import level_formulas, running_formulas
from reconcile.writing.text import width

_NARROWEST, _WIDEST = 8.5, 16.0  # half-width characters: a column of figures
_LEAST, _ACROSS = 80.0, 165.0  # the line that says how to fill it in; what a page across holds that can be read
_TITLE, _LINE = 24.0, 22.0  # points


def write(page: Page, records: list[Known]) -> None:
    """A table for each title, one below the other; a form without titles is one table."""
    form = page.form
    tables: dict[str, list[Known]] = {}
    for record in records:
        tables.setdefault(record.texts.get(form.tables.field, "") if form.tables else "", []).append(record)
    columns = _columns(page, records)
    begin(page, [column.width for column in columns.columns])
    asked = Asked(page)
    repeat: tuple[int, int] | None = None
    for title, lines in tables.items():
        page.starts.append(page.row)
        if form.tables:
            titles = page.pack.tables[form.tables.file].rows
            text = next(row[form.tables.label] for row in titles if row[form.tables.key] == title)
            page.sheet.merge(page.row, 1, page.row, page.last, text, page.book.styles.get("section", indent=1))
            page.sheet.height(page.row, _TITLE)
            page.row += 1
        top = page.row
        header(page, columns)
        repeat = (top, page.row - 1) if len(tables) == 1 else None
        _lines(page, asked, columns, lines)
        page.row += 1
    page.row -= 1
    asked.write()
    finish(page, repeat, 1)


def _columns(page: Page, records: list[Known]) -> Columns:
    """The labels of the lines, then the figures; keys and titles are told by where a line stands."""
    form = page.form
    assert form.lines is not None
    told = {part.field for part in (form.lines, form.tables) if part} | ({form.tables.name} if form.tables else set())
    every = columns_of(form)
    kept = [column for column in every.columns if column.field not in told]
    longest = max((width(_label(page, record)) for record in records), default=0)
    own = min(max(longest + 3.0, 14.0), 44.0)
    rest = len(kept) - 1
    each = min(max((_ACROSS - own) / max(rest, 1), _NARROWEST), _WIDEST)
    own = max(own, _LEAST - rest * each)
    fitted = (replace(column, width=own if column.field == form.lines.name else each) for column in kept)
    return Columns(tuple(fitted), every.rows)


def _lines(page: Page, asked: Asked, columns: Columns, records: list[Known]) -> None:
    """The lines of one table."""
    form = page.form
    assert form.lines is not None
    rows = {_line(form, record): page.row + number for number, record in enumerate(records)}
    keys = {_record(form, record): page.row + number for number, record in enumerate(records)}
    below = members(form.lines, page.pack.tables[form.lines.file].rows)
    formulas = level_formulas(form, columns, rows, below) | running_formulas(form, columns, keys)
    for record in records:
        line = _line(form, record)
        # A line that others of the table add up to is set off.
        total = any(member in rows for member in below.get(line, ()))
        style = page.book.styles.get("total_label" if total else "cell", indent=1)
        for number, column in enumerate(columns.columns, start=1):
            if column.field == form.lines.name:
                page.sheet.text(page.row, number, _label(page, record), style)
            else:
                put(page, asked, (page.row, number), column, column.slots[0], record, formulas)
        page.sheet.height(page.row, _LINE)
        page.row += 1


def _line(form: Form, record: Known) -> str:
    assert form.lines is not None
    return record.texts[form.lines.field]


def _record(form: Form, record: Known) -> str:
    return "/".join(record.texts.get(name, "") for name in form.key)


def _label(page: Page, record: Known) -> str:
    """A line as the form prints it; lines of different tables may have one key."""
    form = page.form
    assert form.lines is not None
    own = record.texts.get(form.tables.field, "") if form.tables else ""
    for row in page.pack.tables[form.lines.file].rows:
        here = not form.lines.table or row[form.lines.table] in ("", own)
        if here and row[form.lines.key] == _line(form, record):
            return row[form.lines.label]
    return record.texts.get(form.lines.name, _line(form, record))
