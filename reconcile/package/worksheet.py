"""A worksheet part, element by element (ECMA-376 part 1, 18.3.1)."""

from __future__ import annotations

from .grid import Grid
from .references import COLUMNS, parse_cell, parse_range, row_number
from .refusal import Refused
from .xml import TRUE, Attributes, Document, Tree

_TREE = Tree(
    ("", "worksheet"),
    ("worksheet", "cols"),
    ("cols", "col"),
    ("worksheet", "sheetData"),
    ("sheetData", "row"),
    ("row", "c"),
    ("c", "f"),
    ("c", "v"),
    ("c", "is"),
    ("is", "t"),
    ("is", "r"),
    ("r", "t"),
    ("worksheet", "mergeCells"),
    ("mergeCells", "mergeCell"),
)


class WorksheetParser:
    """Fills a `Grid`. Feed `document`; `<dimension>` and everything else that only claims something is not read."""

    def __init__(self, part: str, grid: Grid) -> None:
        self.document = Document(part, self._start, self._end, self._text)
        self.root = False
        self._grid = grid
        self._path: list[str | None] = [""]
        self._row = 0
        self._column = 0
        self._at = 0
        self._style = ""
        self._kind = ""
        self._value: list[str] | None = None
        self._inline: list[str] | None = None
        self._formula: list[str] | None = None
        self._shared_index = ""
        self._into: list[str] | None = None

    @property
    def in_rows(self) -> bool:
        """The parser stands directly within `<sheetData>`."""
        return self._path[-1] == "sheetData"

    @property
    def has_rows(self) -> bool:
        """The parser has come upon a row."""
        return self._row > 0

    def _start(self, name: str, attributes: Attributes) -> None:
        here = _TREE.step(self._path[-1], name)
        self._path.append(here)
        if here == "c":
            self._open_cell(attributes)
        elif here == "v":
            self._once(self._value)
            self._into = self._value = []
        elif here == "f":
            self._once(self._formula)
            self._into = self._formula = []
            self._shared_index = attributes.get("si", "") if attributes.get("t") == "shared" else ""
        elif here == "row":
            self._open_row(attributes)
        elif here == "is":
            self._once(self._inline)
            self._inline = []
        elif here == "t":
            self._into = self._inline
        elif here == "mergeCell":
            self._grid.merge(parse_range(attributes.get("ref", "")))
        elif here == "col":
            self._columns(attributes)
        elif here == "worksheet":
            self.root = True

    def _end(self, _: str) -> None:
        here = self._path.pop()
        if here == "c":
            self._close_cell()
        elif here in ("v", "f", "t"):
            self._into = None

    def _text(self, data: str) -> None:
        # Only directly inside the element: what an unknown child holds is not the cell's.
        if self._into is not None and self._path[-1] is not None:
            self._into.append(data)

    def _once(self, before: list[str] | None) -> None:
        """Raises `Refused` where a cell has two values, and which one counts nobody knows."""
        if before is not None:
            raise Refused("duplicate_cell", sheet=self._grid.sheet.name, row=self._at, column=self._column)

    def _open_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        # Writers may leave the number out: then it is the next row. The same with cells below.
        self._row = row_number(number.strip()) if number is not None else row_number(str(self._row + 1))
        self._column = 0
        if attributes.get("hidden") in TRUE or is_zero(attributes.get("ht")):
            self._grid.hide_row(self._row)

    def _open_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is not None:
            self._at, self._column = parse_cell(reference)
        elif self._column < COLUMNS:
            self._column += 1
            self._at = self._row
        else:
            raise Refused("bad_reference", sheet=self._grid.sheet.name, row=self._row, column=self._column + 1)
        self._style = attributes.get("s", "")
        self._kind = attributes.get("t", "")
        self._value = self._inline = self._formula = None
        self._shared_index = ""

    def _close_cell(self) -> None:
        self._grid.add(
            self._at,
            self._column,
            self._style,
            self._kind,
            None if self._value is None else "".join(self._value),
            inline=None if self._inline is None else "".join(self._inline),
            formula=None if self._formula is None else "".join(self._formula),
            shared_index=self._shared_index,
        )

    def _columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") not in TRUE and not is_zero(attributes.get("width")):
            return
        first, last = attributes.get("min", ""), attributes.get("max", "")
        for number in (first, last):
            if not (number.isascii() and number.isdigit() and len(number) <= 5 and 1 <= int(number) <= COLUMNS):
                raise Refused("bad_reference", sheet=self._grid.sheet.name, found=number[:40])
        if int(first) > int(last):
            raise Refused("bad_reference", sheet=self._grid.sheet.name, found=f"{first}:{last}")
        self._grid.hidden_columns.append((int(first), int(last)))


def is_zero(size: str | None) -> bool:
    """A height or width of nothing hides as well."""
    if size is None:
        return False
    try:
        return float(size) == 0
    except ValueError:
        return False
