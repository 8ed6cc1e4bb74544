"""A worksheet part → `Sheet`: its rows in bulk where they are plain, else by the parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .archive import Archive
from .around_rows import AroundRows
from .grid import Grid
from .plain_rows import PlainRows
from .plain_text import NotPlain
from .plain_zone import PlainZone
from .refusal import Refused
from .sheet import Sheet
from .worksheet import WorksheetParser

_OPENED = re.compile(b"<sheetData>")
# Excel's own attributes of rows have this prefix; it has to be declared where all rows are below.
_EXTENSIONS = re.compile(rb"<worksheet\s[^<>]*\sxmlns:x14ac=")


def read_worksheet(archive: Archive, part: str, new_grid: Callable[[], Grid]) -> Sheet:
    """Raises `Refused`."""
    try:
        return read_in_bulk(archive.chunks(part), part, new_grid())
    except NotPlain:
        return read_by_parser(archive.chunks(part), part, new_grid())


def read_by_parser(chunks: Iterator[bytes], part: str, grid: Grid) -> Sheet:
    """The reading that decides; the other comes to the same or gives up."""
    parser = WorksheetParser(part, grid)
    with parser.document as document:
        for chunk in chunks:
            document.feed(chunk)
            grid.check()
        document.feed(b"", final=True)
    if not parser.root:
        raise Refused("bad_xml", part=part, detail="root")
    return grid.finish()


def read_in_bulk(chunks: Iterator[bytes], part: str, grid: Grid) -> Sheet:
    """Raises `NotPlain`."""
    zone = PlainZone(chunks, _OPENED)
    with AroundRows(part, grid, zone.head) as around:
        rows = PlainRows(grid, extensions=_EXTENSIONS.search(zone.head) is not None)
        for piece in zone.pieces("</sheetData>", "</row>"):
            rows.add(piece)
            grid.check()
        around.end(zone.behind())
    return grid.finish()
