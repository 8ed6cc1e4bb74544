"""The printed labels and the ways in which departments spell them. Every spelling here is the same label."""

from __future__ import annotations

from .layouts import Layout

COVER_TITLE = "新たな行政経営への移行実現プラン　推進状況　提出票"
REQUEST = "※様式M1を記入し、政策経営部へ提出してください。"
TITLE_ITEMS = "様式M1　取組み項目票"
TITLE_GOALS = "様式M2　到達点別集計"
UNIT_ITEMS = "（予算額・決算額の単位：千円）"
UNIT_GOALS = "（予算額・決算額の単位：百万円）"
NOTES = (
    "※年次別計画は、すべての年度を記入してください（予定がない年度は「―」）。",
    "※業務削減時間を本文に記載した場合は、欄にも同じ時間を記入してください。",
)
NOTES_GOALS = ("※本プランに基づく新規取組みにかかる経費（以下同様）",)
CLOSING_NOTE = "※記入が終わりましたら、項目番号と項目名を一覧と照合のうえ提出してください。"
_BROKEN = {
    "項目": "項 目",
    "所管部": "所 管 部",
    "取組み内容": "取組み\n内容",
    "年次別計画": "年次別\n計画",
    "目指すべき効果・成果": "目指すべき\n効果・成果",
    "R6実績": "R6 実績",
    "業務削減時間（時間）": "業務削減時間\n（時間）",
    "Ｒ６予算額": "Ｒ６\n予算額",
    "Ｒ６決算額": "Ｒ６\n決算額",
    "Ｒ７予算額": "Ｒ７\n予算額",
    "到達点": "到 達 点",
    "削減時間 計画": "削減時間\n計画",
    "Ｒ６削減時間": "Ｒ６\n削減時間",
}
_TO_WIDE = str.maketrans("R6789", "Ｒ６７８９")
_TO_NARROW = str.maketrans("Ｒ６７", "R67")


def spell(label: str, layout: Layout) -> str:
    """The label as this layout writes it."""
    text = label
    if layout.broken_labels:
        text = _BROKEN.get(text, text)
    if layout.wide_digits:
        text = text.translate(_TO_WIDE)
    if layout.narrow_digits:
        text = text.translate(_TO_NARROW)
    return text
