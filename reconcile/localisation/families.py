"""Where nearly a whole family of checks fails, the layout or the pack is questioned first.

A column that was read one to the left, a region renamed, sums that the print rounds: these look like many faults. One
finding says so, and the others of the family are its effects; what one wrong cell explains is left out of the count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from reconcile.balances import FAIL, PASS, ROUNDED
from reconcile.consequences import attach
from reconcile.facts import ABSENT, NUMBER
from reconcile.findings import Finding
from reconcile.localisation.factors import factor_of, gather_unit
from reconcile.localisation.system import System
from reconcile.localiser.rounding import infer
from reconcile.rules.context import Confrontation

# A family is questioned when more than this share of its edits fails, and at least so many.
SHARE, AT_LEAST = 0.3, 4
# Where nearly all of them fail, only what is claimed, or what many cells have in common, is believed before that.
NEARLY = 2 / 3
# Compared with a plan, and not added up.
BESIDE = ("PRG001", "PRG002", "PRG003")
# In so many returns, and more than this share of those that have the form, it is the pack's own rule.
RETURNS, EVERYWHERE = 3, 0.5

LOCATED = "located"
PERCENT = 100
# File, form and code.
Family = tuple[str, str, str]


def doubted(data: Confrontation, system: System) -> frozenset[int]:
    """The violated edits of families of which nearly all fail: a likely story of each would hide what they share."""
    failing: defaultdict[Family, list[int]] = defaultdict(list)
    for number in sorted(system.finding):
        if _has_a_home(system, number):
            failing[_family(data, system, number)].append(number)
    many = {family: numbers for family, numbers in failing.items() if _apart(system, numbers) >= AT_LEAST}
    judged = _judged(data, system, {family[1:] for family in many}) if many else {}
    return frozenset(
        number
        for family, numbers in many.items()
        if _apart(system, numbers) > NEARLY * _apart(system, judged.get(family, ()))
        for number in numbers
    )


def question_families(data: Confrontation, system: System, by_id: dict[str, Finding]) -> None:
    """Makes one finding of each family that fails as such; ``by_id`` is changed in place."""
    failing = _failing(data, system, by_id)
    questioned = {family: numbers for family, numbers in failing.items() if _apart(system, numbers) >= AT_LEAST}
    if not questioned:
        return
    judged = _judged(data, system, {family[1:] for family in questioned})
    questioned = {
        family: numbers
        for family, numbers in questioned.items()
        if _apart(system, numbers) > SHARE * _apart(system, judged.get(family, ()))
    }
    returns = Counter(family[1:] for family in judged)
    failed = Counter(family[1:] for family in questioned)
    units: list[tuple[str, list[int]]] = []
    for family, numbers in sorted(questioned.items()):
        rule = family[1:]
        everywhere = failed[rule] >= RETURNS and failed[rule] > EVERYWHERE * returns[rule]
        ids = sorted({system.finding[number] for number in numbers}, key=lambda i: _reading_order(by_id[i]))
        if len(ids) < AT_LEAST:
            continue
        factor = factor_of(data.facts, system, numbers)
        variant = (
            "family_percent"
            if factor == PERCENT
            else "family_unit"
            if factor
            else "family_rounded"
            if _rounds(data, system, numbers)
            else "family_pack"
            if everywhere
            else "family"
        )
        first = by_id[ids[0]]
        told = {**first.data, "failed": len(numbers), "judged": len(judged[family]), "returns": failed[rule]}
        told["factor"] = factor
        told.pop("candidates", None)
        by_id[ids[0]] = replace(first, variant=variant, data=told, suggestion=None)
        for other in ids[1:]:
            by_id[other] = replace(by_id[other], suggestion=None)
        beside = _in_the_same_columns(data, system, numbers, by_id) if variant == "family" else set()
        attach(by_id, ids[0], {*ids[1:], *beside} - {ids[0]})
        if factor:
            units.append((ids[0], numbers))
    for root, numbers in units:
        if not by_id[root].root:
            gather_unit(data.facts, system, by_id, root, numbers)


def _in_the_same_columns(
    data: Confrontation, system: System, numbers: list[int], by_id: dict[str, Finding]
) -> set[str]:
    """What else fails over the columns of a family whose layout is in doubt: figures compared, and with a plan."""
    facts = data.facts
    own = {p for n in numbers for p in system.positions(n)}
    columns = {(str(facts.file[p]), str(facts.sheet[p]), int(facts.column[p])) for p in own}
    compared = set(system.finding.values())
    return {
        finding.id
        for finding in by_id.values()
        if (finding.id in compared or finding.code in BESIDE)
        and not (finding.root or finding.effects or finding.variant.startswith(LOCATED))
        and any((part.ref.file, part.ref.sheet, part.ref.column) in columns for part in finding.cells)
    }


def _failing(data: Confrontation, system: System, by_id: dict[str, Finding]) -> dict[Family, list[int]]:
    """The violated edits that no cell was found to explain, by family."""
    found: defaultdict[Family, list[int]] = defaultdict(list)
    for number, finding in sorted(system.finding.items()):
        told = by_id[finding]
        if _has_a_home(system, number) and not (told.root or told.effects or told.variant.startswith(LOCATED)):
            found[_family(data, system, number)].append(number)
    return found


def _has_a_home(system: System, number: int) -> bool:
    """Whether an edit belongs to a return; what the printed total says of all of them together does not."""
    return number >= len(system.balances) or system.balances.total[number] != ABSENT


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


def _apart(system: System, numbers: Iterable[int]) -> int:
    """How many edits say something of their own: two totals over the same parts (小計 and 合計 of a return with one
    group) fail together."""
    balances = system.balances
    return len({frozenset(balances.parts_of(n)) if n < len(balances) else n for n in numbers})


def _judged(data: Confrontation, system: System, rules: set[tuple[str, str]]) -> dict[Family, list[int]]:
    """The edits of these forms and codes that were judged, by family."""
    codes = {code for _, code in rules}
    verdicts = np.isin(system.judged.verdict, (PASS, FAIL, ROUNDED))
    numbers = [n for n in np.flatnonzero(verdicts).tolist() if system.balances.code[n] in codes]
    numbers += [len(system.balances) + n for n, edit in enumerate(system.edits) if edit.code in codes]
    found: defaultdict[Family, list[int]] = defaultdict(list)
    for number in numbers:
        family = _family(data, system, number)
        if family[1:] in rules:
            found[family].append(number)
    return found


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
