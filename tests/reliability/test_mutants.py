"""Mutants of the sample workbooks are accepted or refused with a finding; nothing else ever comes out."""

from __future__ import annotations

from benchmarks.reliability.fuzz import PACKS, shared_out

FIL = ("FIL001", "FIL002", "FIL011")


def test_five_hundred_mutants() -> None:
    # In a process of its own: the memory it is held to is not that of the programs which other tests have started.
    outcome = shared_out(500, seed=20221122, jobs=1, piece=125)
    assert outcome.faults == []
    assert outcome.mutants == 500
    assert outcome.accepted + outcome.refused == 500
    assert outcome.accepted > 50
    assert outcome.refused > 50
    assert outcome.slowest < 20
    assert set(outcome.codes) <= set(FIL)
    assert outcome.runs == 4 * len(PACKS)
