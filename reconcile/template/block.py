"""The template of a block: a record of several rows told apart by their words; its texts merged over them."""

from __future__ import annotations

from reconcile.template.columns import Columns, columns_of, fitted
from reconcile.template.filled import Asked, put
from reconcile.template.headings import Headings
from reconcile.template.page import Page, begin, finish, header
from reconcile.template.records import Known, groups
from reconcile.template.totals import row_formulas
from reconcile.writing.text import lines


def write(page: Page, records: list[Known]) -> None:
    """Title, header, records under the headings of their groups."""
    columns = fitted(columns_of(page.form), page.pack, page.form, records)
    begin(page, [column.width for column in columns.columns])
    top = page.row
    header(page, columns)
    repeat = (top, page.row - 1)
    asked, headings = Asked(page), Headings(page)
    for group, members in groups(records):
        headed = headings.write(group)
        for number, record in enumerate(members):
            if number or not headed:
                page.starts.append(page.row)
            _record(page, asked, columns, record)
    asked.write()
    finish(page, repeat, 2)


def _record(page: Page, asked: Asked, columns: Columns, record: Known) -> None:
    styles, depth, top = page.book.styles, columns.rows, page.row
    formulas = row_formulas(page.form, columns, record.basis, top)
    for number, column in enumerate(columns.columns, start=1):
        if column.kind == "version":
            for step, word in enumerate(column.words):
                page.sheet.text(top + step, number, word, styles.get("center"))
        elif len(column.slots) == 1:
            if depth > 1:
                style = styles.get("answer", valign="vcenter")
                page.sheet.merge(top, number, top + depth - 1, number, "", style)
            put(page, asked, (top, number), column, column.slots[0], record, formulas)
        else:
            for step, slot in enumerate(column.slots):
                put(page, asked, (top + step, number), column, slot, record, formulas)
    texts = [(record.said(c.slots[0]), c.width) for c in columns.columns if len(c.slots) == 1]
    tallest = max((lines(text, width) for text, width in texts), default=1)
    for step in range(depth):
        page.sheet.height(top + step, max(21.0, (tallest * 14.0 + 6) / depth))
    page.row += depth
