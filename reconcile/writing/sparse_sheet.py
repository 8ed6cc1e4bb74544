"""A sheet of XlsxWriter's of which few rows are its own, far apart: those between are filled in later."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import CellBlankTuple, CellStringTuple, Worksheet

from reconcile.findings import column_letters

_BLOCK = 16  # rows that share a hint on how wide they are


class SparseSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter says nothing of its types
    """Writes the rows there are; XlsxWriter looks at every row from the first to the last, and remembers each.

    Texts and blanks are most of its cells; they are written at once, as XlsxWriter would write them.
    """

    dim_rowmin: int
    dim_rowmax: int

    def _write_rows(self) -> None:
        held = {*self.row_info, *self.comments, *(row for row, cells in self.table.items() if cells)}
        first, last = self.dim_rowmin, self.dim_rowmax
        for block in sorted({row // _BLOCK for row in held}):
            self.dim_rowmin = max(block * _BLOCK, first)
            self.dim_rowmax = min(block * _BLOCK + _BLOCK - 1, last)
            super()._write_rows()
        self.dim_rowmin, self.dim_rowmax = first, last

    def _calculate_spans(self) -> None:
        """From the first to the last column of the rows being written."""
        held = [
            own[row]
            for row in range(self.dim_rowmin, self.dim_rowmax + 1)
            for own in (self.table, self.comments)
            if own.get(row)
        ]
        self.row_spans = {}
        if held:
            span = f"{min(map(min, held)) + 1}:{max(map(max, held)) + 1}"
            self.row_spans[self.dim_rowmin // _BLOCK] = span

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = type(cell)
        if kind is CellStringTuple and cell.format:
            place, style = f"{column_letters(col + 1)}{row + 1}", cell.format._get_xf_index()
            self.fh.write(f'<c r="{place}" s="{style}" t="s"><v>{cell.string}</v></c>')
        elif kind is CellBlankTuple and cell.format:
            self.fh.write(f'<c r="{column_letters(col + 1)}{row + 1}" s="{cell.format._get_xf_index()}"/>')
        else:
            super()._write_cell(row, col, cell)
