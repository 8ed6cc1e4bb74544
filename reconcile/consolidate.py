"""What a run comes to: everything the outputs are written from, in one frozen record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from reconcile.balances import Balances, Judged
from reconcile.coded import in_order_of_appearance
from reconcile.facts import NUMBER, Facts, Mask, Positions
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
class Measure:
    """One column of figures (`slot`) of one form: how many, and their sums; read = merged + set aside."""

    form: str
    slot: str
    values: int
    read: Decimal
    merged: Decimal
    set_aside: Decimal


@dataclass(frozen=True)
class Consolidated:
    """A whole run.

    ``accepted`` tells for each fact whether it is merged; ``findings`` are sorted and identified, those with
    a ``root`` follow from another one; ``judged`` belongs to ``balances`` line by line; ``balance_findings``
    maps a constraint to the id of its finding; ``skipped`` lists what was not taken for a return, with why; ``kept``
    is where an earlier output was put aside that somebody had changed.
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
    kept: Path | None = None

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The figures of records by form and slot, in the order in which they were first read. Sums are exact."""
        facts = self.facts
        chosen = np.asarray((facts.state == NUMBER) & facts.coded("level").says("record"), dtype=bool)
        counts = np.bincount(facts.measure[chosen], minlength=len(facts.measures))
        read, merged = facts.sums(chosen), facts.sums(chosen & self.accepted)
        return tuple(
            Measure(
                facts.measures[n][0],
                facts.measures[n][1],
                int(counts[n]),
                facts.decimal(read[n]),
                facts.decimal(merged[n]),
                facts.decimal(read[n] - merged[n]),
            )
            for n in in_order_of_appearance(facts.measure[chosen], len(counts)).tolist()
        )


def answers(data: Confrontation, findings: Sequence[Finding]) -> tuple[Answer, ...]:
    """For each expected department, then each other one that answered: its files, its forms, its findings."""
    pack = data.pack
    expected = pack.expected_departments()
    asked = frozenset(expected)
    counts = _counts(data)
    files: dict[str, list[Submission]] = {}
    for submission in data.submissions:
        if submission.answers:
            files.setdefault(submission.department, []).append(submission)
    graded = Counter((finding.department, finding.severity) for finding in findings if not finding.root)
    found = []
    for department in (*expected, *sorted(data.answered - asked)):
        own = files.get(department, [])
        due = pack.forms_expected_of(department)
        records, merged = counts.records.get(department, (0, 0))
        found.append(
            Answer(
                department=department,
                expected=department in asked,
                files=tuple(s.file for s in own),
                forms={
                    name: _status(counts.values.get((department, name)), name, own, name in due) for name in pack.forms
                },
                records=records,
                set_aside=records - merged,
                errors=graded[department, "error"],
                warnings=graded[department, "warning"],
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Counts:
    """What all returns hold, counted in one pass.

    ``records`` gives for a department its records and the merged ones, ``values`` for a department and form their
    values and the merged ones.
    """

    records: Mapping[str, tuple[int, int]]
    values: Mapping[tuple[str, str], tuple[int, int]]


def _counts(data: Confrontation) -> _Counts:
    facts, accepted = data.facts, data.accepted
    if not len(facts):
        return _Counts({}, {})
    department, departments = facts.coded("department").codes, facts.coded("department").values
    forms = facts.coded("form").values
    cell = department.astype(np.int32) * len(forms) + facts.coded("form").codes
    values = np.bincount(cell, minlength=len(departments) * len(forms))
    kept = np.bincount(cell[accepted], minlength=len(values)).tolist()
    of_entry = np.zeros(int(facts.entry.max()) + 1, dtype=department.dtype)
    of_entry[facts.entry] = department
    is_record = facts.coded("level").says("record")
    read, merged = (
        np.bincount(of_entry[_entries(facts, chosen)], minlength=len(departments))
        for chosen in (is_record, is_record & accepted)
    )
    return _Counts(
        {name: (int(read[n]), int(merged[n])) for n, name in enumerate(departments)},
        {
            (departments[n // len(forms)], forms[n % len(forms)]): (count, kept[n])
            for n, count in enumerate(values.tolist())
            if count
        },
    )


def _status(values: tuple[int, int] | None, form: str, own: Sequence[Submission], due: bool) -> FormStatus:
    if values is None:
        blocked = any(f.form == form and f.code.startswith(("LAY", "FIL")) for s in own for f in s.findings)
        return "set_aside" if blocked else "missing" if due else "not_expected"
    read, merged = values
    return "merged" if merged == read else "partly" if merged else "set_aside"


def _entries(facts: Facts, chosen: Mask) -> Positions:
    """The records that the chosen values belong to."""
    there = np.zeros(int(facts.entry.max(initial=-1)) + 1, dtype=bool)
    there[facts.entry[chosen]] = True
    return np.flatnonzero(there)


def conserved(data: Confrontation) -> tuple[Conserved, ...]:
    """Records read, merged and set aside, form by form; what is read is either merged or set aside."""
    facts, found = data.facts, []
    is_record = facts.coded("level").says("record")
    for form in data.pack.forms:
        here = is_record & facts.coded("form").says(form)
        outside = sum(f.records for s in data.submissions if s.outside for f in s.forms if f.form == form)
        read = len(_entries(facts, here)) + outside
        merged = len(_entries(facts, here & data.accepted))
        aside = len(_entries(facts, here & ~data.accepted)) + outside
        if merged + aside != read:
            raise AssertionError(f"{form}: {read} records read, {merged} merged, {aside} set aside")
        found.append(Conserved(form, read, merged, aside))
    return tuple(found)
