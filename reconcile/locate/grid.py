"""A sheet to look things up in: merged cells answer with their top-left cell, labels with their folded text."""

from __future__ import annotations

from collections.abc import Iterable

from reconcile.package import Sheet, Workbook
from reconcile.package.references import Range

# Merges taller than this are kept in a list of their own, so that one over a whole sheet costs nothing.
TALL = 2000


class Grid:
    """One sheet of a workbook; rows and columns are 1-based, entries count the non-empty cells."""

    def __init__(self, workbook: Workbook, sheet: Sheet) -> None:
        self.sheet = sheet
        self.name = sheet.name
        self.last_row = sheet.row[-1] if sheet.row else 0
        self.formats = workbook.number_formats
        self.date1904 = workbook.date1904
        self._merges_by_row: dict[int, list[Range]] = {}
        self._tall: list[Range] = []
        for merge in sheet.merged:
            if merge.bottom - merge.top > TALL:
                self._tall.append(merge)
                continue
            for row in range(merge.top, merge.bottom + 1):
                self._merges_by_row.setdefault(row, []).append(merge)

    def merge_at(self, row: int, column: int) -> Range | None:
        """The merged range that covers a cell."""
        over: list[Range] = [*self._merges_by_row.get(row, ()), *self._tall]
        for merge in over:
            if merge.left <= column <= merge.right and merge.top <= row <= merge.bottom:
                return merge
        return None

    def entry(self, row: int, column: int) -> int:
        """The entry that answers for a cell: its own, or that of the merged range over it; -1 when empty."""
        own = self.sheet.entry_at(row, column)
        if own >= 0 or (row not in self._merges_by_row and not self._tall):
            return own
        merge = self.merge_at(row, column)
        return self.sheet.entry_at(merge.top, merge.left) if merge else -1

    def text(self, entry: int) -> str:
        """The stored text of an entry; empty for -1."""
        return self.sheet.text[entry] if entry >= 0 else ""

    def cell(self, entry: int) -> tuple[str, str, str]:
        """Kind, text and number format of an entry, as the normaliser takes them."""
        if entry < 0:
            return "", "", ""
        style = self.sheet.style[entry]
        return (
            self.sheet.kind[entry],
            self.sheet.text[entry],
            self.formats[style] if style < len(self.formats) else "General",
        )

    def columns_of_rows(self, top: int, bottom: int) -> Iterable[int]:
        """The columns that hold anything in some rows, also through merged ranges, from the left."""
        from bisect import bisect_left, bisect_right

        found = set(self.sheet.column[bisect_left(self.sheet.row, top) : bisect_right(self.sheet.row, bottom)])
        for row in range(top, bottom + 1):
            for merge in self._merges_by_row.get(row, ()):
                if self.sheet.entry_at(merge.top, merge.left) >= 0:
                    found.update(range(merge.left, min(merge.right, merge.left + TALL) + 1))
        return sorted(found)

    def entries_of_rows(self, top: int, bottom: int) -> range:
        """The entries of some rows, in reading order."""
        from bisect import bisect_left, bisect_right

        return range(bisect_left(self.sheet.row, top), bisect_right(self.sheet.row, bottom))
