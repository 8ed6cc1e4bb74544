"""One sheet being written. Rows and columns are 1-based; nothing XlsxWriter refuses goes unnoticed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded
from reconcile.findings import column_letters
from reconcile.package import Block, Column, Filling
from reconcile.writing.cells import ROWS, Place, WriteFault, done, exact
from reconcile.writing.styles import FONT, Styles
from reconcile.writing.text import CELL_LIMIT, lines, pieces, printable

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LINKS = 65_530  # Excel's limit of links on a sheet
_NOTE = 8_000  # characters; the whole message stands in the error sheet
_HIGHEST = 409.0  # points: Excel's limit of a row
_USUAL = 15.0  # points: a row without a height of its own

Rows = npt.NDArray[np.int64]
Heights = npt.NDArray[np.float64]


class Sheet:
    """One sheet. Text is only ever written as text, so that no content becomes a formula."""

    def __init__(
        self,
        name: str,
        worksheet: Worksheet,
        filling: Filling,
        tables: dict[str, str],
        styles: Styles,
        shorten: Callable[[str, Place], str],
        row_limit: int = ROWS,
    ) -> None:
        self.name = name
        self.raw = worksheet
        self._filling = filling
        self._tables = tables
        self._tall: list[tuple[Rows, Heights]] = []
        self._untold: list[tuple[Rows, Heights]] = []
        self._styles = styles
        self._shorten = shorten
        self._row_limit = row_limit
        self._links = 0
        self.widths_set: dict[int, float] = {}
        self._heights: dict[int, float] = {}

    def place(self, row: int, column: int) -> Place:
        return Place(self.name, row, column)

    def rows_from(self, row: int) -> int:
        """How many rows there are from this one on to the end of the sheet; at least none."""
        return max(self._row_limit + 1 - row, 0)

    def text(self, row: int, column: int, text: str, style: Format | None = None) -> None:
        """A text, or a blank with its style where it is empty."""
        if not text:
            done(self.raw._write_blank(row - 1, column - 1, None, style), "write_blank")
        else:
            done(self.raw._write_string(row - 1, column - 1, self._kept(row, column, text), style), "write_string")

    def _kept(self, row: int, column: int, text: str) -> str:
        """A text as its cell can hold it."""
        kept = printable(text)
        return self._shorten(kept, self.place(row, column)) if 2 * len(kept) > CELL_LIMIT else kept

    def number(self, row: int, column: int, value: Decimal | int | float, style: Format | None = None) -> bool:
        """A figure; one of more digits than Excel keeps is written as text, and the answer is False."""
        if not exact(value):
            self.text(row, column, f"{value:,}", style)
            return False
        done(self.raw.write_number(row - 1, column - 1, float(value), style), "write_number")
        return True

    def formula(self, row: int, column: int, formula: str, value: object, style: Format | None = None) -> None:
        """A formula of ours with its result."""
        stored = float(value) if isinstance(value, Decimal) else value
        done(self.raw.write_formula(row - 1, column - 1, formula, style, stored), "write_formula")

    def link(self, row: int, column: int, to: Place, text: str, style: Format | None = None) -> None:
        """A link inside the workbook; plain text once the sheet has as many as Excel allows."""
        self._url(row, column, f"internal:{to.formula}", text, style or self._styles.get("link"))

    def file_link(
        self, row: int, column: int, path: str, text: str, style: Format | None = None, to: Place | None = None
    ) -> None:
        """A link to a file beside the workbook, and a cell in it; plain text where the path could be read as anything
        else."""
        if _is_plain(path):
            told = to is not None and to.sheet.isprintable() and not set('#"') & set(to.sheet) and len(to.sheet) < 200
            cell = f"#{to.formula}" if to and told else ""
            self._url(row, column, f"external:{path}{cell}", text, style or self._styles.get("link"))
        else:
            self.text(row, column, text, style)

    def _url(self, row: int, column: int, url: str, text: str, style: Format) -> None:
        shown = self._kept(row, column, text)
        if self._links >= _LINKS or not shown:
            self.text(row, column, text, style)
            return
        self._links += 1
        done(self.raw.write_url(row - 1, column - 1, url, style, shown), "write_url")

    def merge(self, top: int, left: int, bottom: int, right: int, text: str, style: Format) -> None:
        """A text over a range of cells."""
        if (top, left) != (bottom, right):
            done(self.raw.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", style), "merge_range")
        self.text(top, left, text, style)

    def rows(self, numbers: Rows, columns: Sequence[Column], heights: Heights | None = None) -> None:
        """Many rows at once, below those written so before; ``numbers`` ascend. Nothing else may write into them."""
        if not len(numbers):
            return
        if numbers[-1] > self._row_limit:
            raise WriteFault(f"row {numbers[-1]}")
        columns = [self._fitting(numbers, column) for column in columns]
        own = None if heights is None else np.minimum(heights, _HIGHEST)
        self._filling.blocks.append(Block(numbers, columns, own))
        if own is not None and not any(numbers is rows for rows, _ in self._tall):
            self.tall(numbers, own)

    def tall(self, numbers: Rows, heights: Heights) -> None:
        """How high many rows are, known before they are written."""
        if len(numbers):
            told = numbers, np.minimum(heights, _HIGHEST)
            self._tall.append(told)
            self._untold.append(told)

    def _fitting(self, numbers: Rows, column: Column) -> Column:
        """The column with its texts as long as a cell can hold, and one look where all of its cells have it."""
        looks = column.look
        if not isinstance(looks, int) and bool((looks == looks[0]).all()):
            column = replace(column, look=int(looks[0]))
        texts = column.texts
        if texts is None or 2 * max(map(len, texts.values), default=0) <= CELL_LIMIT:
            return column
        told = texts.texts.tolist()
        for at in [at for at, text in enumerate(told) if 2 * len(text) > CELL_LIMIT]:
            told[at] = self._shorten(printable(told[at]), self.place(int(numbers[at]), column.number))
        return replace(column, texts=Coded.of(told))

    def merge_rows(self, tops: Rows, left: int, bottoms: Rows, right: int) -> None:
        """Merges ranges of cells that rows written at once hold."""
        first, last = column_letters(left), column_letters(right)
        self._filling.merged += map(f"{first}%d:{last}%d".__mod__, zip(tops.tolist(), bottoms.tolist(), strict=True))

    def link_rows(self, links: Iterable[tuple[int, int, str, str]]) -> None:
        """Links in cells that rows written at once hold: row, column, where to (as a formula names it) and what the
        cell reads; as many as Excel allows on a sheet."""
        for row, column, to, shown in islice(links, _LINKS - self._links):
            self._links += 1
            self._filling.links.append((f"{column_letters(column)}{row}", to, printable(shown)))

    def depths(self, bottom: int) -> Heights:
        """Points from the top of the sheet to the lower edge of each row, the first (0) being the edge above row 1."""
        heights = np.full(bottom + 1, _USUAL)
        heights[0] = 0
        for row, height in self._heights.items():
            if row <= bottom:
                heights[row] = height
        for rows, own in self._tall:
            inside = rows <= bottom
            heights[rows[inside]] = own[inside]
        return np.cumsum(heights)

    def note(self, row: int, column: int, text: str) -> None:
        """A note on a cell, as large as its text needs."""
        parts = pieces(printable(text), _NOTE)
        shown = parts[0] + ("…" if len(parts) > 1 else "")
        options = {
            "x_scale": 2.6,
            "y_scale": max(1.0, lines(shown, 50) * 15 / 74 + 0.2),
            "font_name": FONT,
            "font_size": 9,
        }
        self._tell_heights()
        done(self.raw.write_comment(row - 1, column - 1, shown, options), "write_comment")

    def _tell_heights(self) -> None:
        """Tells XlsxWriter the heights it has not set itself, which decide where the box of a note stands."""
        while self._untold:
            rows, heights = self._untold.pop()
            pixels = (heights * 4.0 / 3.0 + 0.5).astype(np.int64).tolist()
            self.raw.row_sizes.update({row - 1: [size, False] for row, size in zip(rows.tolist(), pixels, strict=True)})

    def widths(self, widths: Sequence[float], first: int = 1, **options: Any) -> None:
        """Widths of columns from the first on, in half-width characters."""
        for column, width in enumerate(widths, start=first):
            self.widths_set[column] = width
            done(self.raw.set_column(column - 1, column - 1, width, None, options), "set_column")

    def height(self, row: int, points: float) -> None:
        """The height of a row; Excel stops at 409 points."""
        self._heights[row] = min(points, _HIGHEST)
        done(self.raw.set_row(row - 1, self._heights[row]), "set_row")

    def height_of(self, row: int) -> float:
        """The height of a row in points."""
        return self._heights.get(row, _USUAL)

    def table(self, top: int, left: int, bottom: int, right: int, options: Mapping[str, Any]) -> None:
        """An Excel table over cells, written or not yet. ``options`` are those of XlsxWriter, a name among them."""
        # XlsxWriter remembers every cell of a table, so it is told of the first row only.
        done(self.raw.add_table(top - 1, left - 1, top, right - 1, dict(options)), "add_table")
        last = Place(self.name, bottom, right)
        self._tables[options["name"]] = f"{Place(self.name, top, left).a1}:{last.a1}"

    def mark(self, cells: Sequence[str], formula: str, style: Format) -> None:
        """A conditional format over scattered cells or ranges, given in A1 notation."""
        for start in range(0, len(cells), 500):
            ranges = " ".join(cells[start : start + 500])
            options = {"type": "formula", "criteria": formula, "format": style, "multi_range": ranges}
            first = cells[start].partition(":")[0]
            done(self.raw.conditional_format(first, options), "conditional_format")

    def choices(self, top: int, column: int, bottom: int, words: Sequence[str], **options: str) -> None:
        """A drop-down of words."""
        rule = {"validate": "list", "source": list(words), **options}
        done(self.raw.data_validation(top - 1, column - 1, bottom - 1, column - 1, rule), "data_validation")

    def condition(self, top: int, column: int, bottom: int, formula: str, **options: str) -> None:
        """What may be entered, as a formula over the first of the cells."""
        rule = {"validate": "custom", "value": formula, **options}
        done(self.raw.data_validation(top - 1, column - 1, bottom - 1, column - 1, rule), "data_validation")

    def chart(self, row: int, column: int, chart: Chart, width: int, height: int) -> None:
        chart.set_size({"width": width, "height": height})
        done(self.raw.insert_chart(row - 1, column - 1, chart, {"object_position": 1}), "insert_chart")

    def freeze(self, row: int, column: int) -> None:
        """Keeps what is above the row and left of the column in sight."""
        self.raw.freeze_panes(row - 1, column - 1)


@lru_cache
def _is_plain(path: str) -> bool:
    """Whether a path leads downwards, and neither Excel nor a browser could read anything else from it."""
    safe = not any(character in path for character in '\\:#?*"<>|%[]^`{}') and path.isprintable()
    return bool(safe and path and path[0] != "/" and ".." not in path.split("/") and len(path) < 200)
