"""XRF005: a summary against the details it names."""

from __future__ import annotations

import pytest

from tests.rules.drawing import Drawn, at, confront, outcome_of

ACTIVITY = Drawn(
    "activity",
    """
number | name             | amount.initial.FY2023 | amount.revised.FY2023
1-2    | 個別避難計画作成数 | 1,200 件              | 3,800 件
12-1①  | 登録定員数        | 140 名                | 集計中
""",
)


def changes(before: str, after: str, name: str = "避難行動要支援者の個別避難計画作成数", number: str = "1-2") -> Drawn:
    text = f"""
kind   | number   | name   | value.before | value.after
行動量 | {number} | {name} | {before}     | {after}
"""
    return Drawn("summary_changes", text, "b.xlsx", "政策経営部")


def test_what_agrees_passes_and_a_longer_name_is_the_same() -> None:
    outcome = outcome_of("XRF005", confront(ACTIVITY, changes("1,200件", "3,800件")))
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (3, [], [])


def test_another_value_is_found_at_the_summary_with_the_cell_of_the_details() -> None:
    data = confront(ACTIVITY, changes("1,200件", "3,080件"))
    (finding,) = outcome_of("XRF005", data).findings
    assert (finding.cell, finding.found, finding.expected) == ("E2", "3,080件", "3,800 件")
    assert [part.ref for part in finding.cells] == [finding.ref, data.facts.ref(at(data.facts, "D2"))]


def test_another_name_is_found() -> None:
    (finding,) = outcome_of("XRF005", confront(ACTIVITY, changes("1,200件", "3,800件", "防災塾参加人数"))).findings
    assert (finding.field, finding.expected) == ("name", "個別避難計画作成数")


def test_a_number_of_the_details_that_is_pending_or_absent_is_not_judged() -> None:
    outcome = outcome_of("XRF005", confront(ACTIVITY, changes("140名", "100名", "登録定員数", "12-1①")))
    assert (outcome.passed, len(outcome.unjudged)) == (2, 1)
    outcome = outcome_of("XRF005", confront(ACTIVITY, changes("1件", "2件", "x", "9-9")))
    assert [item.why for item in outcome.unjudged] == ["details_not_read"] * 2


def test_what_the_summary_leaves_out_is_no_fault() -> None:
    assert outcome_of("XRF005", confront(ACTIVITY, changes("1,200件", "―", ""))).findings[0].field == "value"
    assert outcome_of("XRF005", confront(ACTIVITY, changes("1,200件", "", ""))).passed == 1


BUDGET = """
programme | code   | amount.actual.FY2022 | amount.revised.FY2023
8         | 08-001 | 100                  | 200
8         | 99-007 | 5,684                | 6,000
小計 8    |        | {subtotal}           | 6,200
"""
OTHER = Drawn(
    "budget",
    "programme | code | amount.actual.FY2022 | amount.revised.FY2023\n10 | 99-007 | 5,684 | 6,000",
    "c.xlsx",
    "経済産業部",
)


def costs(forecast: str, total: str = "5,784", subtotal: str = "5,784", *others: Drawn):
    summary = f"""
programme | name | amount.forecast.FY2022
8         | 地域 | {forecast}
合計      |      | {total}
"""
    return confront(
        Drawn("budget", BUDGET.format(subtotal=subtotal)),
        Drawn("summary_cost", summary, "b.xlsx", "政策経営部"),
        *others,
        everybody=True,
    )


def test_a_programme_is_the_sum_of_its_items_and_the_total_counts_each_once() -> None:
    outcome = outcome_of("XRF005", costs("5,784", "5,784", "5,784", OTHER))
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (2, [], [])


@pytest.mark.parametrize(("forecast", "total", "cells"), [("5,748", "5,784", ["C2"]), ("5,784", "11,468", ["C3"])])
def test_another_sum_is_found(forecast: str, total: str, cells: list[str]) -> None:
    outcome = outcome_of("XRF005", costs(forecast, total, "5,784", OTHER))
    assert [f.cell for f in outcome.findings] == cells
    assert {f.expected for f in outcome.findings} == {"5,784 千円"}


def test_details_that_disagree_among_themselves_leave_it_unjudged() -> None:
    outcome = outcome_of("XRF005", costs("5,748", "5,784", "5,748"))
    assert [item.why for item in outcome.unjudged] == ["details_disagree"] * 2
    different = Drawn("budget", OTHER.text.replace("5,684", "5,864"), "c.xlsx", "経済産業部")
    outcome = outcome_of("XRF005", costs("5,748", "5,784", "5,784", different))
    assert [item.why for item in outcome.unjudged] == ["duplicates_differ"] * 2


def test_a_total_waits_for_every_return() -> None:
    summary = Drawn("summary_cost", "programme | amount.forecast.FY2022\n合計 | 5,784", "b.xlsx", "政策経営部")
    data = confront(Drawn("budget", BUDGET.format(subtotal="5,784")), summary)
    assert [item.why for item in outcome_of("XRF005", data).unjudged] == ["returns_missing"]
