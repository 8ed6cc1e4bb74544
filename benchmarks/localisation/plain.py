"""The yardstick of all times: one pass that recomputes every sum and ratio of a table in plain Python."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.localiser import Linear, Ratio


def recompute(constraints: Sequence[Linear | Ratio], numbers: Sequence[int]) -> int:
    """How many constraints do not hold exactly."""
    failing = 0
    for constraint in constraints:
        if isinstance(constraint, Ratio):
            below = numbers[constraint.denominator]
            meant = (2 * numbers[constraint.numerator] * constraint.scale + below) // (2 * below) if below else 0
            failing += numbers[constraint.result] != meant
        else:
            total = constraint.const
            for cell, factor in constraint.terms.items():
                total += factor * numbers[cell]
            failing += constraint.target is not None and numbers[constraint.target] != total
    return failing
