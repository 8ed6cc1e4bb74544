"""REV001, REV002, REV003, REV006: revisions and their reasons; the reasons are those the ward printed."""

import pytest

from reconcile.rules.context import Confrontation
from reconcile.rules.revision import reason_text, speaks_of_change
from tests.rules.drawing import Drawn, confront, outcome_of, plan

ACTIVITY = (
    "number | name | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total | amount.revised.FY2022 | "
    "amount.revised.FY2023 | amount.revised.total | reason"
)
OUTCOME = "number | name | value.baseline | value.target | value.original_target | reason"
MARKER = "【目標値（策定時）】"

# Printed in the plan: record, initial FY2022, FY2023 and total, revised FY2023 and total, reason.
REVISED = {
    "1-2": (
        "400 件 | 1,200 件 | 1,600 件 | ― | 3,800 件 | 4,200 件",
        "当初計画では優先度の高い者を個別避難計画作成対象にすることとしていたが、対象を前倒して避難行動要支援者全体に"
        "変更したため、1,200 件から 3,800 件に修正した。",
    ),
    "2-3": (
        "a）5,500 件／b）6,000 枚 | a）6,700 件／b）6,000 枚 | a）12,200 件／b）12,000 枚 | ― | "
        "a）10,800 件／b）6,000 枚 | a）16,300 件／b）12,000 枚",
        "a）直接周知を早期に完了させるため、令和６年度に予定していた件数の一部を前倒しして、令和 5 年度に実施するため、"
        "令和５年度の計画を 10,800 件に変更した。",
    ),
    "4-4": (
        "30 回 | 39 回 | 69 回 | ― | 170 回 | 200 回",
        "想定よりも多くの地区の４者連携会議等において、アクションチームの活動等に関する話し合いが定期的に行われている"
        "ため、令和５年度の計画を 39 回から 170 回に変更した。",
    ),
    "7-2": (
        "10 件 | 10 件 | 20 件 | ― | 6 件 | 16 件",
        "制度対象となる住宅の確保に向けた関係機関との調整に想定より時間を要したため、令和５年度の計画を１０件から６件に"
        "変更した。",
    ),
    "9-3①": (
        "280 人 | 320 人 | 600 人 | ― | 650 人 | 930 人",
        "区内団体へのアウトリーチの取組みを積極的に実施したことにより、活動人数の延べ数が増加しており、令和５年度も"
        "同様の傾向が見込まれるため、計画人数を 320人から 650 人に変更した。",
    ),
    "10-1": (
        "30 事業 | 30 事業 | 60 事業 | ― | 80 事業 | 110 事業",
        "令和４年度よりこれまで実施していた PRO コース（通年支援）に加え、LIGHT コース（事業計画策定を中心とした支援）を"
        "創設したことで、支援事業者数を拡充したため、令和 5 年度の計画を 30 事業から 80 事業に変更する。",
    ),
    "10-2": (
        "100 人 | 100 人 | 200 人 | ― | 200 人 | 300 人",
        "SNS 等の活用や区内主要駅周辺で事業紹介を掲示するなど事業者や区民へのアウトリーチの取組みを積極的に実施した"
        "ことにより、当初見込んでいた会員登録者数を大幅に上回ったため、令和 5 年度の計画を 100 人から 200 人に変更する。",
    ),
    "12-1①": (
        "100 名 | 140 名 | 140 名 | ― | 100 名 | 100 名",
        "子どもと家庭を支える学習・生活支援の拠点事業「まいぷれいす」の 2 か所目の開館が令和 6 年度になったため、"
        "140 名から 100 名に変更した。",
    ),
    "15-2②": (
        "136 件 | 149 件 | 285 件 | ― | 549 件 | 685 件",
        "令和 3 年 12 月の教育総合センター開設に伴う相談体制の強化、令和 4 年 4 月の不登校特例校分教室の開設により、"
        "相談件数が増えたため、令和5 年度計画を上方修正した。",
    ),
    "17-1": (
        "900 人 | 1,050 人 | 1,950 人 | ― | 3,190 人 | 4,090 人",
        "脱炭素に役立つ行動変容の一層の推進に向け、令和5 年度より「夏の省エネ」と「冬の省エネ」に参加コースを拡充し、"
        "定員を合計 5,000 枠へと拡大するため、令和5 年度の計画を 1,050 人から 3,190 人に変更する。",
    ),
}
# Record, baseline, target, original target, reason.
TARGETS = {
    "1-1②": (
        "92 人（令和 3 年 12 月時点） | 300 人（累計） | 200 人（累計）",
        "新型コロナウイルス感染症の感染状況により地域の研修要望が当初想定を上回り早期の目標達成が濃厚となったため、"
        "令和５年度も同様の傾向と見込み目標値を上方修正した。",
    ),
    "1-2": (
        "― | 50% | 19%",
        "個別避難計画作成対象者を 2, 500 人から避難行動要支援者全体の約 8,300 人に変更したため、19％から50％に変更した。",
    ),
    "2-4": (
        "44.1%（令和 2 年度） | 44.5% | 44.8%",
        "東京都施行分の事業進捗（用地取得及び工事）の遅れにより、目標を達成できない見込みのため。",
    ),
    "7-2": (
        "4 件（令和 3 年 12 月時点） | 16 件（累計） | 24 件（累計）",
        "制度対象住宅の新規登録件数の計画を見直したため。",
    ),
    "9-3①": (
        "― | 6,000 人（２年間の合計） | 550 人（2 年間の合計）",
        "区内団体へのアウトリーチの取組みを積極的に実施したことにより、地域貢献活動イベントの実施回数が増加しており、"
        "令和 4 年度末時点で目標値を達成することが見込まれるため。",
    ),
    "10-1": (
        "― | 160 事業者（2 年間の合計） | 60 事業者（2 年間の合計）",
        "令和 4 年度より事業を拡充し、専門家によるアドバイス等の支援を受けられる事業者数が増えたため。",
    ),
    "17-1": (
        "302 人（令和 2 年度） | 3,250 人（2 年間の合計） | 1,030 人（2 年間の合計）",
        "脱炭素に役立つ行動変容の一層の推進に向け、令和 4年度は定員を 2,200 枠へ拡大、令和 5 年度より「夏の省エネ」と"
        "「冬の省エネ」に参加コースを拡充し、定員を合計 5,000 枠へと拡大するため、目標値を 1,030 人から3,250 人に変更する。",
    ),
    "17-3①": (
        "184 件（令和 3 年 12 月時点） | 430 件（累計） | 320 件（累計）",
        "12 月現在の実績（累計 310 件）が目標値に迫っており、令和 4 年度末時点で令和 5 年度末目標を上回ることが濃厚な状況と"
        "なったため。",
    ),
    "19-1①": (
        "１地区（令和２年度） | ５地区（2 年間の合計） | 6 地区（2 年間の合計）",
        "新型コロナウイルス感染症の感染拡大により街づくり協議会活動が休止され、街づくり協議会から原案の提案が遅れることに"
        "伴い、策定予定年度が令和６年度となった地区があるため。",
    ),
}


