"""The printed labels and the ways in which departments spell them. Every spelling here is the same label."""

from __future__ import annotations

from .layouts import Layout

TITLES = {
    "activity": "様式1　実現に向けた取組み（行動量）",
    "outcome": "様式2　成果指標",
    "budget": "様式3　事業費内訳",
    "effect": "様式4　行政経営改革効果額",
    "facilities": "様式5　公共施設等総合管理計画に基づく取組み",
    "dx": "様式6　DXの推進",
    "reform_changes": "様式7　取組みの変更",
    "affiliates": "様式8　外郭団体の見直し",
    "summary_changes": "様式9-1　主な計画の変更点（令和5年度）",
    "summary_cost": "様式9-2　事業費一覧",
    "summary_counts": "様式9-3　件数の記述",
    "summary_items": "様式9-4　行政経営改革の取組み一覧",
}
NOTES: dict[str, tuple[str, ...]] = {
    "activity": ("※令和４年度実績は見込みを記入してください。", "※修正がない場合は「―」を記入してください。"),
    "outcome": ("※目標値を変更した場合は、【目標値（策定時）】を理由欄に併記してください。",),
    "budget": ("※千円未満は四捨五入してください。", "※複数の施策に計上する事業は、それぞれの施策に記入してください。"),
}
_OF_THE_OFFICE = (
    "effect", "facilities", "dx", "reform_changes", "affiliates",
    "summary_changes", "summary_cost", "summary_counts", "summary_items",
)  # fmt: skip
NOTES |= dict.fromkeys(_OF_THE_OFFICE, ("※令和4年度は見込みを記入してください。",))
NOTES["effect"] = (
    "※（＊）は再掲です。合計には含めません。",
    "(数字)：効果額見込み額",
    "※ ：現時点では見込み額が積算できないが、財政効果が期待できるもの",
    "― ：直接的な財政効果がないもの",
)
NOTES["summary_cost"] = ("※重複する予算事業があるため、施策ごとの事業費と合計額は一致しません。",)
COVER_TITLE = "世田谷区未来つながるプラン 2022-2023　推進状況　提出票"
REQUEST = "※様式1～3を記入し、政策経営部へ提出してください。"
REQUEST_OFFICE = "※様式4～9は政策経営部が記入します。"
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
    "項目番号": "項目\n番号",
    "取組み項目": "取組み項目 ",
    "視点": "視　点",
    "変更前": "変 更 前",
    "理由": "理　由",
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
