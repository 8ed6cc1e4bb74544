"""A sheet being filled: what the stored form of a cell means."""

from __future__ import annotations

from itertools import accumulate, compress, islice
from operator import ge, le, lt
from typing import Any

from .formulas import is_external
from .limits import Meter
from .references import Range
from .refusal import Refused
from .sheet import Formula, Sheet, Spans, Visibility
from .strings import StringTable, decode_escapes

XML_SPACE = " \t\r\n"
# ST_CellType (ECMA-376 part 1, 18.18.11) → kind of an entry.
KINDS = {"": "n", "n": "n", "s": "s", "str": "s", "inlineStr": "s", "b": "b", "e": "e", "d": "d"}
_BOOLEANS = (
    {"0": "FALSE", "1": "TRUE"} | dict.fromkeys(("false", "FALSE"), "FALSE") | dict.fromkeys(("true", "TRUE"), "TRUE")
)
# More digits than any count that fits the limits: nothing to be converted.
_LONGEST_INDEX = 10


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
        """Many cells, understood already; `formulas` goes by the place in these lists. Those without text and formula
        leave no entry. `rising`: they are known to stand in reading order."""
        sheet = self.sheet
        self._rising = (
            self._rising and (not row or not sheet.row or row[0] > sheet.row[-1]) and (rising or _in_order(row, column))
        )
        kept: list[bool] | None = None
        if "" in text:
            kept = list(map(bool, text))
            for at in formulas:
                kept[at] = True
            now = list(accumulate(kept))
            formulas = {now[at] - 1: formulas[at] for at in sorted(formulas)}
        base = len(sheet.row)
        sheet.formulas.update((base + at, formula) for at, formula in formulas.items())
        columns: tuple[tuple[list[Any], list[Any]], ...] = (
            (sheet.row, row),
            (sheet.column, column),
            (sheet.kind, kind),
            (sheet.text, text),
            (sheet.style, style),
        )
        for own, more in columns:
            own.extend(more if kept is None else compress(more, kept))

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
        self.meter.check_cells(self._counted(), len(self.sheet.formulas))

    def _counted(self) -> int:
        """What counts as a cell."""
        return len(self.sheet.row) + self.merged_rows + len(self.hidden_rows) + len(self.hidden_columns)

    def finish(self) -> Sheet:
        """Entries in reading order; raises `Refused` (duplicate_cell) where a cell is stored twice."""
        sheet = self.sheet
        if not self._rising and not _in_order(sheet.row, sheet.column):
            self._sort()
        sheet.merged = self.merged
        sheet.hidden_rows = Spans(self.hidden_rows)
        sheet.hidden_columns = Spans(self.hidden_columns)
        self.meter.add_cells(self._counted(), len(sheet.formulas))
        return sheet

    def _sort(self) -> None:
        sheet = self.sheet
        keys = list(zip(sheet.row, sheet.column, strict=True))
        order = sorted(range(len(keys)), key=keys.__getitem__)
        for before, after in zip(order, islice(order, 1, None), strict=False):
            if keys[before] == keys[after]:
                raise Refused("duplicate_cell", sheet=sheet.name, row=sheet.row[after], column=sheet.column[after])
        place = {entry: at for at, entry in enumerate(order)}
        sheet.formulas = dict(sorted((place[entry], formula) for entry, formula in sheet.formulas.items()))
        sheet.row = [sheet.row[entry] for entry in order]
        sheet.column = [sheet.column[entry] for entry in order]
        sheet.kind = [sheet.kind[entry] for entry in order]
        sheet.text = [sheet.text[entry] for entry in order]
        sheet.style = [sheet.style[entry] for entry in order]


def _in_order(row: list[int], column: list[int]) -> bool:
    """Rows never fall, and a column that does not rise stands in a later row: no cell comes twice."""
    falls = map(ge, column, islice(column, 1, None))
    new_row = map(lt, row, islice(row, 1, None))
    return all(map(le, row, islice(row, 1, None))) and all(map(le, falls, new_row))
