"""Reads a workbook file into columns, within limits, or says why not.

    workbook = open_workbook(Path("return.xlsx"))     # raises Refused
    sheet = workbook.sheets[0]
    sheet.text[sheet.entry_at(row=3, column=2)]

.xlsx and .xlsm are read from their own parts (ECMA-376); .xls, .xlsb and .ods by python-calamine in a child process.
"""

from .limits import Limits
from .opening import open_workbook
from .references import Range
from .refusal import CODES, Refused
from .sheet import Formula, Sheet, Spans
from .watchdog import within
from .workbook import FOREIGN, Workbook

__all__ = [
    "CODES",
    "FOREIGN",
    "Formula",
    "Limits",
    "Range",
    "Refused",
    "Sheet",
    "Spans",
    "Workbook",
    "open_workbook",
    "within",
]
