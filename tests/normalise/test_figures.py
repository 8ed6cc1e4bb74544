"""Cells that are read: typed text → component, value, unit, note; what is told about the reading."""

from decimal import Decimal

import pytest

from reconcile.normalise import Change, Measure, Notation, read_measures

THOUSANDS = Notation(unit="千円")
MILLIONS = Notation(unit="百万円")
YEN = Notation(unit="円")
PERCENT = Notation(unit="%")


def only(text: str, notation: Notation | None = None) -> Measure:
    (measure,) = read_measures("s", text, "General", notation or Notation())
    return measure


@pytest.mark.parametrize(
    ("typed", "value", "unit", "note"),
    [
        ("1,000 人", "1000", "人", ""),
        ("７団体", "7", "団体", ""),
        ("８０％", "80", "%", ""),
        ("80 パーセント", "80", "%", ""),
        ("80.0%", "80.0", "%", ""),
        ("７３．１％（令和４年度）", "73.1", "%", "令和4年度"),
        ("541億円", "541", "億円", ""),
        ("４６2億円", "462", "億円", ""),
        ("0", "0", "", ""),
        ("０地区（令和 2 年度）", "0", "地区", "令和2年度"),
        ("−5", "-5", "", ""),
        ("－５人", "-5", "人", ""),
        ("＋５人", "5", "人", ""),
        ("延べ 18 地区", "18", "地区", "延べ"),
        ("のべ　７５０ 人", "750", "人", "のべ"),
        ("累計：310件", "310", "件", "累計"),
        ("年間55時間", "55", "時間", "年間"),
        ("10.7t-CO₂", "10.7", "t-CO2", ""),
        ("668 t-CO2（2 年間の合計）", "668", "t-CO2", "2年間の合計"),
        ("498g/人・日", "498", "g/人・日", ""),
        ("２ 社 ・ 団体", "2", "社・団体", ""),
        ("1,000\n人", "1000", "人", ""),
        ("5 人\n（令和５年度見込み）", "5", "人", "令和5年度見込み"),
        ("92 人\n（令和 3 年 12 月時点）", "92", "人", "令和3年12月時点"),
        ("（累計）300 人", "300", "人", "累計"),
        ("300 人※１", "300", "人", "※1"),
        ("※300人", "300", "人", "※"),
        ("※１ 300人", "300", "人", "※1"),
        ("300人 ※見込み", "300", "人", "※見込み"),
        ("300人\n※令和5年3月末時点", "300", "人", "※令和5年3月末時点"),
        ("300人注1）", "300", "人", "注1)"),
        ("5人見込み", "5", "人", "見込み"),
        ("3回実施予定", "3", "回", "実施予定"),
        ("5人。", "5", "人", ""),
        ("・5人", "5", "人", ""),
        ("5㎡", "5", "㎡", ""),
        ("5m2", "5", "㎡", ""),
        ("5 ｍ²", "5", "㎡", ""),
        ("10 km2", "10", "㎢", ""),
        ("2m3", "2", "㎥", ""),
        ("3つ", "3", "つ", ""),
        ("１３ヶ所", "13", "箇所", ""),
        ("12か月", "12", "箇月", ""),
        ("5年", "5", "年", ""),
        ("3年間", "3", "年間", ""),
        ("3百貨店", "3", "百貨店", ""),
        ("5 人（令和5年4月1日から12月31日まで）", "5", "人", "令和5年4月1日から12月31日まで"),
        ("R5 100人", "100", "人", "R5"),
        ("令和５年度：100人", "100", "人", "令和5年度"),
        ("5 人 [見込み]", "5", "人", "見込み"),
        ("（平成26年（予定））5人", "5", "人", "平成26年(予定)"),
        ("5人（平成26年（予定））", "5", "人", "平成26年(予定)"),
    ],
)
def test_read_to_value_unit_and_note(typed: str, value: str, unit: str, note: str) -> None:
    measure = only(typed)
    assert (measure.state, measure.value, measure.unit, measure.note) == ("number", Decimal(value), unit, note)
    assert (measure.component, measure.changes, measure.doubts, measure.problem) == ("", (), (), "")


