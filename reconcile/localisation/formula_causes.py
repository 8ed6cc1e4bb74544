"""Why the result of a formula does not agree with what it should add up.

A SUM that ends above the row that was added last, one that counts a subtotal again, a figure that was entered as text
and so is passed over, a workbook that was not calculated again: the formula itself says which. What is copied along a
row or column is one mistake, and a total that takes its figure from a wrong one follows from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property

import numpy as np

from reconcile.balances import FAIL, PASS, ROUNDED, Balances, Judged
from reconcile.consequences import attach
from reconcile.facts import ABSENT, EXACT, NUMBER, Facts
from reconcile.findings import CellRef, Finding
from reconcile.package import Addend, Sheet, addends_at
from reconcile.source_files import SourceFiles
from reconcile.submissions import Submission

# Formulas that lead from one to the next: further than any form goes.
DEEPEST = 8
# Cells that one formula adds, and those that its sums add in the end: more than any form has.
WIDEST = 20_000

Place = tuple[int, int]  # row, column
Wanted = tuple[int, int]  # with which factor, and the figure
Added = tuple[int, bool]  # with which factor, and whether a text would be passed over
Told = tuple[str, frozenset[Place]]  # the kind of cause, and the cells it is about


def question_formulas(
    submissions: Iterable[Submission],
    facts: Facts,
    balances: Balances,
    judged: Judged,
    of_balance: Mapping[int, str],
    sources: SourceFiles,
    by_id: dict[str, Finding],
) -> frozenset[str]:
    """Tells the cause by the findings of failing sums that are formulas, where their formulas show it; ``by_id`` is
    changed in place.

    Returns:
        The ids of these findings and of what follows from them.
    """
    total = np.array(balances.total, dtype=np.int64)
    failing = [
        number
        for number in np.flatnonzero((judged.verdict == FAIL) & (total != ABSENT)).tolist()
        if facts.stored[total[number]] and not by_id[of_balance[number]].root and not by_id[of_balance[number]].effects
    ]
    sheets: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number in failing:
        sheets[str(facts.file[total[number]]), str(facts.sheet[total[number]])].append(number)
    told: set[str] = set()
    files = {submission.file: submission for submission in submissions}
    for (file, name), numbers in sorted(sheets.items()):
        sheet = sources.sheets(files[file]).get(name) if file in files else None
        if sheet is not None:
            told |= _Questioned(sheet, file, numbers, facts, balances, judged).tell(of_balance, by_id)
    return frozenset(told)


@dataclass(frozen=True, slots=True)
class Cause:
    """``kind`` and the cells it is about; ``alike`` is the same for a formula that was copied along."""

    kind: str
    cells: tuple[Place, ...]
    formula: str
    alike: tuple[object, ...]


class _Questioned:
    """The failing sums of one sheet."""

    def __init__(
        self, sheet: Sheet, file: str, numbers: list[int], facts: Facts, balances: Balances, judged: Judged
    ) -> None:
        self.sheet, self.file, self.numbers = sheet, file, numbers
        self.facts, self.balances, self.judged = facts, balances, judged
        self._read: dict[Place, list[tuple[Place, int, bool]]] = {}
        self.total = {self._place(balances.total[number]): number for number in numbers}

    def tell(self, of_balance: Mapping[int, str], by_id: dict[str, Finding]) -> set[str]:
        followed = {number: first for number in self.numbers if (first := self._followed(number)) is not None}
        causes = {number: cause for number in self.numbers if number not in followed and (cause := self._cause(number))}
        roots: dict[tuple[object, ...], str] = {}
        effects: defaultdict[str, list[str]] = defaultdict(list)
        root: dict[int, str] = {}
        for number in sorted(causes, key=lambda n: self._place(self.balances.total[n])):
            own, cause = of_balance[number], causes[number]
            root[number] = roots.setdefault(cause.alike, own)
            if root[number] == own:
                by_id[own] = self._told(by_id[own], cause)
            else:
                effects[root[number]].append(own)
        for number in followed:
            last = number
            for _ in range(DEEPEST):
                last = followed.get(last, last)
            if last in root:
                effects[root[last]].append(of_balance[number])
        for own, following in effects.items():
            attach(by_id, own, following)
        return {*roots.values(), *(finding for following in effects.values() for finding in following)}

    def _told(self, finding: Finding, cause: Cause) -> Finding:
        cells = tuple(CellRef(self.file, self.sheet.name, *place) for place in cause.cells)
        data = {**finding.data, "formula": f"={cause.formula}", "cells": cells}
        return replace(finding, variant=f"formula_{cause.kind}", data=data)

    def _followed(self, number: int) -> int | None:
        """The failing sum that this one takes its figure from, and with it the whole difference."""
        own = self._place(self.balances.total[number])
        difference, through = 0, []
        for place, factor, _ in self._added(own):
            if place in self.total and place != own:
                difference += factor * int(self.judged.difference[self.total[place]])
                through.append(self.total[place])
        return through[0] if through and difference == self.judged.difference[number] else None

    def _cause(self, number: int) -> Cause | None:
        """What is wrong with the formula of a sum, as it is written or as the sums in its cells make it."""
        own, wanted = self._place(self.balances.total[number]), self._wanted(number)
        direct = {place: (factor, only) for place, factor, only in self._added(own)}
        for added in (direct, self._leaves(own, wanted)) if wanted and direct else ():
            found = self._difference(number, wanted, added)
            if found is not None:
                kind, cells = found
                return self._told_by(own, kind, cells if direct.keys() & wanted.keys() else self._as_sums(own, cells))
        return None

    def _difference(self, number: int, wanted: Mapping[Place, Wanted], added: Mapping[Place, Added]) -> Told | None:
        """In what the cells that are added differ from those that should be, where that is the whole difference."""
        kinds = {
            "misses": {p: -factor * value for p, (factor, value) in wanted.items() if value and p not in added},
            "text": {
                p: -f * value for p, (f, value) in wanted.items() if value and p in added and self._passed(p, added)
            },
            "adds": {p: f * figure for p, (f, _) in added.items() if p not in wanted and (figure := self._figure(p))},
        }
        turned = any(p in wanted and factor != wanted[p][0] for p, (factor, _) in added.items())
        found = [(kind, cells) for kind, cells in kinds.items() if cells]
        if turned or not added or len(found) > 1:
            return None
        if not found:
            now = sum(factor * self._figure(p) for p, (factor, _) in added.items())
            # Where it is calculated, the figures were read otherwise than Excel adds them.
            stale = now != self._figure(self._place(self.balances.total[number]))
            return ("stale", frozenset()) if stale else None
        kind, off = found[0]
        return (kind, frozenset(off)) if sum(off.values()) == self.judged.difference[number] else None

    def _told_by(self, own: Place, kind: str, cells: frozenset[Place]) -> Cause:
        formula, ranges = addends_at(self.sheet, self.sheet.entry_at(*own))
        # The same formula, the same cells as seen from it; what was not calculated is so all over the sheet.
        near = tuple((row - own[0], column - own[1]) for row, column in sorted(cells))
        seen = [(r.top - own[0], r.left - own[1], r.bottom - own[0], r.right - own[1], f) for r, f, _ in ranges or ()]
        alike = (kind,) if kind == "stale" else (kind, near, *seen)
        return Cause(kind, tuple(sorted(cells)), formula, alike)

    def _as_sums(self, own: Place, cells: frozenset[Place]) -> frozenset[Place]:
        """Of a total of subtotals, the subtotals that stand for the cells."""
        left, found = set(cells), set()
        parts = {place: {p for p, _, _ in self._inside(place)} for place in self._sums if place != own}
        for place in sorted(parts, key=lambda place: (-len(parts[place]), place)):
            if parts[place] <= left:
                left -= parts[place]
                found.add(place)
        return frozenset(left | found)

    def _wanted(self, number: int) -> dict[Place, Wanted]:
        """The cells that a sum of the form adds, each with its factor and figure; none where it goes over other sheets,
        or twice over a cell, which no formula can do."""
        facts, balances, start = self.facts, self.balances, self.balances.start[number]
        found: dict[Place, Wanted] = {}
        for at, position in enumerate(balances.parts_of(number)):
            place = self._place(position)
            elsewhere = (str(facts.file[position]), str(facts.sheet[position])) != (self.file, self.sheet.name)
            if elsewhere or place in found:
                return {}
            figure = int(facts.number[position]) if facts.state[position] == NUMBER else 0
            found[place] = (balances.coefficient[start + at], figure)
        return found

    def _leaves(self, own: Place, wanted: Collection[Place]) -> dict[Place, Added]:
        """The cells that a formula adds up in the end, with how often, and whether texts among them are passed over.

        A cell that is not to be added up itself, but holds a sum, stands for what that adds up.
        """
        found: dict[Place, Added] = {}
        reached = 0
        waiting = [(place, factor, only, DEEPEST) for place, factor, only in self._added(own)]
        while waiting:
            place, factor, only, depth = waiting.pop()
            inside = None if place in wanted or not depth else self._inside(place)
            if inside:
                waiting += [(other, factor * often, own_only, depth - 1) for other, often, own_only in inside]
                reached += len(inside)
                if reached > WIDEST:
                    return {}
            elif place in wanted or self._figure(place):
                found[place] = (found.get(place, (0, False))[0] + factor, only)
        return found

    def _inside(self, place: Place) -> list[tuple[Place, int, bool]]:
        """What the figure of a cell is the sum of: by a sum of the form that agrees, else by its own formula."""
        number = self._sums.get(place)
        if number is None:
            return self._added(place)
        start, parts = self.balances.start[number], self.balances.parts_of(number)
        return [(self._place(p), self.balances.coefficient[start + at], False) for at, p in enumerate(parts)]

    def _added(self, place: Place) -> list[tuple[Place, int, bool]]:
        """The cells that the formula of a cell adds up, each with its factor; none where it does anything else."""
        if place not in self._read:
            self._read[place] = self._adding(place)
        return self._read[place]

    def _adding(self, place: Place) -> list[tuple[Place, int, bool]]:
        entry = self.sheet.entry_at(*place)
        if entry not in self.sheet.formulas:
            return []
        _, ranges = addends_at(self.sheet, entry)
        if ranges is None or sum(_size(one) for one in ranges) > WIDEST:
            return []
        return [
            ((row, column), one.factor, one.numbers_only)
            for one in ranges
            for row in range(one.range.top, one.range.bottom + 1)
            for column in range(one.range.left, one.range.right + 1)
        ]

    @cached_property
    def _sums(self) -> dict[Place, int]:
        """The sums of this sheet that agree, by the cell that states them."""
        facts, total = self.facts, np.array(self.balances.total, dtype=np.int64)
        numbers = np.flatnonzero(np.isin(self.judged.verdict, (PASS, ROUNDED)) & (total != ABSENT))
        own = facts.coded("file").says(self.file) & facts.coded("sheet").says(self.sheet.name)
        here = numbers[own[total[numbers]]].tolist()
        return {self._place(self.balances.total[number]): number for number in reversed(here)}

    def _place(self, position: int) -> Place:
        return int(self.facts.row[position]), int(self.facts.column[position])

    def _passed(self, place: Place, added: Mapping[Place, Added]) -> bool:
        """Whether a cell is passed over although its range is added up, since it holds a text."""
        entry = self.sheet.entry_at(*place)
        return added[place][1] and entry >= 0 and self.sheet.kind[entry] == "s"

    def _figure(self, place: Place) -> int:
        """The number of a cell as the facts count it; 0 where it holds none."""
        entry = self.sheet.entry_at(*place)
        if entry < 0 or self.sheet.kind[entry] != "n":
            return 0
        try:
            scaled = EXACT.scaleb(Decimal(self.sheet.text[entry]), Decimal(self.facts.decimals))
            return int(scaled.to_integral_value())
        except InvalidOperation:
            return 0


def _size(addend: Addend) -> int:
    area = addend.range
    return (area.bottom - area.top + 1) * (area.right - area.left + 1)
