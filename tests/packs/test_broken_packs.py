"""Packs with a mistake: each is said with its file, its line, and what was expected, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from writing_packs import COVER, DEPARTMENTS, MAIN, write_pack

from reconcile.packs import PackError, load
from reconcile.packs.problems import Problem
from tests.cli.commands import command

FORM = """form: projects
name: {ja: 様式1, en: Form 1}
title: {ja: 事業, en: Projects}
layout: table
key: [name]
fields:
  name:
    type: key
    label: 事業
  state: {type: code, label: 状況, list: lists/states.csv}
  amount:
    type: money
    columns:
      - {label: 計画, version: planned}
      - {label: 実績, version: spent}
register:
  file: registers/projects.csv
  key: key
  department: department
checks:
  - {code: FLD001, cell: state, beside: [amount.spent]}
  - {code: BAL002, amounts: amount}
"""
FILES = {
    "lists/states.csv": "state,word\n1,予定どおり\n2,遅れ\n",
    "registers/projects.csv": "key,name,department\nA,新館,危機管理部\nB,別館,道路部\n",
}

# What is changed (file, was, is), where it is said (file, line), the keys that lead there, and words of the sentence.
Case = tuple[str, str, str, str, int, str, str]
CASES: list[Case] = [
    (
        "projects.yaml",
        "layout: table\n",
        "layout: table\nbeside: project\n",
        "projects.yaml",
        5,
        "beside",
        'no form "project"',
    ),
    # keys
    ("projects.yaml", "layout: table", "layuot: table", "projects.yaml", 4, "layuot", 'did you mean "layout"'),
    (
        "projects.yaml",
        "    label: 事業",
        "    lable: 事業",
        "projects.yaml",
        9,
        "fields.name.lable",
        'did you mean "label"',
    ),
    (
        "projects.yaml",
        "    label: 事業",
        "    xyzzy: 事業",
        "projects.yaml",
        9,
        "fields.name.xyzzy",
        "there are type, label",
    ),
    ("projects.yaml", "cell: state", "cel: state", "projects.yaml", 21, "checks[1].cel", 'did you mean "cell"'),
    ("projects.yaml", "key: [name]\n", "", "projects.yaml", 1, "", "a form needs a key"),
    (
        "projects.yaml",
        "  file: registers/projects.csv\n",
        "",
        "projects.yaml",
        16,
        "register",
        'the key "file" is missing',
    ),
    ("projects.yaml", "title: {ja: 事業, en: Projects}\n", "", "projects.yaml", 1, "", 'the key "title" is missing'),
    # values
    ("projects.yaml", "layout: table", "layout: tabel", "projects.yaml", 4, "layout", 'did you mean "table"'),
    ("projects.yaml", "type: money", "type: mony", "projects.yaml", 12, "fields.amount.type", 'did you mean "money"'),
    ("projects.yaml", "key: [name]", "key: name", "projects.yaml", 5, "key", "expected a list"),
    ("projects.yaml", "form: projects", "form: 事業", "projects.yaml", 1, "form", "is no identifier"),
    (
        "projects.yaml",
        "    label: 事業",
        "    label: 事業\n    longest: 二百",
        "projects.yaml",
        10,
        "fields.name.longest",
        "expected a whole number",
    ),
    (
        "projects.yaml",
        "    label: 事業",
        "    label: 事業\n    required: 3",
        "projects.yaml",
        10,
        "fields.name.required",
        "expected true or false or a list",
    ),
    (
        "projects.yaml",
        "    label: 事業",
        "    label: 事業\n    pattern: '('",
        "projects.yaml",
        10,
        "fields.name.pattern",
        "cannot be read",
    ),
    (
        "projects.yaml",
        "    label: 事業",
        "    label: 事業\n    like: postcod_uk",
        "projects.yaml",
        10,
        "fields.name.like",
        'did you mean "postcode_uk"',
    ),
    (
        "projects.yaml",
        "    label: 事業",
        "    label: 事業\n    pattern: '[0-9]'\n    example: 甲",
        "projects.yaml",
        7,
        "fields.name",
        "does not fit the pattern",
    ),
    ("projects.yaml", "code: BAL002", "code: BAL020", "projects.yaml", 22, "checks[2]", "is none of"),
    ("projects.yaml", "{code: BAL002, ", "{", "projects.yaml", 22, "checks[2]", 'the key "code" is missing'),
    ("projects.yaml", ", list: lists/states.csv", "", "projects.yaml", 10, "fields.state", "a code needs its list"),
    # parts that do not go together
    ("projects.yaml", "layout: table", "layout: block", "projects.yaml", 1, "", "a block needs rows"),
    ("projects.yaml", "layout: table", "layout: matrix", "projects.yaml", 1, "", "a matrix needs lines"),
    ("projects.yaml", ", beside: [amount.spent]", "", "projects.yaml", 21, "checks[1]", "give beside or when"),
    # names that lead nowhere
    ("projects.yaml", "key: [name]", "key: [nam]", "projects.yaml", 5, "key[1]", 'did you mean "name"'),
    ("projects.yaml", "cell: state", "cell: sate", "projects.yaml", 21, "checks[1].cell", 'did you mean "state"'),
    (
        "projects.yaml",
        "[amount.spent]",
        "[amount.spend]",
        "projects.yaml",
        21,
        "checks[1].beside[1]",
        'did you mean "amount.spent"',
    ),
    (
        "projects.yaml",
        "lists/states.csv",
        "lists/state.csv",
        "projects.yaml",
        10,
        "fields.state.list",
        'did you mean "lists/states.csv"',
    ),
    (
        "projects.yaml",
        "key: key",
        "key: number",
        "projects.yaml",
        18,
        "register.key",
        'no column "number" in registers/projects.csv',
    ),
    (
        "projects.yaml",
        "  department: department",
        "  department: departmnt",
        "projects.yaml",
        19,
        "register.department",
        'did you mean "department"',
    ),
    (
        "projects.yaml",
        "{code: BAL002, amounts: amount}",
        "{code: XRF001, field: name, form: project}",
        "projects.yaml",
        22,
        "checks[2].form",
        'did you mean "projects"',
    ),
    (
        "projects.yaml",
        "{code: BAL002, amounts: amount}",
        "{code: XRF001, field: name, other: projects.nam}",
        "projects.yaml",
        22,
        "checks[2].other",
        'did you mean "name"',
    ),
    (
        "registers/projects.csv",
        "B,別館,道路部",
        "B,別館,道路課",
        "registers/projects.csv",
        3,
        "department",
        'did you mean "道路部"',
    ),
    (
        "projects.yaml",
        "checks:",
        "owed_by: [危機管理課]\nchecks:",
        "projects.yaml",
        20,
        "owed_by[1]",
        'did you mean "危機管理部"',
    ),
    (
        "pack.yaml",
        "forms: [projects.yaml]",
        "forms: [project.yaml]",
        "pack.yaml",
        7,
        "forms[1]",
        'did you mean "projects.yaml"',
    ),
    (
        "pack.yaml",
        "departments: departments.csv",
        "departments: department.csv",
        "pack.yaml",
        6,
        "departments",
        'did you mean "departments.csv"',
    ),
    (
        "pack.yaml",
        "forms:",
        "severity: {BAL01: warning}\nforms:",
        "pack.yaml",
        7,
        "severity.BAL01",
        'did you mean "BAL001"',
    ),
    (
        "pack.yaml",
        "forms: [projects.yaml]",
        "forms: [projects.yaml, cover.yaml]",
        "cover.yaml",
        4,
        "layout",
        "layout: card is for the cover alone",
    ),
    # files
    ("projects.yaml", "key: [name]", "key: [name", "projects.yaml", 6, "", "not readable as YAML"),
    ("projects.yaml", "    type: key", "    type: key\n    type: text", "projects.yaml", 9, "", "not readable as YAML"),
    ("registers/projects.csv", "B,別館,道路部", "B,別館", "registers/projects.csv", 3, "", "expected 3 columns"),
    (
        "registers/projects.csv",
        "B,別館,道路部",
        'B,"別"館,道路部',
        "registers/projects.csv",
        3,
        "",
        "not readable as CSV",
    ),
    ("departments.csv", "name,also", "nam,also", "departments.csv", 1, "", 'no column "name"'),
    # names of pack.yaml
    (
        "projects.yaml",
        "version: planned",
        "version: plan",
        "projects.yaml",
        14,
        "fields.amount.columns[1].version",
        'did you mean "planned"',
    ),
    (
        "projects.yaml",
        "version: spent}",
        "version: spent, period: 2025}",
        "projects.yaml",
        15,
        "fields.amount.columns[2].period",
        'write "2025"',
    ),
    (
        "projects.yaml",
        "version: spent}",
        "version: spent, period: total}",
        "projects.yaml",
        15,
        "fields.amount.columns[2].period",
        'no period "total" in pack.yaml; there are 2023, 2024',
    ),
    (
        "registers/projects.csv",
        "A,新館,危機管理部",
        "A,新館,危機管理部、道路部",
        "registers/projects.csv",
        2,
        "department",
        'part the names with ; in "危機管理部、道路部": "危機管理部;道路部"',
    ),
    ("pack.yaml", "forms:", "deadline: 4月末\nforms:", "pack.yaml", 7, "deadline", '"4月末" is no day'),
    # lists that a check reads
    (
        "projects.yaml",
        "  - {code: BAL002, amounts: amount}",
        "  - {code: PRG003, target: amount.planned, start: amount.spent, register: registers/projects.csv, direction: dir}",
        "projects.yaml",
        22,
        "checks[2].direction",
        'no column "dir" in registers/projects.csv',
    ),
    (
        "projects.yaml",
        "  - {code: BAL002, amounts: amount}",
        "  - {code: FLD001, cell: amount.spent, when: {state: [遅延]}}",
        "projects.yaml",
        22,
        "checks[2].when.state[1]",
        'no word "遅延" in lists/states.csv',
    ),
    (
        "cover.yaml",
        "{department: ",
        "{organisation: ",
        "cover.yaml",
        5,
        "fields",
        "the cover needs the field department",
    ),
]


def broken(folder: Path, *changes: tuple[str, str, str]) -> list[Problem]:
    """The problems of the pack with some texts changed."""
    texts = {
        "pack.yaml": MAIN.lstrip() % "projects.yaml",
        "cover.yaml": COVER.lstrip(),
        "departments.csv": DEPARTMENTS,
        "projects.yaml": FORM,
        **FILES,
    }
    for file, was, now in changes:
        assert was in texts[file], (file, was)
        texts[file] = texts[file].replace(was, now, 1)
    write_pack(folder, {}, texts)
    try:
        load(str(folder))
    except PackError as wrong:
        return list(wrong.problems)
    return []


def test_as_it_stands_it_is_whole(tmp_path: Path) -> None:
    assert broken(tmp_path) == []


@pytest.mark.parametrize("case", CASES, ids=[f"{c[3]}:{c[4]} {c[6]}" for c in CASES])
def test_a_mistake_is_said_where_it_stands(tmp_path: Path, case: Case) -> None:
    file, was, now, said_in, line, where, words = case
    problems = broken(tmp_path, (file, was, now))
    assert [(p.path.relative_to(tmp_path).as_posix(), p.line, p.where) for p in problems] == [(said_in, line, where)]
    assert words in problems[0].text("en"), problems[0].text("en")
    japanese = problems[0].text("ja").split(": ", 1)[1]
    assert re.search("[ぁ-ん]", japanese), japanese
    assert "{" not in re.sub(r"\{ja: .*?\}", "", japanese)


ROWS: list[tuple[str, str, str, int, str, str]] = [  # a check, its list and that list's text; line, column, words
    (
        "{code: FLD012, label: name, amounts: amount, list: lists/x.csv}",
        "label,units\n館数,人\n館(数,人\n",
        "lists/x.csv", 3, "label", "cannot be read as a regular expression",
    ),
    (
        "{code: FLD012, label: name, amounts: amount, list: lists/x.csv}",
        "label,unit\n館数,人\n",
        "lists/x.csv", 1, "", 'did you mean "unit"',
    ),
    (
        "{code: BAL006, amounts: amount, by: name, control: lists/x.csv}",
        "slot,value\namount.planned,100\namount.spend,100\n",
        "lists/x.csv", 3, "slot", 'did you mean "amount.spent"',
    ),
    (
        "{code: BAL006, amounts: amount, by: name, control: lists/x.csv}",
        "slot,value\namount.planned,約百\n",
        "lists/x.csv", 2, "value", '"約百" is no figure',
    ),
    (
        "{code: BAL006, amounts: amount, by: name, control: lists/x.csv}",
        "slot,total\namount.planned,100\n",
        "lists/x.csv", 1, "", 'no column "value"',
    ),
    (
        "{code: BAL008, amounts: [amount.spent], by: {name: name}, limit: limit, list: lists/x.csv}",
        "name,limit\nA,1200万\n",
        "lists/x.csv", 2, "limit", '"1200万" is no figure',
    ),
    (
        "{code: PRG003, target: amount.planned, start: amount.spent, register: lists/x.csv, direction: way}",
        "key,way\nA,higher\nB,up\n",
        "lists/x.csv", 3, "way", '"up" is none of higher, lower',
    ),
    (
        "{code: REV006, target: amount.planned, name: name, notes: lists/x.csv}",
        "mark,says\n※１,target_revisd\n",
        "lists/x.csv", 2, "says", 'did you mean "target_revised"',
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", ROWS, ids=[f"{c[0][7:13]} {c[3]} {c[5]}" for c in ROWS])
def test_a_mistake_in_a_list_is_said_where_it_stands(tmp_path: Path, case: tuple[str, str, str, int, str, str]) -> None:
    check, text, said_in, line, where, words = case
    files = {**FILES, "lists/x.csv": text}
    write_pack(tmp_path, {"projects": FORM.replace("{code: BAL002, amounts: amount}", check)}, files)
    with pytest.raises(PackError) as wrong:
        load(str(tmp_path))
    problems = wrong.value.problems
    assert [(p.path.relative_to(tmp_path).as_posix(), p.line, p.where) for p in problems] == [(said_in, line, where)]
    assert words in problems[0].text("en"), problems[0].text("en")


def test_commas_in_a_figure_of_a_list_are_read(tmp_path: Path) -> None:
    check = "{code: BAL006, amounts: amount, by: name, control: lists/x.csv}"
    files = {**FILES, "lists/x.csv": 'slot,value\namount.planned,"1,000"\n'}
    load(str(write_pack(tmp_path, {"projects": FORM.replace("{code: BAL002, amounts: amount}", check)}, files)))


def test_several_mistakes_are_said_at_once_from_the_top(tmp_path: Path) -> None:
    problems = broken(
        tmp_path,
        ("projects.yaml", "[amount.spent]", "[amount.spend]"),
        ("projects.yaml", "key: [name]", "key: [nam]"),
        ("registers/projects.csv", "道路部", "道路課"),
        ("registers/projects.csv", "危機管理部", "危機管理課"),
    )
    assert [(p.path.name, p.line) for p in problems] == [
        ("projects.yaml", 5),
        ("projects.yaml", 21),
        ("projects.csv", 2),
        ("projects.csv", 3),
    ]


def test_several_mistakes_of_one_file_are_said_at_once(tmp_path: Path) -> None:
    problems = broken(
        tmp_path,
        ("projects.yaml", "layout: table", "layuot: table"),
        ("projects.yaml", "type: money", "type: mony"),
        ("projects.yaml", "cell: state", "cel: state"),
    )
    # A key that is misspelt is also missing; where that follows, it is said of the same file.
    assert {p.line for p in problems} >= {4, 12, 21}


@pytest.mark.parametrize(
    ("lang", "head"), [("ja", "様式定義「bad」に誤りがあります。"), ("en", 'The pack "bad" has a mistake.')]
)
def test_the_command_says_them_all(tmp_path: Path, lang: str, head: str) -> None:
    folder = tmp_path / "bad"
    assert broken(
        folder, ("projects.yaml", "cell: state", "cell: sate"), ("projects.yaml", "key: [name]", "key: [nam]")
    )
    said = command("packs", folder, "--validate", "--lang", lang)
    assert (said.code, said.out) == (2, "")
    lines = said.err.splitlines()
    assert lines[0].startswith(head)
    assert [line.split(": ")[0] for line in lines[1:]] == [f"{folder / 'projects.yaml'}:{line}" for line in (5, 21)]


def test_a_folder_without_a_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no pack"):
        load(str(tmp_path))


def test_not_utf_8(tmp_path: Path) -> None:
    broken(tmp_path)
    (tmp_path / "projects.yaml").write_bytes(FORM.encode("cp932"))
    with pytest.raises(PackError, match=r"projects\.yaml:2: not UTF-8"):
        load(str(tmp_path))


def test_a_day_needs_no_quotation_marks(tmp_path: Path) -> None:
    form = FORM.replace("    label: 事業", "    label: 事業\n  day: {type: date, label: 日, earliest: 2024-04-01}")
    texts = {"pack.yaml": f"{MAIN.lstrip() % 'projects.yaml'}deadline: 2025-04-20\n", **FILES}
    pack = load(str(write_pack(tmp_path, {"projects": form}, texts)))
    assert str(pack.deadline) == "2025-04-20"
    assert str(pack.forms["projects"].fields["day"].earliest) == "2024-04-01"


def test_a_table_of_one_column_needs_tags(tmp_path: Path) -> None:
    form = """form: areas
name: {ja: 様式1, en: Form 1}
title: {ja: 地区, en: Areas}
layout: table
key: [name]
fields:
  name: {type: key, label: 地区}
owed_by: [道路部]
"""
    with pytest.raises(PackError) as wrong:
        load(str(write_pack(tmp_path / "without", {"areas": form})))
    assert [problem.key for problem in wrong.value.problems] == ["one_column"]
    assert load(str(write_pack(tmp_path / "with", {"areas": form + "tags: {start: A-START, end: A-END}\n"})))
