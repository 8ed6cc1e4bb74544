"""BAL008: what the records of a return come to exceeds what a list allots."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from reconcile.edits import at_most
from reconcile.facts import ABSENT, BLANK, EXACT, NIL, NUMBER, FormTable
from reconcile.normalise import fold_name
from reconcile.packs.checks import LimitCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.duplicates import accepted_records
from reconcile.rules.figures import figure, trimmed

Whose = tuple[str, ...]


def judge(check: LimitCheck, form: Form, data: Confrontation) -> Outcome:
    """One sum for each row of the list that records choose. A sum with a part that is no figure cannot be judged, nor
    one for which the list has no row."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    limits = _limits(check, data)
    texts = [table.text(slot) for slot in check.by]
    for whose, lines in _groups(check, table, data).items():
        said = " / ".join(part for part in (whose[0], *(str(text[lines[0]]) for text in texts)) if part)
        parts = [int(table.at(slot)[line]) for slot in check.amounts for line in lines]
        parts = [part for part in parts if part != ABSENT]
        if parts:
            _judge_sum(outcome, check, form, data, said, parts, limits.get(whose))
    return outcome


def _judge_sum(
    outcome: Outcome,
    check: LimitCheck,
    form: Form,
    data: Confrontation,
    whose: str,
    parts: list[int],
    limit: Decimal | None,
) -> None:
    """The largest part is the finding's cell: the first that one looks at."""
    facts = data.facts
    unknown = [part for part in parts if facts.state[part] not in (NUMBER, NIL, BLANK)]
    if limit is None or unknown:
        why = "part_not_a_number" if unknown else "beside_not_listed"
        outcome.unjudged.append(unjudged_at(facts, (unknown or parts)[0], check.code, why))
        return
    figures = [part for part in parts if facts.state[part] == NUMBER]
    if figures:
        outcome.edits.append(at_most(check.code, figures, int(EXACT.scaleb(limit, Decimal(facts.decimals)))))
    total = facts.decimal(sum(int(facts.number[part]) for part in figures))
    if total <= limit:
        outcome.passed += 1
        return
    unit = next((str(facts.unit[part]) for part in figures if facts.unit[part]), form.unit or "")
    outcome.findings.append(
        finding_at(
            facts,
            max(figures, key=lambda part: int(facts.number[part])),
            check.code,
            expected=figure(limit, unit),
            data={
                "group": whose or str(facts.department[parts[0]]),
                "computed": figure(total, unit),
                "limit": figure(limit, unit),
                "difference": trimmed(total - limit),
                "parts": tuple(facts.ref(part) for part in figures),
            },
            cells=involved(facts, figures, "part"),
        )
    )


def _limits(check: LimitCheck, data: Confrontation) -> dict[Whose, Decimal]:
    """What the list allots; a row without an amount that can be read allots nothing, and nothing is judged by it."""
    found: dict[Whose, Decimal] = {}
    for row in data.pack.tables[check.file].rows:
        department = row[check.department] if check.department else ""
        try:
            amount = Decimal(row[check.limit].replace(",", ""))
        except InvalidOperation:
            continue
        found[department, *(fold_name(row[column]) for column in check.by.values())] = amount
    return found


def _groups(check: LimitCheck, table: FormTable, data: Confrontation) -> dict[Whose, list[int]]:
    """Rows of merged records by what chooses their row of the list."""
    texts = [table.text(slot) for slot in check.by]
    found: dict[Whose, list[int]] = {}
    for line in accepted_records(table, data):
        department = str(table.department[line]) if check.department else ""
        found.setdefault((department, *(fold_name(str(text[line])) for text in texts)), []).append(line)
    return found
