"""The template of a block: a record of several rows told apart by their words; its texts merged over them."""

from __future__ import annotations

from reconcile.template.columns import Columns
from reconcile.template.filled import Asked, put
from reconcile.template.page import Page
from reconcile.template.records import Known
from reconcile.template.totals import row_formulas
from reconcile.writing.text import lines


def write(page: Page, columns: Columns, records: list[Known]) -> None:
    styles, asked, depth = page.book.styles, Asked(page), columns.rows
    for record in records:
        top = page.row
        formulas = row_formulas(page.form, columns, record.basis, top)
        for number, column in enumerate(columns.columns, start=1):
            if column.kind == "version":
                for step, word in enumerate(column.words):
                    page.sheet.text(top + step, number, word, styles.get("center"))
            elif len(column.slots) == 1:
                _merge(page, top, number, depth)
                put(page, asked, (top, number), column, column.slots[0], record, formulas)
            else:
                for step, slot in enumerate(column.slots):
                    put(page, asked, (top + step, number), column, slot, record, formulas)
        texts = [(record.texts.get(c.slots[0], ""), c.width) for c in columns.columns if len(c.slots) == 1]
        tallest = max((lines(text, width) for text, width in texts), default=1)
        for step in range(depth):
            page.sheet.height(top + step, max(21.0, (tallest * 14.0 + 6) / depth))
        page.row += depth
    asked.write()


def _merge(page: Page, top: int, column: int, depth: int) -> None:
    if depth > 1:
        page.sheet.merge(top, column, top + depth - 1, column, "", page.book.styles.get("answer", valign="vcenter"))
