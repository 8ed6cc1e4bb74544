"""Fills the sheets of a workbook with many rows, merged cells and links: what was written small becomes large.

The workbook, its styles, tables and small cells are a library's; rows by the ten thousand are written here, as text,
into the parts they belong to (ECMA-376 part 1, 18.3.1). Every part has the same date, so that the same input makes the
same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
import numpy.typing as npt

from reconcile.findings import column_letters

from .deflate import packer
from .references import parse_range
from .written_rows import Block, rows
from .written_texts import TextTable

_STRINGS = "xl/sharedStrings.xml"
_DATE = (1980, 1, 1, 0, 0, 0)
_LARGE = 1 << 30  # bytes; a part that may be larger needs the fields of Zip64
_CELL = 60  # bytes; more than a cell takes
_AT_ONCE = 10_000

_SPECIAL = re.compile('[&"<>\n]')
_ROW = re.compile(r'<row r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', re.DOTALL)
_DATA = re.compile(r"<sheetData(?:/>|>(.*)</sheetData>)", re.DOTALL)
_DIMENSION = re.compile(r'<dimension ref="([^"]*)"/>')
_TABLE = re.compile(r'<table [^>]*? name="([^"]*)"[^>]*? ref="([^"]*)"')
# CT_Worksheet (18.3.1.99): what may come behind mergeCells and hyperlinks.
_AFTER_MERGED = (
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
)
_AFTER_LINKS = (
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "/worksheet",
)


class Clash(Exception):
    """Two hands wrote into one row: a bug of ours."""


@dataclass(slots=True)
class Filling:
    """What a sheet gets: blocks of rows from top to bottom, merged ranges, and links inside the workbook, each with the
    cell it stands in, where it leads and what it reads."""

    blocks: list[Block] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)


def fill(
    source: IO[bytes],
    target: Path,
    sheets: Mapping[str, Filling],
    tables: Mapping[str, str],
    shown: Callable[[str], str],
) -> None:
    """Writes the workbook ``source`` to ``target`` with its sheets filled.

    Args:
        source: a package as XlsxWriter writes it.
        target: the file.
        sheets: part of the sheet → what it gets.
        tables: name of an Excel table → the range it is to cover.
        shown: makes of a text what a cell can hold.

    The blocks of a sheet are let go once they are written.

    Raises:
        Clash: when a row that is filled holds cells already.
        OSError: when the file cannot be written.
    """
    with ZipFile(source) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        texts = TextTable(old.read(_STRINGS).decode(), shown)
        for name in old.namelist():
            filling = sheets.get(name)
            if filling is not None:
                cells = sum(len(block.numbers) * len(block.columns) for block in filling.blocks)
                _write(new, name, _sheet(old.read(name).decode(), filling, texts), cells * _CELL > _LARGE)
                filling.blocks.clear()  # the rows of all sheets are much of what a run holds
            elif name.startswith("xl/tables/"):
                _write(new, name, iter((_table(old.read(name).decode(), tables).encode(),)))
            elif name != _STRINGS:
                _write(new, name, iter((old.read(name),)))
        _write(new, _STRINGS, map(str.encode, texts.xml()))


def _write(package: ZipFile, name: str, parts: Iterator[bytes | bytearray], large: bool = False) -> None:
    entry = ZipInfo(name, _DATE)
    entry.compress_type = ZIP_DEFLATED
    with package.open(entry, "w", force_zip64=large) as file:
        file._compressor = packer()  # type: ignore[attr-defined]
        for part in parts:
            file.write(part)


def _table(part: str, tables: Mapping[str, str]) -> str:
    """An Excel table over its whole range, and so its filter (18.5.1.2)."""
    found = _TABLE.search(part)
    wanted = tables.get(found[1]) if found else None
    return part if found is None or wanted is None else part.replace(f' ref="{found[2]}"', f' ref="{wanted}"')


def _sheet(part: str, filling: Filling, texts: TextTable) -> Iterator[bytes | bytearray]:
    found = _DATA.search(part)
    if found is None:
        raise ValueError("no sheet data")
    yield _DIMENSION.sub(lambda match: _dimension(match[1], filling), part[: found.start()], count=1).encode()
    yield b"<sheetData>"
    yield from _rows(found[1] or "", filling, texts)
    yield b"</sheetData>"
    yield from map(str.encode, _tail(part[found.end() :], filling))


def _tail(tail: str, filling: Filling) -> Iterator[str]:
    """What stands behind the rows, with the merged cells and the links."""
    links = _links(filling.links)
    merged = map('<mergeCell ref="%s"/>'.__mod__, filling.merged)
    before, tail = _split(tail, "mergeCells", len(filling.merged), (*_AFTER_MERGED, *_AFTER_LINKS))
    yield before
    yield from _some(merged)
    if filling.merged and not tail.startswith("</mergeCells>"):
        yield "</mergeCells>"
    before, tail = _split(tail, "hyperlinks", None if filling.links else 0, _AFTER_LINKS)
    yield before
    yield from _some(links)
    if filling.links and not tail.startswith("</hyperlinks>"):
        yield "</hyperlinks>"
    yield tail


def _split(tail: str, name: str, more: int | None, after: tuple[str, ...]) -> tuple[str, str]:
    """The tail of a sheet before and behind where more elements of a list go; ``more`` of them are counted in an
    attribute (None: this list has none)."""
    if more == 0:
        return "", tail
    end = tail.find(f"</{name}>")
    if end >= 0:
        before = tail[:end]
        if more is not None:
            before = re.sub(rf'<{name} count="(\d+)">', lambda m: f'<{name} count="{int(m[1]) + more}">', before)
        return before, tail[end:]
    places = (re.search(rf"<{other}[ />]", tail) for other in after)
    start = min(place.start() for place in places if place)
    count = "" if more is None else f' count="{more}"'
    return f"{tail[:start]}<{name}{count}>", tail[start:]


def _rows(data: str, filling: Filling, texts: TextTable) -> Iterator[bytes | bytearray]:
    """The rows of the blocks among those there are, in order."""
    own = [(int(match[1]), match[0], bool(match[2])) for match in _ROW.finditer(data)]
    at = 0

    def between(numbers: npt.NDArray[np.int64]) -> list[tuple[int, str]]:
        """The rows there are before the last of these, each with the place of the one that it stands before."""
        nonlocal at
        found = []
        while at < len(own) and own[at][0] <= numbers[-1]:
            number, row, has_cells = own[at]
            place = int(np.searchsorted(numbers, number))
            if numbers[place] != number:
                found.append((place, row))
            elif has_cells:
                raise Clash(f"row {number}")
            at += 1
        return found

    for block in filling.blocks:
        yield from rows(block, texts, between)
    yield "".join(row for _, row, _ in own[at:]).encode()


def _dimension(reference: str, filling: Filling) -> str:
    """The range of all cells."""
    cells = parse_range(reference)
    top, left, bottom, right = cells
    for block in filling.blocks:
        columns = [column.number for column in block.columns if column.held]
        if len(block.numbers) and columns:
            top, bottom = min(top, int(block.numbers[0])), max(bottom, int(block.numbers[-1]))
            left, right = min(left, *columns), max(right, *columns)
    return f'<dimension ref="{column_letters(left)}{top}:{column_letters(right)}{bottom}"/>'


def _some(elements: Iterator[str]) -> Iterator[str]:
    """The elements in pieces worth writing."""
    gathered: list[str] = []
    for element in elements:
        gathered.append(element)
        if len(gathered) == _AT_ONCE:
            yield "".join(gathered)
            gathered.clear()
    yield "".join(gathered)


def _links(links: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    if _SPECIAL.search("".join(map("".join, links))):
        links = [(_attribute(cell), _attribute(to), _attribute(shown)) for cell, to, shown in links]
    return map('<hyperlink ref="%s" location="%s" display="%s"/>'.__mod__, links)


def _attribute(text: str) -> str:
    text = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\n", "&#xA;")
