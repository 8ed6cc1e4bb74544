"""The pack welfare2024 over its samples: what the printed document really contains, what was planted, every layout."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from welfare2024.making.collections import write_returns
from welfare2024.making.layouts import VARIATIONS

from reconcile.consolidate import Consolidated
from reconcile.facts import BLANK
from reconcile.findings import CellRef, Finding
from reconcile.messages import missing, render
from reconcile.packs import Pack, load
from reconcile.pipeline import Options, run

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "welfare2024"

# What is inconsistent in print: code, form, record, field, version, component.
GENUINE = {
    ("CUM005", "action", "1-7/1-②", "value", "actual", ""),
    ("CUM005", "outcome", "1-1-4/2", "value", "actual", ""),
    ("CUM005", "outcome", "1-3/2", "value", "actual", ""),
    ("CUM005", "outcome", "1-5-2/1-①", "value", "actual", ""),
    ("CUM005", "outcome", "1-9/3-①", "value", "actual", ""),
    ("FLD005", "outcome", "1-8-1/2", "value", "actual", ""),
    ("PRG002", "action", "1-5-2/1-①", "value", "actual", ""),
    ("PRG002", "action", "1-5-2/1-②", "value", "actual", ""),
    ("PRG003", "outcome", "1-10/5", "value", "target", "a"),
    ("PRG003", "outcome", "1-10/5", "value", "target", "b"),
    ("RAT001", "outcome", "1-10/1", "value", "achieved", ""),
    ("RAT004", "outcome", "1-10/5", "value", "achieved", "a"),
    ("RAT004", "outcome", "1-10/5", "value", "achieved", "b"),
    ("REV006", "outcome", "1-8-1/1", "value", "target", ""),
    ("REV006", "outcome", "1-9/3-②", "value", "target", ""),
    ("RLS001", "action", "1-9/3", "initiative", "", ""),
    ("RLS001", "action", "2-1/2", "initiative", "", ""),
    ("XRF006", "action", "1-10/4", "name", "", ""),
    ("XRF006", "action", "1-3/2", "initiative", "", ""),
    ("XRF006", "action", "1-4/1-②", "name", "", ""),
    ("XRF006", "action", "1-5-2/2", "initiative_number", "", ""),
    ("XRF006", "action", "2-6/2", "name", "", ""),
    ("XRF006", "action", "2-7/2", "name", "", ""),
    ("XRF006", "outcome", "1-1-1/1", "name", "", ""),
    ("XRF006", "outcome", "1-1-2/1", "name", "", ""),
    ("XRF006", "outcome", "1-1-3/1", "name", "", ""),
    ("XRF006", "outcome", "1-4/1-①", "name", "", ""),
}
# How two cells are typed: 「３ ８ ０人」, and a figure in the note of 「20 か所（…４課）」.
NOTATIONS = {
    ("FLD011", "outcome", "1-4/3", "value", "baseline", ""),
    ("FLD011", "outcome", "2-5/1", "value", "baseline", ""),
}


def table(name: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def welfare() -> Pack:
    return load("welfare2024")


@pytest.fixture(scope="module")
def printed(welfare: Pack) -> Consolidated:
    return run(welfare, [SAMPLES / "returns"], None, Options(jobs=1))


@pytest.fixture(scope="module")
def planted(welfare: Pack) -> Consolidated:
    return run(welfare, [SAMPLES / "returns-with-errors"], None, Options(jobs=1))


def about(finding: Finding) -> tuple[str, ...]:
    return (finding.code, finding.form, finding.record, finding.field, finding.version, finding.component)


def test_the_findings_are_what_the_document_contains(printed: Consolidated) -> None:
    assert sorted(about(finding) for finding in printed.findings) == sorted(GENUINE | NOTATIONS)


def test_the_list_of_the_samples_says_the_same() -> None:
    told = Counter(row["code"] for row in table("genuine.csv"))
    assert Counter(code for code, *_ in GENUINE) == told


def test_every_record_is_read_and_merged(printed: Consolidated) -> None:
    assert [(c.form, c.read, c.merged) for c in printed.conserved] == [("action", 65, 65), ("outcome", 69, 69)]


def test_what_is_not_counted_yet_or_told_in_words_is_not_judged(printed: Consolidated) -> None:
    # 1-1-1/2 plans in words and leaves the actual blank; so do other actions; 2-5/1 and 2-5/2 have a text for a target.
    pending = ["1-1-1/1", "1-1-1/2", "1-1-3/1", "1-4/1-①", "2-1/1-①"]
    quotients = [(record, "actual_not_a_number") for record in (*pending, "2-5/2")] + [("2-5/1", "target_not_a_number")]
    assert sorted((u.code, u.form, u.record, u.why) for u in printed.unjudged) == sorted(
        [("FLD001", "action", "1-1-1/2", "part_not_a_number"), ("PRG003", "outcome", "2-5/1", "target_not_a_number")]
        + [(code, "outcome", record, why) for code in ("RAT001", "RAT004") for record, why in quotients]
        + [("RAT002", "outcome", record, "percentage_not_a_number") for record in pending]
        + [("PRG002", "action", record, "actual_not_a_number") for record in ("1-1-1/2", "1-2/2", "2-5/2")]
        + [("PRG002", "action", "2-6/2", "plan_not_a_number")]
    )
    assert printed.tallies["RAT002"].passed == 64
    assert (printed.tallies["REV004"].passed, printed.tallies["REV005"].passed) == (9, 60)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_finding_has_all_its_sentence_names(
    printed: Consolidated, planted: Consolidated, welfare: Pack, lang: str
) -> None:
    for finding in (*printed.findings, *planted.findings):
        assert not missing(finding), (finding.code, finding.variant)
        said = render(finding, welfare, lang)
        assert "「」" not in said, said
        assert '""' not in said, said
        assert "{" not in said, said


def touches(finding: Finding, fault: dict[str, str]) -> bool:
    """Whether the planted cell is the finding's or among its cells; without a cell, whether the file is."""
    places: list[CellRef] = [finding.ref, *(part.ref for part in finding.cells)]
    if not fault["cell"]:
        return any(ref.file == fault["file"] for ref in places)
    return any((ref.file, ref.sheet, ref.a1) == (fault["file"], fault["sheet"], fault["cell"]) for ref in places)


