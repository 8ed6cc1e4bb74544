"""Whatever a return says stays text in the master, whole, and the file stays one that opens."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pytest

from reconcile.as_shown import AsShown
from reconcile.consolidate import Consolidated
from reconcile.facts import TEXT
from reconcile.findings import CellRef, Finding, identify
from reconcile.writing import facts_csv, findings_jsonl, master
from reconcile.writing.book import Book
from reconcile.writing.cells import WriteFault
from reconcile.writing.text import pieces, printable, sheet_name, units
from reconcile.writing.voice import Voice

# Every formula the master holds: sums, differences and references of our own making.
OURS = re.compile(r"=(-?(SUM|MAX)\([A-Z0-9:,]+\)|[-+]?('[^']+'!)?[A-Z]+\d+([-+]('[^']+'!)?[A-Z]+\d+)*|0)")
HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.com","押す")',
    "+1",
    "-1",
    "@SUM(A1)",
    "{=SUM(A1:A2)}",
    "http://example.com/x",
    "internal:Sheet1!A1",
    "external:c:\\a.xlsx",
    "mailto:a@example.com",
    "a\x00b\x07c\x1b[31m",
    "_x0041_ and _x000D_",
    "line\r\nline\rline\nline",
    "<b>&amp;</b> ]]> \ufffe\uffff",
    "half a pair \ud800 alone",
    "\u202eright to left",
    "𠮷野家 👨‍👩‍👧",
    "長い" * 20_000,
    "😀" * 17_000,
    "' leading quote",
    " spaces ",
]


@pytest.fixture(scope="module")
def attacked(clean: Consolidated) -> Consolidated:
    """The clean run with its first texts replaced, and a finding that quotes each of them."""
    facts = clean.facts
    names = list(np.flatnonzero(facts.slot.says("name") & facts.form.says("activity")).tolist())
    raw, state = list(facts.raw), facts.state.copy()
    findings = []
    for text, position in zip(HOSTILE, names, strict=False):
        raw[position] = text
        state[position] = TEXT
        ref = facts.ref(position)
        hostile = CellRef(ref.file, text[:40], ref.row, ref.column)
        findings.append(
            Finding(
                "FLD008",
                ref,
                department=text[:40],
                form="activity",
                record=str(facts.record[position]),
                field="name",
                found=text,
                expected=text,
                data={"longest": 200, "length": len(text), "cell": hostile},
            )
        )
    changed = replace(facts, raw=AsShown.of(raw, facts.figures), state=state)
    return replace(clean, facts=changed, findings=tuple(identify(findings, clean.pack.name)))


@pytest.fixture(scope="module")
def book(attacked: Consolidated, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "m.xlsx"
    links = {s.file: '../x"#!|cmd' for s in attacked.submissions}
    master.write(path, attacked, Voice(attacked.pack, "ja"), links)
    return path


def test_every_part_is_xml_that_can_be_read(book: Path) -> None:
    with zipfile.ZipFile(book) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(package.read(name))


def test_no_text_became_a_formula_or_a_link_of_its_own(book: Path) -> None:
    seen = openpyxl.load_workbook(book)
    for sheet in seen:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert OURS.fullmatch(str(cell.value))
                if cell.hyperlink is not None:
                    assert cell.hyperlink.target is None  # nothing leads out of the workbook


def test_short_texts_stand_as_typed(book: Path) -> None:
    seen = openpyxl.load_workbook(book)["様式1"]
    texts = {cell.value for cell in seen["B"] if cell.data_type == "s"}
    for text in ("=1+1", "@SUM(A1)", "{=SUM(A1:A2)}", "http://example.com/x", "𠮷野家 👨‍👩‍👧", "' leading quote"):
        assert text in texts


def test_control_characters_are_shown_not_dropped(book: Path) -> None:
    seen = openpyxl.load_workbook(book)["様式1"]
    texts = {cell.value for cell in seen["B"] if cell.data_type == "s"}
    assert "a␀b␇c␛[31m" in texts
    assert "line\nline\nline\nline" in texts


@pytest.mark.parametrize("text", [text for text in HOSTILE if len(text) > 10_000], ids=["wide", "pairs"])
def test_a_text_too_long_for_a_cell_goes_on_elsewhere(book: Path, text: str) -> None:
    seen = openpyxl.load_workbook(book)
    rest: dict[int, str] = {}
    for number, _, piece in seen["長文"].iter_rows(values_only=True):
        rest[number] = rest.get(number, "") + piece
    ((number, *_),) = [(n, t) for n, t in rest.items() if t == text and "様式1!" in _origin(seen, n)]
    cell = next(c.value for c in seen["様式1"]["B"] if isinstance(c.value, str) and c.value.startswith(text[:100]))
    assert cell.endswith(f"……（続きはシート「長文」の番号 {number}）")
    assert units(cell) <= 32_767


def _origin(book: openpyxl.Workbook, number: int) -> str:
    return next(str(where) for n, where, _ in book["長文"].iter_rows(values_only=True) if n == number)


def test_jsonl_and_csv_take_them_too(attacked: Consolidated, tmp_path: Path) -> None:
    findings_jsonl.write(tmp_path / "f.jsonl", attacked.findings, Voice(attacked.pack, "ja"))
    facts_csv.write(tmp_path / "f.csv", attacked)
    assert (tmp_path / "f.jsonl").read_bytes().count(b"\n") == len(attacked.findings)


def test_what_xlsxwriter_leaves_out_does_not_go_unnoticed(tmp_path: Path) -> None:
    sheet = Book(tmp_path / "m.xlsx", "t", "long", "…").sheet("a")
    with pytest.raises(WriteFault):
        sheet.number(1_048_577, 1, 1)
    with pytest.raises(WriteFault):
        sheet.text(1, 16_385, "a")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("様式1", "様式1"),
        ("a/b:c*?[d]\\", "a_b_c___d__"),
        ("'x'", "x"),
        ("", "_"),
        ("History", "History_"),
        ("あ" * 40, "あ" * 31),
        ("Data", "Data 2"),
    ],
)
def test_names_of_sheets(wanted: str, expected: str) -> None:
    assert sheet_name(wanted, {"data"}) == expected


def test_a_figure_of_more_digits_than_excel_keeps_is_written_whole(tmp_path: Path) -> None:
    book = Book(tmp_path / "m.xlsx", "t", "long", "…")
    sheet = book.sheet("a")
    assert sheet.number(1, 1, 123_456_789_012_345)
    assert not sheet.number(2, 1, 1_234_567_890_123_456)
    book.close()
    seen = openpyxl.load_workbook(tmp_path / "m.xlsx")["a"]
    assert [seen["A1"].value, seen["A2"].value] == [123_456_789_012_345, "1,234,567,890,123,456"]


def test_pieces_never_part_a_pair() -> None:
    text = "a" + "😀" * 5
    parts = pieces(text, 4)
    assert "".join(parts) == text
    assert [units(part) for part in parts] == [3, 4, 4]
    assert printable("a\x7fb\tc") == "a␡b\tc"
