"""What a run comes to: everything the outputs are written from, in one frozen record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from reconcile.balances import Balances, Judged
from reconcile.facts import Facts, Mask
from reconcile.findings import Finding, Tally, Unjudged
from reconcile.packs.model import Pack
from reconcile.submissions import Submission

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
