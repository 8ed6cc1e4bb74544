"""RLS003 and the totals of effects: re-listed rows stay out, breakdowns come to the total, ○ asks for a figure."""

from __future__ import annotations

import pytest

from reconcile.balances import EMPTY, FAIL, PASS, UNJUDGED
from reconcile.rules.context import Confrontation
from tests.rules.drawing import Drawn, confront, judged, outcome_of

TEXT = """
number | name                 | reduction | restraint | revenue | amount.forecast.FY2022
3-6    | エネルギー使用量の削減 | ○         |           |         | 100
5-1    | 事業の検証（＊）       | ○         |           |         | {again}
7-1    | 事業手法の見直し       | ○         |           |         | 40
9-1    | 跡地の売却（＊）       |           |           | ○       | 7
公共   | 公共施設（再掲分を含む） |           | ○         | ○       | 30
6-1    | 官民連携              |           | ○         |         | 5
合計   |                      |           |           |         | {total}
削減額 |                      |           |           |         | {reduction}
抑制額 |                      |           |           |         | 20
歳入増 |                      |           |           |         | 15
"""


def effect(total: str, reduction: str = "140", again: str = "40") -> Confrontation:
    return confront(Drawn("effect", TEXT.format(total=total, reduction=reduction, again=again)))


def test_a_total_without_re_listed_rows_passes() -> None:
    outcome = outcome_of("RLS003", effect("175"))
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (1, [], [])


@pytest.mark.parametrize(("total", "rows"), [("215", ["F3"]), ("182", ["F5"]), ("222", ["F3", "F5"])])
def test_a_total_that_counts_them_again_is_found_with_their_cells(total: str, rows: list[str]) -> None:
    data = effect(total)
    (finding,) = outcome_of("RLS003", data).findings
    assert (finding.cell, finding.expected) == ("F8", "175 千円")
    assert [part.ref.a1 for part in finding.cells if part.role == "relisted"] == rows
    # The sum of the records says nothing more then.
    balances = outcome_of("BAL002", data)
    assert [kind for kind in balances.balances.kind if kind == "total"] == []


def test_a_total_that_is_wrong_otherwise_is_no_case_of_it() -> None:
    data = effect("180")
    assert outcome_of("RLS003", data).findings == []
    outcome = outcome_of("BAL002", data)
    verdicts = dict(zip(outcome.balances.kind, judged(outcome, data).verdict.tolist(), strict=True))
    assert verdicts["total"] == FAIL


def test_an_unknown_part_leaves_it_unjudged() -> None:
    data = confront(Drawn("effect", TEXT.format(total="215", reduction="140", again="40").replace("| 100", "| 集計中")))
    outcome = outcome_of("RLS003", data)
    assert (outcome.findings, [item.why for item in outcome.unjudged]) == ([], ["part_not_a_number"])


def verdicts(data: Confrontation) -> dict[tuple[str, str], int]:
    outcome = outcome_of("BAL002", data)
    names = zip(outcome.balances.kind, outcome.balances.group, strict=True)
    return dict(zip(names, judged(outcome, data).verdict.tolist(), strict=True))


def test_the_rows_of_a_breakdown_come_to_the_total_and_each_to_its_records() -> None:
    assert verdicts(effect("175")) == {
        ("total", ""): PASS,
        ("kind", "reduction"): PASS,
        ("kind", "restraint"): UNJUDGED,  # 30 is 抑制額 and 歳入増 at once
        ("kind", "revenue"): UNJUDGED,
        ("breakdown", ""): PASS,
    }
    wrong = verdicts(effect("175", reduction="141"))
    assert (wrong["kind", "reduction"], wrong["breakdown", ""], wrong["total", ""]) == (FAIL, FAIL, PASS)


def test_where_nothing_stands_nothing_is_judged() -> None:
    empty = "number | name | reduction | amount.forecast.FY2022\n1-1 | a | | ―\n合計 | | | ―"
    data = confront(Drawn("effect", empty))
    assert judged(outcome_of("BAL002", data), data).verdict.tolist() == [EMPTY]
    assert outcome_of("RLS003", data).passed == 0


FLAGGED = """
number | name | reduction | revenue | amount.forecast.FY2022 | amount.plan.FY2023 | amount.effect.total
{row}
"""


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("8-1 | a |   | ○ | ― | ―   | ―  ", ["E2", "F2", "G2"]),
        ("7-5 | a | ○ |   | ― | 5   | 5  ", ["E2"]),
        ("6-3 | a | ○ |   | 0 | 5   | 5  ", []),
        ("1-1 | a |   | ― | ― | ―   | ―  ", []),
    ],
)
def test_a_flag_asks_for_figures(row: str, cells: list[str]) -> None:
    found = outcome_of("FLD009", confront(Drawn("effect", FLAGGED.format(row=row)))).findings
    assert [part.ref.a1 for f in found for part in f.cells if part.role == "value"] == cells
    assert len(found) == bool(cells)
