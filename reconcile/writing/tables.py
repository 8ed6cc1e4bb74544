"""A sheet that is one Excel table: title, remark, headings, rows. What the plain sheets have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TypeVar

import numpy as np

from reconcile.coded import Coded
from reconcile.findings import CellRef
from reconcile.package import Column
from reconcile.writing.cells import Place
from reconcile.writing.paper import A3, A4, print_as
from reconcile.writing.report import Report
from reconcile.writing.sheet import Heights, Sheet
from reconcile.writing.styles import LINE
from reconcile.writing.text import lines
from reconcile.writing.widths import line_counts

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its key among the words (or its own text), its width, how its cells look."""

    text: str
    width: float
    style: str = "cell"


def write_title(report: Report, sheet: Sheet, title: str, remark: str = "") -> None:
    """The first two rows of a sheet."""
    sheet.text(1, 1, title, report.book.styles.get("title"))
    sheet.height(1, 30)
    sheet.text(2, 1, remark, report.book.styles.get("subtitle", font_size=10))


def fitting(
    report: Report, rows: Sequence[_Row], room: int, file: str = "findings.jsonl"
) -> tuple[Sequence[_Row], str]:
    """As many of a table's rows as there is room for, and the remark that says how many more there are and in which of
    the other outputs they stand; empty where all of them fit."""
    room = max(room, 0)
    if len(rows) <= room:
        return rows, ""
    return rows[:room], report.voice.word("rows_beyond", count=f"{len(rows) - room:,}", file=file)


def write_table(
    report: Report,
    sheet: Sheet,
    headings: Sequence[Heading],
    size: int,
    write_row: Callable[[int, int], int],
    *,
    name: str,
    top: int,
    widths: bool = True,
) -> int:
    """Headings in row ``top`` and ``size`` rows below; ``write_row(number, row)`` writes one and says how many lines
    it takes. Returns the last row. An Excel table needs a row even where there is nothing to show."""
    if widths:
        sheet.widths([heading.width for heading in headings])
    for number in range(size):
        taken = write_row(number, top + 1 + number)
        sheet.height(top + 1 + number, max(taken * LINE + 4, 18.0))
    return _frame(report, sheet, headings, size, name, top)


def write_columns(
    report: Report,
    sheet: Sheet,
    headings: Sequence[Heading],
    columns: Sequence[Column],
    heights: Heights,
    *,
    name: str,
    top: int,
) -> int:
    """As :func:`write_table`, from whole columns. ``heights`` has one entry a row, in points."""
    sheet.widths([heading.width for heading in headings])
    size = len(heights)
    sheet.rows(np.arange(top + 1, top + 1 + size, dtype=np.int64), columns, heights)
    return _frame(report, sheet, headings, size, name, top)


def heights_of(columns: Iterable[tuple[Coded, float]]) -> Heights:
    """The heights of rows in points, by the texts that stand in them and the widths these have."""
    taken = [line_counts(texts.values, wide)[texts.codes] for texts, wide in columns]
    heights: Heights = np.maximum(np.maximum.reduce(taken) * LINE + 4, 18.0)
    return heights


def _frame(report: Report, sheet: Sheet, headings: Sequence[Heading], size: int, name: str, top: int) -> int:
    styles = report.book.styles
    bottom = top + max(size, 1)
    if not size:
        for column in range(1, len(headings) + 1):
            sheet.text(bottom, column, "", styles.get("cell"))
    head = styles.get("head")
    columns = [{"header": heading.text, "header_format": head} for heading in headings]
    sheet.table(top, 1, bottom, len(headings), {"name": name, "style": None, "columns": columns})
    sheet.height(top, 26)
    return bottom


def write_link(report: Report, sheet: Sheet, row: int, column: int, place: Place | None, text: str = "") -> None:
    """A link to a cell of the master, or the bare text where it has no place there."""
    styles = report.book.styles
    if place is None:
        sheet.text(row, column, text, styles.get("cell"))
    else:
        style = styles.get("cell", font_color="#0563C1", underline=1)
        sheet.link(row, column, place, text or f"{place.sheet}!{place.a1}", style)


def write_copy_link(
    report: Report, sheet: Sheet, row: int, column: int, ref: CellRef, text: str, **more: object
) -> None:
    """A link to a cell of a return in its marked copy, or the bare text where there is no such copy."""
    styles = report.book.styles
    path = report.files.get(ref.file)
    if path is None:
        sheet.text(row, column, text, styles.get("cell", **more))
        return
    # What could not be marked has a workbook of its findings instead, which has no such sheet.
    cell = Place(ref.sheet, ref.row, ref.column) if ref.row and ref.column and _ends_alike(path, ref.file) else None
    style = styles.get("cell", font_color="#0563C1", underline=1, **more)
    sheet.file_link(row, column, path, text, style, cell)


@lru_cache
def _ends_alike(path: str, other: str) -> bool:
    return PurePosixPath(path).suffix.lower() == PurePosixPath(other).suffix.lower()


def tallest(texts: Sequence[str], headings: Sequence[Heading]) -> int:
    """The lines of the tallest of the texts, in the columns they stand in."""
    return max((lines(text, heading.width) for text, heading in zip(texts, headings, strict=False)), default=1)


def print_table(report: Report, sheet: Sheet, bottom: int, columns: int, top: int, *, a3: bool = False) -> None:
    sheet.freeze(top + 1, 1)
    area = (1, 1, bottom, columns)
    print_as(sheet, paper=A3 if a3 else A4, area=area, repeat=(top, top), header=report.title)
