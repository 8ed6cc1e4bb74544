"""XRF002: the register expects a record of a department that answered the form, and it is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from reconcile.facts import TEXT, FormTable
from reconcile.findings import CellRef, Finding, Involved, Unjudged
from reconcile.normalise import similarity
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome
from reconcile.rules.registers import Register, records_asked, register_of
from reconcile.rules.sub002 import NOT_READ
from reconcile.rules.xrf001 import SAME_NAME, nearest_key

CODE = "XRF002"


@dataclass(slots=True)
class Answered:
    """What one department answered in a form: key → positions of its cells, and the name typed at each cell."""

    cells: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    names: dict[int, dict[str, str]] = field(default_factory=dict)


def judge(data: Confrontation) -> Outcome:
    """One finding a missing record. A department or form that is missing as a whole is SUB001 or SUB002.

    Where the department's answer under another number is near, the finding names it (variant ``near``): the number
    was probably mistyped; or it is blank or cannot be read (``unnumbered``). Where another department answered the
    record, it is named too (``elsewhere``).
    """
    outcome = Outcome()
    in_part = _read_in_part(data)
    for form in data.pack.forms.values():
        register = register_of(data.pack, form)
        if register is None or register.link.selection:
            continue
        table = data.table(form.form)
        answers = _answers(table, form, register) if table is not None else {}
        for department in sorted(data.answered):
            expected = register.expected_of(department)
            answered = answers.get(department)
            if not expected or answered is None:
                # Nothing was read of the form: SUB002, or what the reader said of it.
                continue
            missing = [key for key in expected if key not in answered.cells]
            outcome.passed += len(expected) - len(missing)
            why = "" if in_part[department].isdisjoint(("", form.form)) else "form_not_read"
            if (
                not why
                and len(missing) == len(expected)
                and all(register.department(key) not in ("", department) for key in answered.cells)
            ):
                why = "form_of_another_department"
            heads = Counter(_head(key) for key in missing)
            for key in missing:
                alone = heads[_head(key)] == 1
                finding = _missing(data, form, register, department, key, answers, alone=alone)
                if why:
                    outcome.unjudged.append(
                        Unjudged(CODE, finding.ref, why, form=form.form, record=key, department=department)
                    )
                else:
                    outcome.findings.append(finding)
    return outcome


def _answers(table: FormTable, form: Form, register: Register) -> dict[str, Answered]:
    asked = records_asked(table, form)
    answers: dict[str, Answered] = defaultdict(Answered)
    texts = {column: table.text(name)[asked.line] for column, name in register.name_columns()}
    for number, line in enumerate(asked.line):
        answered = answers[str(table.department[line])]
        cell = int(asked.cell[number])
        answered.cells[str(asked.key[number])].append(cell)
        answered.names[cell] = {column: str(names[number]) for column, names in texts.items()}
    return answers


def _read_in_part(data: Confrontation) -> Mapping[str, set[str]]:
    """Department → the forms of which a part was not read ("": all of them): what is missing cannot be said there."""
    found: dict[str, set[str]] = defaultdict(set)
    for submission in data.submissions:
        found[submission.department] |= {
            finding.form for finding in submission.findings if finding.code in NOT_READ and not finding.record
        }
    return found


def _missing(
    data: Confrontation,
    form: Form,
    register: Register,
    department: str,
    key: str,
    answers: Mapping[str, Answered],
    *,
    alone: bool,
) -> Finding:
    answered = answers[department]
    typed = _typed_instead(register, department, key, answered)
    if typed is None and alone:
        typed = _nameless(register, key, answered)
    where, variant = _belongs(data, form, register, department, key, answered)
    cells: tuple[Involved, ...] = (Involved(where, "place"),)
    told: dict[str, object] = {
        "key": key,
        "typed_key": register.written(key),
        "name": register.name(key),
        "after": where,
    }
    near = ""
    if typed is not None:
        near = "near" if data.facts.state[typed] == TEXT else "unnumbered"
        cells += (Involved(data.facts.ref(typed), "typed"),)
        told |= {"typed": str(data.facts.raw[typed]), "typed_cell": data.facts.ref(typed)}
    # Who owes the same record, too (a role that every department names), has not answered it for this one.
    others = (name for name, other in answers.items() if key in other.cells and not register.owes(name, key))
    elsewhere = next(others, None)
    if elsewhere is not None:
        told["other_department"] = elsewhere
        cells += tuple(Involved(data.facts.ref(cell), "elsewhere") for cell in answers[elsewhere].cells[key])
    return Finding(
        CODE,
        CellRef(where.file, where.sheet),
        department=department,
        form=form.form,
        record=key,
        field=register.link.field or form.key[-1],
        expected=key,
        variant="elsewhere" if elsewhere is not None else near or variant,
        data=told,
        cells=cells,
    )


def _typed_instead(register: Register, department: str, key: str, answered: Answered) -> int | None:
    """The cell of an answer that was probably meant for the missing key: of those that bear names of its, the one that
    bears most of them."""
    named: dict[int, int] = {}
    for other, cells in answered.cells.items():
        unknown = other not in register.rows
        # A key the register does not know, or that another department owes, or all of the answers under one key.
        astray = unknown or not register.owes(department, other) or len(cells) > 1
        for cell in cells if astray else ():
            names = answered.names[cell]
            alike = _named_alike(register, key, names)
            if alike and (unknown or len(cells) > 1 or alike > _named_alike(register, other, names)):
                named[cell] = alike
            elif unknown and other and nearest_key(other, {}, register, department, answered.cells) == key:
                return cell
    return max(named, key=lambda cell: named[cell], default=None)


def _named_alike(register: Register, key: str, names: Mapping[str, str]) -> int:
    """How many of the names given are those of a key."""
    row = register.rows[key]
    return sum(bool(name) and similarity(name, row[column]) >= SAME_NAME for column, name in names.items())


def _nameless(register: Register, key: str, answered: Answered) -> int | None:
    """The cell of the only answer under the same heading that bears neither number nor name; where one number stands
    for several records, the first of those that lack it."""
    blank = [
        cell
        for other, cells in answered.cells.items()
        if _head(other) == _head(key) and not other.rpartition("/")[2]
        for cell in cells
        if not any(answered.names[cell].values())
    ]
    return blank[0] if len(blank) == 1 or (blank and register.link.field) else None


def _head(key: str) -> str:
    """What a record of a key in several parts belongs to."""
    return key.rpartition("/")[0]


def _belongs(
    data: Confrontation, form: Form, register: Register, department: str, key: str, answered: Answered
) -> tuple[CellRef, str]:
    """Where the record belongs: after the nearest record before it in the register's order, else at the header."""
    expected = register.expected_of(department)
    for before in reversed(expected[: expected.index(key)]):
        if before in answered.cells:
            return max(data.facts.ref(cell) for cell in answered.cells[before]), "after"
    cells = [data.facts.ref(cell) for found in answered.cells.values() for cell in found]
    sheets = Counter((ref.file, ref.sheet) for ref in cells)
    (file, sheet), _ = sheets.most_common(1)[0]
    header = data.headers.get((file, sheet, form.form))
    column = Counter(ref.column for ref in cells if (ref.file, ref.sheet) == (file, sheet)).most_common(1)[0][0]
    return CellRef(file, sheet, header.header_row if header else 0, column if header else 0), "header"
