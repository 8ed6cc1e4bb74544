"""XML of untrusted parts: expat as a stream, without document types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from .refusal import Refused

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
SEPARATOR = "}"
# How attributes say yes (ECMA-376 part 1, 22.9.2.7, and what other programs write).
TRUE = frozenset(("1", "true", "on"))

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]


def main_names(*names: str) -> dict[str, str]:
    """Element names as expat gives them → local names, for both namespaces of SpreadsheetML (ECMA-376 part 1)."""
    return {f"{space}{SEPARATOR}{name}": name for space in (TRANSITIONAL, STRICT) for name in names}


class Tree:
    """Where in a document the parser stands: names only count below the parents they belong to.

    `children` lists (parent, child) pairs of local names; "" is above the root. What is not listed, and all below
    it, is `None`: phonetic runs, extension lists, alternate content.
    """

    def __init__(self, *children: tuple[str, str]) -> None:
        self.names = main_names(*{child for _, child in children})
        self.children = frozenset(children)

    def step(self, parent: str | None, name: str) -> str | None:
        local = self.names.get(name)
        return local if local is not None and (parent, local) in self.children else None


class Document:
    """One part being parsed; feed it bytes, within a `with`. Raises `Refused` (bad_xml, doctype).

    The parser holds what it tells, and that as a rule holds the parser: at the end of the `with` it lets go, or all
    that was read would stay until somebody looks for cycles.
    """

    def __init__(self, part: str, start: Start, end: End, text: Callable[[str], None] | None = None) -> None:
        self.part = part
        self.parser = parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = self._refuse_doctype

    def __enter__(self) -> Document:
        return self

    def __exit__(self, *_: object) -> None:
        parser = self.parser
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = parser.StartDoctypeDeclHandler = None

    def feed(self, data: bytes, final: bool = False) -> None:
        try:
            self.parser.Parse(data, final)
        except expat.ExpatError as error:
            raise Refused("bad_xml", part=self.part, line=error.lineno, column=error.offset) from error
        except (ValueError, LookupError) as error:  # an encoding expat does not know
            raise Refused("bad_xml", part=self.part, detail=type(error).__name__) from error

    def read(self, chunks: Iterable[bytes]) -> None:
        with self:
            for chunk in chunks:
                self.feed(chunk)
            self.feed(b"", final=True)

    def _refuse_doctype(self, *_: object) -> None:
        raise Refused("doctype", part=self.part)
