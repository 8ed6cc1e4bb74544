"""Where nearly a whole family of checks fails, the layout or the pack is questioned first.

A column that was read one to the left, a region renamed, sums that the print rounds: these look like many faults. One
finding says so, and the others of the family are its effects; what one wrong cell explains is left out of the count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np

from reconcile.balances import FAIL, PASS, ROUNDED
from reconcile.consequences import attach
from reconcile.facts import ABSENT, NUMBER
from reconcile.findings import Finding
from reconcile.localisation.system import System
from reconcile.localiser.rounding import infer
from reconcile.rules.context import Confrontation

# A family is questioned when more than this share of its edits fails, and at least so many.
SHARE, AT_LEAST = 0.3, 4
# In so many returns, and more than this share of those that have the form, it is the pack's own rule.
RETURNS, EVERYWHERE = 3, 0.5

# File, form and code.
Family = tuple[str, str, str]


def question_families(data: Confrontation, system: System, by_id: dict[str, Finding]) -> None:
    """Makes one finding of each family that fails as such; ``by_id`` is changed in place."""
    failing = _failing(data, system, by_id)
    questioned = {family: numbers for family, numbers in failing.items() if len(numbers) >= AT_LEAST}
    if not questioned:
        return
    judged = _judged(data, system, {family[1:] for family in questioned})
    questioned = {f: numbers for f, numbers in questioned.items() if len(numbers) > SHARE * judged.get(f, 0)}
    returns = Counter(family[1:] for family in judged)
    failed = Counter(family[1:] for family in questioned)
    for family, numbers in sorted(questioned.items()):
        rule = family[1:]
        everywhere = failed[rule] >= RETURNS and failed[rule] > EVERYWHERE * returns[rule]
        ids = sorted({system.finding[number] for number in numbers}, key=lambda i: _reading_order(by_id[i]))
        if len(ids) < AT_LEAST:
            continue
        variant = "family_rounded" if _rounds(data, system, numbers) else "family_pack" if everywhere else "family"
        first = by_id[ids[0]]
        told = {**first.data, "failed": len(numbers), "judged": judged[family], "returns": failed[rule]}
        by_id[ids[0]] = replace(first, variant=variant, data=told, suggestion=None)
        for other in ids[1:]:
            by_id[other] = replace(by_id[other], suggestion=None)
        attach(by_id, ids[0], ids[1:])


def _failing(data: Confrontation, system: System, by_id: dict[str, Finding]) -> dict[Family, list[int]]:
    """The violated edits that no cell was found to explain, by family."""
    found: defaultdict[Family, list[int]] = defaultdict(list)
    for number, finding in sorted(system.finding.items()):
        told = by_id[finding]
        if not (told.root or told.effects or told.variant.startswith("located")):
            found[_family(data, system, number)].append(number)
    return found


def _family(data: Confrontation, system: System, number: int) -> Family:
    """Where the edit is at home: the return and form of its total, or of its first cell."""
    balances, facts = system.balances, data.facts
    if number >= len(balances):
        edit = system.edits[number - len(balances)]
        position, code = edit.positions[0], edit.code
    else:
        parts, code = balances.parts_of(number), balances.code[number]
        position = balances.total[number] if balances.total[number] != ABSENT else next(iter(parts), ABSENT)
    return (str(facts.file[position]), str(facts.form[position]), code)


def _judged(data: Confrontation, system: System, rules: set[tuple[str, str]]) -> dict[Family, int]:
    """How many edits of these forms and codes were judged, by family."""
    codes = {code for _, code in rules}
    verdicts = np.isin(system.judged.verdict, (PASS, FAIL, ROUNDED))
    numbers = [n for n in np.flatnonzero(verdicts).tolist() if system.balances.code[n] in codes]
    numbers += [len(system.balances) + n for n, edit in enumerate(system.edits) if edit.code in codes]
    counts: defaultdict[Family, int] = defaultdict(int)
    for number in numbers:
        family = _family(data, system, number)
        if family[1:] in rules:
            counts[family] += 1
    return counts


def _rounds(data: Confrontation, system: System, numbers: list[int]) -> bool:
    """Whether the differences are what rounding leaves of sums that should be exact: then the pack has to say so."""
    balances, facts = system.balances, data.facts
    own = [n for n in numbers if n < len(balances) and not balances.tolerance[n]]
    if len(own) < AT_LEAST:
        return False
    one = 10**facts.decimals
    residuals = [int(system.judged.difference[n]) for n in own]
    parts = [sum(1 for p in balances.parts_of(n) if facts.state[p] == NUMBER) for n in own]
    return all(r % one == 0 for r in residuals) and infer([r // one for r in residuals], parts) != "exact"


def _reading_order(finding: Finding) -> tuple[object, ...]:
    ref = finding.ref
    return (ref.sheet, ref.row, ref.column, finding.id)
