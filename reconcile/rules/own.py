"""OWN001: what the checks of a pack's own ``checks.py`` find. OWN002: one of them that raises; the others go on."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

import numpy as np

from reconcile.facts import ABSENT, NUMBER, STATES, FormTable
from reconcile.findings import CellRef, Finding, Unjudged
from reconcile.packs.own import OwnCheck, Record, Said, Value
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved
from reconcile.rules.duplicates import accepted_records

FOUND, RAISED = "OWN001", "OWN002"
FILE = "checks.py"


def own_code(folder: Path) -> Path | None:
    """The file with a pack's own checks; None where it has none."""
    path = folder / FILE
    return path if path.is_file() else None


def judge(data: Confrontation, allowed: bool) -> Iterator[tuple[str, Outcome]]:
    """Runs every check of the pack's ``checks.py`` over the merged records of its form: the code of the pack is run,
    where that is ``allowed``. What was not run, or stopped, has not been judged."""
    path = own_code(data.pack.folder)
    if path is None:
        return
    if not allowed:
        for code in (FOUND, RAISED):
            yield code, Outcome(unjudged=[Unjudged(code, CellRef(""), "code_not_allowed")])
        return
    try:
        checks = _checks(_module(path), data)
    except (Exception, SystemExit) as wrong:  # whatever the pack's code raises is its own, and ends here
        yield RAISED, Outcome([_raised(path.name, wrong)])
        yield FOUND, Outcome(unjudged=[_stopped()])
        return
    for form, functions in checks.items():
        table = data.table(form)
        records = _records(table, data) if table is not None else []
        for function in functions:
            yield from _run(function, records, data)


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("pack_checks", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _checks(module: ModuleType, data: Confrontation) -> Mapping[str, Sequence[OwnCheck]]:
    checks: Mapping[str, Sequence[OwnCheck]] = module.CHECKS
    unknown = [form for form in checks if form not in data.pack.forms]
    if unknown:
        raise KeyError(f"CHECKS: no such form: {', '.join(map(str, unknown))}")
    return checks


def _run(function: OwnCheck, records: list[Record], data: Confrontation) -> Iterator[tuple[str, Outcome]]:
    name = getattr(function, "__name__", str(function))
    outcome = Outcome()
    try:
        for said in function(records):
            outcome.findings.append(_finding(said, name, data))
    except (Exception, SystemExit) as wrong:
        yield RAISED, Outcome([_raised(name, wrong)])
        outcome.unjudged.append(_stopped())
    else:
        yield RAISED, Outcome(passed=1)
        outcome.passed = max(0, len(records) - len({finding.record for finding in outcome.findings}))
    yield FOUND, outcome


def _stopped() -> Unjudged:
    return Unjudged(FOUND, CellRef(""), "check_stopped")


def _finding(said: Said, name: str, data: Confrontation) -> Finding:
    if not isinstance(said, Said):
        raise TypeError(f"a check yields what says(…) gives, not {type(said).__name__}")
    record = said.record
    positions = [own.position for slot in said.slots if (own := record[slot]).position != ABSENT]
    data_ = {"said_ja": str(said.ja), "said_en": str(said.en), "check": name}
    if not positions:
        ref = CellRef(record.file, record.sheet)
        return Finding(
            FOUND, ref, department=record.department, form=record.form, record=record.key, variant="record", data=data_
        )
    return finding_at(data.facts, positions[0], FOUND, data=data_, cells=involved(data.facts, positions, "value"))


def _raised(name: str, wrong: BaseException) -> Finding:
    return Finding(RAISED, CellRef(""), data={"check": name, "why": f"{type(wrong).__name__}: {wrong}"[:200]})


def _records(table: FormTable, data: Confrontation) -> list[Record]:
    """The merged records of a form; one a component."""
    facts = data.facts
    records = []
    for line in accepted_records(table, data):
        values = {}
        for slot, positions in table.index.items():
            at = int(positions[line])
            if at != ABSENT:
                number = facts.value[at] if facts.state[at] == NUMBER else None
                state = STATES[int(np.int8(facts.state[at]))]
                values[slot] = Value(str(facts.raw[at]), number, str(facts.unit[at]), state, at)
        records.append(
            Record(
                table.form,
                str(table.record[line]),
                str(table.department[line]),
                str(table.file[line]),
                str(table.sheet[line]),
                values,
            )
        )
    return records
