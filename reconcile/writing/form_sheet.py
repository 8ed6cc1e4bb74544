"""One form in its printed layout: headings, records, and where each record came from."""

from __future__ import annotations

from reconcile.facts import NIL
from reconcile.writing.form_page import RECORD, SECTION, Cell, FormSheet
from reconcile.writing.form_records import Entry, Section
from reconcile.writing.form_values import NIL_SIGN, Shown, shown
from reconcile.writing.styles import LINE
from reconcile.writing.text import lines

_LEAST = 18.0  # points: a row of the printed form


def write_heading(page: FormSheet, section: Section, before: Section | None) -> None:
    """The heading of a section: what stands above several of them, its own name, who answers, what belongs to it."""
    told = page.form.sections
    if told is None and page.form.tables is None:
        return
    sheet, voice = page.sheet, page.report.voice
    page.start(page.row, SECTION)
    page.glued = True
    if told and told.above and section.above != ("", "") and (before is None or before.above != section.above):
        key, name = section.above
        _line(page, f"{told.above.label.get(voice.lang)}{key}　{name}", "above", 26)
    label = told.label.get(voice.lang) if told else ""
    name = section.name or voice.word("not_listed")
    # Of tables told by their titles the title is printed; their keys are the pack's own.
    own = f"{label}{section.group}" if page.form.tables is None or not section.name else label.strip()
    _line(page, "　".join(part for part in (own, name) if part), "section", 22, indent=1)
    for word, items in (
        ("responsible", section.departments),
        ("members", tuple(f"{number} {name}" for number, name in section.members)),
    ):
        if items:
            _line(page, voice.word(word, items=voice.comma.join(items)), "note", 16, indent=1)
    if not section.entries:
        sheet.text(page.row, 1, voice.word("nothing_merged"), page.report.book.styles.get("plain", indent=1))
        sheet.height(page.row, 20)
        page.row += 1
        page.glued = False


def _line(page: FormSheet, text: str, style: str, least: float, **more: object) -> None:
    """A text over all columns, as high as it needs."""
    found = page.report.book.styles.get(style, text_wrap=True, **more)
    page.sheet.merge(page.row, 1, page.row, page.last_column, text, found)
    size = float(found.font_size)
    room = sum(column.width for column in page.layout.columns) * 10 / size - 2
    taken = lines(text, room)
    page.sheet.height(page.row, least + (taken - 1) * size * 1.4)
    page.row += 1


def write_entry(page: FormSheet, entry: Entry, rank: int = RECORD) -> None:
    """One record over its rows, with its provenance beside; ``rank`` says how well a page may end before it."""
    top, size = page.row, page.layout.rows
    page.start(top, rank)
    cells = _cells(page, entry)
    for cell, (positions, what) in cells.items():
        if what.value is not None:
            for position in positions:
                page.numbers[position] = cell
    styles = page.report.book.styles
    for number, column in enumerate(page.layout.columns, start=1):
        if column.kind == "version":
            for offset, text in enumerate(column.words):
                page.sheet.text(top + offset, number, text, styles.get("center", bg_color="#F3F6FA"))
        elif column.kind == "figure":
            bottom = top + size - 1 if len(column.slots) == 1 else 0
            for row in range(top, top + len(column.slots)):
                _figure(page, (row, number), *cells[row, number], bottom=bottom or row)
        elif (top, number) in cells:
            positions, what = cells[top, number]
            style = styles.get("center" if column.kind == "key" or what.text == NIL_SIGN else "cell")
            page.sheet.merge(top, number, top + size - 1, number, what.text, style)
            page.report.places.put(positions, page.sheet.place(top, number))
    _extras(page, entry)
    write_source(page, entry)
    _heights(page, cells, top)
    page.figure_rows.setdefault(entry.group, []).append(top)
    page.row = top + size


Cells = dict[Cell, tuple[list[int], Shown]]


def _cells(page: FormSheet, entry: Entry) -> Cells:
    """What each cell of the record shows, and every value it stands for; filled columns are written elsewhere."""
    found: Cells = {}
    for number, column in enumerate(page.layout.columns, start=1):
        if not column.filled:
            for offset, slot in enumerate(column.slots):
                what = content(page, entry, slot, column.width, figure=column.kind == "figure")
                found[page.row + offset, number] = (entry.positions(slot), what)
    return found


def content(page: FormSheet, entry: Entry, slot: str, room: float, *, figure: bool) -> Shown:
    """What a cell of a record shows in so much room."""
    facts, positions = page.report.run.facts, entry.slots.get(slot, [])
    if figure:
        return shown(facts, positions, room, bare=page.money)
    if positions and all(facts.state[p] == NIL for p in positions):
        return Shown(NIL_SIGN)
    return Shown("\n".join(dict.fromkeys(str(facts.raw[p]).strip() for p in positions)))


def _figure(page: FormSheet, cell: Cell, positions: list[int], what: Shown, bottom: int) -> None:
    styles = page.report.book.styles
    row, column = cell
    page.report.places.put(positions, page.sheet.place(row, column))
    if what.value is None:
        page.sheet.merge(row, column, bottom, column, what.text, styles.get("center"))
        return
    style = styles.get("figure", num_format=what.number_format)
    page.sheet.merge(row, column, bottom, column, "", style)
    page.figure(cell, what.value, style)


def _extras(page: FormSheet, entry: Entry) -> None:
    """What is no part of the print: the columns that only some templates have."""
    facts, style = page.report.run.facts, page.report.book.styles.get("provenance")
    for column, printed in enumerate(page.layout.extra, start=page.last_column + 2):
        texts = (str(facts.raw[p]) for p in entry.slots.get(printed.slots[0], ()))
        page.sheet.text(page.row, column, "\n".join(dict.fromkeys(texts)), style)
        page.report.places.put(entry.positions(printed.slots[0]), page.sheet.place(page.row, column))


def write_source(page: FormSheet, entry: Entry) -> None:
    """The department, return, sheet and cell a record stands in; of a record that several answer alike, each."""
    facts, style = page.report.run.facts, page.report.book.styles.get("provenance")
    column = page.last_column + 2 + len(page.layout.extra)
    answers = [(str(facts.department[own.first]), facts.ref(own.first)) for own in (entry, *entry.twins)]
    for offset, texts in enumerate(
        (
            [department for department, _ in answers],
            [ref.file for _, ref in answers],
            [ref.sheet for _, ref in answers],
            [ref.a1 or "" for _, ref in answers],
        )
    ):
        page.sheet.text(page.row, column + offset, page.report.voice.comma.join(dict.fromkeys(texts)), style)


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
