"""Faults planted in 様式A and on covers."""

from __future__ import annotations

from making.edits import Fault, Put, PutCover
from making.model import Formula, Value
from making.reshaping import AddColumn, DropRow, Hide, Insert, Remove, RemoveColumn, RemoveForm, Reword, Stray

from .figures import read_returns
from .terms import FORM

HONEST = read_returns()


def _put(record: str, field: str, value: Value, **others: Value) -> Put:
    """`outcome_rate="…"` → field `outcome.rate`: what goes with the wrong field."""
    also = {name.replace("outcome_", "outcome.").replace("action_", "action."): other for name, other in others.items()}
    return Put(FORM, record, {field: value, **also})


_ADDED: dict[str, Value] = {
    "initiative_number": "3",
    "initiative": "利用者の声の公表\n事業者の受審結果を区の窓口でも公表します。",
    "action_number": "3",
    "action": "窓口での公表件数",
    "action_baseline": "ー",
    "action.initial": "50 件",
    "action.actual": "48 件",
    "outcome_number": "3",
    "outcome": "公表した結果を参考にした区民の割合",
    "outcome_baseline": "ー",
    "outcome.target": "40 %",
    "outcome.actual": "38 %",
    "outcome.rate": "95.0%",
    "grade": "B",
}


def _counted(record: str, unit: str) -> Put:
    """Target and actual of an outcome in another unit."""
    fields = HONEST["生活文化政策部"].forms[FORM].record(record).fields
    target, actual = (str(fields[name]).replace("人", unit) for name in ("outcome.target", "outcome.actual"))
    return Put(FORM, record, {"outcome.target": target, "outcome.actual": actual})


MORE = (
    Fault("生活文化政策部", _counted("2-2-2/2", "件"), "FLD012", "unit does not fit", "people, who are counted in 人"),
    Fault(
        "地域行政部",
        _put("2-5/1", "outcome", f"{HONEST['地域行政部'].forms[FORM].record('2-5/1').fields['outcome']}※２"),
        "REV006",
        "original target missing",
        "※２ says that the target was revised",
    ),
    Fault(
        "高齢福祉部",
        _put("1-5-2/1①", "outcome", "重度障害者向けグループホーム定員数（累計）"),
        "DUP004|XRF003",
        "another one's name",
        "1-5-2/2 has nearly this name; 認知症高齢者グループホームの定員数（累計）",
    ),
)

OFFICE = (
    Fault("保健福祉政策部", _put("1-1-1/3", "outcome.rate", "97.6%"), "RAT001", "transposition", "96.7%"),
    Fault(
        "保健福祉政策部",
        _put("1-1-2/1", "outcome.rate", "52.6%", grade="C", reason="件数が大きく減ったため。"),
        "RAT001",
        "quotient upside down",
        "fewer is better: 430 / 226 is 190.3%; grade and reason were made to fit",
    ),
    Fault("保健福祉政策部", _put("1-1-3/2", "reason", None), "REV004", "no reason", "the grade is D"),
    Fault(
        "保健福祉政策部",
        _put("1-2/1", "outcome.actual", "935 件"),
        "FLD005",
        "unit differs",
        "人 in 目標 and 現況値",
    ),
    Fault(
        "保健福祉政策部",
        _put("2-1/1①", "outcome.rate", "100.0%", grade="A"),
        "RAT001|RAT002|FLD009",
        "judged before it is counted",
        "the actual is 集計中: 達成状況 and 評価 are ー",
    ),
    Fault("保健福祉政策部", Remove(FORM, "2-1/1②"), "XRF002", "record missing", "the three rows were deleted"),
    Fault("保健福祉政策部", _put("2-3/1①", "outcome.actual", None), "FLD001", "blank", "15,648 人 was not filled in"),
    Fault(
        "保健福祉政策部",
        _put("2-4/2", "outcome", "後見人候補者の推薦件数"),
        "XRF003",
        "name differs",
        "等 is missing",
    ),
    Fault("保健福祉政策部", _put("2-6/1", "grade", "A"), "RAT002", "grade too good", "96.6% is B"),
    Fault(
        "保健福祉政策部",
        Insert(FORM, "2-6/1", "2-6/3", {**_ADDED}, after="2-6/2", wrong="action_number"),
        "XRF001",
        "unknown number",
        "the register ends at 2",
    ),
    Fault(
        "保健福祉政策部",
        _put("2-7/1", "reason", "地区サポーターの活動の場を増やすことができたため。"),
        "REV005",
        "reason not asked for",
        "the grade is B",
    ),
    Fault("保健福祉政策部", _put("2-7/2", "outcome.rate", "98.1%"), "RAT004", "cut, not rounded", "913 / 930 is 98.17"),
    Fault("地域行政部", _put("1-6/1", "action.actual", "327 件"), "FLD005", "unit differs", "回 in 当初計画"),
    Fault("地域行政部", _put("2-1/3", "grade", "A＋"), "FLD003", "not in the code list", "A"),
    Fault(
        "地域行政部",
        Insert(FORM, "1-1-2/1", "1-1-2/1", source=HONEST["保健福祉政策部"], after="1-1-2/2", wrong="action_number"),
        "DUP003|XRF004",
        "another department's record",
        "保健福祉政策部 answers it too",
    ),
    Fault("障害福祉部", Remove(FORM, "1-3/2"), "XRF002", "record missing", "the three rows were deleted"),
    Fault("障害福祉部", Hide(FORM, "1-2/3", "action.initial"), "FIL008", "hidden row", "three rows are hidden"),
    Fault(
        "障害福祉部",
        _put("2-3/5", "action.actual", Formula("#N/A", text="=NA()")),
        "FIL010",
        "error value",
        "1 回",
    ),
    Fault("障害福祉部", _put("1-5-2/2", "outcome.actual", "約48人"), "FLD011", "approximate", "48 人"),
    Fault("障害福祉部", _put("2-3/4", "outcome.actual", "3,384～3,400 人"), "FLD002", "a range", "3,384 人"),
)

