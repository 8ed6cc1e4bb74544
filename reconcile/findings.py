"""What a finding is: plain frozen records, their order and their lasting identity."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

Severity = Literal["error", "warning", "info"]
Standing = Literal["localised", "probable", "undecided"]
Evidence = Literal["constraints", "typing", "previous"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@lru_cache(maxsize=1 << 14)
def column_letters(column: int) -> str:
    """The letters of a 1-based column: 1 → A, 27 → AA (ECMA-376 Part 1, 18.3.1.4)."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """One cell of one return; rows and columns are 1-based. Row 0 means the sheet or the file as a whole.

    ``bottom`` and ``right`` say how far the merged range reaches that the cell is the first of, where that was asked.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    bottom: int = field(default=0, compare=False)
    right: int = field(default=0, compare=False)

    @property
    def a1(self) -> str | None:
        """``F18``, or None where no cell is meant."""
        return f"{column_letters(self.column)}{self.row}" if self.row and self.column else None

    @property
    def area(self) -> str | None:
        """``F18``, of a merged range all of it (``C6:C8``), or None where no cell is meant."""
        merged = self.a1 and (self.bottom > self.row or self.right > self.column)
        return f"{self.a1}:{column_letters(self.right)}{self.bottom}" if merged else self.a1


@dataclass(frozen=True, slots=True)
class Involved:
    """A cell that took part in a judgement, and as what: ``total``, ``part``, ``reason``, ``place`` …"""

    ref: CellRef
    role: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What was probably meant. ``value`` is a plain decimal string, ``shown`` the same as a person reads it.

    ``standing`` says how far it may be relied on: ``localised``, ``probable``, or ``undecided``, which is one of
    several cells that what was checked cannot tell apart. ``evidence`` is what speaks for it: ``constraints``,
    ``typing`` or ``previous``. ``exact`` is False where rounding leaves other values; ``together`` holds the other
    cells that are wrong with it. Each of the ``alternatives`` has the same keys as far as they apply.
    """

    ref: CellRef
    value: str
    shown: str
    cause: str
    confidence: float
    alternatives: tuple[Mapping[str, object], ...] = ()
    standing: Standing = "localised"
    evidence: Evidence = "constraints"
    exact: bool = True
    together: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, once.

    ``code`` is a code of the rule catalogue; ``variant`` names the sentence of that code where it has more
    than one; ``data`` holds what the sentence is made of (plain strings and numbers, never prose).
    ``ref`` is the cell to correct first, or the file or sheet where no cell is meant; an absent thing has
    its place in ``cells``. ``severity``, ``id`` and ``root`` are filled in by :func:`identify` and the localiser.
    """

    code: str
    ref: CellRef
    department: str = ""
    form: str = ""
    record: str = ""
    field: str = ""
    version: str = ""
    period: str = ""
    component: str = ""
    found: str = ""
    expected: str = ""
    variant: str = ""
    data: Mapping[str, object] = dataclasses.field(default_factory=dict)
    cells: tuple[Involved, ...] = ()
    suggestion: Suggestion | None = None
    severity: Severity = "error"
    id: str = ""
    effects: tuple[str, ...] = ()
    root: str = ""

    @property
    def cell(self) -> str | None:
        return self.ref.a1

    def identity(self) -> tuple[str, ...]:
        """What makes the fault the same fault when rows are inserted above it (CONTRACT, id)."""
        return (
            self.department,
            self.code,
            self.form,
            self.record,
            self.field,
            self.version,
            self.period,
            self.component,
        )


def sort_key(finding: Finding) -> tuple[object, ...]:
    """By department and file, sheet, row and column, what blocks first within a cell; total and stable."""
    ref = finding.ref
    return (
        finding.department == "",
        finding.department,
        ref.file,
        ref.sheet,
        ref.row,
        ref.column,
        SEVERITIES.index(finding.severity),
        finding.code,
        finding.form,
        finding.record,
        finding.field,
        finding.version,
        finding.period,
        finding.component,
        finding.variant,
        tuple((part.role, part.ref) for part in finding.cells),
        finding.found,
        finding.expected,
    )


def identify(findings: Iterable[Finding], pack: str) -> list[Finding]:
    """Sorted, each with its id: a hash of pack, identity and the how-manieth of that identity."""
    seen: Counter[tuple[str, ...]] = Counter()
    numbered = []
    for finding in sorted(findings, key=sort_key):
        identity = finding.identity()
        seen[identity] += 1
        text = "\x1f".join((pack, *identity, str(seen[identity])))
        numbered.append(replace(finding, id=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]))
    return numbered


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A judgement that could not be made, and why (a key of the message catalogue)."""

    code: str
    ref: CellRef
    why: str
    form: str = ""
    record: str = ""
    department: str = ""


@dataclass(slots=True)
class Tally:
    """The three outcomes of one rule."""

    passed: int = 0
    failed: int = 0
    unjudged: int = 0

    def add(self, other: Tally) -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.unjudged += other.unjudged