def on_the_row(finding: Finding, fault: dict[str, str]) -> bool:
    """The same row: a record that nobody asked for is listed by the number of its left side, although only the
    right one may be filled in."""
    row = "".join(character for character in fault["cell"] if character.isdigit())
    ref = finding.ref
    return (ref.file, ref.sheet, str(ref.row)) == (fault["file"], fault["sheet"], row)


def explains(fault: dict[str, str], finding: Finding) -> bool:
    if finding.code not in fault["code"].split("|"):
        return False
    return touches(finding, fault) or (fault["field"] == "action_number" and on_the_row(finding, fault))


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


def test_a_row_that_is_wrong_on_both_sides_is_one_finding(planted: Consolidated) -> None:
    shown = [finding for finding in planted.findings if finding.code in ("LAY007", "XRF001") and not finding.root]
    assert sorted((finding.code, finding.form) for finding in shown) == [("LAY007", "action"), ("XRF001", "action")]
    assert all(finding.effects for finding in shown)


Told = set[tuple[str, ...]]


def figures(result: Consolidated) -> Told:
    """What is read: file, sheet, cell and raw text aside; figures without trailing zeros."""
    facts = result.facts
    told: Told = set()
    for n in range(len(facts)):
        name, version, period = facts.parts(n)
        if facts.state[n] == BLANK:
            continue
        value = facts.value[n]
        told.add(
            (
                str(facts.department[n]),
                str(facts.form[n]),
                str(facts.record[n]),
                name,
                version,
                period,
                str(facts.component[n]),
                "" if value is None else str(value.normalize()),
                str(facts.unit[n]),
                str(facts.state[n]),
            )
        )
    return told


def errors(result: Consolidated) -> Told:
    """Errors by code, form, record and field."""
    return {(f.department, f.code, f.form, f.record, f.field) for f in result.findings if f.severity == "error"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, welfare: Pack) -> dict[bool, Consolidated]:
    return {faults: made("plain", faults, tmp_path_factory.mktemp("plain"), welfare) for faults in (False, True)}


def made(variation: str, faults: bool, folder: Path, welfare: Pack) -> Consolidated:
    write_returns(folder, variation, faults)
    return run(welfare, [folder], None, Options(jobs=1))


@pytest.mark.parametrize("variation", [name for name in VARIATIONS if name != "plain"])
def test_every_layout_gives_the_same_figures_and_errors(
    variation: str, plain: dict[bool, Consolidated], tmp_path: Path, welfare: Pack
) -> None:
    honest = made(variation, False, tmp_path / "honest", welfare)
    assert figures(honest) == figures(plain[False])
    assert errors(honest) == errors(plain[False])
    assert not [f for f in honest.findings if f.code.startswith("LAY")]
    if variation == "formulas":
        return  # one of the faults takes away a row that a formula needs
    spoilt = made(variation, True, tmp_path / "spoilt", welfare)
    assert errors(spoilt) == errors(plain[True])
