"""Where the elements of a part stand in its bytes, so that it can be changed at them and nowhere else.

The part is parsed by expat, which says at which byte each tag begins; nothing is ever written out again from a tree.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from reconcile.annotate.refusal import CannotMark

SEPARATOR = "}"
TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"

# Parts of templates that many returns share are followed once; so many are remembered.
REMEMBERED = 32

_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_NAME = re.compile(rb"""<([^\s<>/"'=]+)""")
_ATTRIBUTE = re.compile(rb"""([^\s<>/"'=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


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


def walk(part: str, data: bytes, enter: Enter, leave: Enter, whole: bool = True) -> None:
    """Goes through a part (UTF-8 or what ASCII is a part of); both are given the element and what it stands in. Of a
    part that is not given as a ``whole``, but from its beginning, what is still open is not left.

    Raises:
        CannotMark: when it is no well-formed XML, or has a document type.
    """
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)
    parser.ordered_attributes = False
    above: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        tag = _TAG.match(data, at)
        if tag is None:
            raise CannotMark("bad_xml", part=part)
        space, _, local = name.rpartition(SEPARATOR)
        element = Element(space, local, attributes, at, tag.end())
        enter(element, above)
        above.append(element)

    def end(_: str) -> None:
        element = above.pop()
        at = parser.CurrentByteIndex
        if data[element.opened - 2 : element.opened] == b"/>":
            element.closed = element.end = element.opened
        else:
            tag = _TAG.match(data, at)
            if tag is None:
                raise CannotMark("bad_xml", part=part)
            element.closed, element.end = at, tag.end()
        leave(element, above)

    def doctype(*_: object) -> None:
        raise CannotMark("doctype", part=part)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, whole)
    except (expat.ExpatError, ValueError, LookupError) as wrong:
        raise CannotMark("bad_xml", part=part) from wrong
    finally:  # they hold the parser, and the part
        parser.StartElementHandler = parser.EndElementHandler = parser.StartDoctypeDeclHandler = None


def prefix_of(data: bytes, element: Element) -> bytes:
    """The prefix its name is written with, with the colon: ``x:`` in ``<x:row>``; empty without one."""
    name = _NAME.match(data, element.start)
    assert name is not None
    prefix, colon, _ = name[1].rpartition(b":")
    return prefix + colon


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """A start tag with an attribute (one without a prefix) set; all else in it stays as it is."""
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == name:
            group = 2 if match[2] is not None else 3
            return tag[: match.start(group)] + value + tag[match.end(group) :]
    at = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:at].rstrip() + b" " + name + b'="' + value + b'"' + tag[at:]


@dataclass(slots=True)
class Edits:
    """Changes of some bytes, made all at once; insertions at one place keep the order in which they were asked for."""

    data: bytes
    _changes: list[tuple[int, int, int, bytes]] = field(default_factory=list)

    def insert(self, at: int, new: bytes) -> None:
        self.replace(at, at, new)

    def replace(self, start: int, end: int, new: bytes) -> None:
        self._changes.append((start, end, len(self._changes), new))

    def attribute(self, element: Element, name: bytes, value: bytes) -> None:
        """Sets an attribute of an element. Once an element, or together with :meth:`inside`."""
        self.replace(element.start, element.opened, with_attribute(self.tag(element), name, value))

    def inside(self, element: Element, new: bytes, tag: bytes | None = None) -> None:
        """Adds content behind what the element has; ``tag`` is its start tag where that changes as well."""
        own = self.tag(element) if tag is None else tag
        if not element.empty:
            if tag is not None:
                self.replace(element.start, element.opened, own)
            self.insert(element.closed, new)
            return
        name = _NAME.match(own)
        assert name is not None
        self.replace(element.start, element.end, own[:-2].rstrip() + b">" + new + b"</" + name[1] + b">")

    def tag(self, element: Element) -> bytes:
        return self.data[element.start : element.opened]

    def applied(self) -> bytes:
        """The bytes with every change."""
        parts: list[bytes] = []
        at = 0
        for start, end, _, new in sorted(self._changes):
            if start < at:
                raise AssertionError(f"changes overlap at byte {start}")
            parts += (self.data[at:start], new)
            at = end
        return b"".join((*parts, self.data[at:]))

    def __bool__(self) -> bool:
        return bool(self._changes)


def patched(part: str, raw: bytes, patch: Callable[[bytes], bytes]) -> bytes:
    """A part with a patch made for bytes of which ASCII is a part; parts in UTF-16 are turned for it, and back.

    Patches write ASCII only (other characters as references), so that they fit whatever the part is written in.
    """
    if not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return patch(raw)
    codec, mark = ("utf-16-le", raw[:2]) if raw.startswith(codecs.BOM_UTF16_LE) else ("utf-16-be", raw[:2])
    try:
        text = raw[2:].decode(codec)
    except UnicodeDecodeError as wrong:
        raise CannotMark("bad_xml", part=part) from wrong
    # The declaration would contradict the bytes while they are UTF-8; expat is shown one without it.
    declared = re.match(r"<\?xml[^>]*\?>", text)
    head = declared[0] if declared else ""
    body = patch(text[len(head) :].encode("utf-8", "surrogatepass"))
    return mark + (head + body.decode("utf-8", "surrogatepass")).encode(codec, "surrogatepass")
