"""Which cell is seen where one is meant: of a merged range its first, whichever of its cells it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from contextlib import suppress

from reconcile.package import Range, Refused
from reconcile.package.references import parse_range

Place = tuple[int, int]  # row and column

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^<>]*\bref\s*=\s*["']([A-Z0-9:]+)["']""")


def seen_at(data: bytes, places: Collection[Place]) -> dict[Place, Place]:
    """The places of a sheet part that lie in a merged range → the first cell of that range, or of the first of them."""
    rows: dict[int, list[int]] = {}
    for row, column in places:
        rows.setdefault(row, []).append(column)
    numbers = sorted(rows)
    found: dict[Place, Place] = {}
    for over in _merged(data):
        for row in numbers[bisect_left(numbers, over.top) : bisect_right(numbers, over.bottom)]:
            for column in rows[row]:
                if over.left <= column <= over.right:
                    found.setdefault((row, column), (over.top, over.left))
    return found


def _merged(data: bytes) -> Iterator[Range]:
    """The merged ranges of a sheet part, which stand behind its rows."""
    first = data.find(b"mergeCell")
    begin = max(data.rfind(b"<", 0, first), 0)
    for match in _MERGED.finditer(data, begin) if first >= 0 else ():
        with suppress(Refused):
            yield parse_range(match[1].decode("ascii", "replace"))
