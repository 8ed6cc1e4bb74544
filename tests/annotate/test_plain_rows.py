"""Rows that are found without the parser come to the same marks as those it tells, to the byte."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile.annotate import CannotMark, elements, sheet_part
from reconcile.annotate.elements import Element, Walk
from reconcile.annotate.model import LEVELS, Level
from reconcile.annotate.plain_rows import PlainRow, plain_rows
from reconcile.annotate.sheet_part import SheetPart
from reconcile.annotate.styles_part import Styles
from tests.annotate.corpus import CORPUS
from tests.annotate.test_marking import READABLE
from tests.package.drawn_sheet import AROUND, CELLS, PLAIN_CELLS, ROW_ATTRIBUTES, ROWS, mutants
from tests.package.handmade_package import HEAD, MAIN, sheet_xml

Wanted = Mapping[tuple[int, int], Level]
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 40}</cellXfs></styleSheet>'.encode()
X14AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
PLACES = [(row, column) for row in (1, 2, 3, 4, 5, 7, 10, 1048576) for column in (1, 2, 3, 5, 27, 16384)]
WANTED = st.dictionaries(st.sampled_from(PLACES), st.sampled_from(LEVELS), min_size=1, max_size=6)
IN_THE_FIXTURE = [HealthCheck.function_scoped_fixture]

Marked = tuple[object, ...]


def marked(data: bytes, wanted: Wanted) -> Marked:
    """What a sheet part becomes, where its notes would stand, or why it cannot be marked."""
    try:
        sheet = SheetPart("part", data, wanted)
        sheet.deselect()
        sheet.restyle(Styles("styles", STYLES))
        if not sheet.legacy:
            sheet.add_legacy_drawing("rId1", strict=False)
    except CannotMark as wrong:
        return wrong.reason, wrong.data
    return sheet.content(), sheet.legacy, [sheet.measures.anchor(*place, "注\n" * 30) for place in PLACES]


Both = Callable[[bytes, Wanted], tuple[Marked, Marked]]


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> Both:
    """A sheet part marked as always, and as it is where no row is plain."""

    def marking(data: bytes, wanted: Wanted) -> tuple[Marked, Marked]:
        found = marked(data, wanted)
        with monkeypatch.context() as context:
            context.setattr(sheet_part, "plain_rows", lambda _: iter(()))
            return found, marked(data, wanted)

    return marking


def in_order(chance: random.Random, rows: list[list[str]], attributes: list[str]) -> str:
    """Rows with numbers that rise, one or a few at a time."""
    number, text = 0, ""
    for cells, said in zip(rows, attributes, strict=True):
        number += chance.choice((1, 1, 1, 2))
        own = "".join(f'<c r="{letter}{number}{cell}' for letter, cell in zip("ABCDEF", cells, strict=False))
        text += f'<row r="{number}"{said}>{own}</row>' + chance.choice(("", "", "\n"))
    return text


@settings(max_examples=1500, deadline=None, suppress_health_check=IN_THE_FIXTURE)
@given(rows=st.lists(ROWS, max_size=4), around=AROUND, wanted=WANTED)
def test_rows_that_no_program_should_write(
    both: Both, rows: list[str], around: tuple[str, str], wanted: Wanted
) -> None:
    quick, told = both(sheet_xml("".join(rows), before=around[0], after=around[1]).encode(), wanted)
    assert quick == told


@settings(max_examples=500, deadline=None, suppress_health_check=IN_THE_FIXTURE)
@given(
    rows=st.lists(st.tuples(st.lists(PLAIN_CELLS, max_size=6), ROW_ATTRIBUTES), min_size=1, max_size=8),
    stray=st.one_of(st.just(""), st.just(""), CELLS, ROWS),
    chance=st.randoms(use_true_random=False),
    wanted=WANTED,
)
def test_a_stray_among_plain_rows(
    both: Both, rows: list[tuple[list[str], str]], stray: str, chance: random.Random, wanted: Wanted
) -> None:
    text = in_order(chance, [cells for cells, _ in rows], [said for _, said in rows])
    ends = [0, *(match.end() for match in re.finditer("</row>|</c>|<row [^>]*>", text))]
    at = chance.choice(ends)
    head = f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:x14ac="{X14AC}"><sheetData>'
    quick, told = both(f"{head}{text[:at]}{stray}{text[at:]}</sheetData></worksheet>".encode(), wanted)
    assert quick == told


def sheets_of(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        yield from (opened.read(name) for name in opened.namelist() if re.search(r"worksheets/[^/]*\.xml$", name))


def some_places(data: bytes, chance: random.Random) -> Wanted:
    """Places in rows that are there, and a few others."""
    rows = [int(number) for number in re.findall(rb'<(?:\w+:)?row r=["\'](\d{1,6})["\']', data)] or [1]
    places = [(chance.choice(rows), chance.randrange(1, 20)) for _ in range(6)]
    places += [(max(rows) + 3, 2), (chance.choice(rows) + 1, 3)]
    return {place: chance.choice(LEVELS) for place in places}


@pytest.mark.parametrize("name", CORPUS)
def test_sheets_of_every_kind(both: Both, name: str) -> None:
    chance = random.Random(name)
    for data in list(sheets_of(CORPUS[name]()))[:9]:
        for _ in range(3):
            quick, told = both(data, some_places(data, chance))
            assert quick == told


def test_sheets_as_departments_send_them(both: Both) -> None:
    chance = random.Random(1)
    parts = list(dict.fromkeys(data for path in READABLE[::2] for data in sheets_of(path.read_bytes())))
    assert len(parts) > 100
    for data in parts:
        quick, told = both(data, some_places(data, chance))
        assert quick == told


@pytest.mark.parametrize("seed", range(4))
def test_sheets_that_were_damaged(both: Both, seed: int) -> None:
    chance = random.Random(seed)
    sheet = sheet_xml(
        '<row r="1" spans="1:3" ht="15"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"><v>12.5</v></c></row>\n'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>文字&amp;</t></is></c><c r="B2"><f>B1</f><v>12</v></c></row>'
        '<row r="4" hidden="1"/><row r="5" s="3" customFormat="1"><c r="C5" s="3" t="str"><f t="shared" ref="C5:C6"'
        ' si="0">"ａ"&amp;"b"</f><v>ab</v></c></row><row r="7"><c r="A7"/><c r="B7" s="2"/></row>',
        before='<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>',
        after='<mergeCells><mergeCell ref="A3:B4"/></mergeCells><pageMargins left="1"/>',
    )
    well = 0
    for data in mutants(sheet, seed, 1500):
        quick, told = both(data, dict.fromkeys(chance.sample(PLACES, 4), "error"))
        assert quick == told, data
        well += isinstance(told[0], bytes)
    assert well > 50


CUNNING = {
    "a comment": "<!-- {} -->",
    "a section": "<![CDATA[ {} ]]>",
    "an instruction": "<?keep {} ?>",
    "another maker's element": '<y:rows xmlns:y="urn:y">{}</y:rows>',
    "a row within a row": '<row r="3">{}</row>',
    "an attribute": "<row r='3' a='{}'/>",
    "a tag that does not end": '<row r="3" {}/>',
    "a default of another name": '<g xmlns="urn:y">{}</g>',
    "behind a bracket": "]]{}>",
}


@pytest.mark.parametrize("around", CUNNING.values(), ids=CUNNING)
def test_what_only_looks_like_a_row(both: Both, around: str) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    rows += around.replace("{}", '<row r="5"><c r="A5"><v>5</v></c></row>') + '<row r="7"><c r="A7"/></row>'
    for place in [(1, 1), (5, 1), (6, 1), (7, 1)]:
        quick, told = both(sheet_xml(rows).encode(), {place: "error"})
        assert quick == told


FIVE = '<row r="5"><c r="A5"><v>5</v></c></row>'
PREFIXED = f'<x:worksheet xmlns:x="{MAIN}" xmlns="{{}}"><x:sheetData>{FIVE}</x:sheetData></x:worksheet>'
STRANGE = {
    "a cell that says it stands in another row": sheet_xml(f'{FIVE}<row r="6"><c r="B5" s="1"/></row>'),
    "a column that no sheet has": sheet_xml(f'{FIVE}<row r="6"><c r="XFE6"/></row>'),
    "rows before those of the sheet": sheet_xml('<row r="6"/>', before=f"<other>{FIVE}</other>"),
    "rows behind those of the sheet": sheet_xml('<row r="4"/>', after=f"<other>{FIVE}</other>"),
    "rows of another name": PREFIXED.format("urn:y"),
    "rows without the prefix of what they stand in": PREFIXED.format(MAIN),
    "rows twice": sheet_xml(f"{FIVE}</sheetData><sheetData>{FIVE}"),
    "a row that counts on from a plain one": sheet_xml(f"{FIVE}<row><c/><c/></row>"),
    "the same row twice": sheet_xml(f'{FIVE}<row r="5"><c r="B5"/></row>'),
    "rows that fall": sheet_xml(f'{FIVE}<row r="3"/>'),
}


@pytest.mark.parametrize("sheet", STRANGE.values(), ids=STRANGE)
def test_rows_of_strange_sheets(both: Both, sheet: str) -> None:
    for place in [(3, 1), (4, 1), (5, 1), (5, 2), (6, 1), (6, 2)]:
        quick, told = both(sheet.encode(), {place: "error"})
        assert quick == told


@pytest.mark.parametrize(
    "head",
    ["", "\ufeff", "<?xml version='1.0'?>", '<?xml version="1.0" encoding="utf-8"?>', '<?xml version="1.1"?>',
     '<?xml version="1.0" encoding="ISO-8859-1"?>', '<?xml version="1.0" encoding="Shift_JIS"?>',
     '<?xml version="1.0" encoding="US-ASCII"?>', '<!-- c --><?xml version="1.0"?>', "<!DOCTYPE a>"],
)  # fmt: skip
@pytest.mark.parametrize("text", ["a", "é".encode("latin-1"), "集", "\ufffe", b"\xed\xa0\x80", b"\xff"])
def test_parts_in_every_encoding(both: Both, head: str, text: str | bytes) -> None:
    said = text.encode() if isinstance(text, str) else text
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row><row r="2"/>'
    data = (head + sheet_xml(rows).removeprefix(HEAD)).encode().replace(b"{}", said)
    quick, told = both(data, {(2, 1): "error"})
    assert quick == told


PLAIN_SHEET = sheet_xml(
    '<row r="2" spans="1:2" ht="30" customHeight="1">\n<c r="A2" s="1" t="s"><v>0</v></c> <c r="XFD2" s="7"/>\n</row>\n'
    '<row r="3"/><row r="9"><c r="B9"><f>A2&amp;"a"</f><v>1</v></c><c r="C9" t="inlineStr" ph="1"><is><t>文</t></is></c>'
    '<c r="D9" cm="1"><f t="array" ref="D9:D10">A2</f><v>1</v></c><c r="E9" t="s"><v></v></c><c r="F9" s="2" /></row>'
).encode()


def test_a_row_is_told_as_the_parser_tells_it() -> None:
    told: list[tuple[Element, list[Element]]] = []

    def leave(element: Element, _: list[Element]) -> None:
        if element.name == "c":
            cells.append(element)
        elif element.name == "row":
            told.append((element, [*cells]))
            cells.clear()

    cells: list[Element] = []
    elements.walk("part", PLAIN_SHEET, lambda *_: None, leave)
    found = [row.elements(PLAIN_SHEET, MAIN) for row in plain_rows(PLAIN_SHEET)]
    for _, own in told:
        for cell in own:  # their places and styles are what is told of them
            cell.attributes = {name: value for name, value in cell.attributes.items() if name in ("r", "s")}
    assert found == told


class Counting(Walk):
    """How many elements the parser told of."""

    told = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        Counting.told += 1
        super()._start(name, attributes)


@pytest.mark.parametrize("ends", ["", "\n", "\r\n"])
def test_what_the_parser_tells_does_not_grow_with_the_rows(monkeypatch: pytest.MonkeyPatch, ends: str) -> None:
    monkeypatch.setattr(sheet_part, "Walk", Counting)

    def told(count: int) -> int:
        Counting.told = 0
        rows = (f'<row r="{n}" ht="20"><c r="A{n}" s="1"><v>{n}</v></c></row>{ends}' for n in range(1, count + 1))
        SheetPart("part", sheet_xml("".join(rows)).encode(), {(5, 1): "error", (8, 3): "info"})
        return Counting.told

    assert told(1000) == told(10) == 2  # the root and what the rows stand in


def test_a_row_that_is_not_plain_keeps_no_other_from_being_stepped_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_part, "Walk", Counting)
    Counting.told = 0
    rows = [f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 100)]
    rows[50] = "<!-- --><row r='51'><c r='A51'><v>51</v></c></row>"
    SheetPart("part", sheet_xml("".join(rows)).encode(), {(5, 1): "error"})
    assert Counting.told == 2 + 3


@pytest.mark.parametrize(
    ("before", "can"),
    [("<a><b/>", True), ("<a>text ", True), ("<a><b", False), ('<a><b c=">', False), ("<a><!-- ", False),
     ("<a><![CDATA[ ", False), ("<a><![CDATA[ ]]>", True), ("<a><?p ", False), ("<a>&am", False), ("<a>]]", False)],
)  # fmt: skip
def test_where_content_can_be_told_from(before: str, can: bool) -> None:
    with Walk("part", f"{before}<row/>".encode(), lambda *_: None, lambda *_: None) as walking:
        assert walking.to(len(before)) is can


def test_no_row_is_plain_where_its_numbers_are_beyond_a_sheet() -> None:
    rows = '<row r="1048576"/><row r="1048577"/><row r="9999999"/>'
    (row,) = plain_rows(sheet_xml(rows).encode())
    assert isinstance(row, PlainRow)
    assert row.number == 1048576
