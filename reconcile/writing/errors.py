"""エラー一覧: one row a finding, what blocks first, with the columns for answers. 参考 is built alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING

from reconcile.annotate import MASTER_IDENTITY
from reconcile.findings import SEVERITIES, Finding, Unjudged, column_letters
from reconcile.messages.places import place_ref
from reconcile.writing.answers import in_words
from reconcile.writing.effects import effects_of
from reconcile.writing.paper import A3, print_as
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.styles import LINE, Styles
from reconcile.writing.tables import fitting, write_copy_link
from reconcile.writing.text import beginning, lines
from reconcile.writing.widths import widest

if TYPE_CHECKING:
    from xlsxwriter.format import Format

# Column → width. What asks for an answer stands at the end.
_TOLD: dict[str, float] = {
    "number": 6,
    "level": 8,
    "code": 9,
    "department": 18,
    "file": 20,
    "place": 20,
    "in_master": 13,
    "form": 8,
    "record": 24,
    "message": 56,
    "found": 16,
    "expected": 16,
    "difference": 11,
    "cause": 26,
}
_CENTRED = ("number", "level", "code", "form")
_ANSWERS: dict[str, float] = {"answer": 15, "reason": 26, "who": 10, "when": 14}
_ID: dict[str, float] = {"id": 14}
_NOTHING = ("", "", "", "")
_DIFFERENCES = {True: "+#,##0;-#,##0;0", False: "+#,##0.0##;-#,##0.0##;0"}  # whole or not
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BEGAN = date(1899, 12, 30)  # the day 0 of a workbook
_HEAD = 4  # the row of the headings
_NAMED = 3  # places named of what could not be judged alike


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a finding and its number; an effect only follows from the row above.

    ``why`` is given where there is no finding because nothing could be judged, ``places`` all that it could not be at.
    ``others`` are effects of the finding that share this row.
    """

    number: str
    finding: Finding
    effect: bool = False
    why: str = ""
    places: tuple[str, ...] = ()
    others: tuple[Finding, ...] = ()


def write(report: Report, sheet: Sheet) -> None:
    """The error sheet: errors and warnings, each with what follows from it indented below."""
    findings = [finding for finding in report.shown if finding.severity != "info"]
    _write(report, sheet, "errors", list(_lines(report, findings)), {**_TOLD, **_ANSWERS, **_ID}, "findings")


def write_info(report: Report, sheet: Sheet) -> None:
    """What was read in another way than typed, and what could not be judged; nothing is to be answered there."""
    findings = [finding for finding in report.shown if finding.severity == "info"]
    columns = {name: width for name, width in {**_TOLD, **_ID}.items() if name not in ("difference", "cause")}
    rows = list(_lines(report, findings))
    rows += list(_unjudged(report, len(findings) + 1))
    _write(report, sheet, "info", rows, columns, "information")


def _unjudged(report: Report, first: int) -> Iterator[Line]:
    """What could not be judged: a row for each rule, form of a return and reason."""
    alike: dict[tuple[str, ...], list[Unjudged]] = {}
    for each in report.run.unjudged:
        alike.setdefault((each.code, each.department, each.ref.file, each.form, each.why), []).append(each)
    for number, own in enumerate(alike.values(), start=first):
        told = [Finding(u.code, u.ref, department=u.department, form=u.form, record=u.record) for u in own]
        places = (report.voice.at(finding) if finding.ref.file else _whole(report, finding) for finding in told)
        yield Line(str(number), told[0], why=own[0].why, places=tuple(dict.fromkeys(places)))


def _whole(report: Report, finding: Finding) -> str:
    """What is judged over all returns has no place in one."""
    return f"{report.voice.form(finding.form)}（{report.voice.word('whole')}）"


def _lines(report: Report, findings: Iterable[Finding]) -> Iterator[Line]:
    for number, finding in enumerate(findings, start=1):
        yield Line(str(number), finding)
        told, others = effects_of(finding, report.by_id)
        for part, effect in enumerate(told, start=1):
            yield Line(f"{number}-{part}", effect, effect=True)
        if others:
            yield Line(f"{number}-{len(told) + 1}", finding, effect=True, others=tuple(others))


