"""Templates: what a pack alone can fill in, what may be typed, and that they come back as they should."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from openpyxl.cell import MergedCell

from reconcile import pipeline
from reconcile.consolidate import Consolidated
from reconcile.facts import BLANK, NUMBER
from reconcile.packs import Pack, PackError, available, load
from reconcile.packs.model import Form
from reconcile.template import write_templates
from reconcile.template.last_round import NOTHING, LastRound, read_last_round
from reconcile.template.records import records_for
from reconcile.writing.output import OutputError
from tests.cli.commands import command
from tests.writing.repair_causes import repair_causes

PACK = load("plan2022")
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"


def returned(pack: Pack, folder: Path) -> Consolidated:
    """What is found where every department sends its template back as it is."""
    templates = write_templates(pack, folder / "out", "ja")
    assert set(templates.files) == set(pack.expected_departments())
    (folder / "returns").mkdir()
    for file in templates.files.values():
        assert repair_causes(folder / "out" / file) == []
        shutil.copy(folder / "out" / file, folder / "returns")
    return pipeline.check(pack, [folder / "returns"])


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_sheets_and_titles_are_in_the_language_of_the_forms_whoever_writes_them(lang: str, tmp_path: Path) -> None:
    english, japanese = load("fund2024"), PACK
    write_templates(english, tmp_path / "fund", lang, ["Eastholm Council"])
    book = openpyxl.load_workbook(tmp_path / "fund" / "Eastholm Council.xlsx")
    assert book.sheetnames[:2] == ["Start", "Contacts"]
    assert "Funding profile" in book["Funding"]["A1"].value
    write_templates(japanese, tmp_path / "plan", lang, ["高齢福祉部"])
    book = openpyxl.load_workbook(tmp_path / "plan" / "高齢福祉部.xlsx")
    assert book.sheetnames[:2] == ["表紙", "様式1"]


def test_how_to_fill_in_a_narrow_sheet_is_broken_into_lines(tmp_path: Path) -> None:
    """What reaches beyond the last column is cut on paper."""
    write_templates(load("fund2024"), tmp_path / "out", "en", ["Eastholm Council"])
    sheet = openpyxl.load_workbook(tmp_path / "out" / "Eastholm Council.xlsx")["Locations"]
    assert "A2:C2" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet["A2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height > 30


def test_an_english_template_holds_nothing_japanese(tmp_path: Path) -> None:
    write_templates(load("fund2024"), tmp_path / "out", "en", ["Eastholm Council"])
    book = openpyxl.load_workbook(tmp_path / "out" / "Eastholm Council.xlsx")
    texts = [str(cell.value) for sheet in book for row in sheet for cell in row if isinstance(cell.value, str)]
    asked = [
        str(said)
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        for said in (rule.promptTitle, rule.prompt, rule.errorTitle, rule.error)
    ]
    printed = [str(part.text) for sheet in book for part in (sheet.oddHeader.left, sheet.oddFooter.center)]
    japanese = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
    assert [text for text in [*texts, *asked, *printed, *book.sheetnames] if japanese.search(text)] == []


@pytest.mark.parametrize("name", available())
def test_a_blank_template_of_any_pack_is_read_whole_and_said_in_a_few_words(name: str, tmp_path: Path) -> None:
    pack = load(name)
    run = returned(pack, tmp_path)
    codes = ("LAY", "FIL", "FLD002", "FLD003", "FLD006", "FLD010", "XRF001", "XRF002", "XRF004")
    assert [(f.code, f.ref, f.found) for f in run.findings if f.code.startswith(codes)] == []
    owed = {(d, form) for d in pack.expected_departments() for form in pack.forms_expected_of(d)}
    assert owed <= {(s.department, f.form) for s in run.submissions for f in s.forms}
    # A form that nobody has filled in is said once: what is blank in it, or that there is nothing in it.
    told = Counter((f.department, f.form) for f in run.findings if f.code in ("FLD001", "SUB002"))
    facts, due = run.facts, {name: form.required_slots() for name, form in pack.forms.items()}
    blank = {
        (str(facts.department[n]), str(facts.form[n]))
        for n in range(len(facts))
        if facts.state[n] == BLANK and facts.level[n] == "record" and facts.slot[n] in due[facts.form[n]]
    }
    assert told
    assert blank <= set(told)
    assert max(told.values()) <= 2


def test_a_form_with_one_figure_in_it_is_told_cell_by_cell(tmp_path: Path) -> None:
    write_templates(PACK, tmp_path / "out", "ja", ["危機管理部"])
    book = openpyxl.load_workbook(tmp_path / "out" / "危機管理部.xlsx")
    book["様式1"]["F6"] = 1000
    (tmp_path / "r").mkdir()
    book.save(tmp_path / "r" / "危機管理部.xlsx")
    run = pipeline.check(PACK, [tmp_path / "r"])
    blank = [f for f in run.findings if f.code == "FLD001" and f.form == "activity"]
    assert len(blank) > 5
    assert {f.variant for f in blank} == {""}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    folder = tmp_path_factory.mktemp("t")
    write_templates(PACK, folder / "out", "ja", ["危機管理部"])
    return openpyxl.load_workbook(folder / "out" / "危機管理部.xlsx")


def test_the_cover_is_filled(template: openpyxl.Workbook) -> None:
    sheet = template["表紙"]
    card = {sheet.cell(row, 2).value: sheet.cell(row, 3) for row in range(4, 12)}
    assert card["提出部署"].value == "危機管理部"
    assert card["計画名"].value == PACK.file.expect["plan"]
    assert card["様式版"].value == "1"
    assert card["提出部署"].protection.locked
    assert not card["提出日"].protection.locked


def test_what_the_register_knows_stands_there_locked(template: openpyxl.Workbook) -> None:
    sheet = template["様式1"]
    assert [sheet.cell(6, c).value for c in range(1, 6)] == ["1-1①", "防災塾参加人数", "人", "合計", "当初計画"]
    assert all(sheet.cell(6, c).protection.locked for c in range(1, 6))
    assert template["様式3"]["A5"].value == "1"
    assert template["様式3"]["B5"].value == "地域防災力の向上"
    assert template["様式3"]["D5"].value is None


def test_every_sheet_is_protected_without_a_password(template: openpyxl.Workbook) -> None:
    for sheet in template.worksheets:
        if sheet.sheet_state == "visible":
            assert sheet.protection.sheet
            assert not sheet.protection.password


def test_empty_cells_of_the_records_may_be_typed_in(template: openpyxl.Workbook) -> None:
    sheet = template["様式1"]
    for row in range(6, 15):
        for column in range(1, 10):
            cell = sheet.cell(row, column)
            if cell.value is None and not isinstance(cell, MergedCell):
                assert not cell.protection.locked, cell.coordinate


def test_totals_follow_the_basis_of_the_record(template: openpyxl.Workbook) -> None:
    sheet = template["様式1"]
    assert sheet["H6"].value == '=IF(COUNT(F6,G6)=0,F6&"",SUM(F6,G6))'
    assert sheet["H7"].value == '=IF(COUNT(G7)=0,G7&"",SUM(F6,G7))'  # 当初計画の令和4年度 + 修正計画の令和5年度
    assert template["様式3"]["E17"].value == '=IF(COUNT(E5:E16)=0,E5&"",SUM(E5:E16))'


def test_a_row_that_the_department_adds_has_its_total_too(tmp_path: Path) -> None:
    write_templates(load("fund2024"), tmp_path / "out", "ja", ["Eastholm Council"])
    sheet = openpyxl.load_workbook(tmp_path / "out" / "Eastholm Council.xlsx")["Funding"]
    rows = [cell.row for cell in sheet["L"] if cell.data_type == "f" and cell.row > 5]
    assert len(rows) > load("fund2024").forms["funding"].free_rows
    assert all(f"SUM(D{row},E{row}," in str(sheet.cell(row, 12).value) for row in rows[:-1])


def test_the_unit_stands_at_the_top_right(template: openpyxl.Workbook) -> None:
    assert template["様式3"]["H2"].value == "（単位：千円）"


def test_validations_say_the_rule(template: openpyxl.Workbook) -> None:
    rules = template["様式1"].data_validations.dataValidation
    figures = [rule for rule in rules if rule.type == "decimal"]
    assert figures
    assert all(rule.errorTitle.startswith("FLD004") and rule.error for rule in figures)
    assert any("FLD008" in (rule.errorTitle or "") for rule in rules)


def test_codes_are_chosen(tmp_path: Path) -> None:
    write_templates(PACK, tmp_path / "out", "ja", ["政策経営部"])
    book = openpyxl.load_workbook(tmp_path / "out" / "政策経営部.xlsx")
    lists = [rule for sheet in book.worksheets for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert any("○" in rule.formula1 for rule in lists)
    assert len(lists) >= 3


def test_figures_of_the_last_round_come_where_the_pack_says_they_last(tmp_path: Path) -> None:
    pipeline.run(PACK, [SAMPLES / "returns"], tmp_path / "last")
    write_templates(PACK, tmp_path / "out", "ja", ["危機管理部"], read_last_round(tmp_path / "last"))
    book = openpyxl.load_workbook(tmp_path / "out" / "危機管理部.xlsx")
    sheet = book["様式1"]
    assert (sheet["F6"].value, sheet["G6"].value) == (1000, 1500)  # 当初計画
    assert sheet["F8"].value == 950  # an actual reported before stays (HIS002)
    assert sheet["F7"].value is None  # 修正計画 may be another one
    assert not sheet["F6"].protection.locked
    budget = book["様式3"]
    assert [budget.cell(5, c).value for c in range(1, 6)] == [
        "1",
        "地域防災力の向上",
        "01-001",
        "地域防災啓発事業",
        5033,
    ]


@pytest.mark.parametrize(
    ("name", "department", "sheet", "cells"),
    [
        ("welfare2024", "保健福祉政策部", "様式A（成果指標）", {"D6": "8.2%"}),
        ("districts2022", "地域行政部", "様式D1", {"D5": 12.324, "B5": None}),
        ("management2024", "政策経営部", "様式M1", {"E20": 5409, "B21": None}),
    ],
)
def test_what_lasts_is_taken_over_in_every_layout(
    name: str, department: str, sheet: str, cells: dict[str, object], tmp_path: Path
) -> None:
    pack = load(name)
    (returned,) = (SAMPLES.parent / name / "returns").glob(f"*_{department}.xlsx")
    pipeline.run(pack, [returned], tmp_path / "last")
    write_templates(pack, tmp_path / "out", "ja", [department], read_last_round(tmp_path / "last"))
    filled = openpyxl.load_workbook(tmp_path / "out" / f"{department}.xlsx")[sheet]
    assert {place: filled[place].value for place in cells} == cells
    assert not any(filled[place].protection.locked for place in cells)


@pytest.mark.parametrize("name", available())
def test_whatever_the_pack_carries_from_round_to_round_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    """The blank templates after a round say of that what the round said, and nothing else of the departments'."""
    pack = load(name)
    last = pipeline.run(pack, [SAMPLES.parent / name / "returns"], tmp_path / "last")
    templates = write_templates(pack, tmp_path / "out", "ja", (), read_last_round(tmp_path / "last"))
    (tmp_path / "returns").mkdir()
    for file in templates.files.values():
        shutil.copy(tmp_path / "out" / file, tmp_path / "returns")
    again = pipeline.check(pack, [tmp_path / "returns"])
    assert [(f.code, f.ref, f.found) for f in again.findings if f.code.startswith(("LAY", "FIL", "FLD010"))] == []
    expected, found = carried(last), carried(again)
    assert sum(expected.values()) > 20
    lost = [said for said in (expected - found).elements() if said[:4] not in computed(again, tmp_path / "returns")]
    assert sorted(lost) == []
    others = {(form, slot) for _, form, slot, *_ in found} - {(form, slot) for _, form, slot, *_ in expected}
    assert others == set()


