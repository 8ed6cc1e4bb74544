"""Cells that are no figure: states, milestones, and texts that are refused."""

import pickle
import re

import pytest

from reconcile.normalise import Measure, Notation, read_measures
from reconcile.normalise.brackets import peel
from reconcile.normalise.notation import LONGEST

LEGEND = Notation(pending=("※",), nil=("対象外",), milestones=(r"区内\d+地区で始動", "第[0-9]期着手"))


def only(kind: str, text: str, notation: Notation | None = None) -> Measure:
    (measure,) = read_measures(kind, text, "General", notation or Notation())
    return measure


@pytest.mark.parametrize(
    ("typed", "state", "unit", "note"),
    [
        *((dash, "nil", "", "") for dash in "―－ー–—-‐‑‒−─━ｰ﹣"),
        ("――", "nil", "", ""),
        (" ― ", "nil", "", ""),
        ("― 人", "nil", "人", ""),
        ("－％", "nil", "%", ""),
        ("―（令和4年度）", "nil", "", "令和4年度"),
        ("（―）", "nil", "", ""),
        ("該当なし", "nil", "", ""),
        ("該当\nなし", "nil", "", ""),
        ("集計中", "pending", "", ""),
        ("（集計中）", "pending", "", ""),
        ("集計中 %", "pending", "%", ""),
        ("※調整中", "pending", "", "※"),
        ("未集計", "pending", "", ""),
        ("精査中（3月末）", "pending", "", "3月末"),
        ("―（集計中）", "pending", "", "集計中"),
        ("", "blank", "", ""),
        (" 　\n\t", "blank", "", ""),
        ("\u200b\ufeff\u00a0", "blank", "", ""),
        ("人", "blank", "人", ""),
        ("　　％", "blank", "%", ""),
        ("検討・調整", "milestone", "", ""),
        ("一部運用", "milestone", "", ""),
        ("課題整理", "milestone", "", ""),
        ("現状整理、委託機関の情報共有手法の改善", "milestone", "", ""),
        ("健康危機管理マニュアル改訂（中間とりまとめ）", "milestone", "", "中間とりまとめ"),
        ("改訂（第2版）", "milestone", "", "第2版"),
        ("行動計画（平成 26 年 4月）\nマニュアル（平成 23 年 4 月）", "milestone", "", "平成23年4月"),
        ("行動計画（平成 26 年 4月）マニュアル（平成 23 年 4 月）", "milestone", "", "平成23年4月"),
        ("計画（平成26年）の改訂", "milestone", "", ""),
        ("#REF!", "error", "", ""),
        ("＃Ｎ／Ａ", "error", "", ""),
    ],
)
def test_texts_with_a_meaning(typed: str, state: str, unit: str, note: str) -> None:
    measure = only("s", typed)
    assert (measure.state, measure.unit, measure.note) == (state, unit, note)
    assert (measure.value, measure.problem) == (None, "")


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("※", "pending"),
        ("対象外", "nil"),
        ("区内３地区で始動（令和 3 年 12 月時点）", "milestone"),
        ("区内 28 地区で始動", "milestone"),
        ("第２期着手", "milestone"),
        ("区内３地区で始動予定", "text"),
    ],
)
def test_what_a_pack_declares(typed: str, state: str) -> None:
    assert only("s", typed, LEGEND).state == state


