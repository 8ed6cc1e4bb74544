"""Which planted fault a finding speaks of, for any pack that has samples."""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path

from reconcile.consolidate import Consolidated
from reconcile.facts import BLANK
from reconcile.findings import CellRef, Finding

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

Planted = dict[str, str]
Told = set[tuple[str, ...]]


def lines(pack: str, name: str) -> list[Planted]:
    """The lines of planted.csv or genuine.csv."""
    with (SAMPLES / pack / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def explains(fault: Planted, finding: Finding) -> bool:
    """Whether a finding has a code of the fault and its cell among its own."""
    return finding.code in fault["code"].split("|") and touches(finding, fault)


def touches(finding: Finding, fault: Planted) -> bool:
    """Whether the planted cell is the finding's or among its cells; without a cell, whether the file is."""
    places: list[CellRef] = [finding.ref, *(part.ref for part in finding.cells)]
    if not fault["cell"]:
        return any(ref.file == fault["file"] for ref in places)
    return any((ref.file, ref.sheet, ref.a1) == (fault["file"], fault["sheet"], fault["cell"]) for ref in places)


def missed(pack: str, spoilt: Consolidated) -> list[tuple[str, ...]]:
    """The planted faults that no finding speaks of."""
    return [
        (fault["file"], fault["sheet"], fault["cell"], fault["code"])
        for fault in lines(pack, "planted.csv")
        if not any(explains(fault, finding) for finding in spoilt.findings)
    ]


def unexplained(pack: str, spoilt: Consolidated, honest: Consolidated) -> list[tuple[object, ...]]:
    """The errors that are neither planted, nor in the honest returns, nor follow from what is."""
    faults = lines(pack, "planted.csv")
    known = {finding.id for finding in honest.findings}
    by_id = {finding.id: finding for finding in spoilt.findings}

    def accounted_for(finding: Finding) -> bool:
        if finding.id in known or any(explains(fault, finding) for fault in faults):
            return True
        if finding.root:
            return accounted_for(by_id[finding.root])
        return any(fault["cell"] and touches(finding, fault) for fault in faults)

    return [
        (finding.code, finding.ref, finding.record, finding.found)
        for finding in spoilt.findings
        if finding.severity == "error" and not accounted_for(finding)
    ]


def figures(result: Consolidated, but: Collection[str] = ()) -> Told:
    """What is read of every filled cell, wherever it stands: texts without white space, figures without zeros.

    ``but`` are fields that depend on how the form is laid out.
    """
    facts = result.facts
    told: Told = set()
    for n in range(len(facts)):
        if facts.state[n] == BLANK:
            continue
        name, version, period = facts.parts(n)
        if name in but:
            continue
        value = facts.value[n]
        read = "".join(str(facts.raw[n]).split()) if value is None else str(value.normalize())
        told.add((str(facts.department[n]), str(facts.form[n]), str(facts.record[n]), name, version, period, read))
    return told


def errors(result: Consolidated) -> Told:
    """Errors by department, code, form, record and slot."""
    return {
        (f.department, f.code, f.form, f.record, f.field, f.version, f.period)
        for f in result.findings
        if f.severity == "error"
    }
