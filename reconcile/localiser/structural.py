"""Operations on several cells at once: swapped cells, shifted rows, a line in another unit, running totals, revisions.

The paradigm is that of Scholtus (*A generalized Fellegi-Holt paradigm for automatic error localization*, Survey
Methodology 42, 2016): edit operations, not cells, are what went wrong. What he leaves open, which of the many
operations to try, the violated edits answer: one is tried where the value an edit asks of a cell stands near it.
"""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.localiser.confrontation import Change, Hypothesis
from reconcile.localiser.edits import Balance
from reconcile.localiser.lines import (
    Proposal,
    another_unit,
    asks_another_unit,
    columns_in_another_unit,
    not_entered,
    running,
)
from reconcile.localiser.scales import scales_in_another_unit
from reconcile.localiser.single import may_be_wrong
from reconcile.localiser.weighing import Operation, Weigher

# Rows moved against their labels: three to five, as when one line is skipped in copying a column.
SHORTEST, LONGEST = 3, 5
# Edits that are asked for what they want of their cells; the shortest say most.
ASKED = 24
# Cells a swap is looked for in: two up, down, left and right.
SWAPS = 8


def structural(hypothesis: Hypothesis, weigher: Weigher, locked: frozenset[int]) -> list[Operation]:
    """Operations on several cells that repair more than they break, each once."""
    return weigher.once("structural", hypothesis, lambda: _structural(hypothesis, weigher, locked))


def _structural(hypothesis: Hypothesis, weigher: Weigher, locked: frozenset[int]) -> list[Operation]:
    found: dict[tuple[Change, ...], Operation] = {}
    for mechanism, alike, proposed in _proposals(hypothesis):
        changes = tuple(sorted(c for c in proposed if c[1] != hypothesis.value(c[0])))
        if len(changes) < 2 or changes in found:
            continue
        if not all(may_be_wrong(hypothesis.at.plan, locked, cell) and _fits(weigher, cell, v) for cell, v in changes):
            continue
        after = hypothesis.after(changes)
        if len(after.violated) < len(hypothesis.violated):
            found[changes] = Operation(changes, mechanism, weigher.structural(changes, mechanism, alike))
    return list(found.values())


def _fits(weigher: Weigher, cell: int, value: int) -> bool:
    low, high = weigher.bounds(cell)
    return low <= value <= high


def _proposals(hypothesis: Hypothesis) -> Iterator[Proposal]:
    """Mechanism, how many alike there are, and the changes."""
    at, plan, value = hypothesis.at, hypothesis.at.plan, hypothesis.value
    new = set(hypothesis.changed.values())
    edits = [(len(edit.cells), n) for n in hypothesis.violated if (edit := plan.edits[n]) is not None]
    lines: set[tuple[str, int]] = set()
    blanks: set[int] = set()
    series: set[int] = set()
    for _, number in sorted(edits)[:ASKED]:
        edit = plan.edits[number]
        if isinstance(edit, Balance):
            lines.update(("column", cell) for cell in columns_in_another_unit(hypothesis, number, edit))
        cells = edit.cells if edit else ()
        blanks.update(at.blank.intersection(cells))
        if plan.series_of:
            series.update(own for cell in cells for own in plan.series_of.get(cell, ()))
        for cell, here, low, high in hypothesis.asked(number):
            if low > high:
                continue
            # Mostly one figure is asked for, and it stands nowhere.
            for other in plan.near(cell) if low < high or low in at.figures or low in new else ():
                there = value(other)
                if low <= there <= high and there != here:
                    yield "swapped", SWAPS, ((cell, there), (other, here))
                    own, near = plan.cells[cell], plan.cells[other]
                    if own.column == near.column:
                        yield from _shifts(hypothesis, cell, near.row - own.row)
            if here and asks_another_unit(here, low, high):
                lines.update((axis, cell) for axis in ("row", "column"))
    yield from another_unit(hypothesis, lines)
    yield from scales_in_another_unit(hypothesis)
    yield from not_entered(hypothesis, blanks)
    for number in sorted(series):
        yield from running(hypothesis, number)


def _shifts(hypothesis: Hypothesis, cell: int, towards: int) -> Iterator[Proposal]:
    """Windows of the column in which the cell's figure slipped in from one row above or below, the last one around."""
    if abs(towards) != 1:
        return
    plan, value = hypothesis.at.plan, hypothesis.value
    for length in range(SHORTEST, LONGEST + 1):
        for first in range(1 - length, 1):
            window = [plan.at(cell, down, 0) for down in range(first, first + length)]
            cells = [c for c in window if c is not None]
            if len(cells) == length:
                values = [value(c) for c in cells]
                turned = [*values[1:], values[0]] if towards > 0 else [values[-1], *values[:-1]]
                yield "shifted", 2 * (LONGEST - SHORTEST + 1), tuple(zip(cells, turned, strict=True))
