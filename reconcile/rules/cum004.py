"""CUM004: an increment stands where a cumulative value belongs, or the reverse."""

from __future__ import annotations

from itertools import accumulate, pairwise

import numpy as np

from reconcile.facts import NIL, NUMBER, Facts
from reconcile.findings import Suggestion
from reconcile.packs.checks import IncrementCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.figures import figure, plain

# The record may be cumulative or not, and only the office knows: never told as more than probable.
PROBABLY = 0.75


def judge(check: IncrementCheck, form: Form, data: Confrontation) -> Outcome:
    """Records whose figures all fit the other reading than the one their basis says.

    Variant ``increments``: a cumulative record whose total is the sum of its years and not the last of them;
    ``either`` where the years do not fall, so that the total may be what is wrong.
    Variant ``cumulative``: a record of sums whose total is its last year, and whose years never fall.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    total = table.at(check.total)
    series = np.stack([table.at(slot) for slot in check.series], axis=1)
    states = np.stack([table.state(slot) for slot in (*check.series, check.total)], axis=1)
    cumulative = data.rows_of(table, check.cumulative)
    wanted = cumulative | data.rows_of(table, check.increment)
    numbers = (states[:, :-1] == NUMBER).sum(axis=1)
    known = np.isin(states[:, :-1], (NUMBER, NIL)).all(axis=1) & (states[:, -1] == NUMBER)
    for line in np.flatnonzero(wanted & (states == NUMBER).any(axis=1)):
        if not known[line]:
            if cumulative[line]:
                outcome.unjudged.append(unjudged_at(facts, int(total[line]), check.code, "part_not_a_number"))
            continue
        years = [int(p) for p in series[line] if facts.state[p] == NUMBER]
        if numbers[line] < 2:
            continue
        figures = [int(facts.number[p]) for p in years]
        stated, last, added = int(facts.number[total[line]]), figures[-1], sum(figures)
        rising = all(a <= b for a, b in pairwise(figures))
        if cumulative[line] and stated == added != last:
            variant, meant = "increments", added
        elif not cumulative[line] and stated == last != added and rising:
            variant, meant = "cumulative", last - sum(figures[:-1])
        else:
            outcome.passed += 1
            continue
        unit = str(facts.unit[years[-1]])
        likely = _running(facts, years, unit) if variant == "increments" else None
        if likely is not None and rising:
            # Years that do not fall may be the running totals that they should be, and added up all the same.
            variant, likely = "either", _either(facts, int(total[line]), years[-1], unit, likely)
        outcome.findings.append(
            finding_at(
                facts,
                years[-1],
                check.code,
                variant=variant,
                expected=figure(facts.decimal(meant), unit),
                data={
                    "total": facts.ref(int(total[line])),
                    "stated": str(facts.raw[total[line]]),
                    "sum": figure(facts.decimal(added), unit),
                    "last": str(facts.raw[years[-1]]),
                    "last_figure": figure(facts.decimal(last), unit),
                },
                cells=involved(facts, years, "part") + involved(facts, [total[line]], "total"),
                suggestion=likely,
            )
        )
    return outcome


def _running(facts: Facts, years: list[int], unit: str) -> Suggestion:
    """The running totals that increments come to: the last one first, which the stated total confirms."""
    sums = list(accumulate(facts.decimal(int(facts.number[year])) for year in years))
    *before, (last, meant) = list(zip(years, sums, strict=True))[1:]
    together = tuple(
        {
            "file": (ref := facts.ref(year)).file,
            "sheet": ref.sheet,
            "cell": ref.a1 or "",
            "value": plain(value),
            "shown": figure(value, unit),
        }
        for year, value in before
    )
    told = (plain(meant), figure(meant, unit), "series_cumulative" if before else "linked", PROBABLY)
    return Suggestion(facts.ref(last), *told, standing="probable", together=together)


def _either(facts: Facts, total: int, last: int, unit: str, running: Suggestion) -> Suggestion:
    """The last year as the total, with the running totals as the other thing that may have been meant."""
    value, ref = facts.decimal(int(facts.number[last])), facts.ref(total)
    other = {
        "file": running.ref.file,
        "sheet": running.ref.sheet,
        "cell": running.ref.a1 or "",
        "value": running.value,
        "shown": running.shown,
        "cause": running.cause,
        "confidence": 1 - PROBABLY,
    }
    # Of several years that would all have to change the first sentence says it.
    alternatives = () if running.together else (other,)
    return Suggestion(ref, plain(value), figure(value, unit), "other", PROBABLY, alternatives, standing="undecided")