def actions(*lines: str) -> Confrontation:
    return confront(Drawn("activity", "\n".join((ACTIVITY, *lines))))


def targets(*lines: str) -> Confrontation:
    return confront(Drawn("outcome", "\n".join((OUTCOME, *lines))))


def action(figures: str, reason: str, number: str = "1-2") -> Confrontation:
    return actions(f"{number} | 作成数 | {figures} | {reason}")


def target(figures: str, reason: str, number: str = "7-2") -> Confrontation:
    return targets(f"{number} | 入居件数 | {figures} | {reason}")


def counts(code: str, data: Confrontation) -> tuple[int, list[str], list[str]]:
    outcome = outcome_of(code, data)
    return outcome.passed, [f.variant for f in outcome.findings], [u.why for u in outcome.unjudged]


@pytest.mark.parametrize("code", ["REV001", "REV002"])
def test_the_printed_revisions_of_actions_pass(code: str) -> None:
    data = actions(*(f"{number} | 名 | {figures} | {reason}" for number, (figures, reason) in REVISED.items()))
    assert counts(code, data) == (10, [], [])


def test_the_figures_the_printed_reasons_quote_are_those_in_the_cells() -> None:
    data = actions(*(f"{number} | 名 | {figures} | {reason}" for number, (figures, reason) in REVISED.items()))
    # All but 15-2②, which quotes none.
    assert counts("REV003", data) == (9, [], [])


