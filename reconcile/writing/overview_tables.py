"""The tables of the overview: who has answered, findings by department and by kind, why something was not judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reconcile.catalogue import FAMILIES
from reconcile.findings import Severity, Tally, column_letters
from reconcile.writing.cells import Place
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet

LEVELS: tuple[Severity, ...] = ("error", "warning", "info")
MOST = 30  # rows of the table of departments, so that the page stays one page
_REASONS = 6
_SHRUNK: dict[str, object] = {"text_wrap": False, "shrink": True}  # a name on one line, whole


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of counts: the column of its names, that of its first level, and its rows."""

    names: int
    levels: int
    first: int
    last: int


def departments(report: Report, sheet: Sheet, row: int, left: int, to: Sheet, top: int) -> Rows:
    """Who has answered, and the findings about each; those with most errors where there are too many for a page.

    The names lead to their rows on the sheet ``to``, the first of which is ``top``.
    """
    voice, styles = report.voice, report.book.styles
    counts: dict[str, Counter[str]] = {answer.department: Counter() for answer in report.run.answers}
    for finding in report.shown:
        counts.setdefault(finding.department, Counter())[finding.severity] += 1
    status = {a.department: "yes" if a.files else "no" if a.expected else "not_asked" for a in report.run.answers}
    line = {answer.department: number for number, answer in enumerate(report.run.answers)}
    names, rest, more = list(counts), Counter[str](), ""
    if len(names) > MOST:
        names.sort(key=lambda name: [-counts[name][level] for level in LEVELS])
        rest = sum((counts[name] for name in names[MOST - 1 :]), Counter())
        more = voice.word("other_departments", count=len(names) - MOST + 1)
        names = names[: MOST - 1]
    sheet.merge(row, left, row, left + 5, voice.word("by_department_level"), styles.get("heading"))
    heads = [voice.word("department"), voice.word("status"), *(voice.term("severity", level) for level in LEVELS)]
    _head(report, sheet, row + 1, left, [*heads, voice.word("total_row")])
    first = at = row + 2
    for name in names:
        if name in line:
            style = styles.get("cell", font_color="#0563C1", underline=1, **_SHRUNK)
            sheet.link(at, left, Place(to.name, top + line[name], 1), name, style)
        else:
            sheet.text(at, left, name or voice.word("no_department"), styles.get("cell", **_SHRUNK))
        said = status.get(name, "not_asked")
        colours = styles.mark_properties({"yes": "good", "no": "error"}.get(said, "info"))
        sheet.text(at, left + 1, voice.word(said) if name in status else "―", styles.get("center", **colours))
        _counts(report, sheet, at, left + 2, counts[name])
        at += 1
    if more:
        sheet.text(at, left, more, styles.get("cell"))
        sheet.text(at, left + 1, "―", styles.get("center"))
        _counts(report, sheet, at, left + 2, rest)
        at += 1
    _sums(report, sheet, at, left, left + 2, first, [*(counts[name] for name in names), rest])
    sheet.text(at, left + 1, "", styles.get("total_label"))
    return Rows(left, left + 2, first, at - 1)


def kinds(report: Report, sheet: Sheet, row: int, left: int, to: Sheet, rule_rows: dict[str, int]) -> Rows:
    """The findings by kind, and what was judged: what holds, what does not, what could not be judged. Kinds of which
    nothing is judged in this collection are left out."""
    voice, styles, run = report.voice, report.book.styles, report.run
    counts: dict[str, Counter[str]] = {family: Counter() for family in FAMILIES}
    for finding in report.shown:
        counts[finding.code[:3]][finding.severity] += 1
    tallies = {family: Tally() for family in FAMILIES}
    for code, tally in run.tallies.items():
        tallies[code[:3]].add(tally)
    sheet.merge(row, left, row, left + 6, voice.word("by_kind"), styles.get("heading"))
    heads = [voice.word("kind_of"), *(voice.term("severity", level) for level in LEVELS)]
    _head(report, sheet, row + 1, left, [*heads, *(voice.word(key) for key in ("passed", "failed", "unjudged"))])
    first = at = row + 2
    own = [f for f in FAMILIES if counts[f] or tallies[f] != Tally()] or list(FAMILIES)
    for family in own:
        rule = next((rule_rows[code] for code in sorted(rule_rows) if code.startswith(family)), 1)
        style = styles.get("cell", font_color="#0563C1", underline=1)
        sheet.link(at, left, Place(to.name, rule, 1), voice.word(f"kind_{family.lower()}"), style)
        for offset, level in enumerate(LEVELS, start=1):
            _count(report, sheet, at, left + offset, counts[family][level], level)
        tally = tallies[family]
        for offset, number in enumerate((tally.passed, tally.failed, tally.unjudged), start=4):
            sheet.number(at, left + offset, number, styles.get("figure", num_format="#,##0"))
        at += 1
    sheet.text(at, left, voice.word("total_row"), styles.get("total_label"))
    whole = [sum(c[level] for c in counts.values()) for level in LEVELS]
    whole += [sum(t.passed for t in tallies.values()), sum(t.failed for t in tallies.values())]
    whole.append(sum(t.unjudged for t in tallies.values()))
    for offset, value in enumerate(whole, start=1):
        letter = column_letters(left + offset)
        style = styles.get("total", num_format="#,##0")
        sheet.formula(at, left + offset, f"=SUM({letter}{first}:{letter}{at - 1})", value, style)
    return Rows(left, left + 1, first, at - 1)