def carried(run: Consolidated) -> Counter[tuple[str, ...]]:
    """The values that templates take over, where the records of the register are and those listed by departments."""
    facts, found = run.facts, Counter[tuple[str, ...]]()
    disputed = {(f.form, f.record) for f in run.findings if f.code in ("FLD007", "XRF002")}
    for n in np.flatnonzero((facts.state != BLANK) & run.accepted).tolist():
        form, slot, record = str(facts.form[n]), str(facts.slot[n]), str(facts.record[n])
        own = run.pack.forms[form]
        told = own.fields[slot.partition(".")[0]].type in ("key", "unit") or slot in _named(own)
        if facts.level[n] == "record" and (form, record) not in disputed and not told and _lasts(own, slot):
            value = str(facts.value[n]) if facts.state[n] == NUMBER else "".join(str(facts.raw[n]).split())
            found[str(facts.department[n]), form, slot, record, value] += 1
    return found


@cache
def books(folder: Path) -> dict[str, openpyxl.Workbook]:
    return {path.name: openpyxl.load_workbook(path) for path in folder.iterdir()}


def computed(run: Consolidated, folder: Path) -> set[tuple[str, ...]]:
    """The cells of templates that have a formula: department, form, slot, record."""
    facts = run.facts
    found = set()
    for n in np.flatnonzero(facts.state == BLANK).tolist():
        ref = facts.ref(n)
        if books(folder)[ref.file][ref.sheet].cell(ref.row, ref.column).data_type == "f":
            found.add((str(facts.department[n]), str(facts.form[n]), str(facts.slot[n]), str(facts.record[n])))
    return found


