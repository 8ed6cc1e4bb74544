"""One file of the returns, from its bytes to its values: what a worker process does, apart from all other files."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from reconcile.annotate import is_listing, is_master
from reconcile.annotate.answers import answers_in
from reconcile.extract import Extracted, extract_answers
from reconcile.findings import CellRef, Finding, Involved
from reconcile.locate import NOTES, Card, CardLabels, Grid, Vocabulary, find_cards
from reconcile.normalise import fold_label, fold_name, read_date, shown, sign_of_labels
from reconcile.package import FOREIGN, Limits, Refused, Workbook, collector_paused, open_bytes, read_file, within
from reconcile.packs.model import Form, Pack
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
    cards = find_cards(answers, _card_labels(pack)) or find_cards(grids, _card_labels(pack))
    card = cards[0] if cards else None
    findings = _format_findings(workbook, name)
    if card is None and not found.forms:
        if listings:
            return _no_return(submission, "list" if submission.replies else "unanswered")
        findings.append(Finding("LAY001", CellRef(name), variant="nothing", expected=pack.printed(pack.cover.name)))
        return replace(submission, findings=tuple(findings), refused="no_form")
    cover, cover_findings = _cover(card, pack, name)
    findings += cover_findings
    department, department_findings = _department(card, cover, pack, name)
    findings += department_findings
    others = _other_departments(cards, department, pack, name)
    if others:
        findings.append(others)
        department = ""
    elsewhere = _other_collection(card, cover, pack, name)
    if elsewhere:
        # What it says belongs to another round or plan: nothing in it is checked against this one.
        findings += elsewhere
    else:
        findings += _unrecognised_forms(answers, found, pack, name)
        findings += found.findings
    return replace(
        submission,
        department=department,
        cover=cover,
        places={name: _value_ref(card, name, submission.file) for name in cover} if card else {},
        forms=tuple(found.forms),
        columns=found.columns,
        findings=tuple(replace(f, department=department) for f in findings),
        widths=found.widths,
        outside=bool(elsewhere),
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
def _card_labels(pack: Pack) -> CardLabels:
    return CardLabels(pack.cover)


@lru_cache(maxsize=4)
def sign_of_words(pack: Pack) -> re.Pattern[str] | None:
    """What every text has that may be a word of the pack: a label of a form or of the cover, or a total's."""
    vocabulary, totals = _vocabulary(pack), [total for form in pack.forms.values() for total in form.totals]
    inner = vocabulary.inside.texts.folded if vocabulary.inside else ()
    words = [fold_label(word) for total in totals for word in (total.label, *total.also)]
    return sign_of_labels([*vocabulary.texts.folded, *inner, *_card_labels(pack).fields.folded, *words])


@lru_cache(maxsize=4)
def _department_names(pack: Pack) -> Mapping[str, str]:
    """Folded name of a department → the pack's own."""
    return {fold_name(name): d.name for d in pack.departments for name in (d.name, *d.also)}


def _format_findings(workbook: Workbook, name: str) -> list[Finding]:
    found = []
    if workbook.kind in FOREIGN:
        found.append(Finding("FIL003", CellRef(name), variant="other_format", data={"format": f".{workbook.kind}"}))
    elif workbook.kind == "xlsm" or workbook.has_macros:
        found.append(Finding("FIL003", CellRef(name), variant="macros", data={"format": f".{workbook.kind}"}))
    elif not name.lower().endswith((f".{workbook.kind}", ".xltx", ".xltm")):
        found.append(Finding("FIL003", CellRef(name), variant="renamed", data={"format": f".{workbook.kind}"}))
    return found


def _label_ref(card: Card, field: str, file: str) -> CellRef:
    row, column = card.labels[field]
    return CellRef(file, card.grid.name, row, column)


def _value_ref(card: Card, field: str, file: str) -> CellRef:
    entry = card.values[field]
    if entry < 0:
        return _label_ref(card, field, file)
    return CellRef(file, card.grid.name, card.grid.sheet.row[entry], card.grid.sheet.column[entry])


