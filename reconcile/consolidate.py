"""What a run comes to: everything the outputs are written from, in one frozen record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reconcile.balances import Balances, Judged
from reconcile.facts import Facts, Mask
from reconcile.findings import Finding, Tally, Unjudged
from reconcile.packs.model import Pack
from reconcile.submissions import Submission

if TYPE_CHECKING:
    from reconcile.rules.context import Confrontation

FormStatus = Literal["merged", "partly", "set_aside", "missing", "not_expected"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one department did: its files, and for each form of the pack what became of it."""

    department: str
    expected: bool
    files: tuple[str, ...]
    forms: Mapping[str, FormStatus]
    records: int
    set_aside: int
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Conserved:
    """Records and figures before and after merging, for one form: read = merged + set aside."""

    form: str
    read: int
    merged: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Consolidated:
    """A whole run.

    ``accepted`` tells for each fact whether it is merged; ``findings`` are sorted and identified, those with
    a ``root`` follow from another one; ``judged`` belongs to ``balances`` line by line; ``balance_findings``
    maps a constraint to the id of its finding; ``skipped`` lists what was not taken for a return, with why.
    """

    pack: Pack
    facts: Facts
    accepted: Mask
    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]
    tallies: Mapping[str, Tally]
    unjudged: tuple[Unjudged, ...]
    balances: Balances
    judged: Judged
    balance_findings: Mapping[int, str]
    answers: tuple[Answer, ...]
    conserved: tuple[Conserved, ...]
    provisional: bool
    skipped: tuple[tuple[str, str], ...]
    seconds: Mapping[str, float]


def answers(data: Confrontation, findings: Sequence[Finding]) -> tuple[Answer, ...]:
    """For each expected department, then each other one that answered: its files, its forms, its findings."""
    pack, facts = data.pack, data.facts
    expected = pack.expected_departments()
    others = sorted(data.answered - set(expected))
    found = []
    for department in (*expected, *others):
        own = [s for s in data.submissions if s.answers and s.department == department]
        mine = facts.department == department
        due = pack.forms_expected_of(department)
        errors = [f for f in findings if f.department == department and not f.root]
        records = _records(facts, mine)
        merged = _records(facts, mine & data.accepted)
        found.append(
            Answer(
                department=department,
                expected=department in expected,
                files=tuple(s.file for s in own),
                forms={name: _status(data, name, mine, own, name in due) for name in pack.forms},
                records=records,
                set_aside=records - merged,
                errors=sum(f.severity == "error" for f in errors),
                warnings=sum(f.severity == "warning" for f in errors),
            )
        )
    return tuple(found)


def _status(data: Confrontation, form: str, mine: Mask, own: Sequence[Submission], due: bool) -> FormStatus:
    facts = data.facts
    here = mine & (facts.form == form)
    if not here.any():
        blocked = any(f.form == form and f.code.startswith(("LAY", "FIL")) for s in own for f in s.findings)
        return "set_aside" if blocked else "missing" if due else "not_expected"
    accepted = data.accepted[here]
    return "merged" if accepted.all() else "partly" if accepted.any() else "set_aside"


def _records(facts: Facts, chosen: Mask) -> int:
    chosen = chosen & (facts.level == "record")
    return len(set(facts.entry[chosen].tolist()))


def conserved(data: Confrontation) -> tuple[Conserved, ...]:
    """Records read, merged and set aside, form by form; what is read is either merged or set aside."""
    found = []
    for form in data.pack.forms:
        here = data.facts.form == form
        outside = sum(f.records for s in data.submissions if s.outside for f in s.forms if f.form == form)
        read = _records(data.facts, here) + outside
        merged = _records(data.facts, here & data.accepted)
        aside = _records(data.facts, here & ~data.accepted) + outside
        if merged + aside != read:
            raise AssertionError(f"{form}: {read} records read, {merged} merged, {aside} set aside")
        found.append(Conserved(form, read, merged, aside))
    return tuple(found)
