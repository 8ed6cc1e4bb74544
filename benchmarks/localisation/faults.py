"""Faults as people make them, put into true tables. Each tells which cells are wrong and what they should be.

The causes are named as the localiser names them, so that they can be compared; the mechanisms are written here a
second time, forwards, and share no code with the ones that are turned back there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.localisation.tables import Table, propagated
from reconcile.localiser import Linear, Ratio

TRIES = 60
Change = dict[int, int | None]


@dataclass(frozen=True)
class Fault:
    """One fault: its name, the cells that are wrong with their right values, and the cause that should be told."""

    name: str
    right: dict[int, int]
    cause: str


@dataclass
class Made:
    """What a maker hands back: new values by cell, and right values where they are not the former ones."""

    observed: Change
    right: dict[int, int] | None = None


Maker = Callable[[Table, Random], Made | None]


def figure_of(table: Table, random: Random, least: int = 10) -> int | None:
    """Any cell with a figure of at least so much."""
    cells = [c for c, v in enumerate(table.values) if v is not None and abs(v) >= least]
    return random.choice(cells) if cells else None


def digits_changed(change: Callable[[str, Random], str | None], least: int = 10) -> Maker:
    """A slip within the digits of one figure."""

    def make(table: Table, random: Random) -> Made | None:
        cell = figure_of(table, random, least)
        if cell is None:
            return None
        value = table.values[cell] or 0
        text = change(str(abs(value)), random)
        if text is None or (len(text) > 1 and text[0] == "0"):
            return None
        return Made({cell: int(text) * (-1 if value < 0 else 1)})

    return make


def _substituted(text: str, random: Random) -> str:
    place = random.randrange(len(text))
    return text[:place] + random.choice([d for d in "0123456789" if d != text[place]]) + text[place + 1 :]


def _transposed(text: str, random: Random) -> str:
    place = random.randrange(len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _zero_lost(text: str, random: Random) -> str | None:  # noqa: ARG001
    return text[:-1] if text.endswith("0") else None


def _digit_lost(text: str, random: Random) -> str | None:
    place = random.randrange(len(text))
    rest = text[:place] + text[place + 1 :]
    # A zero lost at the end has its own name.
    return None if rest + "0" == text else rest


def _digit_doubled(text: str, random: Random) -> str | None:
    place = random.randrange(len(text))
    rest = text[: place + 1] + text[place:]
    return None if text + "0" == rest else rest


def _two_digits(text: str, random: Random) -> str | None:
    if len(text) < 4:
        return None
    one, other = sorted(random.sample(range(len(text)), 2))
    if other == one + 1:
        return None
    digits = list(text)
    for place in (one, other):
        digits[place] = random.choice([d for d in "0123456789" if d != digits[place]])
    return "".join(digits)


def _rounded(text: str, random: Random) -> str | None:  # noqa: ARG001
    value = int(text)
    return None if value % 100 == 0 or value < 1000 else str((value + 50) // 100 * 100)


def _thousandth(text: str, random: Random) -> str | None:  # noqa: ARG001
    return str((int(text) + 500) // 1000) if int(text) >= 1000 else None


def _arbitrary(text: str, random: Random) -> str | None:
    """Anything from an eighth to eight times; what two wrong digits would make is not arbitrary."""
    value = round(int(text) * math.exp(random.uniform(-math.log(8), math.log(8))))
    near = len(str(value)) == len(text) and sum(a != b for a, b in zip(str(value), text, strict=True)) <= 2
    return None if near or value == 0 else str(value)


def _sign(table: Table, random: Random) -> Made | None:
    cell = figure_of(table, random, 1)
    return None if cell is None else Made({cell: -(table.values[cell] or 0)})


def _copied(table: Table, random: Random) -> Made | None:
    cell = figure_of(table, random)
    if cell is None:
        return None
    other = table.template.plan.at(cell, *random.choice(((0, 1), (0, -1), (1, 0), (-1, 0))))
    return None if other is None or not table.values[other] else Made({cell: table.values[other]})


def _swapped(table: Table, random: Random) -> Made | None:
    cell = figure_of(table, random)
    if cell is None:
        return None
    step = random.choice((-2, -1, 1, 2))
    other = table.template.plan.at(cell, *random.choice(((0, step), (step, 0))))
    return None if other is None else Made({cell: table.values[other], other: table.values[cell]})


def _shifted(table: Table, random: Random) -> Made | None:
    cell, length = figure_of(table, random), random.randint(3, 5)
    if cell is None:
        return None
    window = [table.template.plan.at(cell, down, 0) for down in range(length)]
    cells = [c for c in window if c is not None]
    if len(cells) < length:
        return None
    values = [table.values[c] for c in cells]
    turned = [*values[1:], values[0]] if random.random() < 0.5 else [values[-1], *values[:-1]]
    return Made(dict(zip(cells, turned, strict=True)))


def sums_of(table: Table) -> list[Linear]:
    return [c for c in table.template.constraints if isinstance(c, Linear) and len(c.terms) > 1]


def _with_part(sign: int) -> Maker:
    """A total with one part more or less; of two parts, the one left over would be a copied figure."""

    def make(table: Table, random: Random) -> Made | None:
        edit = random.choice([e for e in sums_of(table) if len(e.terms) > 2] or [None])
        if edit is None or edit.target is None:
            return None
        part = random.choice(list(edit.terms))
        amount, total = table.values[part], table.values[edit.target]
        return None if not amount or total is None else Made({edit.target: total + sign * amount * edit.terms[part]})

    return make


def _revised(value: int, random: Random) -> int:
    """By how much a component is revised: 2 to 30 % of it, round where it is round."""
    step = round(value * random.uniform(0.02, 0.3)) * random.choice((-1, 1))
    return step if value % 10 else round(step, -1)


def _stale_total(table: Table, random: Random) -> Made | None:
    """A part was revised, all its totals but this one were."""
    edit = random.choice(sums_of(table) or [None])
    if edit is None or edit.target is None:
        return None
    part = random.choice(list(edit.terms))
    amount, total = table.values[part], table.values[edit.target]
    step = _revised(amount or 0, random)
    return None if total is None or not step else Made({edit.target: total - step})


def _stale_totals(table: Table, random: Random) -> Made | None:
    """A part was revised, none of its totals (and rates) were."""
    cell = figure_of(table, random)
    if cell is None or not table.template.plan.is_free(cell):
        return None
    value = table.values[cell] or 0
    step = _revised(value, random)
    after = propagated(table, {cell: step})
    right = {c: v for c, v in enumerate(after) if c != cell and v != (table.values[c] or 0)}
    return Made({cell: value + step}, right) if step and right else None


def _linked(table: Table, random: Random) -> Made | None:
    series = random.choice(table.template.series or (None,))
    if series is None:
        return None
    month = random.randrange(1, len(series.increments))
    one, other = series.increments[month], series.cumulatives[month]
    if random.random() < 0.5:
        one, other = other, one
    return Made({one: table.values[other]})


def _running(table: Table, random: Random) -> Made | None:
    """A whole series of increments given as running totals."""
    series = random.choice(table.template.series or (None,))
    if series is None:
        return None
    return Made({i: table.values[c] for i, c in zip(series.increments, series.cumulatives, strict=True)})


def _blanked(table: Table, random: Random) -> Made | None:
    cell = figure_of(table, random, 1)
    return None if cell is None else Made({cell: None})


def _line(axis: str) -> Maker:
    """A row or column in a unit a thousand times smaller; rates have no such unit."""

    def make(table: Table, random: Random) -> Made | None:
        plan, cell = table.template.plan, figure_of(table, random)
        if cell is None:
            return None
        rates = {c.result for c in table.template.constraints if isinstance(c, Ratio)}
        if cell in rates or (axis == "row" and rates) or len(plan.line(cell, axis)) < 2:
            return None
        return Made({c: v * 1000 for c in plan.line(cell, axis) if (v := table.values[c])})

    return make


def _row_missing(table: Table, random: Random) -> Made | None:
    """A row that nobody filled in."""
    plan, cell = table.template.plan, figure_of(table, random)
    if cell is None or len(plan.line(cell, "row")) < 2:
        return None
    return Made({c: None for c in plan.line(cell, "row") if table.values[c]})


TYPING: dict[str, tuple[Maker, str]] = {
    "substitution": (digits_changed(_substituted, 1), "digit"),
    "transposition": (digits_changed(_transposed), "transposed"),
    "missing_zero": (digits_changed(_zero_lost), "missing_zero"),
    "extra_zero": (digits_changed(lambda text, _: text + "0", 1), "extra_zero"),
    "dropped_digit": (digits_changed(_digit_lost), "missing_digit"),
    "duplicated_digit": (digits_changed(_digit_doubled), "doubled_digit"),
    "sign": (_sign, "sign"),
    "thousandfold": (digits_changed(lambda text, _: text + "000", 1), "thousandfold"),
    "thousandth": (digits_changed(_thousandth), "thousandth"),
}
VALUE: dict[str, tuple[Maker, str]] = {
    **TYPING,
    "arbitrary": (digits_changed(_arbitrary), "other"),
    "two_digits": (digits_changed(_two_digits), "two_digits"),
    "rounded": (digits_changed(_rounded), "rounded"),
    "copied": (_copied, "copied"),
    "stale_total": (_stale_total, "stale"),
    "double_counted": (_with_part(1), "double_counted"),
    "omitted_part": (_with_part(-1), "omitted_part"),
    "linked": (_linked, "linked"),
    "blanked": (_blanked, "missing"),
}
FAULTS: dict[str, tuple[Maker, str]] = {
    **VALUE,
    "swapped": (_swapped, "swapped"),
    "shifted": (_shifted, "shifted"),
    "all_totals_stale": (_stale_totals, "totals_not_updated"),
    "row_unit": (_line("row"), "line_unit"),
    "column_unit": (_line("column"), "line_unit"),
    "row_missing": (_row_missing, "line_missing"),
    "series_running": (_running, "series_cumulative"),
}


def put(
    table: Table, name: str, random: Random, taken: Sequence[int] = (), faults: dict[str, tuple[Maker, str]] = FAULTS
) -> Fault | None:
    """Puts one fault into the table, on cells not taken; None where the table has no place for it."""
    maker, cause = faults[name]
    for _ in range(TRIES):
        made = maker(table, random)
        if made is None:
            continue
        before = {cell: table.values[cell] for cell in made.observed}
        wrong = {cell: v or 0 for cell, v in before.items() if v != made.observed[cell]}
        right = made.right or wrong
        if not wrong or set(taken) & (right.keys() | made.observed.keys()):
            continue
        # Where two cells changed places and one is a dash, its mark goes with it.
        states = {cell: table.states[cell] for cell in made.observed}
        for cell, value in made.observed.items():
            table.values[cell] = value
            table.states[cell] = (
                "blank" if value is None else "nil" if not value and "nil" in states.values() else "number"
            )
        return Fault(name, dict(right), cause)
    return None