def test_the_printed_revisions_of_targets_pass() -> None:
    data = targets(
        *(
            f"{number} | 名 | {figures} | {reason}{MARKER}{figures.rpartition('|')[2]}"
            for number, (figures, reason) in TARGETS.items()
        )
    )
    assert counts("REV001", data) == (9, [], [])
    assert counts("REV002", data) == (9, [], [])
    assert counts("REV006", data) == (9, [], [])
    assert counts("REV003", data) == (2, [], [])


@pytest.mark.parametrize("number", TARGETS)
def test_each_printed_reason_without_its_original_target_is_found(number: str) -> None:
    figures, reason = TARGETS[number]
    data = target(figures.rpartition("|")[0] + "| ~", reason, number)
    (finding,) = outcome_of("REV006", data).findings
    assert (finding.cell, finding.record, finding.variant, finding.data["marker"]) == ("F2", number, "", MARKER)
    assert counts("REV001", data) == (0, [], [])
    assert counts("REV002", data) == (0, [], [])


@pytest.mark.parametrize("reason", ["", "―", "変更なし", "特になし。"])
def test_a_revised_plan_without_a_reason_is_found(reason: str) -> None:
    data = action("400 件 | 1,200 件 | 1,600 件 | ― | 3,800 件 | 4,200 件", reason)
    (finding,) = outcome_of("REV001", data).findings
    assert (finding.cell, finding.field, finding.found) == ("I2", "reason", reason)
    assert (finding.data["original"], finding.data["revised"]) == ("1,200 件", "3,800 件")
    assert [(part.role, part.ref.a1) for part in finding.cells] == [
        ("reason", "I2"),
        ("revised", "G2"),
        ("original", "D2"),
    ]
    assert counts("REV002", data) == (0, [], [])


def test_one_revised_component_makes_the_record_revised() -> None:
    figures, reason = REVISED["2-3"]
    assert counts("REV001", action(figures, "―", "2-3")) == (0, [""], [])
    assert counts("REV001", action(figures, reason, "2-3")) == (1, [], [])
    # b) is as it was, and no revision of its own.
    assert counts("REV002", action(figures, reason, "2-3")) == (1, [], [])


@pytest.mark.parametrize(
    ("revised", "variant"),
    [("― | ― | ―", ""), (" |  | ", ""), ("― | 1,200 件 | 1,600 件", "same"), ("400 件 | 1,200 件 | 1,600 件", "same")],
)
def test_a_reason_without_a_revision_is_found(revised: str, variant: str) -> None:
    data = action(f"400 件 | 1,200 件 | 1,600 件 | {revised}", "会場とオンラインの併用に変更したため。")
    (finding,) = outcome_of("REV002", data).findings
    assert (finding.cell, finding.variant) == ("I2", variant)
    assert counts("REV001", data) == (0, [], [])


def test_what_was_not_revised_and_has_no_reason_is_not_counted() -> None:
    data = action("400 件 | 1,200 件 | 1,600 件 | ― | ― | ―", "―")
    for code in ("REV001", "REV002", "REV003"):
        assert counts(code, data) == (0, [], [])


