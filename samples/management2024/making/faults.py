"""Faults planted in 様式M1, 様式M2 and on covers."""

from __future__ import annotations

from making.edits import Fault, Put, PutCover
from making.model import Formula, Value
from making.reshaping import AddColumn, Hide, Insert, Remove, RemoveForm, Reword, Stray

from .edits import Lose
from .figures import read_returns
from .terms import GOALS, ITEMS

HONEST = read_returns()
# A figure quoted in a text that is not the figure in the cell.
QUOTED = "XRF005|CNT001|REV003"


def _put(record: str, field: str, value: Value) -> Put:
    return Put(ITEMS, record, {field: value})


def _replace(department: str, record: str, field: str, old: str, new: str) -> Put:
    """The text with one passage changed."""
    text = str(HONEST[department].forms[ITEMS].record(record).fields[field])
    if text.count(old) != 1:
        raise ValueError(f"{record} {field}: {old}")
    return _put(record, field, text.replace(old, new))


def _goal(record: str, field: str, value: Value) -> Put:
    return Put(GOALS, record, {field: value})


OFFICE = (
    Fault(
        "政策経営部",
        _replace("政策経営部", "1-1", "result", "③区民意識調査", "区民意識調査"),
        "XRF006",
        "numbered point missing",
        "③ in 年次別計画, none in R6実績",
    ),
    Fault("政策経営部", _put("1-11", "department", "政策経営課"), "FLD003|XRF004", "not a department", "政策経営部"),
    Fault("政策経営部", _put("1-24", "name", "公共施設の多目的化の推進"), "XRF003", "name differs", "多機能化"),
    Fault(
        "政策経営部", _put("1-25", "number", "1-52"), "XRF001|XRF002", "digits swapped", "1-25; the index ends at 1-38"
    ),
    Fault("政策経営部", Remove(ITEMS, "1-28"), "XRF002", "record missing", "the card was deleted"),
    Fault("政策経営部", _put("3-2", "action/1.FY2026", "未定"), "TXT001", "placeholder", "a year was to follow"),
    Fault(
        "政策経営部",
        _replace("政策経営部", "3-12", "result", "約7,200時間", "約7,020時間"),
        QUOTED,
        "hours differ from the text",
        "7,200 in the field",
    ),
    Fault(
        "政策経営部",
        _goal("4", "settled.FY2024", "33 百万円"),
        "BAL002|XRF005",
        "total beyond rounding",
        "30: the sum of the items of 到達点４ in 千円",
    ),
    Fault(
        "政策経営部",
        _goal("1", "budget.FY2024", "79,000千円"),
        "FLD010|FLD005",
        "thousands among millions",
        "79",
    ),
    Fault("政策経営部", _goal("3", "budget.FY2025", None), "FLD001", "blank", "632 was not filled in"),
    Fault(
        "政策経営部",
        _goal("5", "goal", "到達点５　組織力の向上・人材育成（専門性の向上）"),
        "XRF003",
        "name differs",
        "人材の育成",
    ),
    Fault("政策経営部", _goal("2", "hours.FY2024", "1.9万人"), "FLD005", "unit differs", "時間"),
)

GREEN_AND_TOWN = (
    Fault("みどり３３推進担当部", _put("1-19", "hours", 1400), QUOTED, "hours differ from the text", "1,040 in R6実績"),
    Fault(
        "みどり３３推進担当部",
        _replace("みどり３３推進担当部", "1-20", "result", "224時間", "242時間"),
        QUOTED,
        "hours differ from the field",
        "224 in the field",
    ),
    Fault("みどり３３推進担当部", _put("1-27", "action/1.FY2025", None), "FLD001", "blank", "a year was not filled in"),
    Fault(
        "都市整備政策部", _put("5-7", "department", "施設営繕担当部"), "XRF004", "department differs", "都市整備政策部"
    ),
    Fault("都市整備政策部", _put("1-15", "number", "1の15"), "FLD006", "malformed number", "1-15"),
    Fault("地域行政部", _put("2-3", "hours", "8千時間余"), "FLD002", "not a number", "8,064"),
    Fault("地域行政部", _put("2-2", "name", "おくやみ窓口の設置"), "XRF003", "name differs", "おくやみコーナー設置"),
    Fault(
        "財務部",
        _replace("財務部", "1-9", "result", "③納付勧奨", "④納付勧奨"),
        "XRF006",
        "numbered point differs",
        "④ in R6実績, ③ in 年次別計画",
    ),
    Fault("財務部", _put("3-4", "result", "集計中"), "FLD009|TXT001", "state not allowed", "a text belongs here"),
    Fault(
        "保健福祉政策部", _put("3-5", "hours", 1343), QUOTED, "one of two figures", "1,343 and 1,284 in R6実績: 2,627"
    ),
    Fault("保健福祉政策部", _put("1-10", "content", None), "FLD001", "blank", "取組み内容 was not filled in"),
    Fault(
        "生活文化政策部", _put("5-8", "department", "生活文化部"), "FLD003|XRF004", "not a department", "生活文化政策部"
    ),
    Fault(
        "スポーツ推進部",
        _put("1-23", "action/2", "③「支える」人材の発掘から育成と活用"),
        "XRF006",
        "numbered point differs",
        "② became ③; ② in R6実績",
    ),
    Fault(
        "環境政策部", Lose("2-10", "FY2027", "action/1.FY2027"), "LAY002", "year missing", "the column R9 was deleted"
    ),
    Fault("危機管理部", Hide(ITEMS, "5-14", "content"), "FIL008", "hidden row", "the rows of the card are hidden"),
    Fault("危機管理部", _put("2-23", "hours", "55日"), "FLD005", "unit differs", "55 時間"),
)

