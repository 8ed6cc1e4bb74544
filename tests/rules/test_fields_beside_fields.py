"""Fields judged by other fields: asked for, not asked for, in order, unique, within an allotment, in another table."""

from __future__ import annotations

import pytest
from drawing import Drawn, confront, judged, outcome_of
from writing_packs import small_pack

from reconcile.balances import FAIL, PASS
from reconcile.messages import missing, render
from reconcile.packs import Pack
from reconcile.rules.balance_findings import balance_findings
from reconcile.rules.context import Outcome

PROJECTS = """
form: projects
name: {ja: 様式1, en: Form 1}
title: {ja: 事業, en: Projects}
layout: table
key: [name]
unit: 千円
fields:
  name: {type: key, label: 事業, required: true}
  state: {type: text, label: 状況}
  why: {type: text, label: 遅れの理由, nil: true}
  start: {type: date, label: 着手}
  finish: {type: date, label: 完成}
  grant: {type: text, label: 登録番号}
  money:
    type: money
    columns: [{label: 計画, version: planned}, {label: 実績, version: spent}, {label: 残, version: rest}]
checks:
  - {code: FLD001, cell: why, when: {state: [遅れ, 中止]}}
  - {code: FLD014, cells: [why], when: {state: [予定どおり]}}
  - {code: FLD013, ascending: [start, finish]}
  - {code: FLD013, ascending: [money.spent, money.planned], strictly: true}
  - {code: DUP005, fields: [grant]}
  - {code: BAL008, amounts: [money.spent], by: {name: project}, department: department, limit: allotted, list: limits.csv}
  - {code: BAL001, total: money.rest, parts: [money.planned], minus: [money.spent]}
"""
RISKS = """
form: risks
name: {ja: 様式2, en: Form 2}
title: {ja: リスク, en: Risks}
layout: table
key: [number]
fields:
  number: {type: key, label: 番号, required: true}
  project: {type: text, label: 事業}
  level: {type: text, label: 程度}
checks:
  - {code: XRF001, field: project, other: projects.name}
  - {code: XRF001, field: level, other: projects.why, beside: {project: name}}
"""
LIMITS = 'department,project,allotted\n危機管理部,新館,"1,000"\n危機管理部,駅前広場,500\n道路部,新館,1\n'
HEAD = "name | state | why | start | finish | grant | money.planned | money.spent | money.rest\n"


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return small_pack(tmp_path_factory.mktemp("small"), {"projects": PROJECTS, "risks": RISKS}, {"limits.csv": LIMITS})


def outcome(pack: Pack, code: str, *lines: str, risks: str = "") -> Outcome:
    drawings = [Drawn("projects", HEAD + "\n".join(lines))]
    drawings += [Drawn("risks", risks)] if risks else []
    return outcome_of(code, confront(*drawings, pack=pack))


def told(found: Outcome, pack: Pack) -> list[tuple[str, str, str | None]]:
    """Code, variant and cell of each finding; every one of them speaks in both languages."""
    for finding in found.findings:
        assert not missing(finding), (finding.code, finding.variant, missing(finding))
        assert render(finding, pack, "ja").endswith("ください。")
        assert "lease " in render(finding, pack, "en")
    return [(f.code, f.variant, f.cell) for f in found.findings]


class TestAskedFor:
    def test_blank_where_another_field_asks_for_it(self, pack: Pack) -> None:
        found = outcome(pack, "FLD001", "新館 | 遅れ | | | | | 1 | 1 | 0")
        assert told(found, pack) == [("FLD001", "when", "C2")]
        assert "「状況：遅れ」のときは記入が要ります" in render(found.findings[0], pack, "ja")
        assert [part.ref.a1 for part in found.findings[0].cells] == ["C2", "B2"]

    @pytest.mark.parametrize("line", ["新館 | 遅れ | 雨 | | | | 1 | 1 | 0", "新館 | 中 止 | ― | | | | 1 | 1 | 0"])
    def test_filled_in_it_passes(self, pack: Pack, line: str) -> None:
        found = outcome(pack, "FLD001", line)
        assert (told(found, pack), found.passed) == ([], 1)

    def test_where_nothing_asks_for_it_nothing_is_judged(self, pack: Pack) -> None:
        found = outcome(pack, "FLD001", "新館 | 予定どおり | | | | | 1 | 1 | 0", "別館 | | | | | | 1 | 1 | 0")
        assert (told(found, pack), found.passed, found.unjudged) == ([], 0, [])


