"""突合の内訳: the parts of each total whose cells do not stand together, one below the other, with their live sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from reconcile.balances import FAIL
from reconcile.facts import ABSENT, NUMBER
from reconcile.writing.cells import Place
from reconcile.writing.paper import a4, break_pages, find_breaks, print_as
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.styles import LINE
from reconcile.writing.tables import write_copy_link, write_link, write_title
from reconcile.writing.text import lines

_WIDTHS = (22.0, 40.0, 24.0, 16.0, 16.0, 26.0, 22.0)
_HEADS = ("department", "record", "what", "value", "in_master", "file", "cell")
_VALUE = 4
_MOST = 20_000  # rows: the parts of totals beyond are reached from their first cell


def plan(report: Report, numbers: Sequence[int], sheet: Sheet, top: int) -> dict[int, Place]:
    """Where the block of each constraint will begin; of very many only the first get one."""
    found: dict[int, Place] = {}
    row, most = top, min(_MOST, top + sheet.rows_from(top))
    for number in numbers:
        size = len(report.run.balances.parts_of(number)) + 6
        if row + size > most:
            break
        found[number] = sheet.place(row, 1)
        row += size
    return found


def write_parts(
    report: Report, sheet: Sheet, blocks: Mapping[int, Place], rows: Mapping[int, tuple[Place, str]]
) -> None:
    """The blocks, each with a link back; ``rows`` has for each its row among the balances, and what it adds up."""
    voice, styles = report.voice, report.book.styles
    sheet.widths(_WIDTHS)
    said = voice.word("parts_of_totals_how" if blocks else "parts_none")
    write_title(report, sheet, voice.word("parts_of_totals"), said)
    for column, key in enumerate(_HEADS, start=1):
        sheet.text(4, column, voice.word(key), styles.get("head"))
    sheet.height(4, 24)
    bottom = printed = 4
    for number, place in blocks.items():
        bottom = _block(report, sheet, number, place.row, *rows[number])
        # Of those that hold, or could not be judged, nobody needs the parts on paper; what differs comes first.
        printed = bottom if report.run.judged.verdict[number] == FAIL or printed == 4 else printed
    sheet.freeze(5, 1)
    area = (1, 1, printed, len(_WIDTHS))
    print_as(sheet, area=area, repeat=(4, 4), header=report.title)
    starts = [(place.row, 1) for place in blocks.values() if place.row <= printed]
    break_pages(sheet, find_breaks(sheet, a4(landscape=True), area, (4, 4), starts))


def _block(report: Report, sheet: Sheet, number: int, row: int, back: Place, what: str) -> int:
    """Heading, parts, their sum, the stated total, the difference, a blank row. Returns the last of them."""
    run, voice, styles = report.run, report.voice, report.book.styles
    balances, judged, facts = run.balances, run.judged, run.facts
    total, parts = balances.total[number], balances.parts_of(number)
    form = balances.form[number]
    whose = str(facts.department[total]) if total != ABSENT else voice.word("whole")
    name = voice.record(form, str(facts.record[total])) if total != ABSENT else voice.word("sum")
    heading = "　".join(part for part in (balances.code[number], voice.form(form), whose, name, what) if part)
    colours = styles.mark_properties("error") if judged.verdict[number] == FAIL else {}
    sheet.merge(row, 1, row, len(_WIDTHS) - 1, heading, styles.get("label", bold=True, **colours))
    write_link(report, sheet, row, len(_WIDTHS), back, voice.word("back"))
    factors = balances.coefficient[balances.start[number] : balances.start[number] + len(parts)]
    first = row + 1
    for offset, (part, factor) in enumerate(zip(parts, factors, strict=True)):
        _part(report, sheet, first + offset, form, part, factor)
    last = first + len(parts) - 1
    _sum(report, sheet, last + 1, "computed", f"=SUM(D{first}:D{last})", facts.decimal(int(judged.computed[number])))
    stated = total == ABSENT or facts.state[total] == NUMBER
    place = report.places.of(total) if total != ABSENT else report.places.of_control(number)
    value = facts.decimal(int(judged.stated[number]))
    if stated:
        _sum(report, sheet, last + 2, "stated", "", value)
        difference = facts.decimal(int(judged.difference[number]))
        _sum(report, sheet, last + 3, "difference", f"=D{last + 2}-D{last + 1}", difference, signed=True)
    else:
        sheet.merge(last + 2, 1, last + 2, _VALUE - 1, voice.word("stated"), styles.get("total_label", align="right"))
        sheet.text(last + 2, _VALUE, str(facts.raw[total]), styles.get("total"))
    write_link(report, sheet, last + 2, _VALUE + 1, place)
    if total != ABSENT:
        ref = facts.ref(total)
        sheet.text(last + 2, _VALUE + 2, ref.file, styles.get("cell"))
        write_copy_link(report, sheet, last + 2, _VALUE + 3, ref, f"{ref.sheet}!{ref.a1}")
    return last + 4


def _part(report: Report, sheet: Sheet, row: int, form: str, part: int, factor: int) -> None:
    facts, voice, styles = report.run.facts, report.voice, report.book.styles
    _, version, period = facts.parts(part)
    component = str(facts.component[part])
    texts = [
        str(facts.department[part]),
        _name(report, form, part),
        " ".join(word for word in (voice.slot(version, period), component) if word),
    ]
    for column, text in enumerate(texts, start=1):
        sheet.text(row, column, text, styles.get("cell"))
    value = facts.value[part]
    if facts.state[part] == NUMBER and value is not None:
        style = styles.get("figure", num_format=_digits(value))
        place = report.places.of(part) if report.standing[part] else None
        sign = "" if factor == 1 else f"{factor}*"
        if place is not None:
            sheet.formula(row, _VALUE, f"={sign}{place.formula}", factor * value, style)
        else:
            sheet.number(row, _VALUE, factor * value, style)
    else:
        sheet.text(row, _VALUE, str(facts.raw[part]), styles.get("center"))
    ref = facts.ref(part)
    write_link(report, sheet, row, _VALUE + 1, report.places.of(part))
    sheet.text(row, _VALUE + 2, ref.file, styles.get("cell"))
    write_copy_link(report, sheet, row, _VALUE + 3, ref, f"{ref.sheet}!{ref.a1}")
    taken = max(lines(text, width) for text, width in zip(texts, _WIDTHS, strict=False))
    sheet.height(row, max(18.0, taken * LINE + 4))


def _name(report: Report, form: str, part: int) -> str:
    """The record of a part: its key and the name the register or the return gives it."""
    facts, record = report.run.facts, str(report.run.facts.record[part])
    known = report.voice.record(form, record)
    table = facts.tables[form]
    fields = report.run.pack.forms[form].fields
    key = max((n for n, field in enumerate(fields.values()) if field.type == "key"), default=0)
    slot = next((name for name in list(fields)[key + 1 :] if fields[name].type == "text"), "")
    if known != record or slot not in table.index:
        return known
    # Records are numbered in the order in which they were read.
    line = int(np.searchsorted(table.entry, facts.entry[part]))
    position = int(table.index[slot][line])
    return f"{record} {facts.raw[position]}" if position != ABSENT else record


def _sum(
    report: Report, sheet: Sheet, row: int, key: str, formula: str, value: Decimal, *, signed: bool = False
) -> None:
    styles = report.book.styles
    sheet.merge(row, 1, row, _VALUE - 1, report.voice.word(key), styles.get("total_label", align="right"))
    digits = _digits(value)
    style = styles.get("total", num_format=f"+{digits};-{digits};0" if signed else digits)
    if formula:
        sheet.formula(row, _VALUE, formula, value, style)
    else:
        sheet.number(row, _VALUE, value, style)


def _digits(value: Decimal) -> str:
    return "#,##0" if value == value.to_integral_value() else "#,##0.0##"
