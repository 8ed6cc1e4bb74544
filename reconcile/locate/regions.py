"""Placements: a header band with the rows that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reconcile.locate.band import Band, Matched
from reconcile.locate.grid import Grid
from reconcile.locate.header_words import LONGEST_LABEL
from reconcile.locate.headers import Header, find_headers
from reconcile.locate.sides import territory
from reconcile.locate.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Placement:
    """One table of a form: its band, and its data rows ``first`` to ``last`` (1-based, inclusive)."""

    grid: Grid
    band: Band
    first: int
    last: int
    neighbours: frozenset[int]  # columns that belong to other forms' tables beside this one
    sure: bool = False  # tags tell where it ends: every filled row is a record
    #: The sheet without its long stretches of rows alike, all of which stand below the header; None where it has none.
    others: Grid | None = None

    def column(self, field: str, version: str = "", period: str = "") -> int | None:
        """The column of a wanted label, None where the template lacks it."""
        for match in self.band.matched:
            if match.wanted.key == (field, version, period):
                return match.column
        return None

    def apart(self) -> Placement:
        """It on the sheet without the long stretches of rows alike."""
        assert self.others is not None
        return Placement(self.others, self.band, self.first, self.last, self.neighbours, self.sure)

    def whole(self) -> Placement:
        """It with all its rows, whichever they are like."""
        return Placement(self.grid, self.band, self.first, self.last, self.neighbours, self.sure)

    def matches(self) -> list[Matched]:
        return self.band.matched

    def rows(self) -> list[int]:
        """Its data rows that hold anything: a stray space in a sheet's last row makes a table a million rows long."""
        return self.grid.filled_rows(self.first, self.last)


def find_placements(
    grid: Grid, vocabulary: Vocabulary, forms: Sequence[str] | None = None, *, sure: bool = False
) -> list[Placement]:
    """Every table of every form (of ``forms``, where they are given) on a sheet, from the top.

    A table ends above the next header band that stands over any of its columns.
    """
    header, headers = _above_stretches(grid, vocabulary, None if forms is None else tuple(forms), sure=sure)
    others = None if header is grid else header
    if len(headers) == 1:
        ((band, first),) = headers
        return [Placement(grid, band, first, grid.last_row, frozenset(), sure, others)]
    bands = [band for band, _ in headers]
    last_column = max(grid.sheet.column, default=0)
    lasts = [_last_row(grid, band, bands) for band in bands]
    placements = []
    for (band, first), last in zip(headers, lasts, strict=True):
        near = [other for other, end in zip(bands, lasts, strict=True) if other.top <= last and band.top <= end]
        left, right = band.left, band.right
        beside = frozenset(
            column
            for other in near
            if other is not band
            for column in territory(other, band, last_column)
            if not left <= column <= right
        )
        placements.append(Placement(grid, band, first, last, beside, sure, others))
    return placements


def _above_stretches(
    grid: Grid, vocabulary: Vocabulary, forms: tuple[str, ...] | None, *, sure: bool
) -> tuple[Grid, Sequence[Header]]:
    """The headers of a sheet, and where they were looked for: without its long stretches of rows alike, where no label
    stands in these nor below the first of them and no more than one header above."""
    stretches = grid.sheet.stretches
    if stretches and not vocabulary.lines and not vocabulary.texts.among(grid.stretch_words, LONGEST_LABEL):
        headers = find_headers(grid.others, vocabulary, forms, sure=sure)
        if headers.labelled <= stretches[0].before and len(headers.found) <= 1:
            return grid.others, headers.found
    return grid, find_headers(grid, vocabulary, forms, sure=sure).found


def _last_row(grid: Grid, band: Band, bands: Sequence[Band]) -> int:
    below = [
        other.top
        for other in bands
        if other.top > band.bottom and other.left <= band.right and band.left <= other.right
    ]
    return min(below) - 1 if below else grid.last_row
