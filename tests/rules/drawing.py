"""Draws what a rule judges: a form as a text table becomes facts with their cells.

The first line names the slots, each further line is one record, a subtotal (``小計 8``) or a total (``合計``).
What is drawn in line n and column m stands in row n and column m of the sheet, so that the address of every
cell can be read off the drawing: the first record stands in row 2.

    number | name           | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total
    1-1①   | 防災塾参加人数 | 1,000 人              | 1,500 人              | 2,600 人

Figures: ``1,000 人``, ``▲5``, ``69.9%``, ``5 枠（累計）``; ``=1,000 人`` is the stored result of a formula;
``a）5 件／b）6 枚`` are two components. States: ― (nil), 集計中, empty (blank), ``#N/A``; ``~`` is a cell the
template does not have; anything else is a milestone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import numpy as np

from reconcile.balances import Judged, judge
from reconcile.facts import BLANK, ERROR, MILESTONE, NIL, NUMBER, PENDING, TEXT, FactColumns, Facts, collect
from reconcile.packs import Form, Pack, load
from reconcile.rules import declared
from reconcile.rules.basis import find_bases
from reconcile.rules.context import Confrontation, Outcome
from reconcile.submissions import Submission

FIGURE = re.compile(r"(?P<sign>[-▲]?)(?P<digits>[\d,]+(?:\.\d+)?)\s*(?P<unit>[^（(]*)(?:[（(](?P<note>.*)[）)])?")
COMPONENT = re.compile(r"(?P<name>[a-z])[）)]\s*(?P<rest>.*)")


@cache
def plan() -> Pack:
    """The pack of the plan 2022-2023."""
    return load("plan2022")


@dataclass(frozen=True)
class Drawn:
    """One form of one return, as drawn."""

    form: str
    text: str
    file: str = "a.xlsx"
    department: str = "危機管理部"


def confront(
    *drawings: Drawn, pack: Pack | None = None, set_aside: Iterable[str] = (), everybody: bool = False
) -> Confrontation:
    """What the rules judge. ``set_aside`` names files that are not merged; ``everybody``: all have answered."""
    pack = pack or plan()
    returns: dict[tuple[str, str], FactColumns] = {}
    for drawing in drawings:
        columns = returns.setdefault((drawing.department, drawing.file), FactColumns())
        read_drawing(drawing.text, pack.forms[drawing.form], columns)
    facts = collect((department, file, columns) for (department, file), columns in returns.items())
    answered = {department for department, _ in returns} | (set(pack.expected_departments()) if everybody else set())
    required = {(form.form, slot) for form in pack.forms.values() for slot in form.required_slots()}
    due = [(f, s) in required and at == "record" for f, s, at in zip(facts.form, facts.slot, facts.level, strict=True)]
    return Confrontation(
        pack=pack,
        facts=facts,
        submissions=tuple(Submission(f"{name}.xlsx", "", 0, department=name) for name in sorted(answered)),
        due=np.array(due, dtype=bool),
        accepted=~np.isin(facts.file, list(set_aside)),
        basis=find_bases(pack, facts).basis,
    )


def outcome_of(code: str, data: Confrontation) -> Outcome:
    """What the rule of a code says of all checks the pack declares for it, in the order of the forms."""
    whole = Outcome()
    for form in data.pack.forms.values():
        for check in form.checks:
            if check.code == code:
                whole.extend(declared(code)(check, form, data))
    return whole


def judged(outcome: Outcome, data: Confrontation) -> Judged:
    """The verdicts over the constraints of an outcome."""
    return judge(outcome.balances, data.facts, data.due)


def at(facts: Facts, address: str, slot: str = "") -> int:
    """The position of the first value in a cell (of a slot, where the cell holds several)."""
    for position in range(len(facts)):
        if facts.ref(position).a1 == address and slot in ("", facts.slot[position]):
            return position
    raise KeyError(address)


def read_drawing(text: str, form: Form, columns: FactColumns) -> None:
    r"""Appends the values of a drawing to the columns of its return; \n in a cell is a line break."""
    lines = [[cell.strip().replace("\\n", "\n") for cell in line.split("|")] for line in text.strip().splitlines()]
    slots = lines[0]
    known = set(form.slots())
    assert set(slots) <= known, f"no such slots: {set(slots) - known}"
    for row, cells in enumerate(lines[1:], start=2):
        assert len(cells) == len(slots), f"line {row} has {len(cells)} cells, not {len(slots)}"
        level, group, record = _head(form, dict(zip(slots, cells, strict=True)), cells[0])
        entry = columns.entries
        for column, (slot, cell) in enumerate(zip(slots, cells, strict=True), start=1):
            if cell == "~":
                continue
            numeric = form.fields[slot.partition(".")[0]].numeric
            for component, value, unit, state, note, stored in _values(cell) if numeric else [_text(cell)]:
                raw = cell.removeprefix("=")
                values = (slot, component, value, unit, state, raw, note, "", stored)
                columns.append(form.name.ja, row, column, form.form, entry, record, level, group, *values)


def _head(form: Form, values: dict[str, str], first: str) -> tuple[str, str, str]:
    """Level, group and record of a line."""
    for total in form.totals:
        label = next((label for label in (total.label, *total.also) if f"{first} ".startswith(f"{label} ")), None)
        if label is not None:
            within = first[len(label) :].strip()
            if total.flag:
                return total.level, "", f"{total.flag}/{total.level}"
            return total.level, within, f"{within}/{total.level}".strip("/")
    group = values.get(form.group or "", "")
    if form.inside is None:  # a table inside a card is grouped by the card's whole key
        group = group.partition("-")[0]
    return "record", group, "/".join(values.get(name, "") for name in form.key)


Value = tuple[str, Decimal | None, str, int, str, bool]


def _text(cell: str) -> Value:
    return "", None, "", BLANK if not cell else NIL if cell == "―" else TEXT, "", False


def _values(cell: str) -> list[Value]:
    stored = cell.startswith("=")
    values: list[Value] = []
    for part in cell.removeprefix("=").split("／"):
        named = COMPONENT.fullmatch(part)
        name, rest = (named["name"], named["rest"]) if named else ("", part)
        figure = FIGURE.fullmatch(rest)
        if figure:
            number = Decimal(("-" if figure["sign"] else "") + figure["digits"].replace(",", ""))
            unit, note = figure["unit"].strip(), figure["note"] or ""
            values.append((name, number, unit, NUMBER, note, stored))
        else:
            state = {"": BLANK, "―": NIL, "集計中": PENDING, "#N/A": ERROR}.get(rest, MILESTONE)
            values.append((name, None, "", state, "", stored))
    return values
