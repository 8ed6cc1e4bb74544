"""The collections of workbooks: the honest returns, the returns with errors, one variation for all."""

from __future__ import annotations

import datetime

from making.collection import Collection, Elsewhere

from .faults import FAULTS
from .figures import read_returns
from .layouts import AS_RETURNED, AS_SENT, LOOKS, VARIATIONS, Layout
from .sheets import lay_out

COLLECTION: Collection[Layout] = Collection(
    title="推進状況 提出票",
    created=datetime.datetime(2025, 7, 11, 9, 0, 0),
    read=read_returns,
    lay_out=lay_out,
    faults=FAULTS,
    variations=VARIATIONS,
    as_sent=AS_SENT,
    as_returned=AS_RETURNED,
    looks=LOOKS,
    elsewhere=(
        Elsewhere("25_危機管理部_前年度.xlsx", "危機管理部", "回", "令和5年度推進状況", datetime.date(2024, 7, 12)),
        Elsewhere(
            "26_地域行政部_基本計画.xlsx",
            "地域行政部",
            "計画名",
            "世田谷区基本計画",
            datetime.date(2025, 7, 4),
        ),
    ),
    again=("27_道路・交通計画部（再送）.xlsx", "20_道路・交通計画部.xlsx"),
    cut=("28_スポーツ推進部_送信途中.xlsx", "08_スポーツ推進部.xlsx"),
)
write_samples = COLLECTION.write_samples
write_returns = COLLECTION.write_returns
