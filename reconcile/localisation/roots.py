"""What the localiser found, told by the findings: the root turns towards the cell, the rest becomes its effects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconcile.consequences import attach
from reconcile.edits import Derived
from reconcile.facts import ABSENT
from reconcile.findings import CellRef, Finding, Standing, Suggestion
from reconcile.localisation.asked import Meant
from reconcile.localisation.compiled import Compiled
from reconcile.localisation.system import System
from reconcile.localisation.values import Values, confidence
from reconcile.localiser import Candidate
from reconcile.localiser import Finding as Explained
from reconcile.rules.context import Confrontation
from reconcile.rules.dup002 import measured_by
from reconcile.rules.figures import trimmed

# The finding that names another return says most.
EQUAL = "DUP002"
# Below this the explanation is a guess, and what it would repair is not put under it.
BELIEVED = 0.5
# No check can tell one wrong part from one that was revised, and its totals forgotten.
TWIN = "totals_not_updated"
UNIT = "line_unit"
# So many other cells are named as what may be wrong instead.
SHOWN = 5
# A cell at least so likely as the likeliest, relatively, is about as likely.
ABOUT_AS_LIKELY = 0.5
# One cell that alone can satisfy the edits it breaks is probably the one, though nothing else confirms it.
ALONE = 0.95


def needed_by(system: System) -> dict[str, set[int]]:
    """What each finding needs repaired, by the numbers of the system."""
    needed: dict[str, set[int]] = {}
    for number, finding in system.finding.items():
        needed.setdefault(finding, set()).add(number)
    return needed


class Roots:
    """Turns explanations into roots; ``by_id`` is changed in place. ``retyped`` has what was probably meant in the
    cells that are wrong, by their positions.

    ``needed`` has what each finding needs repaired; ``doubted`` are edits of families of which nearly all fail: one
    cell explains one of them only if it is claimed.
    """

    def __init__(
        self,
        data: Confrontation,
        system: System,
        table: Compiled,
        by_id: dict[str, Finding],
        needed: Mapping[str, set[int]],
        doubted: frozenset[int] = frozenset(),
    ) -> None:
        self.doubted = doubted
        self.data, self.system, self.table, self.by_id = data, system, table, by_id
        self.values = Values(data, table)
        self.needed, self.edits = needed, frozenset(table.edit)
        self.told: set[str] = set()
        self.retyped: dict[int, Meant] = {}

    def tell(self, explained: Explained) -> None:
        """One explanation: its findings, unless another explanation has told them already."""
        repaired = {self.table.edit[edit] for edit in explained.violated}
        numbers = [n for n in sorted(repaired) if n in self.system.finding]
        open_ = {finding for n in numbers if (finding := self.system.finding[n]) not in self.told}
        whole = {finding for finding in open_ if self.needed[finding] & self.edits <= repaired}
        ids = whole or {finding for finding in open_ if self._says_so(finding, explained.candidates[0])}
        if not ids or all(self._is_bound(n) for n in numbers) or self._is_doubted(explained, numbers):
            return
        candidates = [candidate for candidate in explained.candidates if self._possible(candidate)]
        if not candidates:
            return
        root = self._root(numbers, ids, self.table.position[candidates[0].cells[0]])
        self.told |= ids
        standing = self._standing(explained, numbers) if candidates[0] is explained.candidates[0] else "undecided"
        if not whole and standing == "localised":
            standing = "probable"  # more is wrong with what the finding is about than this cell
        if standing == "undecided":
            candidates = self._as_told(candidates, self.by_id[root])
        self.by_id[root] = replace(self.by_id[root], suggestion=self._suggestion(explained, candidates, standing))
        if standing == "undecided":
            # The cells that no check can tell from these belong to them, however figures are usually mistyped.
            # Candidates of a long sum are all like each other: one tuple for all of them.
            groups = {id(own): own for candidate in candidates for own in (candidate.cells, candidate.alike)}
            cells = {cell for own in groups.values() for cell in own}
            data = {**self.by_id[root].data, "candidates": tuple(sorted(map(self.values.ref, cells)))}
            self.by_id[root] = replace(self.by_id[root], data=data)
        else:
            self._retype(candidates[0], explained.p)
            if standing == "localised" or len(ids) > 1 or not self._says_so(root, candidates[0]):
                self._settle(root, standing, candidates[0], numbers)
        if len(ids) > 1 and (standing != "undecided" or sum(c.p for c in explained.candidates) >= BELIEVED):
            attach(self.by_id, root, ids - {root})

    def _retype(self, candidate: Candidate, p: float) -> None:
        """What checks of other cells take for the figures of these."""
        for cell, figure in zip(candidate.cells, candidate.proposed, strict=True):
            if candidate.exact and cell not in self.table.quoted:
                self.retyped[self.table.position[cell]] = Meant(figure * self.table.step[cell], p)

    def _is_doubted(self, explained: Explained, numbers: list[int]) -> bool:
        alone = explained.status != "localised" and len(explained.candidates[0].cells) == 1
        return alone and not self.doubted.isdisjoint(numbers)

    def _says_so(self, root: str, candidate: Candidate) -> bool:
        """Whether the rule's own sentence is about the cell already, and says more of it than another could."""
        return len(candidate.cells) == 1 and self.values.ref(candidate.cells[0]) == self.by_id[root].ref

    def _as_told(self, candidates: list[Candidate], finding: Finding) -> list[Candidate]:
        """Where nothing decides, the cell that the rule would correct first goes first among those about as likely."""
        near = [candidate for candidate in candidates if candidate.p >= ABOUT_AS_LIKELY * candidates[0].p]
        own = [c for c in near if len(c.cells) == 1 and self.values.ref(c.cells[0]) == finding.ref]
        return [*own, *(candidate for candidate in candidates if candidate not in own)]

    def _standing(self, explained: Explained, numbers: list[int]) -> Standing:
        """A claim needs two checks that ask for a figure; a bound only forbids some."""
        if explained.status == "localised":
            return "localised" if sum(not self._is_bound(number) for number in numbers) > 1 else "probable"
        first, *others = explained.candidates
        alone = not others and explained.p >= ALONE
        # Where the part is wrong or its totals were forgotten, the part is the cell to look at.
        part = len(first.cells) == 1 and explained.surplus >= 1
        unique = explained.evidence == "constraints" and (alone or part)
        # That a whole column divided by a thousand comes to the very total is no coincidence.
        unique |= first.cause == UNIT and explained.p >= ALONE
        return "probable" if unique or explained.status == "probable" else "undecided"

    def _is_bound(self, number: int) -> bool:
        """Whether an edit only forbids some figures: many values satisfy it, and none is meant."""
        at = number - len(self.system.balances)
        return at >= 0 and self.system.edits[at].is_bound

    def _root(self, numbers: Iterable[int], ids: set[str], cell: int) -> str:
        """The finding that says most: one that names another return, then a balance, the one with the fewest cells, and
        the one over the first cell that is wrong; one that only forbids some figures says least."""
        over = {n: self.system.positions(n) for n in numbers if self.system.finding[n] in ids}
        size = {number: len(positions) for number, positions in over.items()}
        codes = {number: self.by_id[self.system.finding[number]].code for number in size}
        compared = len(self.system.balances)
        order = {n: (codes[n] != EQUAL, n >= compared, self._is_bound(n), size[n], codes[n]) for n in size}
        first = min(size, key=lambda n: (order[n], cell not in over[n], self.system.finding[n]))
        return self.system.finding[first]

    def _possible(self, candidate: Candidate) -> bool:
        """Formulas are not retyped, least of all together with other cells."""
        return len(candidate.cells) == 1 or not any(self.values.stored(cell) for cell in candidate.cells)

    def _suggestion(self, explained: Explained, candidates: list[Candidate], standing: Standing) -> Suggestion | None:
        first, *others = candidates
        # A formula is not retyped: recalculating the workbook or mending its range corrects it.
        if self.values.stored(first.cells[0]):
            return None
        told = self.values.proposal(first)
        return Suggestion(
            self.values.ref(first.cells[0]),
            str(told["value"]),
            str(told["shown"]),
            self.values.cause(first),
            confidence(explained.p if first is explained.candidates[0] else first.p),
            tuple(self.values.proposal(other) for other in _shown(first, others, explained.credible - 1)),
            standing=standing,
            evidence=explained.evidence,
            exact=first.exact,
            together=self.values.together(first),
        )

    def _settle(self, root: str, standing: Standing, candidate: Candidate, numbers: list[int]) -> None:
        """Turns the root towards the cells that are the cause."""
        finding, cell = self.by_id[root], candidate.cells[0]
        if cell in self.table.quoted:
            return  # the finding about the text names it already
        facts, position = self.data.facts, self.table.position[cell]
        name, version, period = facts.parts(position)
        change = self.values.change(candidate, 0)
        totals = self._witnesses(numbers, candidate)
        moved = finding.record != facts.record[position]
        shown = self.values.shown(cell, candidate.proposed[0])
        self.by_id[root] = replace(
            finding,
            ref=facts.ref(position),
            department=str(facts.department[position]),
            form=str(facts.form[position]),
            record=str(facts.record[position]),
            field=name,
            version=version,
            period=period,
            component=str(facts.component[position]),
            found=str(facts.raw[position]),
            expected=shown,
            variant=self._variant(standing, candidate),
            data={
                **{key: value for key, value in finding.data.items() if key != "row_name" or not moved},
                **self._measured_by(position, finding, numbers),
                "totals": totals,
                "cells": tuple(self.values.ref(other) for other in candidate.cells),
                "difference": trimmed(facts.decimal(-change)),
                **(self.values.scale(candidate) if candidate.cause == UNIT else {}),
                "checks": len({self.system.finding[number] for number in numbers}),
            },
        )

    def _variant(self, standing: Standing, candidate: Candidate) -> str:
        if candidate.cause == UNIT and abs(candidate.proposed[0]) > abs(candidate.observed[0] or 0):
            return "located_line_unit_less"
        if len(candidate.cells) > 1:
            return f"located_{candidate.cause}"
        if self.values.stored(candidate.cells[0]):
            return "located_formula"
        claim = "located" if standing == "localised" else "located_likely"
        return claim if candidate.exact else f"{claim}_about"

    def _witnesses(self, numbers: Iterable[int], candidate: Candidate) -> tuple[CellRef, ...]:
        """The cells that say so: the stated total of each violated edit, or where that is the cause, its parts."""
        own = {self.table.position[cell] for cell in candidate.cells}
        stated: set[int] = set()
        parts: set[int] = set()
        texts: set[int] = set()
        for number in numbers:
            positions = self.system.positions(number)
            at = number - len(self.system.balances)
            if at >= 0:
                edit = self.system.edits[at]
                texts |= set() if isinstance(edit, Derived) or edit.text == ABSENT else {edit.text}
                stated |= set(positions) - own if len(positions) < 4 else set()
            elif self.system.balances.total[number] not in own:
                stated |= {self.system.balances.total[number]} - {ABSENT}
            parts |= set(positions)
        named = sorted(stated - own) or sorted(parts - own)
        return tuple(self.data.facts.ref(position) for position in [*named, *sorted(texts)])

    def _measured_by(self, position: int, root: Finding, numbers: Iterable[int]) -> dict[str, object]:
        """Of a root about equal amounts: an amount that the cell is measured by, which it may have been itself."""
        if root.code != EQUAL:
            return {}
        pairs = (self.system.positions(n) for n in numbers if self.system.finding[n] == root.id)
        other = next((p for pair in pairs if position in pair for p in pair if p != position), None)
        return {} if other is None else measured_by(self.data.facts, other)


def _shown(first: Candidate, others: list[Candidate], credible: int) -> list[Candidate]:
    """The alternatives worth naming; of a part and its forgotten totals never one without the other."""
    shown = others[: max(credible, 1)][:SHOWN]
    if first.cause == TWIN and all(len(other.cells) > 1 for other in shown):
        shown += [other for other in others if len(other.cells) == 1][:1]
    return shown
