"""保留: what was read and not merged, each with why, where it stands, and the finding that says what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reconcile.acceptance import FORM_CODES, RECORD_CODES, SHARED_RECORD_CODES
from reconcile.findings import CellRef, Finding
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.tables import (
    Heading,
    fitting,
    print_table,
    tallest,
    write_copy_link,
    write_link,
    write_table,
    write_title,
)

_TOP = 4
_COLUMNS = (
    ("department", 20, "cell"),
    ("file", 26, "cell"),
    ("place", 15, "cell"),
    ("form", 14, "cell"),
    ("record", 34, "cell"),
    ("records", 8, "figure"),
    ("code", 9, "center"),
    ("set_aside_why", 60, "cell"),
    ("to_error", 12, "center"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A record, or all records of a form in a return, kept out; ``finding`` says why."""

    department: str
    ref: CellRef
    form: str
    record: str
    count: int
    finding: Finding | None


def write(report: Report, sheet: Sheet) -> None:
    """One row a record; where a form or a whole file is kept out one row for all its records."""
    voice = report.voice
    order = {given.file: number for number, given in enumerate(report.run.submissions)}
    rows: Sequence[Kept] = sorted(
        _kept(report), key=lambda kept: (order.get(kept.ref.file, -1), kept.ref.sheet, kept.ref.row)
    )
    rows, beyond = fitting(report, rows, sheet.rows_from(_TOP + 1))
    how = beyond + voice.word("set_aside_how" if rows else "set_aside_none")
    write_title(report, sheet, voice.word("set_aside"), how)
    headings = [Heading(voice.word(key), width, style) for key, width, style in _COLUMNS]
    bottom = write_table(
        report,
        sheet,
        headings,
        len(rows),
        lambda number, row: _row(report, sheet, headings, rows[number], row),
        name="set_aside",
        top=_TOP,
    )
    print_table(report, sheet, bottom, len(headings), _TOP)


def _row(report: Report, sheet: Sheet, headings: Sequence[Heading], kept: Kept, row: int) -> int:
    voice, styles, finding = report.voice, report.book.styles, kept.finding
    place = f"{kept.ref.sheet}!{kept.ref.a1}" if kept.ref.a1 else kept.ref.sheet
    texts = [
        kept.department or voice.word("no_department"),
        kept.ref.file,
        place,
        voice.form(kept.form),
        voice.record(kept.form, kept.record) if kept.record else voice.word("all_records"),
        "",
        finding.code if finding else "",
        voice.sentence(finding) if finding else "",
        voice.word("number_of", number=report.numbers[finding.id]) if finding and finding.id in report.numbers else "―",
    ]
    for column, text in enumerate(texts, start=1):
        sheet.text(row, column, text, styles.get(headings[column - 1].style))
    sheet.number(row, 6, kept.count, styles.get("figure", num_format="#,##0"))
    write_copy_link(report, sheet, row, 3, kept.ref, place)
    if finding and finding.id in report.error_rows:
        write_link(report, sheet, row, 9, report.error_rows[finding.id], texts[8])
    return tallest(texts, headings)


def _kept(report: Report) -> Iterator[Kept]:
    run, facts = report.run, report.run.facts
    hosts = run.pack.hosts
    by_record: dict[tuple[str, str, str], Finding] = {}
    by_form: dict[tuple[str, str], Finding] = {}
    by_file: dict[str, Finding] = {}
    for finding in run.findings:
        form, file = hosts.get(finding.form, finding.form), finding.ref.file
        if finding.code in SHARED_RECORD_CODES:
            by_record.setdefault(("", form, finding.record), finding)
        elif finding.code in RECORD_CODES or (finding.code in FORM_CODES and finding.record):
            by_record.setdefault((file, form, finding.record), finding)
        elif finding.code in FORM_CODES and form in run.pack.forms:
            by_form.setdefault((file, form), finding)
        elif finding.severity == "error" and form not in run.pack.forms:
            by_file.setdefault(file, finding)
    for given in run.submissions:
        for found in given.forms if given.outside else ():
            why = by_file.get(given.file) or next((f for f in given.findings if f.severity == "error"), None)
            ref = CellRef(given.file, found.sheet, found.header_row, 1)
            yield Kept(given.department, ref, found.form, "", found.records, why)
    aside = np.flatnonzero(~run.accepted & facts.coded("level").says("record"))
    firsts: dict[int, int] = {}
    keys = {name: form.key[-1] if form.key else "" for name, form in run.pack.forms.items()}
    for position in aside.tolist():
        entry = int(facts.entry[position])
        # Where a record stands is where its own number does.
        if facts.slot[position] == keys.get(str(facts.form[position])):
            firsts[entry] = position
        firsts.setdefault(entry, position)
    whole: dict[tuple[str, str], list[int]] = {}
    for position in firsts.values():
        file, form, record = str(facts.file[position]), str(facts.form[position]), str(facts.record[position])
        host, own = hosts.get(form, form), str(facts.group[position]) if form in hosts else record
        told = by_record.get((file, host, own)) or by_record.get(("", host, own))
        if told is None:
            whole.setdefault((file, form), []).append(position)
            continue
        yield Kept(str(facts.department[position]), facts.ref(position), form, record, 1, told)
    for (file, form), positions in whole.items():
        told = by_form.get((file, hosts.get(form, form))) or by_file.get(file)
        first = positions[0]
        yield Kept(str(facts.department[first]), facts.ref(first), form, "", len(positions), told)