class TestNotAskedFor:
    def test_filled_in_where_nothing_belongs(self, pack: Pack) -> None:
        found = outcome(pack, "FLD014", "新館 | 予定どおり | 雨 | | | | 1 | 1 | 0")
        assert told(found, pack) == [("FLD014", "", "C2")]

    @pytest.mark.parametrize("why", ["", "―"])
    def test_blank_and_nil_are_nothing(self, pack: Pack, why: str) -> None:
        found = outcome(pack, "FLD014", f"新館 | 予定どおり | {why} | | | | 1 | 1 | 0")
        assert (told(found, pack), found.passed) == ([], 1)

    def test_under_another_state_it_is_free(self, pack: Pack) -> None:
        assert told(outcome(pack, "FLD014", "新館 | 遅れ | 雨 | | | | 1 | 1 | 0"), pack) == []


class TestOrder:
    def test_the_end_before_the_start(self, pack: Pack) -> None:
        found = outcome(pack, "FLD013", "新館 | | | 2024-06-01 | 令和6年3月1日 | | 9 | 1 | 8")
        assert told(found, pack) == [("FLD013", "day", "E2")]
        assert "D2「2024-06-01」より前の日です" in render(found.findings[0], pack, "ja")

    def test_days_may_be_equal_unless_the_check_is_strict(self, pack: Pack) -> None:
        assert told(outcome(pack, "FLD013", "新館 | | | 2024-06-01 | 2024/6/1 | | 9 | 1 | 8"), pack) == []
        found = outcome(pack, "FLD013", "新館 | | | | | | 5 | 5 | 0")
        assert told(found, pack) == [("FLD013", "figure_equal", "G2")]

    def test_a_figure_that_exceeds_the_next(self, pack: Pack) -> None:
        assert told(outcome(pack, "FLD013", "新館 | | | | | | 5 | 7 | 0"), pack) == [("FLD013", "figure", "G2")]

    def test_blanks_are_left_out_and_what_is_no_day_is_not_judged(self, pack: Pack) -> None:
        found = outcome(pack, "FLD013", "新館 | | | | 2024-06-01 | | | | ", "別館 | | | 春 | 2024-06-01 | | | | ")
        assert (told(found, pack), [item.why for item in found.unjudged]) == ([], ["value_not_readable"])

    def test_other_units_are_not_compared(self, pack: Pack) -> None:
        found = outcome(pack, "FLD013", "新館 | | | | | | 5 円 | 7 千円 | 0")
        assert (told(found, pack), [item.why for item in found.unjudged]) == ([], ["units_differ"])


class TestUnique:
    def test_the_second_record_with_a_value(self, pack: Pack) -> None:
        found = outcome(pack, "DUP005", "新館 | | | | | A-17 | 1 | 1 | 0", "別館 | | | | | ａ-17 | 1 | 1 | 0")
        assert told(found, pack) == [("DUP005", "", "F3")]
        assert [part.ref.a1 for part in found.findings[0].cells] == ["F3", "F2"]

    def test_another_return_may_have_it(self, pack: Pack) -> None:
        line = HEAD + "新館 | | | | | A-17 | 1 | 1 | 0"
        data = confront(Drawn("projects", line), Drawn("projects", line, file="b.xlsx", department="道路部"), pack=pack)
        assert (told(outcome_of("DUP005", data), pack), outcome_of("DUP005", data).passed) == ([], 2)

    def test_blanks_are_not_judged(self, pack: Pack) -> None:
        found = outcome(pack, "DUP005", "新館 | | | | | | 1 | 1 | 0", "別館 | | | | | | 1 | 1 | 0")
        assert (told(found, pack), len(found.unjudged)) == ([], 2)


