"""Placements: a header band with the rows that belong to it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from reconcile.locate.bands import DEEPEST_BAND, Band, Matched, find_bands
from reconcile.locate.grid import Grid
from reconcile.locate.sides import share_out, territory
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

    def column(self, field: str, version: str = "", period: str = "") -> int | None:
        """The column of a wanted label, None where the template lacks it."""
        for match in self.band.matched:
            if match.wanted.key == (field, version, period):
                return match.column
        return None

    def matches(self) -> list[Matched]:
        return self.band.matched

    def rows(self) -> list[int]:
        """Its data rows that hold anything: a stray space in a sheet's last row makes a table a million rows long."""
        return self.grid.filled_rows(self.first, self.last)


def find_placements(
    grid: Grid, vocabulary: Vocabulary, forms: Container[str] | None = None, *, sure: bool = False
) -> list[Placement]:
    """Every table of every form (of ``forms``, where they are given) on a sheet, from the top.

    A table ends above the next header band that stands over any of its columns.
    """
    bands = find_bands(grid, vocabulary, forms, sure=sure)
    share_out(bands)
    last_column = max(grid.sheet.column, default=0) if len(bands) > 1 else 0
    lasts = [_last_row(grid, band, bands) for band in bands]
    placements = []
    for band, last in zip(bands, lasts, strict=True):
        near = [other for other, end in zip(bands, lasts, strict=True) if other.top <= last and band.top <= end]
        left, right = band.left, band.right
        beside = frozenset(
            column
            for other in near
            if other is not band
            for column in territory(other, band, last_column)
            if not left <= column <= right
        )
        placements.append(Placement(grid, band, _below_header(grid, band) + 1, last, beside, sure))
    return placements


def _last_row(grid: Grid, band: Band, bands: Sequence[Band]) -> int:
    below = [
        other.top
        for other in bands
        if other.top > band.bottom and other.left <= band.right and band.left <= other.right
    ]
    return min(below) - 1 if below else grid.last_row


def _below_header(grid: Grid, band: Band) -> int:
    """The last row that any label of the header, merged downwards, covers."""
    bottoms = [band.bottom]
    for match in band.matched:
        merge = grid.merge_at(grid.sheet.row[match.entry], grid.sheet.column[match.entry])
        if merge is not None and merge.bottom <= band.bottom + DEEPEST_BAND:
            bottoms.append(merge.bottom)
    return max(bottoms)
