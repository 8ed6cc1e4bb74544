"""What stands before and behind the rows of a sheet, known by its bytes: the returns of a round say the same there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from .grid import Grid
from .plain_text import NotPlain
from .references import Range
from .refusal import Refused
from .short_parts import REMEMBERED, SHORT
from .worksheet import WorksheetParser

# The bytes before the rows and those behind them (None: not looked at yet) → hidden columns and merged ranges.
_KNOWN: dict[tuple[bytes, bytes | None], tuple[tuple[tuple[int, int], ...], tuple[Range, ...]]] = {}


class AroundRows:
    """Reads it into a grid, within a `with`: by the parser, unless it is known."""

    def __init__(self, part: str, grid: Grid, head: bytes) -> None:
        self._part, self._grid, self._head = part, grid, head

    def __enter__(self) -> AroundRows:
        """Raises `NotPlain` where the head does not end within the rows, and `Refused`."""
        if (self._head, None) not in _KNOWN:
            if not self._parser.in_rows:
                raise NotPlain
            _remember(self._head, None, self._grid)
        return self

    def end(self, behind: Iterator[bytes]) -> None:
        """Reads what comes behind the rows. Raises `NotPlain` where that is more rows, and `Refused`."""
        tail = b""
        for chunk in behind:
            tail += chunk
            if len(tail) > SHORT:
                break
        known = None if "_parser" in vars(self) else _KNOWN.get((self._head, tail))
        if known is not None:
            self._grid.hidden_columns += known[0]
            for merged in known[1]:
                self._grid.merge(merged)
            return
        document = self._parser.document
        document.feed(tail)
        for chunk in behind:
            document.feed(chunk)
            tail = b""
        document.feed(b"", final=True)
        if self._parser.has_rows:  # in a second zone, where they count on from the first
            raise NotPlain
        if not self._parser.root:
            raise Refused("bad_xml", part=self._part, detail="root")
        if tail:
            _remember(self._head, tail, self._grid)

    def __exit__(self, *_: object) -> None:
        if "_parser" in vars(self):
            self._parser.document.__exit__()

    @cached_property
    def _parser(self) -> WorksheetParser:
        """It has been fed the head."""
        parser = WorksheetParser(self._part, self._grid)
        parser.document.feed(self._head)
        return parser


def _remember(head: bytes, tail: bytes | None, grid: Grid) -> None:
    if len(head) + len(tail or b"") <= SHORT:
        if len(_KNOWN) >= REMEMBERED:
            _KNOWN.clear()
        _KNOWN[head, tail] = tuple(grid.hidden_columns), tuple(grid.merged)
