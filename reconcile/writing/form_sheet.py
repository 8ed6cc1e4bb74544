"""One form in its printed layout: headings, records, totals, and where each record came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from reconcile.balances import PASS
from reconcile.facts import NIL, NUMBER, Facts
from reconcile.findings import column_letters
from reconcile.packs.model import Form
from reconcile.writing.book import Sheet
from reconcile.writing.form_columns import Layout, layout
from reconcile.writing.form_records import Entry, Section
from reconcile.writing.form_values import NIL_SIGN, Shown, shown
from reconcile.writing.report import Report
from reconcile.writing.styles import LINE
from reconcile.writing.text import lines, width

_PROVENANCE = ("department", "file", "sheet", "cell")
_PROVENANCE_WIDTHS = (18.0, 24.0, 12.0, 8.0)
_LEAST = 18.0  # points: a row of the printed form
_NARROW, _WIDE = 12.0, 24.0  # half-width columns: a column of figures


@dataclass(slots=True)
class FormSheet:
    """A form's sheet while it is written. ``row`` is the next free row."""

    report: Report
    form: Form
    sheet: Sheet
    layout: Layout
    row: int = 1
    live: Mapping[int, Sequence[int]] = field(default_factory=dict)
    numbers: dict[int, tuple[int, int]] = field(default_factory=dict)  # figures written as such: position → cell
    starts: list[int] = field(default_factory=list)  # rows before which a page may end
    glued: bool = False  # what comes next belongs to the heading above it
    subtotals: list[int] = field(default_factory=list)  # rows
    figure_rows: dict[str, list[int]] = field(default_factory=dict)  # rows of records by group

    @property
    def last_column(self) -> int:
        return len(self.layout.columns)

    @property
    def money(self) -> bool:
        return self.form.unit is not None


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


def write_heading(page: FormSheet, section: Section, before: Section | None) -> None:
    """The heading of a section: what stands above several of them, its own name, who answers, what belongs to it."""
    told = page.form.sections
    if told is None:
        return
    styles, sheet, voice = page.report.book.styles, page.sheet, page.report.voice
    page.starts.append(page.row)
    page.glued = True
    if told.above and section.above != ("", "") and (before is None or before.above != section.above):
        key, name = section.above
        sheet.text(page.row, 1, f"{told.above.label.get(voice.lang)}{key}　{name}", styles.get("above"))
        sheet.height(page.row, 26)
        page.row += 1
    label = told.label.get(voice.lang)
    name = section.name or voice.word("not_listed")
    sheet.merge(
        page.row, 1, page.row, page.last_column, f"{label}{section.group}　{name}", styles.get("section", indent=1)
    )
    sheet.height(page.row, 22)
    page.row += 1
    for key, items in (
        ("responsible", section.departments),
        ("members", tuple(f"{number} {name}" for number, name in section.members)),
    ):
        if items:
            text = voice.word(key) + ("、" if voice.lang == "ja" else ", ").join(items)
            sheet.merge(page.row, 1, page.row, page.last_column, text, styles.get("note", indent=1))
            room = sum(column.width for column in page.layout.columns)
            sheet.height(page.row, max(16.0, lines(text, room) * 13 + 3))
            page.row += 1


def write_entry(page: FormSheet, entry: Entry, *, skip_filled: bool = False) -> None:
    """One record over its rows, with its provenance beside."""
    top, size = page.row, page.layout.rows
    if not page.glued:
        page.starts.append(top)
    page.glued = False
    cells = _cells(page, entry, skip_filled=skip_filled)
    for cell, (positions, what) in cells.items():
        if what.value is not None and len(positions) == 1:
            page.numbers[positions[0]] = cell
    for number, column in enumerate(page.layout.columns, start=1):
        if column.kind == "version":
            for offset, text in enumerate(column.words):
                page.sheet.text(top + offset, number, text, page.report.book.styles.get("center", bg_color="#F3F6FA"))
        elif (top, number) in cells and column.kind != "figure":
            positions, what = cells[top, number]
            name = "center" if column.kind == "key" or what.text == NIL_SIGN else "cell"
            style = page.report.book.styles.get(name)
            page.sheet.merge(top, number, top + size - 1, number, what.text, style)
            page.report.places.put(positions, page.sheet.place(top, number))
    for number, column in page.layout.figures():
        for row in range(top, top + len(column.slots)):
            _figure(page, row, number, *cells[row, number])
    _extras(page, entry)
    _heights(page, cells, top)
    page.figure_rows.setdefault(entry.group, []).append(top)
    page.row = top + size


