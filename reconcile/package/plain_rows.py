"""Rows of a worksheet in bulk, by regular expressions: a third of the time the parser takes, and less for rows alike.

Every character has to belong to a row, a cell of the plain form or white space between them; otherwise `NotPlain`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .formulas import is_external
from .grid import KINDS, Grid
from .plain_text import ATTRIBUTES, SPACE_KEPT, TEXT, NotPlain, plain_attributes, plain_text
from .references import COLUMN, ROWS, column_number
from .refusal import Refused
from .row_shapes import BARE, SPACE, VALUE, RowShape, RowShapes, stored_formula
from .sheet import Formula
from .worksheet import is_zero
from .xml import TRUE

_ROW = '<row r="([1-9][0-9]{0,6})"([^<>&]*+)>'
_OPEN = '<row r="[1-9][0-9]{0,6}"[^<>&]*+(?<!/)>'
_CLOSED = '<row r="[1-9][0-9]{0,6}"[^<>&]*+(?<=/)>'
_BETWEEN = rf"(?:{_CLOSED}{SPACE})*+(?:{_OPEN}|\Z)"
# Empty cells are stepped over by the thousand, so the limits of a sheet are part of their form.
_ROW_NUMBER = "(?:[1-9][0-9]{0,5}|10[0-3][0-9]{4}|104[0-7][0-9]{3}|1048[0-4][0-9]{2}|10485[0-6][0-9]|104857[0-6])"
_TYPE = "(?:n|s|str|b|e|d|inlineStr)"
_EMPTY = rf'<c(?=[^<>]*+(?<=/)>) r="{COLUMN}{_ROW_NUMBER}"(?: s="[0-9]++")?+(?: t="{_TYPE}")?+ ?/>'
_START = re.compile(SPACE + _BETWEEN)
_END = re.compile(rf"</row>{SPACE}(?:{_CLOSED}{SPACE})*+\Z")
# Groups: letters, row, style and type, formula, value, inline text, other content. A match of no group is the end, or
# what is not plain.
_CELL = re.compile(
    rf"(?:{_EMPTY}|</row>{SPACE}{_BETWEEN}|[ \t\n]++)*+"
    '(?:<c r="([A-Z]{1,3}+)([1-9][0-9]{0,6}+)"((?: s="[0-9]++")?+(?: t="[A-Za-z]++")?+(?: [cv]m="[0-9]++")*+)>'
    f'(?:<f(?: aca="false")?+>({BARE})</f>)?+'
    f"(?:<v>({VALUE})</v></c>|<is><t{SPACE_KEPT}>({BARE})</t></is></c>"
    r"|((?:[^<]++|<(?!/c>))*+)</c>)"
    r"|[\s\S]|\Z)"
)
_ROWS = re.compile(_ROW)
_ROW_REST = re.compile(f'({ATTRIBUTES})( x14ac:dyDescent="[-.0-9]++")?+ ?/?')
_CONTENT = re.compile(
    f"(<f({ATTRIBUTES}){SPACE_KEPT}(?: ?/>|>({TEXT})</f>))?+"
    f"(<v{SPACE_KEPT}(?: ?/>|>({TEXT})</v>))?+"
    f"(<is><t{SPACE_KEPT}(?: ?/>|>({TEXT})</t>)</is>)?+"
)


# A value that says nothing, and the types in which an empty one does not count.
_NOTHING = frozenset(("", "<v></v>", "<v/>", "<v />"))
_WITHOUT_EMPTY = frozenset(("", "n", "s", "b", "e", "d"))


_CLOSE = "</row>"
# Rows of no known shape, one after the other, after which the rest of a piece is not asked for its shapes.
_PATIENCE = 32
_SHAPES = RowShapes()


class _Columns(dict[str, int]):
    """Letters → number, found once."""

    def __missing__(self, letters: str) -> int:
        number = self[letters] = column_number(letters)
        return number


class PlainRows:
    """Adds rows to a grid; `extensions` says that the prefix of Excel's row attributes is declared."""

    def __init__(self, grid: Grid, extensions: bool) -> None:
        self._grid = grid
        self._extensions = extensions
        self._columns = _Columns()
        self._shared = grid.shared.as_written
        # Attributes of a cell, as written → what they say: few differ.
        self._styles: dict[str, int] = {}
        self._types: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._rests: dict[str, bool] = {}

    def add(self, text: str) -> None:
        """`text` begins and ends between rows. Raises `NotPlain`, and `Refused` as the parser would."""
        if "_x" in text:  # escapes, which are decoded cell by cell
            self._add_one_by_one(text)
            return
        begin = at = unlike = 0
        while unlike < _PATIENCE and (end := text.find(_CLOSE, at)) >= 0:
            found = _SHAPES.matching(text, at)
            if found is None:
                _SHAPES.count(text, at, end + len(_CLOSE))
                at = end + len(_CLOSE)
                unlike += 1
                continue
            if begin < at:
                self._add_one_by_one(text[begin:at])
            begin = at = self._add_alike(text, at, *found)
            unlike = 0
        if begin < len(text):
            self._add_one_by_one(text[begin:])

    def _add_alike(self, text: str, at: int, shape: RowShape, match: re.Match[str]) -> int:
        """The rows from a place of the text on that have known shapes; returns where they end."""
        shared, rests = self._shared, self._rests
        while True:
            rows, again, like = [match.groups()], shape.pattern.match, match.end
            while (following := again(text, like())) is not None:
                rows.append(following.groups())
                like = following.end
            at = like()
            groups = list(zip(*rows, strict=True))
            numbers = list(map(int, groups[0]))
            if any(rests.get(rest, True) for rest in set(groups[1])):
                for number, rest in zip(numbers, groups[1], strict=True):
                    self._look_at(number, rest)
            texts: list[Sequence[str]] = list(shape.pick(groups))
            try:
                for place in shape.shared:
                    texts[place] = list(map(shared.__getitem__, texts[place]))
            except KeyError:
                raise NotPlain from None  # a damaged sheet: the parser says what it is
            formulas = {place: groups[group] for place, group in shape.formulas}
            columns, kinds, styles = _ready(shape, self._grid.styles)
            self._grid.extend_alike(numbers, columns, kinds, styles, texts, formulas, shape.rising)
            found = _SHAPES.matching(text, at)
            if found is None:
                return at
            shape, match = found

    def _add_one_by_one(self, text: str) -> None:
        """Cell by cell."""
        start = _START.match(text)
        if start is None:
            raise NotPlain
        self._hide(text)
        if start.end() == len(text):
            return
        last = text.rfind(_CLOSE)
        if last < 0 or _END.match(text, last) is None:
            raise NotPlain
        matches = _CELL.findall(text, start.end())
        # The end of the last row and the end itself match without a group, and so does each character that is not
        # plain: two such matches are due, since the text does end with a row.
        if matches[-1][0] or matches[-2][0]:
            raise NotPlain  # pragma: no cover - nothing is known that ends so, and a cell must not be dropped
        del matches[-2:]
        if matches:
            self._add_cells("_x" in text, *zip(*matches, strict=True))

    def _add_cells(self, escapes: bool, *groups: tuple[str, ...]) -> None:
        letters, digits, attributes, formulas, values, inlines, others = groups
        if "" in letters:
            raise NotPlain
        for each in set(attributes).difference(self._styles):
            self._learn(each)
        row = list(map(int, digits))
        if max(row) > ROWS:
            raise Refused("bad_reference", found=max(row))
        column = list(map(self._columns.__getitem__, letters))
        style = list(map(self._styles.__getitem__, attributes))
        kind = list(map(self._kinds.__getitem__, attributes))
        types = list(map(self._types.__getitem__, attributes))
        shared = self._shared
        try:
            text = [shared[value] if each == "s" else value for each, value in zip(types, values, strict=True)]
        except KeyError:
            raise NotPlain from None  # a damaged sheet: the parser says what it is
        if "b" in types or escapes:
            for at, value in enumerate(values):
                if value and types[at] != "s":
                    kind[at], text[at] = self._grid.meaning(types[at], value, None)
        found = {at: stored_formula(formula) for at, formula in enumerate(formulas) if formula}
        for at in [at for at, value in enumerate(values) if not value]:
            if inlines[at] and not escapes and not formulas[at]:
                kind[at], text[at] = "s", inlines[at]
                continue
            kind[at], text[at], formula = self._other(types[at], formulas[at], inlines[at], others[at])
            if formula is not None:
                found[at] = formula
        self._grid.extend(row, column, kind=kind, text=text, style=style, formulas=found)

    def _other(self, kind: str, formula: str, inline: str, content: str) -> tuple[str, str, Formula | None]:
        """Kind, text and formula of a cell without a bare value; `formula` and `inline` were read already."""
        if inline:
            content = f"<is><t>{inline}</t></is>"
        elif formula and content in _NOTHING and kind in _WITHOUT_EMPTY:
            return "", "", Formula(formula, False, is_external(formula))
        match = _CONTENT.fullmatch(content)
        if match is None or (formula and match[1]):
            raise NotPlain
        has_formula, attributes, written, has_value, value, has_inline, inline = match.groups()
        kind, text = self._grid.meaning(
            kind,
            plain_text(value or "") if has_value else None,
            plain_text(inline or "") if has_inline else None,
        )
        if formula:
            return kind, text, Formula(formula, kind != "", is_external(formula))
        if not has_formula:
            return kind, text, None
        shared_index = _shared_index(attributes) if attributes else ""
        return kind, text, self._grid.formula(plain_text(written or ""), kind != "", shared_index)

    def _learn(self, attributes: str) -> None:
        self._styles[attributes], self._types[attributes] = _style_and_type(attributes, self._grid.styles)
        self._kinds[attributes] = KINDS[self._types[attributes]]

    def _hide(self, text: str) -> None:
        """Numbers and attributes of rows: all are looked at, few hide anything."""
        for number, rest in _ROWS.findall(text):
            if self._rests.get(rest, True):
                self._look_at(int(number), rest)
            if len(number) > 6 and int(number) > ROWS:
                raise Refused("bad_reference", found=number)

    def _look_at(self, number: int, rest: str) -> None:
        """The attributes of a row, which may hide it."""
        if rest not in self._rests:
            self._rests[rest] = _hides(rest, self._extensions)
        if self._rests[rest]:
            self._grid.hide_row(number)


