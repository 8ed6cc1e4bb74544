"""DUP003: two departments, one record. DUP004: nearly one name under two numbers."""

import pytest

from reconcile.packs.model import FormField
from tests.rules.drawing import Drawn, confront, outcome_of, plan

ROADS, WELFARE, CRISIS = "道路・交通計画部", "保健福祉政策部", "危機管理部"
# The names of the printed plan's budget projects, programme by programme.
BUDGET = {
    "01": "地域防災啓発事業 地域防災整備事業 地域防災研修・人材育成 地域防災委託事業 地域防災調査検討",
    "02": "耐震・豪雨対策助成事業 耐震・豪雨対策整備事業 耐震・豪雨対策研修・人材育成",
    "05": "障害者地域生活整備事業 障害者地域生活助成事業 障害者地域生活委託事業 障害者地域生活調査検討",
    "15": "教育総合センター啓発事業 教育総合センター委託事業",
    "16": "人権・男女共同参画委託事業 人権・男女共同参画啓発事業 人権・男女共同参画助成事業",
    "18": "ごみ減量・リサイクル事務管理 ごみ減量・リサイクル運営事業 ごみ減量・リサイクル委託事業",
    "19": "地区街づくり啓発事業 地区街づくり助成事業",
}


def answers(form: str, *numbers: str, department: str, file: str) -> Drawn:
    return Drawn(form, "\n".join(("number | name", *(f"{number} | 名" for number in numbers))), file, department)


def items(*lines: str, file: str = "a.xlsx", department: str = CRISIS) -> Drawn:
    return Drawn("budget", "\n".join(("programme | code | name", *lines)), file, department)


def test_a_record_of_two_departments_is_corrected_where_the_register_does_not_look() -> None:
    for first, second in ((CRISIS, ROADS), (ROADS, CRISIS)):
        data = confront(
            answers("activity", "1-2", department=first, file=f"{first}.xlsx"),
            answers("activity", "1-2", "2-1", department=second, file=f"{second}.xlsx"),
        )
        outcome = outcome_of("DUP003", data)
        (finding,) = outcome.findings
        assert (finding.department, finding.ref.file, finding.cell) == (ROADS, f"{ROADS}.xlsx", "A2")
        assert (finding.variant, finding.data["others"], outcome.passed) == ("", (CRISIS,), 1)
        assert [(part.role, part.ref.file) for part in finding.cells] == [
            ("answer", f"{ROADS}.xlsx"),
            ("other_answer", f"{CRISIS}.xlsx"),
        ]


def test_a_record_that_none_of_the_two_owes_is_found() -> None:
    data = confront(
        answers("activity", "1-2", department=ROADS, file="a.xlsx"),
        answers("activity", "１-２", department=WELFARE, file="b.xlsx"),
    )
    (finding,) = outcome_of("DUP003", data).findings
    assert (finding.variant, finding.ref.file, finding.data["register_department"]) == ("nobody", "b.xlsx", CRISIS)


def test_one_item_in_two_programmes_is_no_double_answer() -> None:
    data = confront(items("8 | 99-007 | 甲", file="a.xlsx"), items("10 | 99-007 | 甲", file="b.xlsx", department=ROADS))
    outcome = outcome_of("DUP003", data)
    assert (outcome.findings, outcome.passed) == ([], 2)


def test_one_department_twice_is_not_judged_here() -> None:
    data = confront(
        answers("activity", "1-2", "1-2", department=CRISIS, file="a.xlsx"),
        answers("activity", "1-2", "", department=CRISIS, file="b.xlsx"),
    )
    assert (outcome_of("DUP003", data).findings, outcome_of("DUP003", data).passed) == ([], 1)


def test_answers_of_nobody_known_are_left_out() -> None:
    data = confront(
        answers("activity", "1-2", department=CRISIS, file="a.xlsx"),
        answers("activity", "1-2", department="", file="b.xlsx"),
    )
    assert outcome_of("DUP003", data).findings == []


def test_the_printed_budget_projects_raise_no_alarm() -> None:
    lines = [
        f"{int(programme)} | {programme}-{number:03} | {name}"
        for programme, names in BUDGET.items()
        for number, name in enumerate(names.split(), start=1)
    ]
    outcome = outcome_of("DUP004", confront(items(*lines)))
    assert (outcome.findings, outcome.passed) == ([], len(lines))


