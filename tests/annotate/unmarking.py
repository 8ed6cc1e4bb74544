"""Takes the marks out of a workbook again, knowing only the file formats: what is left must be the original."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from xml.etree import ElementTree as ET

PACKAGE = "{http://schemas.openxmlformats.org/package/2006/"
FILLS = {"FFF8CBCB", "FFFFE9A8", "FFDDEBF7"}
AUTHOR = "reconcile"
# The elements whose start tag may change, by the part they stand in; all else may only be added.
CHANGED = {
    "sheet": {"c", "row", "sheetData", "sheetView"},
    "workbook": {"workbookView", "definedName", "definedNames"},
    "chart": {"sheetView"},
    "styles": {"styleSheet", "fonts", "fills", "borders", "cellXfs", "dxfs"},
    "comments": {"authors", "commentList", "text"},
}
TOKEN = re.compile(rb"<!--.*?-->|<[^>]*>|[^<]+", re.S)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        return {info.filename: opened.read(info) for info in opened.infolist()}


def packed(data: bytes) -> dict[str, tuple[int, bytes]]:
    """Name → method and packed bytes of each member."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        for info in opened.infolist():
            name, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
            start = info.header_offset + 30 + name + extra
            found[info.filename] = (info.compress_type, data[start : start + info.compress_size])
    return found


def text_of(raw: bytes) -> bytes:
    """The part in UTF-8, so that tokens can be compared."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16").encode()
    return raw


def only_added(original: bytes, marked: bytes, changeable: set[str]) -> None:
    """Every token of the original is in the marked part, in order and to the byte, save tags that may change."""
    old, new = TOKEN.findall(text_of(original)), TOKEN.findall(text_of(marked))
    at = 0
    for token in old:
        name = re.match(rb"<(?:[\w]+:)?(\w+)", token)
        while at < len(new) and new[at] != token:
            other = re.match(rb"<(?:[\w]+:)?(\w+)", new[at])
            if name and other and name[1] == other[1] and name[1].decode() in changeable and alike(token, new[at]):
                break
            at += 1
        assert at < len(new), token
        at += 1


def alike(old: bytes, new: bytes) -> bool:
    """Whether a tag differs in one of the attributes that marking sets, and in nothing else."""
    mine = {b"s", b"tabSelected", b"localSheetId", b"activeTab", b"firstSheet", b"count"}

    def rest(tag: bytes) -> list[tuple[bytes, ...]]:
        found = re.findall(rb"""([\w:]+)\s*=\s*("[^"]*"|'[^']*')""", tag)
        return sorted(each for each in found if each[0] not in mine)

    return rest(old) == rest(new)


def canonical(root: ET.Element) -> str:
    return ET.canonicalize(ET.tostring(root))


