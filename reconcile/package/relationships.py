"""Which part is which: content types and relationships (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from typing import NamedTuple
from urllib.parse import unquote

from .archive import part_name
from .refusal import Refused
from .short_parts import Kept, Once, Parts
from .xml import SEPARATOR, Attributes, Document

CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types" + SEPARATOR
_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships" + SEPARATOR + "Relationship"
# Relationship types end alike in the Transitional and the Strict namespace.
_SPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
)


class Relationship(NamedTuple):
    """`kind` is the last word of the type (`worksheet`); `target` a part name, or an address when `external`."""

    kind: str
    target: str
    external: bool


class ContentTypes:
    """Content type of a part: by its name, else by its extension, else ""."""

    def __init__(self, archive: Parts) -> None:
        self._names, self._extensions = _types_in(archive, CONTENT_TYPES)

    def of(self, name: str) -> str:
        name = part_name(name)
        extension = name.rpartition(".")[2]
        return self._names.get(name) or self._extensions.get(extension, "")

    def all(self) -> set[str]:
        return {*self._names.values(), *self._extensions.values()}


def _read_types(part: str, kept: Kept) -> tuple[dict[str, str], dict[str, str]]:
    """Content types by part name and by extension."""
    names: dict[str, str] = {}
    extensions: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        kind = attributes.get("ContentType", "")
        if name == _TYPES + "Override":
            names[part_name(attributes.get("PartName", ""))] = kind
        elif name == _TYPES + "Default":
            extensions[attributes.get("Extension", "").lower()] = kind

    Document(part, start, lambda _: None).read(kept(names, extensions))
    return names, extensions


_types_in = Once(_read_types)


def read_relationships(archive: Parts, source: str) -> dict[str, Relationship]:
    """The relationships of `source` ("" is the package) by their ids; none when it has no relationships part."""
    folder, name = posixpath.split(source)
    part = posixpath.join(folder, "_rels", name + ".rels")
    return dict(_relationships_in(archive, part)) if part in archive else {}


def _read_relationships(part: str, kept: Kept) -> dict[str, Relationship]:
    folder = posixpath.dirname(posixpath.dirname(part))
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

    Document(part, start, lambda _: None).read(kept(found))
    return found


_relationships_in = Once(_read_relationships)


def resolve(folder: str, target: str) -> str:
    """A target relative to the folder of its source, or absolute (`/xl/…`), as a part name."""
    target = unquote(target.replace("\\", "/"))
    path = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(path).lstrip("/")
