"""Parts put together: sheets, namespaces, styles."""

from __future__ import annotations

import pytest
from handmade_package import HEAD, MAIN, SHEET_TYPE, parts, sheet_xml, strings_xml, zipped

from reconcile.package import open_workbook

ONE = sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')


def write(path, members):
    path.write_bytes(zipped(members))
    return open_workbook(path)


def test_sheets_come_in_workbook_order_with_their_visibility(tmp_path):
    members = parts(
        {name: sheet_xml() for name in ("表紙", "様式&amp;1", "一覧", "計算")},
        states={"一覧": "hidden", "計算": "veryHidden"},
    )
    # The order of the members is not that of the sheets.
    workbook = write(tmp_path / "a.xlsx", dict(reversed(members.items())))
    assert [(sheet.name, sheet.visibility) for sheet in workbook.sheets] == [
        ("表紙", "visible"),
        ("様式&1", "visible"),
        ("一覧", "hidden"),
        ("計算", "veryHidden"),
    ]


@pytest.mark.parametrize("absolute", [False, True])
@pytest.mark.parametrize("strict", [False, True])
def test_namespaces_and_targets(read, strict, absolute):
    strings = strings_xml("<t>文字</t>", space=MAIN if not strict else "http://purl.oclc.org/ooxml/spreadsheetml/main")
    workbook = read(
        '<row r="1"><c r="A1" t="s" s="2"><v>0</v></c></row>', strings=strings, strict=strict, absolute=absolute
    )
    assert workbook.sheets[0].text == ["文字"]
    assert workbook.number_formats == ["General", "0%", '0"人"', '[$-411]ggge"年"m"月"d"日"']


def test_prefixed_namespaces(tmp_path):
    members = parts({"様式": ""}, strings=strings_xml("<t>文字</t>"))
    members["xl/worksheets/sheet1.xml"] = (
        f'{HEAD}<x:worksheet xmlns:x="{MAIN}" xmlns:y="urn:other"><x:sheetData><x:row r="1">'
        '<x:c r="A1" t="s"><x:v>0</x:v></x:c><y:c r="B1"><y:v>1</y:v></y:c></x:row></x:sheetData></x:worksheet>'
    )
    assert write(tmp_path / "a.xlsx", members).sheets[0].text == ["文字"]


def test_a_namespace_changed_within_the_rows(read, cells):
    rows = f'<row r="1"><c r="A1" xmlns="urn:other"><v>1</v></c><z:c xmlns:z="{MAIN}" r="B1"><z:v>2</z:v></z:c></row>'
    assert cells(read(rows).sheets[0]) == {(1, 2): ("n", "2", 0)}


def test_date_system(read):
    assert read("", workbook_properties='<workbookPr date1904="1"/>').date1904
    assert not read("", workbook_properties='<workbookPr date1904="0"/>').date1904
    assert not read("").date1904


def test_macros_are_named_and_the_bytes_decide_the_kind(tmp_path):
    members = parts({"様式": ONE}, strings=strings_xml("<t>x</t>"))
    assert not write(tmp_path / "a.xlsm", members).has_macros
    macro = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(SHEET_TYPE, macro)
    workbook = write(tmp_path / "b.xls", members)
    assert (workbook.kind, workbook.has_macros) == ("xlsm", True)


def test_chart_sheets_are_left_out(tmp_path):
    members = parts({"グラフ": ONE, "様式": sheet_xml()})
    rels = members["xl/_rels/workbook.xml.rels"]
    members["xl/_rels/workbook.xml.rels"] = rels.replace("/worksheet", "/chartsheet", 1)
    assert [sheet.name for sheet in write(tmp_path / "a.xlsx", members).sheets] == ["様式"]


@pytest.mark.parametrize("encoding", ["utf-16", "shift_jis", "utf-8-sig"])
def test_other_encodings(tmp_path, encoding, refusal):
    members = parts({"様式": ""})
    text = sheet_xml('<row r="1"><c r="A1" t="str"><v>文字</v></c></row>')
    declared = encoding.removesuffix("-sig").upper()
    members["xl/worksheets/sheet1.xml"] = text.replace("UTF-8", declared).encode(encoding)
    if encoding == "shift_jis":  # XML asks for UTF-8 and UTF-16 only
        assert refusal(zipped(members)).reason == "bad_xml"
    else:
        assert write(tmp_path / "a.xlsx", members).sheets[0].text == ["文字"]


def test_part_names_without_case_and_with_backslashes(tmp_path):
    members = {name.replace("xl/w", "XL\\W"): text for name, text in parts({"様式": sheet_xml()}).items()}
    assert len(write(tmp_path / "a.xlsx", members).sheets) == 1


PART = "xl/_rels/workbook.xml.rels"


def test_one_name_for_two_relationships(refusal):
    """A sheet would be read in the place of another."""
    members = parts({"前期": sheet_xml(), "後期": sheet_xml()})
    members[PART] = members[PART].replace('Id="rId2"', 'Id="rId1"')
    refused = refusal(zipped(members))
    assert (refused.reason, refused.data) == ("duplicate_part", {"part": PART, "found": "rId1"})


def test_a_relationship_written_twice_is_one(tmp_path):
    members = parts({"様式": sheet_xml()})
    start = members[PART].index("<Relationship Id")
    one = members[PART][start : members[PART].index("/>", start) + 2]
    members[PART] = members[PART].replace(one, one * 2)
    assert [sheet.name for sheet in write(tmp_path / "a.xlsx", members).sheets] == ["様式"]


def test_a_sheet_whose_relationship_is_lost(refusal):
    members = parts({"前期": sheet_xml(), "後期": sheet_xml()})
    members[PART] = members[PART].replace('Id="rId2"', 'Id="rId9"')
    refused = refusal(zipped(members))
    assert (refused.reason, refused.data) == ("missing_part", {"sheet": "後期"})
