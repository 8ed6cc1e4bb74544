"""XRF001: a key is not in the register, or not in the form it must also stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

import numpy as np

from reconcile.facts import ABSENT, FormTable, Mask
from reconcile.findings import CellRef, Finding
from reconcile.normalise import fold_key, fold_name, similarity
from reconcile.packs.checks import KeyInFormCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.registers import (
    Asked,
    Register,
    distinct_cells,
    record_lines,
    records_asked,
    register_of,
    well_formed,
    without_branch,
)
from reconcile.rules.repetition import first_of_each

CODE = "XRF001"
SAME_NAME = 0.9
NEAR_NAME = 0.6  # a name that may have been meant


def judge(data: Confrontation) -> Outcome:
    """Every record's key against its form's register. A key filled down over several records is judged once."""
    outcome = Outcome()
    for form in data.pack.forms.values():
        table, register = data.table(form.form), register_of(data.pack, form)
        if table is None or register is None:
            continue
        asked = records_asked(table, form)
        known = register.knows(asked.key)
        once = _once(asked, table) if register.link.field else np.ones(len(asked.line), dtype=bool)
        outcome.passed += int((known & once).sum())
        unknown = np.flatnonzero(~known & once).tolist()
        answers = _Answers(asked, table, register) if unknown else None
        for number in unknown:
            key, cell = str(asked.key[number]), int(asked.cell[number])
            if not key or not well_formed(key, form):
                outcome.unjudged.append(
                    unjudged_at(data.facts, cell, CODE, "key_not_readable" if key else "key_not_given")
                )
                continue
            assert answers is not None
            shared = answers.sharing(number) if register.link.field else [cell]
            outcome.findings.append(_unknown(data, answers, number, shared))
    return outcome


def judge_in_form(check: KeyInFormCheck, form: Form, data: Confrontation) -> Outcome:
    """Every record's number against another form: its register and its answers. Branches are left out.

    A record that its own register does not know is reported there, not here.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    if check.form is None:
        return _judge_in_return(check, table, data)
    own, other = register_of(data.pack, form), data.pack.forms[check.form]
    theirs = register_of(data.pack, other)
    known = {without_branch(key) for key in theirs.rows} if theirs else set()
    answers = data.table(check.form)
    if answers is not None:
        known |= {without_branch(fold_key(str(record))) for record in answers.record[record_lines(answers)]}
    lines = record_lines(table)
    cells = table.at(check.field)[lines]
    own_keys = records_asked(table, form).key
    for number in np.flatnonzero(cells != ABSENT):
        if own is not None and str(own_keys[number]) not in own.rows:
            continue
        key = fold_key(str(data.facts.raw[cells[number]]))
        if without_branch(key) in known:
            outcome.passed += 1
            continue
        outcome.findings.append(
            finding_at(
                data.facts,
                int(cells[number]),
                CODE,
                variant="form",
                data={"key": key, "forms": (check.form,)},
                cells=involved(data.facts, [int(cells[number])], "key"),
            )
        )
    return outcome


def _judge_in_return(check: KeyInFormCheck, table: FormTable, data: Confrontation) -> Outcome:
    """Every name against a field of another table of the same file, of its rows that agree in the fields beside it.
    A name that several records share in one cell is judged once. Without that table, or without a row of it that
    agrees, nothing can be judged."""
    outcome = Outcome()
    name, _, field = str(check.other).partition(".")
    listed = _listed(data.table(name), field, list(check.beside.values()))
    answered = {file for file, *_ in listed}
    cells, said = table.at(check.field), table.text(check.field)
    beside = [table.text(own) for own in check.beside]
    seen: set[tuple[CellRef, str]] = set()
    for line in record_lines(table).tolist():
        cell, text = int(cells[line]), str(said[line])
        if cell == ABSENT or not text or (data.facts.ref(cell), text) in seen:
            continue
        seen.add((data.facts.ref(cell), text))
        file = str(table.file[line])
        known = listed.get((file, *(fold_name(str(own[line])) for own in beside)), {})
        if fold_name(text) in known:
            outcome.passed += 1
        elif not known:
            why = "beside_not_listed" if file in answered else "details_not_read"
            outcome.unjudged.append(unjudged_at(data.facts, cell, CODE, why))
        else:
            nearest = max(known.values(), key=lambda word: similarity(word, text))
            near = similarity(nearest, text) >= NEAR_NAME
            outcome.findings.append(
                finding_at(
                    data.facts,
                    cell,
                    CODE,
                    variant="table_near" if near else "table",
                    expected=nearest if near else "",
                    data={"forms": (name,), "nearest": nearest if near else ""},
                    cells=involved(data.facts, [cell], "key"),
                )
            )
    return outcome


