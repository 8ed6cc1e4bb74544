"""A cell may hold 32,767 characters: whatever they are, reading them takes no time to speak of."""

import time
from collections.abc import Callable

import pytest

from reconcile.normalise import (
    as_of,
    fiscal_year,
    fold_key,
    fold_label,
    fold_label_core,
    fold_name,
    fold_period,
    fold_unit,
    parse_format,
    quoted_figures,
    read_date,
    read_measures,
    shown,
    split_original_target,
)

LONGEST = 32_767
#: A regular expression that tries every place anew takes half a minute for these, and a sound one some milliseconds.
SECONDS = 1.0
FRAGMENTS = [
    *(
        "1,",
        "1.",
        "0 ",
        "1 ",
        "9",
        "1、",
        "1e",
        "0.",
        "O0",
        "-",
        "1-",
        "ー",
        "―",
        "▲",
        "(",
        "（",
        ")",
        "[",
        "50%(",
        "%",
    ),
    *("年", "月", "5月", "令和4年度", "令和4年12月時点", "R5", "H30", "/", "1/2", "分の", "~", "から", "約", "※", "※1"),
    *(
        "注",
        "注1)",
        "(注",
        "*",
        "人",
        "5人",
        "5人、",
        "5人\n",
        "5億",
        "3千円",
        "百万",
        "kg-CO2",
        "CO2",
        "m2",
        "㎡",
        "a)",
    ),
    *(
        "a）5件",
        "①",
        "ア)",
        "・",
        " ",
        "\t",
        "\u3000",
        "\n",
        "\r",
        "x：",
        "グループ：5人\n",
        "検討",
        "検討(中)",
        "集計中",
    ),
    *("人に", "5人から6人に変更", "「", "」", "'", "十", "㋿", "か\u3099", "元", "10:", "T1", "目標", "〔"),
]


def _figures(text: str) -> object:
    return [read_measures(kind, text, '0"人"') for kind in ("s", "n", "d")]


def _targets(text: str) -> object:
    return split_original_target(text, "【目標値（策定時）】")


READERS: list[Callable[[str], object]] = [
    *(_figures, _targets, quoted_figures, as_of, fiscal_year, fold_key, fold_label, fold_label_core, fold_name),
    *(fold_period, fold_unit, parse_format),
    lambda text: read_date("s", text),
    lambda text: shown("n", "1", text),
]


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_no_text_takes_long(fragment: str) -> None:
    long = (fragment * LONGEST)[:LONGEST]
    for text in (long, f"5{long}", f"({long[2:]})", f"{long[1:]}x"):
        for reader in READERS:
            started = time.process_time()
            reader(text)
            assert time.process_time() - started < SECONDS, (reader, text[:20])
