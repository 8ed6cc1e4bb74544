"""HIS003: a figure is about ten, a hundred or a thousand times the one of the earlier round, or the reverse."""

from __future__ import annotations

from decimal import Decimal

from reconcile.facts import NUMBER
from reconcile.packs.checks import MagnitudeCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.his001 import both_rounds

TIMES = (1000, 100, 10)
# How far from the power of ten the quotient may be: figures move a little between rounds as well.
NEAR = Decimal("0.25")


def judge(check: MagnitudeCheck, form: Form, data: Confrontation) -> Outcome:
    """Every figure that both rounds state; 0 has no magnitude and passes."""
    outcome = Outcome()
    facts = data.facts
    for position, before in both_rounds(check.values, form, data, outcome, check.code):
        if facts.state[position] != NUMBER or before.value is None:
            outcome.unjudged.append(unjudged_at(facts, position, check.code, "round_not_comparable"))
            continue
        times = magnitude(facts.value[position], before.value)
        if not times:
            outcome.passed += 1
            continue
        outcome.findings.append(
            finding_at(
                facts,
                position,
                check.code,
                variant="" if times > 0 else "fraction",
                expected=before.raw,
                data={"previous": before.raw, "times": abs(times)},
                cells=involved(facts, [position], "value"),
            )
        )
    return outcome


def magnitude(now: Decimal, before: Decimal) -> int:
    """1000 for about a thousand times, -1000 for about a thousandth; 0 where it is neither, nor 10 or 100."""
    if not now or not before or (now < 0) != (before < 0):
        return 0
    for times in TIMES:
        for sign, quotient in ((1, now / before), (-1, before / now)):
            if abs(quotient / times - 1) <= NEAR:
                return sign * times
    return 0
