"""The printed figures themselves: what is really wrong in the document is found, and nothing more."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from reconcile.balances import PASS
from reconcile.consolidate import Consolidated


def found(run: Consolidated, code: str) -> list[tuple[str, str]]:
    """Form and record of the findings of a code."""
    return sorted((finding.form, finding.record) for finding in run.findings if finding.code == code)


def test_the_only_error_is_the_rate_whose_total_is_a_dash(honest: Consolidated) -> None:
    assert [(f.code, f.record, f.found) for f in honest.findings if f.severity == "error"] == [("FLD009", "14-1", "―")]


def test_year_end_values_without_a_mark_are_a_stated_assumption(honest: Consolidated) -> None:
    assert found(honest, "FLD011") == [("activity", "12-1①"), ("activity", "12-3②"), ("activity", "16-3②")]


def test_actuals_beyond_the_whole_plan(honest: Consolidated) -> None:
    assert found(honest, "PRG001") == [("activity", "10-2"), ("activity", "4-3"), ("activity", "6-2①")]


def test_one_indicator_named_in_two_ways(honest: Consolidated) -> None:
    assert found(honest, "XRF003") == [("activity", "15-2①")]


def test_units_that_do_not_fit_their_labels(honest: Consolidated) -> None:
    assert found(honest, "FLD012") == [
        ("activity", "10-1"),
        ("activity", "15-4"),
        ("outcome", "10-4"),
        ("outcome", "16-3②"),
        ("outcome", "6-2②"),
    ]


def test_a_target_below_where_it_starts(honest: Consolidated) -> None:
    assert found(honest, "PRG003") == [("outcome", "11-3")]


def test_nothing_else_is_said_but_duplicated_budget_projects(honest: Consolidated) -> None:
    codes = Counter(finding.code for finding in honest.findings)
    assert codes == {"FLD009": 1, "FLD011": 3, "PRG001": 3, "XRF003": 1, "FLD012": 5, "PRG003": 1, "DUP001": 7}


def test_the_wards_totals_count_each_budget_project_once(honest: Consolidated) -> None:
    balances, judged, facts = honest.balances, honest.judged, honest.facts
    grand = [number for number, code in enumerate(balances.code) if code == "BAL006"]
    assert [facts.decimal(int(judged.computed[n])) for n in grand] == [
        Decimal(5844086),
        Decimal(6339428),
        Decimal(6710284),
        Decimal(5139507),
    ]
    assert [facts.decimal(balances.excluded[n]) for n in grand] == [
        Decimal(284214),
        Decimal(289975),
        Decimal(321173),
        Decimal(222211),
    ]
    assert all(judged.verdict[n] == PASS for n in grand)


def test_every_record_of_the_register_is_read_and_merged(honest: Consolidated) -> None:
    assert [(c.form, c.read, c.merged) for c in honest.conserved] == [
        ("activity", 78, 78),
        ("outcome", 76, 76),
        ("budget", 79, 79),
    ]


def test_what_cannot_be_judged_says_why_and_never_passes(honest: Consolidated) -> None:
    assert Counter((u.code, u.why) for u in honest.unjudged) == {
        ("BAL001", "part_not_a_number"): 4,  # 検討・調整 in the first year of 8-1 and 8-2
        ("CUM001", "total_not_a_number"): 1,  # 14-1
        ("PRG001", "actual_not_a_number"): 3,
    }
