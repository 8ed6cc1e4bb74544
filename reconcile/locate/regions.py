"""Placements: a header band with the rows that belong to it."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.locate.bands import DEEPEST_BAND, Band, Matched, Vocabulary, find_bands
from reconcile.locate.grid import Grid


@dataclass(frozen=True, slots=True)
class Placement:
    """One table of a form: its band, and its data rows ``first`` to ``last`` (1-based, inclusive)."""

    grid: Grid
    band: Band
    first: int
    last: int
    neighbours: frozenset[int]  # columns that belong to other forms' tables beside this one

    def column(self, field: str, version: str = "", period: str = "") -> int | None:
        """The column of a wanted label, None where the template lacks it."""
        for match in self.band.matched:
            if match.wanted.key == (field, version, period):
                return match.column
        return None

    def matches(self) -> list[Matched]:
        return self.band.matched


def find_placements(grid: Grid, vocabulary: Vocabulary) -> list[Placement]:
    """Every table of every form on a sheet, from the top.

    A table ends above the next header band that stands over any of its columns.
    """
    bands = find_bands(grid, vocabulary)
    placements = []
    for band in bands:
        below = [
            other.top
            for other in bands
            if other.top > band.bottom and other.left <= band.right and band.left <= other.right
        ]
        last = min(below) - 1 if below else grid.last_row
        beside = frozenset(
            column
            for other in bands
            for column in range(other.left, other.right + 1)
            if not band.left <= column <= band.right
        )
        placements.append(Placement(grid, band, _below_header(grid, band) + 1, last, beside))
    return placements


def _below_header(grid: Grid, band: Band) -> int:
    """The last row that any label of the header, merged downwards, covers."""
    bottoms = [band.bottom]
    for match in band.matched:
        merge = grid.merge_at(grid.sheet.row[match.entry], grid.sheet.column[match.entry])
        if merge is not None and merge.bottom <= band.bottom + DEEPEST_BAND:
            bottoms.append(merge.bottom)
    return max(bottoms)
