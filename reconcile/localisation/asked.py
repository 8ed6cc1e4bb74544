"""What one edit asks of one of its figures, all the others being as they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from types import MappingProxyType

from reconcile.balances import Balances
from reconcile.edits import Comparison, Derived, Edit
from reconcile.facts import ABSENT, NUMBER, Facts

PERCENT = 100


@dataclass(frozen=True, slots=True)
class Meant:
    """A figure that was probably meant in a cell, scaled as the facts are, and how sure that is."""

    figure: int
    p: float


# What was probably meant in some cells, by their positions; everywhere else what stands there.
Retyped = Mapping[int, Meant]
AS_THEY_STAND: Retyped = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Asked:
    """What one edit leaves for one of its figures, scaled as the facts are.

    ``size`` counts its other figures; ``like`` are those of the same kind: the same unit, as many decimals; ``sure``
    is how sure those of them are that are not taken as they stand.
    """

    low: Fraction
    high: Fraction
    size: int
    like: tuple[int, ...]
    sure: float = 1.0


def of_edit(facts: Facts, edit: Edit, asked_for: int) -> Asked | None:
    """What a comparison or a quotient asks for; a bound asks for nothing."""
    if isinstance(edit, Derived):
        return of_quotient(facts, edit, asked_for)
    if edit.is_bound:
        return None
    return of_terms(facts, edit.terms, asked_for, ((edit.least or 0) + edit.quoted, (edit.most or 0) + edit.quoted))


def of_balance(
    facts: Facts, balances: Balances, number: int, asked_for: int, retyped: Retyped = AS_THEY_STAND
) -> Asked | None:
    """What one balance asks for, with some figures as they were probably meant."""
    return of_terms(facts, terms_of(balances, number), asked_for, room_of(balances, number), retyped)


def room_of(balances: Balances, number: int) -> tuple[int, int]:
    """Between what the sum of a balance's terms has to lie."""
    tolerance = balances.tolerance[number]
    # The parts less the stated total are nothing, or the control total that stands in no return.
    const = balances.control[number] if balances.total[number] == ABSENT else 0
    return const - tolerance, const + tolerance


def terms_of(balances: Balances, number: int) -> list[tuple[int, int]]:
    """Parts with their coefficients, and the stated total with -1."""
    total, start = balances.total[number], balances.start[number]
    terms = [(part, balances.coefficient[start + at]) for at, part in enumerate(balances.parts_of(number))]
    return terms if total == ABSENT else [*terms, (total, -1)]


@dataclass(frozen=True, slots=True)
class Sum:
    """Σ factor × figure of the terms that are known, how many these are, and the factor of each position."""

    total: int
    known: int
    factor: Mapping[int, int]
    times: Mapping[int, int]  # how often a position with a known figure is among the terms

    @classmethod
    def of(cls, facts: Facts, terms: Iterable[tuple[int, int]]) -> Sum:
        total, factor, times = 0, defaultdict[int, int](int), Counter[int]()
        for position, own in terms:
            factor[position] += own
            if facts.state[position] == NUMBER:
                total += own * int(facts.number[position])
                times[position] += 1
        return cls(total, times.total(), factor, times)

    def asks(self, facts: Facts, position: int, room: tuple[int, int]) -> tuple[Fraction, Fraction] | None:
        """As :func:`of_terms`: between what this figure has to lie for the sum to lie in the room."""
        factor, own = self.factor.get(position, 0), self.times.get(position, 0)
        if not factor or self.known == own:
            return None
        rest = self.total - (factor * int(facts.number[position]) if own else 0)
        low, high = sorted(Fraction(edge - rest, factor) for edge in room)
        return low, high


def allows(facts: Facts, bound: Comparison, position: int, asked: tuple[Fraction, Fraction]) -> bool:
    """Whether a figure between the two that an edit asks for is one that a bound over the same cell allows."""
    rest = sum(f * int(facts.number[p]) for p, f in bound.terms if p != position) - bound.quoted
    factor = sum(f for p, f in bound.terms if p == position)
    sums = [rest + factor * value for value in (ceil(asked[0]), floor(asked[1]))]
    if bound.differs:
        return any(sums)
    return any((bound.least is None or s >= bound.least) and (bound.most is None or s <= bound.most) for s in sums)


def of_terms(
    facts: Facts,
    terms: Iterable[tuple[int, int]],
    asked_for: int,
    room: tuple[int, int],
    retyped: Retyped = AS_THEY_STAND,
) -> Asked | None:
    """The figure with which Σ factor × figure lies in the room."""
    factor, rest, sure = 0, 0, 1.0
    like: list[int] = []
    for position, times in terms:
        if position == asked_for:
            factor += times
        elif facts.state[position] == NUMBER:
            meant = retyped.get(position)
            rest += times * (int(facts.number[position]) if meant is None else meant.figure)
            sure *= 1.0 if meant is None else meant.p
            like.append(position)
    if not factor or not like:
        return None
    ends = sorted(Fraction(edge - rest, factor) for edge in room)
    return Asked(ends[0], ends[1], len(like), tuple(like), sure)


def of_quotient(facts: Facts, edit: Derived, asked_for: int) -> Asked | None:
    """One of the figures of a quotient; what a start should be is not asked for."""
    value = {p: Fraction(facts.value[p]) for p in edit.positions if p != asked_for}
    start = value.get(edit.start, Fraction(0)) if edit.start != ABSENT else Fraction(0)
    like: tuple[int, ...] = ()
    least, most = (Fraction(0), Fraction(1)) if edit.cut else (Fraction(-1, 2), Fraction(1, 2))
    digit = Fraction(1, 10**edit.decimals)
    if asked_for == edit.figure:
        below = value[edit.divisor] - start
        if not below:
            return None
        exact = (value[edit.dividend] - start) * edit.scale / below / digit
        shown = floor(exact) if edit.cut else floor(exact + Fraction(1, 2))
        ends = [shown * digit, shown * digit]
    elif asked_for == edit.dividend:
        below = value[edit.divisor] - start
        # A share is of what it is a share of; people per square kilometre are not.
        like = (edit.divisor,) if edit.scale == PERCENT else ()
        ends = [start + (value[edit.figure] + edge * digit) * below / edit.scale for edge in (least, most)]
    elif asked_for == edit.divisor:
        like = (edit.dividend,) if edit.scale == PERCENT else ()
        figures = [value[edit.figure] + edge * digit for edge in (least, most)]
        if min(figures) <= 0:
            return None
        ends = [start + (value[edit.dividend] - start) * edit.scale / stated for stated in figures]
    else:
        return None
    low, high = sorted(end * 10**facts.decimals for end in ends)
    return Asked(low, high, len(value), like)
