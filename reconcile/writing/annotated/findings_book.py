"""A workbook of findings, for a return that cannot be marked itself: locked, of another format, or not readable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reconcile.annotate import Heading, Line, Listing
from reconcile.findings import column_letters
from reconcile.writing.book import Book
from reconcile.writing.paper import A3, print_as
from reconcile.writing.sheet import Sheet
from reconcile.writing.styles import ALERT
from reconcile.writing.voice import Voice

if TYPE_CHECKING:
    from xlsxwriter.format import Format


def write(path: Path, listing: Listing, voice: Voice) -> None:
    """Writes the list as the only sheet of a new workbook."""
    book = Book(path, listing.title, voice.word("long"), str(voice.word("goes_on")))
    sheet = book.sheet(listing.name)
    if any(line.level != "info" for line in listing.lines):
        sheet.raw.set_tab_color(ALERT)
    styles = book.styles
    sheet.text(1, 1, listing.title, styles.get("title"))
    sheet.height(1, 30)
    for row, said in enumerate(listing.remarks, start=2):
        sheet.text(row, 1, said, styles.get("subtitle", font_size=10))
    head = len(listing.remarks) + 3
    kinds = [heading.kind for heading in listing.headings]
    for column, heading in enumerate(listing.headings, start=1):
        sheet.widths([heading.width], first=column, **({"hidden": True} if heading.kind == "hidden" else {}))
        sheet.text(head, column, heading.label, styles.get("head"))
    sheet.height(head, 27)
    for row, line in enumerate(listing.lines, start=head + 1):
        sheet.height(row, line.height)
        for column, (heading, said) in enumerate(zip(listing.headings, line.texts, strict=True), start=1):
            sheet.text(row, column, said, _style(book, heading, line))
    bottom = head + max(len(listing.lines), 1)
    if listing.lines:
        _ask(book, sheet, listing, kinds.index("choice") + 1, kinds.index("reason") + 1, head + 1, bottom)
    sheet.freeze(head + 1, 1)
    shown = sum(kind != "hidden" for kind in kinds)
    print_as(sheet, paper=A3, area=(1, 1, bottom, shown), repeat=(head, head), header=listing.title)
    book.close()


def _style(book: Book, heading: Heading, line: Line) -> Format:
    styles = book.styles
    if line.follows:  # it is answered with the row above
        base = "center" if heading.kind in ("center", "level") else "cell"
        return styles.get(base, valign="top", font_color="#6B7280")
    if heading.kind == "level":
        return styles.get("center", bold=True, valign="top", **styles.mark_properties(line.level))
    if heading.kind in ("choice", "reason", "answer"):
        return styles.get("answer", valign="top")
    if heading.kind == "date":
        return styles.get("answer", valign="top", num_format="yyyy/mm/dd")
    return styles.get("center" if heading.kind == "center" else "cell", valign="top")


def _ask(book: Book, sheet: Sheet, listing: Listing, choice: int, reason: int, top: int, bottom: int) -> None:
    asking = listing.asking
    helped = {"input_title": asking.answer_title, "input_message": asking.answer_help}
    wrong = {"error_title": asking.answer_title, "error_message": asking.answer_wrong}
    sheet.choices(top, choice, bottom, asking.words, **helped, **wrong)
    said = f"UPPER(TRIM({column_letters(reason)}{top}))"
    none = "OR(" + ",".join(f'{said}="{word}"' for word in asking.no_reasons) + ")"
    because = {"error_title": asking.reason_title, "error_message": asking.reason_wrong}
    sheet.condition(top, reason, bottom, f"=NOT({none})", **because)
    chosen = f'${column_letters(choice)}{top}="{asking.needs_reason}"'
    cells = f"{column_letters(reason)}{top}:{column_letters(reason)}{bottom}"
    sheet.mark([cells], f'=AND({chosen},OR({said}="",{none}))', book.styles.mark("error"))
