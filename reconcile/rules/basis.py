"""On what the total of each record rests: a sum, a cumulative count, a year-end value, a rate, a mean.

Looked for in this order: what the record states, the mark in its label, the mark beside its figures, the
register, the unit, the figures themselves. Only the last is an assumption, and is said (FLD011).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from reconcile.coded import Coded
from reconcile.facts import ABSENT, NIL, NUMBER, Facts, FormTable, Mask, Strings
from reconcile.findings import Finding
from reconcile.normalise import fold_key, fold_label, fold_unit
from reconcile.packs.model import Basis, Form, Pack
from reconcile.rules.context import finding_at, involved


@dataclass(slots=True)
class Bases:
    """For each form with bases: the basis of each row of its table, and what had to be assumed."""

    basis: dict[str, Strings] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def find_bases(pack: Pack, facts: Facts) -> Bases:
    """The basis of every record of every form that has bases."""
    bases = Bases()
    for form in pack.forms.values():
        table = facts.tables.get(form.form)
        if form.basis is not None and table is not None:
            bases.basis[form.form], assumed = of_form(pack, form, form.basis, table)
            bases.findings += assumed
    return bases


def of_form(pack: Pack, form: Form, rule: Basis, table: FormTable) -> tuple[Strings, list[Finding]]:
    """The basis of each row of a form's table; each later source only fills what the earlier ones left open."""
    found = _stated(pack, form, rule, table)
    for source in (label_basis(rule, table), _noted(rule, table), _registered(pack, form, rule, table)):
        found = np.where(found == "", source, found)
    found = np.where(found == "", _by_unit(rule, table), found)
    assumed = (found == "") & _figures_say_last(rule, table) & table.is_level("record")
    found = np.where(assumed, rule.figures or "", found)
    return np.where(found == "", rule.otherwise, found), _findings(rule, table, assumed, _word(pack, form, rule))


def label_basis(rule: Basis, table: FormTable) -> Strings:
    """The basis that the label of each row is marked with, empty where it has no mark."""
    return _each(table.text(rule.label), lambda text: mark_in_brackets(text, rule.marks))


def label_says(form: Form, table: FormTable, bases: Sequence[str]) -> Mask:
    """The rows whose label is marked with one of these bases: what cumulative rules go by (CONTRACT, CUM005)."""
    if form.basis is None:
        return np.zeros(len(table), dtype=bool)
    return np.isin(label_basis(form.basis, table), list(bases))


def mark_in_brackets(text: str, marks: Mapping[str, str]) -> str:
    """The basis of the first mark that stands inside brackets: （累計）, but not 累計参加者数."""
    inside = [part for part in re.findall(r"\(([^()]*)\)", fold_label(text)) if part]
    return next((basis for mark, basis in marks.items() if any(fold_label(mark) in part for part in inside)), "")


def _each(texts: Strings, read: Callable[[str], str]) -> Strings:
    """A reading of each text; equal texts are read once."""
    remembered = lru_cache(maxsize=None)(read)
    result = np.full(len(texts), "", dtype=object)
    for line, text in enumerate(texts):
        if text:
            result[line] = remembered(text)
    return result


def _stated(pack: Pack, form: Form, rule: Basis, table: FormTable) -> Strings:
    """What the record's own column says. A word outside the code list is left to FLD003."""
    if rule.field is None:
        return np.full(len(table), "", dtype=object)
    words = {
        fold_label(word): row["code"]
        for row in pack.code_list(form.fields[rule.field]).rows
        for word in row.values()
        if word
    }
    return _each(table.text(rule.field), lambda text: words.get(fold_label(text), ""))


def _figure_slots(rule: Basis) -> list[str]:
    """The slots whose figures may carry a note or a unit that tells the basis; the total first."""
    return list(dict.fromkeys(slot for slot in (rule.total, rule.notes, *rule.first) if slot))


