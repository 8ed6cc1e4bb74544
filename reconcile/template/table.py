"""The template of a table: a row a record, subtotals below each group, totals at the end."""

from __future__ import annotations

import re

from reconcile.normalise import fold_name
from reconcile.packs.model import Form, Total
from reconcile.template.columns import Columns
from reconcile.template.filled import Asked, put
from reconcile.template.page import Nothing, Page
from reconcile.template.records import Known, groups
from reconcile.template.totals import column_sum, flagged_sum, row_formulas
from reconcile.writing.text import lines


def write(page: Page, columns: Columns, records: list[Known]) -> None:
    form, asked = page.form, Asked(page)
    counted: list[int] = []
    for group, members in groups(records):
        own: list[int] = []
        for _, record in members:
            formulas = row_formulas(form, columns, record.basis, page.row) if not record.free else {}
            for number, column in enumerate(columns.columns, start=1):
                put(page, asked, (page.row, number), column, column.slots[0], record, formulas)
            _height(page, columns, record)
            if not _relisted(form, record):
                own.append(page.row)
            page.row += 1
        for total in form.totals:
            if total.level == "subtotal" and group:
                _total(page, columns, total, own)
        counted += own
    for total in form.totals:
        if total.level != "subtotal":
            _total(page, columns, total, counted)
    asked.write()


def _total(page: Page, columns: Columns, total: Total, rows: list[int]) -> None:
    """The word over the columns before the figures, and a sum below each of them."""
    styles, figures = page.book.styles, dict(columns.figures())
    first = min(figures)
    page.sheet.merge(page.row, 1, page.row, max(first - 1, 1), total.label, styles.get("total_label"))
    page.sheet.height(page.row, 24)
    flag = columns.of_field(total.flag) if total.flag else None
    for number in range(first, len(columns.columns) + 1):
        if number not in figures:
            page.sheet.text(page.row, number, "", styles.get("total"))
            continue
        if flag is not None:
            mark = page.form.fields[total.flag or ""].marks[0]
            formula = flagged_sum(number, flag, rows, mark)
        else:
            formula = column_sum(number, rows)
        page.sheet.formula(page.row, number, formula, Nothing(), styles.get("total", num_format="#,##0.####"))
    page.row += 1


def _relisted(form: Form, record: Known) -> bool:
    """Whether a record says that it is listed before: totals leave it out."""
    mark = form.relisted
    return mark is not None and re.search(mark.mark, fold_name(record.texts.get(mark.field, ""))) is not None


def _height(page: Page, columns: Columns, record: Known) -> None:
    tallest = max(lines(record.texts.get(column.slots[0], ""), column.width) for column in columns.columns)
    page.sheet.height(page.row, max(24.0, tallest * 14.0 + 6))
