"""BAL003: the figure of a level against the members below it, in one return and across returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from reconcile.facts import ABSENT, BLANK, NUMBER, FormTable
from reconcile.packs.checks import LevelsCheck
from reconcile.packs.matrix import members
from reconcile.packs.model import Form
from reconcile.rules.bal001 import rounding_tolerance
from reconcile.rules.context import Confrontation, Outcome
from reconcile.rules.registers import register_of

# What else the key says (the kind of service) and the component → key of a row → its lines in the form's table.
Rows = dict[tuple[str, ...], dict[str, list[int]]]


def judge(check: LevelsCheck, form: Form, data: Confrontation) -> Outcome:
    """One constraint for each figure of an upper row whose members stand in the same return, and one over the other
    returns where the register has the members answered by other departments.

    Where not all members are there, the sum is held back.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None or form.lines is None:
        return outcome
    below = members(form.lines, data.pack.tables[form.lines.file].rows)
    slots = [slot for slot in form.slots() if slot.partition(".")[0] in check.amounts and slot in table.index]
    for rest, lines in _rows(table, form, data).items():
        for upper, keys in below.items():
            for line in lines.get(upper, ()):
                for kind, parts, hold in _sums(table, form, data, rest, line, keys, lines):
                    for slot in slots:
                        _add(outcome, check, data, table, (kind, line, parts, hold), slot)
    return outcome


def _rows(table: FormTable, form: Form, data: Confrontation) -> Rows:
    """The merged records of the form by what their key says."""
    assert form.lines is not None
    at = form.key.index(form.lines.field)
    first = np.max(list(table.index.values()), axis=0)
    merged = (first != ABSENT) & data.accepted[first]
    found: Rows = {}
    for line in np.flatnonzero(table.is_level("record") & merged).tolist():
        parts = str(table.record[line]).split("/")
        if len(parts) == len(form.key):
            own = parts.pop(at)
            found.setdefault((*parts, str(table.component[line])), {}).setdefault(own, []).append(line)
    return found


def _sums(
    table: FormTable,
    form: Form,
    data: Confrontation,
    rest: tuple[str, ...],
    line: int,
    keys: Sequence[str],
    lines: Mapping[str, list[int]],
) -> Iterator[tuple[str, list[int], str]]:
    """Kind, the lines of the members and why the sum is held back: in the upper row's own file, then elsewhere."""
    file = table.file[line]
    here = [own for key in keys for own in lines.get(key, ()) if table.file[own] == file]
    if here:
        yield "level", here, "" if len(here) == len(keys) else "members_missing"
    there = [own for key in keys for own in lines.get(key, ()) if table.file[own] != file]
    if there or (not here and _owed_elsewhere(table, form, data, rest, line, keys)):
        whole = len(there) == len(keys)
        yield "across", there, "" if whole else "members_missing" if data.complete else "returns_missing"


def _owed_elsewhere(
    table: FormTable, form: Form, data: Confrontation, rest: tuple[str, ...], line: int, keys: Sequence[str]
) -> bool:
    """Whether the register has other departments answer the members."""
    assert form.lines is not None
    register = register_of(data.pack, form)
    if register is None:
        return False
    at = form.key.index(form.lines.field)
    own = str(table.department[line])
    for key in keys:
        parts = list(rest[:-1])
        parts.insert(at, key)
        owners = register.departments("/".join(parts))
        if owners and own not in owners:
            return True
    return False


def _add(
    outcome: Outcome,
    check: LevelsCheck,
    data: Confrontation,
    table: FormTable,
    constraint: tuple[str, int, list[int], str],
    slot: str,
) -> None:
    kind, line, members_, hold = constraint
    positions, facts = table.at(slot), data.facts
    total = int(positions[line])
    if total == ABSENT:
        return
    parts = positions[members_].tolist()
    # A blank among a row's figures is not known; a row that is blank throughout has nothing to add.
    lost = any(
        p != ABSENT and facts.state[p] == BLANK and _has_figures(table, check, own)
        for p, own in zip(parts, members_, strict=True)
    )
    shown = sum(1 for part in parts if part != ABSENT and facts.state[part] == NUMBER)
    rounded = facts.unit[total] in check.rounding.half_up
    outcome.balances.add(
        check.code,
        kind,
        table.form,
        total,
        parts,
        group=str(table.record[line]),
        tolerance=rounding_tolerance(shown) * 10**facts.decimals if rounded else 0,
        hold=hold or ("part_not_a_number" if lost else ""),
    )


def _has_figures(table: FormTable, check: LevelsCheck, line: int) -> bool:
    """Whether any amount of a record is a figure."""
    amounts = (int(p[line]) for slot, p in table.index.items() if slot.partition(".")[0] in check.amounts)
    return any(p != ABSENT and table.facts.state[p] == NUMBER for p in amounts)
