"""Cells of the master: where they are, what they can hold, and how XlsxWriter's refusals are noticed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reconcile.findings import column_letters
from reconcile.writing.text import quoted

ROWS = 1_048_576  # of a sheet (ECMA-376 part 1, 18.3.1.73, as Excel has it)


class WriteFault(Exception):
    """XlsxWriter refused something: a bug of ours, never of a return."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell of the master (1-based)."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    @property
    def formula(self) -> str:
        """As a formula names it from another sheet."""
        return f"{quoted(self.sheet)}!{self.a1}"


def exact(value: Decimal | int | float) -> bool:
    """Whether Excel keeps the figure as it is: it holds 15 digits."""
    return isinstance(value, float) or len(Decimal(value).normalize().as_tuple().digits) <= 15


def done(code: object, call: str) -> None:
    """XlsxWriter answers with a negative number where it left something out."""
    if isinstance(code, int) and code < 0:
        raise WriteFault(f"{call} answered {code}")
