"""What cards are checked for: hours quoted in a text, points of the table inside, totals of goals, units of a field."""

from __future__ import annotations

from functools import cache

import pytest
from drawing import Drawn, confront, outcome_of

from reconcile.acceptance import accept
from reconcile.findings import CellRef, Finding
from reconcile.packs import Pack, load
from reconcile.rules import fld005, fld007
from reconcile.rules.context import Outcome
from reconcile.rules.quoted import quoted_in
from reconcile.rules.xrf005 import last_digit
from reconcile.rules.xrf006 import points_beginning


@cache
def pack() -> Pack:
    return load("management2024")


def judged(code: str, *drawings: Drawn, everybody: bool = False) -> Outcome:
    return outcome_of(code, confront(*drawings, pack=pack(), everybody=everybody))


def items(*rows: str, head: str = "number | hours | result", **more: str) -> Drawn:
    return Drawn("items", "\n".join([head, *rows]), **more)


# REV003: what the text quotes, and the field


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        ("1,040", "職員の時間を生み出し（業務削減時間：1,040時間）、拡充した"),
        ("260 時間", "（業務削減時間：２６０時間）"),
        ("2,627", "①（業務削減時間：１，３４３時間）②（業務削減時間：１，２８４時間）"),
        ("8,064", "職員の時間（Ｒ５比：▲約8,064時間）"),
        ("278", "業務時間をＲ５比278時間削減した（計画策定時のR4比では414時間削減）"),
        ("55", "年間55時間の職員の業務時間を削減した"),
        ("8,158", "課内の作業時間を約8,158時間縮減する"),
    ],
)
def test_hours_that_the_text_quotes_are_those_of_the_field(hours: str, text: str) -> None:
    outcome = judged("REV003", items(f"2-3 | {hours} | {text}"))
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (1, [], [])


def test_another_figure_than_the_text_quotes() -> None:
    (found,) = judged("REV003", items("1-19 | 1,400 | （業務削減時間：1,040時間）")).findings
    assert (found.code, found.variant, found.found, found.expected) == ("REV003", "text", "1,400", "1,040 時間")
    assert [part.ref.a1 for part in found.cells] == ["B2", "C2"]


@pytest.mark.parametrize("blank", ["", "―"])
def test_a_text_that_quotes_hours_the_field_does_not_have(blank: str) -> None:
    (found,) = judged("REV003", items(f"1-19 | {blank} | （業務削減時間：1,040時間）")).findings
    assert (found.variant, found.expected) == ("text_only", "1,040 時間")


def test_texts_that_quote_nothing_and_templates_without_the_field_have_nothing_to_compare() -> None:
    rows = ("5-4 |  | 区民利用枠（年約１，６００時間）を拡充した", "2-1 | 30 | 受付時間を18時まで延長した")
    outcome = judged("REV003", items(*rows, "1-19 | ~ | （業務削減時間：1,040時間）"))
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (0, [], [])


def test_a_field_that_cannot_be_read_is_not_judged() -> None:
    outcome = judged("REV003", items("2-3 | #N/A | （業務削減時間：1,040時間）"))
    assert [u.why for u in outcome.unjudged] == ["quoted_figure_not_comparable"]


def test_the_first_pattern_that_fits_counts() -> None:
    assert [str(d) for d in quoted_in("A：1,200時間、B：5時間。計9時間", [r"計(\d+)時間", r"([\d,]+)時間"])] == ["9"]
    assert [str(d) for d in quoted_in("A：1,200時間、B：5時間", [r"計(\d+)時間", r"([\d,]+)時間"])] == ["1200", "5"]


# XRF006: numbered points of the table inside a card and of the card's text


def schedule(*actions: str, item: str = "1-9") -> Drawn:
    rows = [f"{item} | {line} | {action}" for line, action in enumerate(actions, start=1)]
    return Drawn("schedule", "\n".join(["item | line | action", *rows]))


def points(result: str, *actions: str) -> Outcome:
    return judged("XRF006", items(f"1-9 | 5 | {result}"), schedule(*actions))


def test_points_of_the_lines_and_of_the_text_agree() -> None:
    outcome = points("①②課題を整理した", "①導入", "②検討")
    assert (outcome.passed, outcome.findings) == (2, [])


def test_a_point_that_the_text_lacks_and_one_that_the_lines_lack() -> None:
    found = points("①課題を整理した", "①導入", "②検討").findings
    assert [(f.form, f.field, f.data["mark"]) for f in found] == [("items", "result", "②")]
    assert [part.ref.a1 for part in found[0].cells] == ["C2", "C3"]
    found = points("①②③課題を整理した", "①導入", "②検討").findings
    assert [(f.form, f.record, f.data["mark"]) for f in found] == [("schedule", "1-9/2", "③")]


def test_points_are_compared_where_both_number_and_at_the_beginning_only() -> None:
    for result, actions in (
        ("整理した", ("①導入", "②検討")),
        ("①整理した", ("導入",)),
        ("前年の①を継いだ", ("②検討",)),
    ):
        outcome = points(result, *actions)
        assert (outcome.passed, outcome.findings) == (0, [])
    assert points_beginning("①②調査した\n➂公開し、④を待つ") == ("①", "②", "③")