@lru_cache(maxsize=4096)
def _hides(rest: str, extensions: bool) -> bool:
    """Whether the attributes of a row but for its number hide it. Raises `NotPlain`."""
    match = _ROW_REST.fullmatch(rest)
    if match is None or (match[2] and not extensions):
        raise NotPlain
    attributes = plain_attributes(match[1])
    if "r" in attributes:
        raise NotPlain
    return attributes.get("hidden") in TRUE or is_zero(attributes.get("ht"))


@lru_cache(maxsize=4096)
def _style_and_type(attributes: str, styles: int) -> tuple[int, str]:
    """What the attributes of a cell say where a workbook has so many styles (0: no styles part). Raises `NotPlain`."""
    found = plain_attributes(attributes)
    style, kind = found.get("s", "") or "0", found.get("t", "")
    if kind not in KINDS or len(style) > 9 or 0 < styles <= int(style):
        raise NotPlain
    return (int(style) if styles else min(int(style), 1)), kind


@lru_cache(maxsize=256)
def _ready(shape: RowShape, styles: int) -> tuple[tuple[int, ...], tuple[str, ...], tuple[int, ...]]:
    """Columns, kinds and styles of the cells of a shape. Raises `NotPlain`."""
    said = [_style_and_type(attributes, styles) for attributes in shape.attributes]
    return tuple(map(column_number, shape.letters)), tuple(KINDS[kind] for _, kind in said), tuple(s for s, _ in said)


@lru_cache(maxsize=4096)
def _shared_index(attributes: str) -> str:
    found = plain_attributes(attributes)
    return found.get("si", "") if found.get("t") == "shared" else ""
