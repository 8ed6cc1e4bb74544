"""The parts of a marked workbook stand as ECMA-376 (part 1, 18; part 2, 9 and 10) wants them."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from tests.annotate.corpus import CORPUS
from tests.annotate.test_marking import READABLE, marked_pair
from tests.annotate.unmarking import Unmarked, local

ORDERS = {
    "worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges "
    "scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
    "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties "
    "cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst",
    "workbook": "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
    "externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes "
    "webPublishing fileRecoveryPr webPublishObjects extLst",
    "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
    "comments": "authors commentList extLst",
    "font": "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme",
    "xf": "alignment protection extLst",
    "row": "c extLst",
    "comment": "text commentPr",
}
ORDER = {name: {child: n for n, child in enumerate(text.split())} for name, text in ORDERS.items()}
# A <font> may have its elements in any order in practice; ours are told as the schema lists them.
STRICT_IN_ADDED_ONLY = {"font"}
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def out_of_order(root: ET.Element, names: set[str]) -> list[tuple[str, list[str]]]:
    """The elements whose children do not stand in the order of the schema."""
    found = []
    for element in root.iter():
        name = local(element) if isinstance(element.tag, str) else ""
        if name in names and name in ORDER:
            children = [local(child) for child in element if isinstance(child.tag, str)]
            places = [ORDER[name][child] for child in children if child in ORDER[name]]
            if places != sorted(places):
                found.append((name, children))
    return found


@pytest.fixture(params=[*CORPUS, *READABLE[::25]], ids=lambda each: each if isinstance(each, str) else each.stem)
def unmarked(request: pytest.FixtureRequest) -> Unmarked:
    original, marked, _ = marked_pair(request.param)
    return Unmarked(original, marked)


def tree(found: Unmarked, name: str) -> ET.Element:
    return ET.fromstring(found.new[name])


def test_elements_stand_in_the_order_of_the_schema(unmarked: Unmarked) -> None:
    for name in [*unmarked.touched, *unmarked.added]:
        if name.endswith(".xml") and name != "[Content_Types].xml":
            names = set(ORDER) - (set() if name in unmarked.added else STRICT_IN_ADDED_ONLY)
            assert out_of_order(tree(unmarked, name), names) == [], name


def test_every_part_has_a_type_and_every_relationship_a_part(unmarked: Unmarked) -> None:
    types = tree(unmarked, "[Content_Types].xml")
    parts = [each.get("PartName", "") for each in types if local(each) == "Override"]
    assert len(parts) == len(set(parts))
    for name in unmarked.added:
        if not name.endswith(".rels"):
            assert f"/{name}" in parts
    for name in [each for each in unmarked.new if each.endswith(".rels")]:
        relations = list(tree(unmarked, name))
        ids = [each.get("Id") for each in relations]
        assert len(ids) == len(set(ids)), name
        for each in relations:
            target = each.get("Target", "")
            if each.get("TargetMode") != "External" and target.startswith("/"):
                assert target.lstrip("/") in unmarked.new, (name, target)


def test_counts_are_those_of_what_is_there(unmarked: Unmarked) -> None:
    name = next(each for each in unmarked.new if re.fullmatch(r"xl/styles\d*\.xml", each))
    for section in tree(unmarked, name):
        if local(section) in ("fonts", "fills", "borders", "cellXfs", "dxfs") and len(section):
            assert section.get("count") == str(len(section)), local(section)


def test_formats_refer_to_what_is_there(unmarked: Unmarked) -> None:
    name = next(each for each in unmarked.new if re.fullmatch(r"xl/styles\d*\.xml", each))
    sections = {local(section): section for section in tree(unmarked, name)}
    for xf in sections["cellXfs"]:
        for attribute, section in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
            if xf.get(attribute):
                assert int(xf.get(attribute, "0")) < len(sections[section])
    for part in [each for each in unmarked.new if unmarked.kind(each) == "sheet"]:
        styles = [int(cell.get("s", "0")) for cell in tree(unmarked, part).iter() if local(cell) == "c"]
        assert max(styles, default=0) < len(sections["cellXfs"])


def test_sheets_have_names_and_ids_of_their_own(unmarked: Unmarked) -> None:
    sheets = next(each for each in tree(unmarked, "xl/workbook.xml") if local(each) == "sheets")
    names = [each.get("name", "").lower() for each in sheets]
    ids = [each.get("sheetId") for each in sheets]
    assert len(set(names)) == len(names) == len(set(ids))


def test_local_names_belong_to_sheets_there_are(unmarked: Unmarked) -> None:
    book = tree(unmarked, "xl/workbook.xml")
    count = len(next(each for each in book if local(each) == "sheets"))
    names = [each for each in book.iter() if local(each) == "definedName"]
    assert all(0 <= int(each.get("localSheetId", "0")) < count for each in names)
    told = [(each.get("name"), each.get("localSheetId")) for each in names]
    assert len(told) == len(set(told))


def test_the_order_is_really_looked_at() -> None:
    wrong = ET.fromstring("<worksheet><sheetData/><cols/></worksheet>")
    assert out_of_order(wrong, set(ORDER)) == [("worksheet", ["sheetData", "cols"])]
