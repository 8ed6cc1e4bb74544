"""The printed labels and the ways in which departments spell them. Every spelling here is the same label."""

from __future__ import annotations

from .layouts import Layout
from .terms import CASES, COMMENTS, MEASURES, POPULATION, SURVEY

TITLES = {
    POPULATION: "様式D1　各地区・各地域の人口",
    CASES: "様式D2　窓口等取扱件数",
    COMMENTS: "様式D3　意見募集",
    SURVEY: "様式D4　意識調査",
    MEASURES: "様式D5　施策体系",
}
NOTES = {
    POPULATION: (
        "※令和4年9月現在の数値を記入してください。",
        "※人口密度は、人口÷面積を四捨五入した整数としてください。",
    ),
    CASES: ("※取り扱っていない業務は「―」を記入してください。", "※累計は4月からの件数の合計です。"),
    COMMENTS: (),
    SURVEY: ("※割合は小数第1位まで記入してください。",),
    MEASURES: (),
}
COVER_TITLE = "地域行政推進計画　資料　提出票"
REQUEST = "※様式D1・D2を記入し、地域行政部へ提出してください。"
CLOSING_NOTE = "※記入が終わりましたら、行と列が増減していないことを確認のうえ提出してください。"
_BROKEN = {
    "世帯数": "世帯\n数",
    "人口": "人　口",
    "面積(K㎡)": "面　積\n(K ㎡)",
    "人口密度(1K㎡あたり)": "人口密度\n(1K㎡あたり)",
    "地域・地区": "地域\n・地区",
    "当月": "当 月",
    "累計": "累　計",
    "設問番号": "設問\n番号",
    "選択肢番号": "選択肢\n番号",
}


def spell(label: str, layout: Layout) -> str:
    """The label as this layout writes it."""
    text = label
    if layout.months_with_year and label.removesuffix("月").isdigit():
        month = int(label.removesuffix("月"))
        text = f"令和{3 if month >= 4 else 4}年{label}"
    if layout.broken_labels:
        text = _BROKEN.get(text, text)
    if layout.wide_digits:
        text = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return text
