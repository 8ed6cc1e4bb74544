"""A submission: one department's workbook, what was read of it and what was not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reconcile.facts import FactColumns
from reconcile.findings import CellRef, Finding


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
    their cells; ``sheets`` the names of its sheets in their order; ``forms`` what was found; ``columns`` the values;
    ``findings`` what reading, locating and normalising had to say; ``widths`` how many texts were read after folding
    full-width characters; ``refused`` the reason when the file could not be read at all; ``outside`` is True where
    the cover says that it was made for another collection: its values are kept out of every check.
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
    refused: str = ""
    outside: bool = False
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def answers(self) -> bool:
        """Whether a known department answers this collection with it."""
        return bool(self.department) and not self.outside