def test_an_unreadable_revision_cannot_be_judged() -> None:
    figures = "400 件 | 1,200 件 | 1,600 件 | ― | 集計中 | ―"
    assert counts("REV001", action(figures, "―")) == (0, [], ["revision_not_readable"])
    assert counts("REV002", action(figures, "対象を広げた。")) == (0, [], ["revision_not_readable"])
    # With a reason it is well whatever the figure turns out to be.
    assert counts("REV001", action(figures, "対象を広げた。")) == (0, [], [])
    assert counts("REV001", action("400 件 |  | 1,600 件 | ― | 5 件 | ―", "―")) == (0, [], ["revision_not_readable"])


def test_a_reason_beside_a_row_that_is_not_there_cannot_be_judged() -> None:
    assert counts("REV002", action("1 件 | 2 件 | 3 件 | ~ | ~ | ~", "対象を広げたため")) == (
        0,
        [],
        ["revision_not_readable"],
    )


def test_a_missing_column_of_reasons_cannot_be_judged() -> None:
    data = action("400 件 | 1,200 件 | 1,600 件 | ― | 3,800 件 | 4,200 件", "~")
    assert counts("REV001", data) == (0, [], ["reason_not_readable"])


@pytest.mark.parametrize(
    ("initial", "revised", "changed"),
    [
        ("検討・調整", "5 地区", True),
        ("5 地区", "検討・調整", True),
        ("検討・調整", "検討・ 調整", False),
        ("―", "5 地区", True),
        ("―", "0 地区", False),
        ("5 地区", "5.0 地区", False),
    ],
)
def test_milestones_and_nil_are_revised_like_figures(initial: str, revised: str, changed: bool) -> None:
    data = action(f"― | {initial} | ― | ― | {revised} | ―", "―")
    assert counts("REV001", data)[1] == ([""] if changed else [])


def test_an_old_target_without_a_reason_is_found() -> None:
    data = target("4 件 | 16 件（累計） | 24 件（累計）", f"{MARKER}24 件（累計）")
    (finding,) = outcome_of("REV001", data).findings
    assert (finding.cell, finding.variant) == ("F2", "carried")
    assert (finding.data["original"], finding.data["revised"]) == ("24 件（累計）", "16 件（累計）")
    assert counts("REV006", data) == (1, [], [])


def test_an_old_target_equal_to_the_new_one_is_found_once() -> None:
    for reason in ("計画を見直したため。", ""):
        data = target("4 件 | 16 件（累計） | 16 件（累計）", f"{reason}{MARKER}16 件（累計）")
        (finding,) = outcome_of("REV002", data).findings
        assert (finding.cell, finding.variant, finding.data["revised"]) == ("F2", "same", "16 件（累計）")
        assert counts("REV001", data)[1] == []
        assert counts("REV006", data)[1] == []


def test_a_marker_with_nothing_behind_it_is_found() -> None:
    data = target("4 件 | 16 件 | ", f"計画を見直したため。{MARKER}")
    assert counts("REV006", data) == (0, ["empty"], [])
    assert counts("REV001", data) == (1, [], [])


def test_an_unreadable_old_target_cannot_be_judged() -> None:
    data = target("4 件 | 16 件 | 集計中", f"計画を見直したため。{MARKER}集計中")
    assert counts("REV006", data) == (0, [], ["original_not_readable"])
    assert counts("REV002", data) == (0, [], ["revision_not_readable"])


def test_a_text_that_speaks_of_no_change_only_asks() -> None:
    data = target("4 件 | 16 件 | ~", "区の窓口で受け付けた件数")
    assert counts("REV006", data) == (0, [], [])
    assert counts("REV002", data) == (0, ["no_original"], [])


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("目標値を上方修正した。", True),
        ("件数を見直した。", True),
        ("事業者数が増えたため。", True),
        ("目標を引き下げる", True),
        ("区の窓口で受け付けた件数", False),
        ("令和2年度は調査をしていない", False),
    ],
)
def test_what_speaks_of_a_change(text: str, speaks: bool) -> None:
    assert speaks_of_change(text) is speaks


