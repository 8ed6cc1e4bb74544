"""規則: every rule of the catalogue, what it means and what came of it in this run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reconcile import catalogue
from reconcile.findings import Tally
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.tables import Heading, print_table, tallest, write_table, write_title

_TOP = 3
_COLUMNS = (
    ("code", 9, "center"),
    ("level", 9, "center"),
    ("rule", 34, "cell"),
    ("meaning", 76, "cell"),
    ("passed", 10, "figure"),
    ("failed", 10, "figure"),
    ("unjudged", 10, "figure"),
    ("finding_count", 10, "figure"),
)


def write(report: Report, sheet: Sheet) -> dict[str, int]:
    """One row a code of the catalogue; a dash where this run did not judge it. Gives the row of each code."""
    voice, run = report.voice, report.run
    write_title(report, sheet, voice.word("rules"))
    headings = [Heading(voice.word(key), width, style) for key, width, style in _COLUMNS]
    counts = Counter(finding.code for finding in report.shown)
    codes = catalogue.codes()
    bottom = write_table(
        report,
        sheet,
        headings,
        len(codes),
        lambda n, row: _row(report, sheet, headings, codes[n], run.tallies.get(codes[n]), counts[codes[n]], row),
        name="rules",
        top=_TOP,
    )
    print_table(report, sheet, bottom, len(headings), _TOP)
    return {code: row for row, code in enumerate(codes, start=_TOP + 1)}


def _row(
    report: Report, sheet: Sheet, headings: Sequence[Heading], code: str, tally: Tally | None, count: int, row: int
) -> int:
    voice, styles = report.voice, report.book.styles
    severity = catalogue.severity_of(code, report.run.pack.file.severity)
    texts = [code, voice.term("severity", severity), voice.title(code), voice.meaning(code)]
    for column, text in enumerate(texts, start=1):
        colours = styles.mark_properties(severity) if column == 2 else {}
        sheet.text(row, column, text, styles.get(headings[column - 1].style, **colours))
    figures = (tally.passed, tally.failed, tally.unjudged) if tally else (None, None, None)
    for column, figure in enumerate((*figures, count), start=5):
        if figure is None:
            sheet.text(row, column, "―", styles.get("center", font_color="#6B7280"))
        else:
            sheet.number(row, column, figure, styles.get("figure", num_format="#,##0"))
    return tallest(texts, headings)
