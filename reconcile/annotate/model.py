"""What is to be put into a workbook: marks on its cells, and a first sheet that lists what was found.

Plain texts only; who makes them knows what a finding is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from reconcile.package import Sheet

Level = Literal["error", "warning", "info"]
Kind = Literal["text", "center", "level", "place", "answer", "choice", "reason", "date", "hidden"]
LEVELS: tuple[Level, ...] = ("error", "warning", "info")
# The colours of the master's levels (writing.styles), as an Office file writes them.
FILLS: dict[Level, str] = {"error": "FFF8CBCB", "warning": "FFFFE9A8", "info": "FFDDEBF7"}
INKS: dict[Level, str] = {"error": "FF9C0006", "warning": "FF7A4B00", "info": "FF1F4E79"}


# The heading of the hidden column: it tells the added sheet from a department's own when a copy comes back.
IDENTITY = "reconcile:id"
MASTER_IDENTITY = "reconcile ID"  # the heading of the same column on the error sheet of a master
_HEAD_CELLS = 60  # the heading stands within the first cells


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell to colour (1-based), and the text of its note."""

    sheet: str
    row: int
    column: int
    level: Level
    note: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the list: its label and width in half-width characters; ``kind`` says what stands in it.

    ``answer`` is filled in by the reader, ``choice`` chosen, ``reason`` asked for a text, ``date`` for a day;
    ``hidden`` identifies the row.
    """

    label: str
    width: float
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list. ``to`` is the cell it is about: sheet, row, column; ``follows`` one from the row above."""

    texts: tuple[str, ...]
    level: Level
    height: float  # in points
    to: tuple[str, int, int] | None = None
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """How answers are asked for: the words to choose from, the one that needs a reason, and what to say."""

    words: tuple[str, ...]
    needs_reason: str
    answer_title: str
    answer_help: str
    answer_wrong: str
    reason_title: str
    reason_wrong: str
    no_reasons: tuple[str, ...]  # texts that are not taken for a reason, in capitals


@dataclass(frozen=True, slots=True)
class Listing:
    """The added sheet: its name, what stands above the list, the list."""

    name: str
    title: str
    remarks: tuple[str, ...]
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    asking: Asking
    author: str = "reconcile"


def is_listing(sheet: Sheet) -> bool:
    """Whether a sheet that was read is the list of a marked copy, or one that was copied out of a master."""
    heads = sheet.first_texts(_HEAD_CELLS)
    return IDENTITY in heads or MASTER_IDENTITY in heads


def is_master(listings: Iterable[Sheet]) -> bool:
    """Whether these lists are those of a master, which has two: what is to be corrected, and what was read so."""
    return sum(MASTER_IDENTITY in sheet.first_texts(_HEAD_CELLS) for sheet in listings) > 1
