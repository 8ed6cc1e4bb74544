"""The workbook being written: its sheets, its names, and the texts too long for a cell."""

from __future__ import annotations

import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from reconcile.findings import column_letters
from reconcile.package import Filling, fill
from reconcile.writing.cells import ROWS, Place, WriteFault, done
from reconcile.writing.sheet import Sheet
from reconcile.writing.styles import Styles
from reconcile.writing.text import CELL_LIMIT, pieces, printable, quoted, sheet_name, units

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

# Every file carries the same date, so that the same input makes the same bytes.
_DATE = datetime.datetime(2000, 1, 1)
_PIECE = 32_000  # room for the remark that a text goes on elsewhere


class Book:
    """One workbook. ``long_name`` names the sheet that takes texts longer than a cell can hold; its sheets end with
    the row ``row_limit``."""

    def __init__(self, path: Path, title: str, long_name: str, goes_on: str, row_limit: int = ROWS) -> None:
        from xlsxwriter import Workbook

        self._path = path
        self._content = BytesIO()
        # In memory: no temporary files to be left behind, and file modes of this machine stay out of the package.
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._workbook = Workbook(self._content, {**options, "strings_to_numbers": False})
        self._workbook.set_properties({"title": printable(title)[:200], "created": _DATE, "author": "reconcile"})
        self._workbook.set_calc_mode("auto")
        self.styles = Styles(self._workbook)
        self._names: set[str] = set()
        self._fillings: dict[str, Filling] = {}
        self._tables: dict[str, str] = {}
        self._long: list[tuple[Place, str]] = []
        self._long_name = long_name
        self._goes_on = goes_on
        self._row_limit = row_limit

    def sheet(self, wanted: str) -> Sheet:
        """A new sheet behind those there are."""
        from reconcile.writing.sparse_sheet import SparseSheet

        name = sheet_name(wanted, self._names)
        self._names.add(name.lower())
        filling = self._fillings[f"xl/worksheets/sheet{len(self._names)}.xml"] = Filling()
        made = self._workbook.add_worksheet(name, SparseSheet)
        return Sheet(name, made, filling, self._tables, self.styles, self.shorten, self._row_limit)

    def define(self, name: str, place: Place) -> None:
        """Gives a cell a name for formulas."""
        absolute = f"{quoted(place.sheet)}!${column_letters(place.column)}${place.row}"
        done(self._workbook.define_name(name, f"={absolute}"), "define_name")

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
        """Writes the file.

        Raises:
            OSError: when it cannot be written.
        """
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
        used = {part: filling for part, filling in self._fillings.items() if filling.blocks or filling.merged}
        if used or self._tables:
            fill(self._content, self._path, used, self._tables, printable)
        else:
            self._path.write_bytes(self._content.getbuffer())
