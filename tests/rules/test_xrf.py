"""XRF001 to XRF004: keys, missing records, names and departments against the register and between forms."""

from dataclasses import replace

import pytest

from reconcile.findings import CellRef, Finding
from reconcile.packs import load
from reconcile.rules import xrf001, xrf002, xrf003, xrf004
from reconcile.rules.alike import differ_in_meaning
from reconcile.rules.context import Confrontation
from reconcile.rules.registers import register_of
from reconcile.rules.xrf003 import nearly_returning
from reconcile.submissions import FoundForm, Submission
from tests.rules.drawing import Drawn, confront, outcome_of, plan

ROADS, WELFARE, CRISIS = "道路・交通計画部", "保健福祉政策部", "危機管理部"


def drawn(form: str, *lines: str, file: str = "a.xlsx", department: str = CRISIS) -> Drawn:
    return Drawn(form, "\n".join(lines), file, department)


def named(form: str, number: str) -> str:
    """The register's name of a record."""
    register = register_of(plan(), plan().forms[form])
    assert register is not None
    return register.rows[number]["name"]


def records(form: str, *numbers: str, department: str = CRISIS, file: str = "a.xlsx") -> Drawn:
    lines = [f"{number} | {named(form, number)}" for number in numbers]
    return drawn(form, "number | name", *lines, department=department, file=file)


def budget(*lines: str, department: str = CRISIS, file: str = "a.xlsx") -> Drawn:
    return drawn("budget", "programme | programme_name | code | name", *lines, department=department, file=file)


def with_return(data: Confrontation, submission: Submission) -> Confrontation:
    """The same confrontation with what was read of one return in place of the drawn one."""
    others = tuple(s for s in data.submissions if s.department != submission.department)
    return replace(data, submissions=(*others, submission))


# XRF001


@pytest.mark.parametrize("number", ["1-1①", "１－１\u2780", "1‐1 ①", "1ー1①"])
def test_a_key_is_compared_folded(number: str) -> None:
    outcome = xrf001.judge(confront(drawn("activity", "number | name", f"{number} | 名")))
    assert (outcome.passed, outcome.findings) == (1, [])


@pytest.mark.parametrize(
    ("number", "name", "nearest"),
    [
        # By its name, however far the number is.
        ("9-9", "個別避難計画作成数", "1-2"),
        # By one slip of the finger.
        ("1-1③", "名", ""),
        ("1-3", "名", "1-2"),
        ("19-9", "名", ""),
        ("55-55", "名", ""),
    ],
)
def test_an_unknown_key_and_what_was_probably_meant(number: str, name: str, nearest: str) -> None:
    outcome = xrf001.judge(confront(drawn("activity", "number | name", f"{number} | {name}")))
    (finding,) = outcome.findings
    assert (finding.cell, finding.record, finding.field, finding.found) == ("A2", number, "number", number)
    assert (finding.variant, finding.expected) == ("near" if nearest else "", nearest)
    assert finding.data["nearest"] == nearest


@pytest.mark.parametrize(
    ("answered", "nearest"),
    [
        # 2-1, 2-3 and 2-4 are each one character away; another department's 9-5 is not looked at.
        ([], ""),
        (["2-1", "2-3"], "2-4"),
        (["2-1", "2-3", "2-4"], ""),
    ],
)
def test_a_slip_leads_to_an_own_key_that_is_not_answered(answered: list[str], nearest: str) -> None:
    lines = [f"{number} | {named('activity', number)}" for number in answered]
    data = confront(drawn("activity", "number | name", *lines, "2-5 | 名", department=ROADS))
    (finding,) = xrf001.judge(data).findings
    assert finding.data["nearest"] == nearest


GOALS = "measure | name | number | goal"


