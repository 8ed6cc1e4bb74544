"""What a sheet holds: cells in columns, and the few things around them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .references import Range

Visibility = Literal["visible", "hidden", "veryHidden"]


class Formula(NamedTuple):
    """`text` without the leading `=`; empty where a shared formula or a data table has its text in another cell.

    `stored`: the file holds a result. `external`: it refers to another workbook. `shared`: the number of the formula
    that cells share, of which one has the text.
    """

    text: str
    stored: bool
    external: bool
    shared: str = ""


class Spans(Set[int]):
    """A set of numbers kept as ranges, so that a million hidden rows are cheap."""

    __slots__ = ("_firsts", "_lasts")

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        for first, last in sorted(spans):
            if self._lasts and first <= self._lasts[-1] + 1:
                self._lasts[-1] = max(last, self._lasts[-1])
            else:
                self._firsts.append(first)
                self._lasts.append(last)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """(first, last), rising, apart from each other."""
        return list(zip(self._firsts, self._lasts, strict=True))

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int):
            return False
        at = bisect_right(self._firsts, number) - 1
        return at >= 0 and number <= self._lasts[at]

    def __iter__(self) -> Iterator[int]:
        for first, last in zip(self._firsts, self._lasts, strict=True):
            yield from range(first, last + 1)

    def __len__(self) -> int:
        return sum(self._lasts) - sum(self._firsts) + len(self._firsts)

    def __repr__(self) -> str:
        return f"Spans({self.spans})"

    @classmethod
    def _from_iterable(cls, numbers: Iterable[int]) -> Set[int]:  # type: ignore[override]
        return cls((number, number) for number in numbers)


@dataclass(slots=True)
class Sheet:
    """One worksheet. `row`, `column`, `kind`, `text`, `style` run in parallel, one entry per non-empty cell in reading
    order; rows and columns count from 1.

    `kind` is n (number), s (text), b (boolean), e (error), d (ISO 8601 date) or "" (a formula without a stored result,
    whose text is ""). `text` of a number is the file's own spelling, of a boolean TRUE or FALSE, of an error `#N/A` …
    `style` is an index into the workbook's `number_formats`. `formulas` goes by entry.
    """

    name: str
    visibility: Visibility = "visible"
    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    style: list[int] = field(default_factory=list)
    formulas: dict[int, Formula] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: Spans = field(default_factory=Spans)
    hidden_columns: Spans = field(default_factory=Spans)

    def __len__(self) -> int:
        return len(self.row)

    def entry_at(self, row: int, column: int) -> int:
        """The entry of a cell, or -1 where it is empty."""
        begin = bisect_left(self.row, row)
        end = bisect_right(self.row, row, begin)
        at = bisect_left(self.column, column, begin, end)
        return at if at < end and self.column[at] == column else -1
