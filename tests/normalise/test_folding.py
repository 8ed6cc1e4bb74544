"""Labels, record numbers, names and units: what is the same, and what stays apart."""

from itertools import pairwise

import pytest

from reconcile.normalise import fold_key, fold_label, fold_label_core, fold_name, fold_unit, similarity

SAME_LABELS = [
    (
        "令和4年度",
        "令和４年度",
        "令和 4 年度",
        "令和4年 度",
        "令和\n４年度",
        "R4",
        "Ｒ４",
        "R4年度",
        "r4",
        "2022年度",
        "FY2022",
    ),
    ("令和元年度", "令和1年度", "R1", "2019年度"),
    ("R6実績", "Ｒ６実績", "令和６年度実績", "２０２４年度 実績"),
    ("総量", "総　量", "総\n量", " 総 量 "),
    ("目標値（令和5年度末）", "目標値(R5年度末)", "目標値［令和５年度末］", "目標値【令和 5 年度末】"),
    ("データ", "デ―タ", "デーﾀ", "ﾃﾞｰﾀ", "デ－タ"),
    ("A-1", "Ａ－１", "a‐1", "Ａ−１"),
    ("A---1", "Ａーーー1", "a—ー-１"),  # a run of dashes is read at once
    ("取組み①", "取組み❶", "取組み ➀"),
    ("ＩＤ", "ID", "id"),
]


@pytest.mark.parametrize("labels", SAME_LABELS, ids=lambda labels: labels[0])
def test_labels_that_are_the_same(labels: tuple[str, ...]) -> None:
    for one, other in pairwise(labels):
        assert fold_label(one) == fold_label(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("令和4年度", "令和5年度"),
        ("令和4年度", "令和4年"),
        ("R4", "R4.12"),
        ("歳入決算額", "歳出決算額"),
        ("取組み①", "取組み1"),
        ("計画", "実績"),
        ("「計画」", "計画"),
    ],
)
def test_labels_that_stay_apart(one: str, other: str) -> None:
    assert fold_label(one) != fold_label(other)


def test_a_letter_within_a_word_is_no_era() -> None:
    assert fold_label("PR4年") == "pr4年"
    assert fold_label("CR12") == "cr12"


@pytest.mark.parametrize(
    ("typed", "core"),
    [
        ("総量※１", "総量"),
        ("※総量", "総量"),
        ("総量＊", "総量"),
        ("総量（注2）", "総量"),
        ("合計（千円）", "合計"),
        ("合計（単位：千円）", "合計"),
        ("実績（単位：人／日）※２", "実績"),
        ("面積（K㎡）", "面積"),
        ("目標（累計）", "目標(累計)"),
        ("※", "※"),
        ("（千円）", "(千円)"),
    ],
)
def test_the_core_of_a_label(typed: str, core: str) -> None:
    assert fold_label_core(typed) == core


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("1-1\n①", "1-1①"),
        ("１－１①", "1-1①"),
        ("1‐1➀", "1-1①"),
        ("1—1 ❶", "1-1①"),
        ("1─1⓵", "1-1①"),
        ("1ー1➊", "1-1①"),
        ("1−1", "1-1"),
        ("1 - 1", "1-1"),
        ("2-24⑪", "2-24⑪"),
        ("１２－３⓬", "12-3⑫"),
        ("14/99-001", "14/99-001"),
        ("1-1 (1)", "1-1(1)"),
        ("センター－１", "センター-1"),
        ("A-1", "A-1"),
    ],
)
def test_record_numbers(typed: str, key: str) -> None:
    assert fold_key(typed) == key


def test_names_keep_their_quotation_marks() -> None:
    assert fold_name("「私の希望ファイル」 ﾌﾟﾛｼﾞｪｸﾄ") == "「私の希望ファイル」プロジェクト"
    assert fold_name("せたがや版 ＲＥ１００") == "せたがや版re100"


def test_similarity_counts_an_inserted_word_once() -> None:
    assert similarity("特別支援巡回グループ", "特別支援教育巡回グループ") == pytest.approx(20 / 22)
    assert similarity("同じ 名", "同じ名") == 1
    assert similarity("", "名") == 0


@pytest.mark.parametrize(
    "units",
    [
        ("%", "％", "パーセント"),
        ("㎡", "m2", "m²", "ｍ２", "m^2", "平米"),
        ("㎥", "m3", "立米"),
        ("㎢", "K㎡", "km2"),
        ("t-CO2", "t-CO₂", "ｔ－ＣＯ２", "t‐CO2"),
        ("か所", "ヶ所", "カ所", "ヵ所", "ケ所", "箇所", "個所"),
        ("か月", "ヶ月", "箇月"),
        ("t", "トン", "ｔ"),
        ("kWh", "KWH"),
        ("社・団体", "社･団体", "社 ・ 団体"),
        ("円", "¥", "￥"),
    ],
    ids=lambda units: units[0],
)
def test_units_that_are_the_same(units: tuple[str, ...]) -> None:
    assert len({fold_unit(unit) for unit in units}) == 1


def test_units_that_stay_apart() -> None:
    apart = ["人", "名", "件", "回", "事業", "事業者", "円", "千円", "m", "㎡", "㎥", "t", "t-CO2", "%", "%ポイント"]
    assert len({fold_unit(unit) for unit in apart}) == len(apart)


def test_what_stands_in_brackets_is_an_answer_and_no_label() -> None:
    """（担当） below 担当 made the first record of a table the second line of its header."""
    assert fold_label_core("（担当）") == "(担当)"
