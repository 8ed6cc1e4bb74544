"""Writes a workbook with XlsxWriter. The same return gives the same bytes."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from .grid import Cell, row_heights
from .layouts import Look
from .model import Formula
from .places import Places, formula_text, where
from .sheets import Sheet
from .styles import Styles

_UNSTORED = "#UNSTORED"
_RESULT = re.compile(rb' t="str"(?=>)(><f>[^<]*</f>)<v>' + _UNSTORED.encode() + rb"</v>")


@dataclass(frozen=True)
class Papers:
    """What the properties of the document say; `created` is the time of everything in the package."""

    title: str
    author: str
    created: datetime.datetime


def write_workbook(path: Path, sheets: list[Sheet], look: Look, papers: Papers) -> None:
    """Write one return."""
    places = where(sheets)
    buffer = io.BytesIO()
    book = Workbook(
        buffer, {"in_memory": True, "default_format_properties": {"font_name": look.font, "font_size": look.size}}
    )
    book.set_properties({"title": papers.title, "author": papers.author, "created": papers.created, "comments": ""})
    book.set_calc_mode("auto")
    styles = Styles(book, look)
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        _page(page, sheet, look)
        for block, top, left in sheet.blocks:
            for cell in block.cells:
                _write(page, cell, (top, left), styles, places)
        if sheet.hidden:
            page.hide()
        if sheet.helper:
            for row, word in enumerate(sheet.helper):
                page.write_string(row, 0, word)
            page.hide()
    book.close()
    path.write_bytes(_settled(buffer.getvalue(), papers.created))


def _page(page: Worksheet, sheet: Sheet, look: Look) -> None:
    """Widths, heights, hidden rows and columns, drop-downs, and the print set-up."""
    widths: dict[int, float] = {}
    heights: dict[int, float] = {}
    for block, top, left in sheet.blocks:
        for at, width in block.widths.items():
            widths[left + at - 2] = max(width, widths.get(left + at - 2, 0))
        for row, height in row_heights(block, look.size, look.size * 1.35 + 6).items():
            heights[top + row - 2] = max(height, heights.get(top + row - 2, 0))
    hidden_columns = {left + at - 2 for block, _, left in sheet.blocks for at in block.hidden_columns}
    hidden_rows = {top + row - 2 for block, top, _ in sheet.blocks for row in block.hidden_rows}
    for column, width in widths.items():
        page.set_column(column, column, width, None, {"hidden": column in hidden_columns})
    for row, height in heights.items():
        page.set_row(row, round(height, 1), None, {"hidden": row in hidden_rows})
    for block, top, left in sheet.blocks:
        for at, first, last, words in block.choices:
            page.data_validation(
                top + first - 2,
                left + at - 2,
                top + last - 2,
                left + at - 2,
                {"validate": "list", "source": list(words), "error_type": "warning"},
            )
    _print_set_up(page, sheet, look)


def _print_set_up(page: Worksheet, sheet: Sheet, look: Look) -> None:
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P / &N")
    if not sheet.table or not sheet.blocks:
        return
    page.set_landscape()
    # forms stacked on one sheet: the last one, the money, begins a page of its own
    own = {top + row - 2 for block, top, _ in sheet.blocks for row in block.breaks}
    page.set_h_pagebreaks(sorted({top - 1 for _, top, _ in sheet.blocks[2:]} | own))
    page.set_header("&R&A")
    block, top, _ = sheet.blocks[0]
    if len(sheet.blocks) == 1 and block.header_rows:
        first, last = block.header_rows
        page.repeat_rows(top + first - 2, top + last - 2)
        if look.freeze:
            page.freeze_panes(top + last - 1, 0)


def _write(page: Worksheet, cell: Cell, origin: tuple[int, int], styles: Styles, places: Places) -> None:
    row, column = origin[0] + cell.row - 2, origin[1] + cell.column - 2
    centred = cell.value == "―" and cell.style in ("text", "measure")
    style = styles.of("key" if centred else cell.style, cell.number_format)
    if cell.down > 1 or cell.across > 1:
        page.merge_range(row, column, row + cell.down - 1, column + cell.across - 1, "", style)
    value = cell.value
    if value is None or value == "":
        failed = page.write_blank(row, column, None, style)
    elif isinstance(value, Formula):
        failed = page.write_formula(row, column, formula_text(value, places), style, _result(value))
    elif isinstance(value, (datetime.date, datetime.datetime)):
        failed = page.write_datetime(row, column, value, style)
    elif isinstance(value, (int, Decimal)):
        failed = page.write_number(row, column, float(value), style)
    else:
        failed = page.write_string(row, column, value, style)
    if failed:
        raise ValueError(f"{page.get_name()}!{xl_rowcol_to_cell(row, column)}: XlsxWriter says {failed}")


def _result(formula: Formula) -> int | float | str:
    """What is stored beside the formula: a number, an error value, or the mark that `_settled` takes out."""
    if formula.stored is None:
        return _UNSTORED
    if isinstance(formula.stored, Decimal):
        return int(formula.stored) if formula.stored == int(formula.stored) else float(formula.stored)
    return formula.stored


def _settled(data: bytes, created: datetime.datetime) -> bytes:
    """The package with one time for all members, and without the results that must not be stored."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(settled, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, created.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            new.writestr(info, _RESULT.sub(rb"\1", old.read(name)))
    return settled.getvalue()
