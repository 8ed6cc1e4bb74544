"""FLD005: a unit differs from the record's unit, or from the unit of the form."""

from __future__ import annotations

from collections import Counter

import numpy as np

from reconcile.facts import ABSENT, ERROR, NUMBER, TEXT, Facts, FormTable, Mask, Positions, Strings
from reconcile.findings import Finding, Unjudged
from reconcile.normalise import fold_unit
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.figures import trimmed
from reconcile.rules.registers import Register, register_of
from reconcile.rules.shares import Reading, reading_of

CODE = "FLD005"
DOUBTED = "FLD011"
UNIT = "unit"
# Where more figures than this lack a unit for each that has one, those that have one are the odd ones.
OFTEN = 2


def judge(data: Confrontation) -> Outcome:
    """Figures of a measure within their record and component; amounts of money against the form's unit.

    The record's unit is what its unit column says, else what most of its figures say; where they are even, the
    register's, else the first figure's. A figure without a unit is wrong only beside figures of the measure that state
    theirs as text: one that states it among many that do not is the odd one, and nothing is wrong with it.
    A unit written once in a cell serves the other measures of the cell.
    """
    outcome = Outcome()
    for form in data.pack.forms.values():
        table = data.table(form.form)
        if table is None:
            continue
        measures: dict[str, list[str]] = {}
        for name in form.slots():
            if _compared(form, name):
                measures.setdefault(name.partition(".")[0], []).append(name)
        for slots in measures.values():
            _judge_measures(outcome, data, form, table, slots)
        _judge_units(outcome, data, form, table)
    return outcome


def _compared(form: Form, slot: str) -> bool:
    """Whether the figures of a slot share the unit of their measure in a record."""
    name, version = [*slot.split("."), ""][:2]
    field = form.fields[name]
    return field.type == "measure" and field.unit is None and version not in field.own_units


def _judge_units(outcome: Outcome, data: Confrontation, form: Form, table: FormTable) -> None:
    """A figure in another unit than its field's, or an amount of money that the reader could not convert."""
    facts = data.facts
    for name in form.slots():
        field = form.fields[name.partition(".")[0]]
        unit = field.unit_in(form.unit)
        if not unit:
            continue
        cells = table.at(name)[table.state(name) == NUMBER]
        wrong = ~facts.unit.take(cells).among(["", fold_unit(unit)])
        outcome.passed += int((~wrong).sum())
        outcome.findings += [
            finding_at(
                facts,
                int(cell),
                CODE,
                variant="form" if field.type == "money" else "field",
                expected=unit,
                data={"unit": str(facts.unit[cell]), "form_unit": unit},
                cells=involved(facts, [int(cell)], "figure"),
            )
            for cell in cells[wrong]
        ]


def _judge_measures(outcome: Outcome, data: Confrontation, form: Form, table: FormTable, slots: list[str]) -> None:
    facts = data.facts
    cells = np.stack([table.at(name) for name in slots], axis=1)
    figures = np.stack([table.state(name) == NUMBER for name in slots], axis=1)
    figures &= table.is_level("record")[:, None]
    units = np.full(cells.shape, "", dtype=object)
    units[figures] = facts.unit[cells[figures]]
    stated = _stated_units(table, form)
    wanted = _first_of(units, stated)
    # Lines where every figure bears the one unit, or none bears any, are well; the others are looked at.
    odd = (figures & (units != wanted[:, None])).any(axis=1) & (wanted != "")
    has_unit = figures.any(axis=1) & (wanted != "")
    register = register_of(data.pack, form)
    formless = data.without_formats
    shares = _bare_shares(facts, table, form, register, cells, figures & (wanted == "")[:, None])
    # Where formats are not known, reading has asked already.
    outcome.findings += [finding for finding in shares if finding.ref.file not in formless]
    for line in np.flatnonzero(odd):
        found = _judge_line(table, form, register, int(line), cells[line][figures[line]], str(stated[line]))
        # A format may hold the unit that the text lacks; where formats are not known, nobody can say.
        unknown = [f for f in found if f.variant in ("missing", "share") and f.ref.file in formless]
        outcome.findings += [f for f in found if f not in unknown]
        outcome.unjudged += [_unjudged(f) for f in unknown]
        outcome.passed += not found
    # A record that holds something unreadable does not pass for the rest of it.
    unread = np.stack([_unread(table, form, name) for name in slots], axis=1) & table.is_level("record")[:, None]
    broken = unread.any(axis=1) & ~odd
    outcome.passed += int((has_unit & ~odd & ~broken).sum())
    outcome.unjudged += [
        unjudged_at(facts, int(cells[line][unread[line]][0]), CODE, "part_not_a_number")
        for line in np.flatnonzero(broken)
    ]


def _bare_shares(
    facts: Facts, table: FormTable, form: Form, register: Register | None, cells: Positions, bare: Mask
) -> list[Finding]:
    """Figures of records that state no unit, where the register counts the record in % and the figure may be a share:
    FLD005 where the record's other figures say that it is one, a question (FLD011) where they do not tell."""
    number = facts.number[cells]
    bare = bare & (number != 0) & (abs(number) <= 10**facts.decimals)
    return [
        _as_share(facts, cell, reading)
        for line in np.flatnonzero(bare.any(axis=1))
        if _registered(register, str(table.record[line]), str(table.component[line])) == "%"
        for cell in map(int, cells[line][bare[line]])
        if (reading := _reading(table, form, int(line), cell)) != "percent"
    ]


