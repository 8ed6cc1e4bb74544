"""How a department lays its forms out. The texts do not depend on any of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from making.layouts import BaseLayout, Look
from making.sheets import Plan

from .terms import GOALS, OFFICE, OPINIONS

ONE_EACH: Plan = (("様式C1", (GOALS,), "down"), ("様式C2", (OPINIONS,), "down"))


@dataclass(frozen=True)
class Layout(BaseLayout):
    """Every field is one way in which returns differ; the defaults are the plain form."""

    sheets: Plan = ONE_EACH
    per_measure: bool = False  # a heading and a header for each 推進施策
    other_word: bool = False  # 現状および課題, as half of the document prints it
    days: Literal["date", "era", "short", "slashes"] = "date"  # how the day of a meeting is typed


PLAIN = Layout()
# Each variation alone. All of them carry the same texts.
VARIATIONS: dict[str, Layout] = {
    "plain": PLAIN,
    "moved": replace(PLAIN, origin=(6, 3)),
    "notes": replace(PLAIN, notes=True),
    "unmerged": replace(PLAIN, merged=False),
    "per_measure": replace(PLAIN, per_measure=True),
    "other_word": replace(PLAIN, other_word=True),
    "broken_labels": replace(PLAIN, broken_labels=True),
    "blank_rows": replace(PLAIN, blank_rows=True),
    "blank_columns": replace(PLAIN, blank_columns=True),
    "empty_column": replace(PLAIN, empty_column="部内確認"),
    "stacked": replace(PLAIN, sheets=(("様式C", (GOALS, OPINIONS), "down"),)),
    "side_by_side": replace(PLAIN, sheets=(("様式C", (GOALS, OPINIONS), "right"),)),
    "sheet_names": replace(PLAIN, cover="Sheet1", sheets=(("Sheet2", (GOALS,), "down"), ("回答", (OPINIONS,), "down"))),
    "era_days": replace(PLAIN, days="era"),
    "short_days": replace(PLAIN, days="short"),
    "days_with_slashes": replace(PLAIN, days="slashes"),
}

_GOTHIC, _MINCHO, _YU, _MEIRYO = "ＭＳ Ｐゴシック", "ＭＳ Ｐ明朝", "游ゴシック", "メイリオ"
LOOKS: dict[str, Look] = {
    OFFICE: Look(_YU, 10, "#E2EFDA", "#F2F2F2"),
    "障害福祉部": Look("BIZ UDPゴシック", 10, "#DDEBF7", "#EDF4FB"),
    "世田谷保健所": Look(_GOTHIC, 10, "#FCE4D6", "#FBEFE7"),
    "都市整備政策部": Look(_MEIRYO, 9, "#D0CECE", "#EDEDED"),
    "高齢福祉部": Look(_GOTHIC, 10, "#FFF2CC", "#FFF9E5"),
    "経済産業部": Look(_YU, 10, "#BDD7EE", "#DEEBF6"),
    "教育委員会事務局": Look("HGPｺﾞｼｯｸM", 10, "#E2EFDA", "#F2F8EE", freeze=False),
    "生活文化政策部": Look(_MINCHO, 10, "#EAD1DC", "#F7EDF2", freeze=False),
    "危機管理部": Look(_GOTHIC, 10, "#D9E1F2", "#F2F2F2"),
}

# The honest returns: the office's template, filled in a little differently here and there.
AS_SENT: dict[str, Layout] = {
    OFFICE: replace(PLAIN, per_measure=True, other_word=True, days="short"),
    "障害福祉部": PLAIN,
    "世田谷保健所": replace(PLAIN, notes=True),
    "都市整備政策部": replace(PLAIN, merged=False),
    "高齢福祉部": replace(PLAIN, other_word=True),
    "経済産業部": replace(PLAIN, origin=(2, 2)),
    "教育委員会事務局": replace(PLAIN, broken_labels=True),
    "生活文化政策部": PLAIN,
    "危機管理部": replace(PLAIN, notes=True, origin=(2, 2)),
}

# The returns with errors: what really comes back.
AS_RETURNED: dict[str, Layout] = {
    OFFICE: replace(PLAIN, notes=True, days="era", origin=(3, 2)),
    "障害福祉部": replace(PLAIN, broken_labels=True, cover="Sheet1", sheets=(("回答", (GOALS,), "down"),)),
    "世田谷保健所": replace(PLAIN, blank_columns=True),
    "都市整備政策部": replace(PLAIN, empty_column="部内確認", other_word=True),
    "高齢福祉部": replace(PLAIN, blank_rows=True, merged=False),
    "経済産業部": PLAIN,
    "教育委員会事務局": replace(PLAIN, origin=(4, 3)),
    "生活文化政策部": replace(PLAIN, per_measure=True),
    "危機管理部": replace(PLAIN, notes=True),
}
