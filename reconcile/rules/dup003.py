"""DUP003: two departments answer for the same record."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.facts import ABSENT, ERROR
from reconcile.normalise import fold_key
from reconcile.packs.checks import DuplicatedAnswerCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unreadable
from reconcile.rules.registers import cells_of, record_lines, records_asked, register_of


@dataclass(frozen=True, slots=True)
class _Answer:
    """One record of a return: the key its register asks for, who answers, and the key's cell."""

    asked: str
    department: str
    cell: int


def judge(check: DuplicatedAnswerCheck, form: Form, data: Confrontation) -> Outcome:
    """One finding a record; the cell to correct first is in the return that the register does not name."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    register = register_of(data.pack, form)
    lines = record_lines(table)
    asked = records_asked(table, form)
    cells = cells_of(table, form.key[-1])[lines].tolist()
    outcome.unjudged = unreadable(data.facts, cells, check.code, "key_not_given", "key_not_readable")
    answers: dict[str, list[_Answer]] = {}
    for record, own, name, cell in zip(table.record[lines], asked.key, table.department[lines], cells, strict=True):
        key = fold_key(str(record))
        if key and name and not (cell != ABSENT and data.facts.state[cell] == ERROR):
            answers.setdefault(key, []).append(_Answer(str(own), str(name), cell))
    for key, given in answers.items():
        # A record that several departments owe is answered by each of them.
        who = {a.department for a in given if register is None or not {a.department} < {*register.departments(a.asked)}}
        outcome.passed += len(who) == 1
        if len(who) < 2:
            continue
        owner = register.department(given[0].asked) if register else ""
        cell = [answer for answer in given if answer.department != owner][-1].cell
        others = [answer.cell for answer in given if answer.cell != cell]
        named = tuple(dict.fromkeys(answer.department for answer in given))
        outcome.findings.append(
            finding_at(
                data.facts,
                cell,
                check.code,
                record=key,
                variant="" if owner in named else "nobody",
                data={
                    "key": key,
                    "departments": named,
                    "others": tuple(name for name in named if name != data.facts.department[cell]),
                    "register_department": owner,
                },
                cells=involved(data.facts, [cell], "answer") + involved(data.facts, others, "other_answer"),
            )
        )
    return outcome
