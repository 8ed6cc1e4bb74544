"""A block: cells on a grid of its own, 1-based, before it is placed on a sheet."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from .model import Owner, Value

Style = Literal[
    "title",
    "heading",
    "note",
    "unit",
    "header",
    "version",
    "key",
    "text",
    "measure",
    "money",
    "total",
    "total_money",
    "label",
    "entry",
    "plain",
]


@dataclass(frozen=True)
class Cell:
    """One written cell; `down` and `across` above 1 merge it with its neighbours."""

    row: int
    column: int
    value: Value
    style: Style
    owner: Owner | None = None
    number_format: str = ""
    down: int = 1
    across: int = 1


@dataclass
class Block:
    """A form (or the cover) laid out. `choices`: (column, first row, last row, list) of drop-downs; `breaks`: rows
    that begin a page."""

    cells: list[Cell] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    choices: list[tuple[int, int, int, tuple[str, ...]]] = field(default_factory=list)
    header_rows: tuple[int, int] | None = None
    breaks: list[int] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Number of rows that hold anything."""
        return max((cell.row + cell.down - 1 for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        """Number of columns with a width."""
        return max(self.widths, default=0)


@dataclass(frozen=True)
class Column:
    """A column of a table: its printed label, the field below it, its width in characters."""

    label: str
    field: str
    width: float
    across: int = 1  # sheet columns it takes


def place_columns(columns: list[Column], gaps_after: frozenset[str]) -> list[tuple[Column, int]]:
    """Each column with the sheet column where it begins; an empty one after each field of `gaps_after`."""
    placed, position = [], 1
    for column in columns:
        placed.append((column, position))
        position += column.across + (column.field in gaps_after)
    return placed


def display_width(text: str) -> int:
    """Width in half-width characters; an East Asian wide or ambiguous one counts two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def lines_needed(text: str, width: float) -> int:
    """Lines that a wrapped text takes in a column of that many half-width characters."""
    room = max(width - 2, 2)
    return sum(max(1, math.ceil(display_width(line) / room)) for line in text.split("\n"))


def row_heights(block: Block, points: float, least: float) -> dict[int, float]:
    """Row → height in points such that every wrapped text shows; a merged cell shares out its need."""
    line = points * 1.35
    heights: dict[int, float] = {}
    for cell in sorted(block.cells, key=lambda cell: cell.down):  # merged cells see what the others need
        rows = range(cell.row, cell.row + cell.down)
        need = least
        if isinstance(cell.value, str) and cell.style not in ("title", "heading", "note", "unit"):
            width = sum(block.widths.get(cell.column + step, 8.0) for step in range(cell.across))
            need = lines_needed(cell.value, width) * line + 4
        missing = need - sum(heights.setdefault(row, least) for row in rows)
        if missing > 0:
            for row in rows:
                heights[row] += missing / cell.down
    return heights
