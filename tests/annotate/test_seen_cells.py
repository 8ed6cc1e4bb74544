"""Of a merged range the first cell is seen, whichever of its cells is meant."""

from __future__ import annotations

import pytest

from reconcile.annotate.seen_cells import Place, seen_at
from tests.package.handmade_package import sheet_xml


def merged(*ranges: str, rows: str = "") -> bytes:
    cells = "".join(f'<mergeCell ref="{each}"/>' for each in ranges)
    return sheet_xml(rows, after=f'<mergeCells count="{len(ranges)}">{cells}</mergeCells>').encode()


@pytest.mark.parametrize(
    ("ranges", "place", "seen"),
    [
        (["B2:D4"], (2, 2), (2, 2)),
        (["B2:D4"], (4, 4), (2, 2)),
        (["B2:D4"], (5, 4), None),
        (["B2:D4"], (4, 5), None),
        (["B2:D4", "B6:D8"], (7, 3), (6, 2)),
        (["D4:B2"], (3, 3), (2, 2)),
        (["B:C"], (900, 3), (1, 2)),
        (["2:3"], (3, 900), (2, 1)),
        (["B2:C3", "C3:D4"], (3, 3), (2, 2)),
        (["C3:D4", "B2:C3"], (3, 3), (3, 3)),
        (["B2:ZZZZ4", "", "B2:", "C3:D4"], (4, 4), (3, 3)),
    ],
)
def test_the_first_cell_of_a_range_is_seen(ranges: list[str], place: Place, seen: Place | None) -> None:
    found = seen_at(merged(*ranges), [(1, 1), place, (99, 99)])
    assert found.get(place) == seen
    assert set(found) <= {place}


def test_what_a_cell_says_is_no_range() -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>mergeCell ref="A1:Z9"</t></is></c></row>'
    assert seen_at(merged("C3:D4", rows=rows), [(2, 2), (4, 4)]) == {(4, 4): (3, 3)}


def test_elements_may_have_a_prefix_and_other_attributes() -> None:
    data = b"<x:mergeCells><x:mergeCell note='a' ref = 'B2:C3'/></x:mergeCells>"
    assert seen_at(data, [(3, 3)]) == {(3, 3): (2, 2)}


def test_a_sheet_without_merged_ranges_shows_every_cell() -> None:
    assert seen_at(sheet_xml().encode(), [(1, 1)]) == {}
