"""What the localiser answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from reconcile.localiser.edits import Interval
from reconcile.localiser.model import Regime

# clean: nothing violated, nothing rounded; rounding_only: differences that rounding explains; localised: these cells
# are wrong; probable: most likely these; ambiguous: one of several; unlocalisable: one check alone, any of its cells;
# unexplained: no explanation found of some edits. A result has the weakest status of its findings.
Status = Literal["clean", "rounding_only", "localised", "probable", "ambiguous", "unlocalisable", "unexplained"]
# What a finding rests on: the edits leave one cell only; slips and plausibility choose among several; an earlier
# version of the table decides.
Evidence = Literal["constraints", "typing", "previous"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that may have gone wrong.

    ``observed`` and ``proposed`` have one figure a cell (None: nothing stood there); ``interval`` holds all values that
    satisfy the edits where it is one cell, and ``exact`` tells that rounding leaves no others; otherwise the proposed
    ones are said with "about". ``alike`` are the cells that no edit can tell from the first one.
    """

    cells: tuple[int, ...]
    observed: tuple[int | None, ...]
    proposed: tuple[int, ...]
    interval: Interval | None
    cause: str
    p: float
    exact: bool
    alike: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that went wrong, with its candidates, the likeliest first (a twin of the first: next to it).

    ``violated`` are the edits that the first candidate repairs, ``credible`` how many of the candidates hold 95 % of
    the probability; ``surplus`` how many violated edits there are beyond one an operation, per operation; ``impact``
    the largest change of a total if the first candidate is accepted; ``p`` its calibrated probability and ``raw`` the
    model's own.
    """

    status: Status
    evidence: Evidence
    violated: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    credible: int
    surplus: float
    impact: int
    p: float
    raw: float

    @property
    def credible_set(self) -> tuple[Candidate, ...]:
        return self.candidates[: self.credible]


@dataclass(frozen=True, slots=True)
class Combination:
    """A whole explanation of one part of the table: the cells that are wrong together, and its probability."""

    cells: frozenset[int]
    p: float


@dataclass(frozen=True, slots=True)
class Result:
    """The findings of a table, those with the most at stake first (probability × impact).

    ``combinations`` lists, per independent part, the whole explanations in order; ``questioned`` the groups of edits of
    which so many fail that the layout or the template is to be questioned first; ``unexplained`` the edits for which
    nothing was found; ``truncated`` tells that time or branches ran out; ``weighed`` how many cells
    were weighed, which is the work that was done.
    """

    status: Status
    findings: tuple[Finding, ...] = ()
    violated: tuple[int, ...] = ()
    unexplained: tuple[int, ...] = ()
    combinations: tuple[tuple[Combination, ...], ...] = ()
    questioned: tuple[str, ...] = ()
    regimes: Mapping[str, Regime] | None = None
    truncated: bool = False
    weighed: int = 0