OTHERS = (
    Fault("経済産業部", _put("1-21", "action/1.FY2027", None), "FLD001", "blank", "a year was not filled in"),
    Fault(
        "経済産業部",
        _put("2-18", "action/1.FY2026", "○○の実施"),
        "TXT001",
        "placeholder",
        "○○ was never replaced",
    ),
    Fault("経済産業部", _put("2-11", "settled.FY2024", "約500"), "FLD011", "approximate", "no 約 in money"),
    Fault(
        "教育委員会事務局", _put("1-26", "effect", None), "FLD001", "blank", "目指すべき効果・成果 was not filled in"
    ),
    Fault("教育委員会事務局", Remove(ITEMS, "3-8"), "XRF002", "record missing", "the card was deleted"),
    Fault("各総合支所", RemoveForm(ITEMS), "SUB002|LAY001", "form missing", "only the cover was sent"),
    Fault("障害福祉部", _put("2-8", "hours", 414), QUOTED, "another figure of the text", "278 is Ｒ５比, 414 is R4比"),
    Fault("障害福祉部", _put("3-14", "action/1.FY2025", "（調整中）"), "TXT001|FLD009", "placeholder", "was to follow"),
    Fault(
        "土木部",
        Insert(ITEMS, "5-15", "5-15#2", {"result": "外部委託の内容を精査した。"}, wrong="number"),
        "FLD007",
        "key twice",
        "copied as a base, left in",
    ),
    Fault(
        "清掃・リサイクル部",
        Stray(ITEMS, below=("追加", "2-26", "ごみ分別アプリの更新", 1200), at="3"),
        "LAY006",
        "values below the cards",
        "a line added after the last card",
    ),
    Fault("清掃・リサイクル部", _put("2-12", "hours", "0.0075万時間"), "FLD010", "ten thousands", "75"),
    Fault(
        "高齢福祉部",
        _put("1-37", "budget.FY2024", Formula("#REF!", text="=SUM(#REF!)")),
        "FIL010",
        "error value",
        "a row was deleted",
    ),
    Fault("高齢福祉部", _put("3-10", "budget.FY2025", "5百万円程度"), "FLD002|FLD010", "not a number", "in words"),
    Fault("子ども・若者部", _put("2-15", "number", "2-15-1"), "FLD006|XRF001", "malformed number", "2-15"),
    Fault(
        "子ども・若者部",
        AddColumn(ITEMS, "備考", {"3-16": "次年度に見直し予定", "5-1": "園ごとに実施"}),
        "LAY004",
        "unknown label",
        "a line of the department's own, with values",
    ),
    Fault(
        "世田谷保健所",
        Lose("2-16", "目指すべき効果・成果", "effect"),
        "LAY002",
        "label missing",
        "the line was deleted",
    ),
    Fault("道路・交通計画部", Reword(ITEMS, "取組み内容", "取組内容"), "LAY008", "reworded label", "a synonym"),
    Fault(
        "総務部",
        Insert(ITEMS, "2-25", "2-25", source=HONEST["DX推進担当部"], wrong="number"),
        "DUP003|XRF004",
        "another department's record",
        "DX推進担当部 answers it too",
    ),
    Fault(
        "DX推進担当部", _put("3-9", "action/1", "（仮）"), "TXT001|FLD001", "placeholder", "an action without a name"
    ),
    Fault("庁舎整備担当部", PutCover("提出日", "令和7年7月32日"), "FLD006|FLD002", "no such day", "令和7年7月11日"),
)

FAULTS: tuple[Fault, ...] = (*OFFICE, *GREEN_AND_TOWN, *OTHERS)
