"""The rows of a sheet part that are written as nearly every program writes them, found without a parser.

Of a sheet a few cells are marked, and a parser takes thirty times as long to tell of every cell as it takes to see that
a row is whole and that each of its cells says that it stands in it. What is not plain is left to the parser; no row is
told in another way than the parser would tell it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from reconcile.annotate.elements import Element
from reconcile.package.plain_text import ATTRIBUTES, NotPlain, plain_attributes
from reconcile.package.plain_zone import DECLARATION
from reconcile.package.references import COLUMN, ROWS

# Characters that XML 1.0 allows, and no markup; of references those five that every document has.
_BARE = rb"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_TEXT = rb"%s(?:&(?:amp|lt|gt|quot|apos);%s)*+" % (_BARE, _BARE)
_KEPT = rb'(?: xml:space="(?:preserve|default)")?+'
# Attributes have their places, so that none is there twice.
_FORMULA = b"".join(rb'(?: %s="[^"<>&\x00-\x1f]*+")?+' % name for name in (b"t", b"aca", b"ref", b"ca", b"si"))
_OWN = rb'(?: s="[0-9]++")?+(?: t="[A-Za-z]++")?+'
_RARE = rb'(?: cm="[0-9]++")?+(?: vm="[0-9]++")?+(?: ph="[01]")?+'
_CONTENT = rb"(?:<f%s(?: ?/>|>%s</f>))?+(?:<v%s(?: ?/>|>%s</v>))?+(?:<is><t%s(?: ?/>|>%s</t>)</is>)?+</c>" % (
    *(_FORMULA, _TEXT, _KEPT, _TEXT, _KEPT, _TEXT),
)
# What most cells are stands first: a value, a text, a formula with its result.
_MOST = rb"<v>%s</v></c>|<is><t>%s</t></is></c>|<f>%s</f><v>%s</v></c>" % (_BARE, _BARE, _BARE, _BARE)
_REST_OF_CELL = rb"(?:>(?:%s|%s)|/>|%s(?: ?/>|>%s))" % (_MOST, _CONTENT, _RARE, _CONTENT)
_CELLS = rb'(?:<c r="%s\1"%s%s|[ \t\r\n]++)*+' % (COLUMN.encode(), _OWN, _REST_OF_CELL)
# Groups: the number of the row, its other attributes; of a cell of such a row, its reference, style, and end.
_ROW = re.compile(rb'<row r="([1-9][0-9]{0,6}+)"([^<>&/]*+)(?:/>|>%s</row>)' % _CELLS)
_CELL = re.compile(rb'<c r="([A-Z0-9]++)"(?: s="([0-9]++)")?+[^<>/]*+(/)?>')
_REST = re.compile(rf'({ATTRIBUTES})( x14ac:dyDescent="[-.0-9]++")?+ ?')
# Excel's own attributes of rows have this prefix; it has to be declared where all rows are below.
_EXTENSIONS = re.compile(rb"<worksheet\s[^<>]*\sxmlns:x14ac=")
_AT_ONCE = 1 << 20  # bytes


class PlainRow(NamedTuple):
    """A row without a prefix: its number, where it begins and ends, and its attributes but for the number."""

    number: int
    start: int
    end: int
    attributes: Mapping[str, str]

    def elements(self, data: bytes, space: str) -> tuple[Element, list[Element]]:
        """The row of a part and its cells, which say their places and styles."""
        opened = data.index(b">", self.start) + 1
        closed = self.end if opened == self.end else self.end - len(b"</row>")
        row = Element(space, "row", {"r": str(self.number), **self.attributes}, self.start, opened, closed, self.end)
        cells: list[Element] = []
        for match in _CELL.finditer(data, opened, closed):
            reference, style, empty = match.groups()
            said = {"r": reference.decode()} if style is None else {"r": reference.decode(), "s": style.decode()}
            start, opened = match.span()
            closed = opened if empty else data.index(b"</c>", opened)
            cells.append(Element(space, "c", said, start, opened, closed, opened if empty else closed + len(b"</c>")))
        return row, cells


def plain_rows(data: bytes) -> Iterator[PlainRow]:
    """What are rows of a part wherever rows without a prefix may stand; not those between which the parser stands in
    something else (a comment, a section, an element of another maker's)."""
    declared = DECLARATION.match(data)
    if declared is None or data.startswith(b"<?", declared.end()) or not _is_text(data):
        return  # not said to be in UTF-8, or not in it
    extensions = _EXTENSIONS.search(data, 0, data.find(b"<row ") + 1) is not None
    for match in _ROW.finditer(data):
        number = int(match[1])
        attributes = _attributes(match[2], extensions)
        if attributes is not None and number <= ROWS:
            yield PlainRow(number, match.start(), match.end(), attributes)


@lru_cache(maxsize=1024)
def _attributes(written: bytes, extensions: bool) -> Mapping[str, str] | None:
    """The attributes of a row but for its number; None where they are not plain."""
    match = _REST.fullmatch(written.decode())
    if match is None or (match[2] and not extensions):
        return None
    try:
        found = plain_attributes(match[1])
    except NotPlain:
        return None
    return None if "r" in found else found


def _is_text(data: bytes) -> bool:
    """Whether it is all UTF-8, of characters that XML 1.0 allows."""
    if data.isascii():
        return True
    pieces = (data[at : at + _AT_ONCE] for at in range(0, len(data), _AT_ONCE))
    try:
        return not any("\ufffe" in text or "\uffff" in text for text in codecs.iterdecode(pieces, "utf-8"))
    except UnicodeDecodeError:
        return False
