"""Tags of a template, titles that tell forms with the same labels apart, examples, sheets of a project, placeholders."""

from __future__ import annotations

import pytest
from drawn_sheets import codes, drawn, values

from reconcile.extract import Extracted, extract
from reconcile.locate import Grid, Vocabulary
from reconcile.packs import Pack, load

PACK = {
    "pack.yaml": """
pack: fund
title: {ja: 基金, en: Fund}
cover: cover.yaml
periods: {"2023-Q1": {ja: Q1, en: Q1}, "2023-Q2": {ja: Q2, en: Q2}}
versions: {actual: {ja: 実績, en: actual}}
departments: departments.csv
forms: [outputs.yaml, outcomes.yaml, risks.yaml, spend.yaml]
blanks: ["< Select >"]
""",
    "cover.yaml": """
form: cover
name: {ja: 表紙, en: Cover}
title: {ja: 表紙, en: Cover}
layout: card
fields: {department: {type: text, label: Organisation, required: true}}
""",
    "outputs.yaml": """
form: outputs
name: {ja: アウトプット, en: Outputs}
title: {ja: 活動の量, en: Amounts of activity}
layout: table
tags: {start: F-OUT-START, end: F-OUT-END}
key: [name]
fields: &fields
  name: {type: key, label: Measure, required: true}
  unit: {type: text, label: Unit}
  amount: {type: measure, columns: [{label: [Financial year, Q1], period: 2023-Q1}, {label: [Financial year, Q2], period: 2023-Q2}]}
""",
    "outcomes.yaml": """
form: outcomes
name: {ja: アウトカム, en: Outcomes}
title: {ja: 効果, en: Effects}
titles: [Results for people]
layout: table
tags: {start: F-OUTCOME-START, end: F-OUTCOME-END}
key: [name]
fields:
  name: {type: key, label: Measure, required: true}
  unit: {type: text, label: Unit}
  amount: {type: measure, columns: [{label: [Financial year, Q1], period: 2023-Q1}, {label: [Financial year, Q2], period: 2023-Q2}]}
""",
    "risks.yaml": """
form: risks
name: {ja: リスク, en: Risks}
title: {ja: リスク, en: Risk register}
layout: table
key: [project, name]
counts_with: [name, owner]
examples: {words: ["Example:"], field: name}
fields:
  project: {type: key, sheet: {label: [Project name]}, required: true}
  name: {type: key, label: Risk, required: true}
  level: {type: text, label: Level}
  owner: {type: text, label: Owner}
""",
    "spend.yaml": """
form: spend
name: {ja: 支出, en: Spend}
title: {ja: 支出, en: Spend}
layout: table
key: [project, line]
examples: {first: 1}
fields:
  project: {type: key, sheet: {name: 'Project (\\w+)'}, required: true}
  line: {type: key, label: Line, required: true}
  planned: {type: measure, columns: [{label: Planned}]}
  spent: {type: measure, columns: [{label: Spent}]}
""",
    "departments.csv": "name,also\nSummerport,\n",
}

TABLE = """
Measure | Unit | Financial year | | Note
 | | Q1 | Q2 |
Trees | trees | 10 | 20 |
Benches | benches | 3 | 4 |
"""


@pytest.fixture(scope="module")
def fund(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("fund")
    for name, text in PACK.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load(str(folder))


def read(fund: Pack, *grids: Grid) -> Extracted:
    return extract(list(grids), fund, Vocabulary(fund.forms, fund.tables), "return.xlsx")


def tagged(tag: str, table: str = TABLE, *, title: str = "") -> str:
    return f"F-{tag}-START | {title}\n{table.strip()}\nF-{tag}-END |\n"


def test_tables_with_the_same_labels_are_told_by_their_tags(fund: Pack) -> None:
    text = tagged("OUT") + "|\n" + tagged("OUTCOME", TABLE.replace("Trees", "Jobs"))
    found = read(fund, drawn(text, merged=("C2:D2", "C10:D10")))
    assert codes(found) == []
    assert {record for record, _, _ in values(found, "outputs")} == {"Trees", "Benches"}
    assert {record for record, _, _ in values(found, "outcomes")} == {"Jobs", "Benches"}


def test_periods_as_columns_are_read_one_value_each(fund: Pack) -> None:
    found = values(read(fund, drawn(tagged("OUT"), merged=("C2:D2",))), "outputs")
    assert found["Trees", "amount..2023-Q1", ""] == "10"
    assert found["Trees", "amount..2023-Q2", ""] == "20"


def test_the_last_row_before_the_end_tag_is_the_last_of_the_table(fund: Pack) -> None:
    below = "Lost | row | 1 | 2 |\n"
    found = read(fund, drawn(tagged("OUT") + below, merged=("C2:D2",)))
    assert {record for record, _, _ in values(found, "outputs")} == {"Trees", "Benches"}


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ("Late | km | 5 | 6", [("LAY006", "under_tag", 4)]),
        ("Late | km | 5 | 6\nLater | km | 7 |", [("LAY006", "under_tag", 7)]),
        ("A note of one text | | |", []),
        ("| | |\nLate | km | 5 | 6", []),
    ],
)
def test_rows_typed_right_below_the_end_tag_are_named(fund: Pack, below: str, said: list[tuple[str, str, int]]) -> None:
    found = read(fund, drawn(f"{tagged('OUT')}{below}\n", merged=("C2:D2",)))
    assert [(f.code, f.variant, f.data["count"]) for f in found.findings if f.code == "LAY006"] == said


