"""What surrounds the records of a form: title, header, widths, the columns of their source, the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconcile.packs.model import Form
from reconcile.writing.form_columns import Layout
from reconcile.writing.form_live import write_live
from reconcile.writing.form_page import SOURCE, FormSheet
from reconcile.writing.form_runs import write_runs
from reconcile.writing.form_whose import Whose
from reconcile.writing.paper import break_pages, fills, find_breaks, fitting_paper, points, print_as
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.styles import LINE, SIZE
from reconcile.writing.text import lines

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_SOURCE_WIDTHS = (18.0, 24.0, 12.0, 8.0)
_HEAD_LINE = 15.0  # points
_NEARLY = 1.2  # pages
_CARDS = 0.7  # share of their size at which cards are still printed upright


def begin(report: Report, form: Form, sheet: Sheet, layout: Layout, title: str) -> FormSheet:
    """The sheet with its title and its columns; those of a layout with headings get their header."""
    page = FormSheet(report, form, sheet, layout)
    _columns(page)
    styles, voice = report.book.styles, report.voice
    remark = [report.title]
    if report.run.provisional:
        remark.append(voice.word("provisional", missing=report.missing))
    if page.whose is Whose.REMARK:
        owing = voice.comma.join(report.run.pack.departments_owing(form))
        remark.append(voice.word("answered_by", items=owing))
    last = page.last_column - bool(form.unit)
    _over_all(page, 1, page.last_column, title, styles.get("title", text_wrap=True), 30.0)
    _over_all(page, 2, last, "　".join(remark), styles.get("subtitle", font_size=10, text_wrap=True), 15.0)
    page.remark = "　".join(remark)
    if form.unit:
        right = styles.get("subtitle", font_size=10, align="right")
        sheet.text(2, page.last_column, voice.word("unit_of", unit=form.unit), right)
    page.row = 3
    if layout.head_rows:
        _header(page)
    return page


def finish(page: FormSheet) -> None:
    """What waits for the whole sheet: live totals, the ends of pages, what stands once for several records."""
    write_live(page)
    page.report.standing[page.shows] = True
    if page.rows:
        page.sheet.tall(page.rows.numbers, page.rows.heights)
    depth = page.layout.head_rows
    head = 2 + max(depth, 1)
    wide = points(page.sheet, 1, page.last_column)
    # Cards are higher than wide: more of them stand on an upright page.
    paper = fitting_paper(wide) if depth else fitting_paper(wide, _CARDS)
    area = (1, 1, max(page.row - 1, head + 1), page.last_column)
    repeat = (3, head) if depth else None
    breaks = find_breaks(page.sheet, paper, area, repeat, page.starts)
    # What goes over the page by a few rows is made a little smaller instead.
    single = not breaks or fills(page.sheet, paper, area) <= _NEARLY
    print_as(
        page.sheet,
        landscape=paper.landscape,
        paper=paper.size,
        area=area,
        repeat=repeat,
        pages_high=1 if single else 0,
        header=page.report.title,
    )
    if not single:
        break_pages(page.sheet, breaks)
    if page.rows:
        write_runs(page, page.rows, [] if single else breaks)
        page.rows.write()
        page.rows = None  # what else was known of the records goes with the page
    keys = sum(1 for column in page.layout.columns[:2] if column.kind in ("key", "text"))
    page.sheet.freeze(head + 1 if depth else 3, keys + 1 if depth else 1)


def _over_all(page: FormSheet, row: int, last: int, text: str, style: Format, least: float) -> None:
    """A text over the columns up to ``last``, in as many lines as it needs."""
    page.sheet.merge(row, 1, row, last, text, style)
    size = float(style.font_size)
    taken = lines(text, sum(column.width for column in page.layout.columns[:last]) * SIZE / size)
    page.sheet.height(row, max(least, taken * size * LINE / SIZE + 4))


def _columns(page: FormSheet) -> None:
    """Widths; where a record comes from is grouped away at the right, but for who answered where nothing else says."""
    page.sheet.widths([column.width for column in page.layout.columns])
    first = page.source
    page.sheet.widths([2.0], first=first - 1)
    widths = [*_SOURCE_WIDTHS, *[12.0] * len(page.layout.extra)]
    shown = int(page.whose is Whose.BESIDE)
    page.sheet.widths(widths[:shown], first=first)
    page.sheet.widths(widths[shown:], first=first + shown, level=1, hidden=True)
    page.sheet.widths([2.0], first=first + len(widths), collapsed=True)
    names = [page.report.voice.word(key) for key in SOURCE]
    names += [column.head[-1] for column in page.layout.extra]
    row, style = 2 + max(page.layout.head_rows, 1), page.report.book.styles.get("provenance", bold=True)
    for offset, name in enumerate(names):
        page.sheet.text(row, first + offset, name, style)


def _header(page: FormSheet) -> None:
    styles, sheet = page.report.book.styles, page.sheet
    depth, head = page.layout.head_rows, styles.get("head")
    columns = page.layout.columns
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
    taken = max(lines(column.head[-1], column.width - 1) / (depth + 1 - len(column.head)) for column in columns)
    for level in range(depth):
        sheet.height(page.row + level, max(24.0, taken * _HEAD_LINE + 6))
    page.row += depth
