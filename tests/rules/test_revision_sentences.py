"""Every finding of these rules fills its sentence, and every sentence they have is used."""

from dataclasses import replace

import pytest

from reconcile import catalogue
from reconcile.findings import CellRef, Finding
from reconcile.messages import missing, render, why_text
from reconcile.packs import load
from reconcile.rules import ALWAYS, always, declared
from reconcile.rules.context import Confrontation
from reconcile.submissions import FoundForm, Submission
from tests.rules.drawing import Drawn, confront, plan

CODES = (
    "REV001", "REV002", "REV003", "REV006", "PRG003", "XRF001", "XRF002", "XRF003", "XRF004", "SUB001", "SUB002",
    "DUP003", "DUP004", "TXT001", "FLD005", "FLD007",
)  # fmt: skip
ROADS, WELFARE, CRISIS, SCHOOLS = "道路・交通計画部", "保健福祉政策部", "危機管理部", "教育委員会事務局"

REVISIONS = """
number | name | amount.initial.FY2022 | amount.initial.FY2023 | amount.revised.FY2022 | amount.revised.FY2023 | reason
1-1① | 防災塾参加人数 | 5 人 | 5 人 | ― | 6 人 | ―
1-1② | 防災塾参加人数 | 5 人 | 5 人 | ― | ― | 広げたため。
1-2 | 個別避難計画作成数 | 5 人 | 5 人 | ― | 5 人 | 広げたため。
2-1 | 甲 | 5 人 | 7 人 | ― | 9 人 | 6 人から9 人に変更した。
2-2① | 乙 | 5 人 | 7 人 | ― | 9 人 | 7 人から8 人に変更した。
2-2② | 丙 | 5 人 | 7 人 | ― | 9 人 | 1 人から2 人に変更した。
2-4 | 丁 | 5 人 | 7 人 | ― | #N/A | 7 人から2 人に変更した。
2-3 | 戊 | 5 人 | 7 人 | ― | 集計中 | ―
"""
TARGETS = """
number | name | value.baseline | value.target | value.original_target | reason
1-1① | 防災塾の割合 | 6 人 | 5 人 | 4 人 | 【目標値（策定時）】4 人
1-1② | 防災塾の割合 | 6 人 | 5 人 | 5 人 | 見直した。【目標値（策定時）】5 人
1-2 | 防災塾の割合 | 6 人 | 5 件 | ~ | 窓口の件数
2-1 | 防災塾の割合 | 6 人 | 5 人 |  | 見直した。【目標値（策定時）】
2-2 | 防災塾の割合 | 6 人 | 5 人 | ~ | 見直した。
2-3 | 防災塾の割合 | ― | 5 人 | 集計中 | 【目標値（策定時）】集計中
18-2 | 区民１人１日あたりのごみ排出量 | 1 g | 2 g | ~ | 〇〇の件数のため
9-9 | 名 | ― | 5 人 | ~ | 調整中
4-4 | 地区数 | 6 地区 | 5 件 | ~ | 見直した。
3-2 | 満足度 | 0.6 | 0.8 | ~ | 見直した。
3-1 | 満足度 | 70 | 0.8 | ~ | ―
"""
NAMES = """
number | name | unit | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total
15-2① | 特別支援巡回グループによる学校訪問回数 | 回 | 1 件 | 2 件 | 3 件
15-1 | 教育総合センター重点研修の参加者数 | ~ | 1 人 | 2 件 | 3 人
15-3 | 学校を支援する人材の登録数 | ~ | 1 人 | 2 | 3 人
15-9 | 学校を支援する人材の登録 | ~ | ― | ― | ―
15-2① | 名 | ~ | ― | ― | ―
14-1 | 名 | ~ | 1 人 | 2 枚 | ―
1-2 | 個別避難計画作成数 | ~ | ― | ― | ―
50-9 | 何か | ~ | ― | ― | ―
"""
NAMED_TOO = "number | name\n15-2① | 特別支援教育巡回グループによる支援"
GIVEN = (
    "number | name\n15-2① | 特別支援巡回グループによる学校訪問回数",
    "number | name\n15-2① | 特別支援教育巡回グループによる支援・助言が、児童・生徒一人ひとりの状況に応じた支援に"
    "効果があると回答した学校の割合",
)
ITEMS = """
programme | programme_name | code | name | amount.initial.FY2022
1 | 地域防災力の向上 | 01-001 | 認知症施策啓発事業 | 5 ドル
1 | 地域防災力の向上 | 01-002 | 認知症施策の啓発事業 | 5
1 | 地域防災力の向上 | 01-003 | 認知症施策啓発事業 | 5
"""
MARKED = """
section | number | name | value.target.FY2024 | responsible
1-8-1 | 1 | 連携が取れていると回答した割合※２ | 16.5 % | 高齢福祉課
"""
QUOTED = """
number | hours | result
1-19 | 1,400 | （業務削減時間：1,040時間）
1-20 | | （業務削減時間：224時間）
2-23 | 55 日 | 年間55時間の業務時間を削減した
"""
OPINIONS = """
number | opinion
1 | 権利擁護により実現すべきことは、自分らしい人生を歩んでいけることである。
2 | 権利擁護により実現すべきことは、自分らしい人生を歩んでいけることである。
3 | 権利擁護により実現すべきことは、自分らしい生を歩んでいけることである。
"""


