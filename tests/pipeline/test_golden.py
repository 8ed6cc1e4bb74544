"""What comes out of every set of sample returns is what was reviewed (``make golden`` writes it anew)."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import AFTER, EARLIER, KEPT, expected, produce, produce_after, sets

SETS = list(sets())


def test_there_are_samples_and_expectations() -> None:
    assert ("plan2022", "returns-with-errors") in [(pack, folder.name) for pack, folder in SETS]


@pytest.mark.parametrize(("pack", "folder"), SETS, ids=[f"{pack}-{folder.name}" for pack, folder in SETS])
def test_the_outputs_are_the_expected_ones(pack: str, folder: Path, tmp_path: Path) -> None:
    produce(pack, folder, tmp_path / "out")
    for name in KEPT:
        assert (tmp_path / "out" / name).read_bytes() == (expected(folder) / name).read_bytes(), name


@pytest.mark.parametrize(
    "folder", [folder for _, folder in SETS if folder.name == EARLIER], ids=lambda f: f.parent.name
)
def test_the_round_after_an_earlier_one_gives_the_expected_findings(folder: Path, tmp_path: Path) -> None:
    produce_after(folder, tmp_path / "out")
    told = expected(folder).with_name(AFTER) / "findings.jsonl"
    assert (tmp_path / "out" / "findings.jsonl").read_bytes() == told.read_bytes()


def test_the_same_returns_give_the_same_bytes(tmp_path: Path) -> None:
    pack, folder = SETS[0]
    for number in (1, 2):
        produce(pack, folder, tmp_path / str(number))
    for name in (*KEPT, "master.xlsx"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name
