"""A form's sheet from top to bottom: sections, records, subtotals, totals."""

from __future__ import annotations

from itertools import takewhile

import numpy as np

from reconcile.packs.model import Form, Pack
from reconcile.writing.duplicates import Plan
from reconcile.writing.form_beside import joined, joined_layout
from reconcile.writing.form_cards import Inside, card_layout, most_rows, write_card
from reconcile.writing.form_departments import with_departments
from reconcile.writing.form_frame import begin, finish
from reconcile.writing.form_layout import aligned, printed_layout
from reconcile.writing.form_page import RECORD, RUN, FormSheet
from reconcile.writing.form_records import Entry, Records, Section, entries, sections
from reconcile.writing.form_room import fitting, write_beyond
from reconcile.writing.form_rows import record_rows
from reconcile.writing.form_runs import find_runs, fit_runs
from reconcile.writing.form_sheet import write_heading
from reconcile.writing.form_totals import subtotal_of, write_stated, write_subtotal, write_total
from reconcile.writing.form_whose import Whose, told_by
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.text import headline


def hosts(pack: Pack) -> dict[str, str]:
    """Each form → the one on whose sheet it is printed: what stands inside cards or beside another form is there."""
    return {name: (form.inside.form if form.inside else form.beside or name) for name, form in pack.forms.items()}


def sheet_title(pack: Pack, form: str, lang: str) -> str:
    """The name of the sheet of a form: what the names of the forms printed side by side begin with."""
    names = [own.name.get(lang) for own in pack.forms.values() if form in (own.form, own.beside)]
    if len(names) == 1:
        return names[0]
    shared = takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))
    return "".join(letters[0] for letters in shared).rstrip("（( ") or names[0]


def write(report: Report, form: Form, sheet: Sheet, plan: Plan | None) -> None:
    """Writes the form, and what is printed on its sheet; ``plan`` says where the amounts counted elsewhere stand."""
    forms = report.run.pack.forms.values()
    title = headline(sheet_title(report.run.pack, form.form, report.voice.lang), form.title.get(report.voice.lang))
    records, found = sections(report.run, form)
    if form.layout == "cards":
        inside: list[Inside] = [
            (own, _by_card(report, own)) for own in forms if own.inside and own.inside.form == form.form
        ]
        page = begin(report, form, sheet, card_layout(inside), title)
        found, beyond = fitting(page, records, found, lambda rows: most_rows(form, inside, records.record[rows]))
        _write_cards(page, records, found, inside)
        if len(beyond):
            cards = set(records.record[beyond].tolist())
            own = (entry for _, by_card in inside for card in cards for entry in by_card.get(card, ()))
            report.places.beyond[[p for entry in own for slot in entry.slots for p in entry.positions(slot)]] = True
            write_beyond(page, len(beyond))
        finish(page)
        return
    wanted = printed_layout(form, records, found)
    for right in (own for own in forms if own.beside == form.form):
        others = sections(report.run, right)
        wanted = joined_layout(wanted, printed_layout(right, *others), right)
        records, found = joined((records, found), others, right, report.run.submissions)
        title += "・" + right.title.get(report.voice.lang)
    if told_by(report.run.pack, form) is Whose.PRINTED:
        wanted = with_departments(report, wanted, records)
    page = begin(report, form, sheet, aligned(wanted), title)
    found, beyond = fitting(page, records, found, lambda rows: np.full(len(rows), page.layout.rows))
    _write_records(page, records, found)
    if len(beyond):
        write_beyond(page, len(beyond))
    elif not found:
        sheet.text(page.row, 1, report.voice.word("nothing_merged"), report.book.styles.get("note"))
        page.row += 1
    elif not write_stated(page) and form.totals:
        write_total(page, records, found, plan)
    finish(page)


def _write_records(page: FormSheet, records: Records, found: list[Section]) -> None:
    total = subtotal_of(page)
    stated = entries(page.report.run, page.form, "subtotal") if total else []
    order = np.concatenate([section.rows for section in found]) if found else np.zeros(0, dtype=np.int64)
    rows = page.rows = record_rows(page, records, order)
    before: Section | None = None
    start = 0
    for section in found:
        write_heading(page, section, before)
        before = section
        count = len(section.rows)
        if not count:
            continue
        top, size = page.row, page.layout.rows
        runs = find_runs(page, records, section)
        ranks = np.full(count, RECORD, dtype=np.int64)
        for run in runs:
            # Runs of the leftmost columns part the form best.
            at = (run.top - top) // size
            ranks[at] = min(ranks[at], RUN + run.column)
        tops = np.arange(top, top + count * size, size, dtype=np.int64)
        rows.tops[start : start + count] = tops
        begins = ~rows.covered[start : start + count]
        page.start_each(tops[begins], ranks[begins])
        fit_runs(page, runs, rows.heights[start * size : (start + count) * size], top)
        page.runs += runs
        page.row += count * size
        start += count
        if total:
            write_subtotal(page, records, section, total, [entry for entry in stated if entry.group == section.group])
    rows.put()


def _write_cards(page: FormSheet, records: Records, found: list[Section], inside: list[Inside]) -> None:
    before: Section | None = None
    for section in found:
        write_heading(page, section, before)
        before = section
        for row in section.rows.tolist():
            write_card(page, records.entry(row), inside)
    if not found:
        page.sheet.text(page.row, 1, page.report.voice.word("nothing_merged"), page.report.book.styles.get("note"))
        page.row += 1


def _by_card(report: Report, form: Form) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries(report.run, form):
        found.setdefault(entry.group, []).append(entry)
    return found
