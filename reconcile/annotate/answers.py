"""What was answered in a list of findings: in one that a marked copy brings back, or on the error sheet of a master."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date, timedelta

from reconcile.annotate.model import IDENTITY, MASTER_IDENTITY
from reconcile.package import Sheet

# What was chosen, the reason, who, and when (a day as 2026-11-22, else as typed); blank where nothing was said.
Answer = tuple[str, str, str, str]

_ID = re.compile(r"[0-9a-f]{12}")
_HEAD_CELLS = 60  # the headings stand within the first cells
_ASKED = 4  # columns of an answer, just before that of the ids
_FIRST, _LAST = 20_000, 80_000  # a number of a day: from 1954 to 2119
_BEGAN = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


def answers_in(sheet: Sheet, headed: Collection[str] = (), *, date1904: bool = False) -> dict[str, Answer]:
    """The answers of a list by the ids of their findings; none where the sheet is no such list.

    ``headed``: how the first column of answers may be headed, of a sheet that is told by its headings alone.
    """
    identity = next((at for at, text in enumerate(sheet.text[:_HEAD_CELLS]) if text in (IDENTITY, MASTER_IDENTITY)), -1)
    if identity < _ASKED or (headed and sheet.text[identity - _ASKED] not in headed):
        return {}
    head, last = sheet.row[identity], sheet.column[identity]
    rows: dict[int, dict[int, str]] = {}
    for row, column, kind, text in zip(sheet.row, sheet.column, sheet.kind, sheet.text, strict=True):
        if row > head and last - _ASKED <= column <= last:
            said = _day(text, date1904) if column == last - 1 and kind == "n" else text.strip()
            rows.setdefault(row, {})[column] = said
    found: dict[str, Answer] = {}
    for cells in rows.values():
        chosen, reason, who, when = (cells.get(column, "") for column in range(last - _ASKED, last))
        if _ID.fullmatch(cells.get(last, "")) and (chosen or reason or who or when):
            found[cells[last]] = (chosen, reason, who, when)
    return found


def answer_of(plain: object) -> Answer | None:
    """An answer as it stands in a JSON file; None where it is none."""
    if isinstance(plain, list) and len(plain) == _ASKED and all(isinstance(part, str) for part in plain):
        return plain[0], plain[1], plain[2], plain[3]
    return None


def answers_of(plain: object) -> dict[str, Answer]:
    """Answers by finding as they stand in a JSON file."""
    pairs = plain.items() if isinstance(plain, Mapping) else ()
    return {str(key): answer for key, value in pairs if (answer := answer_of(value)) and _ID.fullmatch(str(key))}


def _day(number: str, date1904: bool) -> str:
    with suppress(ValueError, OverflowError):
        days = float(number)
        if _FIRST <= days <= _LAST:
            return (_BEGAN[date1904] + timedelta(days=int(days))).isoformat()
    return number
