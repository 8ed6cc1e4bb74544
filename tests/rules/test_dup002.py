"""DUP002: one item, different amounts."""

import pytest

from tests.rules.drawing import confront, outcome_of
from tests.rules.test_dup001 import ward


@pytest.mark.parametrize(
    ("amounts", "file", "found", "expected"),
    [
        # The minority is to be corrected first, wherever it stands.
        (["5,684", "5,684", "5,648"], "3.xlsx", "5,648", "5,684"),
        (["5,648", "5,684", "5,684"], "1.xlsx", "5,648", "5,684"),
        # Without a majority, the later one.
        (["5,684", "5,648"], "2.xlsx", "5,648", "5,684"),
        (["1", "2", "3"], "2.xlsx", "2", "1"),
        # ― says that there is nothing, which differs from an amount.
        (["5,684", "5,684", "―"], "3.xlsx", "―", "5,684"),
    ],
)
def test_the_amount_to_correct_first(amounts: list[str], file: str, found: str, expected: str) -> None:
    outcome = outcome_of("DUP002", confront(*ward(*amounts)))
    (finding,) = outcome.findings
    assert (finding.ref.file, finding.cell, finding.found, finding.expected) == (file, "D2", found, expected)
    assert (finding.version, finding.period) == ("initial", "FY2022")
    assert [part.ref.file for part in finding.cells] == [f"{n}.xlsx" for n in range(1, len(amounts) + 1)]
    assert outcome.passed == 1  # the other year agrees


def test_zero_and_nil_are_the_same_amount() -> None:
    assert outcome_of("DUP002", confront(*ward("0", "―"))).findings == []


def test_equal_amounts_pass_in_any_notation() -> None:
    outcome = outcome_of("DUP002", confront(*ward("5,684 千円", "5684")))
    assert (outcome.findings, outcome.passed) == ([], 2)


def test_an_unknown_amount_cannot_be_judged() -> None:
    outcome = outcome_of("DUP002", confront(*ward("5,684", "集計中")))
    assert [(u.why, u.ref.file, u.ref.a1) for u in outcome.unjudged] == [("part_not_a_number", "2.xlsx", "D2")]
    assert (outcome.findings, outcome.passed) == ([], 1)


def test_known_amounts_that_differ_are_reported_although_another_is_unknown() -> None:
    assert len(outcome_of("DUP002", confront(*ward("5,684", "集計中", "5,648"))).findings) == 1
