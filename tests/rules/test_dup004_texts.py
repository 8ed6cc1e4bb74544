"""DUP004 on whole texts: an opinion that was entered twice."""

from __future__ import annotations

import pytest

from reconcile.messages import render
from reconcile.packs import load
from reconcile.rules.context import Outcome
from tests.rules.drawing import Drawn, confront, outcome_of

ONE = "権利擁護により実現すべきことは、自分らしい生き方や人生を主体的に歩んでいけることである。"


def judge(*texts: str) -> Outcome:
    text = "number | opinion\n" + "\n".join(f"{n} | {text}" for n, text in enumerate(texts, 1))
    return outcome_of(
        "DUP004", confront(Drawn("opinions", text, department="保健福祉政策部"), pack=load("council2023"))
    )


def test_the_same_text_twice() -> None:
    (finding,) = judge(ONE, "もう一つ、生存権の保障がある。", ONE).findings
    assert (finding.variant, finding.record, finding.data["other_key"]) == ("text_same", "3", "1")
    assert render(finding, load("council2023"), "ja").startswith(
        f"様式C2!B4（3 × 意見）の「{ONE}」は、1（B2）と同じ文です。二度の記入なら一つにし、"
    )


def test_nearly_the_same_text() -> None:
    (finding,) = judge(ONE, ONE.replace("自分らしい", "その人らしい")).findings
    assert (finding.variant, finding.record) == ("text", "2")


def test_white_space_and_widths_do_not_make_another_text() -> None:
    (finding,) = judge(ONE, ONE.replace("や人生", "や 人生")).findings
    assert finding.variant == "text_same"


def test_other_texts_pass() -> None:
    outcome = judge(ONE, "権利を大きく分けると、一つに人間の自律の保障がある。")
    assert (outcome.passed, outcome.findings) == (2, [])


@pytest.mark.parametrize("placeholder", ["調整中", "検討中", "未定"])
def test_a_placeholder_is_no_text(placeholder: str) -> None:
    outcome = judge(placeholder, placeholder)
    assert (outcome.passed, outcome.findings) == (0, [])
