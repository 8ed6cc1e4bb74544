"""FLD003 beside another field: a value that the list allows only beside certain others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from reconcile.facts import ABSENT, TEXT
from reconcile.normalise import fold_label, read_date
from reconcile.packs.checks import ListedBesideCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.registers import record_lines


def judge(check: ListedBesideCheck, form: Form, data: Confrontation) -> Outcome:
    """Every value against the rows of the list that the record's other fields choose.

    Where these choose no row, or the value is a day that cannot be read (FLD006), it is not judged. A blank is
    FLD001's.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    rows = data.pack.tables[check.file].rows
    dated = form.fields[check.field].type == "date"
    cells, states = table.at(check.field), table.state(check.field)
    texts = {field: table.text(field) for field in check.beside}
    facts = data.facts
    for line in record_lines(table).tolist():
        cell = int(cells[line])
        if cell == ABSENT or states[line] != TEXT:
            continue
        beside = {field: str(text[line]) for field, text in texts.items()}
        allowed = _allowed(check, rows, beside)
        value = _value(str(facts.raw[cell]), dated=dated)
        if value is None or not allowed:
            why = "date_not_readable" if value is None else "beside_not_listed"
            outcome.unjudged.append(unjudged_at(facts, cell, check.code, why))
        elif value in {_value(word, dated=dated) for word in allowed}:
            outcome.passed += 1
        else:
            others = [int(table.at(field)[line]) for field in check.beside]
            outcome.findings.append(
                finding_at(
                    facts,
                    cell,
                    check.code,
                    variant="beside",
                    expected=allowed[0],
                    data={"beside": tuple(beside.values()), "allowed": tuple(allowed)},
                    cells=involved(facts, [cell], "value") + involved(facts, others, "beside"),
                )
            )
    return outcome


def _allowed(check: ListedBesideCheck, rows: Sequence[Mapping[str, str]], beside: Mapping[str, str]) -> list[str]:
    """The values of the list's rows that fit the record's other fields."""
    wanted = {column: fold_label(beside[field]) for field, column in check.beside.items()}
    fitting = (row for row in rows if all(fold_label(row[column]) == word for column, word in wanted.items()))
    return list(dict.fromkeys(row[check.column] for row in fitting if row[check.column]))


def _value(text: str, *, dated: bool) -> date | str | None:
    """A text as it is compared: a day whatever its notation, any other one folded. None: no readable day."""
    return read_date("s", text, "General", False) if dated else fold_label(text)
