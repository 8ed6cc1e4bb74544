"""BAL003: 地域 against its 地区, 全区 against the 地域, in one return and across returns."""

from __future__ import annotations

import pytest

from reconcile.balances import EMPTY, FAIL, PASS, UNJUDGED
from reconcile.messages import render
from reconcile.packs import Pack, load
from reconcile.rules.balance_findings import balance_findings
from reconcile.rules.context import Confrontation
from tests.rules.drawing import Drawn, confront, judged, outcome_of

HEAD = "area | area_name | population\n"
ONE = (
    HEAD
    + "2 | 北沢地域 | 157,592\n"
    + "\n".join(
        f"2-{number} | {name} | {count}"
        for number, name, count in (
            (1, "梅丘地区", "28,504"),
            (2, "代沢地区", "17,461"),
            (3, "新代田地区", "25,711"),
            (4, "北沢地区", "18,405"),
            (5, "松原地区", "29,552"),
            (6, "松沢地区", "37,959"),
        )
    )
)
OFFICE = (
    HEAD
    + "0 | 全区 | 500\n1 | 世田谷地域 | 100\n2 | 北沢地域 | 100\n3 | 玉川地域 | 100\n4 | 砧地域 | 100\n5 | 烏山地域 | 100"
)


def districts() -> Pack:
    return load("districts2022")


def verdicts(data: Confrontation) -> list[tuple[str, str, int, str, str]]:
    """Record, kind, verdict, sum and why not, of each constraint."""
    outcome = outcome_of("BAL003", data)
    result = judged(outcome, data)
    found = outcome.balances
    return [
        (
            found.group[n],
            found.kind[n],
            int(result.verdict[n]),
            f"{data.facts.decimal(int(result.computed[n]))}",
            result.why[n],
        )
        for n in range(len(found))
    ]


def one(text: str = ONE, **more: str) -> Confrontation:
    return confront(Drawn("population", text, department="北沢総合支所", **more), pack=districts())


def test_an_area_is_the_sum_of_its_districts() -> None:
    assert verdicts(one()) == [("2", "level", PASS, "157592", "")]


@pytest.mark.parametrize(("typed", "verdict"), [("157,593", FAIL), ("157,591", FAIL), ("15,759", FAIL)])
def test_another_total_fails(typed: str, verdict: int) -> None:
    assert verdicts(one(ONE.replace("157,592", typed))) == [("2", "level", verdict, "157592", "")]


def test_nil_counts_as_nothing() -> None:
    assert verdicts(one(ONE.replace("37,959", "―").replace("157,592", "119,633"))) == [
        ("2", "level", PASS, "119633", "")
    ]


@pytest.mark.parametrize("state", ["集計中", "", "#N/A", "調査中"])
def test_a_district_without_a_figure_leaves_it_unjudged(state: str) -> None:
    assert verdicts(one(ONE.replace("37,959", state)))[0][2:] == (UNJUDGED, "119633", "part_not_a_number")


def test_an_area_without_a_figure_leaves_it_unjudged() -> None:
    assert verdicts(one(ONE.replace("157,592", "集計中")))[0][2:] == (UNJUDGED, "157592", "total_not_a_number")


def test_nothing_is_judged_where_a_district_is_missing() -> None:
    text = "\n".join(ONE.splitlines()[:-1])
    assert verdicts(one(text)) == [("2", "level", UNJUDGED, "119633", "members_missing")]


def test_an_empty_area_has_nothing_to_judge() -> None:
    text = HEAD + "2 | 北沢地域 | ―\n" + "\n".join(f"2-{n} | x | ―" for n in range(1, 7))
    assert verdicts(one(text)) == [("2", "level", EMPTY, "0", "")]


def office(*others: Drawn, everybody: bool = False) -> Confrontation:
    ward = Drawn("population", OFFICE, file="office.xlsx", department="地域行政部")
    return confront(ward, *others, pack=districts(), everybody=everybody)


def test_the_offices_figures_wait_for_the_other_returns() -> None:
    found = verdicts(office())
    assert found[0] == ("0", "level", PASS, "500", "")
    assert found[1:] == [(str(area), "across", UNJUDGED, "0", "returns_missing") for area in range(1, 6)]


def test_the_offices_area_is_held_against_the_districts_of_another_return() -> None:
    found = verdicts(office(Drawn("population", ONE, file="b.xlsx", department="北沢総合支所")))
    assert ("2", "across", FAIL, "157592", "") in found
    assert ("0", "across", UNJUDGED, "157592", "returns_missing") in found


def test_the_ward_is_held_against_the_areas_of_all_returns() -> None:
    names = ("世田谷", "北沢", "玉川", "砧", "烏山")
    own = [
        Drawn("population", HEAD + f"{n} | {name}地域 | {90 + n}", file=f"{n}.xlsx", department=f"{name}総合支所")
        for n, name in enumerate(names, 1)
    ]
    found = verdicts(office(*own, everybody=True))
    assert ("0", "level", PASS, "500", "") in found
    assert ("0", "across", FAIL, "465", "") in found
    assert ("2", "across", UNJUDGED, "0", "members_missing") in found


def test_what_is_set_aside_does_not_count() -> None:
    ward = Drawn("population", OFFICE, file="office.xlsx", department="地域行政部")
    other = Drawn("population", ONE, file="b.xlsx", department="北沢総合支所")
    data = confront(ward, other, pack=districts(), set_aside=["b.xlsx"])
    assert ("2", "across", UNJUDGED, "0", "returns_missing") in verdicts(data)


def test_kinds_of_service_do_not_mix() -> None:
    head = "service | area | cases.month.2021-04\n"
    rows = [f"{service} | 2-{n} | {n}" for service in ("certificate", "lending") for n in range(1, 7)]
    text = head + "certificate | 2 | 21\nlending | 2 | 22\n" + "\n".join(rows)
    data = confront(Drawn("cases", text, department="北沢総合支所"), pack=districts())
    assert [v[:4] for v in verdicts(data)] == [
        ("certificate/2", "level", PASS, "21"),
        ("lending/2", "level", FAIL, "21"),
    ]


def test_what_a_person_reads() -> None:
    pack = districts()
    data = one(ONE.replace("157,592", "157,692"))
    outcome = outcome_of("BAL003", data)
    (finding,) = balance_findings(data, outcome.balances, judged(outcome, data)).findings
    assert render(finding, pack, "ja") == (
        "様式D1!C2（北沢地域 × 人口）は「157,692」ですが、下の区分 C3:C8 の合計は 157,592です（差 +100）。C2 と C3:C8 を確かめて直してください。"
    )
    data = office(Drawn("population", ONE, file="b.xlsx", department="北沢総合支所"))
    outcome = outcome_of("BAL003", data)
    (finding,) = balance_findings(data, outcome.balances, judged(outcome, data)).findings
    assert render(finding, pack, "en") == (
        '様式D1!C4 (北沢地域 × 人口) is "100", but the members in the other returns, "b.xlsx"のC3:C8, come to 157,592 (difference -157,492). Please check the figures of both.'.replace(
            '"b.xlsx"のC3:C8', '様式D1!C3:C8 in "b.xlsx"'
        )
    )
