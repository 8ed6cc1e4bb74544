"""BAL007: a breakdown in percent does not come to 100 within rounding."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from reconcile.edits import Comparison
from reconcile.facts import ABSENT, EXACT, NIL, NUMBER, Facts, FormTable
from reconcile.normalise import fold_name
from reconcile.packs.checks import SharesCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.figures import figure, trimmed

WHOLE = Decimal(100)


def judge(check: SharesCheck, form: Form, data: Confrontation) -> Outcome:
    """One judgement a question of one answer; each share may be off by half its last digit.

    The primary cell is the first share. A question whose kind is not known is not judged; one that allows several
    answers is not looked at.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    single, several = ({fold_name(word) for word in words} for words in (check.single, check.several))
    kinds, shares = table.text(check.kind), table.at(check.shares)
    for name, lines in _questions(check, table):
        cells = [int(shares[line]) for line in lines if shares[line] != ABSENT]
        said = {fold_name(str(kinds[line])) for line in lines}
        if not cells or (len(said) == 1 and said <= several):
            continue
        if not said <= single:
            outcome.unjudged.append(unjudged_at(facts, cells[0], check.code, "kind_not_known"))
            continue
        unknown = [cell for cell in cells if facts.state[cell] not in (NUMBER, NIL)]
        if unknown:
            known = [cell for cell in cells if facts.state[cell] == NUMBER]
            if len(unknown) == 1:
                room = Decimal(len(known) + 1).scaleb(-check.digits) / 2
                outcome.asking.append(_whole(check.code, facts, [*known, *unknown], room))
            outcome.unjudged.append(unjudged_at(facts, unknown[0], check.code, "part_not_a_number"))
            continue
        figures = [cell for cell in cells if facts.state[cell] == NUMBER]
        computed = facts.decimal(sum(int(facts.number[cell]) for cell in figures))
        room = Decimal(len(figures)).scaleb(-check.digits) / 2
        outcome.edits.append(_whole(check.code, facts, figures, room))
        if abs(computed - WHOLE) <= room:
            outcome.passed += 1
            continue
        outcome.findings.append(
            finding_at(
                facts,
                cells[0],
                check.code,
                expected=figure(WHOLE, "%"),
                data={
                    "row_name": name,
                    "computed": figure(computed, "%"),
                    "difference": trimmed(computed - WHOLE),
                    "parts": tuple(facts.ref(cell) for cell in cells),
                    "tolerance": figure(room, "%"),
                },
                cells=involved(facts, cells, "part"),
            )
        )
    return outcome


def _whole(code: str, facts: Facts, figures: list[int], room: Decimal) -> Comparison:
    """The shares come to the whole, as far as their rounding lets them."""
    least, most = (int(EXACT.scaleb(WHOLE + edge, Decimal(facts.decimals))) for edge in (-room, room))
    return Comparison(code, tuple((cell, 1) for cell in figures), least, most)


def _questions(check: SharesCheck, table: FormTable) -> list[tuple[str, list[int]]]:
    """What a person calls each question, and its rows in the form's table."""
    texts = [table.text(field) for field in check.by]
    found: dict[tuple[str, ...], list[int]] = {}
    for line in np.flatnonzero(table.is_level("record")).tolist():
        told = (fold_name(str(text[line])) for text in texts)
        found.setdefault((str(table.file[line]), str(table.department[line]), *told), []).append(line)
    return [("・".join(str(text[lines[0]]) for text in texts if text[lines[0]]), lines) for lines in found.values()]
