"""What the verdicts say: findings with every cell, reasons why not, and tallies."""

import dataclasses
from decimal import Decimal

from reconcile.balances import judge
from reconcile.facts import FactColumns
from reconcile.findings import CellRef, Tally
from reconcile.packs.checks import PartsCheck, Rounding
from reconcile.rules import bal001
from reconcile.rules.balance_findings import Balanced, balance_findings
from tests.rules.drawing import Drawn, confront, judged, outcome_of, plan
from tests.rules.test_bal006 import ONE, TWO, pack_with

HEAD = "number | name | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total\n"


def balanced(code: str, *drawings: Drawn) -> Balanced:
    data = confront(*drawings)
    outcome = outcome_of(code, data)
    return balance_findings(data, outcome.balances, judged(outcome, data))


def row(line: str) -> Balanced:
    return balanced("BAL001", Drawn("activity", HEAD + line))


def test_a_row_total_that_differs() -> None:
    (finding,) = row("1-1① | 防災塾参加人数 | 1,000 人 | 1,500 人 | 2,600 人").findings
    assert (finding.code, finding.variant, finding.cell) == ("BAL001", "row", "E2")
    assert (finding.record, finding.field, finding.version, finding.period) == ("1-1①", "amount", "initial", "total")
    assert (finding.found, finding.expected, finding.data["difference"]) == ("2,600 人", "2,500 人", Decimal(100))
    assert [(part.ref.a1, part.role) for part in finding.cells] == [("E2", "total"), ("C2", "part"), ("D2", "part")]
    assert finding.data["parts"] == (CellRef("a.xlsx", "様式1", 2, 3), CellRef("a.xlsx", "様式1", 2, 4))


def test_a_total_that_is_too_small() -> None:
    (finding,) = row("1-1① | 面積 | 0.1 ㎡ | 0.2 ㎡ | 0.25 ㎡").findings
    assert (finding.expected, finding.data["difference"]) == ("0.3 ㎡", Decimal("-0.05"))


def test_the_three_outcomes_are_tallied() -> None:
    lines = ["1-1① | a | 1 | 2 | 3", "1-1② | b | 1 | 2 | 4", "1-2 | c | 集計中 | 2 | 4", "2-1 | d | ― | ― | ―"]
    result = row("\n".join(lines))
    assert result.tallies == {"BAL001": Tally(1, 1, 1)}
    assert [(u.code, u.record, u.ref.a1, u.why) for u in result.unjudged] == [
        ("BAL001", "1-2", "E4", "part_not_a_number")
    ]


def test_within_rounding_is_told_and_passes() -> None:
    form = plan().forms["activity"]
    data = confront(Drawn("activity", HEAD + "2-4 | 面積 | 609,046 ㎡ | 724,511 ㎡ | 1,333,556 ㎡"))
    outcome = outcome_of("BAL001", data)
    result = balance_findings(data, outcome.balances, judged(outcome, data))
    (finding,) = result.findings
    assert (finding.code, finding.data["rule"], finding.data["difference"]) == ("BAL005", "BAL001", Decimal(-1))
    assert result.tallies == {"BAL001": Tally(1, 0, 0), "BAL005": Tally(0, 1, 0)}
    exact = PartsCheck(
        code="BAL001",
        total="amount.initial.total",
        parts=["amount.initial.FY2022", "amount.initial.FY2023"],
        rounding=Rounding(half_up=[]),
    )
    outcome = bal001.judge(exact, form, data)
    assert balance_findings(data, outcome.balances, judged(outcome, data)).findings[0].code == "BAL001"


def test_a_subtotal_names_its_records() -> None:
    budget = "programme | code | amount.initial.FY2022\n1 | a | 1,000\n1 | b | 500\n小計 1 | | 1,600"
    (finding,) = balanced("BAL002", Drawn("budget", budget)).findings
    assert (finding.variant, finding.record, finding.cell) == ("subtotal", "1/subtotal", "C4")
    assert (finding.expected, finding.data["count"]) == ("1,500 千円", 2)


def test_a_control_total_stands_in_no_file() -> None:
    data = confront(ONE, TWO, pack=pack_with("6985"), everybody=True)
    outcome = outcome_of("BAL006", data)
    result = balance_findings(data, outcome.balances, judged(outcome, data))
    (finding,) = result.findings
    assert (finding.ref, finding.cell, finding.department) == (CellRef("", ""), None, "")
    assert (finding.field, finding.version, finding.period) == ("amount", "initial", "FY2022")
    assert (finding.found, finding.expected, finding.data["difference"]) == ("6,985 千円", "6,984 千円", Decimal(1))
    assert finding.data["excluded"] == "5,684 千円"
    assert len(finding.cells) == 3


def test_a_control_total_held_back_says_why() -> None:
    data = confront(ONE, dataclasses.replace(TWO, text=TWO.text.replace("5,684", "1")), everybody=True)
    outcome = outcome_of("BAL006", data)
    result = balance_findings(data, outcome.balances, judged(outcome, data))
    assert "duplicates_differ" in {u.why for u in result.unjudged}


def test_nothing_to_judge() -> None:
    data = confront(Drawn("activity", HEAD.strip()))
    assert len(FactColumns()) == len(data.facts) == 0
    outcome = outcome_of("BAL001", data)
    assert balance_findings(data, outcome.balances, judge(outcome.balances, data.facts, data.due)) == Balanced()
