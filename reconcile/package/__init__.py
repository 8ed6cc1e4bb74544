"""Reads a workbook file into columns, within limits, or says why not; fills workbooks with many rows.

    workbook = open_workbook(Path("return.xlsx"))     # raises Refused
    sheet = workbook.sheets[0]
    sheet.text[sheet.entry_at(row=3, column=2)]

    fill(book, path, {"xl/worksheets/sheet1.xml": Filling(blocks)}, {}, printable)     # many rows into a small workbook

.xlsx and .xlsm are read from their own parts (ECMA-376); .xls, .xlsb and .ods by python-calamine in a child process.
"""

from .addends import Addend, addends_at
from .filling import Filling, fill
from .formulas import is_external
from .limits import Limits
from .opening import collector_paused, open_bytes, open_workbook
from .preflight import read_file
from .references import Range
from .refusal import CODES, Refused
from .sheet import Formula, Sheet, Spans, Stretch
from .watchdog import within
from .workbook import FOREIGN, Workbook
from .written_bytes import Figures, Scaled
from .written_cells import BLANK, FORMULA, NONE, NUMBER, OWN_ROW, STRING, Column, look
from .written_rows import Block

__all__ = [
    "BLANK",
    "CODES",
    "FOREIGN",
    "FORMULA",
    "NONE",
    "NUMBER",
    "OWN_ROW",
    "STRING",
    "Addend",
    "Block",
    "Column",
    "Figures",
    "Filling",
    "Formula",
    "Limits",
    "Range",
    "Refused",
    "Scaled",
    "Sheet",
    "Spans",
    "Stretch",
    "Workbook",
    "addends_at",
    "collector_paused",
    "fill",
    "is_external",
    "look",
    "open_bytes",
    "open_workbook",
    "read_file",
    "within",
]
