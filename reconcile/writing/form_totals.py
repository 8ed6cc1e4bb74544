"""The totals of a form: by group, with duplicates counted once, or as the return states them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from reconcile.balances import FAIL, UNJUDGED
from reconcile.facts import ABSENT, Positions
from reconcile.findings import column_letters
from reconcile.packs.model import Total
from reconcile.rules.relisted import relisted_lines
from reconcile.writing.cells import Place
from reconcile.writing.duplicates import Plan, excluded
from reconcile.writing.form_live import sum_of_rows
from reconcile.writing.form_page import FormSheet
from reconcile.writing.form_records import Entry, Records, Section, records
from reconcile.writing.form_sheet import content, write_source
from reconcile.writing.report import Report

_HEIGHT = 20.0


def subtotal_of(page: FormSheet) -> Total | None:
    """The form's subtotal row, where it has one."""
    return next((total for total in page.form.totals if total.level == "subtotal"), None)


def write_subtotal(page: FormSheet, records: Records, section: Section, total: Total, stated: Sequence[Entry]) -> None:
    """The subtotal of a group as the live sum of its records; the returns' own subtotal rows are found here."""
    sheet, facts = page.sheet, page.report.run.facts
    top, row = page.row - len(section.rows) * page.layout.rows, page.row
    _label(page, row, total.label)
    for column, printed in page.layout.figures():
        slot = printed.slots[0]
        letter = column_letters(column)
        value = facts.decimal(_sum(page, records, section.rows, slot))
        style = page.report.book.styles.get("total", num_format="#,##0")
        sheet.formula(row, column, f"=SUM({letter}{top}:{letter}{row - 1})", value, style)
        own = [p for entry in stated for p in entry.slots.get(slot, ())]
        page.report.places.put(own, sheet.place(row, column))
    page.subtotals.append(row)
    page.row += 1


def write_stated(page: FormSheet) -> bool:
    """The total rows and breakdowns of the one return that states them, as typed; those that its records make become
    formulas. They stay on the page of the last record. Answers whether there were any: totals of several returns are
    added up instead."""
    facts = page.report.run.facts
    levels = [level for level in dict.fromkeys(total.level for total in page.form.totals) if level != "subtotal"]
    stated = [(level, records(page.report.run, page.form, level)) for level in levels]
    files = np.concatenate([np.zeros(0, dtype=np.int64), *(found.first[found.kept] for _, found in stated)])
    if len(np.unique(facts.coded("file").codes[files])) != 1:
        return False
    for level, entry in ((level, found.entry(row)) for level, found in stated for row in found.kept.tolist()):
        _label(page, page.row, _label_of(page, level, entry))
        for column, printed in page.layout.figures():
            positions = entry.slots.get(printed.slots[0], [])
            what = content(page, entry, printed.slots[0], printed.width, figure=True)
            page.report.places.put(positions, page.sheet.place(page.row, column))
            if what.value is None:
                style = page.report.book.styles.get("total", align="center", indent=0)
                page.sheet.text(page.row, column, what.text, style)
                continue
            style = page.report.book.styles.get("total", num_format=what.number_format)
            page.figure((page.row, column), positions, what.value, style)
        write_source(page, entry)
        page.row += 1
    table = page.report.run.facts.tables[page.form.form]
    left_out = sorted({str(record) for record in table.record[relisted_lines(page.form, table)]})
    if left_out:
        text = page.report.voice.word("relisted_note", items=page.report.voice.comma.join(left_out))
        page.sheet.text(page.row, 1, text, page.report.book.styles.get("note", text_wrap=False))
        page.row += 1
    return True


def _label_of(page: FormSheet, level: str, entry: Entry) -> str:
    """The printed label of a total row; of a breakdown that of its flag."""
    own = [total for total in page.form.totals if total.level == level]
    flag = entry.record.partition("/")[0]
    found = next((total for total in own if total.flag == flag), own[0])
    return page.report.voice.word("breakdown", label=found.label) if level == "breakdown" else found.label


