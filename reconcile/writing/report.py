"""What every sheet of the master is given: the run, its words, the workbook, and where each value came to stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from reconcile.acceptance import FORM_CODES, RECORD_CODES, SHARED_RECORD_CODES
from reconcile.annotate.answers import Answer
from reconcile.coded import Coded
from reconcile.consolidate import Consolidated
from reconcile.facts import ABSENT, Facts, Mask, Positions
from reconcile.findings import CellRef, Finding, column_letters
from reconcile.writing.book import Book
from reconcile.writing.cells import Place
from reconcile.writing.text import quoted
from reconcile.writing.voice import Voice

# A cell of a return as one number: a sheet has 2**20 rows and 2**14 columns.
_SHEET, _ROW = 1 << 36, 1 << 15


class Places:
    """Where in the master a merged value stands, by its position in the facts and by its cell in the return.

    ``sheets`` are the names of the sheets; ``sheet`` (an index into them, -1 where a value stands nowhere), ``row`` and
    ``column`` (1-based) have one entry a fact, and so has ``beyond``: whether its form's sheet had no row left for it.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.sheets: list[str] = []
        self.sheet = np.full(len(facts), -1, dtype=np.int16)
        self.row = np.zeros(len(facts), dtype=np.int32)
        self.column = np.zeros(len(facts), dtype=np.int16)
        self.beyond = np.zeros(len(facts), dtype=bool)
        self._by_finding: dict[str, Place] = {}
        self._by_control: dict[int, Place] = {}
        self._cells: dict[str, tuple[Positions, npt.NDArray[np.int32]]] = {}

    def put(self, positions: Iterable[int], place: Place) -> None:
        """The values that one cell of the master shows."""
        number = self._number(place.sheet)
        for p in positions:
            self.sheet[p], self.row[p], self.column[p] = number, place.row, place.column

    def put_rows(self, positions: Positions, sheet: str, rows: Positions, column: int) -> None:
        """The values that a column of a sheet shows, one a row; ABSENT where there is none."""
        held = positions != ABSENT
        at = positions[held]
        self.sheet[at], self.row[at], self.column[at] = self._number(sheet), rows[held], column
        self._cells.clear()

    def _number(self, sheet: str) -> int:
        self._cells.clear()
        if not self.sheets or self.sheets[-1] != sheet:
            if sheet in self.sheets:
                return self.sheets.index(sheet)
            self.sheets.append(sheet)
        return len(self.sheets) - 1

    def put_finding(self, finding: str, place: Place) -> None:
        """The place of a finding that is about no cell of a return."""
        self._by_finding[finding] = place

    def put_control(self, number: int, place: Place) -> None:
        """The place of a total that the pack states, by the number of its constraint."""
        self._by_control[number] = place

    def of_control(self, number: int) -> Place | None:
        return self._by_control.get(number)

    def of(self, position: int) -> Place | None:
        if self.sheet[position] < 0:
            return None
        return Place(self.sheets[self.sheet[position]], int(self.row[position]), int(self.column[position]))

    def told(self, positions: Positions) -> list[tuple[str, str]]:
        """Where values stand: how that reads (``様式1!F18``) and how a link names it; both empty for what stands
        nowhere, or is ABSENT."""
        found = [("", "")] * len(positions)
        held = np.flatnonzero(positions != ABSENT)
        held = held[self.sheet[positions[held]] >= 0]
        at = positions[held]
        letters = {number: column_letters(number) for number in np.unique(self.column[at]).tolist()}
        sheets = [(name, quoted(name)) for name in self.sheets]
        cells = zip(self.sheet[at].tolist(), self.row[at].tolist(), self.column[at].tolist(), strict=True)
        for place, (sheet, row, column) in zip(held.tolist(), cells, strict=True):
            name, in_formulas = sheets[sheet]
            found[place] = f"{name}!{letters[column]}{row}", f"{in_formulas}!{letters[column]}{row}"
        return found

    def of_ref(self, ref: CellRef) -> Place | None:
        """Where a cell of a return stands in the master; of several values in it the first there."""
        if ref.file not in self._cells:
            self._cells[ref.file] = self._placed(ref.file)
        cells, positions = self._cells[ref.file]
        wanted = self.facts.coded("sheet").code(ref.sheet) * _SHEET + ref.row * _ROW + ref.column
        at = int(np.searchsorted(cells, wanted))
        return self.of(int(positions[at])) if at < len(cells) and cells[at] == wanted else None

    def _placed(self, file: str) -> tuple[Positions, npt.NDArray[np.int32]]:
        """The cells of a return of which values stand in the master, rising, and these values; those of one cell in the
        order of the master."""
        own = self._of_file.get(file, np.zeros(0, dtype=np.int64))
        own = own[self.sheet[own] >= 0]
        facts = self.facts
        sheet, row = facts.coded("sheet").codes[own].astype(np.int64), facts.row[own].astype(np.int64)
        cells = sheet * _SHEET + row * _ROW + facts.column[own]
        order = np.lexsort((self.column[own], self.row[own], self.sheet[own], cells))
        return cells[order], own[order].astype(np.int32)

    @cached_property
    def _of_file(self) -> Mapping[str, Positions]:
        """The positions of each return's values."""
        files = self.facts.coded("file")
        order = np.argsort(files.codes, kind="stable")
        ends = np.cumsum(np.bincount(files.codes, minlength=len(files.values)))
        return dict(zip(files.values, np.split(order, ends[:-1]), strict=True)) if len(files) else {}

    def own(self, finding: Finding) -> Place | None:
        """The cell of the master that the finding is about; None for what was not merged or is in no form."""
        return self._by_finding.get(finding.id) or self.of_ref(finding.ref)

    def of_finding(self, finding: Finding) -> Place | None:
        """The cell of the master to look at: the finding's own, else the first of its cells that was merged."""
        return self.own(finding) or next((p for part in finding.cells if (p := self.of_ref(part.ref))), None)


