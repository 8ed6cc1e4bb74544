"""A workbook of the Office Open XML formats: its parts, put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from .archive import Archive
from .grid import Grid
from .limits import Meter
from .refusal import Refused
from .relationships import ContentTypes, Relationship, read_relationships
from .sheet import Sheet, Visibility
from .short_parts import Kept, Once
from .strings import StringTable, decode_escapes, read_shared_strings
from .styles import GENERAL, UNKNOWN, read_styles
from .worksheet_reading import read_worksheet
from .xml import SEPARATOR, TRUE, Attributes, Document, Tree

_TREE = Tree(("", "workbook"), ("workbook", "workbookPr"), ("workbook", "sheets"), ("sheets", "sheet"))
_RELATIONSHIP_IDS = (
    f"http://schemas.openxmlformats.org/officeDocument/2006/relationships{SEPARATOR}id",
    f"http://purl.oclc.org/ooxml/officeDocument/relationships{SEPARATOR}id",
)
MACRO_TYPES = ("macroenabled", "vbaproject", "intlmacrosheet")


# Kinds that another library reads: it tells values, but no formats, formulas, errors or what is hidden.
FOREIGN = ("xls", "xlsb", "ods")


@dataclass(slots=True)
class Workbook:
    """`kind` says what the bytes are (xlsx, xlsm, xls, xlsb, ods), whatever the file is called. `number_formats` has
    the format code of each style ("" where it cannot be told, as in .xls); every entry's style is an index into it.
    Sheets come in workbook order; chart sheets and macro sheets have no cells and are left out. Of a cell with one of
    `struck_styles` all is struck out, of one with one of `struck_texts` some of it."""

    kind: str
    sheets: list[Sheet] = field(default_factory=list)
    number_formats: list[str] = field(default_factory=lambda: [GENERAL])
    date1904: bool = False
    has_macros: bool = False
    struck_styles: frozenset[int] = frozenset()
    struck_texts: frozenset[str] = frozenset()


class _Entry(NamedTuple):
    name: str
    visibility: Visibility
    relationship: str


def read_package(archive: Archive, main: str, types: ContentTypes, meter: Meter) -> Workbook:
    """Read the workbook whose main part is `main`. Raises `Refused`."""
    entries, date1904 = _main_of(archive, main)
    relationships = read_relationships(archive, main)
    macros = any(word in kind.lower() for kind in types.all() for word in MACRO_TYPES) or any(
        name.endswith("vbaproject.bin") for name in archive.names
    )
    workbook = Workbook(
        "xlsm" if "macroenabled" in types.of(main).lower() else "xlsx", date1904=date1904, has_macros=macros
    )
    styles = _only(relationships, "styles")
    # Without them a cell may have any format: 0.8 may have been 80%.
    workbook.number_formats = [GENERAL, UNKNOWN]
    if styles is not None:
        formats, workbook.struck_styles = read_styles(archive, styles)
        workbook.number_formats = list(formats)
    strings = _only(relationships, "sharedStrings")
    shared = (
        read_shared_strings(archive, strings, meter) if strings is not None and strings in archive else StringTable()
    )
    workbook.struck_texts = shared.struck
    count = len(workbook.number_formats) if styles is not None else 0
    for entry, part in _worksheets(entries, relationships, meter):
        new_grid = partial(Grid, entry.name, entry.visibility, shared, count, meter)
        workbook.sheets.append(read_worksheet(archive, part, new_grid))
    if not workbook.sheets:
        raise Refused("no_sheets", looks="others") if entries else Refused("no_sheets")
    return workbook


def _read_main(part: str, kept: Kept) -> tuple[tuple[_Entry, ...], bool]:
    entries: list[_Entry] = []
    date1904 = False
    root = False
    path: list[str | None] = [""]

    def start(name: str, attributes: Attributes) -> None:
        nonlocal date1904, root
        here = _TREE.step(path[-1], name)
        path.append(here)
        if here == "workbook":
            root = True
        elif here == "workbookPr":
            date1904 = attributes.get("date1904") in TRUE
        elif here == "sheet":
            identity = next((attributes[key] for key in _RELATIONSHIP_IDS if key in attributes), "")
            entries.append(
                _Entry(decode_escapes(attributes.get("name", "")), _visibility(attributes.get("state")), identity)
            )

    def end(_: str) -> None:
        path.pop()

    Document(part, start, end).read(kept(entries))
    if not root:
        raise Refused("not_a_workbook", looks="package", part=part)
    return tuple(entries), date1904


_main_of = Once(_read_main)


def _visibility(state: str | None) -> Visibility:
    if state == "hidden":
        return "hidden"
    return "veryHidden" if state == "veryHidden" else "visible"


def _worksheets(
    entries: tuple[_Entry, ...], relationships: dict[str, Relationship], meter: Meter
) -> Iterator[tuple[_Entry, str]]:
    if len(entries) > meter.limits.sheets:
        raise Refused("sheets", found=len(entries), limit=meter.limits.sheets)
    names = [entry.name.casefold() for entry in entries]
    for name, entry in zip(names, entries, strict=True):
        # Cells are named by their sheets, whose names differ in more than their case (Excel sees to it).
        if name and names.count(name) > 1:
            raise Refused("duplicate_sheet", sheet=entry.name)
    for entry in entries:
        relationship = relationships.get(entry.relationship)
        if relationship is None:
            raise Refused("missing_part", sheet=entry.name)
        if relationship.kind == "worksheet" and not relationship.external:
            yield entry, relationship.target


def _only(relationships: dict[str, Relationship], kind: str) -> str | None:
    return next((each.target for each in relationships.values() if each.kind == kind and not each.external), None)