def test_a_reason_is_read_without_the_old_target() -> None:
    carries = plan().forms["outcome"].fields["reason"].carries
    assert reason_text(f"遅れのため。\n{MARKER}44.8%", carries) == "遅れのため。"
    assert reason_text(f"{MARKER}44.8%", carries) == ""
    assert reason_text(f"―\n{MARKER}44.8%", carries) == ""


@pytest.mark.parametrize(
    ("reason", "variant", "quoted", "cell"),
    [
        ("1,020 件から 3,800 件に修正した。", "old", "1,020 件", "D2"),
        ("1,200 件から 3,080 件に修正した。", "new", "3,080 件", "G2"),
        ("令和5年度の計画を 3,080 件に変更した。", "new", "3,080 件", "G2"),
        ("総量を1,600 件から 4,020 件に修正した。", "new", "4,020 件", "H2"),
        ("2,000 件から 5,000 件に変更した。", "both", "2,000 件", "E2"),
    ],
)
def test_a_misquoted_figure_is_found(reason: str, variant: str, quoted: str, cell: str) -> None:
    data = action("400 件 | 1,200 件 | 1,600 件 | ― | 3,800 件 | 4,200 件", reason)
    (finding,) = outcome_of("REV003", data).findings
    assert (finding.cell, finding.variant, finding.data["quoted"]) == ("I2", variant, quoted)
    assert [part.ref.a1 for part in finding.cells][:2] == ["I2", cell]


@pytest.mark.parametrize(
    "reason",
    [
        "1,200 件から 3,800 件に修正した。",
        "１，２００件から３，８００件に変更した。",
        "3,800件に変更",
        "定員を 5,000 枠から 6,000 枠に変更したため、3,800 件に修正した。",
    ],
)
def test_figures_quoted_rightly_pass(reason: str) -> None:
    assert counts("REV003", action("400 件 | 1,200 件 | 1,600 件 | ― | 3,800 件 | 4,200 件", reason)) == (1, [], [])


def test_figures_in_other_units_and_reasons_without_figures_are_not_counted() -> None:
    figures = "400 件 | 1,200 件 | 1,600 件 | ― | 3,800 件 | 4,200 件"
    for reason in (
        "定員を 2,500 人から 8,300 人に変更した。",
        "計画を上方修正した。",
        "―",
        "令和4年度から令和5年度に変更",
    ):
        assert counts("REV003", action(figures, reason)) == (0, [], [])


def test_a_reason_that_names_a_component_quotes_its_cells() -> None:
    figures, _ = REVISED["2-3"]
    figures = figures.replace("枚", "件")
    assert counts("REV003", action(figures, "a）6,700 件から 10,800 件に変更した。", "2-3")) == (1, [], [])
    assert counts("REV003", action(figures, "b）6,700 件から 6,000 件に変更した。", "2-3")) == (0, ["old"], [])


def test_a_quoted_figure_beside_an_unreadable_cell_cannot_be_judged() -> None:
    data = action("400 件 | 1,200 件 | 1,600 件 | ― | #N/A | 4,200 件", "1,200 件から 3,800 件に修正した。")
    assert counts("REV003", data) == (0, [], ["quoted_figure_not_comparable"])


def test_the_misquoted_old_target_is_found_beside_its_marker() -> None:
    data = target("― | 50% | 19%", f"19％から55％に変更した。{MARKER}19%", "1-2")
    (finding,) = outcome_of("REV003", data).findings
    assert (finding.variant, finding.data["quoted"], finding.data["value"]) == ("new", "55%", "50%")
    assert [part.ref.a1 for part in finding.cells] == ["F2", "D2"]
