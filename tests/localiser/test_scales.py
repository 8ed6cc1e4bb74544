"""Figures that are in another unit together: the parts of a table, some of its rows or columns, or its totals."""

import pytest

from reconcile.localiser import Cell, Linear, compile_constraints, localise
from tests.localiser.drawing import Drawn, first, grid

ROWS, COLUMNS = (1, 2, 3, 4), (1, 2, 3)
BODY = [(row, column) for row in ROWS for column in COLUMNS]
CASES = {
    "the whole body": BODY,
    "two columns": [(row, column) for row in ROWS for column in (1, 3)],
    "two rows": [(row, column) for row in (2, 3) for column in COLUMNS],
    "a corner": [(row, column) for row in (3, 4) for column in (1, 2)],
    "all but one row": [(row, column) for row in (1, 2, 4) for column in COLUMNS],
    "the body with its row totals": [(row, column) for row in ROWS for column in (*COLUMNS, 4)],
    "the body with its column totals": [(row, column) for row in (*ROWS, 5) for column in COLUMNS],
    "the totals of rows and columns": [*((row, 4) for row in ROWS), *((5, column) for column in (*COLUMNS, 4))],
}


def thousandfold(table: Drawn, places: list[tuple[int, int]]) -> Drawn:
    for place in places:
        value = table.values[table.at(*place)]
        table = table if value is None else table.put(*place, 1000 * value)
    return table


@pytest.mark.parametrize("name", CASES)
def test_what_is_in_yen_among_thousands_is_one_finding(name: str) -> None:
    true = grid()
    result = thousandfold(true, CASES[name]).localise()
    cells = tuple(sorted(true.at(*place) for place in CASES[name]))
    assert first(result) == (cells, tuple(true.values[cell] for cell in cells), "line_unit")
    assert (len(result.findings), result.status) == (1, "localised")


def test_blanks_and_zeros_have_no_unit() -> None:
    true = grid("1240 . 4075 5315\n872 0 641 1513\n3307 450 - 3757\n5419 450 4716 10585")
    assert true.localise().status == "clean"
    body = [(row, column) for row in (1, 2, 3) for column in COLUMNS]
    cells, proposed, cause = first(thousandfold(true, body).localise())
    assert cells == tuple(true.at(*place) for place in body if true.values[true.at(*place)])
    assert proposed == tuple(true.values[cell] for cell in cells)
    assert cause == "line_unit"


def test_a_slip_elsewhere_is_told_beside_it() -> None:
    true = grid()
    rows = [(row, column) for row in (1, 2, 3) for column in COLUMNS]
    found = thousandfold(true, rows).put(4, 2, 1731).localise().findings
    told = {finding.candidates[0].cause: finding.candidates[0].cells for finding in found}
    assert told == {"line_unit": tuple(true.at(*place) for place in rows), "transposed": (true.at(4, 2),)}


def test_two_slips_that_have_nothing_in_common_but_their_kind_are_two() -> None:
    true = grid()
    found = thousandfold(true, [(1, 1), (3, 2)]).localise().findings
    assert sorted((f.candidates[0].cells, f.candidates[0].cause) for f in found) == [
        ((true.at(1, 1),), "thousandfold"),
        ((true.at(3, 2),), "thousandfold"),
    ]


def test_sums_of_sums_are_in_the_other_unit_with_their_parts() -> None:
    """Two sections with their subtotals in yen, under a total in thousand yen."""
    cells = [Cell(f"r{row}c{column}", "t", row, column) for row in range(7) for column in range(2)]
    edits = [Linear({2 * row + c: 1 for row in rows}, 2 * total + c) for c in (0, 1) for rows, total in SECTIONS]
    edits += [Linear({2 * row: 1}, 2 * row + 1) for row in range(7)]
    plan = compile_constraints(cells, edits)
    figures = [1240, 872, 2112, 3307, 596, 3903, 6015]
    assert localise(plan, [figure for figure in figures for _ in (0, 1)]).status == "clean"
    yen = [figure * (1000 if row < 6 else 1) for row, figure in enumerate(figures) for _ in (0, 1)]
    assert first(localise(plan, yen))[0] == tuple(range(12))


SECTIONS = (((0, 1), 2), ((3, 4), 5), ((2, 5), 6))


EVERYTHING = [(row, column) for row in (*ROWS, 5) for column in (*COLUMNS, 4)]


def row_totals_in_thousands(**told: object) -> tuple[Drawn, Drawn]:
    true = thousandfold(grid(**told), EVERYTHING)  # type: ignore[arg-type]
    table = true
    for row in ROWS:
        table = table.put(row, 4, (true.values[true.at(row, 4)] or 0) // 1000)
    return true, table


@pytest.mark.parametrize(
    "told",
    [{"finest": True}, {"beside": (5000, 8000, 12000, 3000, 2000)}],
    ids=["a form in yen", "beside such figures"],
)
def test_figures_that_may_end_on_zeros_are_not_too_large(told: dict[str, object]) -> None:
    """Yen in full thousands throughout, and the totals of the rows alone in thousands: the totals are wrong."""
    true, table = row_totals_in_thousands(**told)
    cells, proposed, _ = first(table.localise())
    assert cells == tuple(true.at(row, 4) for row in ROWS)
    assert proposed == tuple(true.values[cell] for cell in cells)


def test_elsewhere_all_other_figures_are_more_than_the_totals_of_the_rows() -> None:
    _, table = row_totals_in_thousands()
    assert len(first(table.localise())[0]) == len(EVERYTHING) - len(ROWS)
