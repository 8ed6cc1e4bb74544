"""A submission: one department's workbook, what was read of it and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reconcile.facts import FactColumns
from reconcile.findings import CellRef, Finding

Area = tuple[int, int, int, int]  # top, left, bottom, right
NO_RETURN = "no_return"  # why a list of findings or a master is not read as a return


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A form found in a workbook: where its header stands and where its columns are (1-based)."""

    form: str
    sheet: str
    header_row: int
    records: int


@dataclass(frozen=True, slots=True)
class Submission:
    """One file of the returns.

    ``file`` is relative to the folder given, with ``/``, NFC; ``digest`` the SHA-256 of its bytes; ``department`` the
    pack's name of who answers, empty when unknown; ``cover`` the raw texts of the cover card by field, ``places``
    their cells; ``sheets`` the names of its sheets in their order; ``merged`` the merged ranges of each; ``forms`` what
    was found; ``columns`` the values; ``findings`` what reading, locating and normalising had to say; ``widths``
    how many texts were read after folding full-width characters; ``refused`` the reason when the file could not be
    read at all; ``outside`` is True where the cover says that it was made for another collection: its values are kept
    out of every check; ``replies`` are what was answered to findings in the list of a marked copy that came back, by
    id: what was chosen, why, who, when.
    """

    file: str
    digest: str
    size: int
    department: str = ""
    cover: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, CellRef] = field(default_factory=dict)
    forms: tuple[FoundForm, ...] = ()
    columns: FactColumns = field(default_factory=FactColumns)
    findings: tuple[Finding, ...] = ()
    widths: int = 0
    kind: str = ""
    sheets: tuple[str, ...] = ()
    merged: Mapping[str, tuple[Area, ...]] = field(default_factory=dict)
    refused: str = ""
    outside: bool = False
    replies: Mapping[str, tuple[str, str, str, str]] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def answers(self) -> bool:
        """Whether a known department answers this collection with it."""
        return bool(self.department) and not self.outside


def over_merged(findings: Iterable[Finding], submissions: Sequence[Submission]) -> list[Finding]:
    """The findings with their places as far as a merged range reaches; a person sees the range as one cell."""
    ranges = {(s.file, sheet): areas for s in submissions for sheet, areas in s.merged.items() if areas}
    known: dict[tuple[str, str], dict[tuple[int, int], Area]] = {}

    def whole(ref: CellRef) -> CellRef:
        where = (ref.file, ref.sheet)
        if where not in ranges or not ref.row:
            return ref
        if where not in known:
            known[where] = {area[:2]: area for area in ranges[where]}
        area = known[where].get((ref.row, ref.column))
        return replace(ref, bottom=area[2], right=area[3]) if area else ref

    found: list[Finding] = []
    for finding in findings:
        ref = whole(finding.ref)
        cells = finding.cells
        if finding.ref.a1 is None:  # a thing that is absent is said where it belongs
            cells = tuple(replace(p, ref=whole(p.ref)) if p.role == "place" else p for p in cells)
        found.append(replace(finding, ref=ref, cells=cells) if ref is not finding.ref or ref.a1 is None else finding)
    return found
