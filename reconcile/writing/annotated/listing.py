"""What a department is told about one of its files: the list of findings, and the marks on its cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reconcile.annotate import IDENTITY, Asking, Heading, Kind, Line, Listing, Mark
from reconcile.annotate.answers import Answer
from reconcile.findings import SEVERITIES, CellRef, Finding
from reconcile.messages import place_ref
from reconcile.submissions import Submission
from reconcile.writing.answers import in_words
from reconcile.writing.cells import ROWS
from reconcile.writing.effects import effects_of
from reconcile.writing.styles import LINE
from reconcile.writing.text import CELL_LIMIT, beginning, lines, pieces, printable
from reconcile.writing.voice import Voice

# Column of the list → how it is filled, and its width in half-width characters.
_COLUMNS: Mapping[str, tuple[Kind, float]] = {
    "number": ("center", 6),
    "level": ("level", 8),
    "code": ("center", 9),
    "place": ("place", 16),
    "record": ("text", 26),
    "message": ("text", 62),
    "found": ("text", 18),
    "expected": ("text", 18),
    "cause": ("text", 28),
    "answer": ("choice", 15),
    "reason": ("reason", 28),
    "who": ("answer", 10),
    "when": ("date", 14),
    "id": ("hidden", 14),
}
# A finding over more files than these is the office's to settle, not a department's.
_FILES = 4
_INDENT = 1.5  # half-width characters kept free on the left
_NOTE = 8_000  # characters; the list has the whole message
_ABOVE = 6  # rows of the list above its lines: title, remarks, a free row, headings
_HIGHEST = 409.0  # points: Excel's limit of a row
# What a cell has to do with a finding where it is itself what is wrong (and not a part of a sum, or a reason).
_WRONG = ("value", "typed", "unread")
# What says that something cannot be read or is missing comes first: it keeps everything else out.
_BLOCKING = ("FIL", "SUB", "LAY")


def about_files(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings each file is told of: its own, and those of others in which cells of it take part."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.root:
            continue
        files = {finding.ref.file: None}
        others = {part.ref.file: None for part in finding.cells}
        if finding.severity != "info" and finding.ref.file and len(others | files) <= _FILES:
            files |= others
        for file in files:
            found.setdefault(file, []).append(finding)
    return found


def listing(
    submission: Submission,
    findings: Sequence[Finding],
    effects: Mapping[str, Finding],
    voice: Voice,
    answers: Mapping[str, Answer],
    *,
    apart: bool,
    row_limit: int = ROWS,
) -> Listing:
    """The list for one file, with the ``answers`` given before; ``apart`` where it stands in a workbook of its own and
    cannot lead to the cells."""
    given = {finding.id: answers[finding.id] for finding in findings if finding.id in answers}
    rows = list(_lines(submission, findings, effects, voice, given, apart))
    counts = Counter(finding.severity for finding in findings)
    names = {severity: counts[severity] for severity in SEVERITIES}
    told = voice.word(
        "listing_counts",
        department=submission.department or voice.word("no_department"),
        file=submission.file,
        errors=names["error"],
        warnings=names["warning"],
        info=names["info"],
    )
    room = row_limit - _ABOVE
    remarks = [told, voice.word("listing_apart" if apart else "listing_how" if rows else "listing_none")]
    if len(rows) > room:
        remarks.append(voice.word("listing_beyond", count=f"{len(rows) - room:,}"))
        rows = rows[:room]
    word = voice.word
    return Listing(
        name=word("listing"),
        title=word("listing_title", title=voice.pack.file.title.get(voice.lang)),
        remarks=tuple(_fitting(said) for said in remarks),
        headings=tuple(
            Heading(IDENTITY if kind == "hidden" else word(name), width, kind)
            for name, (kind, width) in _COLUMNS.items()
        ),
        lines=tuple(rows),
        asking=Asking(
            words=(word("corrected"), word("stands")),
            needs_reason=word("stands"),
            answer_title=word("answer"),
            answer_help=word("answer_help"),
            answer_wrong=word("answer_asked"),
            reason_title=word("reason"),
            reason_wrong=word("reason_asked"),
            no_reasons=("OK", "OKエラー"),
        ),
    )


def marks(submission: Submission, findings: Iterable[Finding], voice: Voice) -> list[Mark]:
    """The cells of the file that findings are about, with their sentences, what blocks first."""
    found = []
    for finding in _in_order(findings):
        cells = _cells_in(submission.file, finding)
        if cells:
            cause = voice.cause(finding)
            said = f"{finding.code} {voice.sentence(finding)}" + (f"\n{voice.word('cause')}：{cause}" if cause else "")
            note = pieces(printable(said), _NOTE)
            text = note[0] + ("…" if len(note) > 1 else "")
            found += [Mark(ref.sheet, ref.row, ref.column, finding.severity, text) for ref in cells]
    return found


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """What blocks first; the findings come in the order of sheets, rows and columns, which stays."""

    def urgency(finding: Finding) -> tuple[int, int]:
        family = finding.code[:3]
        return SEVERITIES.index(finding.severity), _BLOCKING.index(family) if family in _BLOCKING else len(_BLOCKING)

    return sorted(findings, key=urgency)


def _cell_in(file: str, finding: Finding) -> CellRef | None:
    """The cell of this file to look at."""
    own = place_ref(finding)
    if own.file == file:
        return own if own.a1 else None
    return next((part.ref for part in finding.cells if part.ref.file == file and part.ref.a1), None)


def _cells_in(file: str, finding: Finding) -> list[CellRef]:
    """The cell of this file to look at, and every other one that the finding is about in the same way."""
    first = _cell_in(file, finding)
    others = [part.ref for part in finding.cells if part.role in _WRONG and part.ref.file == file and part.ref.a1]
    if finding.severity == "info" or first is None:
        others = []
    return list(dict.fromkeys([*([first] if first else []), *others]))


def _lines(
    submission: Submission,
    findings: Sequence[Finding],
    effects: Mapping[str, Finding],
    voice: Voice,
    answers: Mapping[str, Answer],
    apart: bool,
) -> Iterator[Line]:
    for number, finding in enumerate(_in_order(findings), start=1):
        yield _line(submission, str(number), finding, voice, apart, answer=answers.get(finding.id))
        told, others = effects_of(finding, effects)
        for part, effect in enumerate(told, start=1):
            yield _line(submission, f"{number}-{part}", effect, voice, apart, follows=True)
        if others:
            yield _others(f"{number}-{len(told) + 1}", finding, len(others), voice)


def _line(
    submission: Submission,
    number: str,
    finding: Finding,
    voice: Voice,
    apart: bool,
    follows: bool = False,
    answer: Answer | None = None,
) -> Line:
    file = submission.file
    place = voice.at(finding)
    if finding.ref.file not in ("", file):
        place = voice.word("elsewhere", file=finding.ref.file, place=place)
    texts = {
        "number": number,
        "level": voice.word("effect") if follows else voice.term("severity", finding.severity),
        "code": finding.code,
        "place": place,
        "record": voice.row(finding),
        "message": voice.sentence(finding),
        "found": beginning(finding.found),
        "expected": beginning(finding.expected),
        "cause": voice.cause(finding),
        "id": finding.id,
    }
    if answer is not None:
        texts |= dict(zip(("answer", "reason", "who", "when"), in_words(answer, voice), strict=True))
    fitting = tuple(_fitting(texts.get(name, "")) for name in _COLUMNS)
    tallest = max(lines(said, width - _INDENT) for said, (_, width) in zip(fitting, _COLUMNS.values(), strict=True))
    to = None if apart else _leads_to(submission, finding)
    return Line(fitting, finding.severity, min(tallest * LINE + 4, _HIGHEST), to, follows)


def _others(number: str, finding: Finding, count: int, voice: Voice) -> Line:
    """Effects without a line of their own."""
    said = voice.word("other_effects_alike" if "alike" in finding.data else "other_effects_here", count=f"{count:,}")
    texts = {"number": number, "level": voice.word("effect"), "code": finding.code, "message": said}
    return Line(tuple(texts.get(name, "") for name in _COLUMNS), finding.severity, LINE + 4, follows=True)


def _leads_to(submission: Submission, finding: Finding) -> tuple[str, int, int] | None:
    """The cell to look at; of what is said of a sheet as a whole, its first."""
    ref = _cell_in(submission.file, finding)
    if ref is not None:
        return ref.sheet, ref.row, ref.column
    own = finding.ref
    return (own.sheet, 1, 1) if own.file == submission.file and own.sheet in submission.sheets else None


def _fitting(text: str) -> str:
    kept = pieces(printable(text), CELL_LIMIT - 1)
    return kept[0] + ("…" if len(kept) > 1 else "")