@dataclass(frozen=True, slots=True)
class Constraints:
    """The constraints of a run as arrays: form and total (ABSENT where the pack states it) of each, and how many parts
    it has; of each part its position and its factor."""

    form: Coded
    total: npt.NDArray[np.int32]
    sizes: npt.NDArray[np.int32]
    part: npt.NDArray[np.int32]
    factor: npt.NDArray[np.int8]

    def owner(self) -> npt.NDArray[np.int32]:
        """Which constraint each part belongs to."""
        return np.repeat(np.arange(len(self.sizes), dtype=np.int32), self.sizes)


@dataclass(frozen=True)
class Report:
    """One master being written. ``files`` gives for a return's file the path of its marked copy beside the
    master, ``answers`` what was answered before, by finding."""

    run: Consolidated
    voice: Voice
    book: Book
    places: Places
    files: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)  # finding → its number on the error sheet
    error_rows: dict[str, Place] = field(default_factory=dict)  # finding → its row there

    @cached_property
    def standing(self) -> Mask:
        """For each fact whether it stands on its form's sheet as a figure; kept while the forms are written."""
        return np.zeros(len(self.run.facts), dtype=bool)

    @cached_property
    def constraints(self) -> Constraints:
        balances = self.run.balances
        part, factor = np.asarray(balances.part, dtype=np.int32), np.asarray(balances.coefficient, dtype=np.int8)
        begins = np.asarray(balances.start, dtype=np.int32)
        sizes = np.append(begins[1:], np.int32(len(part)))[: len(begins)] - begins
        return Constraints(Coded.of(balances.form), np.asarray(balances.total, dtype=np.int32), sizes, part, factor)

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
            # Rows and columns leave few values; only of these the file and the sheet are asked.
            near = np.isin(facts.row, [row for _, _, row, _ in wanted])
            near &= np.isin(facts.column, [column for _, _, _, column in wanted])
            near &= facts.coded("file").among({file for file, _, _, _ in wanted})
            for p in np.flatnonzero(self.run.accepted & near).tolist():
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
# A file that cannot be read keeps everything in it out.
_WHOLE_FILE = ("FIL001", "FIL002", "FIL004", "FIL011")


def _urgency(finding: Finding) -> tuple[int, int]:
    """What blocks most comes first: a file, a return or form that is missing or kept out, a record kept out."""
    code = finding.code
    blocks = (
        code in _WHOLE_FILE,
        code in FORM_CODES or code[:3] == "SUB",
        code in RECORD_CODES or code in SHARED_RECORD_CODES,
        True,
    )
    return _SEVERITY[finding.severity], blocks.index(True)
