"""The pack management2024 over its samples: what the printed document really contains, what was planted, every layout."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from management2024.making.collections import write_returns
from management2024.making.layouts import VARIATIONS

from reconcile.consolidate import Consolidated
from reconcile.facts import BLANK
from reconcile.findings import CellRef, Finding
from reconcile.messages import missing, render
from reconcile.packs import Pack, load
from reconcile.pipeline import Options, run
from reconcile.writing import write

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "management2024"


def table(name: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def management() -> Pack:
    return load("management2024")


@pytest.fixture(scope="module")
def printed(management: Pack) -> Consolidated:
    return run(management, [SAMPLES / "returns"], None, Options(jobs=1))


@pytest.fixture(scope="module")
def planted(management: Pack) -> Consolidated:
    return run(management, [SAMPLES / "returns-with-errors"], None, Options(jobs=1))


def test_the_findings_are_what_the_document_contains(printed: Consolidated) -> None:
    genuine = {(row["form"], row["record"], row["field"], row["code"]) for row in table("genuine.csv")}
    found = [(f.form, f.record, f.field, f.code) for f in printed.findings if f.severity != "info"]
    assert sorted(found) == sorted(genuine)


def test_figures_in_ten_thousands_are_told(printed: Consolidated) -> None:
    told = [(f.code, f.form, f.record, f.version) for f in printed.findings if f.severity == "info"]
    assert sorted(told) == [("FLD010", "goals", goal, hours) for goal in "23" for hours in ("actual", "plan")]


def test_every_card_and_every_line_of_its_schedule_is_read_and_merged(printed: Consolidated) -> None:
    assert [(c.form, c.read, c.merged) for c in printed.conserved] == [
        ("items", 106, 106),
        ("schedule", 264, 264),
        ("goals", 5, 5),
    ]


def test_the_schedule_is_that_of_the_printed_cards(printed: Consolidated) -> None:
    from management2024.making.figures import read_returns

    told = {}
    for answer in read_returns().values():
        for record in answer.forms["items"].records:
            for field, value in record.fields.items():
                if field.startswith("action/") and "." in field:
                    line, year = field.removeprefix("action/").split(".")
                    told[f"{record.key}/{line}", f"year.plan.{year}"] = str(value)
    facts = printed.facts
    years = [n for n in range(len(facts)) if str(facts.slot[n]).startswith("year.")]
    assert {(str(facts.record[n]), str(facts.slot[n])): str(facts.raw[n]) for n in years} == told


def test_totals_within_rounding_and_quoted_hours_pass(printed: Consolidated) -> None:
    # Three amounts of five goals come to the printed millions; the texts of seventeen items quote their hours.
    assert (printed.tallies["XRF005"].passed, printed.tallies["REV003"].passed) == (15, 17)


def test_hours_of_a_goal_are_not_judged_where_most_items_state_none(printed: Consolidated) -> None:
    assert sorted((u.code, u.record, u.why) for u in printed.unjudged) == [
        ("XRF005", "1", "summary_not_readable"),
        ("XRF005", "2", "details_not_stated"),
        ("XRF005", "3", "details_not_stated"),
        ("XRF005", "4", "summary_not_readable"),
        ("XRF005", "5", "summary_not_readable"),
    ]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_finding_has_all_its_sentence_names(
    printed: Consolidated, planted: Consolidated, management: Pack, lang: str
) -> None:
    for finding in (*printed.findings, *planted.findings):
        assert not missing(finding), (finding.code, finding.variant)
        said = render(finding, management, lang)
        assert "「」" not in said, said
        assert '""' not in said, said
        assert "{" not in said, said


def touches(finding: Finding, fault: dict[str, str]) -> bool:
    """Whether the planted cell is the finding's or among its cells; without a cell, whether the file is."""
    places: list[CellRef] = [finding.ref, *(part.ref for part in finding.cells)]
    if not fault["cell"]:
        return any(ref.file == fault["file"] for ref in places)
    return any((ref.file, ref.sheet, ref.a1) == (fault["file"], fault["sheet"], fault["cell"]) for ref in places)


def explains(fault: dict[str, str], finding: Finding) -> bool:
    return finding.code in fault["code"].split("|") and touches(finding, fault)


