"""A sheet of XlsxWriter's of which few rows are its own, far apart: those between are filled in later."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

_BLOCK = 16  # rows that share a hint on how wide they are


class SparseSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter says nothing of its types
    """Writes the rows there are; XlsxWriter looks at every row from the first to the last, and remembers each."""

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
