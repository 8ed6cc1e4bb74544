"""Tables that a template delimits with tags: the cells between ``XYZ-START`` and ``XYZ-END``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reconcile.locate.grid import Grid
from reconcile.normalise import fold_name
from reconcile.package.references import Range

Place = tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True)
class Tagged:
    """The area of a tagged table, its tags included, and the cells of the tags; None where one is missing."""

    form: str
    area: Range
    start: Place | None
    end: Place | None

    @property
    def head(self) -> Place:
        """The cell that tells where the table is."""
        return self.start or self.end or (self.area.top, self.area.left)


def find_tagged(grid: Grid, tags: Mapping[str, tuple[str, int]]) -> list[Tagged]:
    """The tagged tables of a sheet, from the top.

    A start without its end reaches to the row before the next start on the sheet; an end without its start says
    nothing of where the table begins, and is left out.
    """
    sheet = grid.sheet
    words = {text: tag for text in set(sheet.text) if (tag := tags.get(fold_name(text)))} if tags else {}
    if not words:
        return []
    starts: list[tuple[str, Place]] = []
    ends: dict[str, list[Place]] = {}
    for entry, text in enumerate(sheet.text):
        known = words.get(text)
        if known is None or sheet.kind[entry] != "s":
            continue
        place = sheet.row[entry], sheet.column[entry]
        if known[1]:
            ends.setdefault(known[0], []).append(place)
        else:
            starts.append((known[0], place))
    edge = max(grid.sheet.column, default=1)
    found: list[Tagged] = []
    for number, (form, start) in enumerate(starts):
        next_own = next((place for name, place in starts[number + 1 :] if name == form), None)
        end = next((e for e in ends.get(form, ()) if e > start and (next_own is None or e < next_own)), None)
        if end is None:
            below = [place[0] for _, place in starts if place[0] > start[0]]
            last = min(below) - 1 if below else grid.last_row
            found.append(Tagged(form, Range(start[0], start[1], last, edge), start, None))
        else:
            right = end[1] if end[1] > start[1] else edge
            found.append(Tagged(form, Range(start[0], start[1], end[0], right), start, end))
    return found


def tagged_part(grid: Grid, table: Tagged) -> Grid:
    """The cells of a tagged table as a sheet of their own, without the tags."""
    tags = [Range(*place, *place) for place in (table.start, table.end) if place]
    return grid.part(table.area, but=tags)
