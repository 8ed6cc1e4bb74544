"""The pack council2023 over its samples: what the printed document really contains, what was planted, every layout."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import planted_faults as planting
import pytest
from council2023.making.collections import write_returns
from council2023.making.layouts import VARIATIONS

from reconcile.consolidate import Consolidated
from reconcile.messages import missing, render
from reconcile.packs import Pack, load
from reconcile.pipeline import Options, run

PACK = "council2023"
SAMPLES = planting.SAMPLES / PACK
# How a day is typed; the rules compare days, not texts.
TYPED = ("date",)


@pytest.fixture(scope="module")
def council() -> Pack:
    return load(PACK)


@pytest.fixture(scope="module")
def clean(council: Pack) -> Consolidated:
    return run(council, [SAMPLES / "returns"], None, Options(jobs=1))


@pytest.fixture(scope="module")
def faulty(council: Pack) -> Consolidated:
    return run(council, [SAMPLES / "returns-with-errors"], None, Options(jobs=1))


def test_the_printed_texts_give_the_genuine_findings_and_no_other(clean: Consolidated) -> None:
    found = Counter((f.code, f.form, f.record, f.field) for f in clean.findings)
    listed = Counter((g["code"], g["form"], g["record"], g["field"]) for g in planting.lines(PACK, "genuine.csv"))
    assert found == listed


def test_the_tree_of_measures_is_covered(clean: Consolidated) -> None:
    assert [(c.form, c.read, c.merged) for c in clean.conserved] == [("goals", 44, 44), ("opinions", 56, 56)]
    assert (clean.tallies["XRF002"].passed, clean.tallies["XRF002"].failed) == (44, 0)


def test_what_the_document_leaves_open_is_counted(clean: Consolidated) -> None:
    assert clean.tallies["TXT001"].failed == 5
    assert {f.record for f in clean.findings if f.code == "TXT001"} == {
        *("1-1⑥/1", "1-1⑦/1", "1-1⑧/1", "1-1⑨/1", "1-2④/1"),
    }


def test_the_slide_that_is_printed_twice_gives_its_opinions_twice(clean: Consolidated) -> None:
    twice = {f.record: f.data["other_key"] for f in clean.findings if f.code == "DUP004"}
    assert twice == {"14": "1", "15": "2", "16": "3", "17": "4"}


def test_every_opinion_is_of_a_meeting_on_its_day(clean: Consolidated) -> None:
    assert (clean.tallies["FLD003"].failed, clean.tallies["FLD003"].unjudged) == (0, 0)


def test_goals_that_are_not_printed_are_not_compared(clean: Consolidated) -> None:
    assert clean.unjudged == ()


def test_faults_of_many_kinds_are_planted() -> None:
    faults = planting.lines(PACK, "planted.csv")
    assert len(faults) >= 25
    assert len({code for fault in faults for code in fault["code"].split("|")}) >= 16


def test_every_planted_fault_is_found(faulty: Consolidated) -> None:
    assert planting.missed(PACK, faulty) == []


def test_no_error_is_found_that_was_not_planted(faulty: Consolidated, clean: Consolidated) -> None:
    assert planting.unexplained(PACK, faulty, clean) == []


def test_every_finding_speaks(faulty: Consolidated, council: Pack) -> None:
    for finding in faulty.findings:
        assert not missing(finding), (finding.code, finding.variant)
        for lang in ("ja", "en"):
            assert render(finding, council, lang)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, council: Pack) -> dict[bool, Consolidated]:
    return {faults: made("plain", faults, tmp_path_factory.mktemp("plain"), council) for faults in (False, True)}


def made(variation: str, faults: bool, folder: Path, council: Pack) -> Consolidated:
    write_returns(folder, variation, faults)
    return run(council, [folder], None, Options(jobs=1))


@pytest.mark.parametrize("variation", [name for name in VARIATIONS if name != "plain"])
def test_every_layout_reads_alike(
    variation: str, plain: dict[bool, Consolidated], tmp_path: Path, council: Pack
) -> None:
    honest = made(variation, False, tmp_path / "honest", council)
    assert planting.figures(honest, TYPED) == planting.figures(plain[False], TYPED)
    assert planting.errors(honest) == planting.errors(plain[False])
    spoilt = made(variation, True, tmp_path / "spoilt", council)
    assert planting.errors(spoilt) == planting.errors(plain[True])
