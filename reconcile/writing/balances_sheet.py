"""突合結果: every total computed again from its parts, with links from the total to the parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from reconcile.balances import EMPTY, FAIL, PASS
from reconcile.coded import Coded
from reconcile.facts import ABSENT, Positions
from reconcile.package import Column
from reconcile.writing.balance_columns import Parts, figure_columns, linked_column, parts_in_master, verdict_column
from reconcile.writing.cells import Place
from reconcile.writing.columns import each, instead, text_column
from reconcile.writing.parts_sheet import plan, write_parts
from reconcile.writing.report import Report
from reconcile.writing.sheet import Heights, Sheet
from reconcile.writing.tables import Heading, fitting, heights_of, print_table, write_columns, write_title
from reconcile.writing.widths import widest

_MOST = 5_000  # rows: what holds beyond is counted in the remark, for nobody reads it
_TOP = 4
_PAGE = 30  # rows: as many as go on a page are printed in any case
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


def write(report: Report, sheet: Sheet, parts: Sheet) -> None:
    """One row a constraint, in the order in which they were judged; what differs comes first. Of very many that hold
    only the first are listed. Where the parts of a total do not stand together they are listed on the sheet ``parts``.
    """
    voice, judged = report.voice, report.run.judged
    room = sheet.rows_from(_TOP + 1)
    shown, beyond = fitting(report, _shown(judged.verdict, min(_MOST, room)), room)
    total = np.array([report.run.balances.total[n] for n in shown], dtype=np.int64)
    found = parts_in_master(report, shown)
    blocks = plan(report, [n for n, several in zip(shown, found.several, strict=True) if several], parts, _TOP + 1)
    empty = int((judged.verdict == EMPTY).sum())
    remark = voice.word("balances_how", empty=empty) if len(judged.verdict) else voice.word("no_balances")
    remark = beyond + remark
    more = int((judged.verdict == PASS).sum() - (judged.verdict[shown] == PASS).sum())
    if more:
        remark += voice.word("balances_more", count=f"{more:,}")
    printed = max(int((judged.verdict[shown] != PASS).sum()), _PAGE)
    if printed < len(shown):
        remark += voice.word("balances_printed", rows=printed)
    write_title(report, sheet, voice.word("balances"), remark)
    names = widest([voice.form(name) for name in report.run.pack.forms])
    fitted = {"form": min(max(names + 1.0, 9.0), 18.0), "in_master": min(max(names + 6.0, 15.0), 26.0)}
    fitted |= _figure_widths(report, shown)
    headings = [Heading(voice.word(key), fitted.get(key, width), style) for key, width, style in _COLUMNS]
    places = _places(report, shown, total)
    columns, heights = _columns(report, headings, shown, total, places, found)
    sheet.link_rows(_links(places, shown, blocks, found))
    bottom = write_columns(report, sheet, headings, columns, heights, name="balance_edits", top=_TOP)
    print_table(report, sheet, min(bottom, _TOP + printed), len(headings), _TOP, a3=True)
    rows = {number: row for row, number in enumerate(shown, start=_TOP + 1)}
    write_parts(report, parts, blocks, {n: (sheet.place(rows[n], 1), what(report, n)) for n in blocks})


def _shown(verdict: npt.NDArray[np.int8], most: int) -> list[int]:
    """The constraints that get a row: those that differ, those that could not be judged or are within their tolerance,
    and of those that hold as many as make ``most`` rows in all. Those that say nothing are left out."""
    rank = np.where(verdict == FAIL, 0, np.where(verdict == PASS, 2, 1))
    order = np.argsort(rank, kind="stable")
    order = order[verdict[order] != EMPTY]
    holds = verdict[order] == PASS
    room = max(most - int((~holds).sum()), 0)
    kept = ~holds | (np.cumsum(holds) <= room)
    return [int(number) for number in order[kept]]


def _figure_widths(report: Report, shown: Sequence[int]) -> dict[str, float]:
    """Columns of figures as wide as the longest in them, which Excel would show as #### otherwise."""
    facts, judged, own = report.run.facts, report.run.judged, np.array(shown, dtype=np.int64)
    found: dict[str, float] = {}
    for key, figures in (("stated", judged.stated), ("computed", judged.computed), ("difference", judged.difference)):
        greatest = max(map(abs, (figures[own].min(initial=0), figures[own].max(initial=0))))
        usual = next(width for name, width, _ in _COLUMNS if name == key)
        broken = 4.0 if any(figure % 10**facts.decimals for figure in figures[own].tolist()) else 0.0
        found[key] = max(usual, widest([f"+{int(facts.decimal(int(greatest))):,}"]) + broken + 3.0)
    return found


