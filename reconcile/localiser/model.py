"""What the localiser is told of a table: cells, the edits over them, and series of increments.

Plain integers throughout: a figure is given in its last digit (12.3 % with one decimal is 123), so that every sum
and every comparison is exact. Cells are numbered from 0 in the order given; everything else refers to these numbers.
The words are those of the field: edit, confront, residual (de Waal, Pannekoek & Scholtus, *Handbook of Statistical
Data Editing*, 2011; van der Loo & de Jonge, *Statistical Data Cleaning with Applications in R*, 2018).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

# What stands in a cell. ``nil`` is the printed dash, ``zero`` less than half the unit; ``unknown`` stands for … and x.
State = Literal["number", "blank", "nil", "zero", "unknown", "text"]
# ``formula``: computed live from the parts of its edit, and so no evidence; ``cached``: a stored result that was
# not computed again, which can disagree with its parts as a typed figure can.
Provenance = Literal["typed", "formula", "cached"]
# How the figures of a group were rounded before they were printed.
Regime = Literal["infer", "exact", "half", "trunc"]

# Wider than any figure; an open end of an interval.
INFINITE = 10**30


class Cell(NamedTuple):
    """One cell of the template.

    ``table``, ``row`` and ``column`` give its place (for neighbours, rows and columns); ``minimum`` and ``maximum`` are
    what its field allows, None without a bound; ``locked`` that it must never be proposed for correction; ``finest``
    that nobody counts in a smaller unit than its own (yen), so that no figure is a thousand times too large for that.
    """

    name: str
    table: str = ""
    row: int = 0
    column: int = 0
    decimals: int = 0
    unit: str = ""
    provenance: Provenance = "typed"
    minimum: int | None = 0
    locked: bool = False
    maximum: int | None = None
    finest: bool = False


@dataclass(frozen=True, slots=True)
class Linear:
    """target = Σ coefficient × cell + const, or ≥ that, or another than that; without a target the sum itself is 0
    (or ≤ 0, or not 0).

    ``group`` gathers edits whose figures were rounded alike; ``room`` is what target − sum may be where that is
    declared, and then nothing is inferred.
    """

    terms: Mapping[int, int]
    target: int | None = None
    const: int = 0
    sense: Literal["=", ">=", "!="] = "="
    room: tuple[int, int] | None = None
    group: str = ""
    regime: Regime = "infer"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """result = numerator × scale ÷ denominator, rounded to the last digit of the result.

    47 of 50 as 94.0 % with one decimal: result 940, scale 1000. With a ``start`` it is progress from there: the start
    is taken off numerator and denominator first. ``rounded_inputs`` tells that numerator and
    denominator were rounded too, and the printed result was computed from the figures before.
    """

    result: int
    numerator: int
    denominator: int
    scale: int
    regime: Regime = "infer"
    rounded_inputs: bool = False
    group: str = ""
    name: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Increments and their running totals, one of each a period, in order of time."""

    increments: tuple[int, ...]
    cumulatives: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """Cells whose figures are easily entered for one another, beyond neighbours and series: cell → such cells."""

    of: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
