"""The planted faults of figures in the samples: which are located, and which nobody could locate, with the reason."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from benchmarks.localisation.samples import SAMPLES, Place, named, pointed_at, proposals, wrong_figures
from reconcile.consolidate import Consolidated
from reconcile.packs import load
from reconcile.pipeline import check

PACKS = ("council2023", "districts2022", "fund2024", "management2024", "plan2022", "welfare2024")

# Why nobody could tell, by file and cell. First where the cell is named as one of those that may be wrong.
PARTS = "two parts under one total, and nothing else says which of them it is"
BOUND = "it is less or more than it may be beside another figure, and many figures would be enough"
BOTH = "one item, two amounts, and the sums on both sides agree with their own"
TEXT = "a figure and the text that quotes it: either may be the wrong one"
MANY = "one rounded summary over many items, of which several could be it"
ABOUT = "only a rounded quotient says what is missing, and so what is proposed is no more than about"
AMONG = (PARTS, BOUND, BOTH, TEXT, MANY, ABOUT)
# Then where a finding says of the cell alone that it is wrong, and nothing says what was meant.
PLAN = "more or less than was planned, or worse than the start: no sum, and it may be true"
NOTHING = "no check goes over it that knows its other figures"
ASIDE = "the sum is held back, since a row of it was sent twice"
ALONE = (PLAN, NOTHING, ASIDE)

UNDECIDABLE: dict[str, dict[tuple[str, str], str]] = {
    "council2023": {},
    "districts2022": {
        ("04_砧総合支所.xlsx", "B4"): ASIDE,
        ("04_砧総合支所.xlsx", "C5"): ABOUT,
    },
    "fund2024": {
        ("02_Brackwater City Council.xlsx", "D7"): NOTHING,
        ("02_Brackwater City Council.xlsx", "E7"): NOTHING,
        ("02_Brackwater City Council.xlsx", "F6"): BOUND,
        ("03_Coldharbour Borough Council.xlsx", "J22"): BOUND,
    },
    "management2024": {
        ("01_政策経営部.xlsx", "C8"): MANY,
        ("01_政策経営部.xlsx", "D7"): NOTHING,
        ("02_みどり３３推進担当部.xlsx", "D38"): TEXT,
        ("04_地域行政部.xlsx", "B9"): NOTHING,
        ("17_高齢福祉部.xlsx", "E11"): NOTHING,
    },
    "plan2022": {
        ("02_道路・交通計画部.xlsx", "D3"): BOUND,
        ("03_保健福祉政策部.xlsx", "D5"): NOTHING,
        ("06_世田谷保健所.xlsx", "E9"): PARTS,
        ("06_世田谷保健所.xlsx", "F12"): BOUND,
        ("08_地域行政部.xlsx", "E5"): NOTHING,
        ("09_生活文化政策部.xlsx", "D19"): PLAN,
        ("09_生活文化政策部.xlsx", "D37"): PLAN,
        ("11_教育委員会事務局.xlsx", "D59"): PLAN,
        ("11_教育委員会事務局.xlsx", "E30"): PARTS,
        ("11_教育委員会事務局.xlsx", "G26"): BOTH,
        ("12_子ども・若者部.xlsx", "D14"): BOUND,
        ("14_清掃・リサイクル部.xlsx", "F20"): PLAN,
        ("14_清掃・リサイクル部.xlsx", "G12"): BOUND,
    },
    "welfare2024": {
        ("01_保健福祉政策部.xlsx", "L118"): ABOUT,
        ("03_障害福祉部.xlsx", "H38"): NOTHING,
        ("03_障害福祉部.xlsx", "M34"): ABOUT,
        ("05_子ども・若者部.xlsx", "G33"): BOUND,
        ("05_子ども・若者部.xlsx", "L74"): NOTHING,
        ("06_世田谷保健所.xlsx", "H20"): NOTHING,
    },
}


@cache
def run(pack: str, returns: str) -> Consolidated:
    return check(load(pack), [SAMPLES / pack / returns])


@cache
def wrong(pack: str) -> dict[Place, Decimal]:
    return wrong_figures(pack, run(pack, "returns-with-errors"), run(pack, "returns"))


@pytest.mark.parametrize("pack", PACKS)
def test_every_wrong_figure_that_can_be_located_is_and_what_stood_there_is_proposed(pack: str) -> None:
    proposed = {place: Decimal(told.value) for place, told in proposals(run(pack, "returns-with-errors")).items()}
    missed = {
        (file, cell) for (file, sheet, cell), true in wrong(pack).items() if proposed.get((file, sheet, cell)) != true
    }
    assert missed == set(UNDECIDABLE[pack])


@pytest.mark.parametrize("pack", PACKS)
def test_where_the_cell_cannot_be_told_it_is_among_those_named_or_a_finding_is_about_it(pack: str) -> None:
    spoilt = run(pack, "returns-with-errors")
    among = {(file, cell) for file, _, cell in named(spoilt) | proposals(spoilt).keys()}
    alone = {(file, cell) for file, _, cell in pointed_at(spoilt)}
    for place, why in UNDECIDABLE[pack].items():
        assert place in (among if why in AMONG else alone - among), why
    assert set(UNDECIDABLE[pack].values()) <= {*AMONG, *ALONE}


@pytest.mark.parametrize("pack", PACKS)
def test_what_is_proposed_about_lies_near(pack: str) -> None:
    proposed = proposals(run(pack, "returns-with-errors"))
    for place, true in wrong(pack).items():
        if UNDECIDABLE[pack].get((place[0], place[2])) == ABOUT:
            assert not proposed[place].exact
            assert abs(Decimal(proposed[place].value) / true - 1) < Decimal("0.001")


@pytest.mark.parametrize("pack", PACKS)
def test_what_is_claimed_is_right(pack: str) -> None:
    told = proposals(run(pack, "returns-with-errors"))
    claims = {place: Decimal(s.value) for place, s in told.items() if s.standing == "localised"}
    assert claims == {place: wrong(pack)[place] for place in claims}


@pytest.mark.parametrize("pack", PACKS)
def test_returns_without_planted_faults_are_not_told_where_they_are_wrong(pack: str) -> None:
    findings = run(pack, "returns").findings
    assert [f.code for f in findings if f.variant.startswith(("located", "family"))] == []
    assert [f.code for f in findings if f.suggestion and f.suggestion.standing == "localised"] == []
