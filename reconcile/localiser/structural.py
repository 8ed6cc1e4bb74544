"""Operations on several cells at once: swapped cells, shifted rows, a line in another unit, running totals, revisions.

The paradigm is that of Scholtus (*A generalized Fellegi-Holt paradigm for automatic error localization*, Survey
Methodology 42, 2016): edit operations, not cells, are what went wrong. What he leaves open, which of the many
operations to try, the violated edits answer: one is tried where the value an edit asks of a cell stands near it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from reconcile.localiser.confrontation import Change, Hypothesis
from reconcile.localiser.edits import ANY, Balance, Quotient, meet
from reconcile.localiser.mechanisms import revision
from reconcile.localiser.model import INFINITE
from reconcile.localiser.single import may_be_wrong
from reconcile.localiser.weighing import Operation, Weigher

# Rows moved against their labels: three to five, as when one line is skipped in copying a column.
SHORTEST, LONGEST = 3, 5
# Edits that are asked for what they want of their cells; the shortest say most.
ASKED = 24
UNIT = 1000
# Cells a swap is looked for in: two up, down, left and right.
SWAPS = 8


def structural(hypothesis: Hypothesis, weigher: Weigher, locked: frozenset[int]) -> list[Operation]:
    """Operations on several cells that repair more than they break, each once."""
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


def _proposals(hypothesis: Hypothesis) -> Iterator[tuple[str, int, Sequence[Change]]]:
    """Mechanism, how many alike there are, and the changes."""
    plan, value = hypothesis.at.plan, hypothesis.value
    edits = [(len(edit.cells), n) for n in hypothesis.violated if (edit := plan.edits[n]) is not None]
    lines: set[tuple[str, int]] = set()
    blanks: set[int] = set()
    series: set[int] = set()
    for _, number in sorted(edits)[:ASKED]:
        edit = plan.edits[number]
        for cell in edit.cells if edit else ():
            here, (low, high) = value(cell), hypothesis.allowed(number, cell)
            if hypothesis.at.states[cell] == "blank":
                blanks.add(cell)
            series.update(plan.series_of.get(cell, ()))
            if low > high:
                continue
            for other in plan.near(cell):
                if low <= value(other) <= high and value(other) != here:
                    yield "swapped", SWAPS, ((cell, value(other)), (other, here))
                    own, near = plan.cells[cell], plan.cells[other]
                    if own.column == near.column:
                        yield from _shifts(hypothesis, cell, near.row - own.row)
            if here and _in_another_unit(here, low, high):
                lines.update((axis, cell) for axis in ("row", "column"))
    yield from _lines(hypothesis, lines)
    yield from _missing(hypothesis, blanks)
    for number in sorted(series):
        yield from _series(hypothesis, number)


def _in_another_unit(here: int, low: int, high: int) -> bool:
    """Whether the edit asks for the figure in the other unit, up or down."""
    if here % UNIT == 0 and low <= here // UNIT <= high:
        return True
    return high < INFINITE and low <= UNIT * (here + 1) and UNIT * (here - 1) <= high


def _shifts(hypothesis: Hypothesis, cell: int, towards: int) -> Iterator[tuple[str, int, Sequence[Change]]]:
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


def _lines(hypothesis: Hypothesis, lines: set[tuple[str, int]]) -> Iterator[tuple[str, int, Sequence[Change]]]:
    """Rows and columns of which a cell looks a thousand times too large or too small, in the other unit."""
    plan, value = hypothesis.at.plan, hypothesis.value
    tried: set[tuple[int, ...]] = set()
    for axis, cell in sorted(lines):
        cells = tuple(c for c in plan.line(cell, axis) if value(c))
        if cells in tried:
            continue
        tried.add(cells)
        if all(value(c) % UNIT == 0 for c in cells):
            yield "line_unit", 2, tuple((c, value(c) // UNIT) for c in cells)
        else:
            # A ratio in the line stays as it is; the rest may be in another unit all the same.
            own = tuple(c for c in cells if value(c) % UNIT == 0)
            yield "line_unit", 4, tuple((c, value(c) // UNIT) for c in own)
        yield "line_unit", 2, tuple((c, value(c) * UNIT) for c in cells)


def _missing(hypothesis: Hypothesis, blanks: set[int]) -> Iterator[tuple[str, int, Sequence[Change]]]:
    """Rows and columns of blanks, filled with what the edits across the line ask of each cell."""
    plan = hypothesis.at.plan
    tried: set[tuple[int, ...]] = set()
    for axis in ("row", "column"):
        for seed in sorted(blanks):
            cells = tuple(c for c in plan.line(seed, axis) if hypothesis.at.states[c] == "blank")
            if len(cells) > 1 and cells not in tried:
                tried.add(cells)
                yield "line_missing", 2, _filled(hypothesis, cells)


def _filled(hypothesis: Hypothesis, cells: tuple[int, ...]) -> list[Change]:
    """Cell by cell; the last one has to satisfy the edits along the line as well."""
    plan, changes = hypothesis.at.plan, list[Change]()
    for cell in cells:
        interval = ANY
        for number in sorted(plan.touching[cell], key=lambda n: n not in hypothesis.violated):
            edit = plan.edits[number]
            if edit and (cell == cells[-1] or len(set(cells).intersection(edit.cells)) == 1):
                met = meet(interval, hypothesis.allowed(number, cell))
                interval = met if met[0] <= met[1] else interval
        if interval[0] > -INFINITE and interval[1] < INFINITE:
            changes.append((cell, (interval[0] + interval[1]) // 2))
            hypothesis = hypothesis.after(changes[-1:])
    return changes


def _series(hypothesis: Hypothesis, number: int) -> Iterator[tuple[str, int, Sequence[Change]]]:
    """Increments that are running totals already, and running totals that are increments."""
    own, value = hypothesis.at.plan.series[number], hypothesis.value
    stated = [value(cell) for cell in own.increments]
    steps = [after - before for before, after in zip([0, *stated], stated, strict=False)]
    yield "series_cumulative", 2, tuple(zip(own.increments, steps, strict=True))
    running, total = [], 0
    for cell in own.cumulatives:
        total += value(cell)
        running.append(total)
    yield "series_cumulative", 2, tuple(zip(own.cumulatives, running, strict=True))


def totals_not_updated(
    hypothesis: Hypothesis, wrong: Operation, weigher: Weigher, locked: frozenset[int]
) -> Operation | None:
    """The twin of one wrong part: the part was revised to what stands in it, and none of its totals followed."""
    if len(wrong.changes) != 1:
        return None
    plan, (cell, meant) = hypothesis.at.plan, wrong.changes[0]
    observed = hypothesis.value(cell)
    if not plan.is_free(cell) or weigher.at.states[cell] != "number" or observed == meant or not meant:
        return None
    steps = _followers(hypothesis, cell, observed - meant)
    if not steps:
        return None
    changes = [(total, hypothesis.value(total) + step) for total, step in sorted(steps.items())]
    revised = hypothesis.after(changes)
    for number in sorted(revised.violated):
        edit = plan.edits[number]
        if isinstance(edit, Quotient) and edit.result not in steps:
            low, high = revised.allowed(number, edit.result)
            if low <= high:
                # Of a tie, the half rounded up.
                changes.append((edit.result, (low + high + 1) // 2))
    if hypothesis.after(changes).violated or not all(may_be_wrong(plan, locked, c) for c, _ in changes):
        return None
    log = revision(observed - meant, meant)
    if log == -math.inf:
        return None
    # The revised figure is as round as others are.
    log += weigher.plausibility.round(cell, observed) + weigher.plausible(cell, meant)
    return Operation(tuple(changes), "totals_not_updated", weigher.priors.log("totals_not_updated") + log)


def _followers(hypothesis: Hypothesis, cell: int, step: int) -> dict[int, int]:
    """The totals above a cell with what each has to change by, as far up as there are any."""
    plan = hypothesis.at.plan
    steps: dict[int, int] = {}
    waiting = [(cell, step)]
    while waiting:
        part, change = waiting.pop(0)
        for total, factor, number in plan.above.get(part, ()):
            if total not in steps and isinstance(plan.edits[number], Balance):
                steps[total] = change * factor
                waiting.append((total, change * factor))
    return steps
