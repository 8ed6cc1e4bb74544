"""What must hold between figures beside the balances: equal amounts, order, quotients, figures that a text quotes.

The rules that compare figures hand these over with their findings, the satisfied ones too: what holds forbids as much
as what fails asks for. Numbers are scaled as in :class:`reconcile.facts.Facts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from reconcile.facts import ABSENT, Facts


@dataclass(frozen=True, slots=True)
class Comparison:
    """least ≤ Σ coefficient × value − quoted ≤ most; ``terms`` are (position, coefficient), None is no bound.

    ``quoted`` is a figure that stands in a text, at the position ``text``; without one it is 0. Where ``differs``,
    that must only not come to 0.
    """

    code: str
    terms: tuple[tuple[int, int], ...]
    least: int | None = 0
    most: int | None = 0
    text: int = ABSENT
    quoted: int = 0
    differs: bool = False

    def holds(self, facts: Facts) -> bool:
        value = sum(factor * int(facts.number[position]) for position, factor in self.terms) - self.quoted
        if self.differs:
            return value != 0
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    @property
    def positions(self) -> tuple[int, ...]:
        return tuple(position for position, _ in self.terms)

    @property
    def is_bound(self) -> bool:
        """Whether it only forbids some values: many satisfy it, and none is meant."""
        return self.differs or self.least is None or self.most is None


@dataclass(frozen=True, slots=True)
class Derived:
    """figure = (dividend − start) × scale ÷ (divisor − start), rounded to ``decimals`` (cut off where ``cut``).

    Without a start these are the figures themselves. ``rounded`` tells that dividend or divisor stand for anything
    that rounds to them; ``agrees`` is what the rule says.
    """

    code: str
    figure: int
    dividend: int
    divisor: int
    scale: int
    decimals: int
    agrees: bool
    cut: bool = False
    rounded: bool = False
    start: int = ABSENT

    def holds(self, facts: Facts) -> bool:  # noqa: ARG002  the same question as of a comparison
        return self.agrees

    @property
    def positions(self) -> tuple[int, ...]:
        own = (self.figure, self.dividend, self.divisor)
        return own if self.start == ABSENT else (*own, self.start)

    @property
    def is_bound(self) -> bool:
        """A quotient asks for a figure."""
        return False


Edit = Comparison | Derived


def equal(code: str, one: int, other: int) -> Comparison:
    """Two figures are the same."""
    return Comparison(code, ((one, 1), (other, -1)))


def at_least(code: str, upper: int, lower: int) -> Comparison:
    """The first figure is not below the second."""
    return Comparison(code, ((upper, 1), (lower, -1)), 0, None)


def share_at_least(code: str, figure: int, of: int, percent: int) -> Comparison:
    """The first figure is not below so many percent of the second."""
    return Comparison(code, ((figure, 100), (of, -percent)), 0, None)


def share_at_most(code: str, figure: int, of: int, percent: int) -> Comparison:
    """The first figure is not above so many percent of the second."""
    return Comparison(code, ((of, percent), (figure, -100)), 0, None)


def above(code: str, upper: int, lower: int) -> Comparison:
    """The first figure is greater than the second."""
    return Comparison(code, ((upper, 1), (lower, -1)), 1, None)


def at_most(code: str, parts: Sequence[int], limit: int) -> Comparison:
    """Some figures together are not more than a limit, which stands in no return."""
    return Comparison(code, tuple((part, 1) for part in parts), None, limit)


def different(code: str, one: int, other: int) -> Comparison:
    """Two figures are not the same."""
    return Comparison(code, ((one, 1), (other, -1)), None, None, differs=True)


def all_equal(code: str, positions: Sequence[int], figures: Sequence[int]) -> list[Comparison]:
    """All of some figures are the same: those that agree in a chain, each amount against each other one once."""
    alike: dict[int, list[int]] = {}
    for position, figure in zip(positions, figures, strict=True):
        alike.setdefault(figure, []).append(position)
    agreeing = [equal(code, *pair) for group in alike.values() for pair in pairwise(group)]
    return agreeing + [equal(code, *pair) for pair in combinations((group[0] for group in alike.values()), 2)]
