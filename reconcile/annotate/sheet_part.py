"""A sheet part with some of its cells in other styles: changed at those cells only (ECMA-376 part 1, 18.3.1).

Cells and rows that the part does not have are put in where they belong, empty.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from reconcile.annotate.edits import Edits, prefix_of
from reconcile.annotate.elements import STRICT, TRANSITIONAL, Element, Walk
from reconcile.annotate.geometry import Measures
from reconcile.annotate.model import Level
from reconcile.annotate.plain_rows import PlainRow, plain_rows
from reconcile.annotate.refusal import CannotMark
from reconcile.annotate.styles_part import Styles
from reconcile.findings import column_letters
from reconcile.package.references import parse_cell
from reconcile.package.refusal import Refused

_TRUE = ("1", "true", "on")
_ID_SPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
# What stands before <legacyDrawing> in a sheet, in the order of the schema; unknown elements do not count.
_BEFORE_LEGACY = re.compile(
    "sheetPr|dimension|sheetViews|sheetFormatPr|cols|sheetData|sheetCalcPr|sheetProtection|protectedRanges|scenarios|"
    "autoFilter|sortState|dataConsolidate|customSheetViews|mergeCells|phoneticPr|conditionalFormatting|dataValidations|"
    "hyperlinks|printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|customProperties|cellWatches|"
    "ignoredErrors|smartTags|drawing"
)
_ROWS = re.compile(rb"<(?:[\w.-]+:)?sheetData[\s/>]")


@dataclass(slots=True)
class _Row:
    element: Element
    style: int
    cells: dict[int, Element] = field(default_factory=dict)
    order: list[tuple[int, int]] = field(default_factory=list)  # column, where the cell begins


class SheetPart:
    """One worksheet part, followed once; ``wanted`` are the cells to be changed, by row and column. Where there are
    none it is followed to its rows only."""

    def __init__(self, part: str, data: bytes, wanted: Mapping[tuple[int, int], Level]) -> None:
        self.part = part
        self.data = data
        self.legacy = ""  # the relationship of its VML drawing
        self.measures = Measures()
        self._edits = Edits(data)
        self._wanted = wanted
        self._wanted_rows = {row for row, _ in wanted}
        self._rows: dict[int, _Row] = {}
        self._numbers: list[int] = []
        self._starts: list[int] = []
        self._number = self._column = 0
        self._root: Element | None = None
        self._data: Element | None = None
        self._plainly = False
        self._before_legacy = -1
        self._selected: list[Element] = []
        self._column_styles: list[tuple[int, int, int]] = []
        rows = None if wanted else _ROWS.search(data)
        with Walk(part, data, self._enter, self._leave) as walk:
            if rows is not None:
                walk.to(rows.start())
                return
            behind = -1
            for row in plain_rows(data) if wanted else ():
                if row.start == behind or (walk.to(row.start) and self._is_among_rows(walk.above)):
                    self._enter_plain(row)
                    behind = row.end
                    walk.over(behind)
            walk.finish()
        if self._data is None and wanted:
            raise CannotMark("bad_sheet", part=part)

    def restyle(self, styles: Styles) -> None:
        """Gives every wanted cell its own style with the fill of its level."""
        new_rows: dict[int, list[int]] = {}
        new_cells: dict[int, list[int]] = {}
        for row, column in sorted(self._wanted):
            known = self._rows.get(row)
            if known is None:
                new_rows.setdefault(row, []).append(column)
            elif column not in known.cells:
                new_cells.setdefault(row, []).append(column)
            else:
                cell = known.cells[column]
                style = styles.marked(_number(cell.attributes.get("s")), self._wanted[row, column])
                self._edits.attribute(cell, b"s", b"%d" % style)
        for row, columns in new_cells.items():
            self._add_cells(self._rows[row], row, columns, styles)
        self._add_rows(new_rows, styles)

    def _add_cells(self, row: _Row, number: int, columns: list[int], styles: Styles) -> None:
        prefix = prefix_of(self.data, row.element)
        at_end: list[bytes] = []
        for column in columns:
            base = row.style if row.style >= 0 else self._style_of_column(column)
            cell = self._cell(prefix, number, column, styles.marked(base, self._wanted[number, column]))
            behind = [start for other, start in row.order if other > column]
            if behind:
                self._edits.insert(min(behind), cell)
            else:
                at_end.append(cell)
        if at_end:
            self._edits.inside(row.element, b"".join(at_end))

    def _add_rows(self, rows: Mapping[int, list[int]], styles: Styles) -> None:
        if not rows:
            return
        assert self._data is not None
        prefix = prefix_of(self.data, self._data)
        at_end: list[bytes] = []
        in_order = all(one < other for one, other in zip(self._numbers, self._numbers[1:], strict=False))
        if not in_order:
            raise CannotMark("rows_out_of_order", part=self.part)
        for number, columns in sorted(rows.items()):
            cells = b"".join(
                self._cell(prefix, number, c, styles.marked(self._style_of_column(c), self._wanted[number, c]))
                for c in columns
            )
            row = b'<%srow r="%d">%s</%srow>' % (prefix, number, cells, prefix)
            place = bisect_right(self._numbers, number)
            if place < len(self._starts):
                self._edits.insert(self._starts[place], row)
            else:
                at_end.append(row)
        if at_end:
            self._edits.inside(self._data, b"".join(at_end))

    def _cell(self, prefix: bytes, row: int, column: int, style: int) -> bytes:
        return b'<%sc r="%s%d" s="%d"/>' % (prefix, column_letters(column).encode(), row, style)

    def _style_of_column(self, column: int) -> int:
        return next((style for first, last, style in self._column_styles if first <= column <= last), 0)

    def deselect(self) -> None:
        """Two selected sheets would be edited together: only the added one is selected."""
        for view in self._selected:
            self._edits.attribute(view, b"tabSelected", b"0")

    def add_legacy_drawing(self, relationship: str, strict: bool) -> None:
        """Refers to a VML drawing, which the notes of a sheet are drawn in."""
        assert self._root is not None
        prefix = prefix_of(self.data, self._root)
        space = _ID_SPACES[strict].encode()
        element = b'<%slegacyDrawing xmlns:r="%s" r:id="%s"/>' % (prefix, space, relationship.encode())
        self._edits.insert(self._before_legacy, element)

    def changed(self) -> dict[str, bytes]:
        return {self.part: self._edits.applied()} if self._edits else {}

    def content(self) -> bytes:
        return self._edits.applied()

    def _enter(self, element: Element, above: list[Element]) -> None:
        depth = len(above)
        if element.space not in (TRANSITIONAL, STRICT):
            if depth == 0:
                raise CannotMark("bad_sheet", part=self.part)
            return
        if depth == 3 and element.name == "c" and above[1].name == "sheetData":
            self._enter_cell(element)
        elif depth == 2 and element.name == "row" and above[1].name == "sheetData":
            self._enter_row(element)
        elif depth == 0:
            self._root = element
        elif depth == 1:
            self._enter_section(element)
        elif element.name == "col" and above[1].name == "cols":
            self._enter_column(element)
        elif element.name == "sheetView" and element.attributes.get("tabSelected") in _TRUE:
            self._selected.append(element)

    def _enter_section(self, element: Element) -> None:
        if element.name == "sheetData":
            self._data = element
            self._plainly = prefix_of(self.data, element) == b""
        elif element.name == "legacyDrawing":
            self.legacy = next(
                (element.attributes[f"{s}}}id"] for s in _ID_SPACES if f"{s}}}id" in element.attributes), ""
            )
        elif element.name == "sheetFormatPr":
            self.measures.defaults(element.attributes)

    def _enter_column(self, element: Element) -> None:
        first, last = _number(element.attributes.get("min")), _number(element.attributes.get("max"))
        self._column_styles.append((first, last, _number(element.attributes.get("style"))))
        self.measures.column(first, last, element.attributes)

    def _is_among_rows(self, above: list[Element]) -> bool:
        """Whether the rows stand there that have no prefix."""
        return len(above) == 2 and above[1] is self._data and self._plainly

    def _enter_plain(self, row: PlainRow) -> None:
        if row.number not in self._wanted_rows:
            self._pass_row(row.number, row.start, row.attributes)
            return
        assert self._data is not None
        element, cells = row.elements(self.data, self._data.space)
        self._enter_row(element)
        for cell in cells:
            self._enter_cell(cell)

    def _pass_row(self, number: int, start: int, attributes: Mapping[str, str]) -> None:
        self._number, self._column = number, 0
        self._numbers.append(number)
        self._starts.append(start)
        self.measures.row(number, attributes)

    def _enter_row(self, element: Element) -> None:
        given = element.attributes.get("r")
        number = _number(given) if given is not None else self._number + 1
        self._pass_row(number, element.start, element.attributes)
        if number in self._wanted_rows:
            own = element.attributes.get("s") if element.attributes.get("customFormat") in _TRUE else None
            self._rows.setdefault(number, _Row(element, -1 if own is None else _number(own)))

    def _enter_cell(self, element: Element) -> None:
        given = element.attributes.get("r")
        if given is None:
            row, self._column = self._number, self._column + 1
        else:
            try:
                row, self._column = parse_cell(given)
            except Refused as wrong:
                raise CannotMark("bad_sheet", part=self.part) from wrong
        if row in self._wanted_rows and row in self._rows:
            known = self._rows[row]
            known.order.append((self._column, element.start))
            known.cells.setdefault(self._column, element)

    def _leave(self, element: Element, above: list[Element]) -> None:
        if len(above) == 1 and _BEFORE_LEGACY.fullmatch(element.name):
            self._before_legacy = element.end


def _number(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        raise CannotMark("bad_number", found=str(text)[:20]) from None
