"""Mutants of the sample workbooks are accepted or refused with a finding; nothing else ever comes out."""

from __future__ import annotations

from pathlib import Path

from benchmarks.reliability.fuzz import PACKS, Outcome, fuzz

FIL = ("FIL001", "FIL002", "FIL011")


def test_five_hundred_mutants(tmp_path: Path) -> None:
    outcome = Outcome()
    for first in range(0, 500, 125):
        outcome.add(fuzz(range(first, first + 125), seed=20221122, folder=tmp_path))
    assert outcome.faults == []
    assert outcome.mutants == 500
    assert outcome.accepted + outcome.refused == 500
    assert outcome.accepted > 50
    assert outcome.refused > 50
    assert outcome.slowest < 20
    assert set(outcome.codes) <= set(FIL)
    assert outcome.runs == 4 * len(PACKS)