def test_every_planted_fault_is_found(planted: Consolidated) -> None:
    missed = [
        (fault["file"], fault["sheet"], fault["cell"], fault["code"])
        for fault in table("planted.csv")
        if not any(explains(fault, finding) for finding in planted.findings)
    ]
    assert missed == []


def test_no_error_is_found_that_was_not_planted(planted: Consolidated, printed: Consolidated) -> None:
    faults = table("planted.csv")
    known = {finding.id for finding in printed.findings}
    by_id = {finding.id: finding for finding in planted.findings}

    def accounted_for(finding: Finding) -> bool:
        if finding.id in known or any(explains(fault, finding) for fault in faults):
            return True
        if finding.root:
            return accounted_for(by_id[finding.root])
        return any(fault["cell"] and touches(finding, fault) for fault in faults)

    extra = [
        (finding.code, finding.ref, finding.record, finding.found)
        for finding in planted.findings
        if finding.severity == "error" and not accounted_for(finding)
    ]
    assert extra == []


def test_the_only_other_warning_is_the_number_lost_with_its_action(
    planted: Consolidated, printed: Consolidated
) -> None:
    # 3-9: （仮）stands where ① was; R6実績 still has it.
    faults, known = table("planted.csv"), {finding.id for finding in printed.findings}
    other = [
        (f.code, f.record, f.data.get("mark"))
        for f in planted.findings
        if f.severity == "warning" and f.id not in known and not any(touches(f, fault) for fault in faults)
    ]
    assert other == [("XRF006", "3-9/3", "①")]


def test_a_fault_of_one_card_keeps_the_others_merged(planted: Consolidated) -> None:
    facts = planted.facts

    def merged(department: str, form: str) -> set[str]:
        own = facts.department.says(department) & facts.form.says(form)
        return {
            str(group if form == "schedule" else record)
            for record, group in zip(
                facts.record[own & planted.accepted], facts.group[own & planted.accepted], strict=True
            )
        }

    # 2-10 lacks a year of its schedule, 2-16 the label of its effect: these cards wait, with their tables.
    for department, card in (("環境政策部", "2-10"), ("世田谷保健所", "2-16")):
        for form in ("items", "schedule"):
            assert merged(department, form)
            assert card not in merged(department, form)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_outputs_hold_everything(planted: Consolidated, printed: Consolidated, tmp_path: Path, lang: str) -> None:
    for number, result in enumerate((printed, planted)):
        write(result, tmp_path / str(number), lang)
    with (tmp_path / "0" / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        facts = list(csv.DictReader(file))
    (year,) = [row for row in facts if (row["record"], row["field"], row["period"]) == ("1-1/1", "year", "FY2024")]
    assert (year["form"], year["version"], year["raw"]) == ("schedule", "plan", "試行・検証（動画ガイドラインの検討）")


Told = set[tuple[str, ...]]


def figures(result: Consolidated) -> Told:
    """What is read: file, sheet, cell and raw text of figures aside."""
    facts = result.facts
    told: Told = set()
    for n in range(len(facts)):
        if facts.state[n] == BLANK:
            continue
        value = facts.value[n]
        said = str(facts.raw[n]) if value is None else str(value.normalize())
        told.add((str(facts.form[n]), str(facts.record[n]), str(facts.slot[n]), said, str(facts.state[n])))
    return told


def errors(result: Consolidated) -> Told:
    """Errors by code, form, record and field."""
    return {(f.department, f.code, f.form, f.record, f.field) for f in result.findings if f.severity == "error"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, management: Pack) -> dict[bool, Consolidated]:
    return {faults: made("plain", faults, tmp_path_factory.mktemp("plain"), management) for faults in (False, True)}


def made(variation: str, faults: bool, folder: Path, management: Pack) -> Consolidated:
    write_returns(folder, variation, faults)
    return run(management, [folder], None, Options(jobs=1))


@pytest.mark.parametrize("variation", [name for name in VARIATIONS if name != "plain"])
def test_every_layout_gives_the_same_figures_and_errors(
    variation: str, plain: dict[bool, Consolidated], tmp_path: Path, management: Pack
) -> None:
    honest = made(variation, False, tmp_path / "honest", management)
    assert figures(honest) == figures(plain[False])
    assert errors(honest) == errors(plain[False])
    assert not [f for f in honest.findings if f.code.startswith("LAY")]
    spoilt = made(variation, True, tmp_path / "spoilt", management)
    assert errors(spoilt) == errors(plain[True])
