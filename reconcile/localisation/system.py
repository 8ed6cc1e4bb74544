"""All edits of a run as one sparse system over the facts: which hold, which fail, and the finding that reports it.

Edits are numbered: the balances first, as they are, then what the rules compare beside them. Everything that goes over
all of them is done on columns; only what hangs together with something violated is ever looked at one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from reconcile.balances import FAIL, PASS, ROUNDED, UNJUDGED, Balances, Judged
from reconcile.edits import Derived, Edit
from reconcile.facts import ABSENT, Facts, Mask, Positions
from reconcile.findings import CellRef, Finding
from reconcile.localisation.asked import Sum, allows, of_edit, room_of, terms_of

# An edit over more cells than this (a total of all departments, a column of thousands of rows) does not make of all its
# cells one block: where one of them is looked at, the others are taken as they stand.
WIDE = 2000


@dataclass(frozen=True)
class System:
    """The edits of a run. ``finding`` has the id of the finding that reports each violated edit.

    ``settled`` are edits that were explained before and say nothing here.
    """

    facts: Facts
    balances: Balances
    judged: Judged
    edits: Sequence[Edit]
    finding: Mapping[int, str]
    settled: frozenset[int]

    def __len__(self) -> int:
        return len(self.balances) + len(self.edits)

    @cached_property
    def incidence(self) -> tuple[Positions, Positions]:
        """Positions of the cells of all edits, and the number of the edit each belongs to."""
        balances, size = self.balances, len(self.balances)
        total = np.array(balances.total, dtype=np.int64)
        part = np.array(balances.part, dtype=np.int64)
        start = np.array(balances.start, dtype=np.int64)
        stated = np.flatnonzero(total != ABSENT)
        compared = [position for edit in self.edits for position in edit.positions]
        owners = [size + number for number, edit in enumerate(self.edits) for _ in edit.positions]
        owner = np.repeat(np.arange(size), np.diff(np.append(start, len(part))))
        cells = np.concatenate([part, total[stated], np.array(compared, dtype=np.int64)])
        return cells, np.concatenate([owner, stated, np.array(owners, dtype=np.int64)])

    @cached_property
    def speaking(self) -> Mask:
        """The edits that were judged, or could not be only because a figure of theirs is not known."""
        verdict = self.judged.verdict
        known = np.isin(verdict, (PASS, FAIL, ROUNDED))
        held = np.array([bool(reason) for reason in self.balances.hold], dtype=bool)
        speaking = np.concatenate([known | ((verdict == UNJUDGED) & ~held), np.ones(len(self.edits), dtype=bool)])
        speaking[list(self.settled)] = False
        return speaking

    @cached_property
    def asking(self) -> frozenset[int]:
        """The violated edits that ask for a figure, and of those that only forbid some the ones that such a figure of
        the same cell would satisfy.

        Where nothing but a bound is violated, any of its cells may be wrong and nothing says what was meant.
        """
        size = len(self.balances)
        bounds = {number for number in self.finding if number >= size and self.edits[number - size].is_bound}
        over: defaultdict[int, list[int]] = defaultdict(list)
        for number in self.finding.keys() - bounds if bounds else ():
            for position in self.positions(number):
                over[position].append(number)
        sums: dict[int, Sum] = {}
        return frozenset(
            number for number in self.finding if number not in bounds or self._would_hold(number, over, sums)
        )

    def _would_hold(self, number: int, over: Mapping[int, Sequence[int]], sums: dict[int, Sum]) -> bool:
        """Whether what a violated edit asks of one of its cells satisfies a bound. ``sums`` are those of the balances
        that were asked before: one over a whole column has as many cells as there are bounds."""
        bound = self.edits[number - len(self.balances)]
        return not isinstance(bound, Derived) and any(
            (asked := self._asked(other, position, sums)) is not None and allows(self.facts, bound, position, asked)
            for position in bound.positions
            for other in over.get(position, ())
        )

    def _asked(self, number: int, position: int, sums: dict[int, Sum]) -> tuple[Fraction, Fraction] | None:
        if number >= len(self.balances):
            asked = of_edit(self.facts, self.edits[number - len(self.balances)], position)
            return None if asked is None else (asked.low, asked.high)
        if number not in sums:
            sums[number] = Sum.of(self.facts, terms_of(self.balances, number))
        return sums[number].asks(self.facts, position, room_of(self.balances, number))

    def positions(self, number: int) -> list[int]:
        """The cells of one edit, a stated total first."""
        if number >= len(self.balances):
            return list(self.edits[number - len(self.balances)].positions)
        total = self.balances.total[number]
        return [*([total] if total != ABSENT else []), *self.balances.parts_of(number)]

    @cached_property
    def block(self) -> tuple[Positions, Positions]:
        """Numbers of the edits that hang together with a violated one, and the positions of their cells, in order.

        Of a wide edit only the cells that others reach are among these.
        """
        cells, owner = self.incidence
        size = np.bincount(owner, minlength=len(self))
        speaking = self.speaking.copy()
        speaking[list(self.finding.keys() - self.asking)] = False
        narrow = speaking & (size <= WIDE)
        edits = np.zeros(len(self), dtype=bool)
        edits[list(self.asking)] = True
        edits &= narrow
        reached = np.zeros(len(self.facts), dtype=bool)
        count = -1
        while count != int(edits.sum()):
            count = int(edits.sum())
            reached[cells[edits[owner]]] = True
            edits[owner[reached[cells]]] = True
            edits &= narrow
        edits[owner[reached[cells]]] = True
        return np.flatnonzero(edits & speaking), np.flatnonzero(reached)


def system_of(
    facts: Facts,
    balances: Balances,
    judged: Judged,
    edits: Sequence[Edit],
    of_balance: Mapping[int, str],
    findings: Iterable[Finding],
    told: frozenset[str] = frozenset(),
) -> System:
    """The system, with the finding of each violated edit; what follows from another finding already, or has told its
    cause, is settled."""
    by_id = {finding.id: finding for finding in findings}
    failing = {n: of_balance[n] for n in np.flatnonzero(judged.verdict == FAIL).tolist()}
    compared = reported(facts, edits, by_id.values())
    failing |= {len(balances) + number: finding for number, finding in compared.items()}
    # What differs and has no finding is judged otherwise by its rule, and so no edit.
    unreported = {n for n, edit in enumerate(edits) if n not in compared and not edit.holds(facts)}
    told |= {finding for finding in failing.values() if by_id[finding].root or by_id[finding].effects}
    settled = {number for number, finding in failing.items() if finding in told}
    return System(
        facts,
        balances,
        judged,
        edits,
        {number: finding for number, finding in failing.items() if number not in settled},
        frozenset(settled | {len(balances) + number for number in unreported}),
    )


def reported(facts: Facts, edits: Sequence[Edit], findings: Iterable[Finding]) -> dict[int, str]:
    """Number of each violated edit → id of the finding of its code over all its cells."""
    violated = [(number, edit) for number, edit in enumerate(edits) if not edit.holds(facts)]
    if not violated:
        return {}
    codes = {edit.code for _, edit in violated}
    over: dict[tuple[str, CellRef], list[Finding]] = {}
    for finding in findings:
        if finding.code in codes:
            for ref in {part.ref for part in finding.cells}:
                over.setdefault((finding.code, ref), []).append(finding)
    found: dict[int, str] = {}
    for number, edit in violated:
        refs = {facts.ref(position) for position in _all_positions(edit)}
        near = over.get((edit.code, facts.ref(edit.positions[0])), [])
        of_all = [finding for finding in near if refs <= {part.ref for part in finding.cells}]
        component = str(facts.component[edit.positions[0]])
        own = next((finding for finding in of_all if finding.component in (component, "")), None)
        if own is not None:
            found[number] = own.id
    return found


def _all_positions(edit: Edit) -> tuple[int, ...]:
    if isinstance(edit, Derived) or edit.text == ABSENT:
        return edit.positions
    return (*edit.positions, edit.text)
