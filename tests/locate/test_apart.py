"""What stands apart below a table without figures and without a key is none of its records, and is named."""

from __future__ import annotations

import pytest

from tests.locate.drawn_sheets import codes, drawn, read, values

OUTCOME = """
事業番号 | 指標 | 策定時 | 目標値（令和5年度末） | 目標値変更理由等
1-1 | 理解した人の割合 | 60% | 80% | ―
1-2 | 計画の作成率 | 19% | 50% | ―
"""
READ = values(read(drawn(OUTCOME)), "outcome")
SIGNED = "\n作成者 | 政策係\n内線 | 2345\n"


def test_who_has_filled_the_form_in_is_no_record_and_is_told() -> None:
    found = read(drawn(OUTCOME + SIGNED))
    assert values(found, "outcome") == READ
    assert [(f.code, f.variant, f.ref.row, f.ref.column, f.data["count"]) for f in found.findings] == [
        ("LAY006", "apart", 5, 1, 4)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "\n1-3 | 訓練に参加した人の割合 | | |\n",  # a number of the form: nobody has filled it in
        "\nその他 | 訓練に参加した人の割合 | 10% | 20% | ―\n",  # figures
        "作成者 | 政策係\n",  # no row between
        "\n作成者 | 政策係\n1-3 | 訓練に参加した人の割合 | 10% | 20% | ―\n",  # a record below it
    ],
    ids=["a number", "figures", "no gap", "a record below"],
)
def test_what_may_be_a_record_stays_one(rows: str) -> None:
    found = read(drawn(OUTCOME + rows))
    assert len(values(found, "outcome")) > len(READ)
    assert codes(found) == []


def test_a_table_that_nobody_has_filled_in_stays_whole() -> None:
    rows = [
        "事業番号 | 指標 | 策定時 | 目標値（令和5年度末） | 目標値変更理由等",
        "追加 | 理解した人の割合",
        "",
        "追加２ | 計画の作成率",
    ]
    assert len({key for key, *_ in values(read(drawn("\n".join(rows))), "outcome")}) == 2