def _lasts(form: Form, slot: str) -> bool:
    same = {name for check in form.checks if check.code in ("HIS001", "HIS002") for name in check.slots()}
    return slot in same or form.carries(slot)


def _named(form: Form) -> set[str]:
    link = form.register_link
    return {*link.names.values(), *link.responsible.values()} if link else set()


def test_a_pack_that_carries_what_no_form_has_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES.parents[1] / "schemas" / "council2023", tmp_path / "pack")
    form = tmp_path / "pack" / "forms" / "goals.yaml"
    form.write_text(form.read_text("utf-8").replace("carried: [issues,", "carried: [isues,"), encoding="utf-8")
    with pytest.raises(PackError) as wrong:
        load(str(tmp_path / "pack"))
    (problem,) = wrong.value.problems
    assert (problem.key, problem.line) == ("no_such_field_near", 6)


def test_the_same_pack_gives_the_same_bytes(tmp_path: Path) -> None:
    write_templates(PACK, tmp_path / "one", "ja")
    write_templates(PACK, tmp_path / "two", "ja")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_templates_replace_only_their_own(tmp_path: Path) -> None:
    first = write_templates(PACK, tmp_path / "out", "ja", ["危機管理部"])
    assert first.kept is None
    assert write_templates(PACK, tmp_path / "out", "ja").kept is None
    (tmp_path / "out" / "notes.txt").write_text("mine")
    with pytest.raises(OutputError):
        write_templates(PACK, tmp_path / "out", "ja")


