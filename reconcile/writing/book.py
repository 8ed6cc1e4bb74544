"""The workbook being written. Rows and columns are 1-based; nothing XlsxWriter refuses goes unnoticed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reconcile.findings import column_letters
from reconcile.writing.styles import Styles
from reconcile.writing.text import CELL_LIMIT, lines, pieces, printable, quoted, sheet_name, units

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Every file carries the same date, so that the same input makes the same bytes.
_DATE = datetime.datetime(2000, 1, 1)
_LINKS = 65_530  # Excel's limit of links on a sheet
_PIECE = 32_000  # room for the remark that a text goes on elsewhere
_NOTE = 8_000
# A4 across, less the margins set below, in points; a little is kept back, for printers differ.
_PAGE_WIDTH, _PAGE_HEIGHT, _SPARE = 842 - 72, 595 - 94, 0.97
_BREAKS = 1_023  # Excel's limit


class WriteFault(Exception):
    """XlsxWriter refused something: a bug of ours, never of a return."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell of the master (1-based)."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    @property
    def formula(self) -> str:
        """As a formula names it from another sheet."""
        return f"{quoted(self.sheet)}!{self.a1}"


class Book:
    """One workbook. ``long_name`` names the sheet that takes texts longer than a cell can hold."""

    def __init__(self, path: Path, title: str, long_name: str, goes_on: str) -> None:
        from xlsxwriter import Workbook

        self._workbook = Workbook(
            str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        )
        self._workbook.set_properties({"title": printable(title)[:200], "created": _DATE, "author": "reconcile"})
        self._workbook.set_calc_mode("auto")
        self.styles = Styles(self._workbook)
        self._names: set[str] = set()
        self._long: list[tuple[Place, str]] = []
        self._long_name = long_name
        self._goes_on = goes_on

    def sheet(self, wanted: str) -> Sheet:
        """A new sheet behind those there are."""
        name = sheet_name(wanted, self._names)
        self._names.add(name.lower())
        return Sheet(self, name, self._workbook.add_worksheet(name))

    def define(self, name: str, place: Place) -> None:
        """Gives a cell a name for formulas."""
        absolute = f"{quoted(place.sheet)}!${column_letters(place.column)}${place.row}"
        _done(self._workbook.define_name(name, f"={absolute}"), "define_name")

    def chart(self, kind: str, subtype: str) -> Chart:
        found: Chart | None = self._workbook.add_chart({"type": kind, "subtype": subtype})
        if found is None:
            raise WriteFault(f"no chart {kind}")
        return found

    def shorten(self, text: str, place: Place) -> str:
        """A text that fits a cell; the whole of a longer one goes to the sheet of long texts."""
        if units(text) <= CELL_LIMIT:
            return text
        self._long.append((place, text))
        return pieces(text, _PIECE)[0] + self._goes_on.format(sheet=self._long_name, number=len(self._long))

    def close(self) -> None:
        """Writes the file."""
        if self._long:
            sheet = self.sheet(self._long_name)
            sheet.widths([6, 24, 100])
            row = 1
            for number, (place, text) in enumerate(self._long, start=1):
                for piece in pieces(text, _PIECE):
                    sheet.number(row, 1, number)
                    sheet.link(row, 2, place, f"{place.sheet}!{place.a1}")
                    sheet.text(row, 3, piece, self.styles.get("wrap"))
                    row += 1
        self._workbook.close()


