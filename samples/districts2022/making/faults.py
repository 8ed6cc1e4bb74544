"""Faults planted in the forms and on covers."""

from __future__ import annotations

from decimal import Decimal

from making.edits import Fault, Put, PutCover
from making.model import Value
from making.reshaping import AddColumn, Hide, Insert, Remove, RemoveColumn, Stray

from .edits import Retitle
from .figures import read_returns
from .terms import CASES, COMMENTS, MEASURES, OFFICE, POPULATION, SURVEY

HONEST = read_returns()


def _count(department: str, record: str, field: str, more: int) -> Put:
    """A count of 様式D2 with so much more."""
    value = HONEST[department].forms[CASES].record(record).fields[field]
    assert isinstance(value, int)
    return Put(CASES, record, {field: value + more})


def _people(record: str, **fields: Value) -> Put:
    return Put(POPULATION, record, fields)


TREE = (
    Fault(
        OFFICE,
        Put(MEASURES, "2-2②", {"name": "地区情報連絡会の強化と発展的展開"}),
        "DUP004|XRF003",
        "another one's name",
        "2-2① has nearly this name; 地域における交流会の開催・開催支援",
    ),
    Fault(OFFICE, Remove(MEASURES, "1-3①"), "RLS002|XRF002", "original missing", "1-4③ lists it again"),
)

BRANCHES = (
    Fault("世田谷総合支所", _people("1-3", population=27240), "BAL003", "transposition in a district", "27,204"),
    Fault("世田谷総合支所", _people("1-5", density=17860), "RAT003", "transposition", "17,680"),
    Fault(
        "世田谷総合支所",
        _count("世田谷総合支所", "certificate/1-1", "month.2021-07", 100),
        "BAL003|CUM003",
        "a digit mistyped",
        "the running totals are right",
    ),
    Fault(
        "世田谷総合支所",
        _count("世田谷総合支所", "lending/1-2", "running.2021-10", -9),
        "BAL003|CUM003",
        "two digits mistyped",
        "one running total; the next ones are right",
    ),
    Fault(
        "世田谷総合支所",
        Put(CASES, "handbook/1-4", {"month.2021-11": None, "running.2021-11": None}),
        "CUM003",
        "month skipped",
        "December is filled in",
    ),
    Fault("世田谷総合支所", PutCover("提出日", "令和4年9月31日"), "FLD006", "no such day", "September has 30 days"),
    Fault("北沢総合支所", _people("2-3", area_name="代田地区"), "XRF001", "unknown label", "新代田地区"),
    Fault("北沢総合支所", _people("2", households=90593), "BAL003", "transposition in a total", "90,539"),
    Fault("北沢総合支所", Remove(CASES, "lending/2-5"), "XRF002", "row missing", "松原地区"),
    Fault(
        "北沢総合支所", Put(CASES, "certificate/2-1", {"month.2021-04": "約400"}), "FLD011", "about", "a count is exact"
    ),
    Fault("玉川総合支所", _people("3-2", area_km2=1244000), "BAL003|RAT003", "another unit", "㎡ instead of K㎡"),
    Fault(
        "玉川総合支所",
        Put(CASES, "lending/3-3", {"month.2022-03": "集計中"}),
        "FLD009",
        "not counted yet",
        "a final return",
    ),
    Fault(
        "玉川総合支所",
        Put(CASES, "handbook/3-1", {"month.2021-06": -8}),
        "FLD004",
        "a minus typed",
        "counts are positive",
    ),
    Fault(
        "玉川総合支所",
        Hide(POPULATION, "3-7", "population"),
        "FIL008",
        "hidden row",
        "深沢地区",
    ),
    Fault("砧総合支所", RemoveColumn(CASES, "8月累計"), "LAY002", "column missing", "8月・累計"),
    Fault("砧総合支所", _people("4-3", population="三万九千人弱"), "FLD002", "no number", "38,835"),
    Fault("砧総合支所", _people("4-2", households=None), "FLD001", "blank", "10,689"),
    Fault(
        "砧総合支所",
        Insert(POPULATION, "4-4", "4-4#2", after="4-4", wrong="area_name"),
        "FLD007",
        "a row twice",
        "喜多見地区",
    ),
    Fault(
        "烏山総合支所",
        Retitle(CASES, "lending", "物品の貸出し"),
        "LAY002",
        "title reworded",
        "高枝切ばさみ・車いすの貸出し",
    ),
    Fault(
        "烏山総合支所",
        AddColumn(POPULATION, "前年人口", {"5-1": 24602, "5-2": 32611}),
        "LAY004",
        "own column",
        "with figures",
    ),
    Fault(
        "烏山総合支所",
        Stray(POPULATION, below=(None, 64306, 120167), at="2"),
        "LAY006",
        "figures without a label",
        "below the table",
    ),
)
ANNEX = (
    Fault(OFFICE, _people("0", population=917700), "BAL003", "transposition", "917,070"),
    Fault(OFFICE, _people("3", population=226027, density=14297), "BAL003", "differs from the return", "226,072"),
    Fault(OFFICE, Put(COMMENTS, "category/行政サービス", {"count": "84 件"}), "BAL003", "transposition", "48 件"),
    Fault(OFFICE, Put(SURVEY, "2-1/3", {"share": Decimal("78.1")}), "BAL007", "transposition", "71.8"),
    Fault(OFFICE, Put(SURVEY, "3/1", {"kind": "一つ回答"}), "FLD003", "not in the list", "単一回答"),
    Fault(OFFICE, Put(SURVEY, "8/2", {"share": Decimal("406")}), "FLD004", "decimal point lost", "40.6"),
    Fault(OFFICE, Remove(SURVEY, "6/4"), "XRF002", "answer missing", ""),
    Fault(OFFICE, Put(MEASURES, "1-3②", {"name": "児童館との連携による社会資源の開発"}), "XRF003", "name differs", ""),
    Fault(
        OFFICE,
        Put(MEASURES, "1-4②", {"name": "問い合わせ対応力の強化"}),
        "RLS001|XRF003",
        "differs from its original",
        "1-2①",
    ),
    Fault(OFFICE, Put(MEASURES, "2-3①", {"original": "１（４）③"}), "RLS002", "refers to another row", "１（４）④"),
    Fault(OFFICE, Put(MEASURES, "2-3③", {"number": "2-3-3"}), "FLD006", "number in another form", "2-3③"),
    Fault(OFFICE, Put(MEASURES, "3-1①", {"name": "（調整中）"}), "TXT001", "placeholder", "オンライン会議環境…"),
    Fault(OFFICE, Remove(MEASURES, "4-2①"), "XRF002", "measure missing", ""),
)
FAULTS = TREE + BRANCHES + ANNEX