def test_of_several_records_of_one_name_the_one_meant_is_not_answered_and_has_the_other_names_too() -> None:
    pack = load("council2023")
    register = register_of(pack, pack.forms["goals"])
    assert register is not None
    goals = {key: row["goal"] for key, row in register.rows.items()}
    lines = [f"1-1⑤ | 生活支援 | {number} | {goals[f'1-1⑤/{number}']}" for number in (1, 2)]
    drawing = "\n".join([GOALS, *lines, f"1-1⑤ | 生活支援 | 9 | {goals['1-1⑤/4']}", "1-1⑤ | 生活支援 | 8 | 別の姿"])
    found = xrf001.judge(confront(Drawn("goals", drawing, department="高齢福祉部"), pack=pack)).findings
    assert [finding.data["nearest"] for finding in found] == ["1-1⑤/4", "1-1⑤/3"]


@pytest.mark.parametrize(
    ("number", "why"), [("", "key_not_given"), ("17-B", "key_not_readable"), ("1.1①", "key_not_readable")]
)
def test_a_key_that_is_blank_or_malformed_cannot_be_judged(number: str, why: str) -> None:
    outcome = xrf001.judge(confront(drawn("activity", "number | name", f"{number} | 名")))
    assert (outcome.findings, [u.why for u in outcome.unjudged]) == ([], [why])


def test_a_register_of_one_field_judges_that_field_once() -> None:
    known = "1 | 地域防災力の向上 | 01-001 | 甲"
    outcome = xrf001.judge(confront(budget(known, "99 | 無 | 99-001 | 甲", "99 | 無 | 99-002 | 乙")))
    (finding,) = outcome.findings
    assert (finding.cell, finding.data["key"], outcome.passed) == ("A3", "99", 1)
    assert [part.ref.a1 for part in finding.cells] == ["A3", "A4"]


def test_a_number_must_stand_in_the_other_form_without_its_branch() -> None:
    # 2-2 has one indicator and two actions, 19-1 one action and two indicators.
    data = confront(records("outcome", "2-2", "19-1①", department=ROADS))
    outcome = outcome_of("XRF001", data)
    assert (outcome.passed, outcome.findings) == (2, [])


def test_what_its_own_register_does_not_know_is_reported_once() -> None:
    data = confront(drawn("outcome", "number | name", "5-4 | 名"))
    assert len(xrf001.judge(data).findings) == 1
    assert outcome_of("XRF001", data).findings == []


def test_a_number_unknown_to_the_other_form_is_found() -> None:
    pack = plan()
    actions = pack.tables["registers/actions.csv"]
    without = replace(actions, rows=tuple(row for row in actions.rows if row["number"] != "1-2"))
    pack = replace(pack, tables={**pack.tables, "registers/actions.csv": without})
    lone = confront(records("outcome", "1-2"), pack=pack)
    (finding,) = outcome_of("XRF001", lone).findings
    assert (finding.cell, finding.variant, finding.data["forms"]) == ("A2", "form", ("activity",))
    # The other form's answers count as well as its register.
    answered = confront(records("outcome", "1-2"), drawn("activity", "number | name", "1-2 | 名"), pack=pack)
    assert outcome_of("XRF001", answered).findings == []


# XRF002


def test_a_missing_record_has_the_place_where_it_belongs() -> None:
    outcome = xrf002.judge(confront(records("activity", "1-1①", "1-2")))
    (finding,) = outcome.findings
    assert (finding.record, finding.cell, finding.variant) == ("1-1②", None, "after")
    assert [(part.role, part.ref.a1) for part in finding.cells] == [("place", "A2")]
    assert (outcome.passed, finding.department, finding.data["name"]) == (2, CRISIS, named("activity", "1-1②"))


def test_a_missing_first_record_belongs_under_the_header() -> None:
    data = confront(records("activity", "1-1②", "1-2"))
    submission = Submission("a.xlsx", "", 0, department=CRISIS, forms=(FoundForm("activity", "様式1", 1, 2),))
    (finding,) = xrf002.judge(with_return(data, submission)).findings
    assert (finding.record, finding.variant) == ("1-1①", "header")
    assert [part.ref.a1 for part in finding.cells] == ["A1"]