class TestAllotted:
    def test_a_sum_over_the_allotment(self, pack: Pack) -> None:
        found = outcome(pack, "BAL008", "新館 | | | | | | 1 | 600 千円 | 0", "新館 | | | | | | 1 | 500 千円 | 0")
        assert told(found, pack) == [("BAL008", "", "H2")]
        said = render(found.findings[0], pack, "ja")
        assert "「危機管理部 / 新館」の合計は 1,100 千円 で、配分額 1,000 千円 を超えています（差 +100）" in said
        assert [part.ref.a1 for part in found.findings[0].cells] == ["H2", "H3"]

    def test_just_the_allotment_passes(self, pack: Pack) -> None:
        found = outcome(pack, "BAL008", "新館 | | | | | | 1 | 1,000 千円 | 0", "駅前広場 | | | | | | 1 | 500 | 0")
        assert (told(found, pack), found.passed) == ([], 2)

    def test_a_part_that_is_no_figure_or_a_project_that_is_not_listed_cannot_be_judged(self, pack: Pack) -> None:
        found = outcome(pack, "BAL008", "新館 | | | | | | 1 | 集計中 | 0", "本館 | | | | | | 1 | 5 | 0")
        assert (told(found, pack), [item.why for item in found.unjudged]) == (
            [],
            ["part_not_a_number", "beside_not_listed"],
        )

    def test_each_department_has_its_own(self, pack: Pack) -> None:
        line = HEAD + "新館 | | | | | | 1 | 2 | 0"
        data = confront(Drawn("projects", line), Drawn("projects", line, file="b.xlsx", department="道路部"), pack=pack)
        assert [f.ref.file for f in outcome_of("BAL008", data).findings] == ["b.xlsx"]


class TestDifference:
    @pytest.mark.parametrize(("rest", "verdict"), [("4", PASS), ("5", FAIL)])
    def test_one_part_less_another(self, pack: Pack, rest: str, verdict: int) -> None:
        data = confront(Drawn("projects", HEAD + f"新館 | | | | | | 7 | 3 | {rest}"), pack=pack)
        balances = outcome_of("BAL001", data)
        found = judged(balances, data)
        assert found.verdict.tolist() == [verdict]
        for finding in balance_findings(data, balances.balances, found).findings:
            assert "G2:H2 の差引きは 4" in render(finding, pack, "ja")


class TestAnotherTable:
    HEAD = "number | project | level\n"

    def test_a_name_that_is_not_in_the_other_table(self, pack: Pack) -> None:
        lines = self.HEAD + "1 | 新 館 | 高\n2 | 駅前の広場 | 高\n3 | 学校 | 低\n4 | | 低"
        found = outcome(pack, "XRF001", "新館 | | | | | | 1 | 1 | 0", "駅前広場 | | | | | | 1 | 1 | 0", risks=lines)
        assert told(found, pack) == [("XRF001", "table_near", "B3"), ("XRF001", "table", "B4")]
        assert (found.findings[0].expected, found.passed) == ("駅前広場", 1)

    def test_without_the_other_table_it_cannot_be_judged(self, pack: Pack) -> None:
        data = confront(Drawn("risks", self.HEAD + "1 | 新館 | "), pack=pack)
        found = outcome_of("XRF001", data)
        assert (found.findings, [item.why for item in found.unjudged]) == ([], ["details_not_read"])

    def test_the_table_of_another_return_does_not_count(self, pack: Pack) -> None:
        data = confront(
            Drawn("projects", HEAD + "新館 | | | | | | 1 | 1 | 0", file="b.xlsx", department="道路部"),
            Drawn("risks", self.HEAD + "1 | 新館 | "),
            pack=pack,
        )
        assert len(outcome_of("XRF001", data).unjudged) == 1

    def test_a_list_of_the_return_may_depend_on_another_field(self, pack: Pack) -> None:
        """Of the other table only the rows that agree count: here each project has a word of its own."""
        projects = ("新館 | | 高 | | | | 1 | 1 | 0", "駅前広場 | | 低 | | | | 1 | 1 | 0")
        lines = self.HEAD + "1 | 新館 | 高\n2 | 新 館 | 低\n3 | 学校 | 低"
        found = outcome(pack, "XRF001", *projects, risks=lines)
        assert [f.cell for f in found.findings] == ["B4", "C3"]
        assert [item.why for item in found.unjudged] == ["beside_not_listed"]
