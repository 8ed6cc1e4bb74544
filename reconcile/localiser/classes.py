"""Cells that no edit can tell apart: their columns of coefficients are proportional."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from reconcile.localiser.edits import Balance, Edit

# A factor against the first one of its cell; None where any figure will do.
Share = Fraction | int | None


def parallel_classes(touching: Sequence[Sequence[int]], edits: Sequence[Edit | None]) -> list[tuple[int, ...]]:
    """Cells gathered by proportional columns, in order of their first cell; cells without any edit are left out."""
    classes: defaultdict[tuple[tuple[int, Share], ...], list[int]] = defaultdict(list)
    for cell, numbers in enumerate(touching):
        if numbers:
            classes[shares_of(cell, numbers, edits)].append(cell)
    return [tuple(members) for members in classes.values()]


def shares_of(cell: int, touching: Sequence[int], edits: Sequence[Edit | None]) -> tuple[tuple[int, Share], ...]:
    """The column of a cell: the edits it stands in, each with its factor against the first one."""
    first: int | None = None
    column: list[tuple[int, Share]] = []
    for number in sorted(touching):
        edit = edits[number]
        if not isinstance(edit, Balance):
            # Each figure of a ratio can be changed so that it holds.
            column.append((number, None))
            continue
        factor = edit.coefficients[cell]
        first = factor if first is None else first
        # Almost all are 1 and -1.
        column.append((number, factor * first if first in (1, -1) else Fraction(factor, first)))
    return tuple(column)
