"""Where every total of a row fails and no cell stands out, the row is questioned: one is missing, or stands twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from reconcile.balances import FAIL, PASS, ROUNDED
from reconcile.consequences import attach
from reconcile.facts import ABSENT, NUMBER, Facts
from reconcile.findings import CellRef, Finding
from reconcile.localisation.system import System

CODE = "BAL002"
# So many totals of one row, and no cell that is likelier than this to be what is wrong.
COLUMNS, LIKELY = 3, 0.5
# File, sheet and row.
_Row = tuple[str, str, int]


def question_total_rows(facts: Facts, system: System, by_id: dict[str, Finding]) -> None:
    """Makes one finding of all totals of a row, where all of them fail; ``by_id`` is changed in place."""
    balances = system.balances
    whole = {_row(facts, balances.total[n]) for n in system.finding if n < len(balances) and balances.code[n] == CODE}
    if not whole:
        return
    rows: defaultdict[_Row, list[int]] = defaultdict(list)
    total = np.array(balances.total, dtype=np.int64)
    judged = np.isin(system.judged.verdict, (PASS, FAIL, ROUNDED)) & (total != ABSENT)
    for number in np.flatnonzero(judged & np.isin(facts.row[total], [row for _, _, row in whole])).tolist():
        row = _row(facts, balances.total[number])
        if balances.code[number] == CODE and row in whole:
            rows[row].append(number)
    failing: defaultdict[tuple[str, str], list[list[int]]] = defaultdict(list)
    for _, numbers in sorted(rows.items()):
        ids = [system.finding.get(number) for number in numbers]
        if len(set(ids)) >= max(COLUMNS, len(numbers)) and all(own and _is_open(by_id[own]) for own in ids):
            first = balances.total[numbers[0]]
            failing[str(facts.file[first]), str(facts.form[first])].append(numbers)
    for found in failing.values():
        if len(found) == 1:  # several are a question of the layout: of all rows, and not of one
            _question(facts, system, by_id, found[0])


def _question(facts: Facts, system: System, by_id: dict[str, Finding], numbers: Sequence[int]) -> None:
    """Makes the finding of the first total of a row one of all of them."""
    found = sorted((system.finding[number] for number in numbers), key=lambda own: by_id[own].ref.column)
    variant, line = _what(facts, system, numbers)
    first = by_id[found[0]]
    told = {**first.data, "count": len(numbers), "line": line or first.ref}
    told.pop("candidates", None)
    cells = dict.fromkeys(part for own in found for part in by_id[own].cells)
    by_id[first.id] = replace(first, variant=variant, data=told, cells=tuple(cells), suggestion=None)
    effects = {effect for own in found for effect in (own, *by_id[own].effects)} - {first.id}
    for own in found[1:]:
        by_id[own] = replace(by_id[own], effects=(), suggestion=None)
    again = _said_of_key(by_id, line) if line else None
    attach(by_id, again or first.id, {*effects, first.id} if again else effects)


def _said_of_key(by_id: Mapping[str, Finding], line: CellRef) -> str | None:
    """The finding that says of a row that its key stands twice."""
    here = (line.file, line.sheet, line.row)
    told = (f for f in by_id.values() if f.code == "FLD007" and (f.ref.file, f.ref.sheet, f.ref.row) == here)
    return next((finding.root or finding.id for finding in told), None)


def _row(facts: Facts, position: int) -> _Row:
    return (str(facts.file[position]), str(facts.sheet[position]), int(facts.row[position]))


def _is_open(told: Finding) -> bool:
    """Whether nothing else was found to explain it, and none of its parts is the likely one."""
    likely = told.suggestion if told.suggestion and told.suggestion.confidence >= LIKELY else None
    sure = likely is not None and likely.ref != told.ref
    return not (told.root or sure or told.variant.startswith(("located", "family", "formula")))


def _what(facts: Facts, system: System, numbers: Sequence[int]) -> tuple[str, CellRef | None]:
    """What the differences say of the rows added up: one stands twice (with its first cell), one is missing, or
    neither."""
    off: dict[int, int] = {}  # row: for how many columns its figure is what is too much
    first: dict[int, int] = {}
    for number in numbers:
        surplus = -int(system.judged.difference[number])
        for part in system.balances.parts_of(number):
            row = int(facts.row[part])
            if facts.state[part] == NUMBER and int(facts.number[part]) == surplus:
                off[row] = off.get(row, 0) + 1
                first.setdefault(row, part)
    # The second one of two equal rows is the one to look at.
    twice = [row for row, columns in off.items() if columns == len(numbers)]
    if twice:
        return "family_row_twice", facts.ref(first[max(twice)])
    less = all(int(system.judged.difference[number]) > 0 for number in numbers)
    return ("family_row_missing" if less else "family_row_off"), None


__all__ = ["question_total_rows"]
