"""A round against the outputs of the one before: from the folder of a run to the findings of the next."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from reconcile.packs import Pack
from reconcile.pipeline import CannotRun, Options, check, run

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"
HONEST = SAMPLES / "returns" / "03_保健福祉政策部.xlsx"
FAULTY = SAMPLES / "returns-with-errors" / "03_保健福祉政策部.xlsx"
OFFICE = SAMPLES / "returns-with-errors" / "15_政策経営部.xlsx"
HISTORY = ("HIS001", "HIS002", "HIS003", "HIS004")


@pytest.fixture(scope="module")
def earlier(plan: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a run over one honest return."""
    out = tmp_path_factory.mktemp("earlier") / "out"
    run(plan, [HONEST], out, Options(jobs=1))
    return out


def test_what_stayed_passes(plan: Pack, earlier: Path) -> None:
    again = check(plan, [HONEST], Options(jobs=1, previous=earlier))
    assert [f for f in again.findings if f.code in HISTORY] == []
    assert again.tallies["HIS001"].passed > again.tallies["HIS002"].passed > 0
    assert again.tallies["HIS003"].passed > 0


def test_what_changed_is_found(plan: Pack, earlier: Path) -> None:
    changed = check(plan, [FAULTY], Options(jobs=1, previous=earlier))
    found = {f.code for f in changed.findings if f.code in HISTORY}
    assert "HIS001" in found
    magnitude = [f for f in changed.findings if f.code == "HIS003"]
    by_id = {f.id: f for f in changed.findings}
    # A figure that changed by its magnitude is told once.
    assert all(by_id[effect].code in ("HIS001", "HIS002") for f in magnitude for effect in f.effects)


def changed() -> dict[tuple[str, str, str], str]:
    """File, sheet and cell in the returns → the code that says of it that the earlier round said otherwise."""
    with (SAMPLES / "changed.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(line["file"], line["sheet"], line["cell"]): line["code"] for line in csv.DictReader(file)}


def test_every_change_since_the_earlier_round_is_found_and_nothing_else(plan: Pack) -> None:
    """The real returns after those of the middle of the year, in which seven figures were others."""
    previous = SAMPLES / "expected" / "returns-earlier"
    now = check(plan, [SAMPLES / "returns"], Options(jobs=1, previous=previous))
    found = {(f.ref.file, f.ref.sheet, f.cell): f.code for f in now.findings if f.code in HISTORY and not f.root}
    assert found == changed()
    assert set(found.values()) == set(HISTORY)
    for code in HISTORY:
        assert now.tallies[code].passed > 0, code
        # Eleven departments did not answer the round before.
        assert now.tallies[code].unjudged > 0 or code == "HIS004", code


def test_without_an_earlier_round_nothing_is_said(plan: Pack) -> None:
    alone = check(plan, [FAULTY], Options(jobs=1))
    assert all((alone.tallies[code].passed, alone.tallies[code].unjudged) == (0, 0) for code in HISTORY)


def test_a_folder_that_is_none_of_a_run_stops_it(plan: Pack, tmp_path: Path) -> None:
    with pytest.raises(CannotRun) as stopped:
        check(plan, [HONEST], Options(jobs=1, previous=tmp_path))
    assert stopped.value.key == "no_previous"


@pytest.mark.parametrize(("as_of", "late"), [(None, 1), (date(2023, 1, 25), 0), (date(2023, 1, 24), 1)])
def test_another_deadline_takes_the_place_of_the_packs(plan: Pack, as_of: date | None, late: int) -> None:
    found = check(plan, [OFFICE], Options(jobs=1, as_of=as_of))
    assert sum(f.code == "SUB003" for f in found.findings) == late
