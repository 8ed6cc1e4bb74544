"""What cannot be told: one check for many cells, cells without a second check, live formulas; and nothing is claimed."""

import pytest

from reconcile.localiser import Cell, Linear, Ratio, ceiling, compile_constraints, coverage, localise
from tests.localiser.drawing import first, grid

LIST = """
1240
 318
4075
 872
2960
9465
"""


def test_one_total_over_a_list_claims_nothing():
    result = grid(LIST, rows=False).put(3, 1, 4572).localise()
    assert result.status == "unlocalisable"
    (finding,) = result.findings
    assert finding.evidence == "typing"
    assert len(finding.candidates) > 3
    assert 2 in {cell for candidate in finding.credible_set for cell in candidate.cells}


@pytest.mark.parametrize("typed", [318000, -318, 3180])
def test_a_telling_slip_in_a_list_comes_first_and_is_no_claim(typed: int):
    result = grid(LIST, rows=False).put(2, 1, typed).localise()
    assert first(result)[:2] == ((1,), (318,))
    assert result.status in ("probable", "ambiguous", "unlocalisable")


def test_what_leaves_the_sum_as_it_is_cannot_be_seen():
    assert grid(LIST, rows=False).put(1, 1, 318).put(2, 1, 1240).localise().status == "clean"


def test_cells_of_one_check_are_alike():
    table = grid(LIST, rows=False)
    assert ceiling(table.plan) == pytest.approx(1 / 6)
    assert {entry.standing for entry in coverage(table.plan)} == {"indistinct"}
    assert coverage(table.plan)[0].alike == (0, 1, 2, 3, 4, 5)


def test_rows_and_columns_tell_every_cell():
    table = grid()
    assert ceiling(table.plan) == 1
    assert {entry.standing for entry in coverage(table.plan)} == {"identifiable"}
    assert {entry.checks for entry in coverage(table.plan)} == {2}


def test_a_ratio_alone_cannot_tell_its_three_figures():
    plan = compile_constraints([Cell(f"c{n}") for n in range(3)], [Ratio(2, 0, 1, 1000)])
    assert ceiling(plan) == pytest.approx(1 / 3)
    result = localise(plan, [47, 50, 904])
    assert first(result) == ((2,), (940,), "transposed")
    assert result.status == "unlocalisable"


def test_a_live_sum_is_no_evidence_against_its_parts():
    """Row totals follow the wrong part; only the typed column total still shows that something is wrong."""
    table = grid(live="rows")
    result = table.put(2, 2, 296).put(2, 4, 4473 - 2960 + 296).localise()
    assert result.status != "localised"
    (finding,) = result.findings
    assert {c for a in finding.candidates for c in a.cells} >= {table.at(row, 2) for row in (1, 2, 3, 4, 5)}


def test_where_all_totals_are_live_nothing_is_checked_and_the_coverage_says_so():
    table = grid(live="rows columns")
    assert table.put(2, 2, 296).localise().status == "clean"
    standing = [entry.standing for entry in coverage(table.plan)]
    assert standing.count("unchecked") == 12
    assert standing.count("computed") == 8


def test_a_typed_total_over_live_ones_checks_their_parts():
    cells = [Cell(f"c{n}", provenance="formula" if n in (2, 5) else "typed") for n in range(7)]
    edits = [Linear({0: 1, 1: 1}, 2), Linear({3: 1, 4: 1}, 5), Linear({2: 1, 5: 1}, 6)]
    plan = compile_constraints(cells, edits)
    assert [edit is None for edit in plan.edits] == [True, True, False]
    result = localise(plan, [10, 20, 30, 40, 5000, 5040, 120])
    assert result.violated == (2,)
    assert 4 in {c for f in result.findings for a in f.candidates for c in a.cells}
    assert not {2, 5} & {c for f in result.findings for a in f.candidates for c in a.cells}


def test_a_circle_of_formulas_is_left_out():
    cells = [Cell(f"c{n}", provenance="formula" if n < 2 else "typed") for n in range(3)]
    plan = compile_constraints(cells, [Linear({1: 1}, 0), Linear({0: 1}, 1), Linear({0: 1}, 2)])
    assert plan.edits == (None, None, None)


@pytest.mark.parametrize("how", ["cell", "call"])
def test_a_locked_cell_is_never_proposed(how: str):
    table = grid(locked="r2c2" if how == "cell" else "")
    locked = [table.at(2, 2)] if how == "call" else []
    result = table.put(2, 2, 296).localise(locked=locked)
    assert table.at(2, 2) not in {c for f in result.findings for a in f.candidates for c in a.cells}


def test_an_earlier_version_decides_where_edits_cannot():
    table = grid(LIST, rows=False)
    before = list(table.values)
    before[0], before[5] = 1300, 9525
    result = table.put(3, 1, 4572).localise(prev=before)
    assert first(result)[:2] == ((2,), (4075,))
    assert result.findings[0].evidence == "previous"
    assert result.status != "localised"


def test_a_total_left_as_it_was_in_the_earlier_version():
    table = grid()
    before = {table.at(4, 4): 4233}
    assert first(table.put(4, 4, 4233).localise(prev=before)) == ((table.at(4, 4),), (4333,), "stale")


def test_a_part_that_is_not_known_makes_the_total_a_bound():
    text = "120 … 500\n80 60 140\n200 . 640"
    assert grid(text).put(3, 2, 440).localise().status == "clean"
    result = grid(text).put(3, 2, 440).put(1, 3, 50).localise()
    assert 0 in result.violated


def test_a_total_that_is_not_known_judges_nothing():
    assert grid("120 300 …\n80 60 140\n200 360 …").localise().status == "clean"


def test_below_the_least_value_of_a_field_nothing_is_proposed():
    table = grid().put(1, 2, 9_000_000)
    for finding in table.localise().findings:
        assert all(value >= 0 for candidate in finding.candidates for value in candidate.proposed)


def test_a_bound_alone_is_an_edit_too():
    plan = compile_constraints([Cell("part"), Cell("whole")], [Linear({0: 1}, 1, sense=">=")])
    assert localise(plan, [30, 40]).status == "clean"
    assert localise(plan, [50, 40]).violated == (0,)
