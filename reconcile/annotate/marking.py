"""A workbook marked in place: the parts that must change are patched, all others copied as they are packed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reconcile.annotate.container import Package
from reconcile.annotate.edits import patched
from reconcile.annotate.front_sheet import front_sheet, head_row
from reconcile.annotate.model import LEVELS, Level, Listing, Mark
from reconcile.annotate.notes import NoteText, comments, last_block, new_comments, new_drawing, with_shapes
from reconcile.annotate.refusal import CannotMark
from reconcile.annotate.relations import Relations, Types, main_part
from reconcile.annotate.seen_cells import Place, seen_at
from reconcile.annotate.sheet_part import SheetPart
from reconcile.annotate.styles_part import Styles
from reconcile.annotate.workbook_part import workbook_part
from reconcile.package import Limits

_OFFICE = "application/vnd.openxmlformats-officedocument."
_SHEET = _OFFICE + "spreadsheetml.worksheet+xml"
_STYLES = _OFFICE + "spreadsheetml.styles+xml"
_COMMENTS = _OFFICE + "spreadsheetml.comments+xml"
_DRAWING = _OFFICE + "vmlDrawing"
_NAME_LIMIT = 31


@dataclass(slots=True)
class _Cell:
    level: Level
    notes: list[str] = field(default_factory=list)


def mark(data: bytes, marks: Iterable[Mark], listing: Listing, limits: Limits | None = None) -> bytes:
    """The workbook with the marks on its cells and the listing as its first sheet.

    Args:
        data: the bytes of an .xlsx, .xlsm, .xltx or .xltm.
        marks: cells to colour, with their notes; those on sheets that have no cells are left out.
        listing: the sheet to put in front. Where a sheet has its name, it is numbered.
        limits: how much is unpacked.

    Raises:
        CannotMark: for what cannot be patched safely: no such package, parts that are not well-formed, a workbook
            shared for editing, one that is signed, styles beyond what Excel opens.
    """
    package = Package(data, limits or Limits())
    return _Marking(package).marked(marks, listing)


class _Marking:
    """One workbook being marked: what its parts become."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main, kind = main_part(package)
        if not any(word in kind for word in ("spreadsheetml", "ms-excel")) or "binary" in kind.lower():
            raise CannotMark("no_workbook", found=kind[:80])
        raw = package.read(self.main)
        # What is read of a part does not depend on how it is written; `patched` puts it back into that.
        self.workbook = workbook_part(self.main, _plain(self.main, raw))
        self.strict = self.workbook.strict
        self.relations = Relations(package, self.main, self.strict)
        if self.relations.of_kind("revisionHeaders"):
            raise CannotMark("shared_workbook")  # its log of changes lists the sheets there are
        if any(each.kind.endswith("digital-signature/origin") for each in Relations(package, "").known.values()):
            raise CannotMark("signed")  # what is signed would not be what was signed
        self.types = Types(package)
        self.parts: dict[str, bytes] = {}
        self.folder = self.main.rpartition("/")[0]
        self.blocks = -1

    def marked(self, marks: Iterable[Mark], listing: Listing) -> bytes:
        styles_part, styles = self._styles()
        sheets = self._sheets()
        wanted: dict[str, dict[Place, _Cell]] = {part: {} for part in sheets.values()}
        for each in marks:
            if each.sheet in sheets:
                cell = wanted[sheets[each.sheet]].setdefault((each.row, each.column), _Cell(each.level))
                cell.level = min(cell.level, each.level, key=LEVELS.index)
                cell.notes.append(each.note)
        for part, cells in wanted.items():
            self._sheet(part, cells, styles, listing.author)
        for part in self._without_cells():
            self._sheet(part, {}, styles, listing.author)
        self._front(listing, styles)
        if styles_part in self.package:
            raw = self.package.read(styles_part)
            self.parts[styles_part] = _written_as(styles_part, raw, styles.changed())
        else:
            self.parts[styles_part] = styles.changed()
            self.types.add(styles_part, _STYLES)
            self.relations.add("styles", styles_part)
        self.parts |= self.relations.changed()
        self.parts |= self.types.changed()
        return self.package.rebuilt(self.parts)

    def _styles(self) -> tuple[str, Styles]:
        known = self.relations.of_kind("styles")
        if known:
            return known[0], Styles(known[0], _plain(known[0], self.package.read(known[0])))
        part = self.package.unused(self._in_folder("styles{}.xml"))
        return part, Styles.empty(part, self.strict)

    def _sheets(self) -> dict[str, str]:
        """Name → part of each worksheet; chart sheets have no cells."""
        found: dict[str, str] = {}
        for entry in self.workbook.sheets:
            relation = self.relations.known.get(entry.relationship)
            if relation is None:
                raise CannotMark("missing_part", sheet=entry.name)
            if relation.kind == "worksheet" and not relation.external:
                found.setdefault(entry.name, relation.target)
        return found

    def _without_cells(self) -> list[str]:
        """The sheets of a chart or a dialogue: one of them may be the selected one."""
        known = (self.relations.known.get(entry.relationship) for entry in self.workbook.sheets)
        kinds = ("chartsheet", "dialogsheet")
        return [each.target for each in known if each and each.kind in kinds and each.target in self.package]

    def _front(self, listing: Listing, styles: Styles) -> None:
        name = _free_name(listing.name, [entry.name for entry in self.workbook.sheets])
        part = self._new(self._in_folder("worksheets/sheet{}.xml"), _SHEET)
        self.parts[part] = front_sheet(listing, styles, self.strict)
        relationship = self.relations.add("worksheet", part)
        raw = self.package.read(self.main)
        self.parts[self.main] = _written_as(
            self.main, raw, self.workbook.with_first(name, relationship, head_row(listing))
        )

    def _sheet(self, part: str, cells: dict[Place, _Cell], styles: Styles, author: str) -> None:
        if not cells:
            # What says whether a sheet is selected stands before its rows.
            head = self.package.beginning(part, b"sheetData")
            if b"tabSelected" not in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
                return
        raw = self.package.read(part)
        data = _plain(part, raw)
        cells = _seen(data, cells)
        sheet = SheetPart(part, data, {place: cell.level for place, cell in cells.items()})
        sheet.deselect()
        if cells:
            sheet.restyle(styles)
            texts = [NoteText(*place, "\n\n".join(cell.notes)) for place, cell in cells.items()]
            self._notes(sheet, texts, author)
        for name, content in sheet.changed().items():
            self.parts[name] = _written_as(name, raw, content)

    def _notes(self, sheet: SheetPart, texts: Sequence[NoteText], author: str) -> None:
        relations = Relations(self.package, sheet.part, self.strict)
        known = relations.of_kind("comments")
        if known:
            raw = self.package.read(known[0])
            content, fresh = comments(known[0], _plain(known[0], raw)).write(texts, author)
            self.parts[known[0]] = _written_as(known[0], raw, content)
        else:
            part = self._new(self._in_folder("comments{}.xml"), _COMMENTS)
            relations.add("comments", part)
            self.parts[part], fresh = comments(part, new_comments(self.strict)).write(texts, author)
        if fresh:
            self._draw(sheet, relations, fresh)
        self.parts |= relations.changed()

    def _draw(self, sheet: SheetPart, relations: Relations, notes: Sequence[NoteText]) -> None:
        known = relations.known.get(sheet.legacy)
        if known is not None and not known.external:
            raw = self.package.read(known.target)
            self.parts[known.target] = patched(
                known.target, raw, lambda data: with_shapes(known.target, data, notes, sheet.measures, self._next_block)
            )
            return
        if sheet.legacy:
            raise CannotMark("missing_part", part=sheet.part)
        part = self._new(self._in_folder("drawings/vmlDrawing{}.vml"), _DRAWING)
        self.parts[part] = with_shapes(part, new_drawing(self._next_block()), notes, sheet.measures, self._next_block)
        sheet.add_legacy_drawing(relations.add("vmlDrawing", part), self.strict)

    def _next_block(self) -> int:
        """A block of shape ids that no drawing of the workbook uses."""
        if self.blocks < 0:
            drawings = [name for name in self.package.archive.names if name.endswith(".vml")]
            self.blocks = max((last_block(self.package.read(name)) for name in drawings), default=0)
        self.blocks += 1
        return self.blocks

    def _new(self, pattern: str, kind: str) -> str:
        """A part that neither the workbook nor this marking has yet."""
        number = 1
        while pattern.format(number) in self.package or pattern.format(number) in self.parts:
            number += 1
        self.types.add(pattern.format(number), kind)
        return pattern.format(number)

    def _in_folder(self, name: str) -> str:
        return f"{self.folder}/{name}" if self.folder else name


def _seen(data: bytes, cells: dict[Place, _Cell]) -> dict[Place, _Cell]:
    """The cells of a sheet part that are seen, with what is said of all that they stand for."""
    at = seen_at(data, cells)
    found: dict[Place, _Cell] = {}
    for place, cell in cells.items():
        seen = found.setdefault(at.get(place, place), _Cell(cell.level))
        seen.level = min(seen.level, cell.level, key=LEVELS.index)
        seen.notes += cell.notes
    return found


def _plain(part: str, raw: bytes) -> bytes:
    """The bytes as a patch is given them."""
    seen: list[bytes] = []

    def look(data: bytes) -> bytes:
        seen.append(data)
        return data

    patched(part, raw, look)
    return seen[0]


def _written_as(part: str, raw: bytes, content: bytes) -> bytes:
    """A changed part, written as the one it replaces."""
    return patched(part, raw, lambda _: content)


def _free_name(wanted: str, taken: Iterable[str]) -> str:
    """A sheet's name that is free whatever its case."""
    used = {name.lower() for name in taken}
    name, number = wanted[:_NAME_LIMIT], 2
    while name.lower() in used:
        tail = f" {number}"
        name, number = wanted[: _NAME_LIMIT - len(tail)] + tail, number + 1
    return name
