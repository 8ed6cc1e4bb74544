"""Faults planted in 様式4 to 様式9, and on the cover of the policy office."""

from __future__ import annotations

from making.edits import Fault, Put, PutCover
from making.model import Value
from making.reshaping import Remove

from .office import OFFICE

_LINE = "LINEを活用した通報機能やアンケート機能の追加（再掲）"
_PHONES = "高齢者向けスマートフォン教室の実施"
_CENTRES = "まちづくりセンターのオンライン会議環境の整備"


def _fault(code: str, form: str, record: str, fields: dict[str, Value], fault: str, note: str) -> Fault:
    return Fault(OFFICE, Put(form, record, fields), code, fault, note)


OFFICE_FAULTS = (
    _fault("BAL001", "effect", "3-6", {"effect": 56128}, "transposition", "28,109 + 28,109 = 56,218"),
    _fault("RLS003", "effect", "合計", {"plan": 2802475}, "re-listed item in the total", "9-1 counted again: 3,834"),
    _fault("BAL002", "effect", "内訳 歳入増", {"forecast": 1361640}, "transposition", "1,361,460"),
    _fault("FLD003", "effect", "10-4", {"revenue": "済"}, "another mark", "○"),
    _fault(
        "RLS001",
        "effect",
        "5-1",
        {"plan": 27260, "effect": 35329},
        "re-listed item differs",
        "27,620 in 7-1",
    ),
    _fault("BAL003", "facilities", "cost/建物", {"forecast": "376億円"}, "transposition", "367 + 174 = 541"),
    _fault(
        "CUM003", "facilities", "restraint/累計額", {"plan": "4,961,394千円"}, "transposition", "3,019,366 + 1,942,568"
    ),
    _fault(
        "RLS001",
        "dx",
        f"03 コミュニケーションの多様化/{_LINE}",
        {"plan": "・LINEを活用した施設の不具合の通報受付の拡大\n・LINEを活用したアンケート等の実施"},
        "re-listed item differs",
        "の実施 in 01",
    ),
    _fault(
        "RLS002",
        "dx",
        f"03 コミュニケーションの多様化/{_CENTRES}",
        {"item": f"{_CENTRES}（再掲）"},
        "no original",
        "listed here only",
    ),
    _fault(
        "TXT002",
        "dx",
        f"04 デジタルデバイド対策/{_PHONES}",
        {"plan": "・平成30年度の実施状況を踏まえて、各地区又は地域の実情に応じた手法で実施する。"},
        "year outside the plan",
        "令和４年度",
    ),
    _fault("XRF001", "reform_changes", "10-4/新たな税外収入の取組み", {"number": "10-8"}, "unknown number", "10-4"),
    _fault(
        "FLD003",
        "affiliates",
        "世田谷区シルバー人材センター",
        {"body": "世田谷区シルバー人財センター"},
        "not in the list",
        "人材",
    ),
    _fault("TXT001", "affiliates", "世田谷サービス公社", {"reason": "調整中"}, "placeholder", "nothing is printed"),
    _fault("XRF005", "summary_changes", "行動量/1-2", {"after": "3,080件"}, "summary differs", "3,800 件 in 様式1"),
    _fault("XRF005", "summary_changes", "成果指標/2-4", {"before": "44.3%"}, "summary differs", "44.8% in 様式2"),
    _fault("XRF005", "summary_cost", "13", {"forecast": 75233}, "summary differs", "75,323 in 様式3"),
    _fault(
        "CNT001",
        "summary_counts",
        "行動量",
        {"sentence": "全19施策63事業のうち、９施策10事業の計画を変更"},
        "wrong count",
        "62 projects",
    ),
    Fault(OFFICE, Remove("summary_items", "3-3"), "XRF002", "record missing", "the row was deleted"),
    Fault(OFFICE, PutCover("提出日", "令和5年1月25日"), "SUB003", "after the deadline", "2023-01-20"),
)
