"""Before any data arrive: how many independent checks cover each cell, and which cells cannot be told apart.

Two cells whose columns of coefficients are proportional answer to every edit in the same way; no constraint can tell
which of them is wrong (the ceiling of any localisation by constraints alone). A form's designer sees here where a
check total is missing, and which columns are unchecked because their totals are live formulas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reconcile.localiser.classes import parallel_classes
from reconcile.localiser.plan import Plan

Standing = Literal["identifiable", "indistinct", "unchecked", "computed"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """One cell: the checks it stands in and the cells, itself included, that these cannot tell from it."""

    cell: int
    checks: int
    alike: tuple[int, ...]
    standing: Standing


def coverage(plan: Plan) -> list[Coverage]:
    """One entry a cell, in order."""
    found = []
    classes = parallel_classes(plan.touching, plan.edits)
    alike = {cell: members for members in classes for cell in members}
    for cell, own in enumerate(plan.cells):
        checks, members = len(plan.touching[cell]), alike.get(cell, (cell,))
        standing: Standing = "identifiable" if len(members) == 1 else "indistinct"
        if own.provenance == "formula":
            standing = "computed"
        elif not checks:
            standing = "unchecked"
        found.append(Coverage(cell, checks, members, standing))
    return found


def ceiling(plan: Plan) -> float:
    """The share of cells that constraints alone can name: classes over checked cells."""
    classes = parallel_classes(plan.touching, plan.edits)
    cells = sum(map(len, classes))
    return len(classes) / cells if cells else 0.0