def confrontations() -> list[Confrontation]:
    one, two = "number | name\n1-2 | 個別避難計画作成数", "number | name\n1-1② | 名\n1-2 | 個別避難計画作成数"
    pack = plan()
    actions = pack.tables["registers/actions.csv"]
    fewer = replace(actions, rows=tuple(row for row in actions.rows if row["number"] != "3-1"))
    without = replace(pack, tables={**pack.tables, "registers/actions.csv": fewer})
    empty = Submission("e.xlsx", "", 0, department=WELFARE, forms=(FoundForm("budget", "様式3", 3, 0),))
    locked = Submission("locked.xlsx", "", 0, refused="locked")
    outside = Submission("old.xlsx", "", 0, department=ROADS, outside=True)
    return [
        confront(Drawn("activity", REVISIONS)),
        confront(Drawn("outcome", TARGETS)),
        confront(Drawn("activity", NAMES, department=SCHOOLS), Drawn("outcome", NAMED_TOO, department=SCHOOLS)),
        confront(Drawn("activity", GIVEN[0], department=SCHOOLS), Drawn("outcome", GIVEN[1], department=SCHOOLS)),
        confront(Drawn("budget", ITEMS)),
        # Two departments; one of them the register's, none of them, and one form of another's records.
        confront(Drawn("activity", one, "a.xlsx", CRISIS), Drawn("activity", one, "b.xlsx", ROADS)),
        confront(Drawn("activity", one, "a.xlsx", WELFARE), Drawn("activity", two, "b.xlsx", ROADS)),
        confront(Drawn("activity", "number | name\n1-1① | 防災塾参加人数\n1-1② | 名\n1-9 | 個別避難計画作成数")),
        confront(Drawn("activity", "number | name\n1-1① | 防災塾参加人数\n1-2 | 名")),
        confront(Drawn("activity", "number | name\n1-1① | 防災塾参加人数\n | 個別避難計画作成数")),
        confront(Drawn("activity", one, "a.xlsx", WELFARE), Drawn("activity", "number | name\n1-1① | 名", "b.xlsx")),
        confront(Drawn("outcome", "number | name\n3-1 | 満足度", department=WELFARE), pack=without),
        confront(Drawn("outcome", MARKED, department="子ども・若者部"), pack=load("welfare2024")),
        confront(Drawn("items", QUOTED), pack=load("management2024")),
        confront(Drawn("opinions", OPINIONS), pack=load("council2023")),
        # A return whose cover is known, and none of whose records are its department's own.
        replace(
            confront(Drawn("activity", "number | name\n3-1 | 名\n3-2 | 名")),
            submissions=(
                Submission(
                    "a.xlsx", "", 0, CRISIS, {"department": CRISIS}, {"department": CellRef("a.xlsx", "表紙", 5, 3)}
                ),
            ),
        ),
        replace(confront(), submissions=(empty,)),
        replace(confront(), submissions=(locked, outside)),
    ]


def outcomes(data: Confrontation) -> tuple[list[Finding], set[str]]:
    """What these rules find, and why they could not judge."""
    findings, whys = [], set()
    for code in ALWAYS:
        if code in CODES:
            outcome = always(code)(data)
            findings += outcome.findings
            whys |= {unjudged.why for unjudged in outcome.unjudged}
    for form in data.pack.forms.values():
        for check in form.checks:
            if check.code in CODES:
                outcome = declared(check.code)(check, form, data)
                findings += outcome.findings
                whys |= {unjudged.why for unjudged in outcome.unjudged}
    return findings, whys


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_finding_fills_its_sentence_and_every_sentence_is_used(lang: str) -> None:
    used: set[tuple[str, str]] = set()
    for data in confrontations():
        findings, whys = outcomes(data)
        for finding in findings:
            assert not missing(finding), (finding.code, finding.variant)
            sentence = render(finding, data.pack, lang)
            assert "「」" not in sentence, sentence
            assert '""' not in sentence, sentence
            assert "{" not in sentence, sentence
            variant = finding.variant if finding.variant in catalogue.entry(finding.code).messages else "default"
            used.add((finding.code, variant))
        for why in whys:
            assert why_text(why, lang)
    there = {(code, variant) for code in CODES for variant in catalogue.entry(code).messages}
    # An entry needs a general sentence; all findings of these two rules have a variant that says more. No form of this
    # pack names what must stand in another table of the same return (test_fields_beside_fields has those). What a sheet
    # states of its unit is told where it is read (tests/locate/test_stated_units); no drawing has merged cells
    # (tests/pipeline/test_one_mistake).
    elsewhere = {("XRF001", "table"), ("XRF001", "table_near"), ("FLD005", "stated"), ("FLD007", "merged")}
    assert there - used <= {("REV003", "default"), ("PRG003", "default")} | elsewhere
