"""CNT001: a count that a sentence states (「９施策10事業の計画を変更」) is not what is counted."""

from __future__ import annotations

import re

from reconcile.facts import ABSENT, TEXT
from reconcile.normalise import fold_key, fold_name
from reconcile.packs.checks import Counted, RevisionCheck, StatedCountsCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.registers import record_lines, register_of, without_branch
from reconcile.rules.revision import revisions
from reconcile.rules.sub002 import NOT_READ
from reconcile.rules.xrf005 import chosen

_FIGURE = re.compile(r"\d+")


def judge(check: StatedCountsCheck, form: Form, data: Confrontation) -> Outcome:
    """Each stated count by itself. A sentence in which the counts cannot be found is not judged."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    lines = record_lines(table)
    for line in lines[chosen(table, check.where)[lines]]:
        position = int(table.at(check.text)[line])
        if position == ABSENT or facts.state[position] != TEXT:
            continue
        found = re.search(check.pattern, fold_name(str(facts.raw[position])))
        if found is None:
            outcome.unjudged.append(unjudged_at(facts, position, check.code, "counts_not_found"))
            continue
        for counted, stated in zip(check.counts, found.groups(), strict=True):
            figure = _FIGURE.search(stated or "")
            number, why, cells = _count(counted, data)
            if figure is None or why:
                outcome.unjudged.append(unjudged_at(facts, position, check.code, why or "counts_not_found"))
            elif int(figure[0]) == number:
                outcome.passed += 1
            else:
                outcome.findings.append(
                    finding_at(
                        facts,
                        position,
                        check.code,
                        expected=str(number),
                        data={"stated": stated, "counted": number},
                        cells=involved(facts, [position], "text") + involved(facts, cells, "counted"),
                    )
                )
    return outcome


def _count(counted: Counted, data: Confrontation) -> tuple[int, str, list[int]]:
    """What is counted, why it cannot be (empty where it can), and the cells of the records that were counted."""
    if counted.register_file is not None:
        return len(data.pack.tables[counted.register_file].rows), "", []
    assert counted.form is not None
    form = data.pack.forms[counted.form]
    table = data.table(counted.form)
    why = _why_not(form, data)
    if why or table is None:
        return 0, why or "returns_missing", []
    revised = _revised(form, data) if counted.revised else None
    if isinstance(revised, str):
        return 0, revised, []
    lines = [int(line) for line in record_lines(table) if revised is None or int(line) in revised]
    keys = [fold_key(str(table.record[line])) for line in lines]
    if counted.of == "groups":
        number = len({str(table.group[line]) for line in lines})
    elif counted.of == "projects":
        number = len({without_branch(key) for key in keys})
    else:
        number = len(set(keys))
    cells = [int(table.at(form.key[-1])[line]) for line in lines] if revised is not None else []
    return number, "", cells


def _why_not(form: Form, data: Confrontation) -> str:
    """Why the records of a form cannot be counted yet: some are missing, set aside, or not the register's."""
    if not data.complete_in(form):
        return "returns_missing"
    table, register = data.table(form.form), register_of(data.pack, form)
    if any(f.code in NOT_READ and f.form in ("", form.form) for s in data.submissions for f in s.findings):
        return "form_not_read"
    if table is None:
        return "returns_missing"
    lines = record_lines(table)
    if register is not None and {fold_key(str(key)) for key in table.record[lines]} != set(register.rows):
        return "records_not_those_expected"
    cells = table.at(form.key[-1])[lines]
    return "" if data.accepted[cells[cells != ABSENT]].all() else "details_set_aside"


def _revised(form: Form, data: Confrontation) -> frozenset[int] | str:
    """The first rows of the records that were revised; where one may be and it cannot be told, why not.

    A revision without a reason, or a reason without a revision, is in doubt (REV001, REV002): it is settled first.
    """
    table = data.table(form.form)
    check = next((c for c in form.checks if isinstance(c, RevisionCheck) and c.code == "REV001"), None)
    if table is None or check is None:
        return "revision_not_readable"
    found: set[int] = set()
    for item in revisions(form, table, check.revised, check.original, check.reason):
        if (item.unknown and not item.changed) or item.given is None or item.changed != item.given:
            return "revisions_in_doubt"
        if item.changed:
            found.add(item.lines[0])
    return frozenset(found)
