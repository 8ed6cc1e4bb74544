"""What rounding leaves, and which rounding it was."""

import math
from itertools import product

import pytest

from reconcile.localiser import Cell, Linear, compile_constraints, localise
from reconcile.localiser.confrontation import Confrontation
from reconcile.localiser.rounding import infer, law
from tests.localiser.drawing import grid

# True figures in yen and what is printed of them in thousands.
HALF = """
1240 318 4076 5633
 872 2961  641 4473
3307  450 1189 4946
 597 1713 2024 4334
6015 5441 7930 19386
"""


@pytest.mark.parametrize("parts", range(1, 9))
@pytest.mark.parametrize("regime", ["half", "trunc"])
def test_probabilities_sum_to_one(regime: str, parts: int):
    own = law(regime, parts)
    assert sum(map(math.exp, own.logs)) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(
    ("parts", "half", "trunc"), [(2, 1, (0, 1)), (5, 2, (0, 4)), (28, 7, (6, 21)), (200, 20, (80, 119))]
)
def test_the_tolerance_is_far_below_half_a_unit_a_part(parts: int, half: int, trunc: tuple[int, int]):
    assert law("half", parts, 50).tolerance == (-half, half)
    assert law("trunc", parts, 50).tolerance == trunc


@pytest.mark.parametrize("parts", [2, 3, 4])
def test_the_laws_are_those_of_rounded_sums(parts: int):
    """Every combination of fractions on a fine grid, counted."""
    steps = 24
    fractions = [(2 * n + 1) / (2 * steps) for n in range(steps)]
    half, trunc, total = {}, {}, steps**parts
    for combination in product(fractions, repeat=parts):
        whole = sum(combination)
        up = math.floor(whole + 0.5) - sum(f >= 0.5 for f in combination)
        half[up] = half.get(up, 0) + 1 / total
        trunc[math.floor(whole)] = trunc.get(math.floor(whole), 0) + 1 / total
    for regime, counted in (("half", half), ("trunc", trunc)):
        for residual, chance in counted.items():
            assert math.exp(law(regime, parts).log(residual)) == pytest.approx(chance, abs=0.06)


def test_exact_figures_allow_nothing():
    assert law("exact", 9).tolerance == (0, 0)


def test_the_regime_is_read_from_the_residuals():
    parts = [5] * 40
    assert infer([0] * 40, parts) == "exact"
    assert infer([0, 1, -1, 0] * 10, parts) == "half"
    assert infer([2, 1, 3, 2] * 10, parts) == "trunc"
    assert infer([0] * 39 + [9000], parts) == "exact"
    assert infer([0, 1, -1, 0] * 9 + [9000, 0, 0, 1], parts) == "half"


def test_a_rounded_table_is_not_flagged():
    result = grid(HALF, regime="infer").localise()
    assert result.status == "rounding_only"
    assert result.regimes == {"t": "half"}
    assert not result.findings


def test_the_same_table_in_whole_people_is_flagged():
    assert grid(HALF, regime="exact").localise().violated


def test_the_value_of_a_rounded_table_is_about():
    true = grid(HALF, regime="half")
    (finding,) = true.put(2, 2, 9160).localise().findings
    best = finding.candidates[0]
    assert best.cells == (true.at(2, 2),)
    assert not best.exact
    assert best.interval is not None
    assert best.interval[0] <= 2961 <= best.interval[1]


def test_a_dash_carries_no_rounding_error():
    text = "1240 - - - 1242\n872 - - - 872\n2112 - - - 2114"
    at = Confrontation(grid(text, regime="half").plan, grid(text).values, grid(text).states)
    assert at.tolerance[0] == (0, 0)
    assert at.tolerance[3] == (-1, 1)


def test_truncated_figures_fall_short_on_one_side_only():
    plan = compile_constraints([Cell(f"c{n}") for n in range(4)], [Linear({0: 1, 1: 1, 2: 1}, 3, regime="trunc")])
    assert localise(plan, [10, 20, 30, 62]).status == "rounding_only"
    assert localise(plan, [10, 20, 30, 59]).violated == (0,)
    assert localise(plan, [10, 20, 30, 63]).violated == (0,)
