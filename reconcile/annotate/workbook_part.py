"""The workbook part with a sheet put in front: what counts sheets from the first one moves on by one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from reconcile.annotate.edits import Edits, prefix_of, with_attribute
from reconcile.annotate.elements import REMEMBERED, SEPARATOR, STRICT, TRANSITIONAL, Element, walk
from reconcile.annotate.refusal import CannotMark
from reconcile.annotate.writing_xml import attribute, text
from reconcile.package.strings import decode_escapes

_ID_SPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it: its name as people see it, and its relationship."""

    name: str
    relationship: str


class WorkbookPart:
    """The workbook part. Raises `CannotMark` when it lists no sheets."""

    def __init__(self, part: str, data: bytes) -> None:
        self.part = part
        self.strict = False
        self.sheets: list[SheetEntry] = []
        self._data = data
        self._ids = [0]
        self._names_at: Element | None = None
        self._behind_sheets = -1
        self._list: Element | None = None
        self._first: Element | None = None
        self._names: list[Element] = []
        self._views: list[Element] = []
        walk(part, data, self._enter, self._leave)
        if self._list is None or self._first is None:
            raise CannotMark("no_sheets", part=part)

    def _enter(self, element: Element, above: list[Element]) -> None:
        if element.space not in (TRANSITIONAL, STRICT):
            return
        if not above:
            self.strict = element.space == STRICT
        elif len(above) == 1 and element.name == "sheets":
            self._list = element
        elif len(above) == 2 and element.name == "sheet" and above[1].name == "sheets":
            self._first = self._first or element
            keys = (f"{space}{SEPARATOR}id" for space in _ID_SPACES)
            relationship = next((element.attributes[key] for key in keys if key in element.attributes), "")
            self.sheets.append(SheetEntry(decode_escapes(element.attributes.get("name", "")), relationship))
            self._ids.append(_number(element.attributes.get("sheetId")))
        elif len(above) == 2 and element.name == "definedName" and "localSheetId" in element.attributes:
            self._names.append(element)
        elif len(above) == 2 and element.name == "workbookView":
            self._views.append(element)

    def _leave(self, element: Element, above: list[Element]) -> None:
        if len(above) != 1:
            return
        if element.name in ("sheets", "functionGroups", "externalReferences"):
            self._behind_sheets = element.end
        elif element.name == "definedNames":
            self._names_at = element

    def with_first(self, name: str, relationship: str, title_row: int) -> bytes:
        """The part with a sheet of that name before all others, on which the workbook opens.

        ``title_row`` is repeated on every page of it.
        """
        assert self._first is not None
        edits = Edits(self._data)
        space = _ID_SPACES[self.strict].encode()
        entry = b'<%ssheet name="%s" sheetId="%d" xmlns:r="%s" r:id="%s"/>' % (
            prefix_of(self._data, self._first),
            attribute(name),
            max(self._ids) + 1,
            space,
            relationship.encode(),
        )
        edits.insert(self._first.start, entry)
        self._name_titles(edits, name, title_row)
        for element in self._names:
            edits.attribute(element, b"localSheetId", b"%d" % (_number(element.attributes["localSheetId"]) + 1))
        for view in self._views:
            tag = edits.tag(view)
            for place in (b"activeTab", b"firstSheet"):
                if place.decode() in view.attributes:
                    tag = with_attribute(tag, place, b"0")
            if tag != edits.tag(view):
                edits.replace(view.start, view.opened, tag)
        return edits.applied()

    def _name_titles(self, edits: Edits, name: str, row: int) -> None:
        assert self._first is not None
        prefix = prefix_of(self._data, self._first)
        rows = f"{quoted(name)}!${row}:${row}"
        own = b'<%sdefinedName name="_xlnm.Print_Titles" localSheetId="0">%s</%sdefinedName>'
        named = own % (prefix, text(rows), prefix)
        if self._names_at is not None:
            edits.inside(self._names_at, named)
        else:
            edits.insert(self._behind_sheets, b"<%sdefinedNames>%s</%sdefinedNames>" % (prefix, named, prefix))


@lru_cache(maxsize=REMEMBERED)
def workbook_part(part: str, data: bytes) -> WorkbookPart:
    """A workbook part, followed once. Raises `CannotMark` when it lists no sheets."""
    return WorkbookPart(part, data)


def quoted(sheet: str) -> str:
    """The name of a sheet as formulas and links need it."""
    return "'" + sheet.replace("'", "''") + "'"


def _number(stated: str | None) -> int:
    try:
        return int(stated or 0)
    except ValueError:
        raise CannotMark("bad_number", found=str(stated)[:20]) from None
