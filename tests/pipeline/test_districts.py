"""The pack districts2022 over its samples: what the printed document really contains, what was planted, every layout."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import planted_faults as planting
import pytest
from districts2022.making.collections import write_returns
from districts2022.making.layouts import VARIATIONS

from reconcile.balances import PASS
from reconcile.consolidate import Consolidated
from reconcile.messages import missing, render
from reconcile.packs import Pack, load
from reconcile.pipeline import Options, run

PACK = "districts2022"
SAMPLES = planting.SAMPLES / PACK
# Titles of tables, as they were typed.
TITLES = ("service_name", "breakdown_name")


@pytest.fixture(scope="module")
def districts() -> Pack:
    return load(PACK)


@pytest.fixture(scope="module")
def clean(districts: Pack) -> Consolidated:
    return run(districts, [SAMPLES / "returns"], None, Options(jobs=1))


@pytest.fixture(scope="module")
def faulty(districts: Pack) -> Consolidated:
    return run(districts, [SAMPLES / "returns-with-errors"], None, Options(jobs=1))


def test_the_printed_figures_give_the_genuine_findings_and_no_other(clean: Consolidated) -> None:
    found = Counter((f.code, f.form, f.record, f.field) for f in clean.findings)
    listed = Counter((g["code"], g["form"], g["record"], g["field"]) for g in planting.lines(PACK, "genuine.csv"))
    assert found == listed


def test_every_record_of_the_registers_is_read_and_merged(clean: Consolidated) -> None:
    # Five areas, 28 districts; the areas once more and the ward by the office; three services of each.
    assert [(c.form, c.read, c.merged) for c in clean.conserved] == [
        ("population", 39, 39),
        ("cases", 117, 117),
        ("comments", 17, 17),
        ("survey", 96, 96),
        ("measures", 41, 41),
    ]


def test_every_sum_over_levels_is_judged_and_holds(clean: Consolidated) -> None:
    balances = clean.balances
    kinds = Counter((balances.code[n], balances.kind[n], int(clean.judged.verdict[n])) for n in range(len(balances)))
    # Three figures of 様式D1 and 24 of each of three services: five areas in their returns, the office's areas
    # against the districts of these, the ward against its areas twice.
    assert kinds["BAL003", "level", PASS] == 3 * 6 + 24 * 18 + 2
    assert kinds["BAL003", "across", PASS] == 3 * 6 + 24 * 18
    # Eight districts offer two of the services only beside them, at a branch office.
    assert kinds["CUM003", "first", PASS] == 117 - 2 * 8
    assert {verdict for _, _, verdict in kinds} == {PASS}
    assert clean.unjudged == ()


def test_every_density_and_every_breakdown_is_judged(clean: Consolidated) -> None:
    assert (clean.tallies["RAT003"].passed, clean.tallies["RAT003"].unjudged) == (39, 0)
    # Eight years of one chart, and seven questions of one answer.
    assert (clean.tallies["BAL007"].passed, clean.tallies["BAL007"].unjudged) == (15, 0)


def test_every_relisted_measure_has_the_name_of_its_original(clean: Consolidated) -> None:
    assert (clean.tallies["RLS001"].passed, clean.tallies["RLS002"].passed) == (4, 4)


def test_faults_of_many_kinds_are_planted() -> None:
    faults = planting.lines(PACK, "planted.csv")
    assert len(faults) >= 30
    assert len({code for fault in faults for code in fault["code"].split("|")}) >= 18


def test_every_planted_fault_is_found(faulty: Consolidated) -> None:
    assert planting.missed(PACK, faulty) == []


def test_no_error_is_found_that_was_not_planted(faulty: Consolidated, clean: Consolidated) -> None:
    assert planting.unexplained(PACK, faulty, clean) == []


def test_one_wrong_cell_of_a_matrix_is_one_finding_with_its_value(faulty: Consolidated) -> None:
    """The count breaks its running total, its area's sum and the office's; the cell itself is named."""
    (finding,) = (f for f in faulty.findings if f.record == "certificate/1-1" and not f.root)
    assert finding.variant == "located"
    assert finding.suggestion is not None
    assert (finding.suggestion.shown, len(finding.effects)) == ("219", 2)


def test_a_wrong_area_takes_its_density_along(faulty: Consolidated) -> None:
    about = [f for f in faulty.findings if f.record == "3-2" and f.form == "population"]
    (root,) = (f for f in about if not f.root)
    assert (root.code, root.field, root.suggestion and root.suggestion.shown) == ("BAL003", "area_km2", "1.244")
    assert [f.code for f in about if f.root == root.id] == ["RAT003"]


def test_every_finding_speaks(faulty: Consolidated, districts: Pack) -> None:
    for finding in faulty.findings:
        assert not missing(finding), (finding.code, finding.variant)
        for lang in ("ja", "en"):
            assert render(finding, districts, lang)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, districts: Pack) -> dict[bool, Consolidated]:
    return {faults: made("plain", faults, tmp_path_factory.mktemp("plain"), districts) for faults in (False, True)}


def made(variation: str, faults: bool, folder: Path, districts: Pack) -> Consolidated:
    write_returns(folder, variation, faults)
    return run(districts, [folder], None, Options(jobs=1))


@pytest.mark.parametrize("variation", [name for name in VARIATIONS if name != "plain"])
def test_every_layout_reads_alike(
    variation: str, plain: dict[bool, Consolidated], tmp_path: Path, districts: Pack
) -> None:
    honest = made(variation, False, tmp_path / "honest", districts)
    assert planting.figures(honest, TITLES) == planting.figures(plain[False], TITLES)
    assert planting.errors(honest) == planting.errors(plain[False])
    spoilt = made(variation, True, tmp_path / "spoilt", districts)
    assert planting.errors(spoilt) == planting.errors(plain[True])
