"""One cause, one finding: findings that follow from another one are attached to it and not shown on their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconcile.findings import SEVERITIES, CellRef, Finding

# What is said of a cell follows from what is said under one of these codes of the same cell: a mistyped number
# leaves its record missing, a wrong unit does not fit the label either, a cumulative target below its start is
# also worse than it.
FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "XRF002": ("FLD006", "FLD007", "XRF001"),
    "FLD012": ("FLD005",),
    "PRG003": ("CUM005",),
}


def attach(by_id: dict[str, Finding], root: str, effects: Iterable[str]) -> None:
    """Makes findings the effects of another one, which takes the worst severity among them."""
    ids = sorted(effects)
    for effect in ids:
        by_id[effect] = replace(by_id[effect], root=root)
    worst = min((by_id[i].severity for i in (root, *ids)), key=SEVERITIES.index)
    by_id[root] = replace(by_id[root], effects=tuple(sorted({*by_id[root].effects, *ids})), severity=worst)


def attach_consequences(by_id: dict[str, Finding]) -> None:
    """Attaches every finding of :data:`FOLLOWS` to the one it follows from, where they share a cell."""
    causes: dict[tuple[str, CellRef], str] = {}
    for finding in by_id.values():
        if not finding.root:
            for part in finding.cells:
                causes.setdefault((finding.code, part.ref), finding.id)
    for finding in list(by_id.values()):
        if finding.root or finding.effects:
            continue
        for code in FOLLOWS.get(finding.code, ()):
            shared = [causes[code, part.ref] for part in finding.cells if (code, part.ref) in causes]
            if shared:
                attach(by_id, shared[0], [finding.id])
                break
