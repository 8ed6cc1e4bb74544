"""概要: one printed page that says who has answered, what was found, what was checked, and where everything is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import reconcile
from reconcile.findings import Severity
from reconcile.writing.cells import Place
from reconcile.writing.conservation import measures
from reconcile.writing.marks import SWITCH
from reconcile.writing.overview_chart import write_chart
from reconcile.writing.paper import print_as
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet

# Two tables side by side: departments in columns 1-5, rules in 7-12.
_WIDTHS = (24.0, 9.0, 9.0, 9.0, 9.0, 2.0, 9.0, 36.0, 8.0, 8.0, 8.0, 9.0)
_LAST = len(_WIDTHS)
_RULES = 7
_MOST = 30  # rows of each table, so that the page stays one page
_LEVELS: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Link:
    """A sheet of the master, and what it is for."""

    sheet: Sheet
    about: str


def write(report: Report, sheet: Sheet, links: Sequence[Link]) -> None:
    """The overview, after all other sheets."""
    sheet.widths(_WIDTHS)
    row = _top(report, sheet)
    row = _links(report, sheet, row + 1, links)
    table = row + 1
    departments = _departments(report, sheet, table)
    rules = _rules(report, sheet, table)
    row = max(departments, rules) + 1
    for own in range(table + 2, row):
        sheet.height(own, 17)
    write_chart(report, sheet, row, table + 2, departments - 1, _LEVELS)
    print_as(sheet, landscape=False, area=(1, 1, row + 22, _LAST), pages_high=1, header=report.title)


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
        sheet.height(row, 18)
        row += 1
    sheet.text(row, 1, voice.word("switch"), styles.get("label"))
    sheet.merge(row, 2, row, 3, voice.word("show"), styles.get("answer", align="center", bold=True))
    sheet.merge(row, 4, row, _LAST, voice.word("switch_help"), styles.get("cell", font_color="#6B7280"))
    sheet.choices(row, 2, row, (voice.word("show"), voice.word("hide")))
    report.book.define(SWITCH, sheet.place(row, 2))
    sheet.height(row, 18)
    return row + 1


def _conservation(report: Report) -> str:
    """Records read, merged and set aside, form by form."""
    voice = report.voice
    parts = (
        voice.word("conserved_form", form=voice.form(c.form), read=c.read, merged=c.merged, aside=c.set_aside)
        for c in report.run.conserved
    )
    sums = measures(report.run)
    count = sum(measure.values for measure in sums)
    return "　".join((*parts, voice.word("conserved_sums", measures=len(sums), values=f"{count:,}")))


def _links(report: Report, sheet: Sheet, row: int, links: Sequence[Link]) -> int:
    """The sheets, two a row."""
    voice, styles = report.voice, report.book.styles
    sheet.merge(row, 1, row, _LAST, voice.word("contents"), styles.get("heading"))
    for number, link in enumerate(links):
        at, left = row + 1 + number // 2, 1 if number % 2 == 0 else _RULES
        sheet.height(at, 17)
        sheet.link(at, left, Place(link.sheet.name, 1, 1), link.sheet.name)
        sheet.text(at, left + 1, link.about, styles.get("plain", font_color="#6B7280"))
    return row + 1 + (len(links) + 1) // 2


def _departments(report: Report, sheet: Sheet, row: int) -> int:
    """Findings by department and level; the departments with most errors where there are too many for a page."""
    voice, styles = report.voice, report.book.styles
    counts: dict[str, Counter[str]] = {answer.department: Counter() for answer in report.run.answers}
    for finding in report.shown:
        counts.setdefault(finding.department, Counter())[finding.severity] += 1
    names = list(counts)
    if len(names) > _MOST:
        names = sorted(names, key=lambda name: [-counts[name][level] for level in _LEVELS])
        rest = sum((counts[name] for name in names[_MOST - 1 :]), Counter())
        more = voice.word("other_departments", count=len(names) - _MOST + 1)
        names = names[: _MOST - 1]
    else:
        rest, more = Counter(), ""
    sheet.merge(row, 1, row, 5, voice.word("by_department_level"), styles.get("heading"))
    _head(report, sheet, row + 1, 1, [voice.word("department"), *(voice.term("severity", s) for s in _LEVELS)])
    sheet.text(row + 1, 5, voice.word("total_row"), styles.get("head"))
    rows = [(name or voice.word("no_department"), counts[name]) for name in names]
    rows += [(more, rest)] if more else []
    start = row + 2
    for at, (name, count) in enumerate(rows, start=start):
        sheet.text(at, 1, name, styles.get("cell"))
        for column, level in enumerate(_LEVELS, start=2):
            _count(report, sheet, at, column, count[level], level)
        total = styles.get("total", num_format="#,##0")
        sheet.formula(at, 5, f"=SUM(B{at}:D{at})", sum(count[level] for level in _LEVELS), total)
    end = start + len(rows)
    sheet.text(end, 1, voice.word("total_row"), styles.get("total_label"))
    for column, letter in enumerate("BCDE", start=2):
        levels = _LEVELS if column == 5 else (_LEVELS[column - 2],)
        value = sum(count[level] for _, count in rows for level in levels)
        formula = f"=SUM({letter}{start}:{letter}{max(end - 1, start)})" if rows else "=0"
        sheet.formula(end, column, formula, value, styles.get("total", num_format="#,##0"))
    return end + 1


def _rules(report: Report, sheet: Sheet, row: int) -> int:
    """What was checked: for each rule with findings or judgements pass, fail and cannot be judged."""
    voice, styles, run = report.voice, report.book.styles, report.run
    counts = Counter(finding.code for finding in report.shown)
    severity = {finding.code: finding.severity for finding in report.shown}
    codes = sorted({*counts, *(code for code, t in run.tallies.items() if t.passed or t.failed or t.unjudged)})
    # Rules with findings first: errors, then warnings; the quiet ones give way where the page is full.
    order = {level: number for number, level in enumerate(_LEVELS)}
    codes.sort(key=lambda code: (order.get(severity.get(code, ""), len(order)), code))  # type: ignore[call-overload]
    hidden = max(0, len(codes) - _MOST)
    sheet.merge(row, _RULES, row, _LAST, voice.word("by_code"), styles.get("heading"))
    keys = ("code", "rule", "finding_count", "passed", "failed", "unjudged")
    _head(report, sheet, row + 1, _RULES, [voice.word(key) for key in keys])
    at = row + 2
    for code in codes[:_MOST]:
        tally = run.tallies.get(code)
        sheet.text(at, _RULES, code, styles.get("center"))
        sheet.text(at, _RULES + 1, voice.title(code), styles.get("cell", text_wrap=False, shrink=True))
        _count(report, sheet, at, _RULES + 2, counts[code], severity.get(code, "info"))
        for offset, number in enumerate((tally.passed, tally.failed, tally.unjudged) if tally else ("", "", "")):
            if isinstance(number, int):
                sheet.number(at, _RULES + 3 + offset, number, styles.get("figure", num_format="#,##0"))
            else:
                sheet.text(at, _RULES + 3 + offset, "―", styles.get("center"))
        at += 1
    if hidden:
        sheet.text(at, _RULES, voice.word("other_rules", count=hidden), styles.get("plain", font_color="#6B7280"))
        at += 1
    return at


def _head(report: Report, sheet: Sheet, row: int, left: int, texts: Sequence[str]) -> None:
    sheet.height(row, 28)
    for column, text in enumerate(texts, start=left):
        sheet.text(row, column, text, report.book.styles.get("head"))


def _count(report: Report, sheet: Sheet, row: int, column: int, number: int, level: str) -> None:
    """A count of findings, coloured unless it is nought."""
    styles = report.book.styles
    colours = styles.mark_properties(level) if number and level != "info" else {}
    sheet.number(row, column, number, styles.get("figure", num_format="#,##0", **colours))
