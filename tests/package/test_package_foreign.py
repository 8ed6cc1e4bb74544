"""Formats read in a child process, and encrypted files."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from reconcile.package import Limits, Range, Refused, foreign, open_workbook
from reconcile.package.calamine import entry, spelled
from tests.package.handmade_package import parts, sheet_xml, zipped

DATA = Path(__file__).parent / "data"
# Padded with what does not pack: the library that encrypts here writes small streams of a container wrongly.
PADDING = random.Random(3).randbytes(9000)
BOOK = zipped({**parts({"様式": sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')}), "docProps/thumbnail": PADDING})


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_workbook_of_another_format(kind, cells):
    workbook = open_workbook(DATA / f"foreign.{kind}")
    first, second = workbook.sheets
    found = cells(first)
    assert (workbook.kind, workbook.has_macros) == (kind, False)
    assert (first.name, first.visibility, second.name, second.visibility) == ("様式", "visible", "隠し", "hidden")
    assert found[3, 2] == ("s", "部署", 0)
    assert found[3, 3] == ("n", "2500", 0)
    assert found[3, 4] == ("n", "69.9", 0)
    assert found[4, 2] == ("d", "2024-03-31", 0)
    assert found[4, 4] == ("d", "2024-03-31T12:30:00", 0)
    kind_of_duration, days, style = found[4, 3]
    assert (kind_of_duration, days, workbook.number_formats[style]) == ("n", "1.5", "[h]:mm:ss")
    assert found[6, 1] == ("s", "合計", 0)
    if kind == "xls":  # OpenDocument has no type for what this file says of it
        assert found[3, 5] == ("b", "TRUE", 0)
        assert first.merged == [Range(6, 1, 7, 4)]


def record(number: int, data: bytes = b"") -> bytes:
    """A record of BIFF12 ([MS-XLSB] 2.1.4): type and length in groups of seven bits."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    return head + bytes([len(data)]) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb() -> bytes:
    members: dict[str, str | bytes] = dict(parts({"x": ""}, styles=None))
    types = members["[Content_Types].xml"]
    assert isinstance(types, str)
    start = types.index("application/vnd.openxmlformats-officedocument.spreadsheetml")
    binary = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    members["[Content_Types].xml"] = (types[:start] + binary + types[types.index('"', start) :]).replace(
        "workbook.xml", "workbook.bin"
    )
    for name in ("_rels/.rels", "xl/_rels/workbook.xml.rels"):
        text = members.pop(name)
        assert isinstance(text, str)
        members[name.replace("workbook.xml", "workbook.bin")] = text.replace("workbook.xml", "workbook.bin").replace(
            "sheet1.xml", "sheet1.bin"
        )
    del members["xl/workbook.xml"], members["xl/worksheets/sheet1.xml"]
    sheet = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("様式"))
    members["xl/workbook.bin"] = record(131) + record(143) + sheet + record(144) + record(132)
    row = record(0, struct.pack("<IIHHBI", 1, 0, 300, 0, 0, 0))
    number = record(5, struct.pack("<IId", 2, 0, 2500.0))
    text = record(6, struct.pack("<II", 3, 0) + wide("集計中"))
    dimension = record(148, struct.pack("<IIII", 1, 1, 2, 3))
    members["xl/worksheets/sheet1.bin"] = (
        record(129) + dimension + record(145) + row + number + text + record(146) + record(130)
    )
    return zipped(members)


def test_a_binary_workbook(tmp_path, cells):
    path = tmp_path / "a.xlsb"
    path.write_bytes(xlsb())
    workbook = open_workbook(path)
    assert (workbook.kind, workbook.sheets[0].name, workbook.has_macros) == ("xlsb", "様式", False)
    assert cells(workbook.sheets[0]) == {(2, 3): ("n", "2500", 0), (2, 4): ("s", "集計中", 0)}


@pytest.mark.parametrize(
    ("number", "text"), [(1.0, "1"), (0.1, "0.1"), (-3.0, "-3"), (7, "7"), (1e22, "1e+22"), (100000.0, "100000")]
)
def test_numbers_are_spelled_without_a_trailing_zero(number, text):
    assert spelled(number) == text


def test_true_is_no_number():
    assert entry(True) == ("b", "TRUE", 0)


