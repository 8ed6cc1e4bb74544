"""提出状況: who has answered with what, file by file, and that nothing was lost on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reconcile.consolidate import Answer
from reconcile.submissions import Submission
from reconcile.writing.paper import A3, Area, a3, break_pages, fills, find_breaks, print_as
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.styles import LINE
from reconcile.writing.tables import Heading, tallest, write_table, write_title
from reconcile.writing.text import lines

_HEAD = 5  # the row of the headings of the departments
_TABLE, _ROW = 0, 9  # what begins at a row, for the ends of pages
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
    write_title(report, sheet, voice.word("submissions"), remark)
    heading = styles.get("heading")
    sheet.text(4, 1, voice.word("by_department"), heading)
    by_department = _department_headings(report)
    bottom = write_table(
        report,
        sheet,
        by_department,
        len(run.answers),
        lambda n, row: _department(report, sheet, by_department, run.answers[n], row),
        name="answers",
        top=_HEAD,
    )
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


def _department(report: Report, sheet: Sheet, headings: Sequence[Heading], answer: Answer, row: int) -> int:
    voice, styles = report.voice, report.book.styles
    sheet.text(row, 1, answer.department, styles.get("cell"))
    status = "yes" if answer.files else "no" if answer.expected else "not_asked"
    colours = styles.mark_properties({"yes": "good", "no": "error"}.get(status, "info"))
    sheet.text(row, 2, voice.word(status), styles.get("center", **colours))
    column = 3
    for form in report.run.pack.forms:
        state = answer.forms.get(form, "not_expected")
        colours = styles.mark_properties(_STATUS[state]) if state in _STATUS else {"font_color": "#6B7280"}
        text = voice.term("form_status", state) if state != "not_expected" else "―"
        sheet.text(row, column, text, styles.get("center", **colours))
        column += 1
    for figure in (len(answer.files), answer.records, answer.set_aside, answer.errors, answer.warnings):
        sheet.number(row, column, figure, styles.get("figure", num_format="#,##0"))
        column += 1
    files = "\n".join(answer.files)
    sheet.text(row, column, files, styles.get("cell"))
    return tallest([answer.department, *[""] * (len(headings) - 2), files], headings)


def _files(report: Report, sheet: Sheet, top: int) -> int:
    """The files under the columns of the departments, some merged to give their texts room. Returns the last row."""
    voice, styles = report.voice, report.book.styles
    forms = len(report.run.pack.forms)
    # file, read, kind … each from its first to its last column
    spans = [(1, 1), (2, 2), (3, 2 + forms), (3 + forms, 3 + forms), (4 + forms, 4 + forms), (5 + forms, 7 + forms)]
    spans.append((8 + forms, 8 + forms))
    sheet.text(top, 1, voice.word("by_file"), styles.get("heading"))
    keys = ("file", "read", "form", "kind", "size", "department", "refused")
    for (left, right), key in zip(spans, keys, strict=True):
        sheet.merge(top + 1, left, top + 1, right, voice.word(key), styles.get("head"))
    for row, given in enumerate(report.run.submissions, start=top + 2):
        records = Counter[str]()
        for form in given.forms:  # one form may stand in several tables
            records[form.form] += form.records
        counts = (voice.word("form_count", form=voice.form(form), count=count) for form, count in records.items())
        state = "read_no" if given.refused else "read_yes" if given.answers else "set_aside"
        colours = styles.mark_properties({"read_no": "error", "read_yes": "good"}.get(state, "warning"))
        texts = [
            given.file,
            voice.word(state),
            voice.comma.join(counts) or "―",
            given.kind or "―",
            "",
            given.department or "―",
            _refusal(report, given),
        ]
        for (left, right), text in zip(spans, texts, strict=True):
            style = styles.get("center", **colours) if left == 2 else styles.get("cell")
            sheet.merge(row, left, row, right, text, style)
        kilobytes = styles.get("figure", num_format="#,##0.0")
        sheet.number(row, spans[4][0], round(given.size / 1024, 1), kilobytes)
        room = [sum(sheet.widths_set[column] for column in range(left, right + 1)) for left, right in spans]
        taken = max(lines(text, wide) for text, wide in zip(texts, room, strict=True))
        sheet.height(row, max(taken * LINE + 4, 18.0))
    return top + 1 + len(report.run.submissions)


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
    voice, styles, skipped = report.voice, report.book.styles, report.run.skipped
    if not skipped:
        return top - 2
    sheet.text(top, 1, voice.word("skipped"), styles.get("heading"))
    for row, (file, why) in enumerate(skipped, start=top + 1):
        sheet.text(row, 1, file, styles.get("plain"))
        sheet.text(row, 2, voice.term("skipped", why), styles.get("plain"))
    return top + len(skipped)
