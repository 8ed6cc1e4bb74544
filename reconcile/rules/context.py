"""What every rule is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reconcile.balances import Balances
from reconcile.edits import Comparison, Edit
from reconcile.facts import ABSENT, BLANK, ERROR, Facts, FormTable, Mask, Strings
from reconcile.findings import CellRef, Finding, Involved, Tally, Unjudged
from reconcile.package import FOREIGN
from reconcile.packs.model import Form, Pack

if TYPE_CHECKING:
    from datetime import date

    from reconcile.rules.previous import Previous
    from reconcile.submissions import FoundForm, Submission


@dataclass(frozen=True)
class Confrontation:
    """What the rules judge.

    ``due`` tells for each fact whether the form requires a figure there; ``accepted`` which facts are merged
    (not of a file, form or record that was set aside); ``basis`` holds for each form with bases the basis of
    each row of its table; ``tables`` the tables that stand in the place of the facts' own.
    """

    pack: Pack
    facts: Facts
    submissions: tuple[Submission, ...]
    due: Mask
    accepted: Mask
    basis: dict[str, Strings] = field(default_factory=dict)
    previous: Previous | None = None  # the earlier round, where its outputs are given
    deadline: date | None = None  # the last day for returns
    tables: Mapping[str, FormTable] = field(default_factory=dict)

    def table(self, form: str) -> FormTable | None:
        """The table of a form, or None where no return has it."""
        return self.tables[form] if form in self.tables else self.facts.tables.get(form)

    @cached_property
    def answered(self) -> frozenset[str]:
        """The departments of which a return was read."""
        return frozenset(s.department for s in self.submissions if s.answers)

    @cached_property
    def without_formats(self) -> frozenset[str]:
        """The files whose number formats are not known: their kind of workbook does not tell them."""
        return frozenset(s.file for s in self.submissions if s.kind in FOREIGN)

    @cached_property
    def complete(self) -> bool:
        """Whether every expected department has answered."""
        return self.answered >= set(self.pack.expected_departments())

    @cached_property
    def headers(self) -> Mapping[tuple[str, str, str], FoundForm]:
        """Where each form was found first: by file, sheet and form."""
        found: dict[tuple[str, str, str], FoundForm] = {}
        for submission in self.submissions:
            for form in submission.forms:
                found.setdefault((submission.file, form.sheet, form.form), form)
        return found

    def complete_in(self, form: Form) -> bool:
        """Whether every department that owes a form has answered."""
        return self.answered >= self.pack.departments_owing(form)

    def rows_of(self, table: FormTable, bases: Iterable[str] = ()) -> Mask:
        """Which rows are records of one of the bases (of any basis when none is named)."""
        rows = table.is_level("record")
        wanted = list(bases)
        return rows & np.isin(self.basis[table.form], wanted) if wanted else rows


@dataclass(slots=True)
class Outcome:
    """What one rule found: findings, how many judgements passed, what could not be judged, and what must hold.

    ``asking`` are edits of which one figure is not known, and the others say what it must be; ``doubts`` are those that
    need not hold, and do not: somebody has to look.
    """

    findings: list[Finding] = field(default_factory=list)
    passed: int = 0
    unjudged: list[Unjudged] = field(default_factory=list)
    balances: Balances = field(default_factory=Balances)
    edits: list[Edit] = field(default_factory=list)
    asking: list[Edit] = field(default_factory=list)
    doubts: list[Comparison] = field(default_factory=list)

    def extend(self, other: Outcome) -> None:
        """What another rule found, after this."""
        self.findings += other.findings
        self.passed += other.passed
        self.unjudged += other.unjudged
        self.balances.extend(other.balances)
        self.edits += other.edits
        self.asking += other.asking
        self.doubts += other.doubts

    def tally(self, code: str) -> Tally:
        """How often a code passed, failed and was not judged; what a rule says under another code is counted there."""
        return Tally(self.passed, sum(finding.code == code for finding in self.findings), len(self.unjudged))


def finding_at(facts: Facts, position: int, code: str, **more: object) -> Finding:
    """A finding about one value: place, record, field, version, period and component come from the facts."""
    name, version, period = facts.parts(position)
    values: dict[str, object] = {
        "code": code,
        "ref": facts.ref(position),
        "department": str(facts.department[position]),
        "form": str(facts.form[position]),
        "record": str(facts.record[position]),
        "field": name,
        "version": version,
        "period": period,
        "component": str(facts.component[position]),
        "found": str(facts.raw[position]),
    }
    return Finding(**{**values, **more})  # type: ignore[arg-type]


def unjudged_at(facts: Facts, position: int, code: str, why: str) -> Unjudged:
    """A judgement about one value that could not be made."""
    return Unjudged(
        code,
        facts.ref(position),
        why,
        form=str(facts.form[position]),
        record=str(facts.record[position]),
        department=str(facts.department[position]),
    )


def unreadable(facts: Facts, positions: Iterable[int], code: str, blank: str, error: str) -> list[Unjudged]:
    """Of some cells those in which nothing can be read: ``blank`` says why of an empty one, ``error`` of an Excel
    error; an empty reason leaves that kind out. Each cell once, in the order given."""
    reasons = {BLANK: blank, ERROR: error}
    return [
        unjudged_at(facts, position, code, why)
        for position in dict.fromkeys(int(p) for p in positions if p != ABSENT)
        if (why := reasons.get(int(facts.state[position]), ""))
    ]


def involved(facts: Facts, positions: Iterable[int], role: str) -> tuple[Involved, ...]:
    """Cells that took part, in the order given; absent ones are left out."""
    return tuple(Involved(facts.ref(int(p)), role) for p in positions if p != ABSENT)


def place(file: str, sheet: str = "") -> CellRef:
    """A file or a sheet as a whole."""
    return CellRef(file, sheet)


__all__ = ["Confrontation", "Form", "Outcome", "finding_at", "involved", "place", "unjudged_at", "unreadable"]
