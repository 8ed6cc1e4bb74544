"""python-calamine's values as entries; runs in the child process only.

It knows no formulas, hidden rows, number formats, and gives an error cell as an empty one.
"""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

from .limits import Limits
from .refusal import Refused
from .styles import UNKNOWN

# Styles of the entries; a duration is a number of days that is shown as hours, as Excel keeps it.
NUMBER_FORMATS = [UNKNOWN, "[h]:mm:ss"]
_DURATION_STYLE = 1
_DAY = 86_400
# OpenDocument writes a duration like this (ISO 8601), and the library hands it on as text.
_DURATION = re.compile(r"PT(\d{1,9})H(\d{1,2})M(\d{1,2}(?:\.\d{1,9})?)S")
_VISIBILITY = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "veryHidden"}
# A sheet is laid out as a full rectangle first: so many cells for one that counts.
_AREA_PER_CELL = 4


def read_with_calamine(data: bytes, kind: str, limits: Limits) -> dict[str, Any]:
    """The fields of a `Workbook` in plain types. Raises `Refused`, and whatever the library raises or does."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise Refused("locked") from error
    wanted = [each for each in workbook.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    if not wanted:
        raise Refused("no_sheets")
    if len(wanted) > limits.sheets:
        raise Refused("sheets", found=len(wanted), limit=limits.sheets)
    sheets = []
    cells = 0
    for metadata in wanted:
        sheet = workbook.get_sheet_by_name(metadata.name)
        if sheet.total_height * sheet.total_width > limits.cells * _AREA_PER_CELL:
            raise Refused("cells", sheet=metadata.name, limit=limits.cells)
        columns = _columns(sheet.to_python(skip_empty_area=False))
        cells += len(columns["row"])
        if cells > limits.cells:
            raise Refused("cells", limit=limits.cells)
        merged = [
            (top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ]
        visibility = _VISIBILITY[str(metadata.visible).rpartition(".")[2]]
        sheets.append({"name": metadata.name, "visibility": visibility, "merged": merged, **columns})
    return {"kind": kind, "sheets": sheets, "number_formats": NUMBER_FORMATS, "has_macros": False}


def _columns(rows: list[list[Any]]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {name: [] for name in ("row", "column", "kind", "text", "style")}
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            if value == "":
                continue
            kind, text, style = entry(value)
            columns["row"].append(row)
            columns["column"].append(column)
            columns["kind"].append(kind)
            columns["text"].append(text)
            columns["style"].append(style)
    return columns


def entry(value: object) -> tuple[str, str, int]:
    """(kind, text, style) of a value."""
    if isinstance(value, str):
        return _duration(value) or ("s", value, 0)
    if isinstance(value, bool):
        return "b", "TRUE" if value else "FALSE", 0
    if isinstance(value, datetime.timedelta):
        return "n", spelled(value.total_seconds() / _DAY), _DURATION_STYLE
    if isinstance(value, (datetime.date, datetime.time)):
        return "d", value.isoformat(), 0
    if isinstance(value, (int, float)):
        return "n", spelled(value), 0
    raise Refused("foreign_unreadable", detail=type(value).__name__)


def spelled(number: float) -> str:
    """A number as Excel would store it: no `.0` behind a whole one."""
    return repr(number).removesuffix(".0")


def _duration(text: str) -> tuple[str, str, int] | None:
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    seconds = int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3])
    return "n", spelled(seconds / _DAY), _DURATION_STYLE
