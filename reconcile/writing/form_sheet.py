"""One form in its printed layout: headings, records, totals, and where each record came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reconcile.facts import NIL, NUMBER
from reconcile.findings import column_letters
from reconcile.packs.model import Form
from reconcile.writing.form_columns import Layout
from reconcile.writing.form_records import Entry, Section
from reconcile.writing.form_values import NIL_SIGN, Shown, shown
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.styles import LINE
from reconcile.writing.text import lines

_LEAST = 18.0  # points: a row of the printed form


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
            text = voice.word(key, items=voice.comma.join(items))
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
        bottom = top + size - 1 if len(column.slots) == 1 else 0
        for row in range(top, top + len(column.slots)):
            _figure(page, row, number, *cells[row, number], bottom=bottom or row)
    _extras(page, entry)
    _heights(page, cells, top)
    page.figure_rows.setdefault(entry.group, []).append(top)
    page.row = top + size


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


def _figure(page: FormSheet, row: int, column: int, positions: list[int], what: Shown, bottom: int) -> None:
    """A figure as a number, a total that its parts make as a formula over them, anything else as text."""
    styles = page.report.book.styles
    page.report.places.put(positions, page.sheet.place(row, column))
    if what.value is None:
        page.sheet.merge(row, column, bottom, column, what.text, styles.get("center"))
        return
    style = styles.get("figure", num_format=what.number_format)
    page.sheet.merge(row, column, bottom, column, "", style)
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
    own, whole = [_LEAST] * size, 0.0
    for (row, number), (_, what) in cells.items():
        column = page.layout.columns[number - 1]
        needed = lines(what.text, column.width) * LINE
        if len(column.slots) == size:
            own[row - top] = max(own[row - top], needed + 4)
        else:
            whole = max(whole, needed + 6)
    if whole > sum(own):
        own = [height + (whole - sum(own)) / size for height in own]
    for offset, height in enumerate(own):
        page.sheet.height(top + offset, round(height, 1))
