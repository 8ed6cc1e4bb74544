"""annotated/: each department's own workbook with the findings marked in it, to send back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reconcile.annotate import CannotMark, Listing, Mark, mark
from reconcile.annotate.answers import Answer
from reconcile.consolidate import Consolidated
from reconcile.source_files import SourceFiles
from reconcile.submissions import Submission
from reconcile.writing.annotated import findings_book
from reconcile.writing.annotated.earlier_copies import NO_COPIES, EarlierCopies, made_of
from reconcile.writing.annotated.listing import about_files, listing, marks
from reconcile.writing.annotated.names import Names, ending
from reconcile.writing.voice import Voice

FOLDER = "annotated"


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy of a return that goes back: where it lies in the output, its SHA-256, and a digest over all that it was
    made of; without one where it is no copy but a workbook of the findings."""

    path: str
    digest: str
    made_of: str = ""


def write(
    folder: Path,
    run: Consolidated,
    sources: SourceFiles,
    voice: Voice,
    answers: Mapping[str, Answer] | None = None,
    before: EarlierCopies = NO_COPIES,
) -> dict[str, Copy]:
    """Writes the marked copy of every return into ``folder``/annotated.

    Args:
        folder: the output.
        run: what was found.
        sources: the returns as they came.
        voice: the language.
        answers: what was answered before, by finding.
        before: those of an earlier output, of which one is taken over where it would be the same.

    Returns:
        For each return its copy. What cannot be marked in place (locked, of another format, refused, changed
        meanwhile) has a workbook of its findings there instead.
    """
    place = folder / FOLDER
    place.mkdir()
    answers = answers or {}
    about = about_files(run.findings)
    effects = {finding.id: finding for finding in run.findings if finding.root}
    names, written = Names(), {}
    for submission in run.submissions:
        stem = names.stem(submission)
        findings = about.get(submission.file, [])
        told = listing(submission, findings, effects, voice, answers, apart=False)
        marked = marks(submission, findings, voice)
        key = made_of(submission.digest, marked, told, sources.limits)
        content = before.find(key) or _marked(submission, marked, told, sources)
        if content is None:
            path, key = place / f"{stem}.xlsx", ""
            findings_book.write(path, listing(submission, findings, effects, voice, answers, apart=True), voice)
            content = path.read_bytes()
        else:
            path = place / (stem + ending(submission))
            path.write_bytes(content)
        written[submission.file] = Copy(f"{FOLDER}/{path.name}", hashlib.sha256(content).hexdigest(), key)
    return written


def _marked(submission: Submission, marks: Sequence[Mark], told: Listing, sources: SourceFiles) -> bytes | None:
    """The return with its marks; None where it cannot be marked."""
    original = sources.content(submission)
    if original is None:
        return None
    try:
        return mark(original, marks, told, sources.limits)
    except CannotMark:
        return None
