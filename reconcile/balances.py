"""Balance edits: sparse linear constraints over the facts, judged all at once, exactly, in integers.

Each constraint says: stated total = Σ coefficient × part. The facts are integers of one scale
(:class:`reconcile.facts.Facts`), so that a sum is exact. The field's words: balance edit, confront,
pass / fail / cannot be judged (van der Loo & de Jonge, *Statistical Data Cleaning*, 2018, ch. 6).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from reconcile.facts import ABSENT, BLANK, NIL, NUMBER, Facts, Mask, Positions
from reconcile.figures import whole_numbers

PASS, FAIL, ROUNDED, UNJUDGED, EMPTY = range(5)
VERDICTS = ("pass", "fail", "rounded", "unjudged", "empty")


def _numbers() -> array[int]:
    """Whole numbers of four bytes, of which there are millions."""
    return array("i")


def _factors() -> array[int]:
    """Factors of parts, which are 1 or −1."""
    return array("b")


@dataclass(slots=True)
class Balances:
    """Constraints as columns.

    ``code`` and ``kind`` (a key of the message catalogue for what is compared) have one entry a constraint;
    ``total`` is the position of the stated figure, or -1 where ``control`` (scaled) states it; ``start`` holds
    where the parts of each constraint begin in ``part`` and ``coefficient``; ``tolerance`` is scaled;
    ``excluded`` counts what was left out as counted before (scaled); ``group`` names what the sum is over.
    """

    code: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    form: list[str] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    total: array[int] = field(default_factory=_numbers)
    control: list[int] = field(default_factory=list)
    tolerance: list[int] = field(default_factory=list)
    excluded: list[int] = field(default_factory=list)
    hold: list[str] = field(default_factory=list)
    start: array[int] = field(default_factory=_numbers)
    part: array[int] = field(default_factory=_numbers)
    coefficient: array[int] = field(default_factory=_factors)

    def __len__(self) -> int:
        return len(self.code)

    def add(
        self,
        code: str,
        kind: str,
        form: str,
        total: int,
        parts: Sequence[int],
        *,
        coefficients: Sequence[int] | None = None,
        group: str = "",
        control: int = 0,
        tolerance: int = 0,
        excluded: int = 0,
        hold: str = "",
    ) -> None:
        """One constraint more. ``hold`` is a reason why it must not be judged yet (key of the catalogue)."""
        self.code.append(code)
        self.kind.append(kind)
        self.form.append(form)
        self.group.append(group)
        self.total.append(int(total))
        self.control.append(control)
        self.tolerance.append(tolerance)
        self.excluded.append(excluded)
        self.hold.append(hold)
        self.start.append(len(self.part))
        kept = array("i", [part for part in parts if part != ABSENT])
        self.part += kept
        if coefficients is None:
            self.coefficient += array("b", (1,)) * len(kept)
        else:
            self.coefficient.extend(c for part, c in zip(parts, coefficients, strict=True) if part != ABSENT)

    def add_rows(
        self,
        code: str,
        kind: str,
        form: str,
        totals: Positions,
        parts: Positions,
        coefficients: Sequence[int],
        groups: Sequence[str],
        tolerances: Sequence[int],
        holds: Sequence[str],
    ) -> None:
        """One constraint for each of some rows alike: ``parts`` is rows × parts, with a coefficient for each column."""
        there = parts != ABSENT
        own = np.broadcast_to(np.array(coefficients, dtype=np.int8), parts.shape)[there]
        sizes = there.sum(axis=1)
        self.add_all(code, [kind] * len(totals), form, totals, parts[there], sizes, groups, tolerances, holds, own)

    def add_all(
        self,
        code: str,
        kinds: Sequence[str],
        form: str,
        totals: Positions,
        parts: Positions,
        sizes: Positions,
        groups: Sequence[str],
        tolerances: Sequence[int],
        holds: Sequence[str],
        coefficients: npt.NDArray[np.int8] | None = None,
    ) -> None:
        """Many constraints: ``parts`` are those of all, one after the other and none absent, ``sizes`` how many each
        has; without ``coefficients`` each counts once."""
        size = len(totals)
        self.code += [code] * size
        self.kind += kinds
        self.form += [form] * size
        self.group += groups
        self.total.frombytes(totals.astype(np.int32).tobytes())
        self.control += [0] * size
        self.tolerance += tolerances
        self.excluded += [0] * size
        self.hold += holds
        self.start.frombytes((len(self.part) + np.cumsum(sizes) - sizes).astype(np.int32).tobytes())
        self.part.frombytes(parts.astype(np.int32).tobytes())
        own = np.ones(len(parts), dtype=np.int8) if coefficients is None else coefficients
        self.coefficient.frombytes(own.tobytes())

    def extend(self, other: Balances) -> None:
        """The constraints of another set after these."""
        offset = len(self.part)
        for name in ("code", "kind", "form", "group", "total", "control", "tolerance", "excluded", "hold"):
            getattr(self, name).extend(getattr(other, name))
        self.start.extend(offset + start for start in other.start)
        self.part += other.part
        self.coefficient += other.coefficient

    def parts_of(self, number: int) -> list[int]:
        """Positions of the parts of one constraint."""
        end = self.start[number + 1] if number + 1 < len(self.start) else len(self.part)
        return self.part[self.start[number] : end].tolist()


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of each constraint: verdict, computed sum, difference (stated − computed; both scaled), why not."""

    verdict: npt.NDArray[np.int8]
    stated: npt.NDArray[np.int64]
    computed: npt.NDArray[np.int64]
    difference: npt.NDArray[np.int64]
    why: list[str]


