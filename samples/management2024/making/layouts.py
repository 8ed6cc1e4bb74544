"""How a department lays its cards out. The figures do not depend on any of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from making.layouts import BaseLayout, Look

ITEMS_SHEET, GOALS_SHEET = "様式M1", "様式M2"


@dataclass(frozen=True)
class Layout(BaseLayout):
    """Every field is one way in which returns differ; the defaults are the plain form."""

    items_sheet: str = ITEMS_SHEET
    goals_sheet: str = GOALS_SHEET
    cards: Literal["down", "abreast", "goals", "each"] = "down"  # all below one another; two abreast; sheets
    amounts: bool = True  # the newer template: hours and money on the card
    result_first: bool = False  # R6実績 above 目指すべき効果・成果, as on some printed pages
    schedule_beside: bool = False  # 年次別計画 beside the table, 取組み over its first column
    money_as_text: bool = False  # 5,005千円, 1,040時間
    money_as_number: bool = False  # M2: 79 instead of the printed 「７９ 百万円」
    narrow_digits: bool = False  # R6予算額


PLAIN = Layout()
# The template of the year before: no figures on the card.
OLDER = replace(PLAIN, amounts=False)
# Each variation alone. All of them carry the same facts.
VARIATIONS: dict[str, Layout] = {
    "plain": PLAIN,
    "moved": replace(PLAIN, origin=(5, 3)),
    "notes": replace(PLAIN, notes=True),
    "unmerged": replace(PLAIN, merged=False),
    "broken_labels": replace(PLAIN, broken_labels=True),
    "wide_digits": replace(PLAIN, wide_digits=True),
    "narrow_digits": replace(PLAIN, narrow_digits=True),
    "blank_rows": replace(PLAIN, blank_rows=True),
    "blank_columns": replace(PLAIN, blank_columns=True),
    "abreast": replace(PLAIN, cards="abreast"),
    "sheet_per_goal": replace(PLAIN, cards="goals"),
    "sheet_per_item": replace(PLAIN, cards="each"),
    "sheet_names": replace(PLAIN, cover="Sheet1", items_sheet="Sheet2", goals_sheet="Sheet3"),
    "result_first": replace(PLAIN, result_first=True),
    "schedule_beside": replace(PLAIN, schedule_beside=True),
    "money_as_text": replace(PLAIN, money_as_text=True),
    "money_as_number": replace(PLAIN, money_as_number=True),
    "empty_row": replace(PLAIN, empty_column="部内確認"),
}

_GOTHIC, _MINCHO, _YU, _MEIRYO = "ＭＳ Ｐゴシック", "ＭＳ Ｐ明朝", "游ゴシック", "メイリオ"
_LOOKS = (
    Look(_YU, 10, "#E2EFDA", "#F2F2F2"),
    Look(_GOTHIC, 10, "#D9E1F2", "#F2F2F2"),
    Look("BIZ UDPゴシック", 10, "#DDEBF7", "#EDF4FB"),
    Look(_MEIRYO, 9, "#FFE699", "#FFF6D9"),
    Look(_MINCHO, 10, "#EAD1DC", "#F7EDF2"),
    Look(_GOTHIC, 10, "#FCE4D6", "#FBEFE7"),
    Look("HGPｺﾞｼｯｸM", 10, "#D0CECE", "#EDEDED"),
)

# The honest returns: the office's template, filled in a little differently here and there.
AS_SENT: dict[str, Layout] = {
    "政策経営部": PLAIN,
    "みどり３３推進担当部": replace(PLAIN, notes=True),
    "都市整備政策部": replace(PLAIN, cards="goals"),
    "地域行政部": PLAIN,
    "財務部": replace(PLAIN, broken_labels=True),
    "保健福祉政策部": replace(PLAIN, result_first=True),
    "生活文化政策部": replace(PLAIN, origin=(2, 2)),
    "スポーツ推進部": replace(PLAIN, cards="each"),
    "環境政策部": replace(PLAIN, wide_digits=True),
    "危機管理部": PLAIN,
    "経済産業部": replace(PLAIN, narrow_digits=True),
    "教育委員会事務局": replace(PLAIN, schedule_beside=True),
    "各総合支所": replace(PLAIN, notes=True),
    "障害福祉部": PLAIN,
    "土木部": replace(PLAIN, broken_labels=True, notes=True),
    "清掃・リサイクル部": replace(PLAIN, result_first=True),
    "高齢福祉部": PLAIN,
    "子ども・若者部": replace(PLAIN, cards="goals", notes=True),
    "世田谷保健所": replace(PLAIN, origin=(2, 2)),
    "道路・交通計画部": PLAIN,
    "DX推進担当部": replace(PLAIN, wide_digits=True, result_first=True),
    "総務部": replace(PLAIN, schedule_beside=True, narrow_digits=True),
    "庁舎整備担当部": PLAIN,
    "施設営繕担当部": replace(PLAIN, broken_labels=True),
}
LOOKS: dict[str, Look] = {name: _LOOKS[turn % len(_LOOKS)] for turn, name in enumerate(AS_SENT)}

# The returns with errors: what really comes back.
AS_RETURNED: dict[str, Layout] = {
    "政策経営部": replace(PLAIN, cards="goals", broken_labels=True, notes=True, money_as_number=True),
    "みどり３３推進担当部": replace(PLAIN, origin=(5, 3), result_first=True),
    "都市整備政策部": replace(PLAIN, cards="abreast"),
    "地域行政部": replace(PLAIN, cards="each", money_as_text=True),
    "財務部": replace(PLAIN, merged=False, notes=True),
    "保健福祉政策部": replace(PLAIN, money_as_text=True, wide_digits=True),
    "生活文化政策部": replace(PLAIN, blank_rows=True, items_sheet="Sheet2", cover="Sheet1"),
    "スポーツ推進部": replace(PLAIN, cards="abreast", broken_labels=True),
    "環境政策部": replace(PLAIN, schedule_beside=True, origin=(3, 2)),
    "危機管理部": replace(PLAIN, notes=True, blank_columns=True),
    "経済産業部": replace(PLAIN, empty_column="部内確認", origin=(3, 3)),
    "教育委員会事務局": replace(PLAIN, cards="goals", result_first=True, wide_digits=True),
    "各総合支所": PLAIN,
    "障害福祉部": replace(PLAIN, merged=False, schedule_beside=True),
    "土木部": replace(PLAIN, blank_rows=True, empty_column="部内確認"),
    "清掃・リサイクル部": replace(PLAIN, narrow_digits=True, origin=(2, 2)),
    "高齢福祉部": replace(PLAIN, cards="each", items_sheet="回答"),
    "子ども・若者部": replace(PLAIN, cards="goals", narrow_digits=True, blank_columns=True),
    "世田谷保健所": replace(PLAIN, broken_labels=True),
    "道路・交通計画部": replace(PLAIN, origin=(4, 2), money_as_text=True),
    "DX推進担当部": replace(PLAIN, cards="abreast", narrow_digits=True, money_as_text=True),
    "総務部": replace(PLAIN, result_first=True, schedule_beside=True),
    "庁舎整備担当部": replace(PLAIN, notes=True, items_sheet="様式Ｍ１_最終"),
    "施設営繕担当部": replace(PLAIN, merged=False),
}
