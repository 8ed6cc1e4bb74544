"""The cover of a template: labels on the left, values on the right, filled in as far as they are known."""

from __future__ import annotations

from reconcile.template.entry import ask, entry_style
from reconcile.template.page import Page
from reconcile.writing.paper import print_as


def write(page: Page, department: str) -> None:
    """Plan, round, template version and department stand there already, locked; the rest is to be filled in."""
    styles, sheet = page.book.styles, page.sheet
    sheet.widths([3, 18, 46])
    sheet.text(2, 2, page.pack.printed(page.form.title), styles.get("title"))
    sheet.height(2, 30)
    given = {**page.pack.file.expect, "department": department}
    row = 4
    for name, spec in page.form.fields.items():
        sheet.height(row, 24)
        sheet.text(row, 2, spec.all_columns()[0].text, styles.get("label", bold=True, indent=1))
        if name in given:
            sheet.text(row, 3, given[name], styles.get("cell", indent=1))
        else:
            sheet.text(row, 3, "", entry_style(page, spec, "text", align="left", indent=1))
            ask(page, spec, [(row, row)], 3, required=bool(spec.required))
        row += 1
    sheet.text(row + 1, 2, page.voice.word("template_how"), styles.get("subtitle", font_size=10))
    page.row = row + 2
    sheet.raw.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
    print_as(sheet, landscape=False, header=page.pack.printed(page.pack.file.title))
