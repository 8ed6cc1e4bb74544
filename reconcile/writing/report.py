"""What every sheet of the master is given: the run, its words, the workbook, and where each value came to stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from reconcile.consolidate import Consolidated
from reconcile.facts import Facts
from reconcile.findings import CellRef, Finding
from reconcile.writing.book import Book
from reconcile.writing.cells import Place
from reconcile.writing.voice import Voice


@dataclass(slots=True)
class Places:
    """Where in the master a merged value stands, by its position in the facts and by its cell in the return."""

    facts: Facts
    _by_position: dict[int, Place] = field(default_factory=dict)
    _by_cell: dict[tuple[str, str, int, int], Place] = field(default_factory=dict)
    _by_finding: dict[str, Place] = field(default_factory=dict)
    _by_control: dict[int, Place] = field(default_factory=dict)

    def put(self, positions: Iterable[int], place: Place) -> None:
        """The values that one cell of the master shows."""
        facts = self.facts
        for p in positions:
            self._by_position[p] = place
            self._by_cell.setdefault((facts.file[p], facts.sheet[p], int(facts.row[p]), int(facts.column[p])), place)

    def put_finding(self, finding: str, place: Place) -> None:
        """The place of a finding that is about no cell of a return."""
        self._by_finding[finding] = place

    def put_control(self, number: int, place: Place) -> None:
        """The place of a total that the pack states, by the number of its constraint."""
        self._by_control[number] = place

    def of_control(self, number: int) -> Place | None:
        return self._by_control.get(number)

    def of(self, position: int) -> Place | None:
        return self._by_position.get(position)

    def of_ref(self, ref: CellRef) -> Place | None:
        return self._by_cell.get((ref.file, ref.sheet, ref.row, ref.column))

    def own(self, finding: Finding) -> Place | None:
        """The cell of the master that the finding is about; None for what was not merged or is in no form."""
        return self._by_finding.get(finding.id) or self.of_ref(finding.ref)

    def of_finding(self, finding: Finding) -> Place | None:
        """The cell of the master to look at: the finding's own, else the first of its cells that was merged."""
        return self.own(finding) or next((p for part in finding.cells if (p := self.of_ref(part.ref))), None)


@dataclass(frozen=True)
class Report:
    """One master being written. ``files`` gives for a return's file the path of its marked copy beside the master."""

    run: Consolidated
    voice: Voice
    book: Book
    places: Places
    files: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Finding]:
        return {finding.id: finding for finding in self.run.findings}

    @cached_property
    def shown(self) -> tuple[Finding, ...]:
        """The findings with a line of their own, what blocks first."""
        own = [finding for finding in self.run.findings if not finding.root]
        return tuple(sorted(own, key=_urgency))  # stable: by department, file and cell within

    @cached_property
    def figures_at(self) -> Mapping[CellRef, list[int]]:
        """The merged values of each cell that a duplicated item names; only those, for there are few."""
        wanted = {(r.file, r.sheet, r.row, r.column): r for f in self.run.findings for r in _item_cells(f)}
        facts = self.run.facts
        found: dict[CellRef, list[int]] = {}
        if wanted:
            for p in np.flatnonzero(self.run.accepted).tolist():
                ref = wanted.get((facts.file[p], facts.sheet[p], int(facts.row[p]), int(facts.column[p])))
                if ref is not None:
                    found.setdefault(ref, []).append(p)
        return found

    @property
    def title(self) -> str:
        return self.run.pack.file.title.get(self.voice.lang)

    @cached_property
    def missing(self) -> int:
        """How many expected departments have sent nothing."""
        return sum(answer.expected and not answer.files for answer in self.run.answers)


def _item_cells(finding: Finding) -> list[CellRef]:
    return [part.ref for part in finding.cells if part.role == "part"] if finding.code == "DUP001" else []


_SEVERITY = {"error": 0, "warning": 1, "info": 2}
# A file or form that could not be read keeps everything in it out.
_BLOCKING = ("FIL", "SUB", "LAY")


def _urgency(finding: Finding) -> tuple[int, int]:
    family = finding.code[:3]
    return _SEVERITY[finding.severity], _BLOCKING.index(family) if family in _BLOCKING else len(_BLOCKING)
