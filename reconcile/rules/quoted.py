"""A figure that a text quotes (「業務削減時間：1,040時間」) is not the figure in its cell (REV003)."""

from __future__ import annotations

import re
from decimal import Decimal

from reconcile.edits import Comparison
from reconcile.facts import ABSENT, BLANK, EXACT, NIL, NUMBER, TEXT, Facts
from reconcile.normalise import fold_name
from reconcile.packs.checks import QuotedFigureCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.figures import figure
from reconcile.rules.registers import record_lines


def judge(check: QuotedFigureCheck, form: Form, data: Confrontation) -> Outcome:
    """Each record whose text quotes the figure; a cell that is blank or ― does not state it either.

    A template without the cell, and a text that quotes nothing, have nothing to compare. What the text quotes is
    said as it stands there; several figures as their sum.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts, unit = data.facts, form.fields[check.figure.partition(".")[0]].unit or form.unit or ""
    for line in record_lines(table).tolist():
        cell, text = int(table.at(check.figure)[line]), int(table.at(check.text)[line])
        if ABSENT in (cell, text) or facts.state[text] != TEXT:
            continue
        quoted = quoted_in(str(facts.raw[text]), check.quoted)
        if not quoted:
            continue
        total, state = sum(quoted, Decimal(0)), int(facts.state[cell])
        if state == NUMBER:
            outcome.edits += quoting(check.code, facts, cell, text, total)
        if state not in (NUMBER, BLANK, NIL):
            outcome.unjudged.append(unjudged_at(facts, cell, check.code, "quoted_figure_not_comparable"))
        elif state == NUMBER and facts.decimal(int(facts.number[cell])) == total:
            outcome.passed += 1
        else:
            said = figure(total, unit)
            outcome.findings.append(
                finding_at(
                    facts,
                    cell,
                    check.code,
                    expected=said,
                    variant="text" if state == NUMBER else "text_only",
                    data={"quoted": said, "other": facts.ref(text), "count": len(quoted)},
                    cells=involved(facts, [cell], "value") + involved(facts, [text], "quoted"),
                )
            )
    return outcome


def quoting(code: str, facts: Facts, cell: int, text: int, figure: Decimal) -> list[Comparison]:
    """The figure in a cell is the one its text quotes; none where that has more decimals than any figure."""
    scaled = EXACT.scaleb(figure, Decimal(facts.decimals))
    return [Comparison(code, ((cell, 1),), text=text, quoted=int(scaled))] if scaled == int(scaled) else []


def quoted_in(text: str, patterns: list[str]) -> list[Decimal]:
    """The figures that a text quotes, by the first pattern that fits it; none where no pattern does."""
    folded = fold_name(text)
    for pattern in patterns:
        found = [Decimal(digits) for match in re.findall(pattern, folded) if (digits := match.replace(",", ""))]
        if found:
            return found
    return []
