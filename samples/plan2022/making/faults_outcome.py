"""Faults planted in 様式2."""

from __future__ import annotations

from making.edits import Fault, Put
from making.reshaping import AddColumn, Hide, Remove, RemoveForm, Reword


def _reason(record: str, text: str, old: str = "") -> Put:
    return Put("outcome", record, {"reason": f"{text}\n【目標値（策定時）】{old}".strip() if old else text})


OUTCOME = (
    Fault(
        "危機管理部",
        _reason(
            "1-2",
            (
                "個別避難計画作成対象者を 2, 500 人から避難行動要支援者全体の約 8,300 人に変更したため、"
                "19％から55％に変更した。"
            ),
            "19%",
        ),
        "REV003",
        "misquoted figure",
        "the target says 50％",
    ),
    Fault(
        "道路・交通計画部",
        Put("outcome", "2-1", {"target": "518,700 ㎥\n（累計）"}),
        "CUM005|PRG003",
        "below the start",
        "581,700 transposed; 522,700 to begin with",
    ),
    Fault("道路・交通計画部", _reason("2-4", "未定", "44.8%"), "TXT001", "placeholder", "the reason was to follow"),
    Fault("保健福祉政策部", RemoveForm("outcome"), "SUB002|LAY001", "form missing", "no 様式2 in the workbook"),
    Fault("障害福祉部", Put("outcome", "5-3", {"number": "5-4"}), "XRF001", "unknown number", "5-3"),
    Fault("障害福祉部", Hide("outcome", "5-2①", "baseline", "策定時"), "FIL008", "hidden column", "策定時"),
    Fault(
        "都市整備政策部",
        _reason("7-2", "制度対象住宅の新規登録件数の計画を見直したため。", "16 件（累計）"),
        "REV002",
        "old equals new",
        "the original target was 24 件",
    ),
    Fault("地域行政部", Put("outcome", "8-3", {"target": None}), "FLD001", "blank", "7,740 件（2 年間の合計）"),
    Fault(
        "生活文化政策部",
        Put("outcome", "9-5", {"target": "1,120 件\n（２年間の合計）"}),
        "FLD005",
        "unit differs",
        "人 in 策定時",
    ),
    Fault("生活文化政策部", Remove("outcome", "16-2①"), "XRF002", "record missing", "the row was deleted"),
    Fault(
        "生活文化政策部",
        AddColumn("outcome", "備考", {"9-3①": "広報紙で周知", "16-1①": "アンケートによる"}),
        "LAY004",
        "unknown column",
        "備考 with values",
    ),
    Fault("経済産業部", Reword("outcome", "目標値変更理由等", "変更理由"), "LAY008", "reworded header", "a synonym"),
    Fault(
        "経済産業部",
        _reason(
            "10-1", ("令和 4 年度より事業を拡充し、専門家によるアドバイス等の支援を受けられる事業者数が増えたため。")
        ),
        "REV006",
        "original target missing",
        "【目標値（策定時）】60 事業者 was left out",
    ),
    Fault(
        "教育委員会事務局",
        Put("outcome", "14-3", {"target": "30％"}),
        "PRG003",
        "worse than the start",
        "70％; 37.4％ to begin with",
    ),
    Fault(
        "子ども・若者部",
        Put("outcome", "13-1", {"target": "67 家庭\n（累計）"}),
        "CUM005|PRG003",
        "below the start",
        "167 lost a digit; 88 to begin with",
    ),
    Fault(
        "環境政策部",
        _reason(
            "17-1",
            (
                "脱炭素に役立つ行動変容の一層の推進に向け、令和 4年度は定員を 2,200 枠へ拡大、"
                "令和 5 年度より「夏の省エネ」と「冬の省エネ」に参加コースを拡充し、"
                "定員を合計 5,000 枠へと拡大するため、目標値を 1,300 人から3,250 人に変更する。"
            ),
            "1,030 人（2 年間の合計）",
        ),
        "REV003",
        "misquoted figure",
        "the original target was 1,030 人",
    ),
    Fault(
        "環境政策部",
        _reason("17-3①", "", "320 件（累計）"),
        "REV001",
        "no reason",
        "only the original target stands there",
    ),
)