ELDERLY_AND_CHILDREN = (
    Fault(
        "高齢福祉部",
        _put("1-5-2/1②", "outcome.rate", "0.0%", grade="D"),
        "RAT001",
        "progress from the start",
        "(200 - 200) / (260 - 200); the record counts 200 / 260, 76.9%",
    ),
    Fault(
        "高齢福祉部",
        _put("2-2-2/3", "section", "介護予防・地域支援課"),
        "XRF004",
        "section differs",
        "高齢福祉課 in the register",
    ),
    Fault(
        "高齢福祉部",
        _put("2-3/2②", "grade", "C", reason="助成の申込みが見込みを下回ったため。"),
        "RAT002",
        "grade at the border",
        "80.0% is B",
    ),
    Fault("高齢福祉部", _put("2-3/2①", "action_number", "２－ア"), "FLD006", "malformed number", "２－①"),
    Fault(
        "高齢福祉部",
        _put("1-4/4", "outcome.target", "4,090 件"),
        "FLD005",
        "unit differs",
        "人 in 実績 and 現況値",
    ),
    Fault(
        "子ども・若者部",
        _put("1-8-2/1", "action.actual", "３箇所"),
        "CUM005",
        "below the start",
        "a cumulative count; 4 箇所 to begin with",
    ),
    Fault("子ども・若者部", _put("1-8-2/3", "outcome.rate", None), "FLD001", "blank", "87.7% was not filled in"),
    Fault("子ども・若者部", _put("1-8-1/3", "action_number", "1"), "FLD007|XRF002", "key twice", "3 typed as 1"),
    Fault(
        "子ども・若者部",
        DropRow(FORM, "2-3/6", "revised", above="action.initial"),
        "LAY007",
        "row missing",
        "no row of 修正計画 / 実績 below this one",
    ),
    Fault(
        "子ども・若者部",
        _put("2-1/2", "outcome.target", "204 団体", outcome_rate="174.5%"),
        "RLS001",
        "differs from its original",
        "1-3/3 says 240 団体",
    ),
    Fault(
        "子ども・若者部",
        _put("1-9/1", "outcome", "児童館利用者のうち、主体的な活動に取り組んだ若者の人数【再掲】"),
        "RLS002",
        "no original",
        "nothing else has this name",
    ),
    Fault(
        "子ども・若者部",
        _put("2-3/7", "outcome.actual", "ー", outcome_rate="ー", grade="ー"),
        "FLD009|RAT002",
        "nil for a figure",
        "100 ％; ー is for 現況値 only, and for what follows from 集計中",
    ),
)

OTHERS = (
    Fault(
        "世田谷保健所",
        _put("1-4/2①", "grade", "B", reason=None),
        "RAT002",
        "rounded up to the border",
        "79.8% is C",
    ),
    Fault("世田谷保健所", _put("1-4/3", "reason", "（調整中）"), "TXT001", "placeholder", "the reason was to follow"),
    Fault("世田谷保健所", _put("1-4/1②", "outcome.actual", "1.75万食"), "FLD010", "ten thousands", "17,500 食"),
    Fault("世田谷保健所", _put("1-4/2②", "action.actual", "24時間365日"), "FLD002", "not a number", "447 回"),
    Fault("都市整備政策部", RemoveColumn(FORM, "評価※１"), "LAY002", "header missing", "the column was deleted"),
    Fault(
        "経済産業部",
        _put(
            "1-7/1②",
            "outcome",
            "中間的就労や仕事体験の場につながった延べ人数（せたがや若者サポートステーション）※４",
        ),
        "XRF006|XRF003",
        "mark without a note",
        "there is no ※４",
    ),
    Fault("経済産業部", PutCover("提出日", "令和7年6月31日"), "FLD006|FLD002", "no such day", "令和7年6月16日"),
    Fault("教育委員会事務局", RemoveForm(FORM), "SUB002|LAY001", "form missing", "only the cover was sent"),
    Fault("危機管理部", _put("1-10/4", "reason", "ー"), "REV004", "no reason", "the grade is C"),
    Fault(
        "危機管理部",
        AddColumn(FORM, "前年度実績", {"1-10/1": "28 回", "1-10/2": "34 人"}),
        "LAY004",
        "unknown column",
        "a column of the department's own, with values",
    ),
    Fault(
        "危機管理部",
        Stray(FORM, below=("5", "防災リーダーの連絡会", "5", "連絡会の開催回数", "ー"), at="4"),
        "LAY006",
        "values below the table",
        "a line added under the records",
    ),
    Fault("危機管理部", _put("1-10/3", "outcome.rate", "1500.0%"), "RAT001", "ten times", "75 / 50 is 150.0%"),
    Fault("生活文化政策部", Reword(FORM, "成果指標", "成果の指標"), "LAY008", "reworded header", "a synonym"),
    Fault(
        "生活文化政策部",
        _put("2-2-1/2", "grade", "ー"),
        "RAT002|FLD009",
        "not judged",
        "124.4% is A; nothing is 集計中",
    ),
    Fault("生活文化政策部", _put("2-2-1/1", "outcome.actual", "11,123 人"), "RAT001", "digit typo", "1,123 人"),
    Fault("生活文化政策部", _put("2-2-2/1", "outcome.target", "三百七十人程度"), "FLD002", "not a number", "370 人"),
)

FAULTS: tuple[Fault, ...] = (*MORE, *OFFICE, *ELDERLY_AND_CHILDREN, *OTHERS)
