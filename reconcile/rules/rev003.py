"""REV003: a figure quoted in the reason is not the figure in the cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reconcile.facts import ABSENT, BLANK, MILESTONE, NIL, NUMBER, Facts, FormTable
from reconcile.normalise import Quotation, fold_key, quoted_figures
from reconcile.packs.checks import QuotedFigureCheck, RevisionCheck
from reconcile.packs.model import Form
from reconcile.rules import quoted
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.registers import record_lines
from reconcile.rules.revision import carried_by, reason_text


@dataclass(frozen=True, slots=True)
class Side:
    """One quoted figure against the cells it may come from: (slot number, position) of each, those that hold it."""

    value: Decimal
    unit: str
    cells: tuple[tuple[int, int], ...]
    equal: tuple[tuple[int, int], ...]
    unreadable: bool

    @property
    def judged(self) -> bool:
        return bool(self.cells)

    @property
    def wrong(self) -> bool:
        return bool(self.cells) and not self.equal and not self.unreadable

    @property
    def open(self) -> bool:
        return self.unreadable and not self.equal

    @property
    def shown(self) -> str:
        return f"{self.value:,f}{'' if self.unit == '%' else ' '}{self.unit}".strip()


def judge(check: RevisionCheck | QuotedFigureCheck, form: Form, data: Confrontation) -> Outcome:
    """The reasons of revisions, or any text that quotes a figure."""
    if isinstance(check, QuotedFigureCheck):
        return quoted.judge(check, form, data)
    return judge_reasons(check, form, data)


def judge_reasons(check: RevisionCheck, form: Form, data: Confrontation) -> Outcome:
    """Each change a reason quotes: 「AからBに」 has A among the original figures and B among the revised ones.

    Only figures in the unit of the cells are compared. A reason that begins with a list mark (a）…) speaks of
    that component. Reasons that quote nothing are not counted.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    carried = carried_by(form, check.reason, check.original)
    reasons, texts = table.at(check.reason), table.text(check.reason)
    firsts = record_lines(table)
    for number, first in enumerate(firsts):
        if not texts[first]:
            continue
        quotations = quoted_figures(reason_text(str(texts[first]), carried))
        if not quotations:
            continue
        end = firsts[number + 1] if number + 1 < len(firsts) else len(table)
        lines = [line for line in range(int(first), int(end)) if table.entry[line] == table.entry[first]]
        for quotation in quotations:
            _judge_one(outcome, check, data, table, int(reasons[first]), quotation, lines)
    return outcome


def _judge_one(
    outcome: Outcome,
    check: RevisionCheck,
    data: Confrontation,
    table: FormTable,
    reason: int,
    quotation: Quotation,
    lines: list[int],
) -> None:
    facts = data.facts
    meant = [line for line in lines if fold_key(str(table.component[line])) == fold_key(quotation.component)] or lines
    new = _side(table, check.revised, meant, quotation.new, quotation.unit_new)
    old = None
    if quotation.old is not None:
        old = _side(table, check.original, meant, quotation.old, quotation.unit_old)
    sides = [side for side in (old, new) if side is not None]
    # Where several cells hold the figure, it vouches for none of them.
    for side in sides:
        if len(side.equal) == 1:
            outcome.edits += quoted.quoting(check.code, facts, side.equal[0][1], reason, side.value)
    wrong = [side for side in sides if side.wrong]
    if not wrong:
        if any(side.open for side in sides):
            outcome.unjudged.append(unjudged_at(facts, reason, check.code, "quoted_figure_not_comparable"))
        elif any(side.judged for side in sides):
            outcome.passed += 1
        return
    should = [_should_equal(facts, side, new if side is old else old) for side in wrong]
    for side, cell in zip(wrong, should, strict=True):
        outcome.edits += quoted.quoting(check.code, facts, cell, reason, side.value)
    first = wrong[0]
    told: dict[str, object] = {
        "quoted": first.shown,
        "other": facts.ref(should[0]),
        "value": str(facts.raw[should[0]]),
        "sentence": quotation.text,
    }
    if len(wrong) == 2:
        told |= {"quoted_new": new.shown, "other_new": facts.ref(should[1]), "value_new": str(facts.raw[should[1]])}
    outcome.findings.append(
        finding_at(
            facts,
            reason,
            check.code,
            found=quotation.text,
            expected=str(facts.raw[should[0]]),
            variant="both" if len(wrong) == 2 else "old" if first is old else "new",
            data=told,
            cells=involved(facts, [reason], "reason") + involved(facts, should, "quoted"),
        )
    )


def _side(table: FormTable, slots: list[str], lines: list[int], value: Decimal, unit: str) -> Side:
    facts = table.facts
    cells: list[tuple[int, int]] = []
    unreadable = False
    for number, position in _positions(table, slots, lines):
        state = facts.state[position]
        if state != NUMBER:
            unreadable |= state not in (BLANK, NIL, MILESTONE)
        elif facts.unit[position] in ("", unit):
            cells.append((number, position))
    equal = tuple(cell for cell in cells if facts.decimal(facts.number[cell[1]]) == value)
    return Side(value, unit, tuple(cells), equal, unreadable)


def _positions(table: FormTable, slots: list[str], lines: list[int]) -> Iterator[tuple[int, int]]:
    seen: set[int] = set()
    for number, slot in enumerate(slots):
        at = table.at(slot)
        for line in lines:
            position = int(at[line])
            if position != ABSENT and position not in seen:
                seen.add(position)
                yield number, position


def _should_equal(facts: Facts, side: Side, other: Side | None) -> int:
    """The cell a wrong figure probably means: beside the cell the other figure comes from, else the nearest value."""
    beside = {number for number, _ in other.equal} if other else set()
    cells = [cell for cell in side.cells if cell[0] in beside] or list(side.cells)
    return min(cells, key=lambda cell: abs(facts.decimal(facts.number[cell[1]]) - side.value))[1]
