"""What a cell without a figure should hold: proposed where the figures around it say so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconcile.balances import Balances, judge
from reconcile.edits import Edit
from reconcile.facts import ERROR, MILESTONE, TEXT
from reconcile.findings import Finding, Suggestion, identify
from reconcile.localisation import localise
from reconcile.packs import Pack, load
from reconcile.rules.balance_findings import balance_findings
from reconcile.rules.context import finding_at
from reconcile.validate import validate
from tests.localisation.test_roots import BUDGET, YEARS
from tests.rules.drawing import Drawn, confront, outcome_of

HEAD = f"number | name | {YEARS}\n"


def proposed(*drawings: Drawn, pack: Pack | None = None) -> dict[str, Suggestion]:
    """What a run proposes for the cells in which a finding says that no figure can be read."""
    data = confront(*drawings, pack=pack)
    facts = data.facts
    balances = Balances()
    edits: list[Edit] = []
    asking: list[Edit] = []
    findings: list[Finding] = list(validate(data.pack, facts).findings)
    for position in range(len(facts)):
        if (
            facts.state[position] in (TEXT, MILESTONE)
            and data.pack.forms[str(facts.form[position])].fields[facts.parts(position)[0]].numeric
        ):
            findings.append(finding_at(facts, position, "FLD002"))
        elif facts.state[position] == ERROR:
            findings.append(finding_at(facts, position, "FIL010"))
    for code in ("BAL001", "BAL002", "BAL007", "CUM001", "DUP002", "RAT001", "RAT003"):
        outcome = outcome_of(code, data)
        balances.extend(outcome.balances)
        findings += outcome.findings
        edits += outcome.edits
        asking += outcome.asking
    judged = judge(balances, facts, data.due)
    findings += balance_findings(data, balances, judged).findings
    graded = identify([replace(f, severity="error") for f in findings], "pack")
    located = localise(data, graded, balances, judged, edits, asking)
    return {str(f.suggestion.ref.a1): f.suggestion for f in located.findings if f.suggestion}


def test_a_blank_part_is_what_the_total_leaves() -> None:
    told = proposed(Drawn("activity", HEAD + "1-2 | 数 | | 1,020 件 | 1,600 件"))["C2"]
    assert (told.value, told.shown, told.cause, told.standing, told.exact) == (
        "580",
        "580 件",
        "missing",
        "probable",
        True,
    )


def test_two_sums_that_agree_say_it_without_doubt() -> None:
    drawing = Drawn("budget", BUDGET + "1 | a | | 1\n1 | b | 200 | 1\n小計 1 | | 300 | 2")
    other = Drawn("budget", BUDGET + "8 | a | 100 | 1", "b.xlsx", "経済産業部")
    assert proposed(drawing)["C2"].standing == "probable"
    told = proposed(drawing, other)["C2"]
    assert (told.value, told.standing) == ("100", "localised")


def test_sums_that_do_not_agree_propose_nothing() -> None:
    drawing = Drawn("budget", BUDGET + "1 | a | | 1\n1 | b | 200 | 1\n小計 1 | | 300 | 2\n合計 | | 300 | 2")
    other = Drawn("budget", BUDGET + "8 | a | 400 | 1", "b.xlsx", "経済産業部")
    assert "C2" not in proposed(drawing, other)


def profile(third: str, total: str) -> dict[str, tuple[str, str]]:
    """What is proposed in a table with totals of rows and columns: a blank where 5,000 was, a figure below it."""
    quarters = [f"amount..{year}-Q{n}" for year in (2023, 2024) for n in range(1, 5)]
    lines = [("Grant", "", "12000"), ("Loan", "3000", "10000"), ("Own means", third, "11500")]
    drawn = [f"{name} | {first} |{' 1000 |' * 7} {own}" for name, first, own in lines]
    head = f"source | {' | '.join(quarters)} | amount..total"
    text = "\n".join([head, *drawn, f"Total funding | {total} |{' 3000 |' * 7} 33500"])
    found = proposed(Drawn("funding", text, department="Eastholm Council"), pack=load("fund2024"))
    return {cell: (told.value, told.standing) for cell, told in found.items()}


def test_a_slip_beside_the_blank_is_taken_as_it_was_meant() -> None:
    assert profile("4500", "12500") == {"B2": ("5000", "localised")}
    assert profile("45000", "12500") == {"B2": ("5000", "localised"), "B4": ("4500", "probable")}


def test_a_slip_beside_the_blank_does_not_hide_that_the_sums_disagree() -> None:
    assert profile("45000", "12600") == {"B4": ("4500", "probable")}


def test_two_blanks_under_one_total_are_not_guessed() -> None:
    assert proposed(Drawn("activity", HEAD + "1-2 | 数 | | | 1,600 件")) == {}


def test_words_for_a_figure_are_replaced_by_it() -> None:
    told = proposed(Drawn("activity", HEAD + "1-2 | 数 | 千件ほど | 600 件 | 1,600 件"))["C2"]
    assert (told.shown, told.cause) == ("1,000 件", "")


def test_a_live_total_passed_over_the_blank_and_says_nothing() -> None:
    assert proposed(Drawn("activity", HEAD + "1-2 | 数 | | 1,020 件 | =1,020 件")) == {}


def test_a_broken_formula_is_told_what_it_should_come_to() -> None:
    told = proposed(Drawn("activity", HEAD + "1-2 | 数 | 580 件 | 1,020 件 | #N/A"))["E2"]
    assert told.shown == "1,600 件"


def test_less_than_the_field_allows_is_not_proposed() -> None:
    assert proposed(Drawn("activity", HEAD + "1-2 | 数 | | 1,020 件 | 600 件")) == {}


RATES = "number | name | value.baseline | value.target.FY2024 | value.actual.FY2024 | value.achieved.FY2024\n"


@pytest.mark.parametrize(
    ("line", "cell", "shown", "exact"),
    [
        ("1-4/1① | 率 | 300 人 | 400 人 | 350 人 | 八割超", "F2", "87.5%", True),
        ("1-4/1① | 率 | 300 人 | 400 人 |  | 87.5%", "E2", "350 人", True),
        ("1-4/1① | 率 | 300 人 | 17,000 人 |  | 87.5%", "E2", "14,875 人", False),
    ],
)
def test_a_quotient_says_what_is_missing_of_it(line: str, cell: str, shown: str, exact: bool) -> None:
    told = proposed(
        Drawn("outcome", RATES + line + "\n1-4/1② | 率 | 1 人 | 3 人 | 1 人 | 33.3%"), pack=load("welfare2024")
    )[cell]
    assert (told.shown, told.exact, told.standing) == (shown, exact, "probable")


def test_nothing_is_proposed_for_a_blank_that_the_others_make_up_for() -> None:
    """It may be nothing, or its figure may stand one column further on."""
    assert "C2" not in proposed(Drawn("activity", HEAD + "1-2 | 数 | | 950 件 | 950 件"))
