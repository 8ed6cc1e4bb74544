"""Text of cells: the shared string table and the escapes in it."""

from __future__ import annotations

import re

from .archive import Archive
from .limits import Meter
from .xml import Attributes, Document, Tree

# ST_Xstring (ECMA-376 part 1, 22.9.2.19): characters XML cannot hold are written _xHHHH_, and _x005F_ is the
# underscore that keeps such a text literal.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Phonetic runs (rPh) are not listed: furigana is no part of the value.
_TREE = Tree(("", "sst"), ("sst", "si"), ("si", "t"), ("si", "r"), ("r", "t"))


def decode_escapes(text: str) -> str:
    """`_xHHHH_` decoded once, from the left; a lone surrogate becomes U+FFFD, since no file can hold it."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def read_shared_strings(archive: Archive, part: str, meter: Meter) -> list[str]:
    """The table in its order; rich text runs are joined. What the part says about its own length is not read."""
    strings: list[str] = []
    runs: list[str] = []
    path: list[str | None] = [""]

    def start(name: str, _: Attributes) -> None:
        here = _TREE.step(path[-1], name)
        path.append(here)
        if here == "si":
            runs.clear()

    def end(_: str) -> None:
        if path.pop() == "si":
            strings.append(decode_escapes("".join(runs)))

    def text(data: str) -> None:
        if path[-1] == "t":
            runs.append(data)

    document = Document(part, start, end, text)
    counted = 0
    for chunk in archive.chunks(part):
        document.feed(chunk)
        meter.add_strings(len(strings) - counted, len(chunk) // 2)
        counted = len(strings)
    document.feed(b"", final=True)
    return strings
