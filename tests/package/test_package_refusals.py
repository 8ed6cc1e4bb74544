"""Every reason a file is refused for, and nothing but a refusal for any file."""

from __future__ import annotations

import io
import pickle
import zipfile

import pytest
from handmade_package import parts, sheet_xml, strings_xml, zipped

from reconcile.package import CODES, Limits, Refused, open_workbook

BOOK = zipped(parts({"様式": sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')}))


def book(rows="", **options):
    around = {name: options.pop(name) for name in ("before", "after") if name in options}
    return zipped(parts({"様式": sheet_xml(rows, **around)}, **options))


def changed(name, text):
    return zipped(parts({"様式": sheet_xml()}, strings=strings_xml("<t>x</t>")) | {name: text})


def without(name):
    members = parts({"様式": sheet_xml()})
    del members[name]
    return zipped(members)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (bytes(5000), "only_zeros"),
        (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(68), "shortcut"),
        (b"[InternetShortcut]\r\nURL=file://x", "shortcut"),
        ("部署,件数\n教育,3\n".encode("cp932"), "csv_named_excel"),
        ("部署\t件数\n".encode("utf-16"), "csv_named_excel"),
        ("\ufeff部署,件数".encode(), "csv_named_excel"),
        ("ただの文".encode(), "text_named_excel"),
        (b"\r\n <!DOCTYPE html><html>", "html_named_excel"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="x">', "html_named_excel"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "html_named_excel"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "xml_named_excel"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "old_excel"),
        (b"%PDF-1.7\n", "not_a_workbook"),
        (b"\x89PNG\r\n\x1a\n", "not_a_workbook"),
        (bytes(range(256)), "not_a_workbook"),
        (BOOK[: len(BOOK) // 2], "truncated"),
        (b"PK\x03\x04", "truncated"),
        (BOOK[:-30] + bytes(30), "truncated"),
        (BOOK.replace(b"PK\x01\x02", b"PK\x01\x00"), "damaged_zip"),
        (zipped({"報告.xlsx": BOOK}), "not_a_workbook"),
        (zipped({}), "not_a_workbook"),
        (without("_rels/.rels"), "not_a_workbook"),
        (without("[Content_Types].xml"), "not_a_workbook"),
        (without("xl/worksheets/sheet1.xml"), "missing_part"),
        (without("xl/workbook.xml"), "missing_part"),
        (without("xl/_rels/workbook.xml.rels"), "missing_part"),
        (changed("XL/workbook.xml", "<x/>"), "duplicate_part"),
        (changed("xl/workbook.xml", "<x/>"), "not_a_workbook"),
        (changed("xl/worksheets/sheet1.xml", "<x/>"), "bad_xml"),
        (changed("xl/worksheets/sheet1.xml", ""), "bad_xml"),
        (changed("xl/worksheets/sheet1.xml", sheet_xml("<row>")), "bad_xml"),
        (changed("xl/sharedStrings.xml", "<sst"), "bad_xml"),
        (changed("xl/styles.xml", "\x01"), "bad_xml"),
        (zipped(parts({})), "no_sheets"),
    ],
)
def test_reasons(refusal, data, reason):
    refused = refusal(data)
    assert (refused.reason, refused.code) == (reason, CODES[reason])


@pytest.mark.parametrize(
    ("data", "looks"),
    [
        (b"%PDF-1.7", "pdf"),
        (zipped({"a.txt": "a"}), "zip"),
        (bytes(range(256)), "unknown"),
        (b"\xff\xd8\xff\xe0", "image"),
    ],
)
def test_what_it_looks_like(refusal, data, looks):
    assert refusal(data).data["looks"] == looks


@pytest.mark.parametrize(
    ("kind", "looks"),
    [
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "docx"),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "pptx"),
        ("application/vnd.ms-visio.drawing.main+xml", "package"),
    ],
)
def test_other_office_documents(refusal, kind, looks):
    members = parts({"様式": sheet_xml()})
    types = members["[Content_Types].xml"]
    start = types.index('workbook.xml" ContentType="') + len('workbook.xml" ContentType="')
    members["[Content_Types].xml"] = types[:start] + kind + types[types.index('"', start) :]
    refused = refusal(zipped(members))
    assert (refused.reason, refused.data["looks"]) == ("not_a_workbook", looks)


@pytest.mark.parametrize(
    "part",
    [
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
    ],
)
def test_document_types_are_refused_in_every_part(refusal, part):
    members = parts({"様式": sheet_xml()}, strings=strings_xml("<t>x</t>"))
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    members[part] = members[part].replace("?>\n", "?>\n" + laughs)
    refused = refusal(zipped(members))
    assert (refused.reason, refused.data["part"]) == ("doctype", part)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>', "bad_reference"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "bad_reference"),
        ('<row r="1"><c r="A99999999"><v>1</v></c></row>', "bad_reference"),
        ('<row r="1"><c r="A1048577"><v>1</v></c></row>', "bad_reference"),
        ('<row r="1"><c r="A0"><v>1</v></c></row>', "bad_reference"),
        ('<row r="1"><c r=""><v>1</v></c></row>', "bad_reference"),
        ('<row r="1"><c r="XFD1"/><c><v>1</v></c></row>', "bad_reference"),
        ('<row r="1048577"/>', "bad_reference"),
        ('<row r="1048576"/><row/>', "bad_reference"),
        ('<row r="0"/>', "bad_reference"),
        ('<row r="１"/>', "bad_reference"),
        ('<row r="1"><c r="A1" s="4"><v>1</v></c></row>', "bad_style"),
        ('<row r="1"><c r="A1" s="-1"><v>1</v></c></row>', "bad_style"),
        ('<row r="1"><c r="A1" s="99999999999999999999"><v>1</v></c></row>', "bad_style"),
        ('<row r="1"><c r="A1" t="x"><v>1</v></c></row>', "bad_cell_type"),
        ('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', "bad_shared_string"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "bad_shared_string"),
        ('<row r="1"><c r="A1" t="s"><v>x</v></c></row>', "bad_shared_string"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "duplicate_cell"),
        (
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"/><row r="1"><c r="A1"><v>2</v></c></row>',
            "duplicate_cell",
        ),
        ('<row r="1"><c r="A1"><v>1</c></row>', "bad_xml"),
        ('<row r="1"><c r="A1"><v>&nbsp;</v></c></row>', "bad_xml"),
        ('<row r="1"><c r="A1"><v>\x02</v></c></row>', "bad_xml"),
        ('<row r="1"><c r="A1" r="B1"><v>1</v></c></row>', "bad_xml"),
        ('<row r="1"><c r="A1"><v>&#0;</v></c></row>', "bad_xml"),
        ('<row r="1"><c r="A1" u:s="1"><v>1</v></c></row>', "bad_xml"),
        ('<row r="1" u:s="1"/>', "bad_xml"),
        ('<row r="1"><c r="A1" t="str"><v>]]></v></c></row>', "bad_xml"),
        ('<row r="1"><c r="A1" t="str"><v>\ufffe</v></c></row>', "bad_xml"),
        ('<row r="1"></row></row>', "bad_xml"),
    ],
)
def test_damaged_sheets(refusal, rows, reason):
    assert refusal(book(rows)).reason == reason


