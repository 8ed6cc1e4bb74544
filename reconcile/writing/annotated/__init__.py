"""annotated/: each department's own workbook with the findings marked in it, to send back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reconcile.annotate import CannotMark, mark
from reconcile.annotate.answers import Answer
from reconcile.consolidate import Consolidated
from reconcile.source_files import SourceFiles
from reconcile.writing.annotated import findings_book
from reconcile.writing.annotated.listing import about_files, listing, marks
from reconcile.writing.annotated.names import Names, ending
from reconcile.writing.voice import Voice

FOLDER = "annotated"


def write(
    folder: Path,
    run: Consolidated,
    sources: SourceFiles,
    voice: Voice,
    answers: Mapping[str, Answer] | None = None,
) -> dict[str, str]:
    """Writes the marked copy of every return into ``folder``/annotated.

    Args:
        folder: the output.
        run: what was found.
        sources: the returns as they came.
        voice: the language.
        answers: what was answered before, by finding.

    Returns:
        For each return the path of its copy, relative to ``folder``. What cannot be marked in place (locked, of
        another format, refused, changed meanwhile) has a workbook of its findings there instead.
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
        content = None
        original = sources.content(submission)
        if original is not None:
            told = listing(submission, findings, effects, voice, answers, apart=False)
            try:
                content = mark(original, marks(submission, findings, voice), told, sources.limits)
            except CannotMark:
                content = None
        if content is None:
            path = place / f"{stem}.xlsx"
            findings_book.write(path, listing(submission, findings, effects, voice, answers, apart=True), voice)
        else:
            path = place / (stem + ending(submission))
            path.write_bytes(content)
        written[submission.file] = f"{FOLDER}/{path.name}"
    return written
