"""One file of the returns, from its bytes to its values: what a worker process does, apart from all other files."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from reconcile.annotate import is_listing, is_master
from reconcile.annotate.answers import answers_in
from reconcile.cover import cover_labels, find_covers, read_cover
from reconcile.extract import Extracted, extract_answers
from reconcile.extract.unheaded import continued
from reconcile.findings import CellRef, Finding, Involved
from reconcile.locate import NOTES, Grid, Vocabulary
from reconcile.normalise import fold_label, sign_of_labels
from reconcile.package import FOREIGN, Limits, Refused, Workbook, collector_paused, open_bytes, read_file, within
from reconcile.packs.model import Pack
from reconcile.submissions import NO_RETURN, Submission

NOT_FOUND = ("LAY001", "LAY009")


def read_return(
    path: Path,
    name: str,
    pack: Pack,
    limits: Limits | None = None,
    passwords: Sequence[str] = (),
    content: bytes | None = None,
) -> Submission:
    """Reads one return.

    Args:
        path: the file.
        name: how the outputs call it: relative to the folder given, with ``/``, NFC.
        pack: what is expected in it.
        limits: what is not read further (defaults: CONTRACT, Limits).
        passwords: tried in their order when it is locked.
        content: its bytes, where they are there already.

    Returns:
        The submission; a file that cannot be read has ``refused`` and a FIL finding. Never raises for what a
        file holds.
    """
    started = time.perf_counter()
    limits = limits or Limits()
    if content is None:
        try:
            content = read_file(path, limits)
        except Refused as refusal:
            return refused(name, refusal, size=int(refusal.data.get("found", 0)))
    digest, size = hashlib.sha256(content).hexdigest(), len(content)
    begun = time.process_time()
    try:
        workbook = open_bytes(content, path.name, limits, passwords)
        del content  # as large as the file, while what is read of it grows
        opened = time.perf_counter()
        read = Submission(
            name,
            digest,
            size,
            kind=workbook.kind,
            sheets=tuple(sheet.name for sheet in workbook.sheets),
            merged={sheet.name: tuple(sheet.merged) for sheet in workbook.sheets},
        )
        with collector_paused():
            submission = within(limits, begun, lambda: _read(workbook, read, pack))
    except Refused as refusal:
        return refused(name, refusal, digest, size)
    seconds = {"read": opened - started, "extract": time.perf_counter() - opened}
    return replace(submission, seconds=seconds)


def refused(name: str, refusal: Refused, digest: str = "", size: int = 0) -> Submission:
    """A return that is not read: ``size`` bytes, ``digest`` where they were seen."""
    looks = refusal.data.get("looks")
    variant = f"{refusal.reason}_{looks}" if looks else refusal.reason
    finding = Finding(refusal.code, CellRef(name), variant=variant, data=dict(refusal.data))
    return Submission(name, digest, size, refused=refusal.reason, findings=(finding,))


def _read(workbook: Workbook, submission: Submission, pack: Pack) -> Submission:
    name = submission.file
    # A marked copy comes back with the list that was put in front of it: that is ours, and no form; what was answered
    # in it is kept.
    listings = [sheet for sheet in workbook.sheets if is_listing(sheet)]
    if is_master(listings):
        return _no_return(submission, "master")
    if listings:
        # Behind a newer list stand those of earlier rounds.
        replies = [answers_in(sheet, date1904=workbook.date1904) for sheet in reversed(listings)]
        submission = replace(submission, replies={key: own for each in replies for key, own in each.items()})
    sign = sign_of_words(pack)
    grids = [Grid(workbook, sheet, sign) for sheet in workbook.sheets if not any(sheet is own for own in listings)]
    found, answers = extract_answers(grids, pack, _vocabulary(pack), name)
    covers = find_covers(answers, grids, pack)
    if not covers and not found.forms:
        if listings:
            return _no_return(submission, "list" if submission.replies else "unanswered")
        nothing = Finding("LAY001", CellRef(name), variant="nothing", expected=pack.printed(pack.cover.name))
        return replace(submission, findings=(*_format_findings(workbook, name), nothing), refused="no_form")
    cover = read_cover(covers, pack, name)
    findings = [*_format_findings(workbook, name), *cover.findings]
    if not cover.outside:
        findings += _unrecognised_forms(answers, found, pack, name)
        findings += continued(answers, found.forms, _vocabulary(pack), name)
        findings += found.findings
    return replace(
        submission,
        department=cover.department,
        cover=cover.texts,
        places=cover.places,
        forms=tuple(found.forms),
        columns=found.columns,
        findings=tuple(replace(f, department=cover.department) for f in findings),
        widths=found.widths,
        outside=cover.outside,
    )


def _no_return(submission: Submission, variant: str) -> Submission:
    """FIL012: what the program itself has written, which somebody has sent back or laid among the returns."""
    finding = Finding("FIL012", CellRef(submission.file), variant=variant, data={"count": len(submission.replies)})
    return replace(submission, findings=(finding,), refused=NO_RETURN)


@lru_cache(maxsize=4)
def _vocabulary(pack: Pack) -> Vocabulary:
    """A pack's labels, folded once for all returns."""
    return Vocabulary(pack.forms, pack.tables)


