"""A sheet being filled: what the stored form of a cell means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from operator import ge, le, lt

from .formulas import is_external
from .limits import Meter
from .long_texts import LongTexts
from .references import Range
from .refusal import Refused
from .sheet import Formula, Sheet, Spans, Stretch, Visibility, in_reading_order
from .strings import StringTable, decode_escapes

XML_SPACE = " \t\r\n"
# ST_CellType (ECMA-376 part 1, 18.18.11) → kind of an entry.
KINDS = {"": "n", "n": "n", "s": "s", "str": "s", "inlineStr": "s", "b": "b", "e": "e", "d": "d"}
_BOOLEANS = (
    {"0": "FALSE", "1": "TRUE"} | dict.fromkeys(("false", "FALSE"), "FALSE") | dict.fromkeys(("true", "TRUE"), "TRUE")
)
# More digits than any count that fits the limits: nothing to be converted.
_LONGEST_INDEX = 10
# Rows alike that make a stretch, and how many before these are told cell by cell, as what stands below a header is.
LEAST, FIRST = 8, 1


class Grid:
    """Columns of one sheet while it is read; `finish` gives the `Sheet`.

    `styles` is the number of cell styles, or 0 where the workbook has no styles part: any but the first is then 1,
    whose format nobody knows.
    """

    def __init__(self, name: str, visibility: Visibility, shared: StringTable, styles: int, meter: Meter) -> None:
        self.sheet = Sheet(name, visibility)
        self.shared = shared
        self.styles = styles
        self.meter = meter
        self.hidden_rows: list[tuple[int, int]] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[Range] = []
        self.merged_rows = 0
        self._shared_external: dict[str, bool] = {}
        self._rising = True  # as far as it is known
        self._last = 0  # row
        self._stretches: list[Stretch] = []
        # Cells of the stretches, and formulas.
        self._aside = self._aside_formulas = 0

    def add(
        self,
        row: int,
        column: int,
        style: str,
        kind: str,
        value: str | None,
        *,
        inline: str | None = None,
        formula: str | None = None,
        shared_index: str = "",
    ) -> None:
        """A cell as stored: `value` is the text of `<v>`, `inline` that of `<is>`, `formula` that of `<f>` (None where
        there is no such element). Empty cells leave no entry, and their style is of no consequence."""
        letter, text = self.meaning(kind, value, inline)
        sheet = self.sheet
        self._rising = False
        if formula is not None:
            sheet.formulas[len(sheet.row)] = self.formula(formula, letter != "", shared_index)
        elif not text:
            return
        sheet.row.append(row)
        sheet.column.append(column)
        sheet.kind.append(letter)
        sheet.text.append(text)
        sheet.style.append(self.style(style))

    def extend(
        self,
        row: list[int],
        column: list[int],
        *,
        kind: list[str],
        text: list[str],
        style: list[int],
        formulas: dict[int, Formula],
        rising: bool = False,
    ) -> None:
        """Some cells, understood already; `formulas` goes by the place in these lists. Those without text and formula
        leave no entry. `rising`: they are known to stand in reading order."""
        self._rising = self._rising and row[0] > self._last and (rising or _in_order(row, column))
        self._last = row[-1]
        self.sheet.extend(row, column, kind, text, style, formulas)

    def extend_alike(
        self,
        numbers: list[int],
        columns: tuple[int, ...],
        kinds: tuple[str, ...],
        styles: tuple[int, ...],
        texts: Sequence[Sequence[str]],
        formulas: Mapping[int, Sequence[str]],
        rising: bool,
    ) -> None:
        """Rows with cells in the same columns: a stretch, where they are many. `rising`: the columns rise."""
        shape = columns, kinds, styles
        rising = rising and all(map(lt, numbers, islice(numbers, 1, None)))
        begin = 0
        if not rising or not self._goes_on(shape, formulas, numbers[0]):
            begin = FIRST if rising and len(numbers) >= FIRST + LEAST else len(numbers)
            first = {place: own[:begin] for place, own in formulas.items()}
            row, column, kind, text, style, found = in_reading_order(
                numbers[:begin], *shape, [own[:begin] for own in texts], first
            )
            self.extend(row, column, kind=kind, text=text, style=style, formulas=found, rising=rising)
            if begin == len(numbers):
                return
        more = Stretch(len(self.sheet.row), numbers[begin:], *shape, *_cut(texts, formulas, begin))
        self._last = more.numbers[-1]
        self._aside += more.count
        self._aside_formulas += len(formulas) * len(more.numbers)
        if begin:
            self._stretches.append(more)
        else:
            self._stretches[-1].extend(more)

    def _goes_on(
        self,
        shape: tuple[tuple[int, ...], tuple[str, ...], tuple[int, ...]],
        formulas: Mapping[int, Sequence[str]],
        number: int,
    ) -> bool:
        """Whether rows are more of the last stretch."""
        if not self._stretches or not self._rising or number <= self._last:
            return False
        last = self._stretches[-1]
        return (
            last.before == len(self.sheet.row)
            and (last.columns, last.kinds, last.styles) == shape
            and last.formulas.keys() == formulas.keys()
        )

    def formula(self, text: str, stored: bool, shared_index: str) -> Formula:
        """A formula; those that share another's text share its link to another workbook."""
        external = is_external(text)
        if shared_index and text:
            self._shared_external[shared_index] = external
        elif shared_index:
            external = self._shared_external.get(shared_index, False)
        return Formula(text, stored, external, shared_index)

    def meaning(self, kind: str, value: str | None, inline: str | None) -> tuple[str, str]:
        """(kind, text) of an entry; ("", "") where nothing is stored."""
        if kind == "str" and value is not None:
            return "s", decode_escapes(value)
        letter = KINDS.get(kind)
        if letter is None:
            raise Refused("bad_cell_type", sheet=self.sheet.name, found=kind[:40])
        if kind == "inlineStr" or (value is None and inline is not None):
            written = value if inline is None else inline
            return ("s", decode_escapes(written)) if written is not None else ("", "")
        text = value.strip(XML_SPACE) if value is not None else ""
        if not text:
            return "", ""
        if kind == "s":
            text = self.shared_string(text)
        elif kind == "b":
            # What is neither is judged as the text it is.
            return ("b", _BOOLEANS[text]) if text in _BOOLEANS else ("s", text)
        return letter, text

    def shared_string(self, index: str) -> str:
        if index.isascii() and index.isdigit() and len(index) <= _LONGEST_INDEX and int(index) < len(self.shared):
            return self.shared[int(index)]
        raise Refused("bad_shared_string", sheet=self.sheet.name, found=index[:40])

    def style(self, index: str) -> int:
        """The style of a cell, `index` being "" where it has none. Raises `Refused` (bad_style)."""
        if not index:
            return 0
        if not (index.isascii() and index.isdigit() and len(index) <= _LONGEST_INDEX):
            raise Refused("bad_style", sheet=self.sheet.name, found=index[:40])
        if self.styles == 0:
            return 1 if int(index) else 0
        if int(index) >= self.styles:
            raise Refused("bad_style", sheet=self.sheet.name, found=index)
        return int(index)

    def hide_row(self, row: int) -> None:
        """Rows mostly come in order: a million hidden ones stay one span."""
        if self.hidden_rows and self.hidden_rows[-1][1] + 1 == row:
            self.hidden_rows[-1] = (self.hidden_rows[-1][0], row)
        else:
            self.hidden_rows.append((row, row))

    def merge(self, merged: Range) -> None:
        """A merged range. Whoever looks one up does so by its rows, so each of these counts as a cell."""
        self.merged.append(merged)
        self.merged_rows += merged.bottom - merged.top + 1

    def check(self) -> None:
        """Call now and then while reading; raises `Refused` over a limit."""
        self.meter.check_cells(self._counted(), len(self.sheet.formulas) + self._aside_formulas)

    def _counted(self) -> int:
        """What counts as a cell."""
        return len(self.sheet.row) + self._aside + self.merged_rows + len(self.hidden_rows) + len(self.hidden_columns)

    def finish(self) -> Sheet:
        """Entries in reading order; raises `Refused` (duplicate_cell) where a cell is stored twice."""
        sheet = self.sheet
        counted, formulas = self._counted(), len(sheet.formulas) + self._aside_formulas
        sheet.merged = self.merged
        sheet.hidden_rows = Spans(self.hidden_rows)
        sheet.hidden_columns = Spans(self.hidden_columns)
        sheet.set_aside(self._stretches)
        if not self._rising and not _in_order(sheet.row, sheet.column):
            self._sort()
        self.meter.add_cells(counted, formulas)
        return sheet

    def _sort(self) -> None:
        sheet = self.sheet
        keys = list(zip(sheet.row, sheet.column, strict=True))
        order = sorted(range(len(keys)), key=keys.__getitem__)
        for before, after in zip(order, islice(order, 1, None), strict=False):
            if keys[before] == keys[after]:
                raise Refused("duplicate_cell", sheet=sheet.name, row=sheet.row[after], column=sheet.column[after])
        sheet.stretches, sheet.others = [], None
        place = {entry: at for at, entry in enumerate(order)}
        sheet.formulas = dict(sorted((place[entry], formula) for entry, formula in sheet.formulas.items()))
        sheet.row = [sheet.row[entry] for entry in order]
        sheet.column = [sheet.column[entry] for entry in order]
        sheet.kind = [sheet.kind[entry] for entry in order]
        sheet.text = [sheet.text[entry] for entry in order]
        sheet.style = [sheet.style[entry] for entry in order]


def _cut(
    texts: Sequence[Sequence[str]], formulas: Mapping[int, Sequence[str]], begin: int
) -> tuple[list[list[str] | LongTexts], dict[int, list[str] | LongTexts]]:
    """Columns from some row on."""
    return [[*own[begin:]] for own in texts], {place: [*own[begin:]] for place, own in formulas.items()}


def _in_order(row: list[int], column: list[int]) -> bool:
    """Rows never fall, and a column that does not rise stands in a later row: no cell comes twice."""
    falls = map(ge, column, islice(column, 1, None))
    new_row = map(lt, row, islice(row, 1, None))
    return all(map(le, row, islice(row, 1, None))) and all(map(le, falls, new_row))