@pytest.mark.parametrize(
    ("one", "other", "variant"),
    [
        ("認知症施策啓発事業", "認知症施策の啓発事業", ""),
        ("コミュニティ交通運行支援事業", "コミュニティー交通運行支援事業", ""),
        ("街づくり推進事業", "街づくり推進事業", "same"),
        ("街づくり推進事業", "街 づくり 推進事業", "same"),
    ],
)
def test_nearly_one_name_under_two_codes_is_found_once(one: str, other: str, variant: str) -> None:
    data = confront(
        items(f"4 | 04-002 | {one}", file="a.xlsx"),
        items(f"4 | 04-004 | {other}", file="b.xlsx", department=ROADS),
    )
    outcome = outcome_of("DUP004", data)
    (finding,) = outcome.findings
    assert (finding.ref.file, finding.cell, finding.variant) == ("b.xlsx", "C2", variant)
    assert (finding.data["key"], finding.data["other_key"], finding.data["other_name"]) == ("04-004", "04-002", one)
    assert [part.ref.file for part in finding.cells] == ["b.xlsx", "a.xlsx"]
    assert outcome.passed == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("高齢者総合支援センター運営業務委託①", "高齢者総合支援センター運営業務委託②"),
        ("第1期地域福祉計画策定支援業務委託", "第2期地域福祉計画策定支援業務委託"),
        ("区立小学校施設改築及び改修事業", "区立中学校施設改築及び改修事業"),
        ("会計年度任用職員の常勤化支援研修事業", "会計年度任用職員の非常勤化支援研修事業"),
        ("ひとり親家庭等自立支援給付金支給助成事業の事務", "ひとり親家庭等自立支援給付金支給啓発事業の事務"),
    ],
)
def test_what_tells_two_things_apart_is_no_slip(one: str, other: str) -> None:
    assert outcome_of("DUP004", confront(items(f"4 | 04-001 | {one}", f"4 | 04-002 | {other}"))).findings == []


def test_one_code_in_several_programmes_is_one_name() -> None:
    outcome = outcome_of("DUP004", confront(items("8 | 99-007 | 地域情報発信", "10 | 99-007 | 地域情報発信")))
    assert (outcome.findings, outcome.passed) == ([], 1)


def test_names_of_the_register_are_aside() -> None:
    text = (
        "number | name\n9-3① | 地域貢献活動を実施した高齢者の人数（延べ数）\n9-6 | 地域貢献活動を実施した高齢者の人数"
    )
    outcome = outcome_of("DUP004", confront(Drawn("activity", text)))
    assert outcome.findings == []
    text = text.replace("人数\n", "人数\n").replace(
        "9-6 | 地域貢献活動を実施した高齢者の人数", "9-6 | 地域貢献活動を実施する高齢者の人数（延べ数）"
    )
    (finding,) = outcome_of("DUP004", confront(Drawn("activity", text))).findings
    # The unregistered one is the finding, also where it stands first.
    assert (finding.cell, finding.data["key"], finding.data["other_key"]) == ("B3", "9-6", "9-3①")
    head, registered, strange = text.splitlines()
    (finding,) = outcome_of("DUP004", confront(Drawn("activity", "\n".join((head, strange, registered))))).findings
    assert (finding.cell, finding.data["key"]) == ("B2", "9-6")


def test_relisted_rows_and_rows_without_name_or_code_are_aside() -> None:
    lines = (
        "4 | 04-002 | 認知症施策啓発事業",
        "4 | 04-009 | 認知症施策啓発事業（再掲）",
        "4 | | 認知症施策啓発事業",
        "4 | 04-008 |",
    )
    outcome = outcome_of("DUP004", confront(items(*lines)))
    assert (outcome.findings, outcome.passed) == ([], 1)


def test_names_of_a_fixed_list_are_aside() -> None:
    pack = plan()
    form = pack.forms["budget"]
    listed = FormField(type="code", label="予算事業名", list="lists/basis.csv")
    fields = {**form.fields, "name": listed}
    pack = type(pack)(
        **{
            **{name: getattr(pack, name) for name in pack.__dataclass_fields__},
            "forms": {**pack.forms, "budget": form.model_copy(update={"fields": fields})},
        }
    )
    data = confront(items("4 | 04-002 | 認知症施策啓発事業", "4 | 04-003 | 認知症施策啓発事業"), pack=pack)
    assert (outcome_of("DUP004", data).findings, outcome_of("DUP004", data).passed) == ([], 0)