def test_an_end_tag_further_right_ends_the_columns_too(fund: Pack) -> None:
    text = TABLE.strip().replace("| Note", "| F-NOT | Note")
    found = read(fund, drawn("F-OUT-START |\n" + text + "\n | | | F-OUT-END |", merged=("C2:D2",)))
    assert codes(found) == []
    assert ("Trees", "amount..2023-Q2", "") in values(found, "outputs")


def test_without_an_end_tag_the_table_ends_before_the_next_one_and_it_is_said(fund: Pack) -> None:
    text = tagged("OUT").replace("F-OUT-END |\n", "") + tagged("OUTCOME")
    found = read(fund, drawn(text, merged=("C2:D2", "C7:D7")))
    assert [(f.code, f.variant, f.form, f.expected) for f in found.findings] == [
        ("LAY008", "tag", "outputs", "F-OUT-END")
    ]
    assert {record for record, _, _ in values(found, "outputs")} == {"Trees", "Benches"}


def test_tags_without_a_table_between_them_are_a_finding(fund: Pack) -> None:
    found = read(fund, drawn("F-OUT-START |\nNothing | here\nF-OUT-END |"))
    assert [(f.code, f.variant, f.form, f.cell) for f in found.findings] == [("LAY001", "tagged", "outputs", "A1")]


def test_without_its_tags_a_form_is_told_by_the_title_above_it(fund: Pack) -> None:
    found = read(fund, drawn("Results for people |\n" + TABLE.strip(), merged=("C2:D2",)))
    assert [(f.code, f.variant, f.form) for f in found.findings] == [("LAY008", "tag", "outcomes")]
    assert values(found, "outputs") == {}
    assert {record for record, _, _ in values(found, "outcomes")} == {"Trees", "Benches"}


@pytest.mark.parametrize(("sheet", "form"), [("Outputs", "outputs"), ("Outcomes (2)", "outcomes")])
def test_without_a_title_the_name_of_the_sheet_tells(fund: Pack, sheet: str, form: str) -> None:
    found = read(fund, drawn(TABLE, merged=("C1:D1",), name=sheet))
    assert {f.form for f in found.findings} == {form}
    assert values(found, form)


def test_the_title_above_goes_over_the_name_of_the_sheet(fund: Pack) -> None:
    found = read(fund, drawn("Outcomes |\n" + TABLE.strip(), merged=("C2:D2",), name="Outputs"))
    assert values(found, "outcomes")
    assert not values(found, "outputs")


def test_two_forms_with_the_same_labels_and_no_name_are_a_finding_and_no_guess(fund: Pack) -> None:
    found = read(fund, drawn(TABLE, merged=("C1:D1",)))
    (finding,) = found.findings
    assert (finding.code, finding.cell, finding.data["forms"]) == ("LAY009", "A1", ("outputs", "outcomes"))
    assert len(found.columns) == 0


RISKS = """
Project name | {project}
|
Risk | Level | Owner
Example: the roof falls in | High | the manager
{risk} | < Select > | {owner}
| < Select > |
"""


def test_each_sheet_tells_its_project_and_the_key_has_it(fund: Pack) -> None:
    one = drawn(RISKS.format(project="Pier", risk="Delay", owner="A"), name="Project 1")
    two = drawn(RISKS.format(project="Park", risk="Delay", owner="B"), name="Project 2")
    found = read(fund, one, two)
    assert codes(found) == []
    assert values(found, "risks") == {
        ("Pier/Delay", "project", ""): "Pier",
        ("Pier/Delay", "name", ""): "Delay",
        ("Pier/Delay", "owner", ""): "A",
        ("Park/Delay", "project", ""): "Park",
        ("Park/Delay", "name", ""): "Delay",
        ("Park/Delay", "owner", ""): "B",
    }
    assert [(c.sheet, c.records) for c in found.forms] == [("Project 1", 1), ("Project 2", 1)]