@pytest.mark.parametrize(
    ("typed", "component", "value", "unit"),
    [
        ("グループホーム：5 人", "グループホーム", "5", "人"),
        ("電線共同溝整備150ｍ", "電線共同溝整備", "150", "m"),
        ("電線共同溝整備 100％", "電線共同溝整備", "100", "%"),
        ("取組み5件", "取組み", "5", "件"),
        ("コンピューター 5台", "コンピューター", "5", "台"),
        ("区内28地区", "区内", "28", "地区"),
        ("内科医5人", "内科医", "5", "人"),
        ("業務削減時間：１，３４３時間", "業務削減時間", "1343", "時間"),
        ("Ｒ５比278時間", "fy2023比", "278", "時間"),
        ("a）5,500 件", "a", "5500", "件"),
        ("(Ｂ) 6,000 枚", "b", "6000", "枚"),
        ("ア）5件", "ア", "5", "件"),
        ("①5件", "①", "5", "件"),
        ("a)６0", "a", "60", ""),
        ("a）グループホーム：5 人", "a", "5", "人"),
        ("a）延べ5人", "a", "5", "人"),
        ("増減▲5人", "増減", "-5", "人"),
    ],
)
def test_a_label_becomes_the_component(typed: str, component: str, value: str, unit: str) -> None:
    measure = only(typed)
    assert (measure.component, measure.value, measure.unit) == (component, Decimal(value), unit)
    assert measure.doubts == ()


@pytest.mark.parametrize(
    ("typed", "notation", "value", "unit", "change"),
    [
        ("▲8,064時間", None, "-8064", "時間", ("sign", "▲8,064", "-8064")),
        ("△5", None, "-5", "", ("sign", "△5", "-5")),
        ("(5)人", Notation(brackets_negative=True), "-5", "人", ("sign", "(5)", "-5")),
        ("（1,234）", Notation(brackets_negative=True), "-1234", "", ("sign", "(1,234)", "-1234")),
        ("1.9万時間", None, "19000", "時間", ("magnitude", "1.9万時間", "19000時間")),
        ("1.9 万 時間", None, "19000", "時間", ("magnitude", "1.9万時間", "19000時間")),
        ("１２万人", None, "120000", "人", ("magnitude", "12万人", "120000人")),
        ("1.9万 冊", None, "19000", "冊", ("magnitude", "1.9万冊", "19000冊")),
        ("3千人", None, "3000", "人", ("magnitude", "3千人", "3000人")),
        ("541億", None, "54100000000", "", ("magnitude", "541億", "54100000000")),
        ("5億3,000万円", None, "530000000", "円", ("magnitude", "5億3,000万円", "530000000円")),
        ("1万2千人", None, "12000", "人", ("magnitude", "1万2千人", "12000人")),
        ("2万立方メートル", None, "20000", "㎥", ("magnitude", "2万立方メートル", "20000㎥")),
        ("2万5", None, "20005", "", ("magnitude", "2万5", "20005")),
        ("5,365,000円", THOUSANDS, "5365", "千円", ("unit", "5,365,000円", "5365千円")),
        ("541億円", MILLIONS, "54100", "百万円", ("unit", "541億円", "54100百万円")),
        ("5,365千円", MILLIONS, "5.365", "百万円", ("unit", "5,365千円", "5.365百万円")),
        ("5億3,000万円", THOUSANDS, "530000", "千円", ("unit", "5億3,000万円", "530000千円")),
        ("3億", MILLIONS, "300", "百万円", ("unit", "3億", "300百万円")),
        ("¥5,365", YEN, "5365", "円", None),
        ("￥5,365円", None, "5365", "円", None),
        ("¥5,365", None, "5365", "円", None),
        ("5,365千", THOUSANDS, "5365", "千円", None),
        ("5,365千 円", THOUSANDS, "5365", "千円", None),
        ("5,365", THOUSANDS, "5365", "千円", None),
        ("5人", THOUSANDS, "5", "人", None),
        ("80", PERCENT, "80", "%", None),
        ("0", PERCENT, "0", "%", None),
    ],
)
def test_what_was_changed_is_told(
    typed: str, notation: Notation | None, value: str, unit: str, change: tuple[str, str, str] | None
) -> None:
    measure = only(typed, notation)
    assert (measure.value, measure.unit) == (Decimal(value), unit)
    assert measure.changes == ((Change(*change),) if change else ())  # type: ignore[arg-type]
    assert measure.doubts == ()


