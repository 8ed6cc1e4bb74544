"""What a formula adds up: the cells and ranges of a sum, with their signs (ECMA-376 part 1, 18.17.2)."""

from __future__ import annotations

import re
from typing import NamedTuple

from .references import COLUMNS, ROWS, Range, column_number
from .refusal import Refused
from .sheet import Sheet

_SHEET = r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^\s'!\[\]()+\-*/,:;=<>&\"]+))!"
_CELL = r"(?P<fixed_column{0}>\$?)(?P<column{0}>[A-Za-z]{{1,3}})(?P<fixed_row{0}>\$?)(?P<row{0}>[1-9][0-9]{{0,6}})"
# A cell or range, maybe of a named sheet; the beginning of a SUM; a sign, a comma or a bracket.
_TOKEN = re.compile(
    rf"\s*(?:(?:{_SHEET})?{_CELL.format('')}(?::{_CELL.format('_to')})?(?![\w.(!:$])"
    r"|(?P<sum>(?i:SUM)\()|(?P<mark>[-+,()]))\s*"
)
# Brackets within brackets: deeper than anybody writes.
_DEEPEST = 20


class Addend(NamedTuple):
    """A range that is added (``factor`` 1) or taken off (-1); ``numbers_only``: as by SUM, which passes over texts."""

    range: Range
    factor: int
    numbers_only: bool


def addends(formula: str, sheet: str, down: int = 0, right: int = 0) -> list[Addend] | None:
    """What a formula (without its ``=``) on the sheet of this name adds up; None where it does something else as well.

    ``down`` and ``right`` move the references that no ``$`` holds, as for a cell that shares the formula of another.
    """
    reading = _Reading(formula, sheet, down, right)
    found = reading.sum(1, 0)
    return found if found and reading.ended else None


def addends_at(sheet: Sheet, entry: int) -> tuple[str, list[Addend] | None]:
    """The text of an entry's formula, of a shared one as it stands in the cell that has it, and what it adds up."""
    own = sheet.formulas[entry]
    if own.text or not own.shared:
        return own.text, addends(own.text, sheet.name)
    for other, formula in sheet.formulas.items():
        if formula.shared == own.shared and formula.text:
            down, right = sheet.row[entry] - sheet.row[other], sheet.column[entry] - sheet.column[other]
            return formula.text, addends(formula.text, sheet.name, down, right)
    return "", None


class _Reading:
    """Descends over ``sum := [sign] term (sign term)*`` and ``term := cells | SUM(sum, …) | (sum)``; an answer of None
    is something else."""

    def __init__(self, formula: str, sheet: str, down: int, right: int) -> None:
        self._formula, self._sheet = formula, sheet.casefold()
        self._down, self._right = down, right
        self._at = 0
        self._next()

    @property
    def ended(self) -> bool:
        return self._token is None and self._at == len(self._formula)

    def _next(self) -> None:
        self._token = _TOKEN.match(self._formula, self._at)
        self._at = self._token.end() if self._token else self._at

    def _takes(self, marks: str) -> str:
        """The sign, comma or bracket here, which is then read, if it is one of these; else nothing."""
        mark = self._token["mark"] if self._token else None
        if not mark or mark not in marks:
            return ""
        self._next()
        return mark

    def sum(self, factor: int, depth: int) -> list[Addend] | None:
        found: list[Addend] = []
        sign = self._takes("+-") or "+"
        while sign and depth < _DEEPEST:
            term = self._term(-factor if sign == "-" else factor, depth)
            if term is None:
                return None
            found += term
            sign = self._takes("+-")
        return found or None

    def _term(self, factor: int, depth: int) -> list[Addend] | None:
        token = self._token
        if token is None:
            return None
        if token["sum"]:
            self._next()
            return self._arguments(factor, depth + 1)
        if self._takes("("):
            inside = self.sum(factor, depth + 1)
            return inside if self._takes(")") else None
        found = self._cells(token) if token["row"] else None
        self._next()
        return [Addend(found, factor, numbers_only=False)] if found else None

    def _arguments(self, factor: int, depth: int) -> list[Addend] | None:
        """Those of a SUM: of a range texts are passed over, of what is computed first they are not."""
        found: list[Addend] = []
        while True:
            argument = self.sum(factor, depth)
            if argument is None:
                return None
            if len(argument) == 1 and argument[0].factor == factor:
                argument = [argument[0]._replace(numbers_only=True)]
            found += argument
            if not self._takes(","):
                return found if self._takes(")") else None

    def _cells(self, token: re.Match[str]) -> Range | None:
        named = token["quoted"].replace("''", "'") if token["quoted"] else token["plain"]
        if named and named.casefold() != self._sheet:
            return None
        corners = [self._corner(token, "")] + ([self._corner(token, "_to")] if token["row_to"] else [])
        if any(row < 1 or row > ROWS or column < 1 or column > COLUMNS for row, column in corners):
            return None
        rows, columns = zip(*corners, strict=True)
        return Range(min(rows), min(columns), max(rows), max(columns))

    def _corner(self, token: re.Match[str], which: str) -> tuple[int, int]:
        try:
            column = column_number(token["column" + which])
        except Refused:
            return 0, 0
        row = int(token["row" + which])
        return (
            row + (0 if token["fixed_row" + which] else self._down),
            column + (0 if token["fixed_column" + which] else self._right),
        )