def test_all_records_of_a_form_present_pass() -> None:
    outcome = xrf002.judge(confront(records("activity", "1-1①", "1-1②", "1-2"), budget("1 | 名 | 01-001 | 甲")))
    assert (outcome.passed, outcome.findings) == (4, [])


def test_a_form_or_a_department_that_is_missing_is_not_listed_record_by_record() -> None:
    assert xrf002.judge(confront(records("outcome", "1-1①", "1-1②", "1-2"))).findings == []
    assert xrf002.judge(confront(everybody=True)).findings == []


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        # A number the register does not know, by its name or one slip away.
        (f"1-22 | {'個別避難計画作成数'}", "A4"),
        ("1-3 | 名", "A4"),
        # A number typed twice: the second has the other's name.
        ("1-1① | 個別避難計画作成数", "A4"),
    ],
)
def test_a_mistyped_number_is_named_in_the_missing_record(typed: str, cell: str) -> None:
    lines = [f"{number} | {named('activity', number)}" for number in ("1-1①", "1-1②")]
    outcome = xrf002.judge(confront(drawn("activity", "number | name", *lines, typed)))
    (finding,) = outcome.findings
    assert (finding.record, finding.variant) == ("1-2", "near")
    assert finding.data["typed_cell"] == CellRef("a.xlsx", "様式1", 4, 1)
    assert [part.ref.a1 for part in finding.cells if part.role == "typed"] == [cell]


def test_a_record_under_another_department_s_number_is_named_in_the_missing_one() -> None:
    lines = [f"{number} | {named('activity', number)}" for number in ("1-1①", "1-1②")]
    outcome = xrf002.judge(confront(drawn("activity", "number | name", *lines, "2-1 | 個別避難計画作成数")))
    (finding,) = outcome.findings
    assert (finding.record, finding.variant, finding.data["typed"]) == ("1-2", "near", "2-1")


def test_a_record_another_department_answered_is_named_with_it() -> None:
    mine = records("activity", "1-1①", "1-1②")
    theirs = records("activity", "1-2", department=ROADS, file="b.xlsx")
    findings = [f for f in xrf002.judge(confront(mine, theirs)).findings if f.department == CRISIS]
    (finding,) = findings
    assert (finding.record, finding.variant, finding.data["other_department"]) == ("1-2", "elsewhere", ROADS)
    assert [part.ref.file for part in finding.cells if part.role == "elsewhere"] == ["b.xlsx"]


@pytest.mark.parametrize("code", ["LAY002", "LAY005"])
def test_what_is_missing_from_a_form_not_read_whole_cannot_be_judged(code: str) -> None:
    data = confront(records("activity", "1-1①"))
    said = Finding(code, CellRef("a.xlsx", "様式1"), form="activity")
    submission = Submission("a.xlsx", "", 0, department=CRISIS, findings=(said,))
    outcome = xrf002.judge(with_return(data, submission))
    assert (outcome.findings, [u.record for u in outcome.unjudged]) == ([], ["1-1②", "1-2"])
    assert {u.why for u in outcome.unjudged} == {"form_not_read"}


def test_a_form_full_of_another_department_s_records_cannot_be_judged() -> None:
    outcome = xrf002.judge(confront(records("activity", "3-1", "3-2")))
    assert outcome.findings == []
    assert {u.why for u in outcome.unjudged} == {"form_of_another_department"}


# XRF003


@pytest.mark.parametrize(
    ("form", "number", "typed"),
    [
        ("activity", "1-1①", "防災塾 参加人数"),
        ("activity", "10-2", "ＳＥＴＡＧＡＹＡ ＰＯＲＴ会員登録者数"),
        ("activity", "1-1①", "防災塾参加人数※１"),
        ("outcome", "2-4", "主要な生活道路の道路整備率"),
        ("outcome", "2-4", "主要な生活道路の道路整備率（※１）"),
    ],
)
def test_widths_spaces_and_notes_do_not_part_names(form: str, number: str, typed: str) -> None:
    outcome = xrf003.judge(confront(drawn(form, "number | name", f"{number} | {typed}")))
    assert (outcome.passed, outcome.findings) == (1, [])


