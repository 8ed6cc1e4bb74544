"""A marked workbook: nothing of the original is lost, and the marks are where they belong."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from reconcile.annotate import LEVELS, Asking, CannotMark, Heading, Line, Listing, Mark, mark
from reconcile.annotate.front_sheet import front_sheet
from reconcile.annotate.styles_part import Styles
from reconcile.package import Workbook, open_workbook
from tests.annotate.corpus import CORPUS, ROWS, handmade
from tests.annotate.unmarking import Unmarked, members, packed
from tests.package.handmade_package import parts, sheet_xml, zipped

# A sample that cannot be read cannot be marked either; that it is not is tested where it is said so.
SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*/returns*/*.xlsx"))
READABLE = [path for path in SAMPLES if zipfile.is_zipfile(path)]
HOSTILE = "=cmd|' /C calc'!A0 <script>&amp; _x0041_ \x0b ]]> \"'"
ASKING = Asking(
    ("修正した", "このままで正しい"), "このままで正しい", "対応", "選ぶ", "選んでください", "理由", "理由を", ("OK",)
)
HEADINGS = (
    Heading("番号", 6, "center"),
    Heading("区分", 8, "level"),
    Heading("場所", 14, "place"),
    Heading("内容", 60),
    Heading("対応", 14, "choice"),
    Heading("理由", 20, "reason"),
    Heading("記入日", 12, "date"),
    Heading("ID", 12, "hidden"),
)


def listing(marks: list[Mark], name: str = "指摘一覧") -> Listing:
    lines = [
        Line((str(n), "エラー", f"{m.sheet}!", m.note, "", "", "", "abc"), m.level, 30.0, (m.sheet, m.row, m.column))
        for n, m in enumerate(marks, start=1)
    ]
    return Listing(name, "題", ("説明",), HEADINGS, tuple(lines), ASKING)


def read(data: bytes, folder: Path, name: str = "book.xlsx") -> Workbook:
    path = folder / name
    path.write_bytes(data)
    return open_workbook(path)


def some_cells(book: Workbook) -> list[Mark]:
    """Cells that are there, cells missing in rows that are there, rows that are not: on every sheet."""
    levels = cycle(LEVELS)
    found = []
    for sheet in book.sheets:
        places = {*list(zip(sheet.row, sheet.column, strict=True))[::3], (1, 1), (3, 2), (60, 12), (61, 1)}
        places |= {(row, column + 1) for row, column in list(zip(sheet.row, sheet.column, strict=True))[::7]}
        places |= {(row + 1, 3) for row in sheet.row[:1]}
        found += [Mark(sheet.name, r, c, next(levels), f"{HOSTILE} {r}") for r, c in sorted(places)]
    return found


def content(book: Workbook, sheet: int) -> list[tuple[object, ...]]:
    """Values with their kinds, number formats and formulas."""
    given = book.sheets[sheet]
    return [
        (given.row[n], given.column[n], given.kind[n], given.text[n], book.number_formats[given.style[n]],
         given.formulas.get(n))
        for n in range(len(given.row))
    ]  # fmt: skip


@cache
def marked_pair(which: str | Path) -> tuple[bytes, bytes, list[Mark]]:
    """A workbook, the same marked, and its marks."""
    original = CORPUS[which]() if isinstance(which, str) else which.read_bytes()
    with TemporaryDirectory() as folder:
        marks = some_cells(read(original, Path(folder)))
    return original, mark(original, marks, listing(marks)), marks


@pytest.fixture(params=[*CORPUS, *READABLE], ids=lambda each: each if isinstance(each, str) else each.stem)
def pair(request: pytest.FixtureRequest) -> tuple[bytes, bytes, list[Mark]]:
    return marked_pair(request.param)


def cells_of(area: CellRange) -> set[tuple[int, int]]:
    return {place for line in area.rows for place in line}


def in_merged(sheet: Worksheet, cell: Cell) -> bool:
    return any(cell.coordinate in area for area in sheet.merged_cells.ranges)


class TestEveryWorkbook:
    def test_parts_that_need_not_change_are_the_same_packed_bytes(self, pair: tuple[bytes, bytes, list[Mark]]) -> None:
        original, marked, _ = pair
        unmarked = Unmarked(original, marked)
        assert all(unmarked.kind(name) for name in unmarked.touched), unmarked.touched
        before, after = packed(original), packed(marked)
        assert list(after)[: len(before)] == list(before)
        assert [n for n in before if n not in unmarked.touched and before[n] != after[n]] == []

    def test_taking_the_marks_out_gives_the_original(self, pair: tuple[bytes, bytes, list[Mark]]) -> None:
        Unmarked(*pair[:2]).check()

    def test_values_formulas_and_results_are_the_same(
        self, pair: tuple[bytes, bytes, list[Mark]], tmp_path: Path
    ) -> None:
        original, marked, _ = pair
        old, new = read(original, tmp_path), read(marked, tmp_path)
        assert [s.name for s in new.sheets[1:]] == [s.name for s in old.sheets]
        assert [s.visibility for s in new.sheets[1:]] == [s.visibility for s in old.sheets]
        assert [s.merged for s in new.sheets[1:]] == [s.merged for s in old.sheets]
        for number in range(len(old.sheets)):
            assert content(new, number + 1) == content(old, number)

    def test_the_same_input_gives_the_same_bytes(self, pair: tuple[bytes, bytes, list[Mark]]) -> None:
        original, marked, marks = pair
        assert mark(original, marks, listing(marks)) == marked

    def test_marking_a_marked_copy_works_as_well(self, pair: tuple[bytes, bytes, list[Mark]], tmp_path: Path) -> None:
        _, marked, marks = pair
        again = mark(marked, marks, listing(marks))
        Unmarked(marked, again).check()
        assert [s.name for s in read(again, tmp_path).sheets][:2] == ["指摘一覧 2", "指摘一覧"]


# openpyxl reads no Strict workbooks, and takes its time over the others.
SEEN = [*(name for name in CORPUS if name != "strict"), *READABLE[::30]]


@pytest.fixture(params=SEEN, ids=lambda each: each if isinstance(each, str) else each.stem)
def seen(request: pytest.FixtureRequest) -> tuple[bytes, bytes, list[Mark]]:
    return marked_pair(request.param)


class TestAsOpenpyxlSeesIt:
    def test_every_mark_is_a_colour_and_a_note(self, seen: tuple[bytes, bytes, list[Mark]]) -> None:
        original, marked, marks = seen
        book = openpyxl.load_workbook(io.BytesIO(marked))
        old = openpyxl.load_workbook(io.BytesIO(original))
        complete = b"<fonts" in members(original).get("xl/styles.xml", b"")  # else openpyxl has fonts of its own
        colours = {"error": "FFF8CBCB", "warning": "FFFFE9A8", "info": "FFDDEBF7"}
        wanted = {(m.sheet, m.row, m.column): m for m in marks}
        for (sheet, row, column), each in wanted.items():
            cell, was = book[sheet].cell(row, column), old[sheet].cell(row, column)
            if isinstance(cell, MergedCell):  # what is meant is its first cell
                area = next(r for r in book[sheet].merged_cells.ranges if (row, column) in cells_of(r))
                assert "calc" in book[sheet].cell(area.min_row, area.min_col).comment.text
                continue
            assert cell.fill.fgColor.rgb in (
                {colours[each.level]} if not in_merged(book[sheet], cell) else colours.values()
            )
            assert cell.comment is not None
            threaded = was.comment is not None and was.comment.author.startswith("tc=")
            assert ("calc" in cell.comment.text) != threaded
            if was.comment is not None:
                assert cell.comment.text.startswith(was.comment.text)
            if not complete:
                continue
            for own in ("name", "b", "i", "sz", "u"):
                assert getattr(cell.font, own) == getattr(was.font, own)
            for own in ("alignment", "number_format", "protection"):
                assert repr(getattr(cell, own)) == repr(getattr(was, own))
            # openpyxl draws the borders of merged cells itself.
            assert repr(cell.border) == repr(was.border) or in_merged(book[sheet], cell)
        for sheet in old.worksheets:
            merged = {place for area in sheet.merged_cells.ranges for place in cells_of(area)}
            rest = {(c.row, c.column): c for line in sheet.iter_rows() for c in line}
            for place in rest.keys() - merged - {(m.row, m.column) for m in marks if m.sheet == sheet.title}:
                now, was = book[sheet.title].cell(*place).fill, rest[place].fill
                assert (now.fill_type, now.fgColor.rgb) == (was.fill_type, was.fgColor.rgb)

    def test_it_opens_on_the_list_alone(self, seen: tuple[bytes, bytes, list[Mark]]) -> None:
        _, marked, marks = seen
        book = openpyxl.load_workbook(io.BytesIO(marked))
        assert book.sheetnames[0] == "指摘一覧"
        assert book.active == book.worksheets[0]
        assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == ["指摘一覧"]
        assert not any(view.tabSelected for s in book.chartsheets for view in s.sheetViews.sheetView)
        front = book.worksheets[0]
        first = 5
        assert front.cell(first, 4).value is not None
        assert front.cell(first, 4).data_type in ("s", "inlineStr")
        links = {link.ref: link.location for link in (c.hyperlink for r in front.iter_rows() for c in r) if link}
        quoted = marks[0].sheet.replace("'", "''")
        assert links["C5"] == f"'{quoted}'!{openpyxl.utils.get_column_letter(marks[0].column)}{marks[0].row}"
        assert len(links) == len(marks)
        assert {v.type for v in front.data_validations.dataValidation} == {"list", "custom"}

    def test_local_names_stay_with_their_sheets(self, seen: tuple[bytes, bytes, list[Mark]]) -> None:
        original, marked, _ = seen
        old, new = openpyxl.load_workbook(io.BytesIO(original)), openpyxl.load_workbook(io.BytesIO(marked))
        for sheet in old.worksheets:
            now = new[sheet.title]
            assert {k: v.attr_text for k, v in now.defined_names.items()} == {
                k: v.attr_text for k, v in sheet.defined_names.items()
            }
            assert (now.print_title_rows, now.print_area) == (sheet.print_title_rows, sheet.print_area)
        assert set(new.defined_names) == set(old.defined_names)


def test_without_marks_only_the_list_is_added() -> None:
    original = CORPUS["drawn"]()
    unmarked = Unmarked(original, mark(original, [], listing([])))
    assert len(unmarked.added) == 1
    selected = ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"]
    always = ["[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml"]
    assert sorted(unmarked.touched) == sorted(always + selected)
    unmarked.check()


def test_a_hostile_text_stays_a_text(tmp_path: Path) -> None:
    marks = [Mark("様式", 2, 1, "error", HOSTILE)]
    marked = mark(handmade(), marks, listing(marks))
    sheet = read(marked, tmp_path).sheets[0]
    assert sheet.formulas == {}
    assert HOSTILE.replace("\x0b", "\ufffd") in sheet.text


def test_the_worst_of_several_findings_colours_the_cell() -> None:
    marks = [Mark("様式", 2, 1, level, level) for level in ("info", "error", "warning")]
    book = openpyxl.load_workbook(io.BytesIO(mark(handmade(), marks, listing(marks))))
    cell = book["様式"]["A2"]
    assert cell.fill.fgColor.rgb == "FFF8CBCB"
    assert cell.comment.text == "info\n\nerror\n\nwarning"


def test_white_letters_do_not_vanish_on_the_fill() -> None:
    original = CORPUS["rich"]()
    name = openpyxl.load_workbook(io.BytesIO(original)).sheetnames[0]
    marks = [Mark(name, 1, 2, "error", "見出し")]
    cell = openpyxl.load_workbook(io.BytesIO(mark(original, marks, listing(marks))))[name]["B1"]
    assert cell.font.color.rgb == "FF000000"
    assert (cell.font.name, cell.font.b) == ("メイリオ", True)


def test_shapes_of_notes_have_ids_of_their_own() -> None:
    import re

    original = CORPUS["as Excel leaves it"]()
    marks = [Mark(sheet, row, 1, "error", "x") for sheet in ("様式", "二") for row in (1, 2, 3, 4)]
    found = members(mark(original, marks, listing(marks)))
    ids = [i for name, raw in found.items() if name.endswith(".vml") for i in re.findall(rb'id="(_x0000_s\d+)"', raw)]
    assert len(ids) == len(set(ids)) == 1 + 3 + 4  # one was there; A2 has a conversation and keeps it


@pytest.mark.parametrize("name", ["as Excel leaves it", "drawn"])
def test_ids_of_many_notes_are_of_blocks_that_their_drawing_names(name: str) -> None:
    import re

    original = CORPUS[name]()
    sheets = openpyxl.load_workbook(io.BytesIO(original)).sheetnames[:2]
    marks = [Mark(sheet, row, 1, "error", "x") for sheet in sheets for row in range(1, 2500)]
    found = members(mark(original, marks, listing([])))
    ids: list[int] = []
    for raw in (raw for name, raw in found.items() if name.endswith(".vml")):
        (named,) = re.findall(rb'<o:idmap v:ext="edit" data="([\d,]+)"', raw)
        own = [int(number) for number in re.findall(rb' id="_x0000_s(\d+)"', raw)]
        assert {number // 1024 for number in own} <= set(map(int, named.split(b",")))
        assert all(number % 1024 for number in own)  # the first of a block is the drawing's
        ids += own
    assert len(ids) == len(set(ids)) > 4900


def test_a_mark_on_a_sheet_that_is_not_there_is_left_out() -> None:
    marks = [Mark("どこにもない", 1, 1, "error", "x")]
    Unmarked(handmade(), mark(handmade(), marks, listing([]))).check()


REFUSED = {
    "no zip": b"PK\x03\x04 nothing",
    "no workbook": zipped({"[Content_Types].xml": "<Types/>"}),
    "bad XML": zipped(parts({"様式": "<worksheet><sheetData></worksheet>"})),
    "no sheet data": zipped(parts({"様式": sheet_xml().replace("sheetData", "other")})),
    "a document type": zipped(parts({"様式": "<!DOCTYPE a [<!ENTITY b 'c'>]>" + sheet_xml(ROWS)[56:]})),
    "rows out of order": zipped(parts({"様式": sheet_xml('<row r="5"/><row r="2"/>')})),
    "styles of nothing": zipped(parts({"様式": sheet_xml('<row r="3"><c r="A3" s="77"/></row>')})),
    "a number that is none": zipped(parts({"様式": sheet_xml('<row r="x"/>')})),
    "missing sheet": zipped({k: v for k, v in parts({"様式": ""}).items() if "sheet1" not in k}),
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_followed_is_not_marked(data: bytes) -> None:
    marks = [Mark("様式", 3, 1, "error", "x")]
    with pytest.raises(CannotMark):
        mark(data, marks, listing(marks))


def test_a_signed_workbook_is_not_marked() -> None:
    found = parts({"様式": sheet_xml(ROWS)})
    origin = (
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/'
        'origin" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    )
    found["_rels/.rels"] = found["_rels/.rels"].replace("</Relationships>", origin)
    with pytest.raises(CannotMark) as caught:
        mark(zipped({**found, "_xmlsignatures/origin.sigs": ""}), [], listing([]))
    assert caught.value.reason == "signed"


def test_a_workbook_shared_for_editing_is_not_marked() -> None:
    found = parts({"様式": sheet_xml(ROWS)})
    found["xl/_rels/workbook.xml.rels"] = found["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'revisionHeaders" Target="revisions/revisionHeaders.xml"/></Relationships>',
    )
    with pytest.raises(CannotMark) as caught:
        mark(zipped(found), [], listing([]))
    assert caught.value.reason == "shared_workbook"


def test_a_list_of_more_findings_than_a_sheet_takes_links() -> None:
    lines = tuple(Line(("様式1!A1",), "error", 17.0, ("様式1", row, 1)) for row in range(1, 65_600))
    told = Listing("指摘一覧", "題", ("説明",), (Heading("場所", 14, "place"),), lines, ASKING)
    part = front_sheet(told, Styles.empty("xl/styles.xml", strict=False), strict=False)
    assert part.count(b"<hyperlink ") == 65_530
    assert part.count(b"<row ") == 3 + len(lines)
