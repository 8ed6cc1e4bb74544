"""One sheet of a template being written: its title, its headers, its lists to choose from, its protection, its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reconcile.findings import column_letters
from reconcile.packs.model import Form, Pack
from reconcile.template.columns import Columns
from reconcile.writing.book import Book
from reconcile.writing.paper import a4, break_pages, find_breaks, print_as
from reconcile.writing.sheet import Sheet
from reconcile.writing.text import headline, lines, quoted
from reconcile.writing.voice import Voice
from reconcile.writing.words import word

# What a department may still do on a protected sheet: make room for what it types.
ALLOWED = {"format_cells": True, "format_columns": True, "format_rows": True, "insert_rows": True, "sort": True}
_LITERAL = 255
_UPRIGHT = 140.0  # half-width characters: what is no wider is printed upright
_HEAD_LINE = 26.0  # points: a line of a header


class Nothing(str):
    """The empty result of a formula. XlsxWriter takes an empty text for no result at all, and stores none."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Nothing)


@dataclass(slots=True)
class Lists:
    """The words to choose from, one list a column of a hidden sheet made when the first one is asked for."""

    book: Book
    name: str
    sheet: Sheet | None = None
    _sources: dict[str, str] = field(default_factory=dict)

    def source(self, file: str, words: Sequence[str]) -> str | list[str]:
        """The words themselves where Excel takes them (255 characters, no comma in a word), else where they stand."""
        if len(",".join(words)) <= _LITERAL and not any("," in word for word in words):
            return list(words)
        if file not in self._sources:
            if self.sheet is None:
                self.sheet = self.book.sheet(self.name)
                self.sheet.raw.hide()
            column = len(self._sources) + 1
            for row, word in enumerate(words, start=1):
                self.sheet.text(row, column, word)
            letters = column_letters(column)
            self._sources[file] = f"={quoted(self.sheet.name)}!${letters}$1:${letters}${max(len(words), 1)}"
        return self._sources[file]


@dataclass(slots=True)
class Page:
    """A form's sheet.

    ``row`` is the next one to be written; ``last`` the last column; ``starts`` are rows before which a page may end;
    ``told`` is what the sheet states once, by field (empty where the department has to say it).
    """

    pack: Pack
    form: Form
    voice: Voice
    book: Book
    sheet: Sheet
    lists: Lists
    row: int = 1
    last: int = 1
    starts: list[int] = field(default_factory=list)
    told: Mapping[str, str] = field(default_factory=dict)

    def choices(self, file: str, words: Sequence[str]) -> str | list[str]:
        """The words of a list, or where they stand."""
        return self.lists.source(file, words)


def begin(page: Page, widths: Sequence[float]) -> None:
    """Title, how to fill it in, unit at the top right. Labels are the form's own, in its language."""
    styles, sheet = page.book.styles, page.sheet
    page.last = len(widths)
    sheet.widths(widths)
    printed = page.pack.printed
    sheet.text(1, 1, headline(printed(page.form.name), printed(page.form.title)), styles.get("title"))
    sheet.height(1, 30)
    _how(page, widths)
    if page.form.unit:
        right = styles.get("subtitle", font_size=10, align="right")
        sheet.text(2, page.last, word("unit_of", page.pack.file.language, unit=page.form.unit), right)
    page.row = 3
    for name, value in page.told.items():
        of_sheet = page.form.fields[name].sheet
        sheet.text(page.row, 1, of_sheet.label[0] if of_sheet else "", styles.get("label", bold=True, indent=1))
        sheet.text(page.row, 2, value, styles.get("cell" if value else "answer", indent=1))
        sheet.height(page.row, 24)
        page.row += 1
    if page.form.tags:
        sheet.text(page.row, 1, page.form.tags.start, styles.get("provenance"))
        page.row += 1


def _how(page: Page, widths: Sequence[float]) -> None:
    """How to fill it in, broken into lines where the sheet is too narrow for it on paper; the unit stands beside it."""
    text = page.voice.word("template_how")
    across = len(widths) - bool(page.form.unit)
    taken = lines(text, sum(widths[:across]))
    style = page.book.styles.get("subtitle", font_size=10, text_wrap=taken > 1, valign="top")
    if taken > 1 and across > 1:
        page.sheet.merge(2, 1, 2, across, text, style)
    else:
        page.sheet.text(2, 1, text, style)
    page.sheet.height(2, 18 if taken == 1 else taken * 14 + 4)


def header(page: Page, columns: Columns) -> None:
    """Labels of several lines stand over one another, those they share merged; the others over the whole height."""
    depth, head, cells = columns.head_rows, page.book.styles.get("head"), columns.columns
    for level in range(depth):
        page.sheet.height(page.row + level, _HEAD_LINE if depth > 1 else columns.head_height)
    number = 1
    while number <= len(cells):
        path = cells[number - 1].head
        if len(path) < depth:
            page.sheet.merge(page.row, number, page.row + depth - 1, number, path[0], head)
            number += 1
            continue
        last = number
        while last < len(cells) and len(cells[last].head) == depth and cells[last].head[:-1] == path[:-1]:
            last += 1
        for level in range(depth - 1):
            page.sheet.merge(page.row + level, number, page.row + level, last, path[level], head)
        for own in range(number, last + 1):
            page.sheet.text(page.row + depth - 1, own, cells[own - 1].head[-1], head)
        number = last + 1
    page.row += depth


def finish(page: Page, repeat: tuple[int, int] | None, kept: int) -> None:
    """Protection without a password, what stays in sight (the repeated rows, ``kept`` columns), the page."""
    if page.form.tags:
        page.sheet.text(page.row, page.last, page.form.tags.end, page.book.styles.get("provenance", align="right"))
        page.row += 1
    page.sheet.raw.protect("", dict(ALLOWED))
    if page.form.hidden:
        page.sheet.raw.hide()
    page.sheet.freeze(repeat[1] + 1 if repeat else 1, kept + 1)
    area = (1, 1, max(page.row - 1, 3), page.last)
    landscape = sum(page.sheet.widths_set.values()) > _UPRIGHT
    print_as(page.sheet, landscape=landscape, area=area, repeat=repeat, header=page.pack.printed(page.pack.file.title))
    starts = [(row, 0) for row in page.starts]
    break_pages(page.sheet, find_breaks(page.sheet, a4(landscape=landscape), area, repeat, starts))
