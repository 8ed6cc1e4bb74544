"""CUM003: a running total is the previous one plus the month's count; months in order, none skipped."""

from __future__ import annotations

import pytest

from reconcile.balances import EMPTY, FAIL, PASS, UNJUDGED
from reconcile.messages import render
from reconcile.packs import Pack, load
from reconcile.rules.balance_findings import balance_findings
from reconcile.rules.context import Confrontation
from tests.rules.drawing import Drawn, confront, judged, outcome_of

HEAD = "service | area | " + " | ".join(
    f"cases.{version}.2021-{month:02}" for month in (4, 5, 6) for version in ("month", "running")
)


def months(row: str, head: str = HEAD) -> Confrontation:
    text = f"{head}\ncertificate | 1-1 | {row}"
    return confront(Drawn("cases", text, department="世田谷総合支所"), pack=districts())


def districts() -> Pack:
    return load("districts2022")


def verdicts(data: Confrontation) -> list[tuple[int, str]]:
    outcome = outcome_of("CUM003", data)
    result = judged(outcome, data)
    return list(zip(result.verdict.tolist(), result.why, strict=True))


def told(data: Confrontation) -> list[tuple[str, str | None]]:
    return [(finding.variant, finding.cell) for finding in outcome_of("CUM003", data).findings]


def test_running_totals_run_on() -> None:
    data = months("10 | 10 | 5 | 15 | 7 | 22")
    assert verdicts(data) == [(PASS, "")] * 3
    assert told(data) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("10 | 11 | 5 | 16 | 7 | 23", [FAIL, PASS, PASS]),  # the first is the month's own count
        ("10 | 10 | 5 | 16 | 7 | 23", [PASS, FAIL, PASS]),
        ("10 | 10 | 5 | 15 | 7 | 7", [PASS, PASS, FAIL]),
        ("10 | 10 | ▲5 | 5 | 7 | 12", [PASS, PASS, PASS]),
    ],
)
def test_each_month_is_judged_by_the_one_before(row: str, expected: list[int]) -> None:
    assert [verdict for verdict, _ in verdicts(months(row))] == expected


def test_months_that_have_not_come_yet_are_not_missed() -> None:
    data = months("10 | 10 | 5 | 15 |  | ")
    assert verdicts(data) == [(PASS, "")] * 2
    assert told(data) == []


def test_a_row_that_ends_before_the_others_is_told_once() -> None:
    rows = ["certificate | 1-1 | 10 | 10 | | | | ", "certificate | 1-2 | 8 | 8 | 2 | 10 | 3 | 13"]
    data = confront(Drawn("cases", "\n".join([HEAD, *rows]), department="世田谷総合支所"), pack=districts())
    (finding,) = outcome_of("CUM003", data).findings
    assert (finding.variant, finding.cell, finding.data["count"]) == ("stops", "E2", 2)
    assert [part.ref.a1 for part in finding.cells] == ["E2", "F2", "G2", "H2"]
    rows[1] = "handbook | 1-2 | 8 | 8 | 2 | 10 | 3 | 13"  # another table may be further on
    data = confront(Drawn("cases", "\n".join([HEAD, *rows]), department="世田谷総合支所"), pack=districts())
    assert told(data) == []


def test_a_month_left_open_is_told_and_the_next_is_not_judged() -> None:
    data = months("10 | 10 |  |  | 7 | 22")
    assert told(data) == [("skipped", "E2")]
    assert verdicts(data) == [(PASS, ""), (UNJUDGED, "period_skipped"), (UNJUDGED, "period_skipped")]


def test_a_count_left_open_beside_its_running_total() -> None:
    data = months("10 | 10 |  | 15 | 7 | 22")
    assert told(data) == [("skipped", "E2")]
    assert verdicts(data) == [(PASS, ""), (UNJUDGED, "period_skipped"), (PASS, "")]


@pytest.mark.parametrize("state", ["集計中", "#N/A", "不明"])
def test_a_figure_that_is_not_known_leaves_it_unjudged(state: str) -> None:
    data = months(f"10 | 10 | {state} | 15 | 7 | 22")
    assert verdicts(data) == [(PASS, ""), (UNJUDGED, "part_not_a_number"), (PASS, "")]


def test_a_month_whose_column_was_not_found_is_not_judged() -> None:
    assert verdicts(months("10 | 10 | ~ | 15 | 7 | 22")) == [(PASS, ""), (UNJUDGED, "part_not_found"), (PASS, "")]


def test_a_service_that_is_not_offered_has_nothing_to_judge() -> None:
    data = months("― | ― | ― | ― | ― | ―")
    assert [verdict for verdict, _ in verdicts(data)] in ([], [EMPTY] * 3)
    assert told(data) == []


def test_columns_out_of_order_are_told_once_a_table() -> None:
    turned = "service | area | " + " | ".join(
        f"cases.{version}.2021-{month:02}" for month in (4, 6, 5) for version in ("month", "running")
    )
    text = f"{turned}\ncertificate | 1-1 | 10 | 10 | 7 | 22 | 5 | 15\ncertificate | 1-2 | 1 | 1 | 1 | 3 | 1 | 2"
    data = confront(Drawn("cases", text, department="世田谷総合支所"), pack=districts())
    assert [verdict for verdict, _ in verdicts(data)] == [PASS] * 6
    assert told(data) == [("order", "F2")]


def test_what_a_person_reads() -> None:
    pack = districts()
    data = months("10 | 10 | 5 | 16 |  |  ")
    outcome = outcome_of("CUM003", data)
    (finding,) = balance_findings(data, outcome.balances, judged(outcome, data)).findings
    assert render(finding, pack, "ja") == (
        "様式D2!F2（池尻地区 × 累計・5月）は「16」ですが、前の月までの累計と当月 D2:E2 の合計は 15 です（差 +1）。D2:E2 と累計を確かめて直してください。"
    )
    (finding,) = outcome_of("CUM003", months("10 | 10 |  |  | 7 | 22")).findings
    assert render(finding, pack, "ja").startswith(
        "様式D2!E2（池尻地区 × 当月・5月）が空いていますが、後の月は記入されています。"
    )
