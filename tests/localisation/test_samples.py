"""The planted faults of figures in the samples: which are located, and which nobody could locate, with the reason."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from reconcile.consolidate import Consolidated
from reconcile.facts import NUMBER
from reconcile.packs import load
from reconcile.pipeline import check
from tests.pipeline.planted_faults import SAMPLES, lines

PACKS = ("council2023", "districts2022", "fund2024", "management2024", "plan2022", "welfare2024")
Place = tuple[str, str]

# Why nobody could tell, by file and cell.
PARTS = "two parts under one total, and nothing else says which of them it is"
BOUND = "it is less than it may be, and many figures would be enough"
PLAN = "more or less than was planned, which is no sum"
FORMS = "two forms say different things, and either may be the wrong one"
TEXT = "a figure and the text that quotes it: either may be the wrong one"
BOTH = "the sums agree with either amount"
READING = "the finding says that it is the increment, and asks which reading is meant"
ROUNDED = "the shares are rounded, and so is what is proposed"
MANY = "one rounded summary over many items, of which several could be it"
NOTHING = "no check goes over it"
UNDECIDABLE: dict[str, dict[Place, str]] = {
    "council2023": {},
    "fund2024": {
        ("02_Brackwater City Council.xlsx", "F6"): BOUND,
        ("02_Brackwater City Council.xlsx", "D7"): NOTHING,
        ("02_Brackwater City Council.xlsx", "E7"): NOTHING,
        ("03_Coldharbour Borough Council.xlsx", "J22"): PLAN,
    },
    "districts2022": {("06_地域行政部.xlsx", "H85"): ROUNDED},
    "management2024": {
        ("01_政策経営部.xlsx", "C8"): MANY,
        ("02_みどり３３推進担当部.xlsx", "D38"): TEXT,
        ("17_高齢福祉部.xlsx", "E11"): NOTHING,
    },
    "plan2022": {
        ("02_道路・交通計画部.xlsx", "D3"): BOUND,
        ("06_世田谷保健所.xlsx", "E9"): PARTS,
        ("06_世田谷保健所.xlsx", "F12"): BOUND,
        ("07_都市整備政策部.xlsx", "F7"): FORMS,
        ("09_生活文化政策部.xlsx", "D19"): PLAN,
        ("09_生活文化政策部.xlsx", "D37"): PLAN,
        ("11_教育委員会事務局.xlsx", "E30"): PARTS,
        ("11_教育委員会事務局.xlsx", "E39"): READING,
        ("11_教育委員会事務局.xlsx", "D59"): BOUND,
        ("11_教育委員会事務局.xlsx", "G26"): BOTH,
        ("12_子ども・若者部.xlsx", "D14"): BOUND,
        ("14_清掃・リサイクル部.xlsx", "G12"): BOUND,
        ("14_清掃・リサイクル部.xlsx", "F20"): PLAN,
    },
    "welfare2024": {("05_子ども・若者部.xlsx", "G33"): BOUND},
}


@cache
def run(pack: str, returns: str) -> Consolidated:
    return check(load(pack), [SAMPLES / pack / returns])


def figures(result: Consolidated) -> dict[tuple[str, ...], Decimal]:
    """Every figure by department, form, record, slot and component."""
    facts = result.facts
    known = [n for n in range(len(facts)) if facts.state[n] == NUMBER]
    names = ("department", "form", "record", "slot", "component")
    return {tuple(str(getattr(facts, name)[n]) for name in names): facts.value[n] for n in known}


def wrong_figures(pack: str) -> dict[Place, tuple[Decimal, Decimal]]:
    """Cell of each planted fault of a figure that is read as one → what stands there and what stood there."""
    spoilt, honest = run(pack, "returns-with-errors"), figures(run(pack, "returns"))
    facts = spoilt.facts
    planted = {(fault["file"], fault["sheet"], fault["cell"]) for fault in lines(pack, "planted.csv")}
    found: dict[Place, tuple[Decimal, Decimal]] = {}
    for n in range(len(facts)):
        ref = facts.ref(n)
        if facts.state[n] != NUMBER or (ref.file, ref.sheet, ref.a1) not in planted:
            continue
        names = ("department", "form", "record", "slot", "component")
        original = honest.get(tuple(str(getattr(facts, name)[n]) for name in names))
        if original is not None and original != facts.value[n]:
            found[ref.file, str(ref.a1)] = (facts.value[n], original)
    return found


def proposals(pack: str) -> dict[Place, Decimal]:
    """The cell that each finding proposes to correct first, with the figure it proposes."""
    told = [f.suggestion for f in run(pack, "returns-with-errors").findings if f.suggestion]
    return {(s.ref.file, str(s.ref.a1)): Decimal(s.value) for s in told}


@pytest.mark.parametrize("pack", PACKS)
def test_every_wrong_figure_that_can_be_located_is_and_what_stood_there_is_proposed(pack: str) -> None:
    proposed = proposals(pack)
    missed = {cell for cell, (_, original) in wrong_figures(pack).items() if proposed.get(cell) != original}
    assert missed == set(UNDECIDABLE[pack])


@pytest.mark.parametrize("pack", PACKS)
def test_what_is_claimed_is_right(pack: str) -> None:
    wrong = wrong_figures(pack)
    claimed = [f.suggestion for f in run(pack, "returns-with-errors").findings if f.suggestion]
    claims = {(s.ref.file, str(s.ref.a1)): Decimal(s.value) for s in claimed if s.standing == "localised"}
    assert claims == {cell: wrong[cell][1] for cell in claims}


@pytest.mark.parametrize("pack", PACKS)
def test_returns_without_planted_faults_are_not_told_where_they_are_wrong(pack: str) -> None:
    findings = run(pack, "returns").findings
    assert [f.code for f in findings if f.variant.startswith(("located", "family"))] == []
    assert [f.code for f in findings if f.suggestion and f.suggestion.standing == "localised"] == []
