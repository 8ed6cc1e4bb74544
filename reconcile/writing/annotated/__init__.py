"""annotated/: each department's own workbook with the findings marked in it, to send back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from reconcile.annotate import CannotMark, mark
from reconcile.consolidate import Consolidated
from reconcile.package import Limits
from reconcile.submissions import Submission
from reconcile.writing.annotated import findings_book
from reconcile.writing.annotated.listing import about_files, listing, marks
from reconcile.writing.annotated.names import Names, ending
from reconcile.writing.voice import Voice

FOLDER = "annotated"
# The formats whose parts can be patched; what Excel itself writes for the others is not ours to write.
_MARKED = ("xlsx", "xlsm")


def write(
    folder: Path,
    run: Consolidated,
    sources: Mapping[str, Sequence[Path]],
    voice: Voice,
    limits: Limits | None = None,
) -> dict[str, str]:
    """Writes the marked copy of every return into ``folder``/annotated.

    Args:
        folder: the output.
        run: what was found.
        sources: for each return's name the files it may be; the one with the bytes that were read is taken.
        voice: the language.
        limits: how much of a file is unpacked.

    Returns:
        For each return the path of its copy, relative to ``folder``. What cannot be marked in place (locked, of
        another format, refused, changed meanwhile) has a workbook of its findings there instead.
    """
    place = folder / FOLDER
    place.mkdir()
    about = about_files(run.findings)
    effects = {finding.id: finding for finding in run.findings if finding.root}
    names, written = Names(), {}
    for submission in run.submissions:
        stem = names.stem(submission)
        findings = about.get(submission.file, [])
        content = None
        original = _original(submission, sources)
        if original is not None:
            told = listing(submission, findings, effects, voice, apart=False)
            try:
                content = mark(original, marks(submission, findings, voice), told, limits)
            except CannotMark:
                content = None
        if content is None:
            path = place / f"{stem}.xlsx"
            findings_book.write(path, listing(submission, findings, effects, voice, apart=True), voice)
        else:
            path = place / (stem + ending(submission))
            path.write_bytes(content)
        written[submission.file] = f"{FOLDER}/{path.name}"
    return written


def _original(submission: Submission, sources: Mapping[str, Sequence[Path]]) -> bytes | None:
    """The bytes that were read, when they are a package that can be patched."""
    if submission.kind not in _MARKED or submission.refused not in ("", "no_form"):
        return None
    for path in sources.get(submission.file, ()):
        try:
            content = path.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(content).hexdigest() == submission.digest:
            return content if content.startswith(b"PK") else None
    return None
