"""The headers of a sheet: found once for all returns of a template, whose sheets say the same down to the last of them.

What is found depends on all that stands in the rows down to the last one with a label, on the next rows where these
have a part of a label, and on there being no label further down (but for the labels of a matrix, which is told by its
rows). A sheet of which all of that is as it was on another one has the headers of that one, in the same cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reconcile.locate.band import Band
from reconcile.locate.bands import DEEPEST_BAND, bands_of, bottoms, labels_among, labels_on
from reconcile.locate.grid import Grid
from reconcile.locate.header_paths import has_label
from reconcile.locate.sides import share_out
from reconcile.locate.vocabulary import Vocabulary
from reconcile.package.references import Range

# Cells that a sheet may have down to the last of its headers to be known again by them: more are answers, which differ
# from return to return.
MOST_CELLS = 200
# Sheets by their names, and of each name those seen last.
REMEMBERED, VERSIONS = 1_000, 4


class Header(NamedTuple):
    """A band, settled with those beside it, and the first row below it."""

    band: Band
    first: int


@dataclass(slots=True)
class Headers:
    """The headers of a sheet from the top, and how many of its entries stand before the last label or are it."""

    found: Sequence[Header]
    labelled: int


@dataclass(slots=True)
class _Upper:
    """A sheet down to a row: all that its headers depend on, and these."""

    bottom: int
    last: int  # the last row with a label
    cells: tuple[list[int], list[int], list[str], list[str]]
    merged: list[Range]
    headers: Headers

    @classmethod
    def of(cls, grid: Grid, bottom: int, last: int, headers: Headers) -> _Upper:
        sheet, end = grid.sheet, grid.entries_of_rows(1, bottom).stop
        cells = sheet.row[:end], sheet.column[:end], sheet.kind[:end], sheet.text[:end]
        return cls(bottom, last, cells, _merged(grid, bottom), headers)

    def is_that_of(self, grid: Grid, vocabulary: Vocabulary, forms: tuple[str, ...] | None) -> bool:
        """Whether the headers of ``forms`` on a sheet are these."""
        sheet, (rows, columns, kinds, texts) = grid.sheet, self.cells
        end = len(rows)
        if not (
            sheet.text[:end] == texts
            and sheet.row[:end] == rows
            and sheet.column[:end] == columns
            and sheet.kind[:end] == kinds
            and (len(sheet.row) == end or sheet.row[end] > self.bottom)
            and _merged(grid, self.bottom) == self.merged
        ):
            return False
        next_rows = range(self.bottom + 1, self.last + DEEPEST_BAND)
        return not (
            any(has_label(grid, vocabulary.header_words, row) for row in next_rows)
            or labels_among(grid.words_from(end), vocabulary, forms)
        )


def _merged(grid: Grid, bottom: int) -> list[Range]:
    return [merge for merge in grid.sheet.merged if merge.top <= bottom]


def find_headers(grid: Grid, vocabulary: Vocabulary, forms: tuple[str, ...] | None, *, sure: bool) -> Headers:
    """The headers of a sheet, of ``forms`` where they are given; ``sure`` as in :func:`bands_of`."""
    key = (grid.name, forms, sure)
    known: list[_Upper] = vocabulary.uppers.get(key, [])
    for upper in known:
        if upper.is_that_of(grid, vocabulary, forms):
            return upper.headers
    labels = labels_on(grid, vocabulary, forms)
    bands = bands_of(grid, vocabulary, labels, sure=sure)
    share_out(bands)
    headers = Headers([Header(band, _below(grid, band) + 1) for band in bands], max(labels.entries, default=-1) + 1)
    rows = {grid.sheet.row[entry] for entry in labels.entries}
    bottom = max((row for each in rows for row in bottoms(grid, vocabulary, each)), default=0)
    below_too = any(form in vocabulary.lines for own in labels.forms.values() for form in own)
    if rows and not below_too and grid.entries_of_rows(1, bottom).stop <= MOST_CELLS:
        if len(vocabulary.uppers) >= REMEMBERED:
            vocabulary.uppers.clear()
        vocabulary.uppers[key] = [_Upper.of(grid, bottom, max(rows), headers), *known[: VERSIONS - 1]]
    return headers


def _below(grid: Grid, band: Band) -> int:
    """The last row that any label of the header, merged downwards, covers."""
    ends = [band.bottom]
    for match in band.matched:
        merge = grid.merge_at(grid.sheet.row[match.entry], grid.sheet.column[match.entry])
        if merge is not None and merge.bottom <= band.bottom + DEEPEST_BAND:
            ends.append(merge.bottom)
    return max(ends)
