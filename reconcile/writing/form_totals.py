"""The totals of a form with amounts: a subtotal for each group, and the ward's total with duplicates counted once."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.balances import FAIL, UNJUDGED
from reconcile.facts import ABSENT, NUMBER
from reconcile.findings import column_letters
from reconcile.packs.model import Total
from reconcile.writing.cells import Place
from reconcile.writing.duplicates import Plan, excluded
from reconcile.writing.form_records import Entry, Section
from reconcile.writing.form_sheet import FormSheet
from reconcile.writing.report import Report

_HEIGHT = 20.0


def subtotal_of(page: FormSheet) -> Total | None:
    """The form's subtotal row, where it has one."""
    return next((total for total in page.form.totals if total.level == "subtotal"), None)


def write_subtotal(page: FormSheet, section: Section, total: Total, stated: Sequence[Entry]) -> None:
    """The subtotal of a group as the live sum of its records; the returns' own subtotal rows are found here."""
    styles, sheet, facts = page.report.book.styles, page.sheet, page.report.run.facts
    top, row = page.row - len(section.entries) * page.layout.rows, page.row
    left = next(page.layout.figures())[0]
    sheet.merge(row, 1, row, left - 1, total.label, styles.get("total_label", align="right"))
    for column, printed in page.layout.figures():
        slot = printed.slots[0]
        letter = column_letters(column)
        sheet.formula(
            row,
            column,
            f"=SUM({letter}{top}:{letter}{row - 1})",
            facts.decimal(_sum(page, section.entries, slot)),
            styles.get("total", num_format="#,##0"),
        )
        own = [p for entry in stated for p in entry.slots.get(slot, ())]
        page.report.places.put(own, sheet.place(row, column))
    sheet.height(row, _HEIGHT)
    page.subtotals.append(row)
    page.row += 1


def write_total(page: FormSheet, found: Sequence[Section], plan: Plan | None) -> None:
    """Gross total, less what is counted elsewhere, net total; beside them the control total and the difference."""
    voice = page.report.voice
    controls = _controls(page.report, page.form.form)
    slots = [(column, printed.slots[0]) for column, printed in page.layout.figures()]
    entries = [entry for section in found for entry in section.entries]
    gross = {slot: _sum(page, entries, slot) for _, slot in slots}
    rows = page.subtotals or [row for tops in page.figure_rows.values() for row in tops]
    label = next((total.label for total in page.form.totals if total.level == "total"), voice.word("sum"))
    sums = {column: f"=SUM({_ranges(column, rows)})" for column, _ in slots}
    if plan is None and not controls:
        _row(page, label, {c: (sums[c], gross[s]) for c, s in slots})
        return
    less = {slot: _excluded(page.report, plan, slot) for slot in gross}
    page.starts.append(page.row)
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
    page.sheet.text(
        page.row,
        1,
        voice.word("duplicates_note", sheet=voice.word("duplicates")),
        page.report.book.styles.get("note", text_wrap=False),
    )
    page.row += 1


def _control_rows(
    page: FormSheet, slots: Sequence[tuple[int, str]], controls: dict[str, int], net: dict[str, int], at: int
) -> None:
    """The published total beside ours, and what lies between."""
    voice, facts = page.report.voice, page.report.run.facts
    numbers = page.report.run.balances, page.report.run.judged
    row = page.row
    left = next(page.layout.figures())[0]
    styles, sheet = page.report.book.styles, page.sheet
    sheet.merge(row, 1, row, left - 1, voice.word("control"), styles.get("label", align="right"))
    sheet.merge(row + 1, 1, row + 1, left - 1, voice.word("gap"), styles.get("label", align="right"))
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
    for own in (row, row + 1):
        sheet.height(own, _HEIGHT)
    page.row += 2


def _row(page: FormSheet, label: str, cells: dict[int, tuple[str, int]]) -> None:
    styles, facts = page.report.book.styles, page.report.run.facts
    left = next(page.layout.figures())[0]
    page.sheet.merge(page.row, 1, page.row, left - 1, label, styles.get("total_label", align="right"))
    for column, (formula, number) in cells.items():
        style = styles.get("total", num_format="#,##0")
        page.sheet.formula(page.row, column, formula, facts.decimal(number), style)
    page.sheet.height(page.row, _HEIGHT)
    page.row += 1


def _excluded(report: Report, plan: Plan | None, slot: str) -> int:
    amounts = (excluded(report, item, slot) for item in plan.items) if plan else ()
    return sum(gross - net for gross, net in amounts)


def _controls(report: Report, form: str) -> dict[str, int]:
    """Slot → number of the constraint whose total the pack states."""
    balances = report.run.balances
    return {
        balances.group[n]: n for n in range(len(balances)) if balances.total[n] == ABSENT and balances.form[n] == form
    }


def _sum(page: FormSheet, entries: Sequence[Entry], slot: str) -> int:
    """The sum of what the column shows as figures, scaled as the facts are."""
    facts = page.report.run.facts
    return sum(
        int(facts.number[p])
        for entry in entries
        for p in entry.slots.get(slot, ())
        if facts.state[p] == NUMBER and p in page.numbers
    )


def _ranges(column: int, rows: Sequence[int]) -> str:
    """The rows of a column as SUM takes them: runs as ranges."""
    letter = column_letters(column)
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ",".join(f"{letter}{a}:{letter}{b}" if a != b else f"{letter}{a}" for a, b in runs)