@pytest.mark.parametrize("reference", ["A0:B1", "A1:B", "", "A1:B2:C3", "AAAA1", "A1:B9999999"])
def test_bad_merged_ranges(refusal, reference):
    after = f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'
    assert refusal(book(after=after)).reason == "bad_reference"


@pytest.mark.parametrize(
    "columns", ['min="0" max="1"', 'min="1" max="16385"', 'min="5" max="2"', 'max="3"', 'min="x" max="1"']
)
def test_bad_hidden_columns(refusal, columns):
    assert refusal(book(before=f'<cols><col {columns} hidden="1"/></cols>')).reason == "bad_reference"


def test_a_part_that_does_not_match_its_checksum(refusal):
    data = bytearray(zipped(parts({"様式": sheet_xml()}) | {"x": "y" * 40}))
    at = data.index(b"xl/workbook.xml") + len("xl/workbook.xml") + 5
    data[at] ^= 0xFF
    assert refusal(bytes(data)).reason == "damaged_part"


def test_encrypted_and_oddly_compressed_members(refusal):
    data = bytearray(BOOK)
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    data[at + 8] |= 1
    assert refusal(bytes(data)).reason == "encrypted_zip"
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_LZMA) as archive:
        for name, text in parts({"様式": sheet_xml()}).items():
            archive.writestr(name, text)
    assert refusal(output.getvalue()).reason == "compression"


def test_paths_that_are_no_file(tmp_path):
    for path in (tmp_path, tmp_path / "nothing.xlsx", tmp_path / "nul\0.xlsx"):
        with pytest.raises(Refused) as caught:
            open_workbook(path)
        assert caught.value.reason == "unreadable"


def test_the_owner_file_excel_leaves(refusal):
    assert refusal(b"\x06user" + b" " * 160, name="~$return.xlsx").reason == "lock_file"


ROWS = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 101))


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(file_bytes=100), "file_size"),
        (Limits(unpacked_bytes=1000), "unpacked_size"),
        (Limits(members=3), "members"),
        (Limits(cells=99), "cells"),
        (Limits(memory_bytes=2000), "memory"),
        (Limits(seconds=-1.0), "time"),
        (Limits(sheets=0), "sheets"),
    ],
)
def test_limits(refusal, limits, reason):
    refused = refusal(book(ROWS), limits=limits)
    assert (refused.reason, refused.code) == (reason, "FIL011")


def test_limits_not_reached(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(ROWS))
    assert len(open_workbook(path, Limits(cells=100, sheets=1, members=7)).sheets[0]) == 100


def test_a_bomb(refusal):
    assert refusal(book(before=" " * 3_000_000)).reason == "ratio"


def test_a_size_that_lies(refusal):
    """The directory says 10 bytes; what comes out is checked against what was said, not believed."""
    data = bytearray(book(ROWS))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert refusal(bytes(data)).reason in ("damaged_part", "bad_xml")


def test_a_million_styled_empty_rows(tmp_path):
    rows = "".join(f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/></row>' for row in range(1, 1048577))
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(rows))
    assert len(open_workbook(path).sheets[0]) == 0


def test_a_million_hidden_rows_are_one_range(tmp_path):
    rows = "".join(f'<row r="{row}" hidden="1"/>' for row in range(1, 1048577))
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(rows))
    assert open_workbook(path).sheets[0].hidden_rows.spans == [(1, 1048576)]


def test_deep_nesting_is_survived(tmp_path):
    deep = "<x>" * 100_000 + "</x>" * 100_000
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(after=deep))
    assert len(open_workbook(path).sheets) == 1


def test_a_refusal_crosses_process_borders():
    refused = pickle.loads(pickle.dumps(Refused("ratio", part="a", limit=200)))
    assert (refused.code, refused.reason, refused.data) == ("FIL011", "ratio", {"part": "a", "limit": 200})
