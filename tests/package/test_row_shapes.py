"""Rows read by an expression for all their cells come to what the parser comes to, or it gives up."""

from __future__ import annotations

import time

import pytest
from drawn_sheet import AROUND, PLAIN_CELLS, ROW_ATTRIBUTES, ROWS, mutants
from handmade_package import HEAD, MAIN, sheet_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_package_bulk import STYLES, both

from reconcile.package import grid, long_texts, plain_rows, row_shapes, sheet
from reconcile.package.row_shapes import RowShapes
from reconcile.package.sheet import Sheet

IN_THE_FIXTURE = [HealthCheck.function_scoped_fixture]


@pytest.fixture(autouse=True)
def shapes(monkeypatch: pytest.MonkeyPatch) -> RowShapes:
    """Every row makes a shape, which the next one may have; two such rows make a stretch, and four a long one."""
    monkeypatch.setattr(row_shapes, "OFTEN", 1)
    monkeypatch.setattr(row_shapes, "EVERY", 1)
    monkeypatch.setattr(grid, "FIRST", 1)
    monkeypatch.setattr(grid, "LEAST", 1)
    monkeypatch.setattr(sheet, "LONG", 3)
    monkeypatch.setattr(long_texts, "PACKED", 2)
    fresh = RowShapes()
    monkeypatch.setattr(plain_rows, "_SHAPES", fresh)
    return fresh


@settings(max_examples=1000, deadline=None, suppress_health_check=IN_THE_FIXTURE)
@given(
    rows=st.lists(ROWS, max_size=4),
    around=AROUND,
    size=st.sampled_from([7, 1 << 15]),
    styles=st.sampled_from([0, STYLES]),
)
def test_sheets_read_again(rows, around, size, styles):
    data = sheet_xml("".join(rows), before=around[0], after=around[1]).encode()
    both(data, size, styles)
    bulk, parsed = both(data, size, styles)
    assert bulk in ("gave up", parsed)


@settings(max_examples=500, deadline=None, suppress_health_check=IN_THE_FIXTURE)
@given(
    cells=st.lists(PLAIN_CELLS, min_size=1, max_size=8),
    rows=st.lists(st.tuples(st.integers(1, 1048576), ROW_ATTRIBUTES, st.sampled_from(["", "\n"])), max_size=5),
    other=st.lists(PLAIN_CELLS, max_size=3),
)
def test_rows_alike_are_read_together(cells, rows, other):
    """Their numbers may fall, and the same one may come twice, which is refused; between them stand others."""
    text = "".join(
        f'<row r="{number}"{attributes}>'
        + "".join(f'<c r="{letter}{number}{cell}' for letter, cell in zip("ABCDEFGHI", own, strict=False))
        + f"</row>{space}"
        for place, (number, attributes, space) in enumerate(rows)
        for own in [other if place == 2 else cells]
    )
    data = (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">'
        f"<sheetData>{text}</sheetData></worksheet>"
    ).encode()
    both(data)
    bulk, parsed = both(data)
    assert bulk == parsed


def test_a_shape_is_made_of_what_was_seen_often(shapes: RowShapes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_shapes, "OFTEN", 3)
    rows = [
        f'<row r="{n}"><c r="A{n}" s="1" t="s"><v>0</v></c><c r="B{n}"><f>A{n}</f><v>{n}</v></c></row>'
        for n in range(1, 6)
    ]
    both(sheet_xml("".join(rows[:2])).encode())
    assert not shapes.known
    both(sheet_xml("".join(rows[:2])).encode())
    (shape,) = shapes.known
    assert (shape.letters, shape.shared, shape.formulas, shape.rising) == (("A", "B"), (0,), ((1, 3),), True)
    bulk, parsed = both(sheet_xml("".join(rows)).encode())
    assert bulk == parsed
    assert bulk.text == ["部署", "1", "部署", "2", "部署", "3", "部署", "4", "部署", "5"]


@pytest.mark.parametrize("numbers", [(1, 2, 3, 4, 6, 7), (1, 2, 3, 5, 4, 6), (1, 2, 3, 3, 4), (4, 5, 6, 1, 2, 3)])
def test_many_rows_alike_are_a_stretch(numbers: tuple[int, ...]) -> None:
    """Also when they come in several pieces; where their numbers fall they are told cell by cell."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}"><f>A{n}</f><v>{n}</v></c></row>' for n in numbers
    )
    for size in (1 << 15, 100):
        data = sheet_xml(rows + '<row r="9"><c r="A9"><v>1</v></c></row>').encode()
        both(data, size)
        bulk, parsed = both(data, size)
        if bulk == "refused":
            assert (parsed, len(set(numbers))) == ("refused", 4)
            continue
        assert isinstance(bulk, Sheet)
        if numbers[-1] == 7:
            assert [stretch.numbers for stretch in bulk.stretches] == [[2, 3, 4, 6, 7]]
        assert bulk == parsed


def test_no_more_shapes_are_kept_than_are_tried(shapes: RowShapes) -> None:
    for count in range(1, row_shapes.MOST_SHAPES + 20):
        both(
            sheet_xml(
                f'<row r="1"><c r="A1" s="{count % 4}"/><c r="C{1}"><v>1</v></c>' + '<c r="D1"/>' * count + "</row>"
            ).encode()
        )
    assert len(shapes.known) == row_shapes.MOST_SHAPES


def test_rows_that_are_never_alike_are_forgotten(shapes: RowShapes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_shapes, "OFTEN", 3)
    monkeypatch.setattr(row_shapes, "_MOST_COUNTED", 4)
    counted = []
    for count in range(1, 12):
        cells = "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in "ABCDEFGHIJKL"[:count])
        both(sheet_xml(f'<row r="1">{cells}</row>').encode())
        counted.append(len(shapes._seen))
    assert counted == [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3]
    often = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>').encode()
    for _ in range(3):
        both(often)
    assert [shape.letters for shape in shapes.known] == [("A",)]


def test_a_row_that_is_not_quite_alike_is_known_at_once() -> None:
    """What differs in its last cell was once tried in every way its other cells can be read."""
    rows = [
        f'<row r="{n}">' + "".join(f'<c r="{letter}{n}"><v>{n}.5</v></c>' for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        for n in (1, 2)
    ]
    data = sheet_xml(rows[0] + "</row>" + rows[1] + '<c r="AA2"><v>1</v></c></row>').encode()
    before = time.process_time()
    bulk, parsed = both(data)
    assert bulk == parsed
    assert time.process_time() - before < 5


def test_mutants_of_a_sheet_whose_rows_are_known() -> None:
    rows = (
        '<row r="1" spans="1:3" ht="15"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"/><c r="C1" t="e"><v>#N/A</v></c></row>'
        '<row r="2" spans="1:3"><c r="A2" s="1" t="s"><v>3</v></c><c r="B2" s="2"/><c r="C2" t="e"><v>#REF!</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>文字</t></is></c><c r="B3"><f>SUM(B1:B1)</f><v>12.5</v></c></row>'
        '<row r="4"><c r="A4" t="str"><f>"a"</f><v>a</v></c><c r="B4" s="3"><v>-5</v></c></row>'
    )
    text = sheet_xml(rows)
    outcomes = []
    for data in mutants(text, 5, 3000):
        both(text.encode())
        outcomes.append(both(data))
    for bulk, parsed in outcomes:
        assert bulk in ("gave up", parsed)
    assert sum(bulk != "gave up" for bulk, _ in outcomes) > 300
