"""One wrong figure in a table of rows and columns: which cell, what was meant, by which slip."""

import pytest

from tests.localiser.drawing import COSTS, first, grid

SLIPS = [
    # row, column, typed, cause
    (1, 3, 4575, "digit"),
    (3, 1, 3037, "transposed"),
    (2, 2, 296, "missing_zero"),
    (1, 1, 12400, "extra_zero"),
    (2, 1, 87200, "hundredfold"),
    (4, 2, 173, "missing_digit"),
    (4, 1, 5996, "doubled_digit"),
    (3, 3, 11589, "extra_digit"),
    (2, 2, -2960, "sign"),
    (1, 2, 318000, "thousandfold"),
    (3, 1, 3, "thousandth"),
    (4, 3, 4333, "copied"),
    (3, 3, 1200, "rounded"),
    (4, 2, 2753, "two_digits"),
    (4, 2, None, "missing"),
    (1, 4, 5633 + 318, "double_counted"),
    (2, 4, 4473 - 872, "omitted_part"),
    (5, 2, 5441 - 371, "stale"),
    (4, 3, 28657, "other"),
]


@pytest.mark.parametrize(("row", "column", "typed", "cause"), SLIPS, ids=[slip[3] for slip in SLIPS])
def test_the_cell_the_figure_meant_and_the_slip_are_named(row: int, column: int, typed: int | None, cause: str):
    true = grid()
    table = true.put(row, column, typed)
    result = table.localise()
    assert first(result) == ((true.at(row, column),), (true.values[true.at(row, column)],), cause)
    assert result.findings[0].candidates[0].observed == (typed,)
    assert result.findings[0].candidates[0].exact


@pytest.mark.parametrize(("row", "column", "typed"), [(2, 2, 296), (3, 1, 3037), (1, 2, 318000), (4, 2, None)])
def test_a_slip_that_two_edits_show_is_localised(row: int, column: int, typed: int | None):
    result = grid().put(row, column, typed).localise()
    assert result.status == "localised"
    assert result.findings[0].evidence == "constraints"
    assert result.findings[0].surplus == 1


def test_a_true_table_is_clean():
    result = grid().localise()
    assert (result.status, result.findings, result.violated) == ("clean", (), ())


def test_a_dash_is_nothing_and_no_blank():
    table = grid(COSTS.replace(" 318  4075  5633", "   -  4075  5315").replace("5441  7929 19385", "5123  7929 19067"))
    assert table.localise().status == "clean"


def test_figures_beyond_ten_million_are_as_exact_as_small_ones():
    text = "\n".join(" ".join(str(int(n) * 10**12) for n in line.split()) for line in COSTS.split("\n") if line.strip())
    table = grid(text).put(2, 2, 2960 * 10**12 + 7)
    assert first(table.localise())[:2] == ((table.at(2, 2),), (2960 * 10**12,))


def test_a_column_of_one_total_can_have_a_factor():
    from reconcile.localiser import Cell, Linear, compile_constraints, localise

    cells = [Cell(f"c{n}", "t", n, 1) for n in range(1, 6)]
    # Two months at one price, with their own sum of months as a second check.
    plan = compile_constraints(cells, [Linear({0: 3, 1: 2}, 2), Linear({0: 1, 1: 1}, 3), Linear({2: 1, 3: 1}, 4)])
    result = localise(plan, [140, 25, 470, 165, 635])
    assert result.status == "clean"
    result = localise(plan, [410, 25, 470, 165, 635])
    assert first(result) == ((0,), (140,), "transposed")
