"""突合結果: every total computed again from its parts, with links from the total to the parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reconcile.balances import EMPTY, FAIL, PASS, ROUNDED, VERDICTS
from reconcile.facts import ABSENT, NUMBER
from reconcile.findings import CellRef
from reconcile.package import Column
from reconcile.writing.cells import ROWS, Area, Place
from reconcile.writing.columns import line_counts, mixed_column, strings, text_column
from reconcile.writing.parts_sheet import plan, write_parts
from reconcile.writing.report import Report
from reconcile.writing.sheet import Heights, Sheet
from reconcile.writing.styles import LINE
from reconcile.writing.tables import Heading, print_table, write_columns, write_title

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_MOST = 5_000  # rows: what holds beyond is counted in the remark, for nobody reads it
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


def write(report: Report, sheet: Sheet, parts: Sheet) -> None:
    """One row a constraint, in the order in which they were judged; what differs comes first. Of very many that hold
    only the first are listed. Where the parts of a total do not stand together they are listed on the sheet ``parts``.
    """
    voice, judged = report.voice, report.run.judged
    shown = _shown(judged.verdict)
    runs = _parts(report, shown)
    blocks = plan(report, [n for n in shown if len(runs[n][0]) > 1], parts, _TOP + 1)
    empty = int((judged.verdict == EMPTY).sum())
    remark = voice.word("balances_how", empty=empty) if len(judged.verdict) else voice.word("no_balances")
    more = len(judged.verdict) - empty - len(shown)
    if more:
        remark += voice.word("balances_more", count=f"{more:,}")
    write_title(report, sheet, voice.word("balances"), remark)
    headings = [Heading(voice.word(key), width, style) for key, width, style in _COLUMNS]
    columns, heights = _columns(report, headings, shown, runs)
    sheet.link_rows(_links(report, shown, blocks, runs))
    bottom = write_columns(report, sheet, headings, columns, heights, name="balance_edits", top=_TOP)
    print_table(report, sheet, bottom, len(headings), _TOP, a3=True)
    rows = {number: row for row, number in enumerate(shown, start=_TOP + 1)}
    write_parts(report, parts, blocks, {n: (sheet.place(rows[n], 1), what(report, n)) for n in blocks})


def _shown(verdict: npt.NDArray[np.int8]) -> list[int]:
    """The constraints that get a row: those that differ, then the others, as many of those that hold as there is room
    for. Those that say nothing are left out."""
    order = np.concatenate([np.flatnonzero(verdict == FAIL), np.flatnonzero((verdict != FAIL) & (verdict != EMPTY))])
    holds = verdict[order] == PASS
    room = max(_MOST - int((~holds).sum()), 0)
    kept = ~holds | (np.cumsum(holds) <= room)
    return [int(number) for number in order[kept][: ROWS - _TOP]]


# By constraint: its parts in the master, those that follow each other as one, and how they read.
Runs = Mapping[int, tuple[Sequence[Area], str]]


def _columns(
    report: Report, headings: Sequence[Heading], shown: Sequence[int], found_parts: Runs
) -> tuple[list[Column], Heights]:
    """The cells of all rows, and the height of each."""
    run, voice, styles = report.run, report.voice, report.book.styles
    balances, judged, facts = run.balances, run.judged, run.facts
    totals = [balances.total[n] for n in shown]
    refs = [facts.ref(total) if total != ABSENT else CellRef("") for total in totals]
    places = [_place(report, n) for n in shown]
    parts = [found_parts[n] for n in shown]
    first = [runs[0] if runs else None for runs, _ in parts]
    whole = voice.word("whole")
    texts: dict[int, list[str]] = {
        1: [balances.code[n] for n in shown],
        2: [voice.form(balances.form[n]) for n in shown],
        3: [str(facts.department[total]) if total != ABSENT else whole for total in totals],
        4: [
            voice.record(balances.form[n], str(facts.record[total])) if total != ABSENT else voice.word("sum")
            for n, total in zip(shown, totals, strict=True)
        ],
        5: [what(report, n) for n in shown],
        11: [voice.term("verdict", VERDICTS[judged.verdict[n]]) for n in shown],
        12: [voice.why(judged.why[n]) if judged.why[n] else "" for n in shown],
        13: [f"{place.sheet}!{place.a1}" if place else "" for place in places],
        14: [text for _, text in parts],
        15: [ref.file for ref in refs],
        16: [f"{ref.sheet}!{ref.a1}" if ref.a1 else "" for ref in refs],
    }
    link, cell = styles.get("cell", font_color="#0563C1", underline=1), styles.get("cell")
    linked: dict[int, Sequence[Place | Area | None]] = {13: places, 14: first}
    centre = {
        verdict: styles.get("center", **styles.mark_properties(_LEVELS.get(verdict, "warning")))
        for verdict in range(len(VERDICTS))
    }
    found: dict[int, Column] = {}
    for number, own in texts.items():
        if number in linked:
            found[number] = mixed_column(
                styles, number, [(t, link if to else cell) for t, to in zip(own, linked[number], strict=True)]
            )
        elif number == 11:
            verdicts = (centre[int(judged.verdict[n])] for n in shown)
            found[number] = mixed_column(styles, number, list(zip(own, verdicts, strict=True)))
        else:
            found[number] = text_column(styles, number, strings(own), styles.get(headings[number - 1].style))
    for number, figures in enumerate(zip(*(_figures(report, n) for n in shown), strict=True), start=6):
        found[number] = mixed_column(styles, number, figures)
    tallest = np.ones(len(shown), dtype=np.int64)
    for number in (1, 2, 3, 4, 5, 12, 14, 15, 16):
        tallest = np.maximum(tallest, line_counts(texts[number], headings[number - 1].width))
    return [found[number] for number in sorted(found)], np.maximum(tallest * LINE + 4, 18.0)


def _figures(report: Report, number: int) -> list[tuple[Decimal | str, Format]]:
    """Stated, computed, difference, tolerance, excluded; blank where there is none, as typed where it is no figure."""
    run, plain = report.run, report.book.styles.get("figure")
    balances, judged, facts = run.balances, run.judged, run.facts
    total = balances.total[number]
    stated = total == ABSENT or facts.state[total] == NUMBER
    figures: list[int | None] = [
        int(judged.stated[number]) if stated else None,
        int(judged.computed[number]),
        int(judged.difference[number]) if stated else None,
        balances.tolerance[number] or None,
        balances.excluded[number] or None,
    ]
    found: list[tuple[Decimal | str, Format]] = []
    for place, figure in enumerate(figures):
        if figure is None:
            found.append((str(facts.raw[total]) if place == 0 else "", plain))
            continue
        value = facts.decimal(figure)
        digits = "#,##0" if value == value.to_integral_value() else "#,##0.0##"
        form = f"+{digits};-{digits};0" if place == 2 else digits
        found.append((value, report.book.styles.get("figure", num_format=form)))
    return found


def _links(
    report: Report, shown: Sequence[int], blocks: Mapping[int, Place], found_parts: Runs
) -> Iterator[tuple[int, int, Place | Area, str]]:
    """From a total to its cell, and to its parts: to their cells where they stand together, else to their list."""
    for row, number in enumerate(shown, start=_TOP + 1):
        place = _place(report, number)
        if place:
            yield row, 13, place, f"{place.sheet}!{place.a1}"
        runs, text = found_parts[number]
        if runs:
            yield row, 14, blocks.get(number, runs[0]), text


def what(report: Report, number: int) -> str:
    """What is added up: the version and period of the total."""
    run = report.run
    total = run.balances.total[number]
    slot = str(run.facts.slot[total]) if total != ABSENT else run.balances.group[number]
    _, version, period = (*slot.split("."), "", "")[:3]
    component = str(run.facts.component[total]) if total != ABSENT else ""
    return " ".join(part for part in (report.voice.slot(version, period), component) if part)


def _place(report: Report, number: int) -> Place | None:
    total = report.run.balances.total[number]
    if total != ABSENT:
        return report.places.of(total)
    return report.places.of_control(number)


def _parts(report: Report, shown: Sequence[int]) -> Runs:
    """The parts in the master, those that follow each other as one, and how they read."""
    places, voice = report.places, report.voice
    sheets, rows, columns = (array.tolist() for array in (places.sheet, places.row, places.column))
    found: dict[int, tuple[list[Area], str]] = {}
    for number in shown:
        runs: list[list[int]] = []
        for part in report.run.balances.parts_of(number):
            if sheets[part] < 0:
                continue
            last = runs[-1][-1] if runs else part
            step = rows[part] - rows[last], columns[part] - columns[last]
            if runs and step in ((1, 0), (0, 1)):
                runs[-1].append(part)
            else:
                runs.append([part])
        areas = [
            Area(*(Place(places.sheets[sheets[p]], rows[p], columns[p]) for p in (run[0], run[-1]))) for run in runs
        ]
        names = [area.first.a1 if area.first == area.last else f"{area.first.a1}:{area.last.a1}" for area in areas]
        text = voice.comma.join(names)
        if len(names) > 4:
            more = sum(len(run) for run in runs[3:])
            text = voice.comma.join(names[:3]) + " " + voice.word("more_cells", count=more)
        found[number] = areas, text
    return found