def _write(
    report: Report, sheet: Sheet, kind: str, rows: Sequence[Line], columns: dict[str, float], table: str
) -> None:
    voice, styles = report.voice, report.book.styles
    sheet.text(1, 1, voice.word(kind), styles.get("title"))
    rows, beyond = fitting(report, rows, sheet.rows_from(_HEAD + 1))
    sheet.text(2, 1, beyond + voice.word(f"{kind}_how"), styles.get("subtitle", font_size=10))
    sheet.height(1, 30)
    names = list(columns)
    columns = {**columns, **_fitted(report, rows)}
    sheet.widths([columns[name] for name in names[:-1]])
    sheet.widths([columns["id"]], first=len(names), level=1, hidden=True)
    sheet.widths([2.0], first=len(names) + 1, collapsed=True)
    bottom = _HEAD + max(len(rows), 1)
    if not rows:
        sheet.text(_HEAD + 1, names.index("message") + 1, voice.word("no_findings"), styles.get("cell"))
    look = cache(partial(_look, report.book.styles))
    for row, line in enumerate(rows, start=_HEAD + 1):
        _row(report, sheet, row, line, names, look)
        for told in line.others or (line.finding,):
            if told.id:
                report.numbers[told.id] = line.number
                report.error_rows[told.id] = sheet.place(row, 1)
    head = styles.get("head")
    headings = [*(voice.word(name) for name in names[:-1]), MASTER_IDENTITY]
    sheet.table(
        _HEAD,
        1,
        bottom,
        len(names),
        {
            "name": table,
            "style": None,
            "columns": [{"header": heading, "header_format": head} for heading in headings],
        },
    )
    sheet.height(_HEAD, 26)
    _mark_levels(report, sheet, names.index("level") + 1, bottom)
    if "answer" in columns and rows:
        _ask(report, sheet, names, bottom)
    sheet.freeze(_HEAD + 1, names.index("department") + 2)
    print_as(sheet, paper=A3, area=(1, 1, bottom, len(names) - 1), repeat=(_HEAD, _HEAD), header=report.title)


def _fitted(report: Report, rows: Sequence[Line]) -> dict[str, float]:
    """The columns that what stands in them decides: no name or figure is cut off."""
    forms = [report.voice.form(name) for name in report.run.pack.forms]
    differences = [f"+{value:,}" for line in rows if isinstance(value := line.finding.data.get("difference"), Decimal)]
    names = widest(forms)
    return {
        "form": min(max(names + 1.0, _TOLD["form"]), 18.0),
        "in_master": min(max(names + 6.0, _TOLD["in_master"]), 26.0),
        "difference": min(max(widest(differences) + 4.0, _TOLD["difference"]), 26.0),
    }


def _mark_levels(report: Report, sheet: Sheet, column: int, bottom: int) -> None:
    """The colour of each level, by conditional formats: it goes with the word, also in rows that somebody adds."""
    voice, cell = report.voice, f"{column_letters(column)}{_HEAD + 1}"
    words = {level: voice.term("severity", level) for level in SEVERITIES}
    for level, word in (*words.items(), ("warning", voice.word("unjudged"))):
        area = f"{cell}:{column_letters(column)}{bottom}"
        sheet.mark([area], f'=${cell}="{word}"', report.book.styles.mark(level))


def _ask(report: Report, sheet: Sheet, names: list[str], bottom: int) -> None:
    """The answer is chosen; 「このままで正しい」 needs a reason, and 「OK」 is none (MESSAGES, 11)."""
    voice, styles, top = report.voice, report.book.styles, _HEAD + 1
    answer, reason = names.index("answer") + 1, names.index("reason") + 1
    asked = {"error_title": voice.word("answer"), "error_message": voice.word("answer_asked")}
    helped = {"input_title": voice.word("answer"), "input_message": voice.word("answer_help")}
    sheet.choices(top, answer, bottom, (voice.word("corrected"), voice.word("stands")), **asked, **helped)
    said = f"UPPER(TRIM({column_letters(reason)}{top}))"
    empty = f'OR({said}="OK",{said}="OKエラー")'
    because = {"error_title": voice.word("reason"), "error_message": voice.word("reason_asked")}
    sheet.condition(top, reason, bottom, f"=NOT({empty})", **because)
    chosen = f'${column_letters(answer)}{top}="{voice.word("stands")}"'
    cells = [f"{column_letters(reason)}{top}:{column_letters(reason)}{bottom}"]
    sheet.mark(cells, f'=AND({chosen},OR({said}="",{empty}))', styles.mark("error"))


