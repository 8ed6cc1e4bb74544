"""A sheet to look things up in: merged cells answer with their top-left cell, labels with their folded text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product

from reconcile.normalise import fold_name
from reconcile.package import Sheet, Workbook
from reconcile.package.references import Range

# Merges taller than this (one over a whole sheet, say) cover cells, but do not answer for them: no form has such.
TALL = 2000
# Words of a sheet that may stay while its tables are read, for its cover is looked for behind them.
KEPT_WORDS = 1000


class Grid:
    """One sheet of a workbook; rows and columns are 1-based, entries count the non-empty cells."""

    def __init__(self, workbook: Workbook, sheet: Sheet, sign: re.Pattern[str] | None = None) -> None:
        """``sign``: found in every text that is looked for as a label, or any word that a pack knows."""
        self.workbook = workbook
        self._sign = sign
        self.sheet = sheet
        self.name = sheet.name
        self.last_row = sheet.last_row
        self.formats = workbook.number_formats
        self.date1904 = workbook.date1904
        #: What was found between two rows (:func:`reconcile.locate.header_paths.paths`).
        self.header_paths: dict[Hashable, list[tuple[int, tuple[str, ...], int]]] = {}
        #: Whether a row has a text of a label (:func:`reconcile.locate.header_paths.has_label`).
        self.labelled_rows: dict[Hashable, bool] = {}
        self._row_entries: dict[int, dict[int, int]] = {}
        self._merges_by_row: dict[int, list[Range]] = {}
        for merge in sheet.merged:
            if merge.bottom - merge.top > TALL:
                continue
            for row in range(merge.top, merge.bottom + 1):
                self._merges_by_row.setdefault(row, []).append(merge)

    @cached_property
    def words(self) -> set[str]:
        """The different texts of the sheet that may be words of a pack, numbers aside."""
        if self.sheet.others is not None:
            return self.others.words | self.stretch_words
        return self.words_from(0)

    def words_from(self, entry: int) -> set[str]:
        """Those of them that stand from an entry on."""
        sheet = self.sheet
        found = {text for kind, text in zip(sheet.kind[entry:], sheet.text[entry:], strict=True) if kind == "s"}
        return found if self._sign is None else set(filter(self._sign.search, found))

    @cached_property
    def stretch_words(self) -> set[str]:
        """Those of them that stand in its long stretches of rows alike."""
        found = set[str]()
        for stretch in self.sheet.stretches:
            for place, kind in enumerate(stretch.kinds):
                if kind == "s":
                    own = stretch.distinct(place)
                    found.update(own if self._sign is None else filter(self._sign.search, own))
        return found - {""}

    def forget_words(self) -> None:
        """Lets go of them where they are many, hundreds of thousands on a long sheet; they are looked for once more."""
        for name in ("words", "stretch_words"):
            if len(self.__dict__.get(name, ())) > KEPT_WORDS:
                del self.__dict__[name]

    @cached_property
    def others(self) -> Grid:
        """The sheet without its long stretches of rows alike; entries above these count the same."""
        return self if self.sheet.others is None else Grid(self.workbook, self.sheet.others, self._sign)

    @property
    def may_be_struck(self) -> bool:
        """Whether anything in the workbook is struck out."""
        return bool(self.workbook.struck_styles or self.workbook.struck_texts)

    def is_struck(self, entry: int) -> bool:
        """Whether all or some of what a cell shows is struck out."""
        sheet, book = self.sheet, self.workbook
        return sheet.style[entry] in book.struck_styles or (
            sheet.kind[entry] == "s" and sheet.text[entry] in book.struck_texts
        )

    @cached_property
    def unread_formulas(self) -> frozenset[int]:
        """The entries of formulas whose result is not stored, or may be another workbook's."""
        return frozenset(at for at, f in self.sheet.formulas.items() if f.external or not f.stored)

    def merge_at(self, row: int, column: int) -> Range | None:
        """The merged range that a cell belongs to."""
        for merge in self._merges_by_row.get(row, ()):
            if merge.left <= column <= merge.right and merge.top <= row <= merge.bottom:
                return merge
        return None

    @cached_property
    def beneath(self) -> frozenset[int]:
        """The entries that a merged cell lies over, so that nobody sees them: painting formats leaves such behind."""
        found: set[int] = set()
        for merge in self.sheet.merged:
            span = self.entries_of_rows(merge.top, merge.bottom)
            if (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) <= len(span):
                places = product(range(merge.top, merge.bottom + 1), range(merge.left, merge.right + 1))
                found.update(self.sheet.entry_at(*place) for place in places if place != (merge.top, merge.left))
            else:
                columns = self.sheet.column
                inside = (at for at in span if merge.left <= columns[at] <= merge.right)
                found.update(at for at in inside if (self.sheet.row[at], columns[at]) != (merge.top, merge.left))
        return frozenset(found - {-1})

    def entry(self, row: int, column: int) -> int:
        """The entry that answers for a cell: its own, or that of the merged range over it; -1 when empty."""
        own = self.sheet.entry_at(row, column)
        if own >= 0 or row not in self._merges_by_row:
            return own
        merge = self.merge_at(row, column)
        return self.sheet.entry_at(merge.top, merge.left) if merge else -1

    def row_entries(self, row: int) -> Mapping[int, int]:
        """Column → the entry that answers for its cell in a row; columns without any may be left out."""
        found = self._row_entries.get(row)
        if found is None:
            found = self._row_entries[row] = {}
            for merge in reversed(self._merges_by_row.get(row, ())):
                top_left = self.sheet.entry_at(merge.top, merge.left)
                found.update(dict.fromkeys(range(merge.left, merge.right + 1), top_left))
            own = self.entries_of_rows(row, row)
            found.update(zip(self.sheet.column[own.start : own.stop], own, strict=True))
        return found

    def text(self, entry: int) -> str:
        """The stored text of an entry; empty for -1."""
        return self.sheet.text[entry] if entry >= 0 else ""

    def cell(self, entry: int) -> tuple[str, str, str]:
        """Kind, text and number format of an entry, as the normaliser takes them."""
        if entry < 0:
            return "", "", ""
        return self.sheet.kind[entry], self.sheet.text[entry], self.format(self.sheet.style[entry])

    def format(self, style: int) -> str:
        """The number format of a style."""
        return self.formats[style] if style < len(self.formats) else "General"

    def columns_of_rows(self, top: int, bottom: int) -> Iterable[int]:
        """The columns that hold anything in some rows, also through merged ranges, from the left."""
        found = set(self.sheet.column[bisect_left(self.sheet.row, top) : bisect_right(self.sheet.row, bottom)])
        for row in range(top, bottom + 1):
            for merge in self._merges_by_row.get(row, ()):
                if self.sheet.entry_at(merge.top, merge.left) >= 0:
                    found.update(range(merge.left, min(merge.right, merge.left + TALL) + 1))
        return sorted(found)

    def entries_of_rows(self, top: int, bottom: int) -> range:
        """The entries of some rows, in reading order."""
        return range(bisect_left(self.sheet.row, top), bisect_right(self.sheet.row, bottom))

    def merges_of_rows(self, top: int, bottom: int) -> list[Range]:
        """The merged ranges that stand on any of some rows, in the order in which they are asked."""
        if not self._merges_by_row:
            return []
        found = (merge for row in range(top, bottom + 1) for merge in self._merges_by_row.get(row, ()))
        return list(dict.fromkeys(found))

    def merged_rows(self, top: int, bottom: int) -> set[int]:
        """Those of some rows that merged ranges stand on."""
        return {row for row in self._merges_by_row if top <= row <= bottom}

    def filled_rows(self, top: int, bottom: int) -> list[int]:
        """Those of some rows that hold anything, also through merged ranges, from the top."""
        entries = self.entries_of_rows(top, bottom)
        return sorted({*self.sheet.row[entries.start : entries.stop], *self.merged_rows(top, bottom)})

    def part(self, area: Range, but: Sequence[Range] = ()) -> Grid:
        """The cells of an area as a sheet of their own, each in its place, but for those in some areas; merged ranges
        keep what lies inside."""
        merges = [
            merge
            for row in range(area.top, area.bottom + 1)
            for merge in self._merges_by_row.get(row, ())
            if row == max(merge.top, area.top) and merge.left <= area.right and area.left <= merge.right
        ]
        left_out = self._entries_in(but)
        kept = [entry for entry in sorted(self._entries_in([area])) if entry not in left_out]
        return self._with(kept, [merge for merge in merges if not _begins_in(merge, but)])

    def without(self, areas: Sequence[Range]) -> Grid:
        """The sheet as if some areas were empty."""
        left_out = self._entries_in(areas)
        kept = [entry for entry in range(len(self.sheet)) if entry not in left_out]
        return self._with(kept, [merge for merge in self.sheet.merged if not _begins_in(merge, areas)])

    def _entries_in(self, areas: Iterable[Range]) -> set[int]:
        columns = self.sheet.column
        return {
            entry
            for area in areas
            for entry in self.entries_of_rows(area.top, area.bottom)
            if area.left <= columns[entry] <= area.right
        }

    def without_texts(self, texts: Container[str]) -> Grid:
        """The sheet as if the cells with some texts (folded as names) were empty."""
        sheet = self.sheet
        empty = {text for text in set(sheet.text) if fold_name(text) in texts}
        kept = [e for e, text in enumerate(sheet.text) if text not in empty or sheet.kind[e] != "s"] if empty else []
        return self._with(kept, sheet.merged) if empty and len(kept) < len(sheet) else self

    def _with(self, entries: Sequence[int], merges: Sequence[Range]) -> Grid:
        """The sheet with some of its entries and merged ranges."""
        sheet = Sheet(self.name, self.sheet.visibility, merged=list(merges))
        for name in ("row", "column", "kind", "text", "style"):
            values = getattr(self.sheet, name)
            getattr(sheet, name).extend([values[entry] for entry in entries])
        formulas = self.sheet.formulas
        sheet.formulas.update({at: formulas[entry] for at, entry in enumerate(entries) if entry in formulas})
        sheet.hidden_rows, sheet.hidden_columns = self.sheet.hidden_rows, self.sheet.hidden_columns
        return Grid(self.workbook, sheet, self._sign)


def _begins_in(merge: Range, areas: Sequence[Range]) -> bool:
    return any(a.top <= merge.top <= a.bottom and a.left <= merge.left <= a.right for a in areas)
