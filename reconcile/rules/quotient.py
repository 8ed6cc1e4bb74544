"""Quotients recomputed exactly: which one a record asks for, what it comes to, and how a stated figure compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import numpy as np

from reconcile.edits import Derived
from reconcile.facts import ABSENT, BLANK, EXACT, NIL, NUMBER, Facts, FormTable
from reconcile.normalise import fold_key
from reconcile.packs.checks import DerivedCheck
from reconcile.packs.model import Form, Pack
from reconcile.rules.context import Confrontation
from reconcile.rules.figures import trimmed

# Why it cannot be judged: the figure stated, the dividend, the divisor is none. Percentages speak of actual and target.
UNREADABLE = {
    "RAT001": ("percentage_not_a_number", "actual_not_a_number", "target_not_a_number"),
    "RAT003": ("quotient_not_a_number", "dividend_not_a_number", "divisor_not_a_number"),
}
METHODS = ("actual_over_target", "target_over_actual", "progress")

Verdict = Literal["same", "last_digit", "differs"]


@dataclass(frozen=True, slots=True)
class Quotient:
    """One record (and component) whose quotient is stated: positions in the facts, and what was made of them.

    ``expected`` is rounded as the check says, ``difference`` what is stated less that; ``verdict`` compares the two;
    ``why`` is set, and these are not, where it could not be computed.
    """

    line: int
    figure: int
    dividend: int
    divisor: int
    start: int
    method: str
    expected: Decimal | None = None
    difference: Decimal = Decimal(0)
    verdict: Verdict | None = None
    why: str = ""

    @property
    def operands(self) -> tuple[int, ...]:
        """The figures the quotient is made of."""
        parts = (self.dividend, self.divisor, self.start if self.method == "progress" else ABSENT)
        return tuple(part for part in parts if part != ABSENT)


def quotients(check: DerivedCheck, form: Form, table: FormTable, data: Confrontation) -> Iterator[Quotient]:
    """Every record with something in the cell of the quotient.

    ― beside parts that are not known yet (集計中) cannot be judged; ― or a blank beside figures is for FLD009 and
    FLD001 to say, and not among these.
    """
    methods = methods_of(data.pack, form, check)
    figure, dividend, divisor = (table.at(slot) for slot in (check.figure, check.dividend, check.divisor))
    start = table.at(check.start) if check.start else np.full(len(table), ABSENT, dtype=np.int64)
    states = table.state(check.figure)
    parts = [table.state(slot) for slot in (check.dividend, check.divisor)]
    finest = {slot: _decimals(table, slot) for slot in check.rounded}
    waiting = np.any([~np.isin(state, (ABSENT, BLANK, NIL, NUMBER)) for state in parts], axis=0)
    chosen = ~np.isin(states, (ABSENT, BLANK, NIL)) | ((states == NIL) & waiting)
    for line in np.flatnonzero(table.is_level("record") & chosen):
        key = fold_key(str(table.record[line]))
        found = Quotient(
            int(line),
            int(figure[line]),
            int(dividend[line]),
            int(divisor[line]),
            int(start[line]),
            methods.get(key) or METHODS[0],
        )
        file = str(table.file[line])
        spread = [
            Fraction(1, 2 * 10 ** finest[slot][file]) if file in finest.get(slot, {}) else Fraction(0)
            for slot in (check.dividend, check.divisor)
        ]
        yield _judged(check, data.facts, found, spread)


def fails(check: DerivedCheck, form: Form, found: Quotient) -> bool:
    """Whether a quotient fails the check: what is off in its last digit only fails RAT004 where the form has that
    check for the same figure, else the check itself."""
    if check.code == "RAT004":
        return found.verdict == "last_digit"
    lenient = any(
        isinstance(other, DerivedCheck) and other.code == "RAT004" and other.figure == check.figure
        for other in form.checks
    )
    return found.verdict == "differs" or (found.verdict == "last_digit" and not lenient)


def _decimals(table: FormTable, slot: str) -> dict[str, int]:
    """The most decimals of a slot's figures, by file: a spreadsheet keeps no zeros at the end of a figure."""
    found: dict[str, int] = {}
    for line, position in enumerate(table.at(slot).tolist()):
        value = table.facts.value[position] if position != ABSENT else None
        if isinstance(value, Decimal):
            exponent = trimmed(value).as_tuple().exponent
            decimals = max(0, -exponent) if isinstance(exponent, int) else 0
            found[str(table.file[line])] = max(found.get(str(table.file[line]), 0), decimals)
    return found


def derived(check: DerivedCheck, form: Form, found: Quotient) -> list[Derived]:
    """What must hold between the figures of a judged quotient, unless another check says so."""
    if found.verdict is None or check.rounding == "up":
        return []
    failing = fails(check, form, found)
    if not failing and (check.code == "RAT004" or found.verdict != "same"):
        return []
    above, below = found.dividend, found.divisor
    if found.method == "target_over_actual":
        above, below = below, above
    told = (check.scale, check.decimals, not failing, check.rounding == "down", bool(check.rounded))
    start = found.start if found.method == "progress" else ABSENT
    return [Derived(check.code, found.figure, above, below, *told, start=start)]


