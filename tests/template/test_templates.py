"""Templates: what a pack alone can fill in, what may be typed, and that they come back as they should."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import MergedCell
from plan2022.making.figures import read_returns

from reconcile import pipeline
from reconcile.consolidate import Consolidated
from reconcile.packs import available, load
from reconcile.template import write_templates
from reconcile.template.records import LastRound, read_last_round
from reconcile.writing.output import OutputError
from tests.cli.commands import command
from tests.template.filling import PACK, Filler

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"
SOFFICE = shutil.which("soffice")
Seen = set[tuple[object, ...]]


def facts_of(run: Consolidated, departments: set[str]) -> Seen:
    """Every value, where it stands and how it was typed aside; the columns only templates have aside as well."""
    facts = run.facts
    return {
        (facts.department[n], facts.form[n], facts.record[n], facts.level[n], facts.slot[n], facts.component[n],
         facts.value[n], facts.unit[n] if facts.value[n] is not None else "", int(facts.state[n]))
        for n in range(len(facts))
        if facts.department[n] in departments and facts.slot[n] not in ("unit", "basis")
    }  # fmt: skip


@pytest.fixture(scope="module")
def answers() -> dict[str, object]:
    return {
        name: answer
        for name, answer in read_returns().items()
        if set(answer.forms) <= {"activity", "outcome", "budget"}
    }


@pytest.fixture(scope="module")
def expected(answers: dict[str, object]) -> Seen:
    found = facts_of(pipeline.check(PACK, [SAMPLES / "returns"]), set(answers))
    assert len(answers) == 14
    assert len(found) > 2_000
    return found


def filled(folder: Path, answers: dict[str, object], *, plain: bool) -> Path:
    templates = write_templates(PACK, folder / "templates", "ja", list(answers))
    returns = folder / "returns"
    returns.mkdir()
    for department, name in templates.files.items():
        shutil.copy(folder / "templates" / name, returns / name)
        Filler(returns / name, plain).fill(answers[department])  # type: ignore[arg-type]
    return returns


def told(run: Consolidated, departments: set[str]) -> list[tuple[str, ...]]:
    return [
        (f.code, f.ref.file, f.cell or "", f.found)
        for f in run.findings
        if f.department in departments and (f.code.startswith(("LAY", "FIL")) or f.code == "FLD010")
    ]


def test_a_template_filled_in_says_what_the_samples_say(
    answers: dict[str, object], expected: Seen, tmp_path: Path
) -> None:
    run = pipeline.check(PACK, [filled(tmp_path, answers, plain=False)])
    assert told(run, set(answers)) == []
    assert facts_of(run, set(answers)) == expected


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_totals_are_what_the_formulas_come_to(answers: dict[str, object], expected: Seen, tmp_path: Path) -> None:
    returns = filled(tmp_path, answers, plain=True)
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    call = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "computed")]
    subprocess.run([*call, *map(str, sorted(returns.iterdir()))], check=True, capture_output=True, timeout=300)
    run = pipeline.check(PACK, [tmp_path / "computed"])
    assert told(run, set(answers)) == []
    assert facts_of(run, set(answers)) == expected


@pytest.mark.parametrize("name", available())
def test_a_blank_template_of_any_pack_is_read_without_a_word_on_its_layout(name: str, tmp_path: Path) -> None:
    pack = load(name)
    templates = write_templates(pack, tmp_path / "out", "en")
    assert set(templates.files) == set(pack.expected_departments())
    (tmp_path / "returns").mkdir()
    for file in templates.files.values():
        shutil.copy(tmp_path / "out" / file, tmp_path / "returns")
    run = pipeline.check(pack, [tmp_path / "returns"])
    codes = ("LAY", "FIL", "FLD003", "FLD006", "FLD010", "XRF001", "XRF004")
    assert [(f.code, f.ref, f.found) for f in run.findings if f.code.startswith(codes)] == []
    owed = {(d, form) for d in templates.files for form in pack.forms_expected_of(d)}
    missing = {(d, form) for d, forms in templates.left_out.items() for form in forms}
    # A form without a register has only free rows; it is there, and nothing stands in it.
    found = {(s.department, f.form) for s in run.submissions for f in s.forms}
    registered = {(d, form) for d, form in owed if pack.forms[form].register_link is not None}
    assert registered - missing <= found
    assert {pack.forms[form].layout for _, form in missing} <= {"matrix", "cards"}


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
    assert [sheet.cell(4, c).value for c in range(1, 6)] == ["1-1①", "防災塾参加人数", "人", "合計", "当初計画"]
    assert all(sheet.cell(4, c).protection.locked for c in range(1, 6))
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
    for row in range(4, 13):
        for column in range(1, 10):
            cell = sheet.cell(row, column)
            if cell.value is None and not isinstance(cell, MergedCell):
                assert not cell.protection.locked, cell.coordinate


def test_totals_follow_the_basis_of_the_record(template: openpyxl.Workbook) -> None:
    sheet = template["様式1"]
    assert sheet["H4"].value == '=IF(COUNT(F4,G4)=0,"",SUM(F4,G4))'
    assert sheet["H5"].value == '=IF(COUNT(G5)=0,"",SUM(F4,G5))'  # 当初計画の令和4年度 + 修正計画の令和5年度
    assert template["様式3"]["E17"].value == '=IF(COUNT(E5:E16)=0,"",SUM(E5:E16))'


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
    assert (sheet["F4"].value, sheet["G4"].value) == (1000, 1500)  # 当初計画
    assert sheet["F6"].value == 950  # an actual reported before stays (HIS002)
    assert sheet["F5"].value is None  # 修正計画 may be another one
    assert not sheet["F4"].protection.locked
    budget = book["様式3"]
    assert [budget.cell(5, c).value for c in range(1, 6)] == [
        "1",
        "地域防災力の向上",
        "01-001",
        "地域防災啓発事業",
        5033,
    ]


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


def test_no_earlier_round_is_said(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="facts"):
        read_last_round(tmp_path)
    (tmp_path / "facts.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match="facts"):
        read_last_round(tmp_path)
    assert LastRound({}, {}).records == {}


class TestCommand:
    def test_it_writes_a_template_for_each_department(self, tmp_path: Path) -> None:
        said = command("template", "--pack", "plan2022", "--out", tmp_path / "out")
        assert said.code == 0, said.err
        names = {path.stem for path in (tmp_path / "out").glob("*.xlsx")}
        assert names == set(PACK.expected_departments())
        assert "様式5" in said.out  # a form that has no template yet is named

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