@pytest.mark.parametrize(
    ("typed", "notation", "value", "doubts"),
    [
        ("約３", None, "3", ("about",)),
        ("約３", Notation(approximate=True), "3", ()),
        ("▲約8,064時間", None, "-8064", ("about",)),
        ("約▲5", None, "-5", ("about",)),
        ("およそ100人", None, "100", ("about",)),
        ("10人程度", None, "10", ("about",)),
        ("10人前後", Notation(approximate=True), "10", ()),
        ("2, 500 人", None, "2500", ("space_in_number",)),
        ("３ ８ ０人", None, "380", ("space_in_number",)),
        ("1 000", None, "1000", ("space_in_number",)),
        ("1 000 000", None, "1000000", ("space_in_number",)),
        ("69. 9％", None, "69.9", ("space_in_number",)),
        ("1.000", None, "1.000", ("decimal_or_thousands",)),
        ("1.000", Notation(decimals=3), "1.000", ()),
        ("12.324", None, "12.324", ()),
        ("0.500", None, "0.500", ()),
        ("1234.500", None, "1234.500", ()),
        ("007", None, "7", ("leading_zero",)),
        ("―5", None, "-5", ("dash_as_minus",)),
        ("- 5人", None, "-5", ("dash_as_minus",)),
        ("20 か所（各地域の保健福祉センター４課）", None, "20", ("number_in_note",)),
        ("50％（100人）", None, "50", ("number_in_note",)),
        ("0.8", PERCENT, "0.8", ("percent_or_fraction",)),
        ("0.8％", PERCENT, "0.8", ()),
        ("¥5,365", THOUSANDS, "5365", ("currency_sign",)),
        ("検討\n5人", None, "5", ("label_or_text",)),
    ],
)
def test_what_is_doubtful_is_told(typed: str, notation: Notation | None, value: str, doubts: tuple[str, ...]) -> None:
    measure = only(typed, notation)
    assert (measure.state, measure.value, measure.doubts) == ("number", Decimal(value), doubts)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a）5,500 件\nb）6,000 枚", [("a", "5500", "件", ""), ("b", "6000", "枚", "")]),
        ("a）5,500 件b）6,000 枚", [("a", "5500", "件", ""), ("b", "6000", "枚", "")]),
        ("a)340 件、b)3,200件（令和５年度見込み）", [("a", "340", "件", ""), ("b", "3200", "件", "令和5年度見込み")]),
        ("a）5,500\nb）6,000 枚", [("a", "5500", "枚", ""), ("b", "6000", "枚", "")]),
        ("a）5,500件\nb）6,000", [("a", "5500", "件", ""), ("b", "6000", "件", "")]),
        ("a）\n5件\nb）\n6件", [("a", "5", "件", ""), ("b", "6", "件", "")]),
        ("①5件②6件", [("①", "5", "件", ""), ("②", "6", "件", "")]),
        ("ア）5件\nイ）6件", [("ア", "5", "件", ""), ("イ", "6", "件", "")]),
        ("(a) 5件 (b) 6件", [("a", "5", "件", ""), ("b", "6", "件", "")]),
        ("a）5件\n（累計）\nb）6件", [("a", "5", "件", "累計"), ("b", "6", "件", "")]),
        ("グループホーム：5 人\nユニット：6.5 人", [("グループホーム", "5", "人", ""), ("ユニット", "6.5", "人", "")]),
        ("グループホーム：5人、ユニット：6.5人", [("グループホーム", "5", "人", ""), ("ユニット", "6.5", "人", "")]),
        (
            "グループホーム：\n5 人\nユニット：\n6.5\n人",
            [("グループホーム", "5", "人", ""), ("ユニット", "6.5", "人", "")],
        ),
        (
            "耐震診断：87 件\n耐震改修等：51 件\n（令和２年度）",
            [("耐震診断", "87", "件", "令和2年度"), ("耐震改修等", "51", "件", "令和2年度")],
        ),
        (
            "耐震診断：87 件\n耐震改修等：51 件（累計）",
            [("耐震診断", "87", "件", ""), ("耐震改修等", "51", "件", "累計")],
        ),
        (
            "耐震診断：87 件\n耐震改修等：51 件\n※見込み",
            [("耐震診断", "87", "件", "※見込み"), ("耐震改修等", "51", "件", "※見込み")],
        ),
        ("電線共同溝整備150ｍ\n歩道築造400 ㎡", [("電線共同溝整備", "150", "m", ""), ("歩道築造", "400", "㎡", "")]),
        ("電線共同溝整備 100％ 歩道築造 100％", [("電線共同溝整備", "100", "%", ""), ("歩道築造", "100", "%", "")]),
    ],
)
def test_several_measures_in_one_cell(typed: str, expected: list[tuple[str, str, str, str]]) -> None:
    measures = read_measures("s", typed)
    assert [(m.component, m.value, m.unit, m.note) for m in measures] == [
        (component, Decimal(value), unit, note) for component, value, unit, note in expected
    ]
    assert {m.doubts for m in measures} == {()}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("耐震診断：87 件耐震改修等：51 件（令和２年度）", [("耐震診断", "87"), ("耐震改修等", "51")]),
        ("電線共同溝整備 100％歩道築造 100％", [("電線共同溝整備", "100"), ("歩道築造", "100")]),
        ("電線共同溝整備150ｍ歩道築造400 ㎡", [("電線共同溝整備", "150"), ("歩道築造", "400")]),
        ("修了人数０人累計人数３４人", [("修了人数", "0"), ("累計人数", "34")]),
        ("受講者数3,000人累計受講者数6,730人（令和５年度見込み）", [("受講者数", "3000"), ("累計受講者数", "6730")]),
    ],
)
def test_lost_line_breaks_are_put_back_with_a_doubt(typed: str, expected: list[tuple[str, str]]) -> None:
    measures = read_measures("s", typed)
    assert [(m.component, m.value) for m in measures] == [(name, Decimal(value)) for name, value in expected]
    assert {m.doubts for m in measures} == {("line_break_lost",)}
    assert len({m.note for m in measures}) == 1


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a）―\nb）5枚", [("a", "nil"), ("b", "number")]),
        ("a）集計中\nb）5枚", [("a", "pending"), ("b", "number")]),
        ("a）検討（中）\nb）5枚", [("a", "milestone"), ("b", "number")]),
        ("①検討\n②実施", [("①", "milestone"), ("②", "milestone")]),
        ("電線共同溝整備：―\n歩道築造：700 ㎡", [("電線共同溝整備", "nil"), ("歩道築造", "number")]),
    ],
)
def test_states_stand_beside_figures(typed: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.component, m.state) for m in read_measures("s", typed)] == expected


def test_full_width_figures_are_flagged_for_counting() -> None:
    assert only("７団体").widths
    assert not only("7団体").widths
    assert all(m.widths for m in read_measures("s", "a）5件\nb）6件"))


class TestOtherMoney:
    """£, $ and € stand before their figure and are its unit; ¥ is yen, as 円 is."""

    def test_the_sign_is_the_unit(self) -> None:
        for text, value, unit in (("£1,200.50", "1200.50", "£"), ("-$5", "-5", "$"), ("€ 3", "3", "€")):
            (measure,) = read_measures("s", text)
            assert (str(measure.value), measure.unit) == (value, unit)

    def test_a_sign_before_and_another_unit_behind_are_no_figure(self) -> None:
        assert read_measures("s", "£5 人")[0].value is None

    def test_a_form_in_pounds_takes_figures_without_the_sign(self) -> None:
        (measure,) = read_measures("n", "1200.5", '"£"#,##0.00', Notation(unit="£"))
        assert (measure.unit, measure.doubts) == ("£", ())
