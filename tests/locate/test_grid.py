"""A sheet to look things up in: by cell or by row, merged ranges answer with their top-left cell."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.locate import Grid
from reconcile.locate.grid import TALL
from reconcile.package import Range, Sheet, Workbook

CELLS = st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=12)
MERGES = st.lists(
    st.builds(
        lambda top, left, down, right: Range(top, left, top + down, left + right),
        *(st.integers(1, 5), st.integers(1, 5), st.sampled_from([0, 1, 2, TALL + 1]), st.integers(0, 3)),
    ),
    max_size=3,
)


def grid_of(cells: set[tuple[int, int]], merges: list[Range]) -> Grid:
    sheet = Sheet("様式1", merged=merges)
    for row, column in sorted(cells):
        for values, value in ((sheet.row, row), (sheet.column, column), (sheet.style, 0)):
            values.append(value)
        sheet.kind.append("s")
        sheet.text.append(f"{row}-{column}")
    return Grid(Workbook("xlsx", [sheet], ["General"]), sheet)


@settings(deadline=None)
@given(CELLS, MERGES)
def test_a_row_answers_as_its_cells_do(cells: set[tuple[int, int]], merges: list[Range]) -> None:
    grid = grid_of(cells, merges)
    for row in range(1, 9):
        entries = grid.row_entries(row)
        assert [entries.get(c, -1) for c in range(1, 10)] == [grid.entry(row, c) for c in range(1, 10)]


@settings(deadline=None)
@given(CELLS)
def test_each_cell_is_found_where_it_stands_and_nowhere_else(cells: set[tuple[int, int]]) -> None:
    sheet = grid_of(cells, []).sheet
    for row in range(0, 8):
        for column in range(0, 8):
            at = sheet.entry_at(row, column)
            assert (at >= 0) == ((row, column) in cells)
            assert at < 0 or (sheet.row[at], sheet.column[at]) == (row, column)


def test_words_are_the_texts_without_the_figures() -> None:
    grid = grid_of({(1, 1), (2, 1)}, [])
    grid.sheet.kind[1] = "n"
    assert grid.words == {"1-1"}


@settings(deadline=None)
@given(CELLS, MERGES)
def test_rows_with_merged_ranges_are_told(cells: set[tuple[int, int]], merges: list[Range]) -> None:
    grid = grid_of(cells, merges)
    # One over the whole sheet covers every row and answers for none.
    telling = [m for m in merges if m.bottom - m.top <= TALL]
    expected = {row for row in range(2, 6) if any(m.top <= row <= m.bottom for m in telling)}
    assert grid.merged_rows(2, 5) == expected
