"""DUP001: items that several records carry, gross and net."""

from decimal import Decimal

from tests.rules.drawing import Drawn, confront, outcome_of

HEAD = "programme | code | name | amount.initial.FY2022 | amount.initial.FY2023\n"


def ward(*amounts: str, code: str = "99-007") -> list[Drawn]:
    return [
        Drawn(
            "budget", f"{HEAD}{n} | {code} | 地域情報発信 | {amount} | 1,000\n{n} | 0{n}-1 | 他 | 1 | 1", f"{n}.xlsx", d
        )
        for n, (amount, d) in enumerate(zip(amounts, ["危機管理部", "高齢福祉部", "経済産業部"], strict=False), start=1)
    ]


def test_one_finding_an_item_with_gross_and_net_of_each_amount() -> None:
    outcome = outcome_of("DUP001", confront(*ward("5,684 千円", "5,684 千円", "5,684 千円")))
    (finding,) = outcome.findings
    assert finding.cell == "B2"
    assert finding.data["item"] == "99-007"
    assert finding.data["groups"] == ("1", "2", "3")
    assert finding.data["slots"] == ("amount.initial.FY2022", "amount.initial.FY2023")
    assert finding.data["gross"] == (Decimal(17052), Decimal(3000))
    assert finding.data["net"] == (Decimal(5684), Decimal(1000))
    assert finding.data["counted"] == ("5,684 千円", "1,000 千円")
    assert len(finding.cells) == 9
    assert outcome.passed == 3


def test_where_amounts_differ_the_net_stays_open() -> None:
    (finding,) = outcome_of("DUP001", confront(*ward("5,684", "5,648"))).findings
    assert finding.variant == "open"
    assert finding.data["net"] == ("unjudged", Decimal(1000))


def test_an_unknown_amount_leaves_the_net_open() -> None:
    (finding,) = outcome_of("DUP001", confront(*ward("5,684", "集計中"))).findings
    assert finding.data["net"] == ("unjudged", Decimal(1000))


def test_codes_are_compared_folded() -> None:
    one, two = ward("1", "1")[0], ward("1", "1", code="９９－００７")[1]
    assert len(outcome_of("DUP001", confront(one, two)).findings) == 1


def test_what_stands_once_or_is_set_aside_passes() -> None:
    data = confront(*ward("1", "1"), set_aside=["2.xlsx"])
    assert (outcome_of("DUP001", data).findings, outcome_of("DUP001", data).passed) == ([], 2)
