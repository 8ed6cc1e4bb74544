"""Figures quoted in reasons, and the original target behind its marker."""

from decimal import Decimal

import pytest

from reconcile.normalise import quoted_figures, split_original_target

MARKER = "【目標値（策定時）】"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("１０件から６件に変更した", [("10", "6", "件", "")]),
        ("対象を拡大したため、1,200 件から 3,800 件に修正した。", [("1200", "3800", "件", "")]),
        ("計画人数を 320人から 650 人に変更した。", [("320", "650", "人", "")]),
        ("1,030 人から3,250 人に変更する", [("1030", "3250", "人", "")]),
        ("令和 5 年度の計画を 30 事業から 80 事業に変更する。", [("30", "80", "事業", "")]),
        ("140名から100名へ見直した", [("140", "100", "名", "")]),
        ("3か所から5か所に上方修正", [("3", "5", "箇所", "")]),
        ("20から30件に引き上げた", [("20", "30", "件", "")]),
        ("1,200件を3,800件に修正", [("1200", "3800", "件", "")]),
        ("100件→200件に変更", [("100", "200", "件", "")]),
        ("「100件」から「200件」に変更", [("100", "200", "件", "")]),
        ("100人（累計）から200人（累計）に変更", [("100", "200", "人", "")]),
        ("100人から200人に。", [("100", "200", "人", "")]),
        ("▲5人から5人に変更", [("-5", "5", "人", "")]),
        ("1.9万時間から2万時間に変更", [("19000", "20000", "時間", "")]),
        ("44.8％から44.5％に変\n更", [("44.8", "44.5", "%", "")]),
        ("令和５年度の計画を 10,800 件に変更した。", [(None, "10800", "件", "")]),
        ("a）令和５年度の計画を 10,800 件に変更した。", [(None, "10800", "件", "a")]),
        ("a）10件から20件に変更。b）5件を6件に変更", [("10", "20", "件", "a"), ("5", "6", "件", "b")]),
        ("①は変更なし。②10件から20件に変更", [("10", "20", "件", "②")]),
        (
            "個別避難計画作成対象者を 2, 500 人から避難行動要支援者全体の約 8,300 人に変更したため、"
            "19％から50％に変更した。",
            [("2500", "8300", "人", ""), ("19", "50", "%", "")],
        ),
        (
            "令和 4年度は定員を 2,200 枠へ拡大、定員を合計 5,000 枠へと拡大するため、"
            "目標値を 1,030 人から3,250 人に変更する。",
            [("1030", "3250", "人", "")],
        ),
    ],
)
def test_figures_that_are_quoted(text: str, expected: list[tuple[str | None, str, str, str]]) -> None:
    quotations = quoted_figures(text)
    assert [(q.old, q.new, q.unit_new, q.component) for q in quotations] == [
        (Decimal(old) if old else None, Decimal(new), unit, component) for old, new, unit, component in expected
    ]
    for quotation in quotations:
        assert text[quotation.start : quotation.end] == quotation.text
        assert quotation.unit_old == (quotation.unit_new if quotation.old is not None else "")


@pytest.mark.parametrize(
    "text",
    [
        "―",
        "",
        "定員を 2,200 枠へ拡大",
        "定員を合計 5,000 枠へと拡大するため",
        "12 月現在の実績（累計 310 件）が目標値に迫っており",
        "開館時期を令和6年度に変更したため",
        "令和4年度から令和5年度に変更した",
        "R4からR5に変更",
        "10件から12件に増加したため",
        "2 か所目の開館が令和 6 年度になったため",
        "制度対象住宅の新規登録件数の計画を見直したため。",
        "1,00件から2,00件に変更",
        "10件から1,00件に変更",
    ],
)
def test_what_is_no_quotation(text: str) -> None:
    assert quoted_figures(text) == ()


@pytest.mark.parametrize(
    ("text", "reason", "target"),
    [
        ("見直したため。\n【目標値（策定時）】200 人（累計）", "見直したため。", "200 人（累計）"),
        ("見直したため。【目標値（策定時）】24 件", "見直したため。", "24 件"),
        ("【目標値（策定時）】19%", "", "19%"),
        ("【目標値(策定時)】\n19%\n見直したため。", "見直したため。", "19%"),
        ("理由\n[ 目標値 （策定時） ]：19%", "理由", "19%"),
        (
            "理由\n【目標値（策定時）】\n耐震診断：492 件\n耐震改修等：265 件\n（2 年間の合計）",
            "理由",
            "耐震診断：492 件\n耐震改修等：265 件\n（2 年間の合計）",
        ),
        ("【目標値（策定時）】検討\n理由", "理由", "検討"),
        ("理由【目標値（策定時）】", "理由", ""),
        ("理由", "理由", None),
        ("", "", None),
    ],
)
def test_the_original_target_is_split_off(text: str, reason: str, target: str | None) -> None:
    assert split_original_target(text, MARKER) == (reason, target)
