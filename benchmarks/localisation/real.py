"""Faults in the figures of the packs' samples; nothing is drawn but the fault.

Most figures are printed ones (``samples/*/README.md`` says which: the split of a programme's cost into budget items is
illustrative, its sums are the printed ones). Districts with households, people, area and density (28 in 5 regions);
counts of one counter service by district and month; budget items under their programmes, stated twice; projects with
two years and their total.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from benchmarks.localisation.faults import FAULTS, put
from benchmarks.localisation.report import HEAD, RULE, row
from benchmarks.localisation.tables import Table
from benchmarks.localisation.templates import Sheet
from benchmarks.localisation.trial import UNDECIDABLE, Trial, judged
from reconcile.localiser import Linear, Ratio
from reconcile.localiser.model import State

SAMPLES = Path(__file__).parents[2] / "samples"


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _number(text: str, factor: int = 1) -> int:
    """A printed figure in its last digit; what is no figure is nothing."""
    plain = text.replace(",", "").strip()
    try:
        return round(float(plain) * factor) if plain else 0
    except ValueError:
        return 0


def _table(kind: str, sheet: Sheet, values: list[int]) -> Table:
    own = sheet.template(kind, lambda _: list(values))
    states: list[State] = ["nil" if v == 0 and own.plan.is_free(c) else "number" for c, v in enumerate(values)]
    return Table(own, list(values), states)


def districts() -> Table:
    """Households, people, area in 1/1000 km², people per km²; a region stands above its districts."""
    sheet, values = Sheet(), list[int]()
    regions: list[tuple[list[int], list[list[int]]]] = []
    for line in _lines("districts2022/figures/population.csv"):
        if line["level"] not in ("地域", "地区"):
            continue
        cells = sheet.row(["households", "people", "km2", "people per km2"], (0, 0, 3, 0))
        values += [_number(line[key]) for key in ("households", "population")]
        values += [_number(line["area_km2"], 1000), _number(line["density"])]
        sheet.constraints.append(Ratio(cells[3], cells[1], cells[2], 1000, group="density"))
        if line["level"] == "地域":
            regions.append((cells, []))
        else:
            regions[-1][1].append(cells)
    for region, members in regions:
        for column, unit in enumerate(("households", "people", "km2")):
            sheet.total(region[column], [cells[column] for cells in members], "exact", unit)
    return _table("districts", sheet, values)


def counters() -> Table:
    """Counts of the first service by district and month, with totals both ways."""
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    services = list(_lines("districts2022/figures/cases.csv"))
    for line in services:
        if line["service"] == services[0]["service"]:
            counts[line["district"]][line["month"]] = _number(line["count"])
    months = sorted({month for own in counts.values() for month in own})
    sheet, values = Sheet(), list[int]()
    rows = []
    for own in counts.values():
        figures = [own.get(month, 0) for month in months]
        rows.append(sheet.row(["cases"] * (len(months) + 1)))
        values += [*figures, sum(figures)]
    last = sheet.row(["cases"] * (len(months) + 1))
    values += [sum(values[cells[column]] for cells in rows) for column in range(len(months) + 1)]
    for cells in [*rows, last]:
        sheet.total(cells[-1], cells[:-1], "exact", "cases")
    for column in range(len(months) + 1):
        sheet.total(last[column], [cells[column] for cells in rows], "exact", "cases")
    return _table("counters", sheet, values)


def budget() -> Table:
    """Items, the total of each programme, the same total in another form, and the grand total."""
    columns = ("initial_fy4", "initial_fy5", "revised_fy5", "actual_fy4")
    programmes: defaultdict[str, list[list[int]]] = defaultdict(list)
    for line in _lines("plan2022/figures/budget_items.csv"):
        programmes[line["programme_no"]].append([_number(line[column]) for column in columns])
    sheet, values = Sheet(), list[int]()
    totals, copies = [], []
    units = ["thousand yen"] * len(columns)
    for items in programmes.values():
        cells = [sheet.row(units) for _ in items]
        values += [figure for item in items for figure in item]
        totals.append(sheet.row(units))
        sums = [sum(item[column] for item in items) for column in range(len(columns))]
        values += sums
        for column in range(len(columns)):
            sheet.total(totals[-1][column], [own[column] for own in cells], "exact")
    for total in totals:
        copies.append(sheet.row(units))
        values += [values[cell] for cell in total]
        for one, other in zip(total, copies[-1], strict=True):
            sheet.constraints.append(Linear({one: 1}, other, group="copies", regime="exact"))
    grand = sheet.row(units)
    values += [sum(values[copy[column]] for copy in copies) for column in range(len(columns))]
    for column in range(len(columns)):
        sheet.total(grand[column], [copy[column] for copy in copies], "exact")
    return _table("budget", sheet, values)


def projects() -> Table:
    """Two years and their total, of the original plan, where the total is stated as the sum."""
    sheet, values = Sheet(), list[int]()
    for line in _lines("plan2022/figures/activity.csv"):
        years = [_number(line[key]) for key in ("当初_R4", "当初_R5")]
        total = _number(line["当初_総量"])
        if line["total_basis"] == "sum" and sum(years) == total:
            cells = sheet.row([line["unit"] or "cases"] * 3)
            values += [*years, total]
            sheet.total(cells[2], cells[:2], "exact", "cases")
    return _table("projects", sheet, values)


REAL: dict[str, Callable[[], Table]] = {
    "districts": districts,
    "counters": counters,
    "budget": budget,
    "projects": projects,
}


def real_trials(name: str, seed: int, n: int) -> list[Trial]:
    """Every fault that the table has a place for, ``n`` times."""
    true, found = REAL[name](), list[Trial]()
    for fault_name in FAULTS:
        for number in range(seed, seed + n):
            table = true.copy()
            fault = put(table, fault_name, Random(f"{name} {fault_name} {number}"))
            if fault:
                trial = judged(table, [fault])
                trial.seed = number
                found.append(trial)
    return found


def report_real(seed: int, n: int) -> None:
    print("\n### One fault in real figures, without all_totals_stale\n", HEAD, RULE, sep="\n")
    for name in REAL:
        trials: Sequence[Trial] = real_trials(name, seed, n)
        print(row(name, [trial for trial in trials if UNDECIDABLE not in trial.faults]))
