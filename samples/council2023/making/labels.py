"""The printed labels and the ways in which departments spell them. Every spelling here is the same label."""

from __future__ import annotations

from .layouts import Layout
from .terms import GOALS, OPINIONS

TITLES = {GOALS: "様式C1　めざす姿と現状及び課題", OPINIONS: "様式C2　意見"}
NOTES = {
    GOALS: ("※施策番号は施策体系の番号です。", "※記載がない欄は「―」を記入してください。"),
    OPINIONS: ("※一つの意見を一行に記入してください。",),
}
COVER_TITLE = "地域保健医療福祉総合計画　審議会資料　提出票"
REQUEST = "※様式C1を記入し、保健福祉政策部へ提出してください。"
CLOSING_NOTE = "※記入が終わりましたら、行が増減していないことを確認のうえ提出してください。"
_BROKEN = {"施策番号": "施策\n番号", "めざす姿": "め ざ す 姿", "現状及び課題": "現状及び\n課題", "意見": "意　見"}


def spell(label: str, layout: Layout) -> str:
    """The label as this layout writes it."""
    text = "現状および課題" if layout.other_word and label == "現状及び課題" else label
    return _BROKEN.get(text, text) if layout.broken_labels else text
