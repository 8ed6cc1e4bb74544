"""Before any return is there: how many checks cover each value of a form, and what they cannot tell apart.

A pack is filled in as its registers say, once, with figures that agree everywhere; the rules then state the same edits
as over real returns. Duplicated items, re-listed records and figures quoted in texts are in the returns and not in the
pack, and add checks that are not counted here; a total that a return has as a live formula takes one away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from reconcile.balances import Balances
from reconcile.edits import Derived, Edit
from reconcile.facts import ABSENT, BLANK, NUMBER, TEXT, FactColumns, Facts, collect
from reconcile.localiser import Cell, Coverage, Linear, Ratio, compile_constraints
from reconcile.localiser import coverage as covered
from reconcile.normalise import fold_key
from reconcile.packs.checks import DerivedCheck, SharesCheck
from reconcile.packs.model import Form, Pack
from reconcile.rules import judge_all
from reconcile.rules.basis import find_bases
from reconcile.rules.context import Confrontation, Outcome
from reconcile.submissions import Submission
from reconcile.template.last_round import NOTHING
from reconcile.template.records import Known, records_for

# Records assumed of a form whose register lists none, or only their headings.
FREE = 3


@dataclass(frozen=True, slots=True)
class SlotCoverage:
    """One value (field, version, period) of one level of a form, over all its cells.

    ``checks`` are the least and the most checks a cell of it stands in; ``alike`` how many cells at most the checks
    cannot tell apart (1: each is known), ``with_slots`` in which other values of the same record these stand.
    """

    form: str
    level: str
    slot: str
    cells: int
    checks: tuple[int, int]
    alike: int
    with_slots: tuple[str, ...]


def pack_coverage(pack: Pack) -> list[SlotCoverage]:
    """The values of every form in printed order, records before totals; values that are no figures are left out."""
    facts, submissions = _filled_in(pack)
    due = np.zeros(len(facts), dtype=bool)
    bases = find_bases(pack, facts).basis
    every = np.ones(len(facts), dtype=bool)
    data = Confrontation(pack, facts, submissions, due, every, bases)
    stated = Outcome()
    for _, outcome in judge_all(data, deciding=False):
        stated.extend(outcome)
    entries = covered(compile_constraints(_cells(facts), list(_edits(stated.balances, stated.edits))))
    return list(_by_slot(pack, facts, entries))


def _filled_in(pack: Pack) -> tuple[Facts, tuple[Submission, ...]]:
    returns: list[tuple[str, str, FactColumns]] = []
    for department in pack.expected_departments():
        columns = FactColumns()
        for name in pack.forms_expected_of(department):
            form = pack.forms[name]
            known = _records(pack, form, department)
            for number, record in enumerate(known):
                _append(columns, form, record, len(returns) + 1, number)
            for level, group, key in _totals(form, known):
                _row(columns, form, level, group, key, {})
        returns.append((department, f"{department}.xlsx", columns))
    submissions = tuple(Submission(file, "", 0, department=name) for name, file, _ in returns)
    return collect(returns), submissions


def _records(pack: Pack, form: Form, department: str) -> list[Known]:
    found: list[Known] = []
    free: dict[str, int] = {}
    for record in records_for(pack, form, department, NOTHING):
        free[record.group] = free.get(record.group, 0) + record.free
        if not record.free or free[record.group] <= FREE:
            found.append(record)
    return found


def _append(columns: FactColumns, form: Form, record: Known, department: int, number: int) -> None:
    # No two records are the same item.
    own = f"{department}-{number + 1}"
    texts = {name: record.texts.get(name, own if name in form.key else "") for name in form.fields}
    if record.free and form.group and not texts.get(form.group):
        texts[form.group] = "1"
    for check in form.checks:
        if isinstance(check, SharesCheck):
            texts[check.kind] = texts[check.kind] or check.single[0]
    flags = [total.flag for total in form.totals if total.flag]
    if flags:
        texts[flags[number % len(flags)] or ""] = "○"
    key = "/".join(fold_key(texts[name]) for name in form.key)
    _row(columns, form, "record", record.group or ("1" if record.free and form.group else ""), key, texts)


def _totals(form: Form, known: list[Known]) -> Iterator[tuple[str, str, str]]:
    """Level, group and record of each row of totals."""
    for total in form.totals:
        if total.level == "subtotal":
            for group in dict.fromkeys(record.group or "1" for record in known):
                yield "subtotal", group, f"{group}/subtotal"
        elif known:
            yield total.level, "", f"{total.flag}/breakdown" if total.flag else "total"


def _row(columns: FactColumns, form: Form, level: str, group: str, key: str, texts: dict[str, str]) -> None:
    entry = columns.entries
    row = entry + 1
    # 0 agrees with every sum and order; a quotient needs something to divide by.
    divided = {slot for check in form.checks if isinstance(check, DerivedCheck) for slot in check.slots()}
    for column, slot in enumerate(form.slots(), start=1):
        name = slot.partition(".")[0]
        place = (form.name.ja, row, column, form.form, entry, key, level, group, slot, "")
        if form.fields[name].numeric:
            figure = Decimal(int(slot in divided))
            columns.append(*place, figure, "", NUMBER, str(figure), "", "", False)
        elif level == "record":
            text = texts.get(name, "")
            columns.append(*place, None, "", TEXT if text else BLANK, text, "", "", False)


def _cells(facts: Facts) -> list[Cell]:
    return [Cell(str(position), row=position) for position in range(len(facts))]


def _edits(balances: Balances, edits: list[Edit]) -> Iterator[Linear | Ratio]:
    for number, total in enumerate(balances.total):
        if balances.hold[number]:
            continue
        start = balances.start[number]
        terms: dict[int, int] = {}
        for at, part in enumerate(balances.parts_of(number)):
            terms[part] = terms.get(part, 0) + balances.coefficient[start + at]
        yield Linear(terms, None if total == ABSENT else total, regime="exact")
    for edit in edits:
        if isinstance(edit, Derived):
            origin = None if edit.start == ABSENT else edit.start
            yield Ratio(edit.figure, edit.dividend, edit.divisor, edit.scale, start=origin)
        elif not edit.is_bound and edit.text == ABSENT:
            yield Linear(dict(edit.terms), regime="exact")


def _by_slot(pack: Pack, facts: Facts, entries: list[Coverage]) -> Iterator[SlotCoverage]:
    of: dict[tuple[str, str, str], list[Coverage]] = {}
    for entry in entries:
        if facts.state[entry.cell] == NUMBER:
            place = (str(facts.form[entry.cell]), str(facts.level[entry.cell]), str(facts.slot[entry.cell]))
            of.setdefault(place, []).append(entry)
    order = {(form.form, slot): n for form in pack.forms.values() for n, slot in enumerate(form.slots())}
    forms = list(pack.forms)
    levels = ("record", "subtotal", "total", "breakdown")
    for form, level, slot in sorted(of, key=lambda p: (forms.index(p[0]), levels.index(p[1]), order[p[0], p[2]])):
        cells = of[form, level, slot]
        checks = [entry.checks for entry in cells]
        largest = max(cells, key=lambda entry: len(entry.alike))
        beside = {
            str(facts.slot[other])
            for entry in cells
            for other in entry.alike
            if facts.entry[other] == facts.entry[entry.cell] and other != entry.cell
        }
        yield SlotCoverage(
            form,
            level,
            slot,
            len(cells),
            (min(checks), max(checks)),
            len(largest.alike),
            tuple(sorted(beside, key=lambda other: order[form, other])),
        )


__all__ = ["SlotCoverage", "pack_coverage"]
