"""master.xlsx: the order of its sheets, and the order in which they are written.

The forms come first in writing, for the other sheets link to where each value came to stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reconcile.annotate.answers import Answer
from reconcile.consolidate import Consolidated
from reconcile.writing import (
    balances_sheet,
    data_sheet,
    duplicates,
    errors,
    forms,
    marks,
    overview,
    rules_sheet,
    set_aside_sheet,
    styles,
    submissions_sheet,
)
from reconcile.writing.book import Book
from reconcile.writing.cells import ROWS
from reconcile.writing.overview import Link
from reconcile.writing.report import Places, Report
from reconcile.writing.voice import Voice


@dataclass(frozen=True, slots=True)
class Written:
    """Where each value stands in the master, and the names of its sheets of tidy data."""

    places: Places
    tidy: tuple[str, ...]


def write(
    path: Path,
    run: Consolidated,
    voice: Voice,
    files: Mapping[str, str] | None = None,
    *,
    answers: Mapping[str, Answer] | None = None,
    row_limit: int = ROWS,
) -> Written:
    """Writes the master workbook.

    Args:
        path: where.
        run: what was read and found.
        voice: its language.
        files: return → path of its marked copy, relative to the folder of the master.
        answers: what was answered before, by finding.
        row_limit: rows of a sheet.

    Returns:
        Where the values came to stand.
    """
    word = voice.word
    book = Book(path, run.pack.file.title.get(voice.lang), word("long"), str(word("goes_on")), row_limit)
    report = Report(run, voice, book, Places(run.facts), files or {}, answers or {})
    front = book.sheet(word("overview"))
    error, balance = book.sheet(word("errors")), book.sheet(word("balances"))
    duplicate = book.sheet(word("duplicates")) if duplicates.asked(run.pack) else None
    submission, aside = book.sheet(word("submissions")), book.sheet(word("set_aside"))
    hosts = forms.hosts(run.pack)
    printed = {
        name: book.sheet(forms.sheet_title(run.pack, name, voice.lang)) for name, host in hosts.items() if name == host
    }
    data, rule, info, parts = (book.sheet(word(key)) for key in ("data", "rules", "info", "parts_of_totals"))

    if any(finding.severity == "error" for finding in report.shown):
        error.raw.set_tab_color(styles.ALERT)
    for sheet in (front, *printed.values()):
        sheet.raw.set_tab_color(styles.ACCENT)

    plans = duplicates.plan(report, duplicate) if duplicate else []
    for name, sheet in printed.items():
        plan = next((each for each in plans if each.form.form == name), None)
        forms.write(report, run.pack.forms[name], sheet, plan)
    marks.write(report, {sheet.name: sheet for sheet in printed.values()})
    errors.write(report, error)
    balances_sheet.write(report, balance, parts)
    if duplicate:
        duplicates.write(report, duplicate, plans)
    first_department = submissions_sheet.write(report, submission)
    tidy = data_sheet.write(report, data)
    rule_rows = rules_sheet.write(report, rule)
    errors.write_info(report, info)
    set_aside_sheet.write(report, aside)
    about = {error: "errors", balance: "balances", duplicate: "duplicates", submission: "submissions"}
    about[aside] = "set_aside"
    links = [Link(sheet, word(f"about_{key}")) for sheet, key in about.items() if sheet]
    for name, sheet in printed.items():
        titles = [run.pack.forms[own].title.get(voice.lang) for own, host in hosts.items() if host == name]
        links.append(Link(sheet, voice.comma.join(titles)))
    links += [
        Link(sheet, word(f"about_{key}"))
        for sheet, key in ((data, "data"), (rule, "rules"), (info, "info"), (parts, "parts"))
    ]
    to = overview.Targets(submission, first_department, rule, rule_rows, info)
    overview.write(report, front, links, to)
    book.close()
    return Written(report.places, tuple(tidy))