@pytest.mark.parametrize(
    ("number", "typed", "owner"),
    [
        ("1-1②", "女性防災コーディネーターのフォローアップ研修参加者数", ""),
        ("1-1②", "個別避難計画作成数", "1-2"),
        # Quotation marks are part of a name.
        ("4-3", "私の希望ファイルの普及啓発を目的とした講演会等の参加者数", ""),
    ],
)
def test_another_name_than_the_register_s_is_found(number: str, typed: str, owner: str) -> None:
    outcome = xrf003.judge(confront(drawn("activity", "number | name", f"{number} | {typed}")))
    (finding,) = outcome.findings
    assert (finding.cell, finding.found, finding.expected) == ("B2", typed, named("activity", number))
    assert (finding.variant, finding.data["owner"]) == ("other" if owner else "", owner)


def test_names_of_a_blank_cell_or_a_repeated_number_cannot_be_judged() -> None:
    outcome = xrf003.judge(confront(drawn("activity", "number | name", "1-1① |", "1-2 | 甲", "1-2 | 乙")))
    assert outcome.findings == []
    assert [u.why for u in outcome.unjudged] == ["name_not_given", "key_twice", "key_twice"]


def test_names_of_unknown_numbers_are_not_counted() -> None:
    outcome = xrf003.judge(confront(drawn("activity", "number | name", "1-9 | 名")))
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (0, [], [])


def test_the_one_indicator_named_in_two_ways_is_found_and_no_other() -> None:
    """All names as printed, of both forms."""
    pack = plan()
    drawings = []
    for form in ("activity", "outcome"):
        register = register_of(pack, pack.forms[form])
        assert register is not None
        for number, department in enumerate(pack.expected_departments()):
            numbers = register.expected_of(department)
            drawings.append(records(form, *numbers, department=department, file=f"{number}.xlsx"))
    outcome = outcome_of("XRF003", confront(*drawings))
    (finding,) = outcome.findings
    # Both names are the register's own: no department can change them.
    assert (finding.record, finding.variant) == ("15-2①", "register")
    assert (finding.ref, finding.department) == (CellRef(""), "")
    assert (finding.data["name"], finding.data["other_name"]) == ("特別支援巡回グループ", "特別支援教育巡回グループ")
    assert [part.role for part in finding.cells] == ["name", "other_name"]
    # The two actions of 2-2, 18-2 and 18-3 meet the one indicator of their project.
    assert outcome.passed == 77


def test_a_name_that_a_department_has_typed_itself_is_told_to_it() -> None:
    activity = drawn("activity", "number | name", "15-2① | 特別支援巡回グループによる訪問回数")
    outcome_of_form = drawn("outcome", "number | name", "15-2① | 特別支援教育巡回グループによる支援")
    (finding,) = [f for f in outcome_of("XRF003", confront(activity, outcome_of_form)).findings if f.data.get("forms")]
    assert (finding.cell, finding.variant) == ("B2", "forms")


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("特別支援巡回グループによる訪問", "特別支援教育巡回グループによる支援", True),
        ("デートDV出前講座受講者数", "デートDV出前講座受講者で関心が高まった割合", False),
        ("下北沢駅前交通広場の整備", "下北沢駅前交通広場整備の回数", False),
        ("第１回健康づくり講座参加者数", "第２回健康づくり講座参加者数", False),
        ("区立小学校における健康診断受診者の数", "区立中学校における健康診断受診者の数", False),
    ],
)
def test_which_words_nearly_return(one: str, other: str, found: bool) -> None:
    assert bool(nearly_returning(one, other)) is found


