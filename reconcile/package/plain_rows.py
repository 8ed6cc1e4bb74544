"""Rows of a worksheet in bulk, by regular expressions: a third of the time the parser takes.

Every character has to belong to a row, a cell of the plain form or white space between them; otherwise `NotPlain`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .formulas import is_external
from .grid import KINDS, Grid
from .plain_text import ATTRIBUTES, SPACE_KEPT, TEXT, NotPlain, plain_attributes, plain_text
from .references import ROWS, column_number
from .refusal import Refused
from .sheet import Formula
from .worksheet import TRUE, is_zero

_SPACE = r"[ \t\n]*+"
_ROW = '<row r="([1-9][0-9]{0,6})"([^<>&]*+)>'
_OPEN = '<row r="[1-9][0-9]{0,6}"[^<>&]*+(?<!/)>'
_CLOSED = '<row r="[1-9][0-9]{0,6}"[^<>&]*+(?<=/)>'
_BETWEEN = rf"(?:{_CLOSED}{_SPACE})*+(?:{_OPEN}|\Z)"
# Empty cells are stepped over by the thousand, so the limits of a sheet are part of their form.
_COLUMN = "(?:[A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D])"
_ROW_NUMBER = "(?:[1-9][0-9]{0,5}|10[0-3][0-9]{4}|104[0-7][0-9]{3}|1048[0-4][0-9]{2}|10485[0-6][0-9]|104857[0-6])"
_TYPE = "(?:n|s|str|b|e|d|inlineStr)"
_EMPTY = rf'<c(?=[^<>]*+(?<=/)>) r="{_COLUMN}{_ROW_NUMBER}"(?: s="[0-9]++")?+(?: t="{_TYPE}")?+ ?/>'
_START = re.compile(_SPACE + _BETWEEN)
_END = re.compile(rf"</row>{_SPACE}(?:{_CLOSED}{_SPACE})*+\Z")
# Text without entities; a value besides has no space around it, so that it means itself in a cell of any type.
_BARE = "[^<>&\x00-\x1f\ufffe\uffff]++"
# Groups: letters, row, style and type, formula, value, inline text, other content. A match of no group is the end, or
# what is not plain.
_CELL = re.compile(
    rf"(?:{_EMPTY}|</row>{_SPACE}{_BETWEEN}|[ \t\n]++)*+"
    '(?:<c r="([A-Z]{1,3}+)([1-9][0-9]{0,6}+)"((?: s="[0-9]++")?+(?: t="[A-Za-z]++")?+(?: [cv]m="[0-9]++")*+)>'
    f'(?:<f(?: aca="false")?+>({_BARE})</f>)?+'
    f"(?:<v>([-+.0-9Ee]++(?=<)|(?! ){_BARE}(?<! ))</v></c>|<is><t{SPACE_KEPT}>({_BARE})</t></is></c>"
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
        start = _START.match(text)
        if start is None:
            raise NotPlain
        self._hide(text)
        if start.end() == len(text):
            return
        last = text.rfind("</row>")
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
        found = {at: Formula(formula, True, is_external(formula)) for at, formula in enumerate(formulas) if formula}
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
        found = plain_attributes(attributes)
        style, kind = found.get("s", ""), found.get("t", "")
        if kind not in KINDS or len(style) > 9 or (style and 0 < self._grid.styles <= int(style)):
            raise NotPlain
        self._styles[attributes] = self._grid.style(style)
        self._types[attributes] = kind
        self._kinds[attributes] = KINDS[kind]

    def _hide(self, text: str) -> None:
        """Numbers and attributes of rows: all are looked at, few hide anything."""
        rests = self._rests
        for number, rest in _ROWS.findall(text):
            hidden = rests.get(rest)
            if hidden is None:
                hidden = rests[rest] = self._hides(rest)
            if hidden:
                self._grid.hide_row(int(number))
            if len(number) > 6 and int(number) > ROWS:
                raise Refused("bad_reference", found=number)

    def _hides(self, rest: str) -> bool:
        match = _ROW_REST.fullmatch(rest)
        if match is None or (match[2] and not self._extensions):
            raise NotPlain
        attributes = plain_attributes(match[1])
        if "r" in attributes:
            raise NotPlain
        return attributes.get("hidden") in TRUE or is_zero(attributes.get("ht"))


@lru_cache(maxsize=4096)
def _shared_index(attributes: str) -> str:
    found = plain_attributes(attributes)
    return found.get("si", "") if found.get("t") == "shared" else ""
