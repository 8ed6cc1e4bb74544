"""Rows that are like others: one regular expression a shape of rows, for all cells of a row at once.

The rows of a table differ in their numbers, values and formulas; letters, styles and types of their cells are the same
from row to row, and from one return of a round to the next. A shape that was seen often gets an expression of its own,
which matches exactly what :mod:`.plain_rows` reads of such a row cell by cell.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import Any

from .formulas import is_external
from .grid import KINDS
from .plain_text import SPACE_KEPT
from .references import COLUMN
from .sheet import Formula

SPACE = r"[ \t\n]*+"
# Text without entities; a value besides has no space around it, so that it means itself in a cell of any type.
BARE = "[^<>&\x00-\x1f\ufffe\uffff]++"
# Read in one way only: what comes behind it is never reason to read it in another.
VALUE = rf"(?>[-+.0-9Ee]++(?=<)|(?! ){BARE}(?<! ))"
_INLINE = BARE.removesuffix("++") + "*+"  # an empty one leaves no entry
ATTRIBUTES = '(?: s="[0-9]++")?+(?: t="[A-Za-z]++")?+'

# Letters, style and type, end of an empty cell, formula, value, inline text.
_CELL = re.compile(
    f'<c r="([A-Z]{{1,3}}+)[1-9][0-9]{{0,6}}+"({ATTRIBUTES})'
    f"(?:( ?/>)|>(?:(<f>){BARE}</f>)?+(?:(<v>){VALUE}</v></c>|(<is><t{SPACE_KEPT}>){_INLINE}</t></is></c>))"
)
_OPEN = re.compile('<row r="[1-9][0-9]{0,6}"[^<>&]*+(?<!/)>')
# Letters and attributes of the first cell of a row.
_FIRST = re.compile(f'<row [^<>]*+><c r="([A-Z]++)[0-9]++"({ATTRIBUTES})')
_TYPE = re.compile('t="([A-Za-z]++)"')
_COLUMN = re.compile(COLUMN)
_CLOSE = "</row>"
# Compiling a shape takes as long as reading so many of its rows cell by cell; every fourth of them is counted.
OFTEN = 12
EVERY = 4
MOST_CELLS = 120
MOST_SHAPES = 64
_MOST_COUNTED = 5_000

Signature = tuple[tuple[str, str, str, bool, bool, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class RowShape:
    """``pattern`` has as groups the number of the row and its attributes, then the values and formulas of its cells.

    ``letters`` and ``attributes`` are those of the cells with a value; ``shared`` are the places of shared strings
    among these, and ``formulas`` the places of formulas, each with its group; ``pick`` takes the values out of the
    groups. ``first``: letters and attributes of the first cell of all.
    ``rising``: no cell stands left of the one before.
    """

    pattern: re.Pattern[str]
    letters: tuple[str, ...]
    attributes: tuple[str, ...]
    shared: tuple[int, ...]
    formulas: tuple[tuple[int, int], ...]
    pick: Callable[[Sequence[Any]], Sequence[Any]]
    rising: bool
    first: tuple[str, str]


class RowShapes(threading.local):
    """The shapes that were seen often, in each thread for itself, the last one that matched last.

    Those whose rows begin with the same cell are looked through together, the last one that matched first.
    """

    def __init__(self) -> None:
        self.known: dict[RowShape, None] = {}
        self._by_first: dict[tuple[str, str], list[RowShape]] = {}
        self._seen: Counter[Signature] = Counter()
        self._turn = 0

    def matching(self, text: str, at: int) -> tuple[RowShape, re.Match[str]] | None:
        """The shape of the row that begins at a place of a text, and what it matches there."""
        first = _FIRST.match(text, at)
        alike = self._by_first.get((first[1], first[2]), []) if first else []
        for number, shape in enumerate(alike):
            match = shape.pattern.match(text, at)
            if match is not None:
                if number:
                    alike.insert(0, alike.pop(number))
                self.known[shape] = self.known.pop(shape)  # behind the others
                return shape, match
        return None

    def count(self, text: str, at: int, end: int) -> None:
        """A row that no shape matches, up to the end of its ``</row>``."""
        self._turn += 1
        if self._turn % EVERY:
            return
        signature = _signature(text, at, end)
        if signature is None:
            return
        if signature not in self._seen and len(self._seen) >= _MOST_COUNTED:
            self._seen.clear()
        self._seen[signature] += 1
        if self._seen[signature] == OFTEN:
            del self._seen[signature]
            self._remember(_shape(signature))

    def _remember(self, shape: RowShape) -> None:
        if len(self.known) == MOST_SHAPES:
            longest_ago = next(iter(self.known))
            del self.known[longest_ago]
            alike = self._by_first[longest_ago.first]
            alike.remove(longest_ago)
            if not alike:
                del self._by_first[longest_ago.first]
        self.known[shape] = None
        self._by_first.setdefault(shape.first, []).insert(0, shape)


def _signature(text: str, at: int, end: int) -> Signature | None:
    """What the rows of a shape have in common; None for a row that is to be read cell by cell."""
    opened = _OPEN.match(text, at)
    if opened is None:
        return None
    cells: list[tuple[str, str, str, bool, bool, str]] = []
    place, last = opened.end(), end - len(_CLOSE)
    while place < last:
        cell = _CELL.match(text, place, last)
        if cell is None or len(cells) == MOST_CELLS:
            return None
        letters, attributes, empty, formula, value, inline = cell.groups()
        found = _TYPE.search(attributes)
        kind = found[1] if found else ""
        if kind not in KINDS or _COLUMN.fullmatch(letters) is None:
            return None
        # What a boolean says is translated; an inline text has no formula.
        if not empty and (kind == "b" or (kind == "inlineStr") != bool(inline) or (inline and formula)):
            return None
        cells.append((letters, attributes, empty or "", bool(formula), bool(value), inline or ""))
        place = cell.end()
    return tuple(cells) if any(not empty for _, _, empty, *_ in cells) else None


def _shape(signature: Signature) -> RowShape:
    pattern = ['<row r="([1-9][0-9]{0,5}+)"([^<>&]*+)(?<!/)>']
    groups = 2
    shared, formulas, values = list[int](), list[tuple[int, int]](), list[int]()
    kept: list[tuple[str, str]] = []
    for letters, attributes, empty, formula, value, inline in signature:
        pattern.append(f'<c r="{letters}\\1"{re.escape(attributes)}')
        if empty:
            pattern.append(re.escape(empty))
            continue
        pattern.append(">")
        if formula:
            pattern.append(f"<f>({BARE})</f>")
            formulas.append((len(kept), groups))
            groups += 1
        of_table = 't="s"' in attributes
        if of_table:
            shared.append(len(kept))
        if value:
            pattern.append(f"<v>({'[0-9]++' if of_table else VALUE})</v></c>")
        else:
            pattern.append(f"{re.escape(inline)}({_INLINE})</t></is></c>")
        values.append(groups)
        groups += 1
        kept.append((letters, attributes))
    pattern.append(_CLOSE + SPACE)
    return RowShape(
        re.compile("".join(pattern)),
        tuple(letters for letters, _ in kept),
        tuple(attributes for _, attributes in kept),
        tuple(shared),
        tuple(formulas),
        itemgetter(*values) if len(values) > 1 else itemgetter(slice(values[0], values[0] + 1)),
        all((len(one), one) < (len(two), two) for (one, _), (two, _) in pairwise(kept)),
        signature[0][:2],
    )


@lru_cache(maxsize=1 << 16)
def stored_formula(text: str) -> Formula:
    """A formula whose result is stored."""
    return Formula(text, True, is_external(text))
