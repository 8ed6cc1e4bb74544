"""概要: one printed page that says who has answered, what was found, what was checked, and where everything is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import reconcile
from reconcile.writing.cells import Place
from reconcile.writing.marks import SWITCH
from reconcile.writing.overview_chart import write_chart
from reconcile.writing.overview_tables import departments, kinds, reasons
from reconcile.writing.paper import print_as
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.styles import LINE
from reconcile.writing.text import lines

# Two tables side by side: departments in the first six columns, kinds in the last seven.
_WIDTHS = (24.0, 10.5, 8.0, 8.0, 8.0, 8.0, 2.0, 27.0, 8.0, 8.0, 8.0, 10.0, 9.0, 9.0)
_LAST = len(_WIDTHS)
_RIGHT = 8
_CHART_ROWS = 22


@dataclass(frozen=True, slots=True)
class Link:
    """A sheet of the master, and what it is for."""

    sheet: Sheet
    about: str


@dataclass(frozen=True, slots=True)
class Targets:
    """Where the tables lead: the sheets of returns, rules and notes, and the rows of departments and rules there."""

    submissions: Sheet
    first_department: int
    rules: Sheet
    rule_rows: Mapping[str, int]
    info: Sheet


def write(report: Report, sheet: Sheet, links: Sequence[Link], to: Targets) -> None:
    """The overview, after all other sheets."""
    voice = report.voice
    sheet.widths(_WIDTHS)
    row = _links(report, sheet, _top(report, sheet) + 1, links)
    table = row + 1
    left = departments(report, sheet, table, 1, to.submissions, to.first_department)
    right = kinds(report, sheet, table, _RIGHT, to.rules, dict(to.rule_rows))
    last = max(left.last + 1, reasons(report, sheet, right.last + 3, _RIGHT, to.info))
    for own in range(table + 2, last + 1):
        sheet.height(own, 17)
    row = last + 2
    tall = _CHART_ROWS * 20
    write_chart(report, sheet, row, 1, left, voice.word("by_department_level"), (470, tall), bars=False)
    write_chart(report, sheet, row, _RIGHT, right, voice.word("findings_by_kind"), (575, tall), bars=True)
    print_as(sheet, landscape=False, area=(1, 1, row + _CHART_ROWS, _LAST), pages_high=1, header=report.title)


def _top(report: Report, sheet: Sheet) -> int:
    voice, styles, run = report.voice, report.book.styles, report.run
    sheet.merge(1, 1, 1, _LAST, report.title, styles.get("title"))
    sheet.height(1, 32)
    counts = Counter(finding.severity for finding in report.shown)
    tallies = run.tallies.values()
    numbers = {
        "checked": sum(t.passed + t.failed + t.unjudged for t in tallies),
        "passed": sum(t.passed for t in tallies),
        "unjudged": sum(t.unjudged for t in tallies),
    }
    said = voice.word(
        "some_errors" if counts["error"] else "all_good",
        errors=counts["error"],
        warnings=counts["warning"],
        **{key: f"{number:,}" for key, number in numbers.items()},
    )
    level = styles.mark_properties("error" if counts["error"] else "good")
    sheet.merge(2, 1, 2, _LAST, said, styles.get("plain", font_size=12, bold=True, indent=1, **level))
    sheet.height(2, 26)
    row = 3
    if run.provisional:
        style = styles.get("plain", indent=1, bold=True, **styles.mark_properties("warning"))
        sheet.merge(row, 1, row, _LAST, voice.word("provisional", missing=report.missing), style)
        sheet.height(row, 20)
        row += 1
    expected = sum(answer.expected for answer in run.answers)
    answered = sum(answer.expected and bool(answer.files) for answer in run.answers)
    facts = [
        ("round", run.pack.file.expect.get("round", "―")),
        ("answered", voice.word("answered_of", of=expected, count=answered)),
        ("conserved", _conservation(report)),
        ("made_by", f"reconcile {reconcile.__version__}　{run.pack.name} {run.pack.digest[:8]}"),
    ]
    for key, text in facts:
        sheet.text(row, 1, voice.word(key), styles.get("label"))
        sheet.merge(row, 2, row, _LAST, text, styles.get("cell"))
        sheet.height(row, max(18.0, lines(text, sum(_WIDTHS[1:])) * LINE + 4))
        row += 1
    sheet.text(row, 1, voice.word("switch"), styles.get("label"))
    sheet.merge(row, 2, row, 3, voice.word("show"), styles.get("answer", align="center", bold=True))
    sheet.merge(row, 4, row, _LAST, voice.word("switch_help"), styles.get("cell", font_color="#6B7280"))
    sheet.choices(row, 2, row, (voice.word("show"), voice.word("hide")))
    report.book.define(SWITCH, sheet.place(row, 2))
    sheet.height(row, 18)
    return row + 1


def _conservation(report: Report) -> str:
    """Records read, merged and set aside, over all forms."""
    voice, conserved = report.voice, report.run.conserved
    sums = report.run.measures
    counts = {
        "read": sum(part.read for part in conserved),
        "merged": sum(part.merged for part in conserved),
        "aside": sum(part.set_aside for part in conserved),
        "values": sum(measure.values for measure in sums),
    }
    shown = {key: f"{count:,}" for key, count in counts.items()}
    return voice.word("conserved_all", measures=len(sums), sheet=voice.word("submissions"), **shown)


def _links(report: Report, sheet: Sheet, row: int, links: Sequence[Link]) -> int:
    """The sheets, two a row."""
    voice, styles = report.voice, report.book.styles
    sheet.merge(row, 1, row, _LAST, voice.word("contents"), styles.get("heading"))
    half = (len(links) + 1) // 2
    for number, link in enumerate(links):
        at, left = row + 1 + number % half, 1 if number < half else _RIGHT
        sheet.height(at, 17)
        sheet.link(at, left, Place(link.sheet.name, 1, 1), link.sheet.name)
        sheet.text(at, left + 1, link.about, styles.get("plain", font_color="#6B7280"))
    return row + 1 + half
