"""The printed figures themselves: what is really wrong in the document is found, and nothing more."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from reconcile.balances import PASS
from reconcile.consolidate import Consolidated


def found(run: Consolidated, code: str) -> list[tuple[str, str]]:
    """Form and record of the findings of a code."""
    return sorted((finding.form, finding.record) for finding in run.findings if finding.code == code)


def test_the_only_errors_are_those_of_the_printed_document(honest: Consolidated) -> None:
    assert [(f.code, f.form, f.record, f.found) for f in honest.findings if f.severity == "error"] == [
        ("FLD009", "activity", "14-1", "―"),  # a rate whose total is ―
        ("FLD009", "effect", "7-5", "―"),  # ○, and nothing yet in the first year: elsewhere that is 0
        ("FLD009", "effect", "8-1", "―"),  # ○ beside ― in all three cells
        ("XRF002", "summary_items", "2-2", ""),  # its number was printed as 2-3
        ("FLD007", "summary_items", "2-3", "2-3"),
    ]


def test_a_number_printed_twice_is_the_cause_of_the_one_that_is_missing(honest: Consolidated) -> None:
    twice = next(f for f in honest.findings if f.code == "FLD007")
    missing = next(f for f in honest.findings if f.code == "XRF002")
    assert missing.root == twice.id
    assert missing.data["typed"] == "2-3"


def test_floor_areas_differ_by_rounding_only(honest: Consolidated) -> None:
    rounded = next(f for f in honest.findings if f.code == "BAL005")
    assert (rounded.form, rounded.record, rounded.severity) == ("facilities", "buildings/area", "info")
    assert rounded.data["difference"] == Decimal(-1)


def test_year_end_values_without_a_mark_are_a_stated_assumption(honest: Consolidated) -> None:
    assert found(honest, "FLD011") == [("activity", "12-1①"), ("activity", "12-3②"), ("activity", "16-3②")]


def test_actuals_beyond_the_whole_plan(honest: Consolidated) -> None:
    assert found(honest, "PRG001") == [("activity", "10-2"), ("activity", "4-3"), ("activity", "6-2①")]


def test_actuals_far_from_the_plan_of_the_year_and_nobody_says_why(honest: Consolidated) -> None:
    far = ("11-4", "15-4", "16-2①", "16-2②", "18-3①", "4-3", "6-1", "6-2①", "9-3②")
    assert found(honest, "PRG002") == [("activity", record) for record in far]
    # Of those beyond the whole plan that is said (PRG001), and this is attached to it.
    assert {f.record for f in honest.findings if f.code == "PRG002" and f.root} == {"4-3", "6-2①"}


def test_one_thing_named_in_two_ways(honest: Consolidated) -> None:
    assert found(honest, "XRF003") == [
        ("activity", "15-2①"),
        ("reform_changes", "3-1/業務改善の実施"),  # 職務時間 for 勤務時間, printed twice
        ("reform_changes", "3-1/次期事務用PCの配置"),
    ]


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


def test_nothing_else_is_said(honest: Consolidated) -> None:
    codes = Counter(finding.code for finding in honest.findings)
    assert codes == {
        "FLD009": 3,
        "FLD011": 3,
        "PRG001": 3,
        "XRF003": 3,
        "FLD012": 5,
        "PRG003": 1,
        "DUP001": 7,
        "BAL005": 1,
        "FLD007": 1,
        "PRG002": 9,
        "XRF002": 1,
    }


def test_the_overview_agrees_with_the_forms(honest: Consolidated) -> None:
    """Eight changes with two values and a name each, nineteen programmes and the total in two columns; eight counts."""
    assert (honest.tallies["XRF005"].passed, honest.tallies["XRF005"].unjudged) == (8 * 3 + 20 * 2, 0)
    assert (honest.tallies["CNT001"].passed, honest.tallies["CNT001"].unjudged) == (8, 0)


def test_re_listed_items_stay_out_of_the_total_of_effects(honest: Consolidated) -> None:
    assert honest.tallies["RLS003"].passed == 3
    assert (honest.tallies["RLS001"].passed, honest.tallies["RLS002"].passed) == (2, 1)


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
        ("effect", 38, 38),
        ("facilities", 15, 15),
        ("dx", 14, 14),
        ("reform_changes", 6, 6),
        ("affiliates", 4, 4),
        ("summary_changes", 8, 8),
        ("summary_cost", 19, 19),
        ("summary_counts", 2, 2),
        ("summary_items", 35, 33),  # the two records of one number are set aside
    ]


def test_what_cannot_be_judged_says_why_and_never_passes(honest: Consolidated) -> None:
    assert Counter((u.code, u.why) for u in honest.unjudged) == {
        ("BAL001", "part_not_a_number"): 4,  # 検討・調整 in the first year of 8-1 and 8-2
        ("BAL001", "total_is_formula"): 3,  # a live SUM says nothing of the column it adds up
        ("BAL002", "kinds_share_records"): 6,  # one amount is 抑制額 and 歳入増 at once
        ("CUM001", "total_not_a_number"): 1,  # 14-1
        ("PRG001", "actual_not_a_number"): 3,
        ("PRG002", "actual_not_a_number"): 2,  # 8-1 and 8-2
        ("XRF003", "key_twice"): 2,
    }
