"""XRF004: a record was answered by another department than the register's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from reconcile.facts import ABSENT, FormTable
from reconcile.findings import Finding, Involved
from reconcile.normalise import fold_name
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.registers import Asked, Register, distinct_cells, records_asked, register_of

CODE = "XRF004"
DEPARTMENT = "department"  # the field of the cover
# File → who owes the records that its department rightly answers.
Rightful = defaultdict[str, set[tuple[str, ...]]]


def judge(data: Confrontation) -> Outcome:
    """One finding a record; one for a whole form where all its records are another department's (variant ``all``), and
    one for the cover where those of all forms of the return are (``return``).

    Where the register's own department answers the record as well, DUP003 says so.
    """
    outcome = Outcome()
    rightful: Rightful = defaultdict(set)
    for form in data.pack.forms.values():
        table, register = data.table(form.form), register_of(data.pack, form)
        if table is not None and register is not None:
            _judge_form(outcome, data, form, table, register, rightful)
            _judge_stated(outcome, data, form, table, register)
    _judge_returns(outcome, data, rightful)
    return outcome


def _judge_returns(outcome: Outcome, data: Confrontation, rightful: Rightful) -> None:
    """Makes one finding of those for whole forms of a return in which no record is its department's own alone."""
    whole: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in outcome.findings:
        if finding.variant == "all" and all(finding.expected in owed for owed in rightful[finding.ref.file]):
            whole[finding.ref.file, finding.expected].append(finding)
    covers = {submission.file: submission for submission in data.submissions}
    for (file, _), findings in whole.items():
        cover = covers.get(file)
        if cover is None or DEPARTMENT not in cover.places or sum(of == file for of, _ in whole) > 1:
            continue
        here, first = cover.places[DEPARTMENT], findings[0]
        count = sum(int(str(finding.data["count"])) for finding in findings)
        told = replace(
            first,
            ref=here,
            form=data.pack.cover.form,
            record="",
            field=DEPARTMENT,
            variant="return",
            found=cover.cover.get(DEPARTMENT, ""),
            data={**first.data, "count": count, "forms": tuple(finding.form for finding in findings)},
            cells=(Involved(here, "value"), *(part for finding in findings for part in finding.cells)),
        )
        outcome.findings = [it for it in outcome.findings if it not in findings] + [told]


def _judge_stated(outcome: Outcome, data: Confrontation, form: Form, table: FormTable, register: Register) -> None:
    """What a record says about who within the department answers, against the register (variant ``stated``)."""
    asked = records_asked(table, form)
    for column, field in register.link.responsible.items():
        cells, texts = table.at(field)[asked.line], table.text(field)[asked.line]
        for key, cell, text in zip(asked.key, cells.tolist(), texts, strict=True):
            row = register.rows.get(str(key))
            if row is None or cell == ABSENT:
                continue
            if not text:
                outcome.unjudged.append(unjudged_at(data.facts, cell, CODE, "name_not_given"))
            elif fold_name(str(text)) == fold_name(row[column]):
                outcome.passed += 1
            else:
                outcome.findings.append(
                    finding_at(
                        data.facts,
                        cell,
                        CODE,
                        variant="stated",
                        expected=row[column],
                        data={"key": str(key), "register_department": row[column]},
                        cells=involved(data.facts, [cell], "name"),
                    )
                )


def _judge_form(
    outcome: Outcome, data: Confrontation, form: Form, table: FormTable, register: Register, rightful: Rightful
) -> None:
    asked = records_asked(table, form)
    owner = np.array([register.department(str(key)) for key in asked.key], dtype=object)
    who = table.department[asked.line]
    owned = owner != ""
    pairs = zip(asked.key, who, strict=True)
    right = np.array([register.owes(str(name), str(key)) for key, name in pairs], dtype=bool)
    outcome.passed += int(right.sum())
    for file, key in zip(table.file[asked.line[right]], asked.key[right], strict=True):
        rightful[str(file)].add(register.departments(str(key)))
    answered = set(zip(asked.key, who, strict=True))
    by_file: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number in np.flatnonzero(owned & ~right):
        if not who[number]:
            # A return of nobody known has been set aside.
            outcome.unjudged.append(unjudged_at(data.facts, int(asked.cell[number]), CODE, "department_not_known"))
        elif (asked.key[number], owner[number]) not in answered:
            line = asked.line[number]
            by_file[str(table.file[line]), str(owner[number])].append(int(number))
    sizes: dict[str, int] = defaultdict(int)
    for line in asked.line:
        sizes[str(table.file[line])] += 1
    for (file, department), numbers in by_file.items():
        if len(numbers) > 1 and len(numbers) == sizes[file]:
            outcome.findings.append(_finding(data, register, asked, department, numbers, "all"))
            continue
        # A key filled down over several records is one answer.
        for key in dict.fromkeys(str(asked.key[number]) for number in numbers):
            same = [number for number in numbers if asked.key[number] == key]
            groups = [same] if register.link.field else [[number] for number in same]
            outcome.findings += [_finding(data, register, asked, department, group) for group in groups]


def _finding(
    data: Confrontation, register: Register, asked: Asked, department: str, numbers: list[int], variant: str = ""
) -> Finding:
    cells = distinct_cells(data.facts, asked.cell[numbers])
    key = str(asked.key[numbers[0]])
    columns = register.name_columns()
    return finding_at(
        data.facts,
        cells[0],
        CODE,
        variant=variant,
        expected=department,
        data={
            "key": key,
            "name": register.rows[key][columns[0][0]] if columns else "",
            "register_department": department,
            "count": len(numbers),
        },
        cells=involved(data.facts, cells, "key"),
    )