def _reading(table: FormTable, form: Form, line: int, cell: int) -> Reading:
    """What a figure that may be a share is, beside the record's other figures in % or without a unit: those that may
    have a unit of their own tell it as well."""
    facts = table.facts
    slots = [name for name in form.slots() if form.fields[name.partition(".")[0]].type == "measure"]
    figures = [int(table.at(name)[line]) for name in slots if table.state(name)[line] == NUMBER]
    others = [facts.decimal(facts.number[it]) for it in figures if facts.unit[it] in ("", "%")]
    figure = facts.decimal(facts.number[cell])
    return reading_of(figure, others) if 0 < abs(figure) <= 1 else "percent"


def _as_share(facts: Facts, cell: int, reading: Reading) -> Finding:
    figure = facts.decimal(facts.number[cell])
    percent = f"{trimmed(figure * 100)}%"
    told = reading == "share"
    return finding_at(
        facts,
        cell,
        CODE if told else DOUBTED,
        variant="share" if told else "share_or_percent",
        expected=percent if told else "",
        data={"percent": percent, "typed_percent": f"{trimmed(figure)}%", "record_unit": "%"},
        cells=involved(facts, [cell], "figure"),
    )


def _unread(table: FormTable, form: Form, slot: str) -> Mask:
    """Where a slot holds an Excel error, or a text where a figure belongs."""
    name, version = [*slot.split("."), ""][:2]
    states = (ERROR,) if form.fields[name].may_be_text(version) else (ERROR, TEXT)
    return np.isin(table.state(slot), states)


def _stated_units(table: FormTable, form: Form) -> Strings:
    """What the unit column says, folded; empty where it is missing, empty, or names one for each component."""
    if UNIT not in form.fields:
        return np.full(len(table), "", dtype=object)
    texts = table.text(UNIT)
    folded = {text: fold_unit(str(text)) for text in set(texts)}
    units = np.empty(len(texts), dtype=object)
    units[:] = [folded[text] for text in texts]
    # 「件／枚」 of a record with several components is no unit of one of them.
    units[table.component != ""] = ""
    return units


def _first_of(units: Strings, stated: Strings) -> Strings:
    """The stated unit, else the first one a figure of the line bears, else nothing."""
    wanted = stated.copy()
    for column in range(units.shape[1]):
        take = wanted == ""
        wanted[take] = units[take, column]
    return wanted


def _judge_line(
    table: FormTable, form: Form, register: Register | None, line: int, cells: Positions, stated: str
) -> list[Finding]:
    facts = table.facts
    units = facts.unit[cells]
    bearing = units != ""
    column = int(table.at(UNIT)[line]) if stated else ABSENT
    counts = Counter(units[bearing])
    if stated and len(counts) == 1 and stated not in counts and counts.total() > 1:
        # The figures agree with each other: the unit column is what is odd.
        unit = str(next(iter(counts)))
        return [_finding(facts, column, cells[bearing].tolist(), "column", unit, stated)]
    even = len(counts) > 1 and len(set(counts.values())) == 1
    registered = _registered(register, str(table.record[line]), str(table.component[line])) if even else ""
    wanted = stated or (registered if registered in counts else str(counts.most_common(1)[0][0]))
    findings = []
    for unit in sorted(set(counts) - {wanted}):
        wrong = cells[units == unit].tolist()
        right = ([column] if stated else []) + cells[units == wanted].tolist()
        variant = "even" if even and not stated and not registered else ""
        findings.append(_finding(facts, wrong[0], wrong[1:] + right, variant, wanted, unit))
    if not stated:
        as_text = bearing & np.array([wanted in _letters(str(raw)) for raw in facts.raw[cells]], dtype=bool)
        if as_text.any():
            bare = [int(cell) for cell in cells[~bearing] if not _lent(table, line, int(cell))]
            shares = [cell for cell in bare if wanted == "%" and _reading(table, form, line, cell) == "share"]
            findings += [_as_share(facts, cell, "share") for cell in shares]
            others, lacking = cells[as_text].tolist(), [cell for cell in bare if cell not in shares]
            if len(lacking) <= OFTEN * len(others):
                findings += [_finding(facts, cell, others, "missing", wanted, "") for cell in lacking]
    return findings


def _finding(facts: Facts, cell: int, others: list[int], variant: str, wanted: str, unit: str) -> Finding:
    return finding_at(
        facts,
        cell,
        CODE,
        variant=variant,
        expected=wanted,
        data={"unit": unit, "record_unit": wanted, "others": tuple(facts.ref(other) for other in others)},
        cells=involved(facts, [cell], "figure") + involved(facts, others, "compared"),
    )


def _unjudged(missing: Finding) -> Unjudged:
    return Unjudged(CODE, missing.ref, "formats_not_known", missing.form, missing.record, missing.department)


def _letters(raw: str) -> str:
    return fold_unit(raw)


def _lent(table: FormTable, line: int, cell: int) -> bool:
    """Whether another measure of the same cell states a unit."""
    facts, entry = table.facts, table.entry[line]
    # The rows of one record stand together, records in order.
    first, end = np.searchsorted(table.entry, entry, "left"), np.searchsorted(table.entry, entry, "right")
    here = facts.ref(cell)
    return any(
        facts.unit[position] != "" and facts.ref(int(position)) == here
        for positions in table.index.values()
        for position in positions[first:end]
        if position != ABSENT
    )


def _registered(register: Register | None, record: str, component: str) -> str:
    """The register's unit of a record; of several (件;枚) the one of a component named a, b …"""
    row = register.rows.get(record) if register else None
    units = [unit.strip() for unit in (row or {}).get(UNIT, "").split(";") if unit.strip()]
    if component and len(units) > 1:
        place = ord(component) - ord("a") if len(component) == 1 else -1
        return fold_unit(units[place]) if 0 <= place < len(units) else ""
    return fold_unit(units[0]) if units else ""
