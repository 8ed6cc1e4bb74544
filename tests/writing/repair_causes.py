"""What makes Excel offer to repair a workbook that is well-formed: what the schema cannot say, looked for part by part."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

from openpyxl.utils import range_boundaries

from tests.annotate.test_schema import ORDER, out_of_order

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Box = tuple[int, int, int, int]


class Package:
    """The parts of a workbook, parsed when asked for."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as file:
            self.names = file.namelist()
            self.parts = {name: file.read(name) for name in self.names}

    def tree(self, name: str) -> ET.Element:
        return ET.fromstring(self.parts[name])

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """Id → type, target part and whether it lies outside."""
        folder, file = posixpath.split(name)
        path = f"{folder}/_rels/{file}.rels".lstrip("/")
        found = {}
        for each in self.tree(path) if path in self.parts else ():
            outside = each.get("TargetMode") == "External"
            target = each.get("Target", "")
            whole = target if outside else posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
            found[each.get("Id", "")] = each.get("Type", "").rpartition("/")[2], whole, outside
        return found


def repair_causes(path: Path) -> list[str]:
    """Everything found, one line each; nothing for a workbook that opens without a word."""
    package = Package(path)
    return [
        *_package(package),
        *_book(package),
        *(line for sheet in _sheets(package) for line in _sheet(package, sheet)),
    ]


def _package(package: Package) -> Iterator[str]:
    if len(set(package.names)) != len(package.names):
        yield "a part stands in the package twice"
    types = package.tree("[Content_Types].xml")
    overrides = [each.get("PartName", "").lstrip("/") for each in types if each.tag.endswith("Override")]
    defaults = [each.get("Extension") for each in types if each.tag.endswith("Default")]
    if len(set(overrides)) != len(overrides) or len(set(defaults)) != len(defaults):
        yield "a content type is said twice"
    yield from (f"a content type for {name}, which is not there" for name in set(overrides) - set(package.names))
    for name in package.names:
        if name != "[Content_Types].xml" and name not in overrides and name.rpartition(".")[2] not in defaults:
            yield f"{name} has no content type"
        if name.endswith(".rels"):
            owner = name.replace("_rels/", "").removesuffix(".rels")
            for _, target, outside in package.relations(owner).values():
                if not outside and target not in package.parts:
                    yield f"{name} leads to {target}, which is not there"
        elif name.endswith(".xml"):
            yield from (f"{name}: {tag} is out of order" for tag, _ in out_of_order(package.tree(name), set(ORDER)))


def _sheets(package: Package) -> list[tuple[str, str]]:
    relations = package.relations("xl/workbook.xml")
    found = package.tree("xl/workbook.xml").find(f"{MAIN}sheets")
    assert found is not None
    return [(each.get("name", ""), relations[each.get(RELATION, "")][1]) for each in found]


def _book(package: Package) -> Iterator[str]:
    names = [name for name, _ in _sheets(package)]
    if len({name.lower() for name in names}) != len(names):
        yield "two sheets of one name"
    for name in names:
        if not 0 < len(name.encode("utf-16-le")) // 2 <= 31 or re.search(r"[\[\]:*?/\\]|^'|'$", name):
            yield f"no name for a sheet: {name}"
    told = set()
    for each in package.tree("xl/workbook.xml").iter(f"{MAIN}definedName"):
        key = each.get("name", ""), each.get("localSheetId")
        if key in told or not re.fullmatch(r"(_xlnm\.)?[A-Za-z_\\][A-Za-z0-9_.\\]*", key[0]):
            yield f"a defined name that Excel refuses: {key[0]}"
        told.add(key)
        for sheet in re.findall(r"'((?:[^']|'')+)'!", each.text or ""):
            if sheet.replace("''", "'") not in names:
                yield f"{key[0]} speaks of the sheet {sheet}, which is not there"
    tables = [package.tree(name) for name in package.names if name.startswith("xl/tables/")]
    for attribute in ("id", "name", "displayName"):
        values = [table.get(attribute, "").lower() for table in tables]
        if len(set(values)) != len(values):
            yield f"two tables of one {attribute}"
    styles = package.tree("xl/styles.xml")
    for each in styles.iter(f"{MAIN}numFmt"):
        if len(each.get("formatCode", "")) > 255 or each.get("formatCode", "").count('"') % 2:
            yield f"a number format that Excel refuses: {each.get('formatCode')}"


def _sheet(package: Package, sheet: tuple[str, str]) -> Iterator[str]:
    name, part = sheet
    tree, relations = package.tree(part), package.relations(part)
    yield from (f"{name}: {line}" for line in _areas(package, tree, relations))
    yield from (f"{name}: {line}" for line in _rules(package, tree))
    yield from (f"{name}: {line}" for line in _links(package, tree, relations))
    rows = [int(row.get("r", "0")) for row in tree.iter(f"{MAIN}row")]
    if rows != sorted(set(rows)):
        yield f"{name}: rows that are not in order"
    for row in tree.iter(f"{MAIN}row"):
        columns = [range_boundaries(cell.get("r"))[0] or 0 for cell in row]
        if columns != sorted(set(columns)):
            yield f"{name}: cells that are not in order in row {row.get('r')}"
        for cell in row:
            text = cell.findtext(f"{MAIN}f")
            if text is not None and (len(text) > 8192 or text.startswith("=")):
                yield f"{name}: no formula: {text[:40]}"


