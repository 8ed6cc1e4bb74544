"""The three outcomes of the stages before the rules: where reading and locating found something, and where not.

Nothing passes by being unreadable: what a code could not be looked for in is counted as not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from reconcile.facts import ERROR, NUMBER, TEXT, Facts, Mask
from reconcile.findings import Finding, Tally
from reconcile.packs.model import Form, Pack
from reconcile.submissions import NO_RETURN, Submission

# Why a file cannot be read: where one of them is found, nobody can tell the others.
REFUSALS = ("FIL001", "FIL002", "FIL011")
OF_FORMS = ("LAY002", "LAY003", "LAY004", "LAY005", "LAY006", "LAY008", "LAY009", "LAY010", "FIL006", "FIL008")
OF_CELLS = ("FIL007", "FIL009", "FIL010")
OF_READING = ("FLD010", "FLD011")
# These say nothing of formulas, error values and hidden rows.
FOREIGN = ("xls", "xlsb", "ods")

Found = Mapping[str, set[tuple[str, ...]]]


def reading_tallies(
    pack: Pack, submissions: Sequence[Submission], facts: Facts, findings: Iterable[Finding]
) -> dict[str, Tally]:
    """Per code: failed is where it was found; passed is every other file, form, record or cell it was looked for in."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for finding in findings:
        found.setdefault(finding.code, set()).add(_place(finding))
    return {
        **_files(pack, submissions, found),
        **_forms(pack, submissions, facts, found),
        **_cells(pack, submissions, facts, found),
    }


def _tally(looked: int, failed: int, unjudged: int = 0) -> Tally:
    return Tally(max(0, looked - failed), failed, unjudged)


def _files(pack: Pack, submissions: Sequence[Submission], found: Found) -> dict[str, Tally]:
    refused = {s.file for s in submissions if any((s.file,) in found.get(code, ()) for code in REFUSALS)}
    readable = [s for s in submissions if s.file not in refused]
    silent = [s for s in readable if not s.outside and any(not s.cover.get(f, "").strip() for f in pack.file.expect)]
    nameless = [s for s in readable if not s.department]
    tallies = {}
    for code in REFUSALS:
        failed = len(found.get(code, ()))
        tallies[code] = _tally(len(readable) + failed, failed, len(refused) - failed)
    for code, unknown in (("FIL003", ()), ("FIL004", silent), ("FIL005", nameless), ("FIL012", ())):
        failed = len(found.get(code, ()))
        tallies[code] = _tally(len(readable) - len(unknown), failed, len(refused) + len(unknown))
    return tallies


def _forms(pack: Pack, submissions: Sequence[Submission], facts: Facts, found: Found) -> dict[str, Tally]:
    here = [s for s in submissions if not s.outside]
    there = {(s.file, f.form) for s in here for f in s.forms}
    lost = {place for place in found.get("LAY001", ()) if place not in there}
    unreadable = sum(s.refused not in ("", "no_form", NO_RETURN) for s in here)
    tallies = {"LAY001": _tally(len(there | lost), len(found.get("LAY001", ())), unreadable)}
    nameless = {(s.file, f.form) for s in here if not s.department for f in s.forms}
    foreign = {(s.file, f.form) for s in here if s.kind in FOREIGN for f in s.forms}
    for code in OF_FORMS:
        failed = found.get(code, set())
        unknown = {"FIL006": nameless, "FIL008": foreign}.get(code, set()) - failed
        tallies[code] = _tally(len((there | failed) - unknown), len(failed), len(lost) + len(unknown))
    blocks = [name for name, form in pack.forms.items() if form.layout == "block"]
    records = len(set(facts.entry[facts.coded("level").says("record") & facts.coded("form").among(blocks)].tolist()))
    failed = found.get("LAY007", set())
    tallies["LAY007"] = _tally(records, len(failed), sum(form in blocks for _, form in lost))
    return tallies


def _cells(pack: Pack, submissions: Sequence[Submission], facts: Facts, found: Found) -> dict[str, Tally]:
    foreign = facts.coded("file").among(s.file for s in submissions if s.kind in FOREIGN)
    filled = np.isin(facts.state, (NUMBER, TEXT, ERROR))
    tallies = {
        code: _tally(_count(filled & ~foreign), len(found.get(code, ())), _count(filled & foreign)) for code in OF_CELLS
    }
    slots = [slot for form in pack.forms.values() for slot in form.slots() if _numeric(form, slot)]
    numeric = facts.coded("slot").among(slots)
    figures, broken = _count(numeric & (facts.state == NUMBER)), _count(numeric & (facts.state == ERROR))
    wrong = len(found.get("FLD002", ()))
    tallies["FLD002"] = _tally(figures + wrong, wrong, broken)
    # What could not be read as a figure was not read in any way.
    tallies |= {code: _tally(figures, len(found.get(code, ())), broken + wrong) for code in OF_READING}
    return tallies


def _count(mask: Mask) -> int:
    return int(mask.sum())


def _numeric(form: Form, slot: str) -> bool:
    return form.fields[slot.partition(".")[0]].numeric


def _place(finding: Finding) -> tuple[str, ...]:
    """What a code of reading is counted by: the file, the form in it, the record, or the cell."""
    ref = finding.ref
    if finding.code in (*REFUSALS, "FIL003", "FIL004", "FIL005", "FIL012"):
        return (ref.file,)
    if finding.code in (*OF_FORMS, "LAY001"):
        return (ref.file, finding.form)
    if finding.code == "LAY007":
        return (ref.file, finding.form, finding.record)
    return (ref.file, ref.sheet, str(ref.row), str(ref.column), finding.component)
