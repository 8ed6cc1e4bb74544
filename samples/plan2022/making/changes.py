"""What four departments said otherwise in the round before: that of 令和4年度中間."""

from __future__ import annotations

from making.edits import Fault, Put

CHANGES = (
    Fault(
        "危機管理部",
        Put("activity", "1-1①", {"initial.FY2023": "1,400 人"}),
        "HIS001",
        "plan changed without a revision",
        "1,400 人 in the middle of the year",
    ),
    Fault(
        "危機管理部",
        Put("outcome", "1-1②", {"baseline": "90 人\n（令和 3 年 12 月時点）"}),
        "HIS001",
        "baseline changed",
        "90 人 in the middle of the year",
    ),
    Fault(
        "危機管理部",
        Put("activity", "1-2", {"actual.FY2022": "310 件"}),
        "HIS002",
        "reported actual altered",
        "310 件 in the middle of the year",
    ),
    Fault(
        "高齢福祉部",
        Put("budget", "4/04-001", {"actual.FY2022": 41}),
        "HIS003",
        "a thousand times",
        "41 千円 in the middle of the year: millions were typed",
    ),
    Fault(
        "高齢福祉部",
        Put("activity", "4-1", {"initial.FY2022": "200"}),
        "HIS003",
        "ten times",
        "200 in the middle of the year: a zero was missing; the plan has changed with it (HIS001)",
    ),
    Fault(
        "教育委員会事務局",
        Put("activity", "15-3", {"actual.FY2022": "120 施設"}),
        "HIS004",
        "a cumulative count has fallen",
        "120 施設 in the middle of the year; the actual was altered with it (HIS002)",
    ),
    Fault(
        "清掃・リサイクル部",
        Put("activity", "18-2①", {"actual.FY2022": "48,850t"}),
        "HIS002",
        "reported actual altered",
        "48,850t in the middle of the year",
    ),
)
