"""How a sheet comes out on paper: its size, what is repeated on each page, where pages end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reconcile.facts import Positions
from reconcile.writing.cells import done
from reconcile.writing.sheet import Heights, Sheet
from reconcile.writing.text import printable

A3, A4 = 8, 9
Area = tuple[int, int, int, int]  # top, left, bottom, right

_BREAKS = 1_023  # Excel's limit
_MARGINS = (0.5, 0.5, 0.7, 0.6)  # inches: left, right, top, bottom
_SPARE = 0.97  # printers differ: a little is kept back
_LEAST = 0.72  # below this share of its size a sheet takes the larger paper
_CERTAIN = 0.88  # of a page, where one more row must not make it two
# Pixels of a figure in the widest face that widths may be counted in where Calibri (7) is not to be had: 8 in the faces
# of a Japanese Excel, 9.3 in DejaVu Sans.
_WIDEST_FIGURE = 9.5
_FULL = 0.6  # how full a page must be before it may end early where something greater begins


@dataclass(frozen=True, slots=True)
class Paper:
    """A page as it lies: its number in the format (ECMA-376 Part 1, 18.3.1.63), width and height in points."""

    size: int
    landscape: bool
    width: float
    height: float

    @property
    def room(self) -> tuple[float, float]:
        """What is left between the margins."""
        left, right, top, bottom = _MARGINS
        return (self.width - (left + right) * 72) * _SPARE, (self.height - (top + bottom) * 72) * _SPARE

    def scale(self, wide: float) -> float:
        """The share of its size at which a sheet of that many points is one page wide."""
        return max(0.1, min(1.0, int(self.room[0] / max(wide, 1.0) * 100) / 100))


_PAPERS = (Paper(A4, False, 595, 842), Paper(A4, True, 842, 595), Paper(A3, True, 1191, 842))


def a4(*, landscape: bool) -> Paper:
    return _PAPERS[1 if landscape else 0]


def a3() -> Paper:
    return _PAPERS[2]


def first_page(sheet: Sheet, paper: Paper, scale: int, bottom: int, right: int) -> Area:
    """As much of a sheet as one page takes at so many percent of its size: whole rows and columns."""
    across, down = (room / scale * 100 for room in paper.room)
    columns = [number for number in range(1, right + 1) if points(sheet, 1, number, _WIDEST_FIGURE) <= across]
    rows = int(np.searchsorted(sheet.depths(bottom), down * _CERTAIN, side="right")) - 1
    return 1, 1, min(max(rows, 1), bottom), columns[-1] if columns else 1


def points(sheet: Sheet, left: int, right: int, figure: float = 7) -> float:
    """The width of columns on the screen; a figure of the 11 point face that widths are counted in takes 7 pixels."""
    return sum((figure * sheet.widths_set.get(column, 8.43) + 5) * 0.75 for column in range(left, right + 1))


def fitting_paper(wide: float, upright_from: float = 0.95) -> Paper:
    """The smallest paper that takes so many points without making them small: upright, across, then the larger one."""
    upright, across, large = _PAPERS
    if upright.scale(wide) >= upright_from:
        return upright
    return across if across.scale(wide) >= _LEAST else large


def print_as(
    sheet: Sheet,
    *,
    landscape: bool = True,
    paper: int = 9,
    area: Area | None = None,
    repeat: tuple[int, int] | None = None,
    pages_high: int = 0,
    scale: int = 0,
    header: str = "",
    footer: str = "",
) -> None:
    """Paper (9: A4, 8: A3), one page wide (or at a ``scale`` in percent, as many pages wide as it takes), with the
    sheet's name above and the page number below (or ``footer``)."""
    raw = sheet.raw
    raw.set_landscape() if landscape else raw.set_portrait()
    raw.set_paper(paper)
    raw.set_margins(*_MARGINS)
    if scale:
        raw.set_print_scale(scale)
    else:
        raw.fit_to_pages(1, pages_high)
    raw.hide_gridlines(2)
    # Numbers of records are texts here, and a total leaves out what is no part of it: nothing to be warned of.
    everywhere = "A1:XFD1048576"
    done(raw.ignore_errors({"number_stored_as_text": everywhere, "formula_range": everywhere}), "ignore_errors")
    shown = printable(header).replace("\n", " ")[:80].replace("&", "&&")
    done(raw.set_header(f"&L&9{' ' if shown[:1].isdigit() else ''}{shown}&R&9&A"), "set_header")
    below = printable(footer).replace("&", "&&")[:200]
    done(raw.set_footer(f"&L&9{below}" if below else "&C&9&P / &N"), "set_footer")
    if area:
        done(raw.print_area(area[0] - 1, area[1] - 1, area[2] - 1, area[3] - 1), "print_area")
    if repeat:
        raw.repeat_rows(repeat[0] - 1, repeat[1] - 1)


def find_breaks(
    sheet: Sheet,
    paper: Paper,
    area: Area,
    repeat: tuple[int, int] | None,
    starts: Sequence[tuple[int, int]] | Positions,
) -> list[int]:
    """Where the pages of a form end, one page wide: only where something starts.

    Args:
        sheet: the sheet, its widths and heights set.
        paper: what it is printed on.
        area: what is printed of it.
        repeat: first and last of the rows repeated on each page, if any.
        starts: (row, rank) in order; a page that is nearly full ends before what has the lowest rank.

    Returns:
        The rows after which a page ends.
    """
    top, left, bottom, right = area
    room = paper.room[1] / paper.scale(points(sheet, left, right))
    depths = sheet.depths(bottom)
    head = _tall(depths, *repeat) if repeat else 0.0
    rows, ranks = np.asarray(starts, dtype=np.int64).reshape(-1, 2).T
    if not len(rows):
        return []
    edges = depths[np.append(rows - 1, bottom)]
    breaks: list[int] = []
    first = 0  # the block that the page begins with
    above = _tall(depths, top, int(rows[0]) - 1)  # what stands over it on the page
    while True:
        end = edges[first] + room - above
        index = max(int(np.searchsorted(edges, end, side="right")) - 1, first + 1)
        if index >= len(rows):
            return breaks
        lower = first + 1 + np.flatnonzero(ranks[first + 1 : index] < ranks[index])
        full = lower[edges[lower] - edges[first] + above >= room * _FULL]
        # The last of those that part the form best.
        first = int(full[ranks[full] == ranks[full].min()][-1]) if len(full) else index
        breaks.append(int(rows[first]) - 1)
        above = head


def break_pages(sheet: Sheet, breaks: Sequence[int]) -> None:
    """Ends pages after these rows."""
    done(sheet.raw.set_h_pagebreaks(list(breaks[:_BREAKS])), "set_h_pagebreaks")


def fills(sheet: Sheet, paper: Paper, area: Area) -> float:
    """How many pages an area takes, one page wide."""
    top, left, bottom, right = area
    return _tall(sheet.depths(bottom), top, bottom) * paper.scale(points(sheet, left, right)) / paper.room[1]


def _tall(depths: Heights, first: int, last: int) -> float:
    return float(depths[last] - depths[first - 1])
