"""Operations on several cells at once."""

import pytest

from reconcile.localiser import Cell, Linear, Ratio, Series, compile_constraints, localise
from tests.localiser.drawing import first, grid


def test_two_figures_that_changed_places():
    true = grid()
    table = true.put(2, 1, 3307).put(3, 1, 872)
    assert first(table.localise()) == ((true.at(2, 1), true.at(3, 1)), (872, 3307), "swapped")


def test_rows_that_slipped_in_one_column():
    true = grid()
    table = true.put(1, 3, 641).put(2, 3, 1189).put(3, 3, 2024).put(4, 3, 4075)
    cells, proposed, cause = first(table.localise())
    assert cells == tuple(true.at(row, 3) for row in (1, 2, 3, 4))
    assert proposed == (4075, 641, 1189, 2024)
    assert cause == "shifted"


@pytest.mark.parametrize("axis", ["row", "column"])
def test_a_line_in_yen_among_thousands(axis: str):
    true = grid()
    places = [(2, column) for column in (1, 2, 3, 4)] if axis == "row" else [(row, 2) for row in (1, 2, 3, 4, 5)]
    table = true
    for place in places:
        table = table.put(*place, (true.values[true.at(*place)] or 0) * 1000)
    cells, proposed, cause = first(table.localise())
    assert cells == tuple(true.at(*place) for place in places)
    assert proposed == tuple(true.values[cell] for cell in cells)
    assert cause == "line_unit"


@pytest.mark.parametrize("regime", ["exact", "half"])
def test_a_row_that_nobody_filled_in(regime: str):
    true = grid(regime=regime)
    table = true.put(3, 1, None).put(3, 2, None).put(3, 3, None).put(3, 4, None)
    result = table.localise()
    assert first(result) == (
        tuple(true.at(3, column) for column in (1, 2, 3, 4)),
        (3307, 450, 1189, 4946),
        "line_missing",
    )
    assert result.findings[0].candidates[0].exact == (regime == "exact")


def cumulative():
    """Six months with the count, its running total, and the sum of the year below each."""
    cells = [Cell(f"r{n // 2 + 1}c{n % 2 + 1}", "t", n // 2 + 1, n % 2 + 1) for n in range(14)]
    edits = [Linear({0: 1}, 1), *(Linear({2 * m - 1: 1, 2 * m: 1}, 2 * m + 1) for m in range(1, 6))]
    edits += [Linear(dict.fromkeys(range(0, 12, 2), 1), 12), Linear({11: 1}, 13)]
    series = Series(tuple(range(0, 12, 2)), tuple(range(1, 12, 2)))
    counts, values, total = (131, 87, 240, 59, 172, 103), [], 0
    for count in counts:
        total += count
        values += [count, total]
    return compile_constraints(cells, edits, [series]), [*values, total, total]


def test_a_series_given_as_running_totals():
    plan, values = cumulative()
    assert localise(plan, values).status == "clean"
    running = [values[n + 1] if n % 2 == 0 and n < 12 else v for n, v in enumerate(values)]
    cells, proposed, cause = first(localise(plan, running))
    assert cells == (2, 4, 6, 8, 10)
    assert proposed == tuple(values[cell] for cell in cells)
    assert cause == "series_cumulative"


def test_one_running_total_in_place_of_the_count():
    plan, values = cumulative()
    assert first(localise(plan, [*values[:6], values[7], *values[7:]])) == ((6,), (59,), "linked")


def test_a_part_revised_and_none_of_its_totals_stands_beside_one_wrong_part():
    true = grid()
    result = true.put(3, 1, 3397).localise()
    (finding,) = result.findings
    twin = next(c for c in finding.candidates if c.cause == "totals_not_updated")
    assert twin.cells == (true.at(3, 4), true.at(5, 1), true.at(5, 4))
    assert twin.proposed == (4946 + 90, 6015 + 90, 19385 + 90)
    assert finding.candidates[0].cells == (true.at(3, 1),)


def test_a_revision_that_looks_like_one_is_not_claimed():
    # 1,713 → 1,870: no slip of the hand, and of the size of a revision.
    result = grid().put(4, 2, 1870).localise()
    assert result.status in ("probable", "ambiguous")


def test_forgotten_totals_reach_the_ratio_computed_from_them():
    cells = [Cell(f"c{n}", "t", n // 3 + 1, n % 3 + 1) for n in range(9)]
    ratios = [Ratio(3 * r + 2, 3 * r, 3 * r + 1, 1000) for r in range(3)]
    sums = [Linear({0: 1, 3: 1}, 6), Linear({1: 1, 4: 1}, 7)]
    plan = compile_constraints(cells, [*ratios, *sums])
    values = [470, 500, 940, 310, 400, 775, 780, 900, 867]
    assert localise(plan, values).status == "clean"
    (finding,) = localise(plan, [470, 500, 940, 353, 400, 775, 780, 900, 867]).findings
    twin = next(c for c in finding.candidates if c.cause == "totals_not_updated")
    assert dict(zip(twin.cells, twin.proposed, strict=True)) == {5: 883, 6: 823, 8: 914}


def densities():
    """Five districts with people, km² (two decimals) and people per km², and their sums below."""
    districts = ((3120, 6542), (4571, 7018), (2214, 3390), (5903, 5127), (4026, 8244))
    rows = [*districts, tuple(map(sum, zip(*districts, strict=True)))]
    cells = [
        Cell(f"r{row}c{column}", "t", row, column, decimals=2 if column == 2 else 0)
        for row in range(1, 7)
        for column in (1, 2, 3)
    ]
    ratios = [Ratio(3 * row + 2, 3 * row, 3 * row + 1, 100) for row in range(6)]
    sums = [Linear({3 * row + column: 1 for row in range(5)}, 15 + column) for column in (0, 1)]
    figures = [(people, area, (200 * people + area) // (2 * area)) for people, area in rows]
    return compile_constraints(cells, [*ratios, *sums]), [figure for row in figures for figure in row]


def test_a_column_alone_of_its_scale_in_another_unit_does_not_tell_its_own_last_digit():
    plan, values = densities()
    assert localise(plan, values).status == "clean"
    metres = [v * 1000 if n % 3 == 1 else v for n, v in enumerate(values)]
    cells, proposed, cause = first(localise(plan, metres))
    assert cells == tuple(range(1, 18, 3))
    assert proposed == tuple(values[1::3])
    assert cause == "line_unit"
