"""Figures that are in another unit together: the parts of a table, some of its rows or columns, or its totals."""

import random

import pytest

from reconcile.localiser import Cell, Linear, compile_constraints, localise
from reconcile.localiser.confrontation import Hypothesis
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


@pytest.mark.parametrize("name", CASES)
def test_what_is_in_thousands_in_a_form_in_yen_is_one_finding(name: str) -> None:
    true = thousandfold(grid(finest=True), EVERYTHING)
    table = true
    for place in CASES[name]:
        table = table.put(*place, (true.values[true.at(*place)] or 0) // 1000)
    cells = tuple(sorted(true.at(*place) for place in CASES[name]))
    assert first(table.localise()) == (cells, tuple(true.values[cell] for cell in cells), "line_unit")


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


def drawn(rows: int = 12, last: int = 1, **told: object) -> Drawn:
    """Four columns of drawn figures that end on ``last``, with their totals."""
    chance = random.Random(rows)
    body = [[chance.randrange(1, 100_000) * last for _ in range(4)] for _ in range(rows)]
    body = [[*row, sum(row)] for row in body]
    body.append([sum(column) for column in zip(*body, strict=True)])
    return grid("\n".join(" ".join(map(str, row)) for row in body), **told)  # type: ignore[arg-type]


def parts(rows: int) -> list[tuple[int, int]]:
    return [(row, column) for row in range(1, rows + 1) for column in range(1, 5)]


def test_yen_among_millions_is_one_finding() -> None:
    true = drawn()
    cells, proposed, _ = first(thousandfold(thousandfold(true, parts(12)), parts(12)).localise())
    assert (len(cells), proposed[0]) == (48, true.values[0])


def test_the_totals_of_rows_may_be_formulas_over_such_figures() -> None:
    table = thousandfold(drawn(live="rows"), [(row, column) for row in range(1, 13) for column in range(1, 6)])
    cells, _, cause = first(table.localise())
    assert (cells, cause) == (tuple(table.at(*place) for place in parts(12)), "line_unit")


@pytest.mark.parametrize("places", [[(4, 5)], [(4, 5), (6, 5), (10, 5)], [(4, 2), (8, 3)]])
def test_single_figures_that_are_too_small_in_a_table_of_round_ones_are_single_findings(
    places: list[tuple[int, int]],
) -> None:
    table = drawn(last=1000)
    for place in places:
        value = table.values[table.at(*place)]
        table = table.put(*place, (value or 0) // 1000)
    assert {f.candidates[0].cells for f in table.localise().findings} == {(table.at(*place),) for place in places}


@pytest.mark.parametrize("last", [1, 1000])
def test_a_right_table_is_in_one_unit(last: int) -> None:
    assert not drawn(last=last).localise().findings


def test_a_figure_that_is_in_the_unit_of_the_totals_already_is_left_out() -> None:
    true = drawn()
    own = [place for place in parts(12) if place != (6, 2)]
    assert first(thousandfold(true, own).localise())[0] == tuple(true.at(*place) for place in own)


@pytest.mark.parametrize(("place", "step"), [((6, 2), 9_000_000), ((6, 2), 7), ((6, 5), 9_000), ((13, 3), 9_000)])
def test_a_slip_in_such_a_table_is_told_beside_it(place: tuple[int, int], step: int) -> None:
    true = drawn()
    table = thousandfold(true, parts(12))
    table = table.put(*place, (table.values[table.at(*place)] or 0) + step)
    told = {f.candidates[0].cells: f.candidates[0].proposed for f in table.localise().findings}
    assert told.pop((true.at(*place),)) == (true.values[true.at(*place)],)
    ((cells, _),) = told.items()
    assert len(cells) in (47, 48)


def test_what_is_looked_at_grows_as_the_table_does(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = 0
    holds = Hypothesis.holds

    def counting(self: Hypothesis, number: int) -> bool:
        nonlocal counted
        counted += 1
        return holds(self, number)

    monkeypatch.setattr(Hypothesis, "holds", counting)
    looked_at = []
    for rows in (50, 400):
        counted = 0
        assert len(first(thousandfold(drawn(rows), parts(rows)).localise())[0]) == 4 * rows
        looked_at.append(counted)
    assert looked_at[1] < 9 * looked_at[0]