def write_total(page: FormSheet, records: Records, found: Sequence[Section], plan: Plan | None) -> None:
    """Gross total, less what is counted elsewhere, net total; beside them the control total and the difference. No page
    begins with them."""
    voice = page.report.voice
    controls = _controls(page.report, page.form.form)
    slots = [(column, printed.slots[0]) for column, printed in page.layout.figures()]
    every = np.concatenate([section.rows for section in found])
    gross = {slot: _sum(page, records, every, slot) for _, slot in slots}
    tops = page.subtotals or (page.rows.tops.tolist() if page.rows else [])
    label = next((total.label for total in page.form.totals if total.level == "total"), voice.word("sum"))
    sums = {column: sum_of_rows(tops, column) for column, _ in slots}
    if plan is None and not controls:
        _row(page, label, {c: (sums[c], gross[s]) for c, s in slots})
        return
    less = {slot: _excluded(page.report, plan, slot) for slot in gross}
    first = page.row
    _row(page, voice.word("gross_total"), {c: (sums[c], gross[s]) for c, s in slots})
    taken: dict[int, tuple[str, int]] = {}
    for column, slot in slots:
        place: Place | None = plan.excluded(slot) if plan else None
        taken[column] = (f"=-{place.formula}" if place else "=0", -less[slot])
    _row(page, voice.word("less"), taken)
    net = {c: (f"={column_letters(c)}{first}+{column_letters(c)}{first + 1}", gross[s] - less[s]) for c, s in slots}
    _row(page, voice.word("net_total"), net)
    if controls:
        _control_rows(page, slots, controls, {slot: gross[slot] - less[slot] for slot in gross}, first + 2)
    note = page.report.book.styles.get("note", text_wrap=False)
    page.sheet.text(page.row, 1, voice.word("duplicates_note", sheet=voice.word("duplicates")), note)
    page.row += 1


def _control_rows(
    page: FormSheet, slots: Sequence[tuple[int, str]], controls: dict[str, int], net: dict[str, int], at: int
) -> None:
    """The published total beside ours, and what lies between."""
    voice, facts = page.report.voice, page.report.run.facts
    numbers = page.report.run.balances, page.report.run.judged
    row = page.row
    styles, sheet = page.report.book.styles, page.sheet
    _label(page, row, voice.word("control"), "label")
    _label(page, row + 1, voice.word("gap"), "label")
    for column, slot in slots:
        letter = column_letters(column)
        number = controls.get(slot)
        if number is None:
            sheet.text(row, column, "", styles.get("figure"))
            sheet.text(row + 1, column, "", styles.get("figure"))
            continue
        stated = int(numbers[1].stated[number])
        sheet.number(row, column, facts.decimal(stated), styles.get("figure", num_format="#,##0"))
        colour = {FAIL: "#9C0006", UNJUDGED: "#7A4B00"}.get(int(numbers[1].verdict[number]), "#1E6B2E")
        style = styles.get("figure", num_format="+#,##0;-#,##0;0", font_color=colour, bold=True)
        sheet.formula(row + 1, column, f"={letter}{at}-{letter}{row}", facts.decimal(net[slot] - stated), style)
        page.report.places.put_control(number, sheet.place(row + 1, column))
        finding = page.report.run.balance_findings.get(number)
        if finding:
            page.report.places.put_finding(finding, sheet.place(row + 1, column))
    page.row += 2


def _label(page: FormSheet, row: int, label: str, style: str = "total_label") -> None:
    """The label of a row of totals, over all columns left of the figures."""
    left = next(page.layout.figures())[0]
    page.sheet.merge(row, 1, row, left - 1, label, page.report.book.styles.get(style, align="right"))
    page.sheet.height(row, _HEIGHT)


def _row(page: FormSheet, label: str, cells: dict[int, tuple[str, int]]) -> None:
    facts = page.report.run.facts
    _label(page, page.row, label)
    for column, (formula, number) in cells.items():
        style = page.report.book.styles.get("total", num_format="#,##0")
        value: Decimal = facts.decimal(number)
        if formula:
            page.sheet.formula(page.row, column, formula, value, style)
        else:
            page.sheet.number(page.row, column, value, style)
    page.row += 1


def _excluded(report: Report, plan: Plan | None, slot: str) -> int:
    amounts = (excluded(report, item, slot) for item in (*plan.items, *plan.others)) if plan else ()
    return sum(gross - net for gross, net in amounts)


def _controls(report: Report, form: str) -> dict[str, int]:
    """Slot → number of the constraint whose total the pack states."""
    constraints = report.constraints
    stated = np.flatnonzero((constraints.total == ABSENT) & constraints.form.says(form)).tolist()
    return {report.run.balances.group[n]: n for n in stated}


def _sum(page: FormSheet, records: Records, rows: Positions, slot: str) -> int:
    """The sum of what the column shows as figures, scaled as the facts are."""
    facts = page.report.run.facts
    positions = records.at(slot, rows)
    positions = positions[positions != ABSENT]
    return int(facts.number[positions[page.shows[positions]]].sum())