def _beside(table: FormTable, slot: str, column: Coded) -> Strings:
    """The note or unit of the figure in a slot, one a row."""
    positions = table.at(slot)
    texts = np.full(len(table), "", dtype=object)
    texts[positions != ABSENT] = column[positions[positions != ABSENT]]
    return texts


def _noted(rule: Basis, table: FormTable) -> Strings:
    found = np.full(len(table), "", dtype=object)
    marks = {fold_label(mark): basis for mark, basis in rule.marks.items()}

    def read(note: str) -> str:
        folded = fold_label(note)
        return next((basis for mark, basis in marks.items() if mark in folded), "")

    for slot in _figure_slots(rule):
        found = np.where(found == "", _each(_beside(table, slot, table.facts.note), read), found)
    return found


def _registered(pack: Pack, form: Form, rule: Basis, table: FormTable) -> Strings:
    register = pack.register_of(form)
    if register is None or form.register_link is None or rule.register_column is None:
        return np.full(len(table), "", dtype=object)
    bases = {fold_key(row[form.register_link.key]): row[rule.register_column] for row in register.rows}
    keys = table.text(form.register_link.field) if form.register_link.field else table.record
    return _each(keys, lambda key: bases.get(fold_key(key), ""))


def _by_unit(rule: Basis, table: FormTable) -> Strings:
    units = {fold_unit(unit): basis for unit, basis in rule.units.items()}
    found = np.full(len(table), "", dtype=object)
    for slot in _figure_slots(rule):
        unit = _beside(table, slot, table.facts.unit)
        found = np.where(found == "", _each(unit, lambda text: units.get(fold_unit(text), "")), found)
    return found


def _figures_say_last(rule: Basis, table: FormTable) -> Mask:
    """Where the last figure alone is the total, and the sum is not; all figures must be known."""
    if not rule.first or rule.total is None or rule.figures is None:
        return np.zeros(len(table), dtype=bool)
    states = np.stack([table.state(slot) for slot in rule.first], axis=1)
    known = np.isin(states, (NUMBER, NIL)).all(axis=1)
    known &= (states[:, -1] == NUMBER) & (table.state(rule.total) == NUMBER)
    figures = [np.where(states[:, n] == NUMBER, _number(table, slot), 0) for n, slot in enumerate(rule.first)]
    total = _number(table, rule.total)
    return np.asarray(known & (figures[-1] == total) & (sum(figures) != total), dtype=bool)


def _number(table: FormTable, slot: str) -> Strings:
    """The scaled figures of a slot; whatever stands in absent places is masked by its state."""
    positions = table.at(slot)
    if not len(table.facts):
        return np.zeros(len(positions), dtype=object)
    return np.asarray(table.facts.number[np.maximum(positions, 0)], dtype=object)


def _word(pack: Pack, form: Form, rule: Basis) -> str:
    """The word the form's own column has for the assumed basis, so that it can be copied into it."""
    if rule.field is None or rule.figures is None:
        return rule.figures or ""
    rows = pack.code_list(form.fields[rule.field]).rows
    return next((row.get("ja") or row["code"] for row in rows if row["code"] == rule.figures), rule.figures)


def _findings(rule: Basis, table: FormTable, assumed: Mask, word: str) -> list[Finding]:
    """FLD011, once a record: which basis was assumed, and the figures that decided it."""
    findings: list[Finding] = []
    seen: set[int] = set()
    facts = table.facts
    for line in np.flatnonzero(assumed):
        entry = int(table.entry[line])
        if entry in seen or rule.total is None:
            continue
        seen.add(entry)
        total = int(table.at(rule.total)[line])
        first = [int(table.at(slot)[line]) for slot in rule.first]
        findings.append(
            finding_at(
                facts,
                total,
                "FLD011",
                variant="basis",
                data={
                    "basis": str(rule.figures),
                    "read_as": word,
                    "figures": tuple(str(facts.raw[p]) for p in first),
                    "total": str(facts.raw[total]),
                },
                cells=involved(facts, [total], "total") + involved(facts, first, "part"),
            )
        )
    return findings
