"""Which part is which: content types and relationships (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sized
from typing import NamedTuple, Protocol
from urllib.parse import unquote

from .archive import part_name
from .refusal import Refused
from .xml import SEPARATOR, Attributes, Document

CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types" + SEPARATOR
_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships" + SEPARATOR + "Relationship"
# Relationship types end alike in the Transitional and the Strict namespace.
_SPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
)


class Parts(Protocol):
    """What holds parts by their names: an archive, or what stands for one."""

    def __contains__(self, name: str) -> bool: ...

    def kept(self, name: str, *entries: Sized) -> Iterable[bytes]: ...


class Relationship(NamedTuple):
    """`kind` is the last word of the type (`worksheet`); `target` a part name, or an address when `external`."""

    kind: str
    target: str
    external: bool


class ContentTypes:
    """Content type of a part: by its name, else by its extension, else ""."""

    def __init__(self, archive: Parts) -> None:
        self._names: dict[str, str] = {}
        self._extensions: dict[str, str] = {}
        chunks = archive.kept(CONTENT_TYPES, self._names, self._extensions)
        Document(CONTENT_TYPES, self._start, lambda _: None).read(chunks)

    def of(self, name: str) -> str:
        name = part_name(name)
        extension = name.rpartition(".")[2]
        return self._names.get(name) or self._extensions.get(extension, "")

    def all(self) -> set[str]:
        return {*self._names.values(), *self._extensions.values()}

    def _start(self, name: str, attributes: Attributes) -> None:
        kind = attributes.get("ContentType", "")
        if name == _TYPES + "Override":
            self._names[part_name(attributes.get("PartName", ""))] = kind
        elif name == _TYPES + "Default":
            self._extensions[attributes.get("Extension", "").lower()] = kind


def read_relationships(archive: Parts, source: str) -> dict[str, Relationship]:
    """The relationships of `source` ("" is the package) by their ids; none when it has no relationships part."""
    folder, name = posixpath.split(source)
    part = posixpath.join(folder, "_rels", name + ".rels")
    found: dict[str, Relationship] = {}

    def start(element: str, attributes: Attributes) -> None:
        if element != _RELATIONSHIP:
            return
        kind = attributes.get("Type", "")
        for space in _SPACES:
            kind = kind.removeprefix(space)
        target = attributes.get("Target", "")
        external = attributes.get("TargetMode", "") == "External"
        identity = attributes.get("Id", "")
        relationship = Relationship(kind, target if external else resolve(folder, target), external)
        if found.setdefault(identity, relationship) != relationship:  # a sheet might be read in the place of another
            raise Refused("duplicate_part", part=part, found=identity[:40])

    if part in archive:
        Document(part, start, lambda _: None).read(archive.kept(part, found))
    return found


def resolve(folder: str, target: str) -> str:
    """A target relative to the folder of its source, or absolute (`/xl/…`), as a part name."""
    target = unquote(target.replace("\\", "/"))
    path = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(path).lstrip("/")
