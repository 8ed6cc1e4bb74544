"""Reading in bulk comes to what the parser comes to, or gives up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from drawn_sheet import AROUND, PLAIN_CELLS, ROW_ATTRIBUTES, ROWS, TEXTS, mutants
from handmade_package import HEAD, MAIN, sheet_xml, strings_xml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reconcile.package import Limits, Range, Refused, around_rows, strings, worksheet_reading
from reconcile.package.grid import Grid
from reconcile.package.limits import Meter
from reconcile.package.plain_text import NotPlain

SHARED = strings.StringTable(["部署", "", "集計中", "a"])
STYLES = 4


def grid(styles: int = STYLES) -> Grid:
    return Grid("様式", "visible", SHARED, styles, Meter(Limits()))


def chunks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def both(data: bytes, size: int = 1 << 15, styles: int = STYLES):
    """The outcomes of the two readings of a worksheet: a sheet, "refused" or (bulk only) "gave up"."""
    outcomes = []
    for reading in (worksheet_reading.read_in_bulk, worksheet_reading.read_by_parser):
        try:
            outcomes.append(reading(chunks(data, size), "part", grid(styles)))
        except NotPlain:
            outcomes.append("gave up")
        except Refused:
            outcomes.append("refused")
    return outcomes


def both_tables(data: bytes, size: int = 1 << 15):
    outcomes = []
    for reading in (strings.read_in_bulk, strings.read_by_parser):
        try:
            outcomes.append(reading(chunks(data, size), "part", Meter(Limits())))
        except NotPlain:
            outcomes.append("gave up")
        except Refused:
            outcomes.append("refused")
    return outcomes


@example(rows=['<row r="1048576"></row>', "</sheetData><sheetData>", "<row/>"], around=("", ""), size=1, styles=0)
@settings(max_examples=1500, deadline=None)
@given(
    rows=st.lists(ROWS, max_size=4),
    around=AROUND,
    size=st.sampled_from([1, 7, 100, 1 << 15]),
    styles=st.sampled_from([0, STYLES]),
)
def test_sheets(rows, around, size, styles):
    before, after = around
    bulk, parsed = both(sheet_xml("".join(rows), before=before, after=after).encode(), size, styles)
    assert bulk in ("gave up", parsed)


def test_what_stands_around_the_rows_is_parsed_once(monkeypatch):
    """Of the next return only the rows are read; what was said of hidden columns and merged ranges holds for it, too."""
    around = {
        "before": '<cols><col min="5" max="6" hidden="1"/></cols>',
        "after": '<mergeCells><mergeCell ref="A9:B9"/></mergeCells>',
    }
    first, _ = both(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>', **around).encode())
    monkeypatch.setattr(around_rows, "WorksheetParser", None)
    again = sheet_xml('<row r="1"><c r="A1"><v>2</v></c></row>', **around).encode()
    second = worksheet_reading.read_in_bulk(chunks(again, 1 << 15), "part", grid())
    assert (first.text, second.text) == (["1"], ["2"])
    assert list(second.hidden_columns) == list(first.hidden_columns) == [5, 6]
    assert second.merged == first.merged == [Range(9, 1, 9, 2)]


@pytest.mark.parametrize("end", [">", "", "<c/>", "</row></row>", "</row><row>"])
def test_rows_that_do_not_end(end):
    """One character too many behind the last cell was once taken for the end of its row."""
    assert both(sheet_xml(f'<row r="1"><c r="A1"><v>1</v></c>{end}').encode()) == ["gave up", "refused"]


@pytest.mark.parametrize("end", ["x</row>", "</row>x", '</row><row r="3"/>>'])
def test_stray_text_is_left_to_the_parser(end):
    bulk, parsed = both(sheet_xml(f'<row r="1"><c r="A1"><v>1</v></c>{end}').encode())
    assert bulk == "gave up"
    assert parsed.text == ["1"]


# Only what programs write: here the bulk must not give up.


@settings(max_examples=500, deadline=None)
@given(
    rows=st.lists(st.tuples(ROW_ATTRIBUTES, st.lists(PLAIN_CELLS, max_size=8)), max_size=5),
    size=st.sampled_from([10, 1 << 15]),
)
def test_plain_sheets_are_read_in_bulk(rows, size):
    text = "".join(
        f'<row r="{number}"{attributes}>'
        + "".join(f'<c r="{letter}{number}{cell}' for letter, cell in zip("ABCDEFGH", cells, strict=False))
        + "</row>"
        for number, (attributes, cells) in enumerate(rows, start=1)
    )
    data = (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">'
        f"<sheetData>{text}</sheetData></worksheet>"
    )
    bulk, parsed = both(data.encode(), size)
    assert bulk == parsed
    assert bulk != "gave up"


ITEMS = st.one_of(
    st.builds("<si><t>{}</t></si>".format, TEXTS),
    st.builds(
        '<si><t xml:space="preserve">{}</t><rPh sb="0" eb="1"><t>{}</t></rPh><phoneticPr fontId="1"/></si>'.format,
        TEXTS,
        TEXTS,
    ),
    st.builds('<si><r><rPr><sz val="11"/><b/></rPr><t>{}</t></r><r><t>{}</t></r></si>'.format, TEXTS, TEXTS),
    st.sampled_from(
        [
            "<si/>",
            "<si></si>",
            "<si><t/></si>",
            "\n",
            "x",
            "<!-- c -->",
            '<si><r><rPr><sz val="1" val="2"/></rPr><t>a</t></r></si>',
            "<si><r><rPr/></r></si>",
            '<si xmlns="urn:x"><t>a</t></si>',
            "</sst>",
            "<t>a</t>",
        ]
    ),
)


@settings(max_examples=800, deadline=None)
@given(items=st.lists(ITEMS, max_size=5).map("".join), size=st.sampled_from([1, 9, 1 << 15]))
def test_shared_strings(items, size):
    bulk, parsed = both_tables(f'{HEAD}<sst xmlns="{MAIN}" count="1">{items}</sst>'.encode(), size)
    assert bulk in ("gave up", parsed)


@pytest.mark.parametrize(
    "item",
    [
        "<t>a</t>",
        "<t xml:space='preserve'> a</t>".replace("'", '"'),
        "<t>a&amp;b\nc</t>",
        '<t>世田谷</t><rPh sb="0" eb="3"><t>セタガヤ</t></rPh><phoneticPr fontId="1"/>',
        '<r><t>世</t></r><r><rPr><sz val="11"/><rFont val="游"/></rPr><t xml:space="preserve"> 田</t></r><phoneticPr fontId="1" type="noConversion"/>',
    ],
)
def test_plain_strings_are_read_in_bulk(item):
    bulk, parsed = both_tables(strings_xml(item, "<t>next</t>").encode())
    assert bulk == parsed
    assert bulk[1] == "next"


def test_mutants_of_a_sheet():
    rows = (
        '<row r="1" spans="1:3" ht="15"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"/><c r="C1" t="b"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>文字&amp;</t></is></c><c r="B2"><f>SUM(B1:B1)</f><v>12.5</v></c></row>'
        '<row r="3" hidden="1"/><row r="4"><c r="A4" t="str"><f>"a"</f><v>a</v></c><c r="B4"><f t="shared" si="0"/></c></row>'
    )
    before, after = (
        '<cols><col min="2" max="2" hidden="1"/></cols>',
        '<mergeCells><mergeCell ref="A3:B4"/></mergeCells>',
    )
    outcomes = [both(data) for data in mutants(sheet_xml(rows, before=before, after=after), 5, 3000)]
    for bulk, parsed in outcomes:
        assert bulk in ("gave up", parsed)
    assert sum(bulk != "gave up" for bulk, _ in outcomes) > 500


def test_mutants_of_shared_strings():
    text = strings_xml(
        "<t>部署</t>",
        '<t>a&lt;b</t><rPh sb="0" eb="1"><t>ア</t></rPh><phoneticPr fontId="1"/>',
        '<r><rPr><sz val="9"/></rPr><t xml:space="preserve"> x</t></r><r><t>y</t></r>',
    )
    outcomes = [both_tables(data) for data in mutants(text, 6, 2000)]
    for bulk, parsed in outcomes:
        assert bulk in ("gave up", parsed)
    assert sum(bulk != "gave up" for bulk, _ in outcomes) > 300
