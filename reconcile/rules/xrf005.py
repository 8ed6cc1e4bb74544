"""XRF005: what a summary names differs from the details it is taken from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from reconcile.edits import Comparison, equal
from reconcile.facts import ABSENT, BLANK, ERROR, MILESTONE, NIL, NUMBER, TEXT, FormTable, Mask
from reconcile.findings import Unjudged
from reconcile.normalise import fold_key, fold_name
from reconcile.packs.checks import SummaryCheck
from reconcile.packs.model import Form
from reconcile.rules.bal006 import counted_once
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.duplicates import Amounts, accepted_records, several_times
from reconcile.rules.figures import figure
from reconcile.rules.registers import group_of, record_lines, register_of
from reconcile.rules.xrf003 import name_core

_FIGURE = re.compile(r"[\d,]+(?:\.(?P<decimals>\d+))?(?P<magnitude>[万億千]?)")
_MAGNITUDE = {"": 1, "千": 1000, "万": 10_000, "億": 100_000_000}
SAID = (TEXT, MILESTONE)


def judge(check: SummaryCheck, form: Form, data: Confrontation) -> Outcome:
    """Every value that a summary states, and every name; a blank states nothing.

    Figures are compared, not their units (140名 is 140 人 in the details). A name may be longer or shorter than that
    of the details. What is added up is held back while a return is missing or the details disagree among themselves.
    """
    outcome = Outcome()
    table, theirs = data.table(form.form), data.table(check.form)
    if table is None:
        return outcome
    lines = record_lines(table)
    lines = lines[chosen(table, check.where)[lines]]
    keys = table.record if [check.key] == form.key else table.text(check.key)
    for line in lines.tolist():
        key = fold_key(str(keys[line]))
        if check.of == "group":
            _judge_group(outcome, check, data, table, theirs, line, key)
        else:
            _judge_record(outcome, check, data, table, theirs, line, key)
    if check.by is not None:
        for line in np.flatnonzero(table.is_level("total")).tolist():
            _judge_total(outcome, check, data, table, theirs, line)
    return outcome


def chosen(table: FormTable, where: Mapping[str, str]) -> Mask:
    """Which rows of a table bear the words of ``where`` in its fields."""
    rows = np.ones(len(table), dtype=bool)
    for name, word in where.items():
        wanted = fold_name(word)
        rows &= np.array([fold_name(str(text)) == wanted for text in table.text(name)], dtype=bool)
    return rows


def _judge_record(
    outcome: Outcome,
    check: SummaryCheck,
    data: Confrontation,
    table: FormTable,
    theirs: FormTable | None,
    line: int,
    key: str,
) -> None:
    found = _record(theirs, data, key) if theirs is not None else ABSENT
    for own, other in check.values.items():
        position = int(table.at(own)[line])
        if position == ABSENT:
            continue
        if data.facts.state[position] == BLANK:
            stated = int(theirs.at(other)[found]) if theirs is not None and found != ABSENT else ABSENT
            if stated != ABSENT and data.facts.state[stated] == NUMBER:
                outcome.asking.append(equal(check.code, position, stated))
            continue
        detail = int(theirs.at(other)[found]) if theirs is not None and found != ABSENT else ABSENT
        if detail == ABSENT:
            outcome.unjudged.append(unjudged_at(data.facts, position, check.code, "details_not_read"))
        else:
            _compare(outcome, check, data, position, detail)
    for own, other in check.names.items():
        position = int(table.at(own)[line])
        detail = int(theirs.at(other)[found]) if theirs is not None and found != ABSENT else ABSENT
        if ABSENT in (position, detail) or data.facts.state[position] != TEXT:
            continue
        here, there = (name_core(str(data.facts.raw[p])) for p in (position, detail))
        if not there or here in there or there in here:
            outcome.passed += 1
        else:
            _differs(outcome, check, data, position, [detail], str(data.facts.raw[detail]))


def _record(theirs: FormTable, data: Confrontation, key: str) -> int:
    """The row of the details that a key means: of the merged records the first, else any of that key."""
    rows = [int(line) for line in record_lines(theirs) if fold_key(str(theirs.record[line])) == key]
    merged = set(accepted_records(theirs, data))
    return next((line for line in rows if line in merged), rows[0] if rows else ABSENT)


def _compare(outcome: Outcome, check: SummaryCheck, data: Confrontation, position: int, detail: int) -> None:
    facts = data.facts
    here, there = int(facts.state[position]), int(facts.state[detail])
    if here == there == NUMBER:
        same = facts.number[position] == facts.number[detail]
        outcome.edits.append(equal(check.code, position, detail))
    elif here == there == NIL:
        same = True
    elif here in SAID and there in SAID:
        same = fold_name(str(facts.raw[position])) == fold_name(str(facts.raw[detail]))
    elif ERROR in (here, there) or not {here, there} <= {NUMBER, NIL, *SAID}:
        why = "details_not_read" if there in (ERROR, BLANK) else "summary_not_readable"
        outcome.unjudged.append(unjudged_at(facts, position, check.code, why))
        return
    else:
        same = False
    if same:
        outcome.passed += 1
    else:
        _differs(outcome, check, data, position, [detail], str(facts.raw[detail]))


def _judge_group(
    outcome: Outcome,
    check: SummaryCheck,
    data: Confrontation,
    table: FormTable,
    theirs: FormTable | None,
    line: int,
    key: str,
) -> None:
    facts = data.facts
    for own, other in check.values.items():
        position = int(table.at(own)[line])
        if position == ABSENT:
            continue
        rows = [row for row in accepted_records(theirs, data) if theirs.group[row] == key] if theirs is not None else []
        why = _why_not(check, data, theirs, rows, other, key) or _not_all(check, data, theirs, rows, other, key)
        if theirs is not None and not check.about:
            outcome.asking += _asking(check, data, position, theirs.at(other)[rows].tolist(), why)
        if facts.state[position] == BLANK:
            continue
        if facts.state[position] != NUMBER:
            why = "summary_not_readable"
        if why or theirs is None:
            outcome.unjudged.append(unjudged_at(facts, position, check.code, why))
            continue
        parts = list(dict.fromkeys(theirs.at(other)[rows].tolist()))
        _judge_sum(outcome, check, data, position, parts)


def _why_not(
    check: SummaryCheck, data: Confrontation, theirs: FormTable | None, rows: list[int], slot: str, key: str
) -> str:
    """Why the sum of a group cannot be compared; empty where it can."""
    if theirs is None or not rows:
        return "details_not_read"
    facts, column = data.facts, theirs.at(slot)
    every = theirs.is_level("record") & np.asarray(theirs.group == key, dtype=bool)
    if len(rows) < int(every.sum()):
        return "details_set_aside"
    for row in rows:
        if column[row] != ABSENT and facts.state[column[row]] not in (NUMBER, NIL, BLANK):
            return "part_not_a_number"
    if check.by is not None:
        items = several_times(theirs, data, check.by)
        if any(Amounts(theirs, slot, own, data).differ for own in items.values() if set(own) & set(rows)):
            return "duplicates_differ"
    total = _sum(data, column[rows].tolist())
    for line in np.flatnonzero(theirs.is_level("subtotal") & np.asarray(theirs.group == key, dtype=bool)):
        stated = int(column[line])
        if stated != ABSENT and facts.state[stated] == NUMBER and int(facts.number[stated]) != total:
            return "details_disagree"
    return ""


def _not_all(
    check: SummaryCheck, data: Confrontation, theirs: FormTable | None, rows: list[int], slot: str, group: str
) -> str:
    """Why a group is not whole: the register has records of it that were not read, or some state no figure."""
    form = data.pack.forms[check.form]
    register = register_of(data.pack, form)
    if theirs is None or register is None or register.link.field or form.group not in form.key:
        return ""
    at = form.key.index(form.group)
    read = {fold_key(str(theirs.record[row])) for row in rows}
    due = {key for key in register.rows if group_of(key.split("/")[at]) == group}
    if not due <= read:
        return "details_not_read" if data.complete_in(form) else "returns_missing"
    states = [ABSENT if theirs.at(slot)[row] == ABSENT else int(data.facts.state[theirs.at(slot)[row]]) for row in rows]
    silent = {ABSENT} | ({BLANK, NIL} if check.about else set())
    return "details_not_stated" if silent & set(states) else ""


def _comes_to(check: SummaryCheck, data: Confrontation, position: int, total: Decimal) -> bool:
    """Whether a sum of the details is the figure of the summary, as that is rounded or approximate."""
    stated, total = data.facts.decimal(int(data.facts.number[position])), total / check.scale
    if check.about:
        return abs(stated - total) < last_digit(str(data.facts.raw[position]))
    if check.scale > 1:
        digits = min(int(stated.normalize().as_tuple().exponent), 0)
        total = total.quantize(Decimal(1).scaleb(digits), ROUND_HALF_UP)
    return stated == total


def _summing(check: SummaryCheck, data: Confrontation, position: int, parts: list[int]) -> Comparison:
    """stated × scale − Σ details lies within what the rounding of the stated figure leaves."""
    facts = data.facts
    own = [p for p in dict.fromkeys(parts) if p != ABSENT and facts.state[p] == NUMBER]
    terms = ((position, check.scale), *((part, -1) for part in own))
    one = 10**facts.decimals * check.scale
    if check.about:
        room = int(last_digit(str(facts.raw[position])) * one) - 1
        return Comparison(check.code, terms, -room, room)
    if check.scale == 1:
        return Comparison(check.code, terms)
    digits = max(-int(facts.decimal(int(facts.number[position])).normalize().as_tuple().exponent), 0)
    # Rounded half up: the sum may be half a last digit below what is stated, and not quite as much above it.
    half = one // 10**digits // 2
    return Comparison(check.code, terms, 1 - half, half)


def _asking(check: SummaryCheck, data: Confrontation, position: int, parts: list[int], why: str) -> list[Comparison]:
    """The sum where one figure of it is not known: that of the summary, or one of the details."""
    facts, own = data.facts, list(dict.fromkeys(p for p in parts if p != ABSENT))
    unknown = [p for p in own if facts.state[p] not in (NUMBER, NIL)]
    if facts.state[position] != NUMBER and not why and not unknown:
        half = 10**facts.decimals * check.scale // 2 if check.scale > 1 else 0
        terms = ((position, check.scale), *((part, -1) for part in own if facts.state[part] == NUMBER))
        return [Comparison(check.code, terms, min(1 - half, 0), half)]
    if facts.state[position] == NUMBER and why == "part_not_a_number" and len(unknown) == 1:
        summed = _summing(check, data, position, own)
        return [replace(summed, terms=(*summed.terms, (unknown[0], -1)))]
    return []


def last_digit(raw: str) -> Decimal:
    """What one in the last digit stands for: 約1.9万時間 0.1万, 1,000; 約500 時間 1."""
    found = _FIGURE.search(unicodedata.normalize("NFKC", "".join(raw.split())))
    if found is None:
        return Decimal(1)
    return Decimal(10) ** -len(found["decimals"] or "") * _MAGNITUDE[found["magnitude"] or ""]


def _sum(data: Confrontation, positions: list[int]) -> int:
    facts = data.facts
    return sum(int(facts.number[p]) for p in dict.fromkeys(positions) if p != ABSENT and facts.state[p] == NUMBER)


def _judge_sum(outcome: Outcome, check: SummaryCheck, data: Confrontation, position: int, parts: list[int]) -> None:
    facts = data.facts
    total = _sum(data, parts)
    outcome.edits.append(_summing(check, data, position, parts))
    if _comes_to(check, data, position, facts.decimal(total)):
        outcome.passed += 1
        return
    form = data.pack.forms[check.form]
    unit = (form.unit if check.scale > 1 else str(facts.unit[position]) or form.unit) or ""
    _differs(outcome, check, data, position, parts, figure(facts.decimal(total), unit))


def _judge_total(
    outcome: Outcome, check: SummaryCheck, data: Confrontation, table: FormTable, theirs: FormTable | None, line: int
) -> None:
    """The total of a summary: over everything, each item counted once."""
    assert check.by is not None
    facts, details = data.facts, data.pack.forms[check.form]
    for own, other in check.values.items():
        position = int(table.at(own)[line])
        if position == ABSENT or facts.state[position] == BLANK:
            continue
        if theirs is None or not data.complete_in(details):
            ref = facts.ref(position)
            outcome.unjudged.append(Unjudged(check.code, ref, "returns_missing", table.form, str(table.record[line])))
            continue
        rows = accepted_records(theirs, data)
        parts, _, differ = counted_once(theirs, other, rows, several_times(theirs, data, check.by), data)
        known = all(facts.state[p] in (NUMBER, NIL, BLANK) for p in parts)
        aside = len(rows) < int(theirs.is_level("record").sum())
        disagree = any(
            _why_not(check, data, theirs, own_rows, other, group) == "details_disagree"
            for group, own_rows in _by_group(theirs, rows).items()
        )
        why = (
            "duplicates_differ"
            if differ
            else "details_set_aside"
            if aside
            else "details_disagree"
            if disagree
            else ""
            if known
            else "part_not_a_number"
        )
        if facts.state[position] != NUMBER:
            why = "summary_not_readable"
        if why:
            outcome.unjudged.append(unjudged_at(facts, position, check.code, why))
        else:
            _judge_sum(outcome, check, data, position, parts)


def _by_group(theirs: FormTable, rows: list[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(str(theirs.group[row]), []).append(row)
    return found


def _differs(
    outcome: Outcome, check: SummaryCheck, data: Confrontation, position: int, details: list[int], expected: str
) -> None:
    facts = data.facts
    data_: dict[str, object] = {"forms": (check.form,), "details": tuple(facts.ref(p) for p in details if p != ABSENT)}
    if len(details) == 1 and facts.state[position] == facts.state[details[0]] == NUMBER:
        data_["difference"] = Decimal(facts.decimal(int(facts.number[position] - facts.number[details[0]])))
    outcome.findings.append(
        finding_at(
            facts,
            position,
            check.code,
            variant="sum" if check.of == "group" else "",
            expected=expected,
            data=data_,
            cells=involved(facts, [position], "summary") + involved(facts, details, "detail"),
        )
    )