def _look(styles: Styles, name: str, effect: bool) -> Format:
    """How a cell looks; an effect is indented and grey, so that the cause above stands out."""
    muted: dict[str, object] = {"font_color": "#6B7280"} if effect else {}
    if name == "level" and not effect:
        return styles.get("center", bold=True, valign="top")
    if name in _ANSWERS:
        return styles.get("answer", valign="top", **({"num_format": "yyyy/mm/dd"} if name == "when" else {}))
    if name in _DIFFERENCES.values():
        return styles.get("figure", num_format=name, valign="top", **muted)
    indent = {"indent": 2} if effect and name == "message" else {}
    base = "figure" if name == "difference" else "center" if name in _CENTRED else "cell"
    return styles.get(base, valign="top", **muted, **indent)


def _row(
    report: Report, sheet: Sheet, row: int, line: Line, names: list[str], look: Callable[[str, bool], Format]
) -> None:
    """One finding."""
    finding, effect = line.finding, line.effect
    texts = _of_others(report, line) if line.others else _texts(report, line)
    tallest = 1
    for column, name in enumerate(names, start=1):
        said = texts.get(name, "")
        if name not in texts:
            sheet.text(row, column, "", look(name, effect))
        elif name == "in_master":
            _master_link(report, sheet, row, column, finding)
        elif name == "place" and finding.ref.file in report.files:
            write_copy_link(report, sheet, row, column, place_ref(finding), said, valign="top")
        elif name == "when" and _DAY.fullmatch(said):
            _day(sheet, row, column, said, look(name, effect))
        elif name == "difference" and isinstance(difference := finding.data.get("difference"), Decimal | int):
            sheet.number(row, column, difference, look(_DIFFERENCES[difference == int(difference)], effect))
        else:
            sheet.text(row, column, said, look(name, effect))
        if said:
            tallest = max(tallest, lines(said, sheet.widths_set[column]))
    sheet.height(row, tallest * LINE + 4)


def _day(sheet: Sheet, row: int, column: int, said: str, style: Format) -> None:
    """A day as a date, where there is such a day."""
    with suppress(ValueError):
        sheet.number(row, column, (date.fromisoformat(said) - _BEGAN).days, style)
        return
    sheet.text(row, column, said, style)


def _texts(report: Report, line: Line) -> dict[str, str]:
    finding, voice = line.finding, report.voice
    level = voice.term("severity", finding.severity)
    if line.effect or line.why:
        level = voice.word("effect" if line.effect else "unjudged")
    said = _not_checked(report, line) if line.why else voice.sentence(finding)
    return {
        "number": line.number,
        "in_master": "",
        "level": level,
        "code": finding.code,
        "department": finding.department,
        "file": finding.ref.file,
        "place": _place(report, finding),
        "form": voice.form(finding.form),
        "record": voice.row(finding) if len(line.places) <= 1 else "",
        "message": said,
        "found": beginning(finding.found),
        "expected": beginning(finding.expected),
        "difference": str(finding.data.get("difference", "")),
        "cause": voice.cause(finding),
        "id": finding.id,
        **dict(zip(_ANSWERS, in_words(report.answers.get(finding.id, _NOTHING), voice), strict=True)),
    }


def _of_others(report: Report, line: Line) -> dict[str, str]:
    """What is said of effects without a row of their own."""
    voice, finding = report.voice, line.finding
    return {
        "number": line.number,
        "level": voice.word("effect"),
        "code": finding.code,
        "department": finding.department,
        "file": finding.ref.file,
        "message": voice.word("other_effects", count=f"{len(line.others):,}", file="findings.jsonl"),
    }


def _not_checked(report: Report, line: Line) -> str:
    """The first places of what could not be judged, how many more, and why."""
    voice = report.voice
    place, more = voice.comma.join(line.places[:_NAMED]), len(line.places) - _NAMED
    if more > 0:
        place = f"{place} {voice.word('more_places', count=more)}"
    return voice.word("not_checked", place=place, why=voice.why(line.why))


def _master_link(report: Report, sheet: Sheet, row: int, column: int, finding: Finding) -> None:
    place = report.places.of_finding(finding)
    styles = report.book.styles
    if place is None:
        sheet.text(row, column, "―", styles.get("center", valign="top", font_color="#6B7280"))
    else:
        style = styles.get("cell", valign="top", font_color="#0563C1", underline=1)
        sheet.link(row, column, place, f"{place.sheet}!{place.a1}", style)


def _place(report: Report, finding: Finding) -> str:
    """The place within the file that stands beside it."""
    ref = place_ref(finding)
    if ref.a1 or not ref.file:
        return report.voice.at(finding) if ref.a1 else "―"
    return ref.sheet or report.voice.word("whole_file")
