"""Twelve kinds of tables as offices print them: their cells, what holds between them, and how figures are drawn.

Nothing here knows how faults are found: only the data model (cells and constraints) is shared with the localiser. Six
in a hundred components are dashes, many amounts are round.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random

from reconcile.localiser import Cell, Linear, Plan, Ratio, Series, compile_constraints
from reconcile.localiser.model import Regime

DASHES = 0.06


@dataclass(frozen=True)
class Template:
    """A kind of table: its cells, what holds between them, and how true figures are drawn (in 1/1000 of the unit)."""

    kind: str
    cells: tuple[Cell, ...]
    constraints: tuple[Linear | Ratio, ...]
    series: tuple[Series, ...]
    draw: Callable[[Random], list[int]] = field(repr=False)
    plan: Plan = field(repr=False)


class Sheet:
    """Collects cells and constraints row by row while a template is written down."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.constraints: list[Linear | Ratio] = []
        self.series: list[Series] = []

    def row(self, units: Sequence[str], decimals: Sequence[int] = (), minimum: Sequence[int | None] = ()) -> list[int]:
        """One row of cells, with one unit a cell."""
        line = self.cells[-1].row + 1 if self.cells else 1
        first = len(self.cells)
        for column, unit in enumerate(units):
            least = minimum[column] if minimum else 0
            places = decimals[column] if decimals else 0
            self.cells.append(
                Cell(f"r{line}c{column + 1}", "t", line, column + 1, decimals=places, unit=unit, minimum=least)
            )
        return list(range(first, first + len(units)))

    def total(self, target: int, parts: Iterable[int], regime: Regime = "infer", group: str = "amounts") -> None:
        self.constraints.append(Linear(dict.fromkeys(parts, 1), target, group=group, regime=regime))

    def template(self, kind: str, draw: Callable[[Random], list[int]]) -> Template:
        plan = compile_constraints(self.cells, self.constraints, self.series)
        return Template(kind, tuple(self.cells), tuple(self.constraints), tuple(self.series), draw, plan)


def _amount(random: Random, centre: float) -> int:
    """A component in the unit, many of them round, some a dash (0)."""
    if random.random() < DASHES:
        return 0
    value = math.exp(random.gauss(centre, 0.8))
    kind = random.random()
    if kind < 0.3:
        step: int = 10 ** max(0, int(math.log10(max(value, 1))) - 1)
        return max(step, round(value / step) * step)
    if kind < 0.5:
        return max(10, round(value / 10) * 10)
    return max(1, round(value))