def test_what_somebody_has_filled_in_is_kept_aside(tmp_path: Path) -> None:
    write_templates(PACK, tmp_path / "out", "ja", ["危機管理部"])
    book = openpyxl.load_workbook(tmp_path / "out" / "危機管理部.xlsx")
    book["様式1"]["F6"] = 1000
    book.save(tmp_path / "out" / "危機管理部.xlsx")
    kept = write_templates(PACK, tmp_path / "out", "ja", ["危機管理部"]).kept
    assert kept is not None
    assert openpyxl.load_workbook(kept / "危機管理部.xlsx")["様式1"]["F6"].value == 1000
    assert openpyxl.load_workbook(tmp_path / "out" / "危機管理部.xlsx")["様式1"]["F6"].value is None


def test_no_earlier_round_is_said(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="facts"):
        read_last_round(tmp_path)
    (tmp_path / "facts.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match="facts"):
        read_last_round(tmp_path)
    assert LastRound({}).records == {}


class TestCommand:
    def test_it_writes_a_template_for_each_department(self, tmp_path: Path) -> None:
        said = command("template", "--pack", "plan2022", "--out", tmp_path / "out")
        assert said.code == 0, said.err
        names = {path.stem for path in (tmp_path / "out").glob("*.xlsx")}
        assert names == set(PACK.expected_departments())

    def test_one_department_is_chosen_by_its_name(self, tmp_path: Path) -> None:
        said = command(
            "template", "--pack", "plan2022", "--department", "高齢福祉部", "--out", tmp_path / "out", "--json"
        )
        assert said.code == 0, said.err
        assert json.loads(said.out)["files"] == {"高齢福祉部": "高齢福祉部.xlsx"}

    def test_an_unknown_department_is_refused_with_the_nearest(self, tmp_path: Path) -> None:
        said = command("template", "--pack", "plan2022", "--department", "高齢福祉課", "--out", tmp_path / "out")
        assert said.code == 2
        assert "高齢福祉部" in said.err
        assert not (tmp_path / "out").exists()

    def test_a_previous_round_that_is_none_is_refused(self, tmp_path: Path) -> None:
        said = command(
            "template", "--pack", "plan2022", "--previous", tmp_path, "--out", tmp_path / "out", "--lang", "en"
        )
        assert said.code == 2
        assert "facts.csv" in said.err


@pytest.mark.parametrize(("pack", "form", "rows"), [("plan2022", "dx", 16), ("council2023", "opinions", 60)])
def test_a_list_that_no_register_knows_has_as_many_blank_rows_as_its_form_says(pack: str, form: str, rows: int) -> None:
    own = load(pack)
    assert len(records_for(own, own.forms[form], own.forms[form].owed_by[0], NOTHING)) == rows