@pytest.mark.parametrize(
    ("one", "other", "real"),
    [
        ("認知症施策啓発事業", "認知症施策の啓発事業", False),
        ("特別支援巡回グループ", "特別支援教育巡回グループ", False),
        ("地域防災啓発事業", "地域防災整備事業", True),
        ("防災講座①", "防災講座②", True),
        ("第1期計画", "第2期計画", True),
        ("小学校改築工事", "中学校改築工事", True),
        ("常勤職員研修", "非常勤職員研修", True),
        ("駅前整備計画Ⅰ期", "駅前整備計画Ⅱ期", True),
        ("庁舎A棟改修", "庁舎B棟改修", True),
        ("PORT会員登録者数", "PROT会員登録者数", False),
        ("コミュニティ交通運行支援", "コミュニティー交通運行支援", False),
        ("備蓄物資の更新", "備蓄物質の更新", False),
    ],
)
def test_which_differences_are_real(one: str, other: str, real: bool) -> None:
    assert differ_in_meaning(one, other) is real
    assert differ_in_meaning(other, one) is real


# XRF004


def test_a_record_of_another_department_is_found() -> None:
    outcome = xrf004.judge(confront(records("activity", "1-1①", "1-1②", "1-2", "3-3")))
    (finding,) = outcome.findings
    assert (finding.cell, finding.record, finding.expected, finding.variant) == ("A5", "3-3", WELFARE, "")
    assert outcome.passed == 3


def test_where_the_register_s_department_answers_too_it_is_a_double_answer() -> None:
    theirs = records("activity", "3-3", department=WELFARE, file="b.xlsx")
    assert xrf004.judge(confront(records("activity", "1-2", "3-3"), theirs)).findings == []


def test_a_whole_form_of_another_department_is_one_finding() -> None:
    outcome = xrf004.judge(confront(records("activity", "3-1", "3-2", "3-3")))
    (finding,) = outcome.findings
    assert (finding.variant, finding.data["count"], len(finding.cells)) == ("all", 3, 3)


def covered(*drawings: Drawn) -> Confrontation:
    """Drawn returns whose covers are known: the department stands in 表紙!C5."""
    data = confront(*drawings)
    covers = [
        Submission(
            it.file, "", 0, it.department, {"department": it.department}, {"department": CellRef(it.file, "表紙", 5, 3)}
        )
        for it in drawings
    ]
    return replace(data, submissions=tuple(covers))


def test_a_return_full_of_another_department_s_records_is_one_finding_of_its_cover() -> None:
    theirs = [records("activity", "3-1", "3-2"), records("outcome", "3-1", "3-2")]
    (finding,) = xrf004.judge(covered(*theirs)).findings
    assert (finding.variant, finding.cell, finding.found, finding.expected) == ("return", "C5", CRISIS, WELFARE)
    assert (finding.data["count"], finding.data["forms"]) == (4, ("activity", "outcome"))
    assert len(finding.cells) == 5


def test_a_return_with_own_records_is_not_doubted_as_a_whole() -> None:
    found = xrf004.judge(covered(records("activity", "3-1", "3-2"), records("outcome", "1-2"))).findings
    assert [finding.variant for finding in found] == ["all"]


def test_a_programme_of_another_department_is_one_finding() -> None:
    outcome = xrf004.judge(confront(budget("1 | 名 | 01-001 | 甲", "3 | 名 | 03-001 | 乙", "3 | 名 | 03-002 | 丙")))
    (finding,) = outcome.findings
    assert (finding.cell, [part.ref.a1 for part in finding.cells]) == ("A3", ["A3", "A4"])


def test_a_return_of_nobody_known_cannot_be_judged() -> None:
    outcome = xrf004.judge(confront(records("activity", "1-2", department="")))
    assert (outcome.findings, [u.why for u in outcome.unjudged]) == ([], ["department_not_known"])
