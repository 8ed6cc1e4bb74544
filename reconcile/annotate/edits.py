"""Changes of a part's bytes, at its elements and nowhere else."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from reconcile.annotate.elements import Element
from reconcile.annotate.refusal import CannotMark

_NAME = re.compile(rb"""<([^\s<>/"'=]+)""")
_ATTRIBUTE = re.compile(rb"""([^\s<>/"'=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


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
        data, parts, at = memoryview(self.data), list[bytes | memoryview](), 0
        for start, end, _, new in sorted(self._changes):
            if start < at:
                raise AssertionError(f"changes overlap at byte {start}")
            parts += (data[at:start], new)
            at = end
        return b"".join((*parts, data[at:]))

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