def local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class Unmarked:
    """A marked workbook with the marks taken out, part by part, checked against the original."""

    def __init__(self, original: bytes, marked: bytes) -> None:
        self.old, self.new = members(original), members(marked)
        self.added = [name for name in self.new if name not in self.old]
        self.touched = [name for name in self.old if self.new[name] != self.old[name]]

    def kind(self, name: str) -> str:
        for kind, pattern in {
            "rels": r".*\.rels",
            "types": r"\[Content_Types\]\.xml",
            "sheet": r"xl/worksheets/sheet\d+\.xml",
            "workbook": r"xl/workbook\.xml",
            "chart": r"xl/chartsheets/sheet\d+\.xml",
            "styles": r"xl/styles\d*\.xml",
            "comments": r"xl/comments\d*\.xml|xl/comments/comment\d+\.xml",
            "drawing": r".*\.vml",
        }.items():
            if re.fullmatch(pattern, name):
                return kind
        return ""

    def check(self) -> None:
        """Raises `AssertionError` where something of the original is not there any more."""
        for name in self.touched:
            kind = self.kind(name)
            assert kind, f"{name} was changed"
            if kind == "drawing":
                self.drawing(name)
                continue
            only_added(self.old[name], self.new[name], CHANGED.get(kind, set()))
            left, was = self.tree(self.new[name]), self.tree(self.old[name])
            getattr(self, kind)(left, was)
            assert canonical(left) == canonical(was), name

    def tree(self, raw: bytes) -> ET.Element:
        return ET.fromstring(raw)

    def rels(self, left: ET.Element, _: ET.Element) -> None:
        self.drop(left, lambda each: each.get("Target", "").lstrip("/") in self.added)

    def types(self, left: ET.Element, _: ET.Element) -> None:
        self.drop(left, lambda each: each.get("PartName", "").lstrip("/") in self.added)

    def drop(self, parent: ET.Element, which: object) -> None:
        assert callable(which)
        for child in list(parent):
            if which(child):
                parent.remove(child)

    def workbook(self, left: ET.Element, was: ET.Element) -> None:
        sheets = next(each for each in left if local(each) == "sheets")
        sheets.remove(sheets[0])
        names = next((each for each in left if local(each) == "definedNames"), None)
        assert names is not None
        self.drop(names, lambda each: each.get("localSheetId") == "0")
        for name in names:
            if "localSheetId" in name.attrib:
                name.set("localSheetId", str(int(name.attrib["localSheetId"]) - 1))
        if not any(local(each) == "definedNames" for each in was):
            left.remove(names)
        for now, then in zip(self.all(left, "workbookView"), self.all(was, "workbookView"), strict=True):
            assert now.get("activeTab", "0") == "0"
            now.attrib.clear()
            now.attrib.update(then.attrib)

    def all(self, root: ET.Element, name: str) -> list[ET.Element]:
        return [each for each in root.iter() if local(each) == name]

    def styles(self, left: ET.Element, was: ET.Element) -> None:
        then = {local(section): section for section in was}
        for section in list(left):
            old = then.get(local(section))
            if old is None:
                left.remove(section)
                continue
            for extra in list(section)[len(old) :]:
                section.remove(extra)
            section.attrib.clear()
            section.attrib.update(old.attrib)

    def formats(self, parts: dict[str, bytes]) -> tuple[list[ET.Element], list[ET.Element]]:
        name = next((name for name in parts if self.kind(name) == "styles"), "")
        if not name:
            return [ET.Element("xf")], []
        root = self.tree(parts[name])
        sections = {local(section): list(section) for section in root}
        return sections.get("cellXfs", []) or [ET.Element("xf")], sections.get("fills", [])

    def sheet(self, left: ET.Element, was: ET.Element) -> None:
        old_cells = self.cells(was)
        old_formats, _ = self.formats(self.old)
        formats, fills = self.formats(self.new)
        if not any(self.kind(name) == "styles" for name in self.old):
            old_formats = formats[:1]  # what a workbook without styles has is the default
        data = next(each for each in left if local(each) == "sheetData")
        for place, (row, cell) in self.cells(left).items():
            style = int(cell.get("s", "0"))
            if place not in old_cells:
                assert style >= len(old_formats)
                assert not len(cell)
                assert set(cell.attrib) == {"r", "s"}
                row.remove(cell)
                continue
            then = old_cells[place][1]
            if style >= len(old_formats):
                self.same_but_filled(formats[style], old_formats[int(then.get("s", "0"))], fills)
                cell.attrib.clear()
                cell.attrib.update(then.attrib)
        rows = {row.get("r") for row, _ in old_cells.values()} | {
            row.get("r") for row in next(each for each in was if local(each) == "sheetData")
        }
        for row in list(data):
            if local(row) == "row" and row.get("r") not in rows and not len(row):
                data.remove(row)
        if not any(local(each) == "legacyDrawing" for each in was):
            self.drop(left, lambda each: local(each) == "legacyDrawing")
        for now, then in zip(self.all(left, "sheetView"), self.all(was, "sheetView"), strict=True):
            assert now.get("tabSelected", "0") in ("0", "false")
            now.attrib.clear()
            now.attrib.update(then.attrib)

    def chart(self, left: ET.Element, was: ET.Element) -> None:
        for now, then in zip(self.all(left, "sheetView"), self.all(was, "sheetView"), strict=True):
            assert now.get("tabSelected", "0") in ("0", "false")
            now.attrib.clear()
            now.attrib.update(then.attrib)

    def same_but_filled(self, marked: ET.Element, own: ET.Element, fills: list[ET.Element]) -> None:
        ours = {"fillId", "applyFill", "fontId", "applyFont"}
        rest = [{k: v for k, v in xf.attrib.items() if k not in ours} for xf in (marked, own)]
        assert rest[0] == rest[1]
        assert [canonical(child) for child in marked] == [canonical(child) for child in own]
        fill = ET.tostring(fills[int(marked.attrib["fillId"])]).decode()
        assert any(colour in fill for colour in FILLS)

    def cells(self, root: ET.Element) -> dict[tuple[int, int], tuple[ET.Element, ET.Element]]:
        """Row and column → row element and cell, positions counted where they are not said."""
        found = {}
        number = 0
        for row in next(each for each in root if local(each) == "sheetData"):
            if local(row) != "row":
                continue
            number = int(row.get("r", number + 1))
            column = 0
            for cell in row:
                if not (isinstance(cell.tag, str) and local(cell) == "c" and "spreadsheetml" in cell.tag):
                    continue
                if "r" in cell.attrib:
                    letters = re.match("[A-Z]+", cell.attrib["r"])
                    assert letters
                    column = 0
                    for letter in letters[0]:
                        column = column * 26 + ord(letter) - 64
                else:
                    column += 1
                found[number, column] = (row, cell)
        return found

    def comments(self, left: ET.Element, was: ET.Element) -> None:
        authors = next(each for each in left if local(each) == "authors")
        notes = next(each for each in left if local(each) == "commentList")
        then_authors = next(each for each in was if local(each) == "authors")
        then = {each.get("ref"): each for each in self.all(was, "comment")}
        for extra in list(authors)[len(then_authors) :]:
            assert extra.text == AUTHOR
            authors.remove(extra)
        for note in list(notes):
            if note.get("ref") not in then:
                notes.remove(note)
                continue
            now, old = note[0], then[note.get("ref")][0]
            if canonical(now) == canonical(old):
                continue
            runs = [each for each in now if local(each) == "r"]
            now.remove(runs[-1])  # ours stands last
            for run in runs[:-1]:
                if len(run) == 1 and not any(local(each) == "r" for each in old):
                    position = list(now).index(run)
                    now.remove(run)
                    now.insert(position, run[0])

    def drawing(self, name: str) -> None:
        old, new = self.old[name], self.new[name]
        start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
        # One piece was put in, and nothing else is different.
        for cut in range(start, -1, -1):
            if new[:cut] == old[:cut] and new.endswith(old[cut:]) and new[cut:].startswith(b"<v:shape"):
                return
        raise AssertionError(name)
