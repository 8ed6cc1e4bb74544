"""How a sheet comes out on paper: its size, what is repeated on each page, where pages end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reconcile.writing.cells import done
from reconcile.writing.sheet import Heights, Sheet
from reconcile.writing.text import printable

A3, A4 = 8, 9
Area = tuple[int, int, int, int]  # top, left, bottom, right

# The sides of A4 and the margins set below, in points; a little is kept back, for printers differ.
_LONG, _SHORT, _BESIDE, _ABOVE, _SPARE = 842, 595, 72, 94, 0.97
_BREAKS = 1_023  # Excel's limit


def print_as(
    sheet: Sheet,
    *,
    landscape: bool = True,
    paper: int = 9,
    area: Area | None = None,
    repeat: tuple[int, int] | None = None,
    pages_high: int = 0,
    header: str = "",
) -> None:
    """Paper (9: A4, 8: A3), one page wide, with the sheet's name above and the page number below."""
    raw = sheet.raw
    raw.set_landscape() if landscape else raw.set_portrait()
    raw.set_paper(paper)
    raw.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
    raw.fit_to_pages(1, pages_high)
    raw.hide_gridlines(2)
    # Numbers of records are texts here, and a total leaves out what is no part of it: nothing to be warned of.
    everywhere = "A1:XFD1048576"
    done(raw.ignore_errors({"number_stored_as_text": everywhere, "formula_range": everywhere}), "ignore_errors")
    shown = printable(header).replace("\n", " ")[:80].replace("&", "&&")
    done(raw.set_header(f"&L&9{' ' if shown[:1].isdigit() else ''}{shown}&R&9&A"), "set_header")
    done(raw.set_footer("&C&9&P / &N"), "set_footer")
    if area:
        done(raw.print_area(area[0] - 1, area[1] - 1, area[2] - 1, area[3] - 1), "print_area")
    if repeat:
        raw.repeat_rows(repeat[0] - 1, repeat[1] - 1)


def break_pages(
    sheet: Sheet, area: Area, repeat: tuple[int, int], starts: Sequence[int], *, landscape: bool = True
) -> None:
    """Breaks the pages of a form, one page wide, only where something starts. ``starts`` are rows, in order."""
    top, left, bottom, right = area
    wide = sum((7 * sheet.widths_set.get(column, 8.43) + 5) * 0.75 for column in range(left, right + 1))
    across, down = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    scale = max(10, min(100, int((across - _BESIDE) * _SPARE / wide * 100)))
    room = (down - _ABOVE) * _SPARE / scale * 100
    depths = sheet.depths(bottom)
    head = _tall(depths, *repeat)
    breaks: list[int] = []
    used = _tall(depths, top, starts[0] - 1) if starts else 0.0
    for start, following in pairwise([*starts, bottom + 1]):
        block = _tall(depths, start, following - 1)
        if used + block > room and used > head:
            breaks.append(start - 1)
            used = head
        used += block
    done(sheet.raw.set_h_pagebreaks(breaks[:_BREAKS]), "set_h_pagebreaks")


def _tall(depths: Heights, first: int, last: int) -> float:
    return float(depths[last] - depths[first - 1])
