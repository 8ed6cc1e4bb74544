"""The printed texts and figures (`figures/*.csv`) as returns.

Source: 世田谷区「新たな行政経営への移行実現プラン（令和６年度推進状況）」. Money of single items is illustrative
(`item_amounts.csv`, see `amounts.py`); its sums are the printed ones.
"""

from __future__ import annotations

import datetime
import itertools
import re

from making.model import Form, Record, Return, Value

from .amounts import PRINTED, rows
from .terms import GOALS, ITEMS, MONEY, NIL, YEARS

PLAN = "新たな行政経営への移行実現プラン"
ROUND = "令和6年度推進状況"
TEMPLATE = "2"
OFFICE = "政策経営部"
# Who answers where the document names no single department first.
ANSWERED_BY = {"各部": OFFICE}
_DAYS: tuple[Value, ...] = (
    datetime.date(2025, 7, 11),
    "令和7年7月10日",
    "R7.7.9",
    "2025/7/11",
    "令和７年７月８日",
    "令和7年7月11日（金）",
    "2025年7月10日",
)
# Two cells of 5-10 that the figures leave open: which of the two printed pairs is whose follows from R7.
_OPEN = {("5-10", "新たな広報活動"): "実施", ("5-10", "モニタリング"): "見直し・実施"}


def read_returns() -> dict[str, Return]:
    """Department → its return, in the order of the items. The first 所管部 answers for an item; the office for M2."""
    records = list(_items())
    goals = {row["到達点"]: goals_name(row) for row in rows("goals.csv")}
    found: dict[str, Return] = {}
    for number, department in enumerate(dict.fromkeys(department_of(record) for record in records), 1):
        own = [record for record in records if department_of(record) == department]
        keys = {record.group for record in own}
        forms = {ITEMS: Form(ITEMS, own, {goal: name for goal, name in goals.items() if goal in keys})}
        if department == OFFICE:
            forms[GOALS] = Form(GOALS, list(_goals()), goals)
        cover: dict[str, Value] = {
            "計画名": PLAN,
            "提出部署": department,
            "担当課": "（担当課）",
            "担当者": "（担当）",
            "内線": "（内線）",
            "提出日": _DAYS[number % len(_DAYS)],
            "回": ROUND,
            "様式版": TEMPLATE,
        }
        found[department] = Return(number, department, cover, forms)
    return found


def goals_name(row: dict[str, str]) -> str:
    """`到達点１　新たな仕組みづくり`, as printed."""
    return f"到達点{'０１２３４５'[int(row['到達点'])]}　{row['到達点名']}"


def department_of(record: Record) -> str:
    """The department that answers: the first 所管部."""
    first = re.split(r"[\n、]", str(record.fields["department"]))[0]
    return ANSWERED_BY.get(first, first)


def _items() -> list[Record]:
    """One record a card; the actions of its schedule are `action/1`, their years `action/1.FY2024` …"""
    schedule = {
        number: list(lines)
        for number, lines in itertools.groupby(
            (row for row in rows("schedule.csv") if not row["duplicate"]), key=lambda row: row["項目番号"]
        )
    }
    money = {row["項目番号"]: row for row in rows("item_amounts.csv")}
    records = []
    for row in rows("items.csv"):
        if row["duplicate"]:
            continue
        number = row["項目番号"]
        fields: dict[str, Value] = {
            "number": row["項目番号_raw"],
            "name": row["項目名_form"],
            "department": row["所管部_raw"],
            "content": row["取組み内容"],
            "effect": row["目指すべき効果・成果"],
            "result": row["R6実績"],
            "hours": int(row["削減時間_計_h"]) if row["削減時間_計_h"] else None,
        }
        for turn, line in enumerate(schedule[number], 1):
            fields[f"action/{turn}"] = f"{line['柱']}{line['取組み']}"
            for year, label in YEARS.items():
                fields[f"action/{turn}.{year}"] = line[label] or _OPEN[number, line["取組み"]]
        for field in MONEY:
            amount = money[number][field]
            fields[field] = NIL if amount == NIL else int(amount)
        records.append(Record(number, row["到達点"], fields))
    return records


def _goals() -> list[Record]:
    """One record a 到達点, with the printed texts; money in 百万円."""
    records = []
    for row in rows("goals.csv"):
        fields: dict[str, Value] = {"goal": goals_name(row)}
        fields |= {field: row[f"{label}_raw"] for field, label in PRINTED.items()}
        fields |= {"hours.plan": row["削減時間_計画R6-R9_raw"] or NIL, "hours.FY2024": row["R6削減時間_raw"] or NIL}
        records.append(Record(row["到達点"], row["到達点"], fields))
    return records
