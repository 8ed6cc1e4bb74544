"""A return whose header is not found is not judged on that column: nothing follows from what was not read."""

import itertools
from dataclasses import replace

import pytest

from reconcile.balances import FAIL, judge
from reconcile.findings import CellRef, Finding
from reconcile.rules import judge_all
from reconcile.rules.context import Confrontation
from reconcile.submissions import Submission
from tests.rules.drawing import Drawn, confront

WHOLE = "number | name | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total | reason\n1-2 | 名 | 1 件 | 2 件 | 4 件 | ―"
WITHOUT = "number | name | amount.initial.total | reason\n1-2 | 名 | 4 件 | 2件から3件に変更"


def lost(data: Confrontation, code: str, *columns: tuple[str, str, str]) -> Confrontation:
    """The header of some columns of a.xlsx was not found."""
    findings = tuple(
        Finding(code, CellRef("a.xlsx"), form="activity", field=field, version=version, period=period)
        for field, version, period in columns
    )
    return replace(data, submissions=(Submission("a.xlsx", "", 0, department="危機管理部", findings=findings),))


def said(data: Confrontation) -> tuple[set[str], set[tuple[str, str]]]:
    """The codes of constraints and findings about amounts and reasons, and what was not judged, why."""
    codes, unjudged = set(), set()
    for code, outcome in judge_all(data, deciding=False):
        if code[:3] in ("BAL", "REV", "CUM", "PRG"):
            codes |= {code} if outcome.findings or len(outcome.balances) else set()
            unjudged |= {(it.code, it.why) for it in outcome.unjudged if it.why == "header_not_found"}
            assert all(verdict != FAIL for verdict in judge(outcome.balances, data.facts, data.due).verdict)
    return codes, unjudged


def totals(data: Confrontation) -> list[str | None]:
    """The cells that BAL001 judges."""
    judged = (outcome.balances.total for code, outcome in judge_all(data, deciding=False) if code == "BAL001")
    return [data.facts.ref(total).a1 for total in itertools.chain(*judged)]


@pytest.mark.parametrize("code", ["LAY002", "LAY003"])
def test_a_total_whose_parts_were_not_found_is_not_judged(code: str) -> None:
    data = lost(confront(Drawn("activity", WITHOUT)), code, ("amount", "", "FY2022"), ("amount", "", "FY2023"))
    codes, unjudged = said(data)
    assert codes == set()
    assert {("BAL001", "header_not_found"), ("REV002", "header_not_found")} <= unjudged


def test_other_columns_are_judged() -> None:
    data = lost(confront(Drawn("activity", WHOLE)), "LAY002", ("name", "", ""))
    assert totals(data) == ["E2"]


def test_other_returns_are_judged() -> None:
    data = confront(Drawn("activity", WITHOUT), Drawn("activity", WHOLE, file="b.xlsx", department="経済産業部"))
    data = lost(data, "LAY002", ("amount", "", "FY2022"))
    (total,) = (at for _, outcome in judge_all(data, deciding=False) for at in outcome.balances.total)
    assert data.facts.file[total] == "b.xlsx"


def test_records_without_their_key_are_not_judged_at_all() -> None:
    nameless = "name | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total\n名 | 1 件 | 2 件 | 4 件"
    data = lost(confront(Drawn("activity", f"{nameless}\n{nameless.splitlines()[1]}")), "LAY002", ("number", "", ""))
    for deciding in (True, False):
        for code, outcome in judge_all(data, deciding=deciding):
            assert not len(outcome.balances), code
            assert [it for it in outcome.findings if it.form == "activity" and code not in ("SUB002", "XRF002")] == []
