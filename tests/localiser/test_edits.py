"""The interval of an edit holds exactly the values with which the edit holds."""

from hypothesis import given
from hypothesis import strategies as st

from reconcile.localiser import Cell, Linear, Ratio, compile_constraints
from reconcile.localiser.confrontation import Confrontation, Hypothesis

small = st.integers(-30, 30)


def confronted(edit, values, regime_cells=3):
    plan = compile_constraints([Cell(f"c{n}", minimum=None) for n in range(regime_cells)], [edit])
    return Confrontation(plan, values)


@given(
    st.tuples(small, small, small),
    st.lists(st.sampled_from([-3, -2, -1, 1, 2, 3]), min_size=2, max_size=2),
    st.sampled_from(["exact", "half", "trunc"]),
    st.sampled_from(["=", ">="]),
)
def test_of_a_balance(values, factors, regime, sense):
    edit = Linear({0: factors[0], 1: factors[1]}, 2, const=4, regime=regime, sense=sense)
    at = confronted(edit, list(values))
    for cell in range(3):
        low, high = at.start().allowed(0, cell)
        for value in range(-60, 61):
            assert at.start().after([(cell, value)]).holds(0) == (low <= value <= high)


@given(
    st.integers(0, 400),
    st.integers(0, 60),
    st.integers(1, 60),
    st.sampled_from(["half", "trunc"]),
    st.booleans(),
    st.sampled_from([10, 100]),
)
def test_of_a_ratio(result, above, below, regime, rounded, scale):
    at = confronted(Ratio(2, 0, 1, scale, regime=regime, rounded_inputs=rounded), [above, below, result])
    for cell, values in ((0, range(0, 130)), (1, range(1, 130)), (2, range(0, 700))):
        low, high = at.start().allowed(0, cell)
        for value in values:
            assert at.start().after([(cell, value)]).holds(0) == (low <= value <= high)


@given(st.integers(-150, 250), small, small, small, st.sampled_from(["half", "trunc"]), st.sampled_from([10, 100]))
def test_of_a_progress_from_a_start(result, reached, aim, start, regime, scale):
    at = confronted(Ratio(3, 0, 1, scale, regime=regime, start=2), [reached, aim, start, result], 4)
    for cell in range(4):
        low, high = at.start().allowed(0, cell)
        for value in range(-60, 61):
            if low <= value <= high:
                # One value is left out that divides by nothing; what is allowed holds.
                held = at.start().after([(cell, value)])
                figures = {0: reached, 1: aim, 2: start, 3: result, cell: value}
                assert held.holds(0) or figures[1] == figures[2]


@given(st.integers(0, 60), st.integers(1, 60), st.integers(-30, 30), st.booleans())
def test_the_figure_of_a_true_progress_is_always_allowed(above, below, start, down):
    turn = -1 if down else 1
    result = (2000 * above + below) // (2 * below)
    values = [start + turn * above, start + turn * below, start, result]
    at = confronted(Ratio(3, 0, 1, 1000, start=2), values, 4)
    assert not at.violated
    for cell, value in enumerate(values):
        low, high = at.start().allowed(0, cell)
        assert low <= value <= high


def test_two_figures_that_must_differ_forbid_one_value_only():
    at = confronted(Linear({0: 1}, 1, sense="!="), [7, 7], 2)
    assert at.violated == {0}
    assert [value for value in range(5, 10) if not at.start().after([(1, value)]).holds(0)] == [7]


@given(st.integers(0, 5000), st.integers(1, 900))
def test_a_ratio_rounded_half_up_always_holds(above, below):
    at = confronted(Ratio(2, 0, 1, 1000), [above, below, (2000 * above + below) // (2 * below)])
    assert not at.violated


@given(st.integers(0, 5000), st.integers(1, 900))
def test_a_truncated_ratio_holds_where_it_is_declared(above, below):
    at = confronted(Ratio(2, 0, 1, 1000, regime="trunc"), [above, below, 1000 * above // below])
    assert not at.violated


def test_a_ratio_of_nothing_is_nothing():
    assert not confronted(Ratio(2, 0, 1, 1000), [0, 0, 0]).violated
    assert confronted(Ratio(2, 0, 1, 1000), [0, 0, 940]).violated
    assert confronted(Ratio(2, 0, 1, 1000), [47, 0, 940]).violated


@given(st.lists(small, min_size=6, max_size=6), st.lists(st.tuples(st.integers(0, 5), small), max_size=6))
def test_residuals_after_changes_are_those_of_the_changed_table(values, changes):
    cells = [Cell(f"c{n}", minimum=None) for n in range(6)]
    terms = [({0: 1, 1: 1}, 2), ({2: 2, 3: -1}, 4), ({0: 1, 3: 1, 4: 1}, 5)]
    edits = [Linear(parts, total, regime="exact") for parts, total in terms]
    plan = compile_constraints(cells, edits)
    at = Confrontation(plan, values)
    hypothesis: Hypothesis = at.start()
    final = list(values)
    for cell, value in changes:
        hypothesis = hypothesis.after([(cell, value)])
        final[cell] = value
    fresh = Confrontation(plan, final)
    assert [hypothesis.residual(n) for n in range(3)] == fresh.residuals
    assert hypothesis.violated == fresh.violated
