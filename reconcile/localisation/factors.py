"""Whether all checks of a family that fails are off by one factor: another unit that rounding blurs, or percent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from reconcile.consequences import attach
from reconcile.edits import Derived
from reconcile.facts import NUMBER, Facts
from reconcile.findings import Finding
from reconcile.localisation.system import System

# Percent twice or not at all; yen, thousand yen and million yen.
FACTORS = (100, 1_000, 1_000_000)
# Beside what rounding of the smaller figures leaves, so much may a figure be off.
LOOSE = Fraction(1, 100)
# A figure below ten is blurred too much to tell a factor; so many above it do.
TELLING, ENOUGH = 10, 2

# The smaller and the larger side of an edit, and how many figures stand on them.
_Sides = tuple[Fraction, Fraction, int]


def factor_of(facts: Facts, system: System, numbers: Iterable[int]) -> int:
    """The factor between the two sides of each of these edits, whichever is the larger one; 0 where they differ."""
    pairs = [pair for number in numbers if (pair := _sides(facts, system, number)) is not None]
    one = 10**facts.decimals
    telling = sum(small >= TELLING * one for small, _, _ in pairs) >= ENOUGH
    return next((factor for factor in FACTORS if telling and all(_is(factor, one, pair) for pair in pairs)), 0)


def gather_unit(facts: Facts, system: System, by_id: dict[str, Finding], root: str, numbers: Sequence[int]) -> None:
    """Attaches to the finding of a family off by a factor whatever else is off by it over the return and form that all
    edits of the family have in common; ``by_id`` is changed in place."""
    factor = factor_of(facts, system, numbers)
    common = frozenset.intersection(*(_places(facts, system, number) for number in numbers))
    one = 10**facts.decimals
    effects: set[str] = set()
    for number, own in system.finding.items():
        told = by_id[own]
        other = (
            own == root
            or told.root
            or told.variant.startswith("located")
            or common.isdisjoint(_places(facts, system, number))
        )
        pair = None if other else _sides(facts, system, number)
        if pair is not None and _is(factor, one, pair):
            effects |= {own, *told.effects}
            by_id[own] = replace(told, effects=(), suggestion=None)
    if effects:
        attach(by_id, root, effects)


def _places(facts: Facts, system: System, number: int) -> frozenset[tuple[str, str]]:
    """The returns and forms of the cells of an edit."""
    return frozenset((str(facts.file[p]), str(facts.form[p])) for p in system.positions(number))


def _is(factor: int, one: int, sides: _Sides) -> bool:
    """Whether a factor, as rounding of the smaller figures blurs it, lies between the sides of an edit."""
    small, large, size = sides
    return abs(large - small * factor) <= max(Fraction(factor * one * size, 2), LOOSE * large)


def _sides(facts: Facts, system: System, number: int) -> _Sides | None:
    """The sides of an edit; None where one of them is nothing."""
    at = number - len(system.balances)
    if at < 0:
        sides = Fraction(int(system.judged.stated[number])), Fraction(int(system.judged.computed[number]))
        size = 1 + sum(facts.state[p] == NUMBER for p in system.balances.parts_of(number))
    elif isinstance(edit := system.edits[at], Derived):
        divisor = int(facts.number[edit.divisor])
        if not divisor:
            return None
        quotient = Fraction(int(facts.number[edit.dividend]) * edit.scale * 10**facts.decimals, divisor)
        sides, size = (Fraction(int(facts.number[edit.figure])), quotient), 2
    else:
        values = [factor * int(facts.number[position]) for position, factor in edit.terms]
        sides = Fraction(sum(v for v in values if v > 0)), Fraction(-sum(v for v in values if v < 0) + edit.quoted)
        size = len(values)
    small, large = sorted(map(abs, sides))
    return (small, large, size) if small else None


__all__ = ["factor_of", "gather_unit"]