def test_the_value_a_sheet_tells_stands_in_its_own_cell(fund: Pack) -> None:
    columns = read(fund, drawn(RISKS.format(project="Pier", risk="Delay", owner="A"))).columns
    places = {columns.slot[n]: (columns.row[n], columns.column[n]) for n in range(len(columns))}
    assert places["project"] == (1, 2)


def test_a_sheet_that_does_not_tell_its_project_leaves_the_key_blank(fund: Pack) -> None:
    columns = read(fund, drawn(RISKS.format(project="", risk="Delay", owner="A"))).columns
    assert set(columns.record) == {"/Delay"}
    at = columns.slot.index("project")
    assert (columns.raw[at], columns.row[at], columns.column[at]) == ("", 1, 1)


def test_examples_and_rows_with_nothing_but_a_placeholder_are_no_records(fund: Pack) -> None:
    found = read(fund, drawn(RISKS.format(project="Pier", risk="Delay", owner="A")))
    assert set(found.columns.record) == {"Pier/Delay"}
    assert "< Select >" not in found.columns.raw


def test_what_the_template_prints_in_its_blank_rows_makes_no_record(fund: Pack) -> None:
    text = RISKS.format(project="Pier", risk="Delay", owner="A") + "| Low |\n| Low |\n"
    assert set(read(fund, drawn(text)).columns.record) == {"Pier/Delay"}


def test_the_name_of_the_sheet_may_tell_the_project(fund: Pack) -> None:
    text = "Line | Planned | Spent\nfirst | 1 | 2\nsecond | 3 | 4\n"
    found = read(fund, drawn(text, name="Project A7"))
    assert set(found.columns.record) == {"A7/second"}, "the first row is an example"


def test_between_tags_one_column_is_a_table_and_every_filled_row_a_record(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    forms = """
form: names
name: {ja: 名簿, en: Names}
title: {ja: 名簿, en: Names}
layout: table
tags: {start: LIST-START, end: LIST-END}
hidden: true
key: [name]
fields: {name: {type: key, label: Project names, required: true}}
"""
    folder = tmp_path_factory.mktemp("names")
    for name, text in {**PACK, "names.yaml": forms}.items():
        (folder / name).write_text(text.replace("spend.yaml]", "spend.yaml, names.yaml]"), encoding="utf-8")
    pack = load(str(folder))
    sheet = drawn("LIST-START |\nProject names\nPier\n< Select >\nPark and ride\nLIST-END\nLost |")
    sheet.sheet.visibility = "hidden"
    found = read(pack, sheet)
    assert set(found.columns.record) == {"Pier", "Parkandride"}
    assert codes(found) == [], "the template hides the sheet itself"


def test_thirty_four_tables_with_the_same_labels_on_eleven_sheets(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Some sheets hidden, some tables of one column: each is read as the form of its tags."""
    names = [f"t{number:02d}" for number in range(34)]
    folder = tmp_path_factory.mktemp("many")
    for name, text in PACK.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "pack.yaml").write_text(
        PACK["pack.yaml"].replace(
            "outputs.yaml, outcomes.yaml, risks.yaml, spend.yaml", ", ".join(f"{n}.yaml" for n in names)
        ),
        encoding="utf-8",
    )
    for number, name in enumerate(names):
        narrow = number % 5 == 4
        more = "" if narrow else "  unit: {type: text, label: Unit}\n  amount: {type: decimal, label: Amount}\n"
        text = (
            f"form: {name}\nname: {{ja: {name}, en: {name}}}\ntitle: {{ja: {name}, en: {name}}}\nlayout: table\n"
            f"tags: {{start: XY-{name}-START, end: XY-{name}-END}}\nkey: [name]\nhidden: {str(number >= 30).lower()}\n"
            f"fields:\n  name: {{type: key, label: Measure, required: true}}\n{more}"
        )
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    pack = load(str(folder))
    grids = []
    for sheet in range(11):
        lines: list[str] = []
        for number in range(sheet, 34, 11):
            name = names[number]
            head, row = (
                ("Measure", f"only {name}")
                if number % 5 == 4
                else ("Measure | Unit | Amount", f"one {name} | m | {number}")
            )
            lines += [f"XY-{name}-START", head, row, "< Select >", f"XY-{name}-END", "Something between the tables"]
        grid = drawn("\n".join(lines), name=f"Sheet {sheet}")
        grid.sheet.visibility = "hidden" if sheet > 7 else "visible"
        grids.append(grid)
    found = read(pack, *grids)
    assert [c for c in codes(found) if c != "FIL008"] == []
    assert sorted(form.form for form in found.forms) == names
    assert {
        (found.columns.form[n], found.columns.raw[n][-3:])
        for n in range(len(found.columns))
        if found.columns.slot[n] == "name"
    } == {(name, name) for name in names}