def judge(balances: Balances, facts: Facts, due: Mask) -> Judged:
    """Judges every constraint in one pass.

    A number counts; ― (nil) counts as nothing; a blank that is not due drops out; a blank that is due, a
    pending figure, an error or a text makes the sum unjudged (CONTRACT, Sums). ``due`` tells for each fact
    whether the form requires it. Where neither total nor parts hold a figure there is nothing to judge.
    """
    size = len(balances)
    total = np.array(balances.total, dtype=np.int64)
    part = np.asarray(balances.part, dtype=np.int32)
    start = np.append(np.array(balances.start, dtype=np.int64), len(part))

    state = facts.state[part] if len(part) else np.zeros(0, np.int8)
    known = state == NUMBER
    silent = (state == NIL) | ((state == BLANK) & ~due[part]) if len(part) else np.zeros(0, bool)
    figures = np.where(known, facts.number[part] if len(part) else 0, 0)
    computed = _sums(figures * np.asarray(balances.coefficient, dtype=np.int8), start)
    has_figure = _sums(known, start) > 0
    blocked = _sums(~known & ~silent, start) > 0

    controlled = total == ABSENT
    safe = np.where(controlled, 0, total)
    total_state = np.where(controlled, NUMBER, facts.state[safe] if len(facts) else NUMBER)
    control = whole_numbers(balances.control)
    stated = np.where(controlled, control, np.where(total_state == NUMBER, facts.number[safe] if len(facts) else 0, 0))
    difference = stated - computed
    tolerance = whole_numbers(balances.tolerance)
    held = np.array([bool(reason) for reason in balances.hold], dtype=bool)

    verdict = np.where(difference == 0, PASS, np.where(abs(difference) <= tolerance, ROUNDED, FAIL))
    no_total = total_state != NUMBER
    verdict = np.where(blocked | no_total | held, UNJUDGED, verdict)
    nothing = ~has_figure & ~blocked & np.isin(total_state, (NIL, BLANK))
    verdict = np.where(nothing, EMPTY, verdict).astype(np.int8)
    why = [""] * size
    for n in np.flatnonzero(verdict == UNJUDGED).tolist():
        why[n] = balances.hold[n] or ("part_not_a_number" if blocked[n] else "total_not_a_number")
    return Judged(verdict, stated, computed, difference, why)


def _sums(values: npt.NDArray[Any], start: Positions) -> npt.NDArray[Any]:
    """The sums of the values from each start to the next. Where the sum of all goes beyond 64 bits, as it may, what
    lies between two of its states is still exact."""
    wide = {"O": object, "b": np.int32}.get(values.dtype.kind, np.int64)
    ran = np.zeros(len(values) + 1, dtype=wide)
    np.cumsum(values, out=ran[1:])
    return ran[start[1:]] - ran[start[:-1]]
