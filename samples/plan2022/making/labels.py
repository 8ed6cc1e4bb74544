"""The printed labels and the ways in which departments spell them. Every spelling here is the same label."""

from __future__ import annotations

from .layouts import Layout

TITLES = {
    "activity": "様式1　実現に向けた取組み（行動量）",
    "outcome": "様式2　成果指標",
    "budget": "様式3　事業費内訳",
}
NOTES = {
    "activity": ("※令和４年度実績は見込みを記入してください。", "※修正がない場合は「―」を記入してください。"),
    "outcome": ("※目標値を変更した場合は、【目標値（策定時）】を理由欄に併記してください。",),
    "budget": ("※千円未満は四捨五入してください。", "※複数の施策に計上する事業は、それぞれの施策に記入してください。"),
}
COVER_TITLE = "世田谷区未来つながるプラン 2022-2023　推進状況　提出票"
REQUEST = "※様式1～3を記入し、政策経営部へ提出してください。"
CLOSING_NOTE = "※記入が終わりましたら、行が増減していないことを確認のうえ提出してください。"
YEARS_TOGETHER = "年度別計画・実績"
TARGET = ("目標値", "（令和5年度末）")
_BROKEN = {
    "事業番号": "事業\n番号",
    "取組み": "取 組 み",
    "総量": "総　量",
    "実績": "実  績",
    "当初計画": "当初\n計画",
    "修正計画": "修正\n計画",
    "令和4年度": "令和\n4年度",
    "令和5年度": "令和 5 年度",
    "指標": "指　標",
    "策定時": "策 定 時",
    "目標値（令和5年度末）": "目標値\n（令和 5 年度末）",
    "計画変更理由・内容等": "計画変更理由\n・内容等",
    "目標値変更理由等": "目標値\n変更理由等",
    "施策番号": "施策\n番号",
    "施策名": "施 策 名",
    "予算事業コード": "予算事業\nコード",
    "予算事業名": "予算事業名 ",
    "小計": "小　計",
    "合計": "合　　計",
    "区分": "区 分",
}


def spell(label: str, layout: Layout) -> str:
    """The label as this layout writes it."""
    text = label
    if layout.short_years and label in ("令和4年度", "令和5年度"):
        text = "R" + label[2]
    if layout.broken_labels:
        text = _BROKEN.get(label, text)
    if layout.wide_digits:
        text = text.replace("4", "４").replace("5", "５")
    return text
