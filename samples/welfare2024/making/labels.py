"""The printed labels and the ways in which departments spell them. Every spelling here is the same label."""

from __future__ import annotations

from .layouts import Layout

COVER_TITLE = "世田谷区地域保健医療福祉総合計画　進捗状況　提出票"
REQUEST = "※様式Aを記入し、保健福祉政策部へ提出してください。"
TITLE = "様式A　進捗状況（取組みの行動量・成果指標）"
NOTES = (
    "※令和６年度の実績が確定していない場合は「集計中」と記入し、達成状況と評価は「ー」としてください。",
    "※達成状況は、実績÷目標（減らすことが目標の指標は目標÷実績）を小数第１位まで記入してください。",
)
CLOSING_NOTE = "※評価がC・Dの場合は、必ず理由を記入してください。"
ACTIONS, OUTCOMES = "取組みの行動量", "取組みの成果指標"
_BROKEN = {
    "主な取組み": "主な\n取組み",
    "行動量の番号": "行動量の\n番号",
    "行動量": "行 動 量",
    "現況値（策定時）": "現況値\n\n（策定時）",
    "成果指標の番号": "成果指標の\n番号",
    "成果指標": "成果 指標",
    "評価※１": "評価\n※１",
    "達成状況評価の理由（評価C・Dのみ）": "達成状況評価の理由\n（評価C・Dのみ）",
    "担当所管課": "担当\n所管課",
    "区分": "区 分",
    "当初計画": "当初 計画",
    "修正計画": "修正\n計画",
    "達成状況": "達成\n状況",
    "実績": "実 績",
    "目標": "目　標",
    "令和６年度": "令和\n６年度",
}


def spell(label: str, layout: Layout) -> str:
    """The label as this layout writes it."""
    text = label
    if layout.printed_numbers and label in ("行動量の番号", "成果指標の番号"):
        text = "番号"
    if layout.broken_labels:
        text = _BROKEN.get(text, text)
    if layout.narrow_digits:
        text = text.replace("６", "6").replace("１", "1")
    if layout.short_years and label == "令和６年度":
        text = "R6"
    return text
