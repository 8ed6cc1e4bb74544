"""Linear edits over the facts: what is violated, and what must stay satisfied.

Each says lowest ≤ Σ coefficient × value ≤ highest. They come from the balances and from two kinds of findings
that compare figures: equal amounts of one item (DUP002) and figures that must not fall (CUM002).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from reconcile.balances import FAIL, PASS, ROUNDED, Balances, Judged
from reconcile.facts import ABSENT, NIL, NUMBER, Facts
from reconcile.findings import CellRef, Finding
from reconcile.rules.context import Confrontation

EQUAL, RISING = "DUP002", "CUM002"


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit. ``terms``: position → coefficient; ``value`` is what they come to now (all scaled integers).

    ``finding`` is the id of the finding it was reported by, empty where it is satisfied. ``stated`` is the
    position of the stated total, -1 without one; ``computed`` tells that a formula states it; ``ward`` that the
    edit is over all returns, so that many cells of other departments may have their part in it.
    """

    code: str
    finding: str
    terms: Mapping[int, int]
    value: int
    lowest: int | None
    highest: int | None
    stated: int = ABSENT
    computed: bool = False
    ward: bool = False

    @property
    def violated(self) -> bool:
        return not self._within(self.value)

    def _within(self, value: int) -> bool:
        return (self.lowest is None or value >= self.lowest) and (self.highest is None or value <= self.highest)

    def holds_after(self, position: int, change: int) -> bool:
        """Whether the edit is satisfied when one value has changed by so much."""
        return self._within(self.value + self.terms[position] * change)

    def changes(self, position: int) -> tuple[int | None, int | None]:
        """The least and the greatest change of one value that satisfies the edit; None: no bound."""
        factor = self.terms[position]
        below = None if self.lowest is None else self.lowest - self.value
        above = None if self.highest is None else self.highest - self.value
        if factor < 0:
            below, above = above, below
        # Rounded inwards: a change is a whole number of last digits.
        return (None if below is None else -(-below // factor), None if above is None else above // factor)


def edits_over(
    data: Confrontation, balances: Balances, judged: Judged, of_balance: Mapping[int, str], findings: Sequence[Finding]
) -> list[Edit]:
    """The violated edits of these findings, and the satisfied balances over any of their cells."""
    facts = data.facts
    reported = {finding.id for finding in findings}
    failed = [n for n in np.flatnonzero(judged.verdict == FAIL).tolist() if of_balance.get(n) in reported]
    edits = [_of_balance(balances, judged, n, of_balance[n], facts) for n in failed]
    comparisons = [f for f in findings if f.code in (EQUAL, RISING)]
    where = _positions(facts, {part.ref for f in comparisons for part in f.cells})
    for finding in comparisons:
        near = [p for part in finding.cells for p in where.get(part.ref, []) if _is_of(facts, p, finding)]
        edits += _rising(finding, near, facts) if finding.code == RISING else _equal(finding, near, facts)
    cells = {position for edit in edits for position in edit.terms}
    return edits + [_of_balance(balances, judged, n, "", facts) for n in _satisfied(balances, judged, cells, facts)]


def _of_balance(balances: Balances, judged: Judged, number: int, finding: str, facts: Facts) -> Edit:
    total = balances.total[number]
    terms: dict[int, int] = {}
    start = balances.start[number]
    for offset, part in enumerate(balances.parts_of(number)):
        terms[part] = terms.get(part, 0) - balances.coefficient[start + offset]
    if total != ABSENT:
        terms[total] = terms.get(total, 0) + 1
    tolerance = balances.tolerance[number]
    return Edit(
        balances.code[number],
        finding,
        {position: factor for position, factor in terms.items() if factor},
        int(judged.difference[number]),
        -tolerance,
        tolerance,
        stated=total,
        computed=total != ABSENT and bool(facts.stored[total]),
        ward=total == ABSENT,
    )


def _satisfied(balances: Balances, judged: Judged, cells: set[int], facts: Facts) -> list[int]:
    """Satisfied balances over the cells. One whose total is a formula follows its parts and forbids nothing."""
    size = len(balances)
    if not size or not cells:
        return []
    wanted = np.array(sorted(cells), dtype=np.int64)
    start = np.array(balances.start, dtype=np.int64)
    part = np.array(balances.part, dtype=np.int64)
    total = np.array(balances.total, dtype=np.int64)
    owner = np.repeat(np.arange(size), np.diff(np.append(start, len(part))))
    touched = np.isin(total, wanted)
    touched[owner[np.isin(part, wanted)]] = True
    formula = (total != ABSENT) & facts.stored[np.maximum(total, 0)]
    return np.flatnonzero(touched & ~formula & np.isin(judged.verdict, (PASS, ROUNDED))).tolist()


def _positions(facts: Facts, cells: set[CellRef]) -> dict[CellRef, list[int]]:
    """The values in each of these cells."""
    if not cells:
        return {}
    chosen = np.isin(facts.row, list({c.row for c in cells})) & np.isin(facts.column, list({c.column for c in cells}))
    found: dict[CellRef, list[int]] = {}
    for position in np.flatnonzero(chosen).tolist():
        ref = facts.ref(position)
        if ref in cells:
            found.setdefault(ref, []).append(position)
    return found


def _is_of(facts: Facts, position: int, finding: Finding) -> bool:
    """Whether a value is a figure of the finding's field and component."""
    same = facts.parts(position)[0] == finding.field and facts.component[position] in (finding.component, "")
    return bool(same and facts.state[position] in (NUMBER, NIL))


def _equal(finding: Finding, positions: Sequence[int], facts: Facts) -> list[Edit]:
    """All amounts of one item are equal: one of each amount with one of each other; equal ones must remain so."""
    alike: dict[int, list[int]] = {}
    for position in positions:
        alike.setdefault(int(facts.number[position]), []).append(position)
    edits = [
        Edit(EQUAL, "", {one: 1, other: -1}, 0, 0, 0) for group in alike.values() for one, other in pairwise(group)
    ]
    for (figure, one), (against, other) in combinations(((f, group[0]) for f, group in alike.items()), 2):
        edits.append(Edit(EQUAL, finding.id, {one: 1, other: -1}, figure - against, 0, 0))
    return edits


def _rising(finding: Finding, positions: Sequence[int], facts: Facts) -> list[Edit]:
    """The value of the finding is not below the one before it; its cells are given in this order."""
    if len(positions) != 2:
        return []
    after, before = positions
    value = int(facts.number[after]) - int(facts.number[before])
    return [Edit(RISING, finding.id, {after: 1, before: -1}, value, 0, None)]
