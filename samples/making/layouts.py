"""How a department lays its forms out, as far as every collection has it. The figures do not depend on any of it."""

from __future__ import annotations

from dataclasses import dataclass

from .sheets import Plan


@dataclass(frozen=True)
class Look:
    """Font, size, fill of the header and of totals: what makes a sheet one department's own."""

    font: str = "ＭＳ Ｐゴシック"
    size: int = 11
    header: str = "#D9E1F2"
    total: str = "#F2F2F2"
    freeze: bool = True


@dataclass(frozen=True)
class BaseLayout:
    """Every field is one way in which returns differ; the defaults are the plain form."""

    sheets: Plan = ()
    cover: str = "表紙"
    origin: tuple[int, int] = (1, 1)  # first row and column of the forms, 1-based
    notes: bool = False  # ※ lines above and below the table
    merged: bool = True
    broken_labels: bool = False  # line breaks and spaces inside labels
    wide_digits: bool = False  # digits of labels in full width
    blank_rows: bool = False  # between records
    blank_columns: bool = False  # inside the table
    empty_column: str = ""  # a column of the department's own, left empty
    helper_sheet: bool = False  # a hidden sheet with the lists of the drop-downs
    formulas: bool = False
