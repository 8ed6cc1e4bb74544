"""The printed texts (`figures/*.csv`) as returns.

Source: 世田谷区「地域保健福祉審議会（令和5年4月26日）資料」 and its annex, the papers of the 研究会 of 27 March 2023.
The document does not say which department answers for which measure: `DEPARTMENTS` is made for the samples.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from pathlib import Path

from making.model import Form, Record, Return, Value

from .terms import GOALS, MEETING, OFFICE, OPINIONS

FIGURES = Path(__file__).resolve().parent.parent / "figures"
PLAN = "世田谷区地域保健医療福祉総合計画"
ROUND = "令和5年4月審議会"
TEMPLATE = "1"
NOT_PRINTED = "―"
# Department → the measures it answers for (all others: the office), the section, and the day as it writes days.
DEPARTMENTS: dict[str, tuple[tuple[str, ...], str, Value]] = {
    OFFICE: ((), "保健福祉政策課", datetime.date(2023, 4, 14)),
    "障害福祉部": (("1-1②",), "障害施策推進課", "令和5年4月12日"),
    "世田谷保健所": (("1-1③",), "健康企画課", "R5.4.13"),
    "都市整備政策部": (("1-1④",), "居住支援課", "2023/4/11"),
    "高齢福祉部": (("1-1⑤",), "高齢福祉課", "令和５年４月１３日"),
    "経済産業部": (("1-1⑥",), "工業・建設業・雇用促進課", datetime.date(2023, 4, 10)),
    "教育委員会事務局": (("1-1⑦",), "教育総務課", "令和5年4月14日（金）"),
    "生活文化政策部": (("1-1⑧",), "市民活動推進課", "2023年4月12日"),
    "危機管理部": (("1-1⑨",), "災害対策課", "R5/4/13"),
}


def read_returns() -> dict[str, Return]:
    """Department → its return; the opinions are the office's."""
    owners = {measure: department for department, (own, _, _) in DEPARTMENTS.items() for measure in own}
    found: dict[str, Return] = {}
    for number, (department, (_, section, day)) in enumerate(DEPARTMENTS.items(), 1):
        own = [row for row in _rows("goals.csv") if owners.get(row["measure"], OFFICE) == department]
        groups = {row["measure"]: row["name"] for row in own}
        forms = {GOALS: Form(GOALS, list(_goals(own, section)), groups)}
        if department == OFFICE:
            forms[OPINIONS] = Form(OPINIONS, list(_opinions()), {})
        cover: dict[str, Value] = {
            "計画名": PLAN,
            "提出部署": department,
            "担当課": section,
            "担当者": "（担当）",
            "内線": "（内線）",
            "提出日": day,
            "回": ROUND,
            "様式版": TEMPLATE,
        }
        found[department] = Return(number, department, cover, forms)
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with (FIGURES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _goals(rows: list[dict[str, str]], section: str) -> Iterator[Record]:
    for row in rows:
        fields: dict[str, Value] = {
            "measure": row["measure"],
            "name": row["name"],
            "number": row["number"],
            "goal": row["goal"] or NOT_PRINTED,
            "issues": row["issues"] or NOT_PRINTED,
            "section": section,
        }
        yield Record(f"{row['measure']}/{row['number']}", row["measure"], fields)


def _opinions() -> Iterator[Record]:
    for row in _rows("opinions.csv"):
        fields: dict[str, Value] = {
            "number": row["number"],
            "meeting": MEETING,
            "date": datetime.date(2023, 3, 27),
            "item": row["item"],
            "opinion": row["opinion"],
            "response": None,
        }
        yield Record(row["number"], "", fields)