def test_what_a_pack_does_not_declare_is_refused() -> None:
    assert only("s", "※").problem == "not_a_number"
    assert only("s", "区内３地区で始動").state == "text"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("1/2", "fraction"),
        ("１／２", "fraction"),
        ("3分の1", "fraction"),
        ("3人/5人", "fraction"),
        ("10～20人", "range"),
        ("10人〜20人", "range"),
        ("10-20人", "range"),
        ("10人から20人", "range"),
        ("～20人", "range"),
        ("1,050 人→3,190 人", "range"),
        ("24時間365日", "two_numbers"),
        ("1,000千円（うち国費500千円）", "two_numbers"),
        ("300人（うち新規50名）", "two_numbers"),
        ("13 箇所（12 箇所）", "two_numbers"),
        ("100円（1千円）", "two_numbers"),
        ("5件\n6件", "two_numbers"),
        ("講座5件 と 別に 6件", "two_numbers"),
        ("講座5件、別に、面談6件", "two_numbers"),
        ("（3回目）検討", "not_a_number"),
        ("（累計300人", "not_a_number"),
        ("（累計：300人", "not_a_number"),
        ("a）5件\na）6件", "two_numbers"),
        ("a）5件\n6件", "two_numbers"),
        ("100 200", "two_numbers"),
        ("1 2", "two_numbers"),
        ("5億3億円", "two_numbers"),
        ("1万20,000人", "two_numbers"),
        ("1万2千万円", "two_numbers"),
        ("令和4年度：100人\n令和5年度：200人", "two_numbers"),
        ("回ICT研修3回講座5件", "two_numbers"),
        ("10:30", "time"),
        ("5×3", "expression"),
        ("5+3件", "expression"),
        ("１０人以上", "bound"),
        ("10人未満", "bound"),
        ("最大10人", "bound"),
        ("100人余り", "bound"),
        ("10人増", "difference"),
        ("5％減", "difference"),
        ("第5回", "ordinal"),
        ("各5回", "each"),
        ("各地区２回", "each"),
        ("月3回", "each"),
        ("1人あたり5件", "two_numbers"),
        ("一人当たり5件", "each"),
        ("1,00", "thousands"),
        ("12,34", "thousands"),
        ("0,123", "thousands"),
        ("1234,567", "thousands"),
        ("69、9", "separator"),
        ("69。9", "separator"),
        ("1.2.3", "separator"),
        ("1234567890123456", "too_long"),
        ("5,OOO件", "letter_in_number"),
        ("1O0人", "letter_in_number"),
        ("5〇人", "letter_in_number"),
        ("l00人", "letter_in_number"),
        ("令和5年度", "date"),
        ("令和5年度実施", "date"),
        ("R5", "date"),
        ("H30.4.1", "date"),
        ("2023年3月", "date"),
        ("2023/4/1", "date"),
        ("12月", "date"),
        ("5年度", "date"),
        ("(5)", "brackets"),
        ("（１）", "brackets"),
        ("3人?", "not_a_number"),
        ("5人 検討中", "not_a_number"),
        ("参加者は5人", "not_a_number"),
        ("５地区での実施", "not_a_number"),
        ("No.5", "not_a_number"),
        ("ISO14001取得", "not_a_number"),
        ("コース-5", "not_a_number"),
        ("うち5人", "not_a_number"),
        ("a：b：5人", "not_a_number"),
        ("：5人", "not_a_number"),
        ("¥5人", "not_a_number"),
        ("300人（累計", "not_a_number"),
        ("𝟏人", "not_a_number"),
        ("CO2", "not_a_number"),
        ("+5+", "not_a_number"),
        ("各地区の四者連携の取組みの中で、１０歳代～３０歳代の若者に対して周知活動を実施する。", "range"),
        ("?", "not_a_number"),
        ("○", "not_a_number"),
        ("…", "not_a_number"),
        ("同上", "ditto"),
        ("〃", "ditto"),
        ("三十人", "kanji_number"),
        ("一", "kanji_number"),
        ("百件", "kanji_number"),
        ("三百七十人程度", "kanji_number"),
        ("五十件以上", "kanji_number"),
    ],
)
def test_what_is_not_sure_is_refused(typed: str, problem: str) -> None:
    measure = only("s", typed)
    assert (measure.state, measure.value, measure.problem) == ("text", None, problem)


def test_accounting_brackets_need_the_pack() -> None:
    allowed = Notation(brackets_negative=True)
    assert only("s", "(5)", allowed).value == -5
    assert only("s", "(5)a", allowed).unit == "a"
    assert only("s", "(検討)", allowed).state == "milestone"


@pytest.mark.parametrize(
    ("kind", "text", "state", "problem"),
    [
        ("e", "#DIV/0!", "error", ""),
        ("b", "TRUE", "text", "boolean"),
        ("d", "2023-02-01", "text", "date"),
        ("", "", "error", "no_result"),
        ("n", "nan", "text", "not_a_number"),
        ("n", "INF", "text", "not_a_number"),
        ("n", "x", "text", "not_a_number"),
    ],
)
def test_cells_of_other_kinds(kind: str, text: str, state: str, problem: str) -> None:
    measure = only(kind, text)
    assert (measure.state, measure.problem) == (state, problem)


def test_a_formula_that_left_a_text_is_read() -> None:
    assert only("", "5人").value == 5


def test_a_text_section_of_the_format_belongs_to_the_text() -> None:
    (measure,) = read_measures("s", "5", '@"人"')
    assert (measure.value, measure.unit) == (5, "人")


def test_long_texts_are_not_tried() -> None:
    assert only("s", "あ" * (LONGEST + 1)).state == "milestone"
    assert only("s", "あ5" * LONGEST).problem == "not_a_number"


def test_what_was_read_is_remembered_within_its_notation(monkeypatch: pytest.MonkeyPatch) -> None:
    notation = Notation(unit="千円")
    first = read_measures("s", "5,365", "General", notation)
    assert read_measures("s", "5,365", "General", notation) is first
    assert read_measures("s", "あ" * 500, "General", notation)
    assert len(notation.seen) == 1
    monkeypatch.setattr("reconcile.normalise.notation.REMEMBERED", 1)
    read_measures("s", "6", "General", notation)
    assert list(notation.seen) == [("s", "6", "General")]


def test_a_notation_travels_and_compares_without_what_it_remembers() -> None:
    notation = Notation(unit="千円", milestones=("始動",), decimals=1)
    read_measures("s", "5", "General", notation)
    other = pickle.loads(pickle.dumps(notation))
    assert other == notation
    assert hash(other) == hash(notation)
    assert other.seen == {}


def test_a_pack_with_a_broken_pattern_is_told() -> None:
    with pytest.raises(re.error):
        Notation(milestones=("(",))


def test_a_milestone_keeps_its_mark() -> None:
    measure = only("s", "a）検討")
    assert (measure.component, measure.state) == ("a", "milestone")


def test_nothing_has_no_notes() -> None:
    assert peel(" ") == ("", ())
