"""BAL007: the shares of a question of one answer come to 100 within half a last digit each."""

from __future__ import annotations

import pytest

from reconcile.messages import render
from reconcile.packs import load
from reconcile.rules.context import Outcome
from tests.rules.drawing import Drawn, confront, outcome_of

HEAD = "question | number | series | kind | share\n"


def judge(*shares: str, kind: str = "単一回答") -> Outcome:
    text = HEAD + "\n".join(f"3 | {n} | 福祉の相談窓口 | {kind} | {share}" for n, share in enumerate(shares, 1))
    return outcome_of("BAL007", confront(Drawn("survey", text, department="地域行政部"), pack=load("districts2022")))


@pytest.mark.parametrize(
    "shares",
    [
        ("16.0", "24.4", "17.8", "41.4", "0.4"),  # 100.0
        ("16.0", "24.4", "17.8", "41.4", "0.3"),  # 99.9: five shares may miss by 0.25
        ("16.0", "24.4", "17.8", "41.4", "0.6"),
        ("33.3", "33.3", "33.3"),
    ],
)
def test_within_rounding(shares: tuple[str, ...]) -> None:
    outcome = judge(*shares)
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (1, [], [])


@pytest.mark.parametrize("shares", [("33.3", "33.3", "33.2"), ("50.0", "50.2"), ("12.9", "12.8", "77.8", "2.4")])
def test_beyond_rounding(shares: tuple[str, ...]) -> None:
    (finding,) = judge(*shares).findings
    assert (finding.code, finding.cell) == ("BAL007", "E2")
    assert len(finding.cells) == len(shares)


def test_several_answers_need_not_come_to_100() -> None:
    outcome = judge("44.4", "30.1", kind="複数回答")
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (0, [], [])


@pytest.mark.parametrize(("kind", "why"), [("", "kind_not_known"), ("自由回答", "kind_not_known")])
def test_a_question_of_unknown_kind_is_not_judged(kind: str, why: str) -> None:
    outcome = judge("44.4", "30.1", kind=kind)
    assert (outcome.passed, [u.why for u in outcome.unjudged]) == (0, [why])


@pytest.mark.parametrize("state", ["集計中", "", "#N/A"])
def test_a_share_that_is_not_known_leaves_it_unjudged(state: str) -> None:
    outcome = judge("44.4", state, "30.1")
    assert (outcome.findings, [u.why for u in outcome.unjudged]) == ([], ["part_not_a_number"])


def test_nil_counts_as_nothing() -> None:
    assert judge("60.0", "40.0", "―").passed == 1


def test_questions_do_not_mix() -> None:
    text = (
        HEAD + "1 | 1 | 令和2年 | 単一回答 | 60.0\n1 | 2 | 令和2年 | 単一回答 | 40.0\n2 | 1 | 令和3年 | 単一回答 | 99.0"
    )
    outcome = outcome_of("BAL007", confront(Drawn("survey", text, department="地域行政部"), pack=load("districts2022")))
    assert outcome.passed == 1
    assert [finding.cell for finding in outcome.findings] == ["E4"]


def test_what_a_person_reads() -> None:
    (finding,) = judge("50.0", "51.2").findings
    assert render(finding, load("districts2022"), "ja") == (
        "様式D4!E2:E3 の割合（3・福祉の相談窓口）の計は 101.2%です（差 +1.2）。E2:E3 を確かめて直してください。"
    )
