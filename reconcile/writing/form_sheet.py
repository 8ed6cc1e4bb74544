"""One form in its printed layout: headings, records, and where each record came from."""

from __future__ import annotations

from reconcile.facts import NIL
from reconcile.writing.form_page import SECTION, FormSheet
from reconcile.writing.form_records import Entry, Section
from reconcile.writing.form_values import NIL_SIGN, Shown, shown
from reconcile.writing.text import lines


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
    if not len(section.rows):
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


def content(page: FormSheet, entry: Entry, slot: str, room: float, *, figure: bool) -> Shown:
    """What a cell of a record shows in so much room."""
    facts, positions = page.report.run.facts, entry.slots.get(slot, [])
    if figure:
        return shown(facts, positions, room, bare=page.money, units=page.units)
    if positions and all(facts.state[p] == NIL for p in positions):
        return Shown(NIL_SIGN)
    return Shown("\n".join(dict.fromkeys(str(facts.raw[p]).strip() for p in positions)))


def write_source(page: FormSheet, entry: Entry) -> None:
    """The department, return, sheet and cell a record stands in; of a record that several answer alike, each."""
    facts, style = page.report.run.facts, page.report.book.styles.get("provenance")
    column = page.source
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
