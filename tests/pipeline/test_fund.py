"""The pack fund2024, another office's in English: nothing is found in what agrees, everything in what was planted."""

from __future__ import annotations

from pathlib import Path

import planted_faults as planting
import pytest
from fund2024.making.collections import write_returns
from fund2024.making.layouts import VARIATIONS

from reconcile.consolidate import Consolidated
from reconcile.messages import missing, render
from reconcile.packs import Pack, load
from reconcile.pipeline import Options, run

PACK = "fund2024"
SAMPLES = planting.SAMPLES / PACK
DAYS = ("start", "finish", "submitted")  # how a day is typed; the rules compare days, not texts


@pytest.fixture(scope="module")
def fund() -> Pack:
    return load(PACK)


@pytest.fixture(scope="module")
def clean(fund: Pack) -> Consolidated:
    return run(fund, [SAMPLES / "returns"], None, Options(jobs=1))


@pytest.fixture(scope="module")
def faulty(fund: Pack) -> Consolidated:
    return run(fund, [SAMPLES / "returns-with-errors"], None, Options(jobs=1))


def test_what_agrees_has_no_finding_and_is_judged(clean: Consolidated) -> None:
    assert ([f.code for f in clean.findings], clean.unjudged) == ([], ())
    for code in ("BAL001", "BAL002", "BAL008", "DUP005", "FLD001", "FLD003", "FLD006", "FLD013", "FLD014", "XRF001"):
        assert clean.tallies[code].passed, code


def test_every_table_of_every_sheet_is_read(clean: Consolidated, fund: Pack) -> None:
    sheets = {form: {f.sheet for s in clean.submissions for f in s.forms if f.form == form} for form in fund.forms}
    assert all(sheets.values())
    assert sheets["standard_outputs"] == sheets["bespoke_outputs"] == {"Outputs"}
    assert sheets["spend"] >= {"Project 1", "Project 3", "Dunmere high street"}


def test_examples_and_blank_rows_of_the_template_are_no_records(clean: Consolidated) -> None:
    assert not [raw for raw in clean.facts.raw if "Select" in str(raw) or str(raw).startswith("Example")]
    assert "Town square" not in set(clean.facts.raw)


def test_quarters_are_one_value_a_line(clean: Consolidated, fund: Pack) -> None:
    facts = clean.facts
    periods = {facts.parts(n)[2] for n in range(len(facts)) if facts.form[n] == "spend"} - {""}
    assert periods == set(fund.file.periods)


def test_faults_of_many_kinds_are_planted() -> None:
    faults = planting.lines(PACK, "planted.csv")
    assert len(faults) >= 30
    assert len({code for fault in faults for code in fault["code"].split("|")}) >= 18


def test_every_planted_fault_is_found(faulty: Consolidated) -> None:
    assert planting.missed(PACK, faulty) == []


def test_no_error_is_found_that_was_not_planted(faulty: Consolidated, clean: Consolidated) -> None:
    assert planting.unexplained(PACK, faulty, clean) == []


def test_every_finding_speaks(faulty: Consolidated, fund: Pack) -> None:
    for finding in faulty.findings:
        assert not missing(finding), (finding.code, finding.variant)
        for lang in ("ja", "en"):
            assert render(finding, fund, lang)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, fund: Pack) -> dict[bool, Consolidated]:
    return {faults: made("plain", faults, tmp_path_factory.mktemp("plain"), fund) for faults in (False, True)}


def made(variation: str, faults: bool, folder: Path, fund: Pack) -> Consolidated:
    write_returns(folder, variation, faults)
    return run(fund, [folder], None, Options(jobs=1))


@pytest.mark.parametrize("variation", [name for name in VARIATIONS if name != "plain"])
def test_every_layout_reads_alike(variation: str, plain: dict[bool, Consolidated], tmp_path: Path, fund: Pack) -> None:
    honest = made(variation, False, tmp_path / "honest", fund)
    assert planting.figures(honest, DAYS) == planting.figures(plain[False], DAYS)
    assert planting.errors(honest) == planting.errors(plain[False])
    spoilt = made(variation, True, tmp_path / "spoilt", fund)
    assert planting.errors(spoilt) == planting.errors(plain[True])


def test_nothing_of_it_stands_in_the_program() -> None:
    """What a sixth pack needs are text files."""
    files = {path.suffix for path in (planting.SAMPLES.parent / "schemas" / PACK).rglob("*") if path.is_file()}
    assert files == {".yaml", ".csv"}


def test_keys_in_words_are_said_as_they_were_typed(faulty: Consolidated, fund: Pack) -> None:
    (finding,) = [f for f in faulty.findings if f.code == "FLD006" and f.form == "milestones"]
    assert finding.record == "Canalpath/Workscomplete"
    assert "(Canal path/Works complete × Start)" in render(finding, fund, "en")