def reasons(report: Report, sheet: Sheet, row: int, left: int, to: Sheet) -> int:
    """Why something could not be judged, the commonest reasons first. Returns the last row."""
    voice, styles = report.voice, report.book.styles
    counts = Counter(voice.why(each.why) for each in report.run.unjudged)
    unread = sum(tally.unjudged for tally in report.run.tallies.values()) - counts.total()
    if unread > 0:
        counts[voice.word("reasons_unread")] = unread
    sheet.merge(row, left, row, left + 6, voice.word("why"), styles.get("heading"))
    found = counts.most_common()
    for at, (why, count) in enumerate(found[:_REASONS], start=row + 1):
        sheet.merge(at, left, at, left + 5, why, styles.get("cell", **_SHRUNK))
        sheet.number(at, left + 6, count, styles.get("figure", num_format="#,##0"))
    last = row + min(len(found), _REASONS) + 1
    rest = sum(count for _, count in found[_REASONS:])
    text = voice.word("reasons_more", count=rest) if rest else voice.word("reasons_list" if found else "reasons_none")
    if found:
        sheet.link(last, left, Place(to.name, 1, 1), text)
    else:
        sheet.text(last, left, text, styles.get("plain", font_color="#6B7280"))
    return last


def _head(report: Report, sheet: Sheet, row: int, left: int, texts: Sequence[str]) -> None:
    sheet.height(row, 28)
    for column, text in enumerate(texts, start=left):
        sheet.text(row, column, text, report.book.styles.get("head"))


def _counts(report: Report, sheet: Sheet, row: int, column: int, counts: Counter[str]) -> None:
    """The counts of a row by level, and their sum."""
    for offset, level in enumerate(LEVELS):
        _count(report, sheet, row, column + offset, counts[level], level)
    first, last = column_letters(column), column_letters(column + len(LEVELS) - 1)
    style = report.book.styles.get("total", num_format="#,##0")
    value = sum(counts[level] for level in LEVELS)
    sheet.formula(row, column + len(LEVELS), f"=SUM({first}{row}:{last}{row})", value, style)


def _sums(
    report: Report, sheet: Sheet, row: int, left: int, column: int, first: int, counts: Sequence[Counter[str]]
) -> None:
    voice, styles = report.voice, report.book.styles
    sheet.text(row, left, voice.word("total_row"), styles.get("total_label"))
    for offset in range(len(LEVELS) + 1):
        levels = LEVELS if offset == len(LEVELS) else (LEVELS[offset],)
        letter = column_letters(column + offset)
        formula = f"=SUM({letter}{first}:{letter}{row - 1})" if row > first else "=0"
        value = sum(count[level] for count in counts for level in levels)
        sheet.formula(row, column + offset, formula, value, styles.get("total", num_format="#,##0"))


def _count(report: Report, sheet: Sheet, row: int, column: int, number: int, level: str) -> None:
    """A count of findings, coloured unless it is nought."""
    styles = report.book.styles
    colours = styles.mark_properties(level) if number and level != "info" else {}
    sheet.number(row, column, number, styles.get("figure", num_format="#,##0", **colours))
