"""XRF006 (note marks, numbers), REV006 by the mark of a note, XRF004 by what a record states."""

from __future__ import annotations

from functools import cache

import pytest

from reconcile.findings import CellRef
from reconcile.messages import missing as lacks
from reconcile.packs import Pack, load
from reconcile.rules import xrf004
from reconcile.rules.context import Outcome
from reconcile.rules.xrf006 import marks_in
from tests.rules.drawing import Drawn, confront, outcome_of


@cache
def welfare() -> Pack:
    return load("welfare2024")


def outcome(code: str, form: str, text: str) -> Outcome:
    return outcome_of(code, confront(Drawn(form, text, department="子ども・若者部"), pack=welfare()))


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("割合※", ["※"]),
        ("割合※４", ["※4"]),
        ("事業所等（※）への検査", ["※"]),
        ("割合※２", []),
        ("割合　※3", []),
        ("割合", []),
        ("割合※２と率※", ["※"]),
    ],
)
def test_xrf006_marks_without_a_note(name: str, missing: list[str]) -> None:
    found = outcome("XRF006", "outcome", f"section | number | name\n1-8-1 | 1 | {name}")
    assert [(f.data["mark"], f.cell, f.variant) for f in found.findings] == [(mark, "C2", "note") for mark in missing]
    assert found.passed == len(marks_in(name)) - len(missing)


def test_xrf006_a_mark_in_the_register_s_own_name_is_told_to_the_office_alone() -> None:
    """The template prints the name, and locks it."""
    name = "１日に30分以上歩いている※区民の割合"
    (finding,) = outcome("XRF006", "outcome", f"section | number | name\n1-4 | 1-① | {name}").findings
    assert (finding.variant, finding.ref, finding.department) == ("register", CellRef(""), "")
    assert [part.ref.a1 for part in finding.cells] == ["C2"]
    assert not lacks(finding)
    (typed,) = outcome("XRF006", "outcome", f"section | number | name\n1-4 | 1-① | {name}（年間）").findings
    assert (typed.variant, typed.cell) == ("note", "C2")


@pytest.mark.parametrize(
    ("goal", "issues", "missing"),
    [
        ("", "支援者（※１）向けの研修", ["※1"]),
        ("", "多く挙がっている。※１\\n※１…手引き 第14版より", []),
        ("", "挙がっている。※１\\n挙げられる。※２\\n※１…手引きより", ["※2"]),
        ("", "（5万枚/年※の削減）　※順次拡大しR8以降", []),
        ("", "（※窓口では300円）", []),
        ("", "※「令和4年度厚生労働白書」より", []),
        ("支援者※の研修", "※支援者：ケアマネジャーなど", []),
        ("", "他業務※に注力することができた。", ["※"]),
        ("", "ケア児 ※の支援", ["※"]),
    ],
)
def test_xrf006_a_note_in_the_texts_of_the_record_itself(goal: str, issues: str, missing: list[str]) -> None:
    drawn = Drawn("goals", f"measure | number | goal | issues\n2-1① | 1 | {goal} | {issues}")
    found = outcome_of("XRF006", confront(drawn, pack=load("council2023")))
    assert [(f.data["mark"], f.variant) for f in found.findings] == [(mark, "note") for mark in missing]


@pytest.mark.parametrize(("name", "missing"), [("せたミール＊商品", ["＊"]), ("せたミール*商品", ["＊"]), ("商品", [])])
def test_xrf006_the_pack_says_what_marks(name: str, missing: list[str]) -> None:
    found = outcome("XRF006", "action", f"section | number | name\n1-4 | 1-② | {name}")
    assert [f.data["mark"] for f in found.findings] == missing


ACTION = "section | initiative_number | number | name\n"


@pytest.mark.parametrize(("initiative", "number"), [("1", "1"), ("１", "１－②"), ("12", "12-①")])
def test_xrf006_a_number_of_what_it_belongs_to(initiative: str, number: str) -> None:
    found = outcome("XRF006", "action", ACTION + f"1-8-1 | {initiative} | {number} | 会議")
    assert (found.findings, found.passed) == ([], 1)


@pytest.mark.parametrize(
    ("initiative", "number", "expected"), [("3", "2", "2"), ("1", "２－①", "2"), ("1", "12", "12")]
)
def test_xrf006_another_number(initiative: str, number: str, expected: str) -> None:
    (finding,) = outcome("XRF006", "action", ACTION + f"1-8-1 | {initiative} | {number} | 会議").findings
    assert (finding.cell, finding.variant, finding.found, finding.expected) == ("B2", "number", initiative, expected)
    assert {part.ref.a1 for part in finding.cells} == {"B2", "C2"}


def test_xrf006_a_blank_number_cannot_be_judged_and_a_missing_column_is_not() -> None:
    assert [u.why for u in outcome("XRF006", "action", ACTION + "1-8-1 |  | 1 | 会議").unjudged] == ["key_not_given"]
    found = outcome("XRF006", "action", ACTION + "1-8-1 | ~ | 1 | 会議")
    assert (found.findings, found.passed, found.unjudged) == ([], 0, [])


TARGET = "section | number | name | value.target.FY2024\n"


def test_rev006_the_note_says_revised_and_the_old_target_is_missing() -> None:
    (finding,) = outcome("REV006", "outcome", TARGET + "1-8-1 | 1 | 割合※２ | 16.5 %").findings
    assert (finding.cell, finding.variant, finding.data["mark"]) == ("D2", "note", "※2")
    assert {part.ref.a1 for part in finding.cells} == {"C2", "D2"}


def test_rev006_the_old_target_stands_behind_the_new_one() -> None:
    found = outcome("REV006", "outcome", TARGET + "1-8-1 | 1 | 割合※２ | 16.5 %（修正前 17.0 %）")
    assert (found.findings, found.passed) == ([], 1)


@pytest.mark.parametrize("name", ["割合", "割合※１", "割合※"])
def test_rev006_other_marks_say_nothing_of_targets(name: str) -> None:
    found = outcome("REV006", "outcome", TARGET + f"1-8-1 | 1 | {name} | 16.5 %")
    assert (found.findings, found.passed, found.unjudged) == ([], 0, [])


@pytest.mark.parametrize("target", ["", "#N/A", "集計中"])
def test_rev006_without_a_target_it_cannot_be_judged(target: str) -> None:
    found = outcome("REV006", "outcome", TARGET + f"1-8-1 | 1 | 割合※２ | {target}")
    assert [u.why for u in found.unjudged] == ["target_not_a_number"]


def stated(text: str) -> Outcome:
    drawn = Drawn(
        "outcome", f"section | number | name | responsible\n1-8-1 | 3 | 人数 | {text}", department="子ども・若者部"
    )
    return xrf004.judge(confront(drawn, pack=welfare()))


def test_xrf004_the_section_is_the_registers() -> None:
    # Once for the department, once for its section.
    assert (stated("子ども 家庭課").findings, stated("子ども家庭課").passed) == ([], 2)


def test_xrf004_another_section() -> None:
    (finding,) = stated("児童課").findings
    assert (finding.cell, finding.variant, finding.expected) == ("D2", "stated", "子ども家庭課")


def test_xrf004_no_section_cannot_be_judged() -> None:
    assert [u.why for u in stated("").unjudged] == ["name_not_given"]