@lru_cache(maxsize=4)
def sign_of_words(pack: Pack) -> re.Pattern[str] | None:
    """What every text has that may be a word of the pack: a label of a form or of the cover, or a total's."""
    vocabulary, totals = _vocabulary(pack), [total for form in pack.forms.values() for total in form.totals]
    inner = vocabulary.inside.texts.folded if vocabulary.inside else ()
    words = [fold_label(word) for total in totals for word in (total.label, *total.also)]
    return sign_of_labels([*vocabulary.texts.folded, *inner, *cover_labels(pack).fields.folded, *words])


def _format_findings(workbook: Workbook, name: str) -> list[Finding]:
    found = []
    if workbook.kind in FOREIGN:
        found.append(Finding("FIL003", CellRef(name), variant="other_format", data={"format": f".{workbook.kind}"}))
    elif workbook.kind == "xlsm" or workbook.has_macros:
        found.append(Finding("FIL003", CellRef(name), variant="macros", data={"format": f".{workbook.kind}"}))
    elif not name.lower().endswith((f".{workbook.kind}", ".xltx", ".xltm")):
        found.append(Finding("FIL003", CellRef(name), variant="renamed", data={"format": f".{workbook.kind}"}))
    return found


def _unrecognised_forms(grids: list[Grid], found: Extracted, pack: Pack, file: str) -> list[Finding]:
    """LAY001: a sheet is named after a form or bears its title, yet the form's header was not found on it."""
    read = {form.form for form in found.forms}
    # What was said of a form already: that its tags hold no table, that it may be another one.
    read |= {name for said in found.findings for name in (said.form, *_forms_named(said)) if said.code in NOT_FOUND}
    findings: list[Finding] = []
    names = _vocabulary(pack).names
    for name, form in pack.forms.items():
        if name in read:
            continue
        words = names[name]
        for grid in grids:
            named = any(fold_label(grid.name).startswith(word) for word in words)
            titled = any(
                kind == "s"
                and len(text) < 80
                and not text.lstrip().startswith(NOTES)
                and any(word in fold_label(text) for word in words)
                for kind, text in zip(grid.sheet.kind[:40], grid.sheet.text[:40], strict=True)
            )
            if (named or titled) and grid.name not in {f.sheet for f in found.forms}:
                ref = CellRef(file, grid.name)
                findings.append(
                    Finding("LAY001", ref, form=name, expected=pack.printed(form.name), cells=(Involved(ref, "place"),))
                )
                break
    return findings


def _forms_named(finding: Finding) -> tuple[str, ...]:
    forms = finding.data.get("forms")
    return forms if isinstance(forms, tuple) else ()
