"""Every planted fault is found at its cell, and nothing else is called an error."""

from __future__ import annotations

import csv
from pathlib import Path

from reconcile.consolidate import Consolidated
from reconcile.findings import CellRef, Finding

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"

Planted = dict[str, str]


def planted() -> list[Planted]:
    with (SAMPLES / "planted.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def touches(finding: Finding, fault: Planted) -> bool:
    """Whether the planted cell is the finding's or among its cells; without a cell, whether the file is."""
    places: list[CellRef] = [finding.ref, *(part.ref for part in finding.cells)]
    if not fault["cell"]:
        return any(ref.file == fault["file"] for ref in places)
    return any((ref.file, ref.sheet, ref.a1) == (fault["file"], fault["sheet"], fault["cell"]) for ref in places)


def explains(fault: Planted, finding: Finding) -> bool:
    return finding.code in fault["code"].split("|") and touches(finding, fault)


def test_at_least_forty_faults_of_many_kinds_are_planted() -> None:
    faults = planted()
    assert len(faults) >= 40
    assert len({fault["code"] for fault in faults}) >= 30


def test_every_planted_fault_is_found(spoilt: Consolidated) -> None:
    missed = [
        (fault["file"], fault["sheet"], fault["cell"], fault["code"])
        for fault in planted()
        if not any(explains(fault, finding) for finding in spoilt.findings)
    ]
    assert missed == []


def test_no_error_is_found_that_was_not_planted(spoilt: Consolidated, honest: Consolidated) -> None:
    faults = planted()
    known = {finding.id for finding in honest.findings}
    by_id = {finding.id: finding for finding in spoilt.findings}

    def accounted_for(finding: Finding) -> bool:
        if finding.id in known or any(explains(fault, finding) for fault in faults):
            return True
        if finding.root:
            return accounted_for(by_id[finding.root])
        # What follows from a fault without being its own code: the cell is among its cells all the same.
        return any(fault["cell"] and touches(finding, fault) for fault in faults)

    extra = [
        (finding.code, finding.ref, finding.record, finding.found)
        for finding in spoilt.findings
        if finding.severity == "error" and not accounted_for(finding)
    ]
    assert extra == []


def test_each_cause_is_one_error(spoilt: Consolidated) -> None:
    """What follows from another finding is attached to it, both ways."""
    by_id = {finding.id: finding for finding in spoilt.findings}
    for finding in spoilt.findings:
        for effect in finding.effects:
            assert by_id[effect].root == finding.id
        if finding.root:
            assert finding.id in by_id[finding.root].effects
            assert not by_id[finding.root].root