def _listed(other: FormTable | None, field: str, beside: Sequence[str]) -> dict[tuple[str, ...], dict[str, str]]:
    """File and the fields beside it → what a table lists there: folded text → text."""
    listed: dict[tuple[str, ...], dict[str, str]] = {}
    if other is not None:
        texts, chosen = other.text(field), [other.text(name) for name in beside]
        for line in record_lines(other).tolist():
            if texts[line]:
                whose = (str(other.file[line]), *(fold_name(str(own[line])) for own in chosen))
                listed.setdefault(whose, {})[fold_name(str(texts[line]))] = str(texts[line])
    return listed


def _once(asked: Asked, table: FormTable) -> Mask:
    """The first record of each key in each sheet."""
    return first_of_each(table.file[asked.line], table.sheet[asked.line], asked.key)


class _Answers:
    """What was answered in a form of which the register does not know all: the names of the records, by department
    their keys, and by sheet which of them share one."""

    def __init__(self, asked: Asked, table: FormTable, register: Register) -> None:
        self.asked, self.table, self.register = asked, table, register
        lines = asked.line
        self.names = {column: table.text(field)[lines] for column, field in register.name_columns()}
        self.department = table.department[lines]
        self.keys: dict[str, set[str]] = defaultdict(set)
        for key, department in zip(asked.key, self.department, strict=True):
            self.keys[department].add(key)
        self._places = [*zip(table.file[lines], table.sheet[lines], asked.key, strict=True)]
        self._sharing: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, place in enumerate(self._places):
            self._sharing[place].append(number)

    def sharing(self, number: int) -> list[int]:
        """The cells of one sheet that hold the key of one record."""
        return distinct_cells(self.table.facts, self.asked.cell[self._sharing[self._places[number]]])


def _unknown(data: Confrontation, answers: _Answers, number: int, cells: list[int]) -> Finding:
    asked, table, register = answers.asked, answers.table, answers.register
    key, line = str(asked.key[number]), int(asked.line[number])
    names = {column: str(texts[number]) for column, texts in answers.names.items()}
    department = str(answers.department[number])
    nearest = nearest_key(key, names, register, department, answers.keys[department])
    return finding_at(
        data.facts,
        cells[0],
        CODE,
        variant="near" if nearest else "",
        expected=register.written(nearest),
        data={"key": key, "nearest": register.written(nearest), "name": register.name(nearest)},
        cells=involved(data.facts, cells, "key") + involved(data.facts, _other_parts(data, table, line, cells), "key"),
    )


def _other_parts(data: Confrontation, table: FormTable, line: int, cells: list[int]) -> list[int]:
    """The cells of the other parts of a record's key: which of them is mistyped nobody can know."""
    form = data.pack.forms[table.form]
    if form.register_link is None or form.register_link.field or len(form.key) == 1:
        return []
    told = {data.facts.ref(cell) for cell in cells}
    parts = [int(table.at(name)[line]) for name in form.key]
    return [part for part in parts if part != ABSENT and data.facts.ref(part) not in told]


def nearest_key(
    key: str, names: Mapping[str, str], register: Register, department: str, answered: Container[str]
) -> str:
    """The register's key that was probably meant: the one of the same name, else the only one a slip away.

    Names are looked for among the department's own keys that it has not answered otherwise, then among all of its
    own. A slip, or a word of a key in words that was left out or added, leads to one that it has not answered. Empty
    where nothing is near enough.
    """
    own = register.expected_of(department)
    unanswered = [other for other in own if other not in answered]
    for keys in (unanswered, own, register.rows):
        if best := register.most_alike(names, keys, SAME_NAME):
            return best
    return _a_slip_away(key, unanswered) or _a_word_away(key, unanswered)


def _a_word_away(key: str, keys: Iterable[str]) -> str:
    """The one key in words that goes on where this one ends, or ends where it goes on; else empty. A number within
    another one (1-1, 1-12) says nothing."""
    head, _, own = key.rpartition("/")
    near = []
    for other in keys:
        above, _, last = other.rpartition("/")
        words = own and last and not any(character.isdecimal() for character in own + last)
        if words and above == head and (last.startswith(own) or own.startswith(last)):
            near.append(other)
    return near[0] if len(near) == 1 else ""


def _a_slip_away(key: str, keys: Iterable[str]) -> str:
    """The one key that one typed character, or two characters changed round, would make of this; else empty."""
    from rapidfuzz.distance import OSA

    near = [other for other in keys if OSA.distance(key, other, score_cutoff=1) <= 1]
    return near[0] if len(near) == 1 else ""
