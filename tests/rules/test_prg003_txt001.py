"""PRG003: a target worse than its start. TXT001: placeholders left in."""

import pytest

from reconcile.rules.context import Outcome
from reconcile.rules.txt001 import placeholder_in
from tests.rules.drawing import Drawn, confront, outcome_of, plan


def targets(*lines: str) -> Outcome:
    text = "\n".join(("number | name | value.baseline | value.target", *lines))
    return outcome_of("PRG003", confront(Drawn("outcome", text)))


@pytest.mark.parametrize(
    ("line", "direction"),
    [
        ("11-3 | ボランティア登録者数 | 488 人（令和２年度） | 460 人", "higher"),
        ("14-3 | 教員の割合 | 37.4% | 30%", "higher"),
        # 15-2② and 18-2 get better as they fall.
        ("15-2② | 不登校児童・生徒の割合 | 17.6% | 19.6%", "lower"),
        ("18-2 | ごみ排出量 | 498 g/人・日 | 550 g/人・日", "lower"),
    ],
)
def test_a_target_worse_than_its_start_is_found(line: str, direction: str) -> None:
    (finding,) = targets(line).findings
    assert (finding.cell, finding.variant) == ("D2", direction)
    assert finding.data["start"] == line.split(" | ")[2]
    assert [(part.role, part.ref.a1) for part in finding.cells] == [("target", "D2"), ("start", "C2")]


def test_better_and_equal_targets_pass() -> None:
    outcome = targets(
        "15-2② | 割合 | 19.6%（令和 2 年度） | 17.6%",
        "18-2 | 量 | 550 g/人・日 | 498 g/人・日",
        "14-3 | 割合 | 70% | 70%",
    )
    assert (outcome.passed, outcome.findings) == (3, [])


def test_what_has_no_start_or_no_direction_is_not_counted() -> None:
    outcome = targets("3-1 | 満足度 | ― | 85%", "8-1 | 団体数 |  | 660 団体", "99-9 | 何か | 5 人 | 4 人")
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (0, [], [])


def test_what_cannot_be_compared_cannot_be_judged() -> None:
    outcome = targets(
        "11-3 | 数 | 集計中 | 460 人", "11-2 | 数 | 488 件 |", "9-5 | 数 | 378 人 | 112 件", "4-4 | 数 | 始動 | 28 地区"
    )
    assert (outcome.passed, outcome.findings) == (0, [])
    assert [u.why for u in outcome.unjudged] == [
        "start_not_a_number",
        "target_not_a_number",
        "units_differ",
        "start_not_a_number",
    ]


@pytest.mark.parametrize(
    ("text", "placeholder"),
    [
        ("未定", "未定"),
        ("調整中", "調整中"),
        ("（調整中）", "調整中"),
        ("目標値は調整中です。", "調整中"),
        ("現在、調整中", "調整中"),
        ("未定\n【目標値（策定時）】44.8%", "未定"),
        ("理由：要確認", "要確認"),
        ("○○等の活用により、見込みを上回ったため。", "○○"),
        ("〇〇小学校の改築", "〇〇"),
        ("記入例", "記入例"),
        # Sentences that tell of something.
        ("関係機関との調整中に課題が見つかったため。", ""),
        ("開館時期が未定であった施設の開館が決まったため。", ""),
        ("検討・調整", ""),
        ("○の付いた項目", ""),
        ("未定稿の公表件数", ""),
    ],
)
def test_what_is_a_placeholder(text: str, placeholder: str) -> None:
    assert placeholder_in(text, plan().file.placeholders) == placeholder


def test_placeholders_are_found_in_texts_and_in_the_words_of_figures() -> None:
    text = (
        "number | name | amount.initial.FY2022 | amount.initial.FY2023 | reason\n"
        "1-2 | ○○計画作成数 | 未定 | 集計中 | 調整中\n"
        "2-3 | 周知 | a）未定／b）未定 | 検討・調整 | ―"
    )
    outcome = outcome_of("TXT001", confront(Drawn("activity", text)))
    assert [(f.cell, f.variant, f.data["placeholder"]) for f in outcome.findings] == [
        ("B2", "", "○○"),
        ("C2", "whole", "未定"),
        ("E2", "whole", "調整中"),
        ("C3", "", "未定"),
    ]
    # 集計中 is a state and ― is none; 周知 and 検討・調整 are words.
    assert outcome.passed == 2


def test_the_words_of_a_target_that_may_be_a_text_are_read() -> None:
    text = "number | name | value.target\n6-1 | 行動計画 | ○○計画改訂\n6-2① | 数 | 行動計画改訂"
    outcome = outcome_of("TXT001", confront(Drawn("outcome", text)))
    assert [(f.cell, f.field, f.version) for f in outcome.findings] == [("C2", "value", "target")]


def test_blank_and_unreadable_texts_are_not_counted() -> None:
    outcome = outcome_of("TXT001", confront(Drawn("activity", "number | name | reason\n1-2 |  | ―")))
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (0, [], [])
