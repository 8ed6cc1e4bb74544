"""What a sheet holds: cells in columns, and the few things around them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import accumulate, chain, compress, islice, repeat
from typing import Any, Literal, NamedTuple

from .formulas import is_external
from .long_texts import LongTexts
from .references import Range

# What a sheet says of its cells.
_CELLS = ("row", "column", "kind", "text", "style", "formulas")

# Row, column, kind, text and style of cells, and the formulas by their place in these.
Cells = tuple[list[int], list[int], list[str], list[str], list[int], dict[int, "Formula"]]

# Rows of a stretch from which on its columns are packed.
LONG = 4096

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
class Stretch:
    """Rows one below the other that have cells in the same columns, column by column: `texts` and `formulas` have one
    entry a row (a text of "": no cell), everything else is the same in all rows.

    `columns` rise, `numbers` (of the rows) too; `formulas` goes by the place of the column. `before` is how many of the
    other cells of the sheet stand above.
    """

    before: int
    numbers: list[int]
    columns: tuple[int, ...]
    kinds: tuple[str, ...]
    styles: tuple[int, ...]
    texts: list[list[str] | LongTexts]
    formulas: dict[int, list[str] | LongTexts]

    def extend(self, more: Stretch) -> None:
        """Rows more; once they are many the columns are kept in less memory."""
        if len(self.numbers) + len(more.numbers) >= LONG and not isinstance(self.texts[0], LongTexts):
            self.texts = [_long(own, self.numbers) for own in self.texts]
            self.formulas = {place: _long(own, self.numbers) for place, own in self.formulas.items()}
        self.numbers += more.numbers
        _extend(self.texts, more.texts, more.numbers)
        _extend(self.formulas.values(), more.formulas.values(), more.numbers)

    def distinct(self, place: int) -> set[str]:
        """The texts of a column, each once."""
        texts = self.texts[place]
        return texts.distinct() if isinstance(texts, LongTexts) else set(texts)

    def has_formula(self, column: int) -> bool:
        """Whether the cells of a column are formulas."""
        return any(self.columns[place] == column for place in self.formulas)

    @property
    def count(self) -> int:
        """How many cells they have."""
        rows = len(self.numbers)
        return sum(rows if n in self.formulas else rows - own.count("") for n, own in enumerate(self.texts))

    def cells(self) -> Cells:
        """Its cells, those without a text among them."""
        return in_reading_order(self.numbers, self.columns, self.kinds, self.styles, self.texts, self.formulas)


def in_reading_order(
    numbers: Sequence[int],
    columns: Sequence[int],
    kinds: Sequence[str],
    styles: Sequence[int],
    texts: Iterable[Iterable[str]],
    formulas: Mapping[int, Iterable[str]],
) -> Cells:
    """The cells of rows that are told column by column."""
    rows, width = len(numbers), len(columns)
    return (
        list(chain.from_iterable(map(repeat, numbers, repeat(width)))),
        [*columns] * rows,
        [*kinds] * rows,
        list(chain.from_iterable(zip(*texts, strict=True))),
        [*styles] * rows,
        {
            row * width + place: Formula(text, True, is_external(text))
            for place, own in formulas.items()
            for row, text in enumerate(own)
        },
    )


def _long(texts: Iterable[str], numbers: Iterable[int]) -> LongTexts:
    found = LongTexts()
    found.extend(texts, numbers)
    return found


def _extend(
    columns: Iterable[list[str] | LongTexts], others: Iterable[list[str] | LongTexts], numbers: Sequence[int]
) -> None:
    for own, more in zip(columns, others, strict=True):
        if isinstance(own, LongTexts):
            own.extend(more, numbers)
        else:
            own.extend(more)


@dataclass(slots=True)
class Sheet:
    """One worksheet. `row`, `column`, `kind`, `text`, `style` run in parallel, one entry per non-empty cell in reading
    order; rows and columns count from 1.

    `kind` is n (number), s (text), b (boolean), e (error), d (ISO 8601 date) or "" (a formula without a stored result,
    whose text is ""). `text` of a number is the file's own spelling, of a boolean TRUE or FALSE, of an error `#N/A` …
    `style` is an index into the workbook's `number_formats`. `formulas` goes by entry.

    Of a sheet that was read in bulk these are made when they are first asked for: until then `stretches` has its long
    runs of rows alike, and `others` is the sheet without them (else `others` is None).
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
    stretches: list[Stretch] = field(default_factory=list, compare=False, repr=False)
    others: Sheet | None = field(default=None, compare=False, repr=False)

    @property
    def last_row(self) -> int:
        """The last row with a cell; 0 where there is none."""
        if self.others is None:
            return self.row[-1] if self.row else 0
        return max(self.others.last_row, self.stretches[-1].numbers[-1])

    def first_cells(self, count: int) -> list[tuple[str, str, int, int]]:
        """Kind, text, row and column of its first cells."""
        if self.others is not None:
            stretch = self.stretches[0]
            found = self.others.first_cells(min(count, stretch.before))
            lines = islice(zip(stretch.numbers, zip(*stretch.texts, strict=True), strict=True), count)
            for row, texts in lines:
                if len(found) >= count:
                    break
                cells = zip(stretch.kinds, texts, repeat(row), stretch.columns, strict=False)
                found += [cell for cell in cells if cell[1]]
            if len(found) >= count:
                return found[:count]
        return list(islice(zip(self.kind, self.text, self.row, self.column, strict=True), count))

    def first_texts(self, count: int) -> list[str]:
        """The texts of its first cells."""
        if self.others is None:
            return self.text[:count]
        stretch = self.stretches[0]
        found = self.others.text[: min(count, stretch.before)]
        found += islice(filter(None, chain.from_iterable(zip(*stretch.texts, strict=True))), count - len(found))
        return found if len(found) == count else self.text[:count]

    def set_aside(self, stretches: list[Stretch]) -> None:
        """Takes runs of rows besides the cells that are here."""
        if stretches:
            cells = {name: getattr(self, name) for name in _CELLS}
            around = {name: getattr(self, name) for name in ("merged", "hidden_rows", "hidden_columns")}
            self.others = Sheet(self.name, self.visibility, **cells, **around)
            self.stretches = stretches
            for name in _CELLS:
                delattr(self, name)

    def __getattr__(self, name: str) -> Any:
        if name not in _CELLS:
            raise AttributeError(name)
        self._put_together()
        return getattr(self, name)

    def _put_together(self) -> None:
        """All cells in reading order."""
        assert self.others is not None
        for name in _CELLS:
            setattr(self, name, {} if name == "formulas" else [])
        at = 0
        for stretch in self.stretches:
            self._take(self.others, at, stretch.before)
            self.extend(*stretch.cells())
            at = stretch.before
        self._take(self.others, at, len(self.others.row))

    def _take(self, other: Sheet, begin: int, end: int) -> None:
        self.extend(
            other.row[begin:end],
            other.column[begin:end],
            other.kind[begin:end],
            other.text[begin:end],
            other.style[begin:end],
            {at - begin: other.formulas[at] for at in range(begin, end) if at in other.formulas},
        )

    def extend(
        self,
        row: Sequence[int],
        column: Sequence[int],
        kind: Sequence[str],
        text: Sequence[str],
        style: Sequence[int],
        formulas: Mapping[int, Formula],
    ) -> None:
        """Cells more; `formulas` goes by the place in these lists. Those without text and formula leave no entry."""
        kept: list[bool] | None = None
        if "" in text:
            kept = list(map(bool, text))
            for at in formulas:
                kept[at] = True
            now = list(accumulate(kept))
            formulas = {now[at] - 1: formulas[at] for at in sorted(formulas)}
        base = len(self.row)
        self.formulas.update((base + at, formula) for at, formula in formulas.items())
        columns: tuple[tuple[list[Any], Sequence[Any]], ...] = (
            (self.row, row),
            (self.column, column),
            (self.kind, kind),
            (self.text, text),
            (self.style, style),
        )
        for own, more in columns:
            own.extend(more if kept is None else compress(more, kept))

    def __len__(self) -> int:
        return len(self.row)

    def entry_at(self, row: int, column: int) -> int:
        """The entry of a cell, or -1 where it is empty."""
        begin = bisect_left(self.row, row)
        end = bisect_right(self.row, row, begin)
        at = bisect_left(self.column, column, begin, end)
        return at if at < end and self.column[at] == column else -1
