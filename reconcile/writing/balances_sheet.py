"""突合結果: every total computed again from its parts, with links from the total to the parts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reconcile.balances import EMPTY, FAIL, PASS, ROUNDED, VERDICTS
from reconcile.facts import ABSENT, NUMBER
from reconcile.findings import CellRef
from reconcile.writing.cells import Place
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.tables import Heading, print_table, tallest, write_link, write_table, write_title

_TOP = 4
_COLUMNS = (
    ("code", 9, "center"),
    ("form", 9, "center"),
    ("department", 18, "cell"),
    ("record", 30, "cell"),
    ("what", 22, "cell"),
    ("stated", 14, "figure"),
    ("computed", 14, "figure"),
    ("difference", 12, "figure"),
    ("tolerance", 9, "figure"),
    ("excluded", 13, "figure"),
    ("verdict", 11, "center"),
    ("why", 28, "cell"),
    ("in_master", 15, "cell"),
    ("parts", 24, "cell"),
    ("file", 24, "cell"),
    ("cell", 13, "cell"),
)
_LEVELS = {PASS: "good", ROUNDED: "info", FAIL: "error"}


def write(report: Report, sheet: Sheet) -> None:
    """One row a constraint, in the order in which they were judged; what differs comes first."""
    voice, judged = report.voice, report.run.judged
    verdicts = [int(verdict) for verdict in judged.verdict]
    shown = [number for number, verdict in enumerate(verdicts) if verdict != EMPTY]
    shown.sort(key=lambda number: verdicts[number] != FAIL)
    empty = len(verdicts) - len(shown)
    remark = voice.word("balances_how", empty=empty) if verdicts else voice.word("no_balances")
    write_title(report, sheet, voice.word("balances"), remark)
    headings = [Heading(voice.word(key), width, style) for key, width, style in _COLUMNS]
    bottom = write_table(
        report,
        sheet,
        headings,
        len(shown),
        lambda n, row: _row(report, sheet, headings, shown[n], row),
        name="balance_edits",
        top=_TOP,
    )
    print_table(report, sheet, bottom, len(headings), _TOP, a3=True)


def _row(report: Report, sheet: Sheet, headings: Sequence[Heading], number: int, row: int) -> int:
    run, voice, styles = report.run, report.voice, report.book.styles
    balances, judged, facts = run.balances, run.judged, run.facts
    total = balances.total[number]
    verdict = int(judged.verdict[number])
    texts = [
        balances.code[number],
        voice.form(balances.form[number]),
        str(facts.department[total]) if total != ABSENT else voice.word("whole"),
        voice.record(balances.form[number], str(facts.record[total])) if total != ABSENT else voice.word("sum"),
        _what(report, number),
    ]
    for column, text in enumerate(texts, start=1):
        sheet.text(row, column, text, styles.get(headings[column - 1].style))
    stated = total == ABSENT or facts.state[total] == NUMBER
    figures: list[int | None] = [
        int(judged.stated[number]) if stated else None,
        int(judged.computed[number]),
        int(judged.difference[number]) if stated else None,
        balances.tolerance[number] or None,
        balances.excluded[number] or None,
    ]
    if not stated:
        sheet.text(row, 6, str(facts.raw[total]), styles.get("figure"))
    for column, figure in enumerate(figures, start=6):
        if figure is not None:
            _figure(report, sheet, row, column, facts.decimal(figure), signed=column == 8)
        elif column != 6 or stated:
            sheet.text(row, column, "", styles.get("figure"))
    colours = styles.mark_properties(_LEVELS.get(verdict, "warning"))
    sheet.text(row, 11, voice.term("verdict", VERDICTS[verdict]), styles.get("center", **colours))
    why = voice.why(judged.why[number]) if judged.why[number] else ""
    sheet.text(row, 12, why, styles.get("cell"))
    write_link(report, sheet, row, 13, _place(report, number))
    parts = _parts(report, number)
    _write_parts(report, sheet, row, number, parts)
    ref = facts.ref(total) if total != ABSENT else CellRef("")
    cell = f"{ref.sheet}!{ref.a1}" if ref.a1 else ""
    sheet.text(row, 15, ref.file, styles.get("cell"))
    sheet.text(row, 16, cell, styles.get("cell"))
    whole = [*texts, "", "", "", "", "", "", why, "", parts, ref.file, cell]
    return tallest(whole, headings)


def _what(report: Report, number: int) -> str:
    """What is added up: the version and period of the total."""
    run = report.run
    total = run.balances.total[number]
    slot = str(run.facts.slot[total]) if total != ABSENT else run.balances.group[number]
    _, version, period = (*slot.split("."), "", "")[:3]
    component = str(run.facts.component[total]) if total != ABSENT else ""
    return " ".join(part for part in (report.voice.slot(version, period), component) if part)


def _figure(report: Report, sheet: Sheet, row: int, column: int, value: Decimal, *, signed: bool) -> None:
    digits = "#,##0" if value == value.to_integral_value() else "#,##0.0##"
    form = f"+{digits};-{digits};0" if signed else digits
    sheet.number(row, column, value, report.book.styles.get("figure", num_format=form))


def _place(report: Report, number: int) -> Place | None:
    total = report.run.balances.total[number]
    if total != ABSENT:
        return report.places.of(total)
    return report.places.of_control(number)


def _parts(report: Report, number: int) -> str:
    """The parts in the master, runs as ranges."""
    places = [place for part in report.run.balances.parts_of(number) if (place := report.places.of(part))]
    runs: list[list[Place]] = []
    for place in places:
        last = runs[-1][-1] if runs else None
        if last and (place.column, place.row) in ((last.column, last.row + 1), (last.column + 1, last.row)):
            runs[-1].append(place)
        else:
            runs.append([place])
    names = [run[0].a1 if len(run) == 1 else f"{run[0].a1}:{run[-1].a1}" for run in runs]
    comma = report.voice.comma
    if len(names) > 4:
        more = sum(len(run) for run in runs[3:])
        return comma.join(names[:3]) + " " + report.voice.word("more_cells", count=more)
    return comma.join(names)


def _write_parts(report: Report, sheet: Sheet, row: int, number: int, parts: str) -> None:
    """The parts as one link: to the range where they stand together, else to the first of them."""
    places = [place for part in report.run.balances.parts_of(number) if (place := report.places.of(part))]
    write_link(report, sheet, row, 14, places[0] if places else None, parts)