class Sheet:
    """One sheet. Text is only ever written as text, so that no content becomes a formula."""

    def __init__(self, book: Book, name: str, worksheet: Worksheet) -> None:
        self.book = book
        self.name = name
        self.raw = worksheet
        self._links = 0
        self.widths_set: dict[int, float] = {}
        self.heights_set: dict[int, float] = {}

    def place(self, row: int, column: int) -> Place:
        return Place(self.name, row, column)

    def text(self, row: int, column: int, text: str, style: Format | None = None) -> None:
        """A text, or a blank with its style where it is empty."""
        if not text:
            _done(self.raw.write_blank(row - 1, column - 1, None, style), "write_blank")
            return
        kept = self.book.shorten(printable(text), self.place(row, column))
        _done(self.raw.write_string(row - 1, column - 1, kept, style), "write_string")

    def number(self, row: int, column: int, value: Decimal | int | float, style: Format | None = None) -> bool:
        """A figure; one of more digits than Excel keeps is written as text, and the answer is False."""
        if not exact(value):
            self.text(row, column, f"{value:,}", style)
            return False
        _done(self.raw.write_number(row - 1, column - 1, float(value), style), "write_number")
        return True

    def formula(self, row: int, column: int, formula: str, value: object, style: Format | None = None) -> None:
        """A formula of ours with its result."""
        stored = float(value) if isinstance(value, Decimal) else value
        _done(self.raw.write_formula(row - 1, column - 1, formula, style, stored), "write_formula")

    def link(self, row: int, column: int, to: Place, text: str, style: Format | None = None) -> None:
        """A link inside the workbook; plain text once the sheet has as many as Excel allows."""
        self._url(row, column, f"internal:{to.formula}", text, style or self.book.styles.get("link"))

    def file_link(self, row: int, column: int, path: str, text: str, style: Format | None = None) -> None:
        """A link to a file beside the workbook; plain text where the path could be read as anything else."""
        safe = not any(character in path for character in '\\:#?*"<>|%[]^`{}') and path.isprintable()
        if safe and path and not path.startswith("/") and ".." not in path.split("/") and len(path) < 200:
            self._url(row, column, f"external:{path}", text, style or self.book.styles.get("link"))
        else:
            self.text(row, column, text, style)

    def _url(self, row: int, column: int, url: str, text: str, style: Format) -> None:
        shown = self.book.shorten(printable(text), self.place(row, column))
        if self._links >= _LINKS or not shown:
            self.text(row, column, text, style)
            return
        self._links += 1
        _done(self.raw.write_url(row - 1, column - 1, url, style, shown), "write_url")

    def merge(self, top: int, left: int, bottom: int, right: int, text: str, style: Format) -> None:
        """A text over a range of cells."""
        if (top, left) != (bottom, right):
            _done(self.raw.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", style), "merge_range")
        self.text(top, left, text, style)

    def note(self, row: int, column: int, text: str) -> None:
        """A note on a cell, as large as its text needs."""
        parts = pieces(printable(text), _NOTE)
        shown = parts[0] + ("…" if len(parts) > 1 else "")  # the whole stands in the error sheet
        options = {
            "x_scale": 2.6,
            "y_scale": max(1.0, lines(shown, 50) * 15 / 74 + 0.2),
            "font_name": "BIZ UDPゴシック",
            "font_size": 9,
        }
        _done(self.raw.write_comment(row - 1, column - 1, shown, options), "write_comment")

    def widths(self, widths: Sequence[float], first: int = 1, **options: Any) -> None:
        """Widths of columns from the first on, in half-width characters."""
        for column, width in enumerate(widths, start=first):
            self.widths_set[column] = width
            _done(self.raw.set_column(column - 1, column - 1, width, None, options), "set_column")

    def height(self, row: int, points: float) -> None:
        """The height of a row; Excel stops at 409 points."""
        self.heights_set[row] = min(points, 409.0)
        _done(self.raw.set_row(row - 1, self.heights_set[row]), "set_row")

    def table(self, top: int, left: int, bottom: int, right: int, options: Mapping[str, Any]) -> None:
        """An Excel table over cells already written or to be written."""
        _done(self.raw.add_table(top - 1, left - 1, bottom - 1, right - 1, dict(options)), "add_table")

    def mark(self, cells: Sequence[str], formula: str, style: Format) -> None:
        """A conditional format over scattered cells, given in A1 notation."""
        for start in range(0, len(cells), 500):
            ranges = " ".join(cells[start : start + 500])
            options = {"type": "formula", "criteria": formula, "format": style, "multi_range": ranges}
            _done(self.raw.conditional_format(cells[start], options), "conditional_format")

    def choices(self, top: int, column: int, bottom: int, words: Sequence[str], **options: str) -> None:
        """A drop-down of words."""
        rule = {"validate": "list", "source": list(words), **options}
        _done(self.raw.data_validation(top - 1, column - 1, bottom - 1, column - 1, rule), "data_validation")

    def chart(self, row: int, column: int, chart: Chart, width: int, height: int) -> None:
        chart.set_size({"width": width, "height": height})
        _done(self.raw.insert_chart(row - 1, column - 1, chart, {"object_position": 1}), "insert_chart")

    def print_as(
        self,
        *,
        landscape: bool = True,
        paper: int = 9,
        area: tuple[int, int, int, int] | None = None,
        repeat: tuple[int, int] | None = None,
        pages_high: int = 0,
        header: str = "",
    ) -> None:
        """Paper (9: A4, 8: A3), one page wide, with the sheet's name above and the page number below."""
        raw = self.raw
        raw.set_landscape() if landscape else raw.set_portrait()
        raw.set_paper(paper)
        raw.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
        raw.fit_to_pages(1, pages_high)
        raw.hide_gridlines(2)
        shown = printable(header).replace("\n", " ")[:80].replace("&", "&&")
        _done(raw.set_header(f"&L&9{' ' if shown[:1].isdigit() else ''}{shown}&R&9&A"), "set_header")
        _done(raw.set_footer("&C&9&P / &N"), "set_footer")
        if area:
            _done(raw.print_area(area[0] - 1, area[1] - 1, area[2] - 1, area[3] - 1), "print_area")
        if repeat:
            raw.repeat_rows(repeat[0] - 1, repeat[1] - 1)

    def break_pages(self, area: tuple[int, int, int, int], repeat: tuple[int, int], starts: Sequence[int]) -> None:
        """Breaks the pages of a form, one page wide, only where something starts. ``starts`` are rows, in order."""
        top, left, bottom, right = area
        wide = sum((7 * self.widths_set.get(column, 8.43) + 5) * 0.75 for column in range(left, right + 1))
        scale = max(10, min(100, int(_PAGE_WIDTH * _SPARE / wide * 100)))
        room = _PAGE_HEIGHT * _SPARE / scale * 100
        head = self._tall(*repeat)
        breaks: list[int] = []
        used = self._tall(top, starts[0] - 1) if starts else 0.0
        for start, following in pairwise([*starts, bottom + 1]):
            block = self._tall(start, following - 1)
            if used + block > room and used > head:
                breaks.append(start - 1)
                used = head
            used += block
        _done(self.raw.set_h_pagebreaks(breaks[:_BREAKS]), "set_h_pagebreaks")

    def _tall(self, first: int, last: int) -> float:
        return sum(self.heights_set.get(row, 15.0) for row in range(first, last + 1))

    def freeze(self, row: int, column: int) -> None:
        """Keeps what is above the row and left of the column in sight."""
        self.raw.freeze_panes(row - 1, column - 1)


def exact(value: Decimal | int | float) -> bool:
    """Whether Excel keeps the figure as it is: it holds 15 digits."""
    return isinstance(value, float) or len(Decimal(value).normalize().as_tuple().digits) <= 15


def _done(code: object, call: str) -> None:
    """XlsxWriter answers with a negative number where it left something out."""
    if isinstance(code, int) and code < 0:
        raise WriteFault(f"{call} answered {code}")
