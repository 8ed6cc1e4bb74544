"""BAL001: the total of a row against its parts. BAL004: a revised total, whose parts are of two versions."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from reconcile.facts import ABSENT, BLANK, NIL, NUMBER
from reconcile.packs.checks import PartsCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome


def judge(check: PartsCheck, form: Form, data: Confrontation) -> Outcome:
    """One constraint a record whose total rests on one of the check's bases."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    total = table.at(check.total)
    slots = [*check.parts, *check.minus]
    parts = np.stack([table.at(slot) for slot in slots], axis=1)
    coefficients = [1] * len(check.parts) + [-1] * len(check.minus)
    # A plan that was never revised states no total: its row is not there to be judged.
    version = check.total.split(".")[1:2]
    own = [check.total, *(slot for slot in slots if slot.split(".")[1:2] == version)]
    stated = ~np.all([np.isin(table.state(slot), (ABSENT, NIL, BLANK)) for slot in own], axis=0)
    # A row or column that the return lacks says nothing about its part.
    whole = np.all([table.has_cell(slot) for slot in slots], axis=0)
    # A part that is ― has nothing to round.
    shown = np.count_nonzero((parts != ABSENT) & (data.facts.state[parts] == NUMBER), axis=1)
    lines = np.flatnonzero(data.rows_of(table, check.basis) & stated & (total != ABSENT))
    facts = data.facts
    rounded = facts.coded("unit").among(check.rounding.half_up)[total[lines]]
    tolerance = np.where(rounded, rounding_tolerance(shown[lines]), 0).tolist()
    outcome.balances.add_rows(
        check.code,
        "difference" if check.minus else "row",
        form.form,
        total[lines],
        parts[lines],
        coefficients,
        table.record[lines].tolist(),
        [last_digits * 10**facts.decimals for last_digits in tolerance],
        np.where(whole[lines], "", "part_not_found").tolist(),
    )
    return outcome


Count = TypeVar("Count", int, npt.NDArray[np.int64])


def rounding_tolerance(parts: Count) -> Count:
    """The most by which half-up rounding of ``parts`` parts and of their total can part them, in last digits.

    Each figure is off by at most a half, so the difference stays below (parts + 1) / 2, and it is whole.
    """
    return parts // 2