def test_lines_of_a_card_that_is_set_aside_are_not_compared() -> None:
    data = confront(items("1-9 | 5 | ①整理"), schedule("①導入", "②検討"), pack=pack(), set_aside=["a.xlsx"])
    assert outcome_of("XRF006", data).findings == []


# XRF005: a goal against its items

AMOUNTS = "number | amount.settled.FY2024"


def goal_four(stated: str, *amounts: str) -> Outcome:
    rows = [f"4-{n} | {amount}" for n, amount in enumerate([*amounts, *["―"] * (8 - len(amounts))], start=1)]
    goals = Drawn("goals", f"goal | amount.settled.FY2024\n4 | {stated}", file="b.xlsx")
    return judged("XRF005", items(*rows, head=AMOUNTS), goals, everybody=True)


def test_a_total_in_millions_is_the_rounded_sum_of_thousands() -> None:
    for stated, last in (("30", "500"), ("30", "1,499"), ("31", "1,500"), ("29", "―")):
        assert goal_four(stated, "20,000", "9,000", last).passed == 1, (stated, last)
    assert goal_four("30", "20,000", "9,000", "1,500").findings
    (found,) = goal_four("33", "20,000", "9,000", "827").findings
    assert (found.variant, found.found, found.expected) == ("sum", "33", "29,827 千円")


def test_a_goal_of_which_an_item_is_missing_is_not_judged() -> None:
    goals = Drawn("goals", "goal | amount.settled.FY2024\n4 | 29", file="b.xlsx")
    outcome = judged("XRF005", items("4-1 | 20,000", "4-2 | 9,000", head=AMOUNTS), goals, everybody=True)
    assert (outcome.passed, [u.why for u in outcome.unjudged]) == (0, ["details_not_read"])
    outcome = judged("XRF005", items("4-1 | 20,000", "4-2 | 9,000", head=AMOUNTS), goals)
    assert (outcome.passed, [u.why for u in outcome.unjudged]) == (0, ["returns_missing"])
    outcome = goal_four("29", "20,000", "9,000", "~")
    assert (outcome.passed, [u.why for u in outcome.unjudged]) == (0, ["details_not_stated"])


def hours_of_goal_four(stated: str, *hours: str) -> Outcome:
    rows = [f"4-{n} | {own}" for n, own in enumerate([*hours, *["0"] * (8 - len(hours))], start=1)]
    goals = Drawn("goals", f"goal | hours.actual.FY2024\n4 | {stated}", file="b.xlsx")
    return judged("XRF005", items(*rows, head="number | hours"), goals, everybody=True)


def test_hours_of_a_goal_within_its_last_digit_where_every_item_states_them() -> None:
    assert hours_of_goal_four("19,000 時間", "9,000", "9,999", "1").passed == 1
    assert hours_of_goal_four("19,000 時間", "9,000", "9,000", "999").findings
    outcome = hours_of_goal_four("19,000 時間", "9,000", "", "1")
    assert (outcome.passed, [u.why for u in outcome.unjudged]) == (0, ["details_not_stated"])


def test_what_one_in_the_last_digit_stands_for() -> None:
    told = {
        "約1.9万時間": "1000",
        "約１２．９ 万時間": "1000",
        "約500時間": "1",
        "2億円": "100000000",
        "1.25 時間": "0.01",
    }
    assert {raw: f"{last_digit(raw).normalize():f}" for raw in told} == told


# FLD005, FLD007 and what is merged


def test_a_figure_in_another_unit_than_its_field() -> None:
    data = confront(items("2-23 | 55 日 | x", "2-24 | 55 時間 | x", "2-26 | 55 | x"), pack=pack())
    (found,) = fld005.judge(data).findings
    assert (found.variant, found.expected, found.data["unit"], found.ref.a1) == ("field", "時間", "日", "B2")


def test_a_card_that_stands_twice_is_said_of_the_card_and_keeps_its_table_out() -> None:
    cards, table = items("5-15 | 5 | ①", "5-15 | 6 | ①", "5-14 | 1 | ①"), schedule("導入", "導入", item="5-15")
    data = confront(cards, table, pack=pack())
    found = fld007.judge(data).findings
    assert [(f.form, f.record) for f in found] == [("items", "5-15")]
    merged = accept(data.facts, data.submissions, found, "cover", pack().hosts)
    assert {str(record) for record in data.facts.record[merged]} == {"5-14"}


def test_a_header_missing_from_one_card_keeps_that_card_out_with_its_table() -> None:
    data = confront(items("5-14 | 5 | ①", "5-15 | 6 | ①"), schedule("導入", item="5-15"), pack=pack())
    for form in ("items", "schedule"):
        said = Finding("LAY002", CellRef("a.xlsx", "様式M1", 3, 1), form=form, record="5-15")
        merged = accept(data.facts, data.submissions, [said], "cover", pack().hosts)
        assert {str(record) for record in data.facts.record[merged]} == {"5-14"}
        whole = accept(data.facts, data.submissions, [Finding("LAY002", said.ref, form=form)], "cover", pack().hosts)
        assert not whole.any()
