"""Where the elements of a part stand in its bytes, so that it can be changed at them and nowhere else.

The part is parsed by expat, which says at which byte each tag begins; nothing is ever written out again from a tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from reconcile.annotate.refusal import CannotMark

SEPARATOR = "}"
TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"

# Parts of templates that many returns share are followed once; so many are remembered.
REMEMBERED = 32

_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")


@dataclass(slots=True)
class Element:
    """One element: ``start`` and ``opened`` bound its start tag, ``closed`` is where its end tag begins, ``end``
    is behind it. An empty element (``<c/>``) has ``opened == closed == end``."""

    space: str
    name: str
    attributes: dict[str, str]
    start: int
    opened: int
    closed: int = -1
    end: int = -1

    @property
    def empty(self) -> bool:
        return self.opened == self.end


Enter = Callable[[Element, list[Element]], None]


class Walk:
    """Goes through a part (UTF-8 or what ASCII is a part of), within a `with`; ``enter`` and ``leave`` are given each
    element and what it stands in.

    What a part holds in plenty, and is known to be whole elements without it, is stepped over.

    Raises:
        CannotMark: when it is no well-formed XML, or has a document type.
    """

    def __init__(self, part: str, data: bytes, enter: Enter, leave: Enter) -> None:
        self.above: list[Element] = []
        self._part, self._data, self._enter, self._leave = part, data, enter, leave
        self._at = self._over = 0  # where it stands, and how much of what is before that was stepped over
        self._parser = parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = self._section
        self._in_section = False

    def __enter__(self) -> Walk:
        return self

    def __exit__(self, *_: object) -> None:
        parser = self._parser  # it holds what holds it, and the part
        parser.StartElementHandler = parser.EndElementHandler = parser.StartDoctypeDeclHandler = None
        parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = None

    def to(self, at: int) -> bool:
        """Goes on to a byte; whether the content of an element can be told from there: no tag, comment or section has
        begun before it that has not ended."""
        if at > self._at:
            self._parse(memoryview(self._data)[self._at : at], final=False)
            self._at = at
        return self._parser.CurrentByteIndex == at - self._over and not self._in_section

    def over(self, at: int) -> None:
        """Steps over whole elements, up to a byte."""
        self._over += at - self._at
        self._at = at

    def finish(self) -> None:
        """Goes to the end of the part."""
        self._parse(memoryview(self._data)[self._at :], final=True)

    def _parse(self, data: memoryview, final: bool) -> None:
        try:
            self._parser.Parse(data, final)
        except (expat.ExpatError, ValueError, LookupError) as wrong:
            raise CannotMark("bad_xml", part=self._part) from wrong

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex + self._over
        tag = _TAG.match(self._data, at)
        if tag is None:
            raise CannotMark("bad_xml", part=self._part)
        space, _, local = name.rpartition(SEPARATOR)
        element = Element(space, local, attributes, at, tag.end())
        self._enter(element, self.above)
        self.above.append(element)

    def _end(self, _: str) -> None:
        element = self.above.pop()
        if self._data[element.opened - 2 : element.opened] == b"/>":
            element.closed = element.end = element.opened
        else:
            at = self._parser.CurrentByteIndex + self._over
            tag = _TAG.match(self._data, at)
            if tag is None:
                raise CannotMark("bad_xml", part=self._part)
            element.closed, element.end = at, tag.end()
        self._leave(element, self.above)

    def _section(self) -> None:
        self._in_section = not self._in_section

    def _doctype(self, *_: object) -> None:
        raise CannotMark("doctype", part=self._part)


def walk(part: str, data: bytes, enter: Enter, leave: Enter) -> None:
    """Goes through a whole part. Raises `CannotMark`, as `Walk` does."""
    with Walk(part, data, enter, leave) as walking:
        walking.finish()