def asking(check: DerivedCheck, form: Form, table: FormTable, data: Confrontation) -> Iterator[Derived]:
    """The quotients of which one figure is not known, and the others say what it must be."""
    if check.rounding == "up":
        return
    slots = (check.figure, check.dividend, check.divisor)
    unknown = np.stack([~np.isin(table.state(slot), (ABSENT, NUMBER)) for slot in slots])
    known = np.stack([table.state(slot) == NUMBER for slot in slots])
    chosen = table.is_level("record") & (unknown.sum(axis=0) == 1) & (known.sum(axis=0) == len(slots) - 1)
    if not chosen.any():
        return
    methods = methods_of(data.pack, form, check)
    start = table.at(check.start) if check.start else np.full(len(table), ABSENT, dtype=np.int64)
    for line in np.flatnonzero(chosen).tolist():
        method = methods.get(fold_key(str(table.record[line]))) or METHODS[0]
        origin = int(start[line]) if method == "progress" else ABSENT
        if method == "progress" and (origin == ABSENT or data.facts.state[origin] != NUMBER):
            continue
        figure, above, below = (int(table.at(slot)[line]) for slot in slots)
        if method == "target_over_actual":
            above, below = below, above
        told = (check.scale, check.decimals, True, check.rounding == "down", bool(check.rounded), origin)
        yield Derived(check.code, figure, above, below, *told)


def methods_of(pack: Pack, form: Form, check: DerivedCheck) -> dict[str, str]:
    """Record → which quotient it is, as the register says."""
    if check.register_file is None or check.method is None:
        return {}
    table = pack.tables[check.register_file]
    link = form.register_link
    key = link.key if link and link.file == check.register_file else table.columns[0]
    return {fold_key(row[key]): row[check.method].strip() for row in table.rows}


def _judged(check: DerivedCheck, facts: Facts, found: Quotient, spread: Sequence[Fraction]) -> Quotient:
    stated_why, *whys = UNREADABLE.get(check.code, UNREADABLE["RAT001"])
    if facts.state[found.figure] not in (NUMBER, NIL):
        return replace(found, why=stated_why)
    names = dict(zip((found.dividend, found.divisor), whys, strict=True))
    if found.method == "progress":
        names[found.start] = "start_not_a_number"
    for position, why in names.items():
        if position == ABSENT or facts.state[position] != NUMBER:
            return replace(found, why=why)
    dividend, divisor = (Fraction(facts.value[position]) for position in (found.dividend, found.divisor))
    start = Fraction(facts.value[found.start]) if found.method == "progress" else Fraction(0)
    exact = _divide(found.method, dividend, divisor, start)
    if exact is None:
        return replace(found, why="divisor_is_zero")
    if facts.state[found.figure] != NUMBER:
        return replace(found, why=stated_why)
    expected = rounded(exact * check.scale, check)
    stated = facts.value[found.figure]
    # A formula's stored result has more digits than it shows.
    shown = rounded(Fraction(stated), check) if stated.as_tuple().exponent < -check.decimals else stated
    # What the parts may have been before they were rounded.
    may_be = [expected] + [
        rounded(other * check.scale, check)
        for one in {-spread[0], spread[0]}
        for two in {-spread[1], spread[1]}
        if (divisor + two) * divisor > 0
        and (other := _divide(found.method, dividend + one, divisor + two, start)) is not None
    ]
    off = max(min(may_be) - shown, shown - max(may_be))
    verdict: Verdict = "same" if off <= 0 else "last_digit" if off <= Decimal(1).scaleb(-check.decimals) else "differs"
    return replace(found, expected=expected, difference=trimmed(shown - expected), verdict=verdict)


def _divide(method: str, dividend: Fraction, divisor: Fraction, start: Fraction) -> Fraction | None:
    """The quotient a method asks for; None where the divisor is 0."""
    if method == "target_over_actual":
        dividend, divisor = divisor, dividend
    elif method == "progress":
        dividend, divisor = dividend - start, divisor - start
    return dividend / divisor if divisor else None


def rounded(value: Fraction, check: DerivedCheck) -> Decimal:
    """A value rounded to the decimals of the check, in its way; ties are decided exactly."""
    steps = value * 10**check.decimals
    whole, rest = divmod(steps.numerator, steps.denominator)
    half = 2 * rest - steps.denominator
    up = {
        "half_up": half > 0 or (half == 0 and value > 0),
        "half_even": half > 0 or (half == 0 and whole % 2 == 1),
        "down": rest > 0 and value < 0,
        "up": rest > 0 and value > 0,
    }[check.rounding]
    return EXACT.scaleb(Decimal(whole + up), Decimal(-check.decimals))


def written(value: Decimal, unit: str) -> str:
    """A figure with all its decimals, as the form prints it: ``100.0%``, ``15,230.4 人``."""
    gap = "" if unit in ("", "%") else " "
    return f"{value:,f}{gap}{unit}"
