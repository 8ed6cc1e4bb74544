"""Text of cells: the shared string table and the escapes in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain

from .archive import Archive
from .limits import Meter
from .plain_strings import plain_items
from .plain_text import NotPlain
from .plain_zone import PlainZone
from .xml import TRUE, Attributes, Document, Tree

# ST_Xstring (ECMA-376 part 1, 22.9.2.19): characters XML cannot hold are written _xHHHH_, and _x005F_ is the
# underscore that keeps such a text literal.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Phonetic runs (rPh) are not listed: furigana is no part of the value.
_OPENED = re.compile(rb"<sst\s[^<>]*>")
# Those of the tables of most returns, as cells spell them.
_INDEXES = tuple(map(str, range(2048)))
_TREE = Tree(("", "sst"), ("sst", "si"), ("si", "t"), ("si", "r"), ("r", "t"), ("r", "rPr"), ("rPr", "strike"))


def decode_escapes(text: str) -> str:
    """`_xHHHH_` decoded once, from the left; a lone surrogate becomes U+FFFD, since no file can hold it."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


class StringTable(list[str]):
    """The shared strings of a workbook; ``struck`` are those of which some characters are struck out."""

    struck: frozenset[str] = frozenset()

    @cached_property
    def as_written(self) -> dict[str, str]:
        """Index as cells spell it → string; "" → "" besides, for a cell that has no index."""
        found = dict(zip(chain(_INDEXES, map(str, range(len(_INDEXES), len(self)))), self, strict=False))
        found[""] = ""
        return found


def read_shared_strings(archive: Archive, part: str, meter: Meter) -> StringTable:
    """The table in its order; rich text runs are joined. What the part says about its own length is not read."""
    before = meter.memory
    try:
        return StringTable(read_in_bulk(archive.chunks(part), part, meter))
    except NotPlain:
        meter.memory = before
        return read_by_parser(archive.chunks(part), part, meter)


class _Table:
    """The parser's view of the part."""

    def __init__(self, part: str) -> None:
        self.document = Document(part, self._start, self._end, self._text)
        self.strings: list[str] = []
        self.struck: set[str] = set()
        self.path: list[str | None] = [""]
        self._runs: list[str] = []
        self._strikes = False

    def _start(self, name: str, attributes: Attributes) -> None:
        here = _TREE.step(self.path[-1], name)
        self.path.append(here)
        if here == "si":
            self._runs.clear()
            self._strikes = False
        elif here == "strike":
            self._strikes |= attributes.get("val", "1") in TRUE

    def _end(self, _: str) -> None:
        if self.path.pop() == "si":
            self.strings.append(decode_escapes("".join(self._runs)))
            if self._strikes:
                self.struck.add(self.strings[-1])

    def _text(self, data: str) -> None:
        if self.path[-1] == "t":
            self._runs.append(data)


def read_by_parser(chunks: Iterator[bytes], part: str, meter: Meter) -> StringTable:
    """The reading that decides; the other comes to the same or gives up."""
    table = _Table(part)
    counted = 0
    with table.document as document:
        for chunk in chunks:
            document.feed(chunk)
            meter.add_strings(len(table.strings) - counted, len(chunk) // 2)
            counted = len(table.strings)
        document.feed(b"", final=True)
    found = StringTable(table.strings)
    found.struck = frozenset(table.struck)
    return found


def read_in_bulk(chunks: Iterator[bytes], part: str, meter: Meter) -> list[str]:
    """Raises `NotPlain`."""
    table = _Table(part)
    strings: list[str] = []
    with table.document as document:
        zone = PlainZone(chunks, _OPENED)
        document.feed(zone.head)
        if table.path[-1] != "sst":
            raise NotPlain
        for piece in zone.pieces("</sst>", "</si>"):
            items = plain_items(piece)
            strings += map(decode_escapes, items) if "_x" in piece else items
            meter.add_strings(len(items), len(piece))
        for chunk in zone.behind():
            document.feed(chunk)
        document.feed(b"", final=True)
    return strings
