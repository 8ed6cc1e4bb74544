"""Whole rows, columns and series that are wrong together: in another unit, not entered, given as running totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import mul

from reconcile.localiser.confrontation import Change, Hypothesis
from reconcile.localiser.edits import ANY, Balance, Interval, meet
from reconcile.localiser.model import INFINITE

# Mechanism, how many alike there are, and the changes.
Proposal = tuple[str, int, Sequence[Change]]

# Yen for thousand yen, persons for thousand persons.
UNIT = 1000


def asks_another_unit(here: int, low: int, high: int) -> bool:
    """Whether the edit asks for the figure in the other unit, up or down."""
    if here % UNIT == 0 and low <= here // UNIT <= high:
        return True
    return high < INFINITE and low <= UNIT * (here + 1) and UNIT * (here - 1) <= high


def another_unit(hypothesis: Hypothesis, lines: set[tuple[str, int]]) -> Iterator[Proposal]:
    """Rows and columns of which a cell looks a thousand times too large or too small, in the other unit."""
    plan, value = hypothesis.at.plan, hypothesis.value
    seen: set[tuple[str, int]] = set()
    tried: set[tuple[int, ...]] = set()
    for axis, cell in sorted(lines):
        line = plan.line(cell, axis)
        if (axis, line[0]) in seen:
            continue
        seen.add((axis, line[0]))
        # Zeros that only the scale has added (2,419 is 2419000 beside 5.033) are no sign of another unit.
        last = UNIT * _last_digit(hypothesis, cell, line)
        less = not plan.cells[cell].finest and not _breaks_too_much(hypothesis, line, axis, partial(_divided, last))
        more = not _breaks_too_much(hypothesis, line, axis, partial(mul, UNIT))
        cells = tuple(c for c in line if value(c)) if less or more else ()
        if not cells or cells in tried:
            continue
        tried.add(cells)
        if less and all(value(c) % last == 0 for c in cells):
            yield "line_unit", 2, tuple((c, value(c) // UNIT) for c in cells)
        elif less:
            # A ratio in the line stays as it is; the rest may be in another unit all the same.
            own = tuple(c for c in cells if value(c) % last == 0)
            yield "line_unit", 4, tuple((c, value(c) // UNIT) for c in own)
        if more:
            yield "line_unit", 2, tuple((c, value(c) * UNIT) for c in cells)


def _divided(last: int, figure: int) -> int:
    return figure // UNIT if figure % last == 0 else figure


def _breaks_too_much(hypothesis: Hypothesis, line: Sequence[int], axis: str, meant: Callable[[int], int]) -> bool:
    """Whether other figures in a line break as many edits as there are violated ones: of a long line a few cells tell.

    Counted are sums that hold and go across the line, with one cell in it and no more than it has.
    """
    at, plan = hypothesis.at, hypothesis.at.plan
    broken = 0
    for cell in line:
        here = hypothesis.value(cell)
        step = meant(here) - here
        for number in plan.touching[cell] if step else ():
            edit = plan.edits[number]
            if not isinstance(edit, Balance) or number in hypothesis.violated or not at.active[number] or edit.differs:
                continue
            low, high = at.tolerance[number]
            if (
                len(edit.cells) > len(line)
                or low <= hypothesis.residual(number) + edit.coefficients[cell] * step <= high
            ):
                continue
            broken += all(other == cell or not plan.in_line(cell, other, axis) for other in edit.cells)
            if broken >= len(hypothesis.violated):
                return True
    return False


def _last_digit(hypothesis: Hypothesis, cell: int, line: Sequence[int]) -> int:
    """What the last digit counts to which most figures of the cell's table and scale are given: 100 where most are
    whole numbers and the scale has two decimals. A line all of which looks to be in another unit has no say in it."""
    decimals = hypothesis.at.plan.cells[cell].decimals
    if not decimals:
        return 1
    all_of_it = all(hypothesis.value(other) % UNIT == 0 for other in line)
    count, *ended = hypothesis.at.endings(cell, line if all_of_it else (), hypothesis.changed)
    return next((10**d for d in range(decimals, 0, -1) if 2 * ended[d - 1] > count), 1)


def columns_in_another_unit(hypothesis: Hypothesis, number: int, edit: Balance) -> Iterator[int]:
    """A cell of each column of which several cells would satisfy the edit, were they all in the other unit: a total
    over many tables, of which one has its own sums right and is a thousand times too large."""
    plan, columns = hypothesis.at.plan, defaultdict(list)
    for cell in edit.cells:
        columns[plan.cells[cell].table, plan.cells[cell].column].append(cell)
    if len(columns) < 2:
        return
    residual, (low, high) = hypothesis.residual(number), hypothesis.at.tolerance[number]
    for cells in columns.values():
        share = sum(edit.coefficients[cell] * hypothesis.value(cell) for cell in cells)
        if len(cells) > 1 and (
            low <= residual + (UNIT - 1) * share <= high
            or (share % UNIT == 0 and low <= residual - share + share // UNIT <= high)
        ):
            yield cells[0]


def not_entered(hypothesis: Hypothesis, blanks: set[int]) -> Iterator[Proposal]:
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
    """Each cell as its edits across the line ask; then, where rounding leaves room, as the edits along it ask.

    A cell that stands in none across the line (a ratio of its row) follows from the others.
    """
    plan, members = hypothesis.at.plan, set(cells)
    room: dict[int, Interval] = {}
    along: dict[int, list[int]] = {}
    for cell in cells:
        across = [n for n in plan.touching[cell] if (e := plan.edits[n]) and len(members.intersection(e.cells)) == 1]
        along[cell] = [number for number in plan.touching[cell] if number not in across]
        interval = _asked(hypothesis, cell, across)
        if interval is not None:
            room[cell] = interval
            hypothesis = hypothesis.after([(cell, (interval[0] + interval[1]) // 2)])
    for cell in room:
        for number in along[cell]:
            low, high = hypothesis.allowed(number, cell)
            if number in hypothesis.violated and low <= high:
                # As near to what this edit asks as the others let it go.
                nearest = min(max(hypothesis.value(cell), low), high)
                hypothesis = hypothesis.after([(cell, min(max(nearest, room[cell][0]), room[cell][1]))])
    for cell in cells:
        if cell not in room:
            interval = _asked(hypothesis, cell, along[cell])
            if interval is not None:
                room[cell] = interval
                hypothesis = hypothesis.after([(cell, (interval[0] + interval[1] + 1) // 2)])
    return [(cell, hypothesis.value(cell)) for cell in cells if cell in room]


def _asked(hypothesis: Hypothesis, cell: int, edits: Sequence[int]) -> Interval | None:
    """The values of a cell that these edits leave, violated ones first; None where they leave it open."""
    interval = ANY
    for number in sorted(edits, key=lambda n: n not in hypothesis.violated):
        met = meet(interval, hypothesis.allowed(number, cell))
        interval = met if met[0] <= met[1] else interval
    return interval if interval[0] > -INFINITE and interval[1] < INFINITE else None


def running(hypothesis: Hypothesis, number: int) -> Iterator[Proposal]:
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
