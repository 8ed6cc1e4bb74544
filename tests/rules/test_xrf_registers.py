"""XRF over registers of several parts and several owners, and registers that leave a name open."""

from __future__ import annotations

from reconcile.messages import render
from reconcile.packs import load
from reconcile.rules import xrf001, xrf002, xrf003, xrf004
from reconcile.rules.registers import Register
from tests.rules.drawing import Drawn, confront, outcome_of


def test_a_name_that_the_register_leaves_open_is_not_compared() -> None:
    head = "measure | name | number | goal\n"
    text = f"{head}1-1⑥ | 就労 | 1 | 誰もが働ける。\n1-1⑦ | 教育課程 | 1 | 調整中"
    data = confront(Drawn("goals", text, department="経済産業部"), pack=load("council2023"))
    found = xrf003.judge(data)
    assert [(finding.field, finding.found) for finding in found.findings] == [("name", "教育課程")]
    assert found.unjudged == []


def test_an_unknown_key_of_several_parts_names_all_its_cells() -> None:
    text = "measure | name | number\n1-1⑮ | 就労 | 1"
    data = confront(Drawn("goals", text, department="経済産業部"), pack=load("council2023"))
    (finding,) = xrf001.judge(data).findings
    assert {part.ref.a1 for part in finding.cells} == {"A2", "C2"}


def listed(*outputs: str) -> tuple[list[str], list[str]]:
    """What is unknown and what is missing of the hidden list of fund2024: the keys meant, and those said to lack."""
    text = "theme | output\n" + "\n".join(outputs)
    data = confront(Drawn("interventions", text, department="Eastholm Council"), pack=load("fund2024"))
    unknown = [str(finding.data["nearest"]) for finding in xrf001.judge(data).findings]
    lacking = [f for f in xrf002.judge(data).findings if f.form == "interventions" and f.record.startswith("Green")]
    return unknown, [f"{finding.record} {finding.variant}" for finding in lacking]


GREEN = ("Green places | Parks improved", "Green places | Green space created")


def test_a_key_in_words_that_lacks_a_word_is_the_one_that_is_missing() -> None:
    unknown, missing = listed("Green places | Trees", *GREEN)
    assert unknown == ["Green places/Trees planted"]
    assert missing == ["Greenplaces/Treesplanted near"]


def test_another_word_is_nobodys() -> None:
    unknown, missing = listed("Green places | Shrubs", *GREEN)
    assert unknown == [""]
    assert missing == ["Greenplaces/Treesplanted header"]


def areas(department: str, *rows: str, file: str = "a.xlsx") -> Drawn:
    return Drawn("population", "area | area_name | population\n" + "\n".join(rows), file, department)


def test_a_record_that_two_departments_owe_is_answered_by_both() -> None:
    data = confront(
        areas("北沢総合支所", "2 | 北沢地域 | 1", file="a.xlsx"),
        areas("地域行政部", "2 | 北沢地域 | 1", file="b.xlsx"),
        pack=load("districts2022"),
    )
    outcome = xrf004.judge(data)
    assert (outcome.passed, outcome.findings) == (2, [])


def test_each_owner_misses_it() -> None:
    data = confront(
        areas("北沢総合支所", "2-1 | 梅丘地区 | 1", file="a.xlsx"),
        areas("地域行政部", "0 | 全区 | 1", file="b.xlsx"),
        pack=load("districts2022"),
    )
    missing = {(f.department, f.record) for f in xrf002.judge(data).findings if f.form == "population"}
    assert {("北沢総合支所", "2"), ("地域行政部", "2")} <= missing


def test_a_third_department_is_not_among_the_owners() -> None:
    data = confront(areas("玉川総合支所", "2 | 北沢地域 | 1", "3 | 玉川地域 | 1"), pack=load("districts2022"))
    (finding,) = xrf004.judge(data).findings
    assert (finding.record, finding.expected) == ("2", "北沢総合支所")


def test_answers_of_all_owners_are_no_duplicates() -> None:
    head = "measure | name | number | goal\n"
    one = Drawn("goals", f"{head}1-1⑥ | 就労 | 1 | x", "a.xlsx", "経済産業部")
    two = Drawn("goals", f"{head}1-1⑥ | 就労 | 1 | x", "b.xlsx", "危機管理部")
    (finding,) = outcome_of("DUP003", confront(one, two, pack=load("council2023"))).findings
    assert finding.department == "危機管理部"


def said(*outputs: str, lang: str = "en") -> list[str]:
    """The sentences about the themes of the hidden list that begin with Green."""
    text = "theme | output\n" + "\n".join(outputs)
    pack = load("fund2024")
    data = confront(Drawn("interventions", text, department="Eastholm Council"), pack=pack)
    found = [*xrf001.judge(data).findings, *xrf002.judge(data).findings]
    return [render(finding, pack, lang) for finding in found if finding.record.startswith("Green")]


def test_a_key_in_words_is_said_as_the_register_writes_it_and_once() -> None:
    assert said("Green places | Trees", *GREEN) == [
        '"Trees" in 施策の一覧!B2 (Green places/Trees × Output) is not in the register. Please check the Output. '
        'Probably meant: "Green places/Trees planted".',
        'Theme list lacks "Green places/Trees planted". B2, "Trees", is probably this record. Please check the Output.',
    ]
    assert said(*GREEN, lang="ja") == [
        "施策の一覧に「Green places/Trees planted」がありません。見出しの行（施策の一覧）の下に行を加えて記入してください。"
    ]


class Counted(dict[str, str]):
    """A row of a register that counts how often it is asked."""

    asked = 0

    def __getitem__(self, key: str) -> str:
        Counted.asked += 1
        return super().__getitem__(key)


def test_what_each_of_many_departments_owes_is_read_off_the_register_once() -> None:
    link = load("fund2024").forms["projects"].register_link
    assert link is not None
    Counted.asked = 0
    register = Register(link, {f"p{n}": Counted({link.key: f"p{n}", link.department: f"d{n}"}) for n in range(300)})
    assert [list(register.expected_of(f"d{n}")) for n in range(300)] == [[f"p{n}"] for n in range(300)]
    assert [register.owes("d7", key) for key in ("p7", "p8")] == [True, False]
    assert Counted.asked == 300