def _cover(card: Card | None, pack: Pack, file: str) -> tuple[dict[str, str], list[Finding]]:
    """The cover's texts by field; a required one that is blank or absent, and a date that is none, are findings."""
    form = pack.cover
    if card is None:
        return {}, [Finding("LAY001", CellRef(file), form=form.form, variant="cover", expected=pack.printed(form.name))]
    cover: dict[str, str] = {}
    found: list[Finding] = []
    for field, spec in form.fields.items():
        if field not in card.labels:
            if spec.required:
                found.append(_cover_finding("LAY002", CellRef(file, card.grid.name), form, field, "", "card"))
            continue
        kind, text, number_format = card.grid.cell(card.values[field])
        cover[field] = shown(kind, text, number_format) if kind else ""
        ref = _value_ref(card, field, file)
        if spec.required and not cover[field].strip():
            found.append(_cover_finding("FLD001", ref, form, field, ""))
        elif spec.type == "date" and cover[field].strip():
            date = read_date(kind, text, number_format, card.grid.date1904, spec.order)
            if date is None:
                found.append(_cover_finding("FLD006", ref, form, field, cover[field], "date"))
            else:
                cover[field] = date.isoformat()
    return cover, found


def _cover_finding(code: str, ref: CellRef, form: Form, field: str, found: str, variant: str = "") -> Finding:
    label = form.fields[field].all_columns()[0].text
    return Finding(
        code,
        ref,
        form=form.form,
        field=field,
        found=found,
        expected=label if code == "LAY002" else "",
        variant=variant,
        data={"label": label, "nearest": "", "pattern": "2023-02-01"},
        cells=(Involved(ref, "value"),),
    )


def _department(card: Card | None, cover: dict[str, str], pack: Pack, file: str) -> tuple[str, list[Finding]]:
    """Who answers: the cover's department folded against the pack's list, never guessed from the file name."""
    said = cover.get("department", "")
    if card is None or not said.strip():
        return "", []
    names = _department_names(pack)
    known = names.get(fold_name(said))
    if known is not None:
        return known, []
    from rapidfuzz import process

    nearest = process.extractOne(fold_name(said), list(names), score_cutoff=50)
    ref = _value_ref(card, "department", file)
    return "", [
        Finding(
            "FLD003",
            ref,
            form=pack.cover.form,
            field="department",
            found=said,
            expected=names[nearest[0]] if nearest else "",
            variant="nearest" if nearest else "",
            data={"label": pack.cover.fields["department"].all_columns()[0].text},
            cells=(Involved(ref, "value"),),
        )
    ]


def _other_departments(cards: Sequence[Card], department: str, pack: Pack, file: str) -> Finding | None:
    """LAY005 where a second cover names another department: which forms are whose nobody can tell."""
    named = {department: cards[0]} if department else {}
    for card in cards[1:]:
        entry = card.values.get("department", -1)
        said = card.grid.text(entry) if entry >= 0 else ""
        known = _department_names(pack).get(fold_name(said))
        if named and known is not None:
            named.setdefault(known, card)
    if len(named) < 2:
        return None
    refs = [_value_ref(card, "department", file) for card in named.values()]
    return Finding(
        "LAY005",
        refs[1],
        form=pack.cover.form,
        field="department",
        variant="covers",
        found=next(name for name in named if name != department),
        data={"other": refs[0], "departments": tuple(named), "count": len(named)},
        cells=tuple(Involved(ref, "place") for ref in (refs[1], refs[0], *refs[2:])),
    )


def _other_collection(card: Card | None, cover: dict[str, str], pack: Pack, file: str) -> list[Finding]:
    """FIL004: the cover speaks of another plan, round or template version."""
    found: list[Finding] = []
    for field, expected in pack.file.expect.items():
        said = cover.get(field, "")
        if card is None or not said.strip() or fold_label(said) == fold_label(expected):
            continue
        ref = _value_ref(card, field, file)
        found.append(
            Finding(
                "FIL004",
                ref,
                form=pack.cover.form,
                field=field,
                found=said,
                expected=expected,
                data={"label": pack.cover.fields[field].all_columns()[0].text},
                cells=(Involved(ref, "value"),),
            )
        )
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
