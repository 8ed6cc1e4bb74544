"""Content types and relationships of a package: what they say, and how entries are added (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sized
from dataclasses import dataclass, field
from functools import lru_cache

from reconcile.annotate.container import Package
from reconcile.annotate.edits import Edits, patched, prefix_of
from reconcile.annotate.elements import REMEMBERED, Element, walk
from reconcile.annotate.refusal import CannotMark
from reconcile.annotate.writing_xml import attribute
from reconcile.package.refusal import Refused
from reconcile.package.relationships import CONTENT_TYPES, ContentTypes, Relationship, read_relationships

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT_KINDS = "http://purl.oclc.org/ooxml/officeDocument/relationships/"


@dataclass(slots=True)
class Relations:
    """The relationships of one part, and those to be added to them."""

    package: Package
    source: str
    strict: bool = False
    part: str = field(init=False)
    known: dict[str, Relationship] = field(init=False)
    _added: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        folder, name = posixpath.split(self.source)
        self.part = posixpath.join(folder, "_rels", name + ".rels")
        try:
            self.known = _relationships(
                self.source, self.package.read(self.part) if self.part in self.package else None
            )
        except Refused as wrong:
            raise CannotMark("bad_relationships", part=self.source) from wrong

    def of_kind(self, kind: str) -> list[str]:
        """The parts related in this way (``comments``, ``styles``)."""
        return [each.target for each in self.known.values() if each.kind == kind and not each.external]

    def add(self, kind: str, target: str) -> str:
        """Relates a part of the package; the answer is the relationship's id."""
        taken = {name.lower() for name in self.known} | {name.lower() for name, _, _ in self._added}
        number = len(taken) + 1
        while f"rid{number}" in taken:
            number += 1
        self._added.append((f"rId{number}", kind, "/" + target))
        return f"rId{number}"

    def changed(self) -> dict[str, bytes]:
        """The relationships part, when something was added."""
        if not self._added:
            return {}
        if self.part not in self.package:
            empty = (
                f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELATIONSHIPS}"/>'
            )
            return {self.part: self._patch(empty.encode())}
        return {self.part: patched(self.part, self.package.read(self.part), self._patch)}

    def _patch(self, data: bytes) -> bytes:
        kinds = _STRICT_KINDS if self.strict else _KINDS

        def entries(prefix: bytes) -> bytes:
            return b"".join(
                b'<%sRelationship Id="%s" Type="%s" Target="%s"/>'
                % (prefix, attribute(name), attribute(kinds + kind), attribute(target))
                for name, kind, target in self._added
            )

        return _into_root(self.part, data, entries)


@dataclass(slots=True)
class Types:
    """The content types to be added: of parts, and of extensions that have none yet."""

    package: Package
    _parts: dict[str, str] = field(default_factory=dict)

    def add(self, part: str, kind: str) -> None:
        self._parts[part] = kind

    def changed(self) -> dict[str, bytes]:
        if not self._parts:
            return {}
        return {CONTENT_TYPES: patched(CONTENT_TYPES, self.package.read(CONTENT_TYPES), self._patch)}

    def _patch(self, data: bytes) -> bytes:
        def entries(prefix: bytes) -> bytes:
            return b"".join(
                b'<%sOverride PartName="%s" ContentType="%s"/>' % (prefix, attribute("/" + part), attribute(kind))
                for part, kind in self._parts.items()
            )

        return _into_root(CONTENT_TYPES, data, entries)


def _into_root(part: str, data: bytes, entries: Callable[[bytes], bytes]) -> bytes:
    """Adds entries at the end of a part's root element; they take its prefix."""
    edits, root = Edits(data), _root(part, data)
    edits.inside(root, entries(prefix_of(data, root)))
    return edits.applied()


@lru_cache(maxsize=REMEMBERED)
def _root(part: str, data: bytes) -> Element:
    found: list[Element] = []
    walk(part, data, lambda *_: None, lambda element, above: None if above else found.append(element))
    return found[0]


@dataclass(frozen=True, slots=True)
class _Content:
    """One part, in the place of an archive: every name is its own."""

    content: bytes | None

    def __contains__(self, _: str) -> bool:
        return self.content is not None

    def kept(self, _: str, *__: Sized) -> tuple[bytes, ...]:
        return () if self.content is None else (self.content,)


@lru_cache(maxsize=REMEMBERED)
def _relationships(source: str, content: bytes | None) -> dict[str, Relationship]:
    return read_relationships(_Content(content), source)


@lru_cache(maxsize=REMEMBERED)
def _kinds(content: bytes) -> ContentTypes:
    return ContentTypes(_Content(content))


def main_part(package: Package) -> tuple[str, str]:
    """The workbook part and its content type. Raises `CannotMark` when there is none."""
    found = Relations(package, "").of_kind("officeDocument")
    if not found:
        raise CannotMark("no_workbook")
    try:
        kind = _kinds(package.read(CONTENT_TYPES)).of(found[0])
    except Refused as wrong:
        raise CannotMark("no_workbook") from wrong
    return found[0], kind