def _grouped(kind: str, groups: Sequence[int], columns: int, centre: float) -> Template:
    """Rows in groups with subtotals and a grand total; the last column is the total of the others."""
    sheet = Sheet()
    rounding = kind.rpartition("_")[2]
    subtotals, rows = [], []
    for size in groups:
        members = [sheet.row(["thousand yen"] * columns) for _ in range(size)]
        subtotal = sheet.row(["thousand yen"] * columns)
        subtotals.append((subtotal, members))
        rows += [*members, subtotal]
    grand = sheet.row(["thousand yen"] * columns)
    rows.append(grand)
    for row in rows:
        sheet.total(row[-1], row[:-1])
    for column in range(columns):
        for subtotal, members in subtotals:
            sheet.total(subtotal[column], [row[column] for row in members])
        sheet.total(grand[column], [subtotal[column] for subtotal, _ in subtotals])
    free = [cell for _, members in subtotals for row in members for cell in row[:-1]]

    def draw(random: Random) -> list[int]:
        effects = {cell.row: random.gauss(0, 0.8) for cell in sheet.cells}
        sides = [random.gauss(0, 0.8) for _ in range(columns)]
        yen = [0] * len(sheet.cells)
        for cell in free:
            own = sheet.cells[cell]
            amount = _amount(random, centre + effects[own.row] + sides[own.column - 1])
            odd = random.randrange(-499, 500) if amount and random.random() < 0.8 else 0
            yen[cell] = amount * 1000 + (odd if rounding != "exact" else 0)
        for subtotal, members in subtotals:
            for row in members:
                yen[row[-1]] = sum(yen[cell] for cell in row[:-1])
            for column in range(columns):
                yen[subtotal[column]] = sum(yen[row[column]] for row in members)
        for column in range(columns):
            yen[grand[column]] = sum(yen[subtotal[column]] for subtotal, _ in subtotals)
        return [value // 1000 if rounding == "truncated" else (value + 500) // 1000 for value in yen]

    return sheet.template(kind, draw)


REGIONS = (6, 5, 7, 4, 6)


def _regions(sheet: Sheet, units: Sequence[str], decimals: Sequence[int], summed: Sequence[int]) -> list[list[int]]:
    """28 districts in 5 regions of one ward."""
    rows, regions = [], []
    for size in REGIONS:
        members = [sheet.row(units, decimals) for _ in range(size)]
        region = sheet.row(units, decimals)
        regions.append(region)
        rows += [*members, region]
        for column in summed:
            sheet.total(region[column], [row[column] for row in members], "exact", units[column])
    ward = sheet.row(units, decimals)
    for column in summed:
        sheet.total(ward[column], [region[column] for region in regions], "exact", units[column])
    return [*rows, ward]


def _sum_regions(values: list[int], rows: Sequence[Sequence[int]], columns: Sequence[int]) -> None:
    at, regions = 0, []
    for size in REGIONS:
        region = rows[at + size]
        for column in columns:
            values[region[column]] = sum(values[row[column]] for row in rows[at : at + size])
        regions.append(region)
        at += size + 1
    for column in columns:
        values[rows[-1][column]] = sum(values[region[column]] for region in regions)


def _population(kind: str) -> Template:
    sheet = Sheet()
    rows = _regions(sheet, ["people", "people", "people", "households"], (), (0, 1, 2, 3))
    for row in rows:
        sheet.total(row[2], row[:2], "exact", "people")

    def draw(random: Random) -> list[int]:
        values = [0] * len(sheet.cells)
        for row in rows:
            people = math.exp(random.gauss(8.3, 0.6))
            men = round(people * random.gauss(0.49, 0.015))
            women = round(people) - men
            values[row[0]], values[row[1]] = men, women
            values[row[3]] = round(people / random.gauss(2.1, 0.15))
        _sum_regions(values, rows, (0, 1, 3))
        for row in rows:
            values[row[2]] = values[row[0]] + values[row[1]]
        return values

    return sheet.template(kind, draw)


def _density(kind: str) -> Template:
    sheet = Sheet()
    rows = _regions(sheet, ["people", "km2", "people per km2"], (0, 2, 0), (0, 1))
    for row in rows:
        sheet.constraints.append(Ratio(row[2], row[0], row[1], 100, group="density"))

    def draw(random: Random) -> list[int]:
        values = [0] * len(sheet.cells)
        for row in rows:
            values[row[0]] = round(math.exp(random.gauss(8.3, 0.6)))
            values[row[1]] = max(8, round(math.exp(random.gauss(4.2, 0.6))))
        _sum_regions(values, rows, (0, 1))
        for row in rows:
            values[row[2]] = half_up(values[row[0]] * 100, values[row[1]])
        return values

    return sheet.template(kind, draw)


def _plan(kind: str) -> Template:
    """Projects by source of money; original and revised totals, their difference; gross − counted twice = net."""
    sheet = Sheet()
    least: tuple[int | None, ...] = (0, 0, 0, 0, 0, 0, None)
    rows = [sheet.row(["thousand yen"] * 7, minimum=least) for _ in range(15)]
    for row in rows:
        sheet.total(row[2], row[:2])
        sheet.total(row[5], row[3:5])
        sheet.constraints.append(Linear({row[5]: 1, row[2]: -1}, row[6], group="amounts"))
    gross, twice, net = rows[12:]
    for column in range(7):
        sheet.total(gross[column], [row[column] for row in rows[:12]])
        sheet.constraints.append(Linear({gross[column]: 1, twice[column]: -1}, net[column], group="amounts"))

    def draw(random: Random) -> list[int]:
        values = [0] * len(sheet.cells)
        for row in [*rows[:12], twice]:
            centre = random.gauss(8.0, 0.8) - (1.0 if row is twice else 0.0)
            for column in (0, 1):
                values[row[column]] = _amount(random, centre)
            for column in (3, 4):
                before = values[row[column - 3]]
                revised = _amount(random, math.log(before)) if before and random.random() < 0.4 else before
                values[row[column]] = revised
        for column in (0, 1, 3, 4):
            values[gross[column]] = sum(values[row[column]] for row in rows[:12])
            # What is counted twice is part of the gross.
            values[twice[column]] = min(values[twice[column]], values[gross[column]] // 3)
            values[net[column]] = values[gross[column]] - values[twice[column]]
        for row in rows:
            values[row[2]], values[row[5]] = values[row[0]] + values[row[1]], values[row[3]] + values[row[4]]
            values[row[6]] = values[row[5]] - values[row[2]]
        return values

    return sheet.template(kind, draw)


def _cumulative(kind: str) -> Template:
    """Twelve months and the year; three items, each with the month's count and the running total."""
    sheet = Sheet()
    rows = [sheet.row(["cases"] * 6) for _ in range(13)]
    for item in (0, 2, 4):
        increments, running = [r[item] for r in rows[:12]], [r[item + 1] for r in rows[:12]]
        sheet.total(running[0], [increments[0]], "exact", "cases")
        for month in range(1, 12):
            sheet.total(running[month], [running[month - 1], increments[month]], "exact", "cases")
        sheet.total(rows[12][item], increments, "exact", "cases")
        sheet.total(rows[12][item + 1], [running[-1]], "exact", "cases")
        sheet.series.append(Series(tuple(increments), tuple(running)))

    def draw(random: Random) -> list[int]:
        values = [0] * len(sheet.cells)
        for item in (0, 2, 4):
            centre, total = random.gauss(6.0, 0.8), 0
            for row in rows[:12]:
                count = 0 if random.random() < DASHES else max(1, round(math.exp(random.gauss(centre, 0.4))))
                total += count
                values[row[item]], values[row[item + 1]] = count, total
            values[rows[12][item]] = values[rows[12][item + 1]] = total
        return values

    return sheet.template(kind, draw)


def _rate(kind: str, rows_: int, totals: bool) -> Template:
    sheet = Sheet()
    rows = [sheet.row(["cases", "cases", "%"], (0, 0, 1)) for _ in range(rows_)]
    for row in rows:
        sheet.constraints.append(Ratio(row[2], row[0], row[1], 1000, group="rates"))
    if totals:
        for column in (0, 1):
            sheet.total(rows[-1][column], [row[column] for row in rows[:-1]], "exact", "cases")

    def draw(random: Random) -> list[int]:
        values = [0] * len(sheet.cells)
        for row in rows:
            target = max(5, round(math.exp(random.gauss(6.0, 1.0))))
            target = round(target, -1) if random.random() < 0.5 and target > 20 else target
            values[row[1]] = target
            values[row[0]] = max(1, round(target * random.gauss(0.85, 0.15)))
        if totals:
            for column in (0, 1):
                values[rows[-1][column]] = sum(values[row[column]] for row in rows[:-1])
        for row in rows:
            values[row[2]] = half_up(values[row[0]] * 1000, values[row[1]])
        return values

    return sheet.template(kind, draw)


def _list(kind: str) -> Template:
    sheet = Sheet()
    rows = [sheet.row(["thousand yen"])[0] for _ in range(21)]
    sheet.total(rows[-1], rows[:-1])

    def draw(random: Random) -> list[int]:
        values = [_amount(random, 7.5) for _ in rows]
        values[-1] = sum(values[:-1])
        return values

    return sheet.template(kind, draw)


def half_up(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)


KINDS = (
    "cost_exact", "cost_half", "cost_truncated", "population", "density", "plan", "cumulative", "rate_total",
    "wide_exact", "wide_half", "rate", "list",
)  # fmt: skip


@cache
def template(kind: str) -> Template:
    """The template of one kind; ``long_exact`` and ``long_half`` (2,000 × 12) are for timing alone."""
    if kind.startswith("cost"):
        return _grouped(kind, (4, 6, 5), 6, 7.0)
    if kind.startswith("wide"):
        return _grouped(kind, (24, 24, 24, 24, 24, 24, 24, 23), 12, 7.0)
    if kind.startswith("long"):
        return _grouped(kind, (49,) * 39 + (48,), 12, 7.0)
    makers: dict[str, Callable[[str], Template]] = {
        "population": _population,
        "density": _density,
        "plan": _plan,
        "cumulative": _cumulative,
        "rate_total": lambda name: _rate(name, 11, True),
        "rate": lambda name: _rate(name, 15, False),
        "list": _list,
    }
    return makers[kind](kind)
