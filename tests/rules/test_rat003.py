"""RAT003: a density is population ÷ area, within what the rounding of the area explains."""

from __future__ import annotations

import pytest

from reconcile.messages import render
from reconcile.packs import load
from reconcile.rules.context import Outcome
from tests.rules.drawing import Drawn, confront, outcome_of

HEAD = "area | population | area_km2 | density\n"


def judge(*rows: str) -> Outcome:
    text = HEAD + "\n".join(f"1-{n} | {row}" for n, row in enumerate(rows, 1))
    return outcome_of(
        "RAT003", confront(Drawn("population", text, department="世田谷総合支所"), pack=load("districts2022"))
    )


@pytest.mark.parametrize("row", ["24,201 | 1.186 | 20,406", "28,504 | 1.604 | 17,771", "17,461 | 1.025 | 17,035"])
def test_printed_densities_pass(row: str) -> None:
    outcome = judge(row)
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (1, [], [])


@pytest.mark.parametrize("density", ["20,398", "20,414"])
def test_what_the_rounding_of_the_area_explains_passes(density: str) -> None:
    assert judge(f"24,201 | 1.186 | {density}").findings == []  # 24,201 ÷ 1.1865 … ÷ 1.1855


@pytest.mark.parametrize("density", ["20,396", "20,416", "20,046", "2,041"])
def test_beyond_that_it_fails(density: str) -> None:
    (finding,) = judge(f"24,201 | 1.186 | {density}").findings
    assert (finding.code, finding.cell, finding.expected) == ("RAT003", "D2", "20,406")


def test_a_quotient_that_a_formula_keeps_unrounded_is_rounded_first() -> None:
    assert judge("24,201 | 1.186 | 20405.5649").findings == []


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("集計中 | 1.186 | 20,406", "dividend_not_a_number"),
        ("24,201 | #N/A | 20,406", "divisor_not_a_number"),
        ("24,201 | 1.186 | 集計中", "quotient_not_a_number"),
        ("24,201 | 0 | 20,406", "divisor_is_zero"),
    ],
)
def test_what_cannot_be_judged(row: str, why: str) -> None:
    outcome = judge(row)
    assert (outcome.passed, outcome.findings, [u.why for u in outcome.unjudged]) == (0, [], [why])


def test_nothing_stated_is_nothing_to_judge() -> None:
    outcome = judge("― | ― | ―")
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (0, [], [])


def test_what_a_person_reads() -> None:
    (finding,) = judge("24,201 | 1.186 | 20,046").findings
    assert render(finding, load("districts2022"), "ja") == (
        "様式D1!D2（池尻地区 × 人口密度(1K㎡あたり)）は「20,046」ですが、B2 ÷ C2 は 20,406 です（差 -360）。三つの数字を確かめて直してください。"
    )
