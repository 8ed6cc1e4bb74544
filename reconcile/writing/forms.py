"""A form's sheet from top to bottom: sections, records, subtotals, totals."""

from __future__ import annotations

from reconcile.packs.model import Form
from reconcile.writing.duplicates import Plan
from reconcile.writing.form_frame import begin, finish
from reconcile.writing.form_records import Section, entries, sections
from reconcile.writing.form_sheet import FormSheet, write_entry, write_heading
from reconcile.writing.form_totals import subtotal_of, write_subtotal, write_total
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet


def write(report: Report, form: Form, sheet: Sheet, plan: Plan | None) -> None:
    """Writes the form; ``plan`` says where the amounts counted elsewhere stand."""
    found = sections(report.run, form)
    page = begin(report, form, sheet, found)
    total = subtotal_of(page)
    stated = entries(report.run, form.form, "subtotal") if total else []
    before: Section | None = None
    for section in found:
        write_heading(page, section, before)
        before = section
        if not section.entries:
            page.sheet.text(page.row, 1, report.voice.word("nothing_merged"), report.book.styles.get("plain", indent=1))
            page.sheet.height(page.row, 20)
            page.row += 1
            continue
        filled = any(column.filled for column in page.layout.columns)
        if filled:
            _write_filled(page, section)
        for entry in section.entries:
            write_entry(page, entry, skip_filled=filled)
        if total:
            write_subtotal(page, section, total, [entry for entry in stated if entry.group == section.group])
    if not found:
        sheet.text(page.row, 1, report.voice.word("nothing_merged"), report.book.styles.get("note"))
        page.row += 1
    elif total:
        write_total(page, found, plan)
    finish(page)


def _write_filled(page: FormSheet, section: Section) -> None:
    """What stands once for all records of a group (its number and name), merged over their rows."""
    facts, sheet, styles = page.report.run.facts, page.sheet, page.report.book.styles
    bottom = page.row + len(section.entries) * page.layout.rows - 1
    for number, column in enumerate(page.layout.columns, start=1):
        if not column.filled:
            continue
        own = [p for entry in section.entries for p in entry.slots.get(column.slots[0], ())]
        text = next((str(facts.raw[p]).strip() for p in own), "")
        style = styles.get("center" if column.kind == "key" else "cell", valign="top")
        sheet.merge(page.row, number, bottom, number, text, style)
        page.report.places.put(own, sheet.place(page.row, number))