def _areas(package: Package, tree: ET.Element, relations: dict[str, tuple[str, str, bool]]) -> Iterator[str]:
    """Merged cells and tables lie apart; a table's headings are what stands in its first row, none twice."""
    merged = [_box(each.get("ref", "")) for each in tree.iter(f"{MAIN}mergeCell")]
    tables = [package.tree(target) for kind, target, _ in relations.values() if kind == "table"]
    boxes = [_box(table.get("ref", "")) for table in tables]
    by_row: dict[int, list[Box]] = {}
    for box in merged:
        for row in range(box[1], box[3] + 1):
            by_row.setdefault(row, []).append(box)
    if any(_meet(a, b) for found in by_row.values() for a, b in combinations(found, 2)):
        yield "merged cells that overlap"
    if any(_meet(a, b) for a, b in combinations(boxes, 2)) or any(_meet(a, b) for a in merged for b in boxes):
        yield "a table that overlaps another or merged cells"
    strings = [
        "".join(text.text or "" for text in item.iter(f"{MAIN}t"))
        for item in (package.tree("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in package.parts else ())
    ]
    cells = {cell.get("r"): cell for cell in tree.iter(f"{MAIN}c")}
    for table, box in zip(tables, boxes, strict=True):
        columns = [column.get("name", "") for column in table.iter(f"{MAIN}tableColumn")]
        if len({column.lower() for column in columns}) != len(columns) or len(columns) != box[2] - box[0] + 1:
            yield f"the columns of the table {table.get('name')}"
        for offset, column in enumerate(columns):
            cell = cells.get(f"{_letters(box[0] + offset)}{box[1]}")
            if cell is None or _text(cell, strings) != re.sub(r"_x([0-9A-F]{4})_", _unescaped, column):
                yield f"the heading of the column {column} of the table {table.get('name')}"


def _rules(package: Package, tree: ET.Element) -> Iterator[str]:
    """Drop-downs, conditions and formats refer to what is there and are as short as Excel takes them."""
    styles = package.tree("xl/styles.xml")
    formats, parts = styles.find(f"{MAIN}cellXfs"), styles.find(f"{MAIN}dxfs")
    assert formats is not None
    if any(int(cell.get("s", "0")) >= len(formats) for cell in tree.iter(f"{MAIN}c")):
        yield "a cell with a format that is not there"
    for rule in tree.iter(f"{MAIN}cfRule"):
        if rule.get("dxfId") and int(rule.get("dxfId", "0")) >= (0 if parts is None else len(parts)):
            yield "a conditional format that is not there"
        if any((formula.text or "").startswith("=") for formula in rule):
            yield "a condition that begins with ="
    for each in tree.iter(f"{MAIN}dataValidation"):
        for formula in each:
            if len(formula.text or "") > 257:
                yield "a drop-down or condition of more than 255 characters"
        for attribute, longest in (("error", 255), ("prompt", 255), ("errorTitle", 32), ("promptTitle", 32)):
            if len(each.get(attribute, "")) > longest:
                yield f"a validation whose {attribute} is too long"


def _links(package: Package, tree: ET.Element, relations: dict[str, tuple[str, str, bool]]) -> Iterator[str]:
    links = list(tree.iter(f"{MAIN}hyperlink"))
    if len(links) > 65_530:
        yield "more links than Excel takes"
    if len({link.get("ref") for link in links}) != len(links):
        yield "two links in one cell"
    sheets = {name for name, _ in _sheets(package)}
    for link in links:
        key = link.get(RELATION)
        if key is not None and key not in relations:
            yield f"a link at {link.get('ref')} that leads nowhere"
        where = re.fullmatch(r"'((?:[^']|'')+)'![A-Z]+\d+(:[A-Z]+\d+)?", link.get("location") or "")
        if key is None and (where is None or where[1].replace("''", "'") not in sheets):
            yield f"a link at {link.get('ref')} to no cell: {link.get('location')}"
    notes = [target for kind, target, _ in relations.values() if kind == "comments"]
    shapes = [target for kind, target, _ in relations.values() if kind == "vmlDrawing"]
    if notes:
        count = sum(1 for _ in package.tree(notes[0]).iter(f"{MAIN}comment"))
        if not shapes or package.parts[shapes[0]].count(b'ObjectType="Note"') != count:
            yield "notes without a shape each"
        if tree.find(f"{MAIN}legacyDrawing") is None:
            yield "notes that the sheet does not name"


def _box(text: str) -> Box:
    left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(text))
    return left, top, right, bottom


def _meet(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _letters(number: int) -> str:
    return (_letters((number - 1) // 26) if number > 26 else "") + chr(65 + (number - 1) % 26)


def _text(cell: ET.Element, strings: list[str]) -> str:
    if cell.get("t") == "s":
        return strings[int(cell.findtext(f"{MAIN}v", "0"))]
    return "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