def encrypted(password: str) -> bytes:
    output = io.BytesIO()
    OOXMLFile(io.BytesIO(BOOK)).encrypt(password, output)
    return output.getvalue()


def test_passwords(tmp_path, refusal):
    data = encrypted("ひみつ1")
    locked = refusal(data)
    assert (locked.code, locked.reason) == ("FIL002", "locked")
    wrong = refusal(data, passwords=["a", "b"])
    assert (wrong.code, wrong.reason, wrong.data) == ("FIL002", "wrong_password", {"found": 2})
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    workbook = open_workbook(path, passwords=["a", "ひみつ1"])
    assert (workbook.kind, workbook.sheets[0].text) == ("xlsx", ["1"])


def test_the_password_excel_itself_uses_is_tried(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(encrypted("VelvetSweatshop"))
    assert open_workbook(path).sheets[0].text == ["1"]


def test_limits_hold_behind_a_password(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(encrypted("VelvetSweatshop"))
    with pytest.raises(Refused) as caught:
        open_workbook(path, Limits(unpacked_bytes=100))
    assert caught.value.reason == "unpacked_size"


@pytest.mark.parametrize(
    ("stream", "looks"), [(b"WordDocument", "doc"), (b"PowerPoint Document", "ppt"), (b"Other", "ole")]
)
def test_other_ole_documents(refusal, stream, looks):
    data = (DATA / "foreign.xls").read_bytes()
    name = "Workbook".encode("utf-16-le") + bytes(48) + struct.pack("<H", 18)
    assert name in data
    text = stream.decode().encode("utf-16-le")
    refused = refusal(data.replace(name, text + bytes(64 - len(text)) + struct.pack("<H", len(text) + 2)))
    assert (refused.reason, refused.data["looks"]) == ("not_a_workbook", looks)


@pytest.mark.parametrize(("size", "reason"), [(8, "truncated"), (600, "truncated"), (3000, "foreign_unreadable")])
def test_a_truncated_xls(refusal, size, reason):
    assert refusal((DATA / "foreign.xls").read_bytes()[:size], "a.xls").reason == reason


def test_a_lone_cell_far_away_is_over_a_limit(refusal):
    """The library lays a sheet out as one rectangle; that must not take the machine with it."""
    with zipfile.ZipFile(io.BytesIO(xlsb())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    far = record(0, struct.pack("<IIHHBI", 1_048_575, 0, 300, 0, 0, 0)) + record(5, struct.pack("<IId", 16_383, 0, 1.0))
    sheet = members["xl/worksheets/sheet1.bin"]
    members["xl/worksheets/sheet1.bin"] = sheet.replace(record(146), far + record(146))
    assert refusal(zipped(members), "a.xlsb").reason == "memory"


def test_a_locked_ods(refusal):
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    data = zipped({"mimetype": mimetype, "content.xml": "x", "META-INF/manifest.xml": manifest})
    assert refusal(data, "a.ods").reason == "locked"
    assert refusal(zipped({"mimetype": mimetype, "content.xml": "x"}), "a.ods").reason == "foreign_unreadable"
    assert refusal(zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.ods").data["looks"] == "odf"


def child_that(monkeypatch, *, status=0, stdout=b"", stderr=b""):
    def run(command, **_):
        return subprocess.CompletedProcess(command, status, stdout, stderr)

    monkeypatch.setattr(foreign.subprocess, "run", run)


@pytest.mark.parametrize(
    ("status", "stderr", "reason"),
    [
        (-6, b"", "foreign_crashed"),
        (-11, b"", "foreign_crashed"),
        (-6, b"memory allocation of 9 bytes failed", "memory"),
        (1, b"MemoryError", "memory"),
        (0, b"", "foreign_crashed"),
    ],
)
def test_a_child_that_dies(monkeypatch, refusal, status, stderr, reason):
    child_that(monkeypatch, status=status, stderr=stderr)
    assert refusal(xlsb()).reason == reason


def test_a_child_that_hangs(monkeypatch, refusal):
    monkeypatch.setattr(foreign, "_START_SECONDS", 0.0)
    assert refusal(xlsb(), limits=Limits(seconds=0.001)).reason == "time"
