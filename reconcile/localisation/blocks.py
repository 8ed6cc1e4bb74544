"""What hangs together with violated edits, block by block: no block says anything of the figures of another one.

Cells hang together through edits, through a finding that reports several of these, and as values of one form in one
return, which tell what a plausible figure is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reconcile.facts import Facts, Positions
from reconcile.localisation.system import System


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers of edits, and the positions of their cells, both in order."""

    numbers: Positions
    positions: Positions


def blocks_of(system: System) -> Iterator[Block]:
    """The blocks, in order of their first cells."""
    numbers, positions = system.block
    if not len(numbers):
        return
    cells, owner = system.incidence
    cell, edit = _places(positions, cells), _places(numbers, owner)
    there = (cell >= 0) & (edit >= 0)
    cell, edit = cell[there], edit[there]
    first = np.full(len(numbers), -1)
    first[edit[::-1]] = cell[::-1]
    homes, reports = _homes(system.facts, positions), _reports(system, numbers)
    said = (first >= 0) & (first[reports] >= 0)
    one = np.concatenate([first[edit], homes, first[reports][said]])
    other = np.concatenate([cell, np.arange(len(positions)), first[said]])
    root = connected(len(positions), one, other)
    in_order = np.argsort(root, kind="stable")
    begins = np.flatnonzero(np.diff(root[in_order], prepend=-1))
    # An edit without cells is in no block.
    own = np.where(first >= 0, root[first], -1)
    edits = np.argsort(own, kind="stable")
    starts = np.searchsorted(own[edits], root[in_order][begins])
    for begin, end, start, stop in zip(
        begins.tolist(),
        [*begins[1:].tolist(), len(in_order)],
        starts.tolist(),
        [*starts[1:].tolist(), len(edits)],
        strict=True,
    ):
        yield Block(numbers[edits[start:stop]], positions[in_order[begin:end]])


def connected(size: int, one: Positions, other: Positions) -> Positions:
    """For each of so many nodes the lowest one that it hangs together with, given which pairs are joined."""
    root = np.arange(size)
    while True:
        low = np.minimum(root[one], root[other])
        lower = root.copy()
        # Each group joins the lowest one beside it: so at least half of those that are not done are gone every time.
        np.minimum.at(lower, root[one], low)
        np.minimum.at(lower, root[other], low)
        while True:
            further = lower[lower]
            if np.array_equal(further, lower):
                break
            lower = further
        if np.array_equal(lower, root):
            return root
        root = lower


def _places(among: Positions, wanted: Positions) -> Positions:
    """Where each of some numbers stands among others, which rise; -1 where it does not."""
    place = np.minimum(np.searchsorted(among, wanted), len(among) - 1)
    return np.where(among[place] == wanted, place, -1)


def _homes(facts: Facts, positions: Positions) -> Positions:
    """For each value the place of the first one of its return and form."""
    file, form = facts.coded("file").take(positions), facts.coded("form").take(positions)
    _, first, own = np.unique(
        file.codes.astype(np.int64) * len(form.values) + form.codes, return_index=True, return_inverse=True
    )
    return np.asarray(first[own])


def _reports(system: System, numbers: Positions) -> Positions:
    """For each edit the place of the first one that the same finding reports; its own where none does."""
    first: dict[str, int] = {}
    found = [
        place if finding is None else first.setdefault(finding, place)
        for place, finding in enumerate(map(system.finding.get, numbers.tolist()))
    ]
    return np.array(found, dtype=np.int64)