def _columns(
    report: Report,
    headings: Sequence[Heading],
    shown: Sequence[int],
    total: Positions,
    places: Sequence[tuple[str, str]],
    found_parts: Parts,
) -> tuple[list[Column], Heights]:
    """The cells of all rows, and the height of each."""
    run, voice, styles = report.run, report.voice, report.book.styles
    balances, judged = run.balances, run.judged
    forms = [balances.form[n] for n in shown]
    nowhere = total == ABSENT
    records = zip(forms, _of_totals(report, total, "record").texts.tolist(), strict=True)
    cells = zip(_of_totals(report, total, "sheet").texts.tolist(), _cells(report, total), strict=True)
    texts: dict[int, Coded] = {
        1: Coded.of([balances.code[n] for n in shown]),
        2: each(Coded.of(forms), voice.form),
        3: instead(_of_totals(report, total, "department"), nowhere, voice.word("whole")),
        4: instead(Coded.of([voice.record(*record) for record in records]), nowhere, voice.word("sum")),
        5: Coded.of(_what(report, shown, total)),
        12: each(Coded.of([judged.why[n] for n in shown]), lambda why: voice.why(why) if why else ""),
        13: Coded.of([text for text, _ in places]),
        14: Coded.of(found_parts.texts),
        15: instead(_of_totals(report, total, "file"), nowhere, ""),
        16: Coded.of([f"{sheet}!{cell}" if cell else "" for sheet, cell in cells]),
    }
    columns: dict[int, Column] = {}
    for number, own in texts.items():
        if number == 12:
            columns[11] = verdict_column(report, 11, judged.verdict[shown])
        if number in (13, 14):
            columns[number] = linked_column(styles, number, own)
        else:
            columns[number] = text_column(styles, number, own, styles.get(headings[number - 1].style))
    columns |= figure_columns(report, 6, shown, total)
    heights = heights_of((own, headings[number - 1].width) for number, own in texts.items() if number != 13)
    return [columns[number] for number in sorted(columns)], heights


def _of_totals(report: Report, total: Positions, name: str) -> Coded:
    """What the stated totals are told with; anything where the pack states one."""
    facts = report.run.facts
    return facts.coded(name).take(np.maximum(total, 0)) if len(facts) else Coded.same("", len(total))


def _cells(report: Report, total: Positions) -> list[str]:
    """The cells the totals are stated in; empty where the pack states one."""
    stated = total != ABSENT
    cells = iter(report.run.facts.cells(total[stated]).texts.tolist())
    return [next(cells) if own else "" for own in stated.tolist()]


def _links(
    places: Sequence[tuple[str, str]], shown: Sequence[int], blocks: Mapping[int, Place], found_parts: Parts
) -> Iterator[tuple[int, int, str, str]]:
    """From a total to its cell, and to its parts: to their cells where they stand together, else to their list."""
    parts = zip(shown, found_parts.texts, found_parts.first, strict=True)
    for row, ((text, to), (number, names, first)) in enumerate(zip(places, parts, strict=True), start=_TOP + 1):
        if to:
            yield row, 13, to, text
        if first:
            yield row, 14, blocks[number].formula if number in blocks else first, names


def what(report: Report, number: int) -> str:
    """What is added up: the version and period of the total."""
    run = report.run
    total = run.balances.total[number]
    slot = run.facts.coded("slot").text(total) if total != ABSENT else run.balances.group[number]
    _, version, period = (*slot.split("."), "", "")[:3]
    component = run.facts.coded("component").text(total) if total != ABSENT else ""
    return " ".join(part for part in (report.voice.slot(version, period), component) if part)


def _what(report: Report, shown: Sequence[int], total: Positions) -> list[str]:
    """The same for many, of which few differ."""
    slots = np.where(total == ABSENT, -1, _of_totals(report, total, "slot").codes)
    components = _of_totals(report, total, "component").codes
    nowhere = (total == ABSENT).tolist()
    groups = (report.run.balances.group[n] if own else "" for n, own in zip(shown, nowhere, strict=True))
    known: dict[tuple[int, int, str], str] = {}
    found = []
    for number, key in zip(shown, zip(slots.tolist(), components.tolist(), groups, strict=True), strict=True):
        if key not in known:
            known[key] = what(report, number)
        found.append(known[key])
    return found


def _places(report: Report, shown: Sequence[int], total: Positions) -> list[tuple[str, str]]:
    """Where each total stands in the master: how that reads, and how a link names it; both empty for nowhere."""
    found = report.places.told(total)
    for at in np.flatnonzero(total == ABSENT).tolist():
        place = report.places.of_control(shown[at])
        if place:
            found[at] = f"{place.sheet}!{place.a1}", place.formula
    return found