def finish(page: FormSheet) -> None:
    """Print set-up and what stays in sight."""
    head = 2 + page.layout.head_rows
    area, repeat = (1, 1, max(page.row - 1, head + 1), page.last_column), (3, head)
    page.sheet.print_as(area=area, repeat=repeat, header=page.report.title)
    page.sheet.break_pages(area, repeat, page.starts)
    keys = sum(1 for column in page.layout.columns[:2] if column.kind in ("key", "text"))
    page.sheet.freeze(head + 1, keys + 1)


Cells = dict[tuple[int, int], tuple[list[int], Shown]]


def _cells(page: FormSheet, entry: Entry, *, skip_filled: bool) -> Cells:
    facts = page.report.run.facts
    found: Cells = {}
    for number, column in enumerate(page.layout.columns, start=1):
        if skip_filled and column.filled:
            continue
        for offset, slot in enumerate(column.slots):
            positions = entry.slots.get(slot, [])
            if column.kind == "figure":
                what = shown(facts, positions, column.width, bare=page.money)
            elif positions and all(facts.state[p] == NIL for p in positions):
                what = Shown(NIL_SIGN)
            else:
                what = Shown("\n".join(dict.fromkeys(str(facts.raw[p]).strip() for p in positions)))
            found[page.row + offset, number] = (positions, what)
    return found


def _figure(page: FormSheet, row: int, column: int, positions: list[int], what: Shown) -> None:
    """A figure as a number, a total that its parts make as a formula over them, anything else as text."""
    styles = page.report.book.styles
    page.report.places.put(positions, page.sheet.place(row, column))
    if what.value is None:
        page.sheet.text(row, column, what.text, styles.get("center"))
        return
    style = styles.get("figure", num_format=what.number_format, indent=1)
    parts = [page.numbers[part] for part in page.live.get(positions[0], ()) if part in page.numbers]
    known = [part for part in page.live.get(positions[0], ()) if page.report.run.facts.state[part] == NUMBER]
    if parts and len(parts) == len(known):
        page.sheet.formula(row, column, f"=SUM({_joined(parts)})", what.value, style)
    else:
        page.sheet.number(row, column, what.value, style)


def _joined(cells: Sequence[tuple[int, int]]) -> str:
    """``D18:E18`` where the cells follow each other in a row, else one by one."""
    names = [f"{column_letters(column)}{row}" for row, column in cells]
    neighbours = all(b == (a[0], a[1] + 1) for a, b in pairwise(cells))
    return f"{names[0]}:{names[-1]}" if neighbours and len(names) > 1 else ",".join(names)


def _extras(page: FormSheet, entry: Entry) -> None:
    """What is no part of the print: optional columns, and the return, sheet and cell the record stands in."""
    facts, styles = page.report.run.facts, page.report.book.styles
    column = page.last_column + 2
    for printed in page.layout.extra:
        positions = entry.slots.get(printed.slots[0], [])
        text = "\n".join(dict.fromkeys(str(facts.raw[p]) for p in positions))
        page.sheet.text(page.row, column, text, styles.get("provenance"))
        page.report.places.put(positions, page.sheet.place(page.row, column))
        column += 1
    ref = facts.ref(entry.first)
    for offset, text in enumerate((str(facts.department[entry.first]), ref.file, ref.sheet, ref.a1 or "")):
        page.sheet.text(page.row, column + offset, text, styles.get("provenance"))


def _heights(page: FormSheet, cells: Cells, top: int) -> None:
    """Rows high enough for every text; Excel does not fit rows to merged cells by itself."""
    size = page.layout.rows
    own = [_LEAST] * size
    for (row, number), (_, what) in cells.items():
        column = page.layout.columns[number - 1]
        if column.kind == "figure":
            own[row - top] = max(own[row - top], lines(what.text, column.width) * LINE + 4)
    whole = max(
        (lines(what.text, page.layout.columns[n - 1].width) * LINE + 6)
        for (_, n), (_, what) in cells.items()
        if page.layout.columns[n - 1].kind != "figure"
    )
    if whole > sum(own):
        own = [height + (whole - sum(own)) / size for height in own]
    for offset, height in enumerate(own):
        page.sheet.height(top + offset, round(height, 1))


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
