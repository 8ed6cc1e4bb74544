"""XRF003: a name differs from the register's, or one thing is named in two forms in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

import numpy as np

from reconcile.facts import ABSENT
from reconcile.findings import CellRef
from reconcile.normalise import fold_name, similarity
from reconcile.packs.checks import NameInFormCheck
from reconcile.packs.model import Form
from reconcile.rules.alike import differ_in_meaning
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.registers import Register, records_asked, register_of, without_branch
from reconcile.rules.relisted import without_mark
from reconcile.rules.repetition import said_again

CODE = "XRF003"
ALIKE = 0.9
SHORTEST = 6

_MARK = re.compile(r"[(]?[※*]\d+[)]?")
_NOTE = re.compile(r"[(]?※.*$")
# Names are made of words; between them stand particles, brackets and marks.
_BETWEEN = re.compile(
    r"による|における|において|に関する|に係る|にかかる|に向けた|を通じた|に対する|のための|及び|並びに|または|又は|など|"
    r"[のをにへでとがはもや、。，．,.:：;；!！?？()（）\[\]［］【】「」『』〈〉《》・･/／~～〜※＊*‐－―-]"
)


@lru_cache(maxsize=65536)
def name_core(name: str) -> str:
    """A name as it is compared with the register's: without footnote marks (※１) and notes (※…含む)."""
    folded = fold_name(name)
    return _NOTE.sub("", _MARK.sub("", folded)) or folded


def judge(data: Confrontation) -> Outcome:
    """Every name against the register, each cell once. Unknown keys are XRF001, repeated ones FLD007."""
    outcome = Outcome()
    for form in data.pack.forms.values():
        table, register = data.table(form.form), register_of(data.pack, form)
        if table is None or register is None:
            continue
        asked = records_asked(table, form)
        known = register.knows(asked.key)
        twice = said_again(table.file[asked.line], table.record[asked.line])
        for column, field in register.name_columns():
            cells, texts = table.at(field)[asked.line], table.text(field)[asked.line]
            seen: set[CellRef] = set()
            for number in np.flatnonzero(known & (cells != ABSENT)):
                cell, key, name = int(cells[number]), str(asked.key[number]), str(texts[number])
                if not register.rows[key][column].strip():
                    # The register names nothing here.
                    continue
                ref = data.facts.ref(cell)
                if ref in seen:
                    # A name filled down over several records.
                    continue
                seen.add(ref)
                if not name or twice[number]:
                    outcome.unjudged.append(
                        unjudged_at(data.facts, cell, CODE, "key_twice" if name else "name_not_given")
                    )
                elif name_core(without_mark(form, field, name)) == name_core(
                    without_mark(form, field, register.rows[key][column])
                ):
                    outcome.passed += 1
                else:
                    right = register.rows[key][column]
                    owner = _owner(register, column, name, str(table.department[asked.line[number]]))
                    outcome.findings.append(
                        finding_at(
                            data.facts,
                            cell,
                            CODE,
                            variant="other" if owner else "",
                            expected=right,
                            data={"key": key, "name": name, "register": right, "owner": owner},
                            cells=involved(data.facts, [cell], "name")
                            + (involved(data.facts, [int(asked.cell[number])], "key") if owner else ()),
                        )
                    )
    return outcome


def judge_between(check: NameInFormCheck, form: Form, data: Confrontation) -> Outcome:
    """The names of one number in two forms: a word that stands in both, spelled slightly differently.

    The two names speak of the same thing and need not be equal; only a word (six characters and more, between
    particles and brackets) that nearly returns in the other name is judged. Records are matched by number, and
    by number without branch where the other form does not divide the project.
    """
    outcome = Outcome()
    other, _, other_field = check.other.partition(".")
    table, theirs = data.table(form.form), data.table(other)
    if table is None or theirs is None:
        return outcome
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    asked = records_asked(theirs, data.pack.forms[other])
    their_cells, their_texts = theirs.at(other_field), theirs.text(other_field)
    for key, line in zip(asked.key, asked.line, strict=True):
        for number in {str(key), without_branch(str(key))}:
            by_key[str(theirs.department[line]), number].append(int(line))
    asked = records_asked(table, form)
    cells, texts = table.at(check.name), table.text(check.name)
    for key, line in zip(asked.key, asked.line, strict=True):
        department, number = str(table.department[line]), str(key)
        matches = by_key.get((department, number)) or by_key.get((department, without_branch(number)), [])
        matches = [match for match in matches if their_texts[match]]
        if not texts[line] or not matches:
            continue
        name = str(texts[line])
        found = [(match, pair) for match in matches for pair in nearly_returning(name, str(their_texts[match]))]
        if not found:
            outcome.passed += 1
            continue
        match, (here, there) = found[0]
        cell, their_cell = int(cells[line]), int(their_cells[match])
        given = _given(data, form, number, check.name, name) and _given(
            data, data.pack.forms[other], number, other_field, str(their_texts[match])
        )
        # What the register itself says in two ways no department can change.
        told = {"variant": "register", "ref": CellRef(""), "department": ""} if given else {"variant": "forms"}
        outcome.findings.append(
            finding_at(
                data.facts,
                cell,
                CODE,
                expected=there,
                data={
                    "key": number,
                    "name": here,
                    "other_name": there,
                    "forms": (form.form, other) if given else (other,),
                    "other_cell": data.facts.ref(their_cell),
                },
                cells=involved(data.facts, [cell], "name") + involved(data.facts, [their_cell], "other_name"),
                **told,
            )
        )
    return outcome


def _given(data: Confrontation, form: Form, key: str, field: str, name: str) -> bool:
    """Whether a name is the register's own."""
    register = register_of(data.pack, form)
    return register is not None and any(register.gives(own, field, name) for own in (key, without_branch(key)))


@lru_cache(maxsize=65536)
def nearly_returning(one: str, other: str) -> tuple[tuple[str, str], ...]:
    """The words of two names that are nearly, but not quite, the same word; as they were typed.

    A word that only goes on (参加者, 参加者数) is another word.
    """
    here, there = _words(one), _words(other)
    return tuple(
        (typed, other_typed)
        for word, typed in here.items()
        for match, other_typed in there.items()
        if word not in there
        and match not in here
        and not _goes_on(word, match)
        and similarity(word, match) >= ALIKE
        and not differ_in_meaning(word, match)
    )


def _goes_on(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) or long.endswith(short)


@lru_cache(maxsize=65536)
def _words(name: str) -> dict[str, str]:
    """The longer words of a name: folded → as typed."""
    words = {fold_name(word): word for word in _BETWEEN.split("".join(name.split()))}
    return {word: typed for word, typed in words.items() if len(word) >= SHORTEST}


def _owner(register: Register, column: str, name: str, department: str) -> str:
    """The other key whose name was typed, the department's own first; empty where there is none."""
    owners = [key for key, row in register.rows.items() if name_core(row[column]) == name_core(name)]
    return next((key for key in owners if register.department(key) == department), owners[0] if owners else "")
