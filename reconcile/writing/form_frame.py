"""What surrounds the records of a form: title, header, widths, the columns of their source, the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reconcile.balances import PASS
from reconcile.facts import Facts
from reconcile.packs.model import Form
from reconcile.writing.form_columns import Layout, layout
from reconcile.writing.form_records import Section
from reconcile.writing.form_sheet import FormSheet
from reconcile.writing.paper import break_pages, print_as
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.text import width

_PROVENANCE = ("department", "file", "sheet", "cell")
_PROVENANCE_WIDTHS = (18.0, 24.0, 12.0, 8.0)
_NARROW, _WIDE = 12.0, 24.0  # half-width columns: a column of figures


def begin(report: Report, form: Form, sheet: Sheet, found: Sequence[Section]) -> FormSheet:
    """The sheet with its title and header, its columns fitted to the records that come next."""
    page = FormSheet(report, form, sheet, _fitted(layout(form), report.run.facts, found), live=_live_totals(report))
    _columns(page)
    styles = report.book.styles
    voice = report.voice
    sheet.text(1, 1, f"{form.name.get(voice.lang)}　{form.title.get(voice.lang)}", styles.get("title"))
    sheet.height(1, 30)
    remark = report.title
    if report.run.provisional:
        remark += "　" + voice.word("provisional", missing=report.missing)
    sheet.text(2, 1, remark, styles.get("subtitle", font_size=10))
    if form.unit:
        right = styles.get("subtitle", font_size=10, align="right")
        sheet.text(2, page.last_column, voice.word("unit_of", unit=form.unit), right)
    page.row = 3
    _header(page)
    return page


def finish(page: FormSheet) -> None:
    """Print set-up and what stays in sight."""
    head = 2 + page.layout.head_rows
    area, repeat = (1, 1, max(page.row - 1, head + 1), page.last_column), (3, head)
    print_as(page.sheet, area=area, repeat=repeat, header=page.report.title)
    break_pages(page.sheet, area, repeat, page.starts)
    keys = sum(1 for column in page.layout.columns[:2] if column.kind in ("key", "text"))
    page.sheet.freeze(head + 1, keys + 1)


def _fitted(wanted: Layout, facts: Facts, found: Sequence[Section]) -> Layout:
    """Columns of one field's figures as wide as the widest of them needs, within limits."""
    widest: dict[str, int] = {}
    for section in found:
        for entry in section.entries:
            for column in wanted.columns:
                if column.kind == "figure":
                    texts = (str(facts.raw[p]) for slot in column.slots for p in entry.slots.get(slot, ()))
                    widest[column.field] = max(widest.get(column.field, 0), *map(width, texts), 0)
    columns = (
        replace(column, width=min(max(widest.get(column.field, 0) + 3.0, _NARROW), _WIDE))
        if column.kind == "figure"
        else column
        for column in wanted.columns
    )
    return replace(wanted, columns=tuple(columns))


def _columns(page: FormSheet) -> None:
    """Widths; provenance is grouped away at the right."""
    page.sheet.widths([column.width for column in page.layout.columns])
    first = page.last_column + 2
    page.sheet.widths([2.0], first=first - 1)
    widths = [12.0] * len(page.layout.extra) + list(_PROVENANCE_WIDTHS)
    page.sheet.widths(widths, first=first, level=1, hidden=True)
    page.sheet.widths([2.0], first=first + len(widths), collapsed=True)


def _header(page: FormSheet) -> None:
    styles, sheet = page.report.book.styles, page.sheet
    depth, head = page.layout.head_rows, styles.get("head")
    columns = page.layout.columns
    for level in range(depth):
        sheet.height(page.row + level, 24)
    number = 1
    while number <= len(columns):
        path = columns[number - 1].head
        if len(path) < depth:
            sheet.merge(page.row, number, page.row + depth - 1, number, path[0], head)
            number += 1
            continue
        last = number
        while last < len(columns) and len(columns[last].head) == depth and columns[last].head[:-1] == path[:-1]:
            last += 1
        for level in range(depth - 1):
            sheet.merge(page.row + level, number, page.row + level, last, path[level], head)
        for own in range(number, last + 1):
            sheet.text(page.row + depth - 1, own, columns[own - 1].head[-1], head)
        number = last + 1
    names = [column.head[-1] for column in page.layout.extra]
    names += [page.report.voice.word(key) for key in _PROVENANCE]
    for offset, name in enumerate(names):
        sheet.text(page.row + depth - 1, page.last_column + 2 + offset, name, styles.get("provenance", bold=True))
    page.row += depth


def _live_totals(report: Report) -> dict[int, list[int]]:
    """Totals of a record that equal their parts exactly: position of the total → positions of the parts."""
    balances, judged, facts = report.run.balances, report.run.judged, report.run.facts
    found: dict[int, list[int]] = {}
    for number, kind in enumerate(balances.kind):
        total = balances.total[number]
        if kind != "row" or total < 0 or judged.verdict[number] != PASS or judged.difference[number] != 0:
            continue
        parts = balances.parts_of(number)
        if all(facts.entry[part] == facts.entry[total] for part in parts):
            found[total] = parts
    return found
