"""提出状況: who has answered with what, file by file, and that nothing was lost on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from reconcile.coded import Coded
from reconcile.consolidate import Answer
from reconcile.package import BLANK, NUMBER, Column, look
from reconcile.submissions import Submission
from reconcile.writing.columns import Told, state_column, text_column
from reconcile.writing.paper import A3, Area, a3, break_pages, fills, find_breaks, print_as
from reconcile.writing.report import Report
from reconcile.writing.sheet import Heights, Sheet
from reconcile.writing.tables import Heading, fitting, heights_of, write_columns, write_title

_HEAD = 5  # the row of the headings of the departments
_TABLE, _ROW = 0, 9  # what begins at a row, for the ends of pages
_BELOW = 8  # rows kept free below the files, for what follows them and its headings
_NEARLY = 1.2  # pages that are made one
_STATUS = {"merged": "good", "partly": "warning", "set_aside": "warning", "missing": "error"}


def write(report: Report, sheet: Sheet) -> int:
    """Three tables, one below the other: departments, files, records read and merged; then what was skipped. Gives
    the row of the first department."""
    voice, run, styles = report.voice, report.run, report.book.styles
    expected = [answer for answer in run.answers if answer.expected]
    answered = sum(bool(answer.files) for answer in expected)
    remark = voice.word("answered_of", of=len(expected), count=answered)
    if run.provisional:
        remark += "　" + voice.word("provisional", missing=report.missing)
    answers, beyond = fitting(report, run.answers, sheet.rows_from(_HEAD + 1) // 2)
    write_title(report, sheet, voice.word("submissions"), beyond + remark)
    heading = styles.get("heading")
    sheet.text(4, 1, voice.word("by_department"), heading)
    by_department = _department_headings(report)
    columns, heights = _departments(report, by_department, answers)
    bottom = write_columns(report, sheet, by_department, columns, heights, name="answers", top=_HEAD)
    departments = bottom
    starts = [(row, _ROW) for row in range(6, bottom + 1)]
    for write_next, rows in ((_files, True), (_conservation, False), (_skipped, True)):
        top = bottom + 2
        bottom = write_next(report, sheet, top)
        # No page ends between a table's title and its first row, nor in a table that is short.
        starts += [(top, _TABLE), *((row, _ROW) for row in range(top + 3, bottom + 1) if rows)] if bottom > top else []
    _print(report, sheet, (1, 1, bottom, len(by_department)), departments, starts)
    sheet.freeze(6, 2)
    return 6


def _print(report: Report, sheet: Sheet, area: Area, departments: int, starts: Sequence[tuple[int, int]]) -> None:
    """Several tables below each other: headings that are repeated would stand over the others, too. Where the
    departments alone take more than a page, they are what is printed, each page with their headings."""
    paper = a3()
    breaks = find_breaks(sheet, paper, area, None, starts)
    single = not breaks or fills(sheet, paper, area) <= _NEARLY
    alone = (area[0], area[1], departments, area[3])
    if not single and fills(sheet, paper, alone) > 1:
        footer = report.voice.word("departments_printed")
        print_as(sheet, paper=A3, area=alone, repeat=(_HEAD, _HEAD), header=report.title, footer=footer)
        own = [(row, rank) for row, rank in starts if row <= departments]
        break_pages(sheet, find_breaks(sheet, paper, alone, (_HEAD, _HEAD), own))
        return
    print_as(sheet, paper=A3, area=area, pages_high=1 if single else 0, header=report.title)
    if not single:
        break_pages(sheet, breaks)


def _department_headings(report: Report) -> list[Heading]:
    voice = report.voice
    forms = [Heading(voice.form(form), 12) for form in report.run.pack.forms]
    counts = ("files", "records", "set_aside", "error_count", "warning_count")
    return [
        Heading(voice.word("department"), 30),
        Heading(voice.word("status"), 14),
        *forms,
        *(Heading(voice.word(key), 12) for key in counts),
        Heading(voice.word("file"), 44),
    ]


def _departments(
    report: Report, headings: Sequence[Heading], answers: Sequence[Answer]
) -> tuple[list[Column], Heights]:
    """What each department did, and the height of its row."""
    voice, styles = report.voice, report.book.styles

    def answered(state: str) -> Told:
        colours = styles.mark_properties({"yes": "good", "no": "error"}.get(state, "info"))
        return voice.word(state), styles.get("center", **colours)

    def became(state: str) -> Told:
        colours = styles.mark_properties(_STATUS[state]) if state in _STATUS else {"font_color": "#6B7280"}
        text = voice.term("form_status", state) if state != "not_expected" else "―"
        return text, styles.get("center", **colours)

    names = Coded.of([answer.department for answer in answers])
    files = Coded.of(["\n".join(answer.files) for answer in answers])
    states = ["yes" if answer.files else "no" if answer.expected else "not_asked" for answer in answers]
    columns = [text_column(styles, 1, names, styles.get("cell")), state_column(styles, 2, states, answered)]
    for number, form in enumerate(report.run.pack.forms, start=3):
        states = [answer.forms.get(form, "not_expected") for answer in answers]
        columns.append(state_column(styles, number, states, became))
    figure = look(NUMBER, styles.number(styles.get("figure", num_format="#,##0")))
    counts = [(len(a.files), a.records, a.set_aside, a.errors, a.warnings) for a in answers]
    for number, counted in enumerate(zip(*counts, strict=True), start=len(columns) + 1):
        columns.append(Column(number, figure, np.array(counted, dtype=np.int64)))
    columns.append(text_column(styles, len(headings), files, styles.get("cell")))
    return columns, heights_of([(names, headings[0].width), (files, headings[-1].width)])


def _files(report: Report, sheet: Sheet, top: int) -> int:
    """The files under the columns of the departments, some merged to give their texts room. Returns the last row."""
    voice, styles = report.voice, report.book.styles
    forms = len(report.run.pack.forms)
    free = sheet.rows_from(top + 2) - len(report.run.conserved) - _BELOW
    given, beyond = fitting(report, report.run.submissions, free, "run.json")
    # each from its first to its last column
    spans = {"file": (1, 1), "read": (2, 2), "form": (3, 2 + forms), "kind": (3 + forms, 3 + forms)}
    spans |= {"size": (4 + forms, 4 + forms), "department": (5 + forms, 7 + forms), "refused": (8 + forms, 8 + forms)}
    sheet.text(top, 1, "　".join(filter(None, (voice.word("by_file"), beyond))), styles.get("heading"))
    for key, (left, right) in spans.items():
        sheet.merge(top + 1, left, top + 1, right, voice.word(key), styles.get("head"))

    def read(state: str) -> Told:
        colours = styles.mark_properties({"read_no": "error", "read_yes": "good"}.get(state, "warning"))
        return voice.word(state), styles.get("center", **colours)

    states = ["read_no" if s.refused else "read_yes" if s.answers else "set_aside" for s in given]
    kilobytes = look(NUMBER, styles.number(styles.get("figure", num_format="#,##0.0")))
    sizes = np.array([round(s.size / 1024, 1) for s in given], dtype=np.float64)
    columns = [state_column(styles, 2, states, read), Column(spans["size"][0], kilobytes, sizes)]
    texts = {
        "file": Coded.of([s.file for s in given]),
        "form": Coded.of([_form_counts(report, s) for s in given]),
        "kind": Coded.of([s.kind or "―" for s in given]),
        "department": Coded.of([s.department or "―" for s in given]),
        "refused": Coded.of([_refusal(report, s) for s in given]),
    }
    rows = np.arange(top + 2, top + 2 + len(given), dtype=np.int64)
    cell = styles.get("cell")
    for key, own in texts.items():
        left, right = spans[key]
        columns.append(text_column(styles, left, own, cell))
        if left < right:
            columns += [Column(number, look(BLANK, styles.number(cell))) for number in range(left + 1, right + 1)]
            sheet.merge_rows(rows, left, rows, right)
    columns.sort(key=lambda column: column.number)
    room = {key: sum(sheet.widths_set[n] for n in range(left, right + 1)) for key, (left, right) in spans.items()}
    sheet.rows(rows, columns, heights_of((texts[key], room[key]) for key in texts))
    return top + 1 + len(given)


def _form_counts(report: Report, given: Submission) -> str:
    """How many records of each form were found; one form may stand in several tables."""
    voice, records = report.voice, Counter[str]()
    for form in given.forms:
        records[form.form] += form.records
    counts = (voice.word("form_count", form=voice.form(form), count=count) for form, count in records.items())
    return voice.comma.join(counts) or "―"


def _refusal(report: Report, given: Submission) -> str:
    """The rules by which a file was not read, or not merged, in words."""
    codes = dict.fromkeys(finding.code for finding in given.findings if finding.code.startswith(("FIL", "LAY")))
    return report.voice.comma.join(f"{code} {report.voice.title(code)}" for code in codes) if not given.answers else ""


def _conservation(report: Report, sheet: Sheet, top: int) -> int:
    voice, styles = report.voice, report.book.styles
    sheet.text(top, 1, voice.word("conservation"), styles.get("heading"))
    for column, key in enumerate(("form", "read", "merged", "set_aside"), start=1):
        sheet.text(top + 1, column, voice.word(key), styles.get("head"))
    for row, part in enumerate(report.run.conserved, start=top + 2):
        sheet.text(row, 1, voice.form(part.form), styles.get("cell"))
        sheet.formula(row, 2, f"=C{row}+D{row}", part.read, styles.get("figure", num_format="#,##0"))
        sheet.number(row, 3, part.merged, styles.get("figure", num_format="#,##0"))
        sheet.number(row, 4, part.set_aside, styles.get("figure", num_format="#,##0"))
    return top + 1 + len(report.run.conserved)


def _skipped(report: Report, sheet: Sheet, top: int) -> int:
    voice, styles = report.voice, report.book.styles
    skipped: Sequence[tuple[str, str]] = report.run.skipped
    if not skipped:
        return top - 2
    skipped, beyond = fitting(report, skipped, sheet.rows_from(top + 1), "run.json")
    sheet.text(top, 1, "　".join(filter(None, (voice.word("skipped"), beyond))), styles.get("heading"))
    for row, (file, why) in enumerate(skipped, start=top + 1):
        sheet.text(row, 1, file, styles.get("plain"))
        sheet.text(row, 2, voice.term("skipped", why), styles.get("plain"))
    return top + len(skipped)
