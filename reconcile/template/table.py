"""The template of a table: a row a record, subtotals below each group, totals at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reconcile.normalise import fold_name
from reconcile.packs.checks.sums import ColumnTotalsCheck
from reconcile.packs.model import Form, Total
from reconcile.template.columns import Columns, columns_of, fitted
from reconcile.template.entry import entry_style
from reconcile.template.filled import Asked, put
from reconcile.template.headings import Headings
from reconcile.template.page import Nothing, Page, begin, finish, header
from reconcile.template.records import Known, groups
from reconcile.template.totals import column_sum, flagged_sum, row_formulas
from reconcile.writing.text import lines


def write(page: Page, records: list[Known]) -> None:
    """Title, header, records under the headings of their groups, totals."""
    columns = fitted(columns_of(page.form), page.pack, page.form, records)
    begin(page, [column.width for column in columns.columns])
    top = page.row
    header(page, columns)
    repeat = (top, page.row - 1)
    for _ in range(page.form.examples.first if page.form.examples else 0):
        # The first rows show how to fill the form in, and are never read.
        text, style = page.voice.word("template_example_row"), page.book.styles.get("note", indent=1)
        page.sheet.merge(page.row, 1, page.row, page.last, text, style)
        page.row += 1
    _records(page, columns, records)
    finish(page, repeat, 2)


def _records(page: Page, columns: Columns, records: list[Known]) -> None:
    form, asked, headings = page.form, Asked(page), Headings(page)
    counted: list[int] = []
    for group, members in groups(records):
        own: list[int] = []
        headed = headings.write(group)
        for number, record in enumerate(members):
            if number or not headed:
                page.starts.append(page.row)
            formulas = row_formulas(form, columns, record.basis, page.row)
            for place, column in enumerate(columns.columns, start=1):
                over = _over(columns, place, members, number)
                if over > 1:
                    style = page.book.styles.get("cell", valign="top")
                    page.sheet.merge(page.row, place, page.row + over - 1, place, "", style)
                if over:
                    put(page, asked, (page.row, place), column, column.slots[0], record, formulas)
            _height(page, columns, record)
            if not _relisted(form, record):
                own.append(page.row)
            page.row += 1
        for total in form.totals:
            if total.level == "subtotal" and group:
                _total(page, asked, columns, total, own)
        counted += own
    for total in form.totals:
        if total.level != "subtotal":
            _total(page, asked, columns, total, counted)
    asked.write()


def _over(columns: Columns, place: int, members: Sequence[Known], number: int) -> int:
    """How many rows a text stands over: one that holds for the records below stands once; 0: it stands above."""
    slots = [column.slots[0] for column in columns.columns[:place] if column.filled]
    own = columns.columns[place - 1]

    def told(at: int) -> tuple[str, ...]:
        return tuple(members[at].texts.get(slot, "") for slot in slots)

    if not own.filled or not members[number].texts.get(own.slots[0]):
        return 1
    if number and told(number - 1) == told(number):
        return 0
    last = number
    while last + 1 < len(members) and told(last + 1) == told(number):
        last += 1
    return last - number + 1


def _total(page: Page, asked: Asked, columns: Columns, total: Total, rows: list[int]) -> None:
    """The word over the columns before the figures, and below each of them a sum.

    Without a check that says so (BAL002) a total is no plain sum, and to be filled in.
    """
    styles, figures = page.book.styles, dict(columns.figures())
    first = min(figures)
    page.sheet.merge(page.row, 1, page.row, max(first - 1, 1), total.label, styles.get("total_label"))
    page.sheet.height(page.row, 24)
    summed = {check.amounts for check in page.form.checks if isinstance(check, ColumnTotalsCheck)}
    for number in range(first, len(columns.columns) + 1):
        if number not in figures:
            page.sheet.text(page.row, number, "", styles.get("total"))
            continue
        name = figures[number].field
        spec = page.form.fields[name]
        if name not in summed:
            page.sheet.text(page.row, number, "", entry_style(page, spec, "figure", bold=True))
            asked.add(number, name, page.row, required=False)
            continue
        shown = {"num_format": "#,##0"} if spec.type == "money" else {}
        style = styles.get("total", locked=total.flag is None, **shown)
        page.sheet.formula(page.row, number, _formula(page.form, columns, total, number, rows), Nothing(), style)
    page.row += 1


def _formula(form: Form, columns: Columns, total: Total, number: int, rows: list[int]) -> str:
    if total.flag is None:
        return column_sum(number, rows)
    flags = [columns.of_field(each.flag) for each in form.totals if each.flag]
    own = columns.of_field(total.flag)
    assert own is not None
    mark = form.fields[total.flag].marks[0]
    return flagged_sum(number, own, [flag for flag in flags if flag], rows, mark)


def _relisted(form: Form, record: Known) -> bool:
    """Whether a record says that it is listed before: totals leave it out."""
    mark = form.relisted
    return mark is not None and re.search(mark.mark, fold_name(record.texts.get(mark.field, ""))) is not None


def _height(page: Page, columns: Columns, record: Known) -> None:
    own = [column for column in columns.columns if not column.filled]
    tallest = max(lines(record.said(column.slots[0]), column.width) for column in own)
    page.sheet.height(page.row, max(24.0, tallest * 14.0 + 6))
