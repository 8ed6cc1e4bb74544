"""The three outcomes of the stages before the rules: where reading and locating found something, and where not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from reconcile.facts import ERROR, NUMBER, TEXT, Facts
from reconcile.findings import Finding, Tally
from reconcile.packs.model import Form, Pack
from reconcile.submissions import Submission

OF_FILES = ("FIL001", "FIL002", "FIL004", "FIL005", "FIL011")
OF_FORMS = ("FIL006", "FIL008", "LAY001", "LAY002", "LAY003", "LAY004", "LAY005", "LAY006", "LAY008", "LAY009")
OF_RECORDS = ("LAY007",)
OF_CELLS = ("FIL007", "FIL009", "FIL010")
OF_FIGURES = ("FLD002", "FLD010", "FLD011")


def reading_tallies(
    pack: Pack, submissions: Sequence[Submission], facts: Facts, findings: Iterable[Finding]
) -> dict[str, Tally]:
    """Per code: failed is where it was found; passed is every other file, form, record or cell it was looked for in.

    A figure in a cell that holds an Excel error cannot be judged.
    """
    failed: dict[str, set[tuple[str, ...]]] = {}
    for f in findings:
        failed.setdefault(f.code, set()).add(_place(f))
    numeric = np.isin(facts.slot, [s for form in pack.forms.values() for s in form.slots() if _numeric(form, s)])
    blocks = [name for name, form in pack.forms.items() if form.layout == "block"]
    records = (facts.level == "record") & np.isin(facts.form, blocks)
    looked = {
        OF_FILES: len(submissions),
        OF_FORMS: len({(s.file, f.form) for s in submissions for f in s.forms}),
        OF_RECORDS: len(set(facts.entry[records].tolist())),
        OF_CELLS: int(np.isin(facts.state, (NUMBER, TEXT, ERROR)).sum()),
        OF_FIGURES: int((numeric & (facts.state == NUMBER)).sum()),
    }
    broken = int((numeric & (facts.state == ERROR)).sum())
    tallies = {}
    for codes, size in looked.items():
        for code in codes:
            found = len(failed.get(code, ()))
            tallies[code] = Tally(max(0, size - found), found, broken if codes is OF_FIGURES else 0)
    return tallies


def _numeric(form: Form, slot: str) -> bool:
    return form.fields[slot.partition(".")[0]].numeric


def _place(finding: Finding) -> tuple[str, ...]:
    """What a code of reading is counted by: the file, the form in it, the record, or the cell."""
    ref = finding.ref
    if finding.code in OF_FILES:
        return (ref.file,)
    if finding.code in OF_FORMS:
        return (ref.file, finding.form)
    if finding.code in OF_RECORDS:
        return (ref.file, finding.form, finding.record)
    return (ref.file, ref.sheet, str(ref.row), str(ref.column), finding.component)
