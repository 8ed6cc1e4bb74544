"""Damaged files of every sort end in a workbook or a refusal."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from handmade_package import parts, sheet_xml, strings_xml, zipped

from reconcile.package import Limits, Refused, Workbook, open_workbook

ROWS = (
    '<row r="1" spans="1:3" ht="15"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"><v>12.5</v></c>'
    '<c r="C1" t="b"><v>1</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>文字&amp;</t></is></c>'
    '<c r="B2"><f>SUM(B1:B1)</f><v>12.5</v></c><c r="C2" t="e"><v>#N/A</v></c></row>'
)
# Small limits: a mutant that grows is refused before it costs time.
LIMITS = Limits(seconds=5.0, cells=100_000, memory_bytes=200_000_000)


def handmade() -> bytes:
    after = '<mergeCells count="1"><mergeCell ref="A3:B4"/></mergeCells>'
    sheet = sheet_xml(ROWS, before='<cols><col min="2" max="2" hidden="1"/></cols>', after=after)
    return zipped(parts({"様式": sheet}, strings=strings_xml("<t>部署</t>")))


def by_openpyxl() -> bytes:
    book, output = openpyxl.Workbook(), io.BytesIO()
    book.active["B2"] = "様式"
    book.active["C3"] = 0.8
    book.save(output)
    return output.getvalue()


def by_xlsxwriter() -> bytes:
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output)
    book.add_worksheet().write_string(0, 0, "様式")
    book.close()
    return output.getvalue()


def outcome(path: Path) -> str:
    try:
        workbook = open_workbook(path, LIMITS)
    except Refused as refused:
        return refused.reason
    assert isinstance(workbook, Workbook)
    for sheet in workbook.sheets:
        lengths = {len(sheet.row), len(sheet.column), len(sheet.kind), len(sheet.text), len(sheet.style)}
        assert len(lengths) == 1
        assert all(1 <= row <= 1048576 for row in sheet.row)
        assert all(1 <= column <= 16384 for column in sheet.column)
        assert set(sheet.kind) <= {"n", "s", "b", "e", "d", ""}
        assert all(style < len(workbook.number_formats) for style in sheet.style)
        assert all(0 <= entry < len(sheet.row) for entry in sheet.formulas)
    return "read"


def mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(changed))
        match chance.randrange(5):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                changed[at] ^= 1 << chance.randrange(8)
            case 2:
                del changed[at : at + chance.randrange(1, 30)]
            case 3:
                changed[at:at] = chance.choice(
                    (b"<", b">", b"&", b'"', b"]]>", b"\0", b"<!--", b"<c>", b"9" * 12, b"\xff")
                )
            case _:
                end = chance.randrange(at, min(len(changed), at + 60) + 1)
                changed[at:at] = changed[at:end]
        if not changed:
            return b"P"
    return bytes(changed)


@pytest.mark.parametrize("make", [handmade, by_openpyxl, by_xlsxwriter])
def test_mutants_of_the_zip(tmp_path, make):
    chance, data, path = random.Random(7), make(), tmp_path / "mutant.xlsx"
    outcomes = set()
    for _ in range(150):
        path.write_bytes(mutated(data, chance))
        outcomes.add(outcome(path))
    assert len(outcomes) > 2


@pytest.mark.parametrize("make", [handmade, by_openpyxl, by_xlsxwriter])
def test_mutants_of_the_parts(tmp_path, make):
    chance, path = random.Random(11), tmp_path / "mutant.xlsx"
    with zipfile.ZipFile(io.BytesIO(make())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    names = [name for name in members if not name.startswith("docProps")]
    outcomes = set()
    for _ in range(300):
        name = chance.choice(names)
        path.write_bytes(zipped(members | {name: mutated(members[name], chance)}))
        outcomes.add(outcome(path))
    assert {"read", "bad_xml"} < outcomes


def test_every_truncation(tmp_path):
    data, path = handmade(), tmp_path / "mutant.xlsx"
    for size in range(0, len(data) - 1, 17):
        path.write_bytes(data[:size])
        assert outcome(path) in ("truncated", "empty", "damaged_zip", "text_named_excel", "csv_named_excel")
