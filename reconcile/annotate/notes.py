"""The notes of a sheet: the comments part, and the VML drawing they are shown in (ECMA-376 part 1, 18.7; part 4, 8.1).

A note that stands there already is kept, with ours below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from reconcile.annotate import writing_xml
from reconcile.annotate.edits import Edits, prefix_of
from reconcile.annotate.elements import REMEMBERED, STRICT, TRANSITIONAL, Element, walk
from reconcile.annotate.geometry import Measures
from reconcile.annotate.refusal import CannotMark
from reconcile.findings import column_letters
from reconcile.package.references import parse_cell
from reconcile.package.refusal import Refused

_RUN = (
    b'<%sr><%srPr><%ssz val="9"/><%scolor indexed="81"/><%srFont val="%s"/></%srPr>'
    b'<%st xml:space="preserve">%s</%st></%sr>'
)
_FACE = "BIZ UDPゴシック"
_THREADED = "tc="  # the author of what Excel shows of a conversation; it writes the note anew from that
_ROOT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="%s"><authors/><commentList/></comments>'
)


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note to be put on a cell."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class _Note:
    """A note that is there: its elements, and what its text is made of."""

    whole: Element
    text: Element
    children: list[Element]


def new_comments(strict: bool) -> bytes:
    """A comments part without notes."""
    return _ROOT % (STRICT if strict else TRANSITIONAL).encode()


class Comments:
    """A comments part, which does not change by what is written from it."""

    def __init__(self, part: str, data: bytes) -> None:
        self.part = part
        self._data = data
        self._authors: Element | None = None
        self._list: Element | None = None
        self._names: list[str] = []
        self._notes: dict[tuple[int, int], _Note] = {}
        self._open: list[Element] = []
        walk(part, data, self._enter, self._leave)
        if self._authors is None or self._list is None:
            raise CannotMark("bad_comments", part=part)

    def _enter(self, element: Element, above: list[Element]) -> None:
        if len(above) == 2 and element.name == "author":
            self._names.append("")
        elif len(above) == 2 and element.name == "comment":
            self._open = []
        elif len(above) == 4 and above[2].name == "comment" and above[3].name == "text":
            self._open.append(element)

    def _leave(self, element: Element, above: list[Element]) -> None:
        if len(above) == 1 and element.name == "authors":
            self._authors = element
        elif len(above) == 1 and element.name == "commentList":
            self._list = element
        elif len(above) == 2 and element.name == "author":
            self._names[-1] = self._data[element.opened : element.closed].decode("utf-8", "replace")
        elif len(above) == 3 and element.name == "text" and above[2].name == "comment":
            try:
                place = parse_cell(above[2].attributes.get("ref", ""))
            except Refused as wrong:
                raise CannotMark("bad_comments", part=self.part) from wrong
            self._notes.setdefault(place, _Note(above[2], element, list(self._open)))

    def write(self, notes: Iterable[NoteText], author: str) -> tuple[bytes, list[NoteText]]:
        """The part with these notes, and those of them that stand on cells without a note so far."""
        assert self._authors is not None
        assert self._list is not None
        edits, fresh = Edits(self._data), []
        prefix = prefix_of(self._data, self._authors)
        number = len(self._names)
        added: list[bytes] = []
        for note in sorted(notes, key=lambda each: (each.row, each.column)):
            known = self._notes.get((note.row, note.column))
            if known is None:
                fresh.append(note)
                place = f"{column_letters(note.column)}{note.row}".encode()
                head = b'<%scomment ref="%s" authorId="%d" shapeId="0"><%stext>' % (prefix, place, number, prefix)
                added.append(head + _run(prefix, note.text) + b"</%stext></%scomment>" % (prefix, prefix))
            elif not self._is_threaded(known):
                self._extend(edits, prefix, note.text, known)
        if added:
            edits.inside(self._authors, b"<%sauthor>%s</%sauthor>" % (prefix, writing_xml.text(author), prefix))
            edits.inside(self._list, b"".join(added))
        return edits.applied(), fresh

    def _is_threaded(self, note: _Note) -> bool:
        author = note.whole.attributes.get("authorId", "")
        known = author.isdigit() and int(author) < len(self._names)
        return known and self._names[int(author)].startswith(_THREADED)

    def _extend(self, edits: Edits, prefix: bytes, text: str, note: _Note) -> None:
        """Puts a run behind what the note says; a plain text becomes a run itself, for it may not stand before one."""
        run = _run(prefix, "\n\n" + text)
        said = [child for child in note.children if child.name in ("t", "r")]
        if not said:
            edits.inside(note.text, run)
            return
        for child in said:
            if child.name == "t":
                edits.insert(child.start, b"<%sr>" % prefix)
                edits.insert(child.end, b"</%sr>" % prefix)
        edits.insert(said[-1].end, run)


@lru_cache(maxsize=REMEMBERED)
def comments(part: str, data: bytes) -> Comments:
    """A comments part, followed once. Raises `CannotMark` when it is none."""
    return Comments(part, data)


def _run(prefix: bytes, text: str) -> bytes:
    p, face, said = prefix, writing_xml.attribute(_FACE), writing_xml.text(text)
    return _RUN % (p, p, p, p, p, face, p, p, said, p, p)


_VML_ROOT = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout></xml>'
)
_SPACES = {b"v": b"vml", b"o": b"office:office", b"x": b"office:excel"}
_TYPE = (
    b'<v:shapetype%s id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    b'<v:shape%s id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
    b'width:255pt;height:%dpt;z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    b'<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor>'
    b"<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)
_BLOCK = 1024
_IDMAP = re.compile(rb"""<o:idmap\b[^>]*\bdata\s*=\s*["']([\d,\s]+)["']""")
_SHAPE_ID = re.compile(rb"""\bid\s*=\s*["']_x0000_s(\d{1,9})["']""")
_CLOSE = re.compile(rb"</xml\s*>")


def new_drawing(block: int) -> bytes:
    """A VML drawing without shapes; ``block`` is the one that its shapes' ids are of."""
    return _VML_ROOT % block


def last_block(drawing: bytes) -> int:
    """The highest block of ids that a VML drawing has taken."""
    return max(_blocks(drawing), default=0)


def _blocks(drawing: bytes) -> list[int]:
    return [int(n) for found in _IDMAP.finditer(drawing) for n in found[1].replace(b",", b" ").split()]


def with_shapes(
    part: str, drawing: bytes, notes: Iterable[NoteText], measures: Measures, next_block: Callable[[], int]
) -> bytes:
    """A VML drawing with a hidden box for each note. It need not be well-formed, for Excel's own is not always.

    No two shapes of a workbook have one id: a drawing names the blocks of 1,024 that its ids are of (o:idmap), and
    ``next_block`` gives it one that no other has where these are full.
    """
    ends = list(_CLOSE.finditer(drawing))
    if not ends:
        raise CannotMark("bad_drawing", part=part)
    root = drawing[: drawing.find(b">", drawing.find(b"<xml")) + 1]
    missing = b"".join(
        b' xmlns:%s="urn:schemas-microsoft-com:%s"' % (prefix, name)
        for prefix, name in _SPACES.items()
        if b"xmlns:%s=" % prefix not in root
    )
    used = [int(number) for number in _SHAPE_ID.findall(drawing)]
    number = max([*used, last_block(drawing) * _BLOCK])
    own, more = _blocks(drawing) or [number // _BLOCK], list[int]()
    shapes: list[bytes] = []
    if b'"_x0000_t202"' not in drawing:
        shapes.append(_TYPE % missing)
    for turn, note in enumerate(notes, start=1):
        number += 1
        if number // _BLOCK not in (*own, *more):
            more.append(next_block())
            number = more[-1] * _BLOCK + 1
        anchor = measures.anchor(note.row, note.column, note.text).encode()
        size = (number, 80, turn + len(used), anchor, note.row - 1, note.column - 1)
        shapes.append(_SHAPE % (missing, *size))
    at = ends[-1].start()
    mapped = _IDMAP.search(drawing) if more else None
    if mapped is None:
        return drawing[:at] + b"".join(shapes) + drawing[at:]
    further = b"".join(b",%d" % block for block in more)
    return drawing[: mapped.end(1)] + further + drawing[mapped.end(1) : at] + b"".join(shapes) + drawing[at:]
