"""Re-listed records (再掲) and the records they repeat."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reconcile.normalise import fold_key, fold_name
from reconcile.packs.checks import RelistedCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation
from reconcile.rules.duplicates import accepted_records
from reconcile.rules.registers import register_of
from reconcile.rules.relisted import relisted_lines, without_mark


@dataclass(frozen=True, slots=True)
class Relisting:
    """A re-listed record and its original: component → row of the table; ``original`` is empty where there is none.

    ``key`` is the original's key where the register tells it; ``stray``: the row itself refers to another one;
    ``waiting``: the original may be in a return that has not come.
    """

    lines: dict[str, int]
    original: dict[str, int]
    key: str
    stray: bool
    waiting: bool


def relistings(check: RelistedCheck, form: Form, data: Confrontation) -> Iterator[Relisting]:
    """Every accepted record whose own label is marked."""
    table = data.table(form.form)
    if table is None or form.relisted is None:
        return
    marked = relisted_lines(form, table)
    if not marked.any():
        return
    register = register_of(data.pack, form)
    records: dict[int, dict[str, int]] = defaultdict(dict)
    for line in accepted_records(table, data):
        records[int(table.entry[line])][str(table.component[line])] = line
    firsts = {entry: next(iter(lines.values())) for entry, lines in records.items()}
    by_key: dict[str, int] = {}
    by_name: dict[str, int] = {}
    by_numbers: dict[tuple[str, ...], int] = {}
    names = table.text(form.relisted.field)
    for entry, line in firsts.items():
        if not marked[line]:
            by_key.setdefault(fold_key(str(table.record[line])), entry)
            by_name.setdefault(fold_name(str(names[line])), entry)
            by_numbers.setdefault(numbers_in(str(table.record[line])), entry)
    for entry in np.unique(table.entry[marked]).tolist():
        if entry not in firsts:
            continue
        line = firsts[entry]
        key = fold_key(str(table.record[line]))
        row = register.rows.get(key) if register else None
        told = fold_key(row[check.original]) if row and check.original else ""
        stated = numbers_in(str(names[line])) if form.relisted.reference else ()
        name = fold_name(without_mark(form, form.relisted.field, str(names[line])))
        found = by_key.get(told) if told else by_numbers.get(stated) if stated else by_name.get(name)
        owners = register.departments(told) if register and told else ()
        waiting = not data.answered >= set(owners) if owners else not data.complete_in(form)
        stray = bool(told and stated) and stated != numbers_in(told)
        yield Relisting(records[entry], records[found] if found is not None else {}, told, stray, waiting)


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a reference in their order, whatever stands between them: １（１）① and 1-1① are 1, 1, ①."""
    return tuple(re.findall(r"\d+|[①-⑳]", fold_key(text)))
