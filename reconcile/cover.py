"""What the cover of a return says: its fields, whose return it is, and whether it belongs to this collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from reconcile.findings import CellRef, Finding, Involved
from reconcile.locate import Card, CardLabels, Grid, find_cards
from reconcile.normalise import fold_label, fold_name, read_date, shown
from reconcile.packs.field import FormField
from reconcile.packs.model import Form, Pack


@dataclass(frozen=True, slots=True)
class Cover:
    """``texts`` and ``places`` by field; the ``department`` is one of the pack's ("": nobody can tell); ``outside``:
    it belongs to another plan, round or template version, so that nothing in the return is checked against this one.
    """

    texts: Mapping[str, str]
    places: Mapping[str, CellRef]
    department: str
    findings: tuple[Finding, ...]
    outside: bool


def find_covers(answers: list[Grid], grids: list[Grid], pack: Pack) -> Sequence[Card]:
    """The covers among the sheets that answer; where there are none, among all of them."""
    labels = cover_labels(pack)
    return find_cards(answers, labels) or find_cards(grids, labels)


def read_cover(covers: Sequence[Card], pack: Pack, file: str) -> Cover:
    """What the first of the covers of a return says, LAY001 where there is none, LAY005 where they name several
    departments."""
    if not covers:
        form = pack.cover
        missing = Finding("LAY001", CellRef(file), form=form.form, variant="cover", expected=pack.printed(form.name))
        return Cover({}, {}, "", (missing,), outside=False)
    card = covers[0]
    texts, findings = _texts(card, pack, file)
    department, unknown = _department(card, texts, pack, file)
    findings += unknown
    others = _other_departments(covers, department, pack, file)
    if others:
        findings.append(others)
        department = ""
    elsewhere = _other_collection(card, texts, pack, file)
    if elsewhere:  # what another round asks of its days is not known here
        findings = [finding for finding in findings if finding.code != "FLD004"]
    places = {name: _value_ref(card, name, file) for name in texts}
    return Cover(texts, places, department, (*findings, *elsewhere), outside=bool(elsewhere))


@lru_cache(maxsize=4)
def cover_labels(pack: Pack) -> CardLabels:
    """The labels of a pack's cover, folded once for all returns."""
    return CardLabels(pack.cover)


@lru_cache(maxsize=4)
def _department_names(pack: Pack) -> Mapping[str, str]:
    """Folded name of a department → the pack's own."""
    return {fold_name(name): d.name for d in pack.departments for name in (d.name, *d.also)}


def _label_ref(card: Card, field: str, file: str) -> CellRef:
    row, column = card.labels[field]
    return CellRef(file, card.grid.name, row, column)


def _value_ref(card: Card, field: str, file: str) -> CellRef:
    entry = card.values[field]
    if entry < 0:
        return _label_ref(card, field, file)
    return CellRef(file, card.grid.name, card.grid.sheet.row[entry], card.grid.sheet.column[entry])


def _texts(card: Card, pack: Pack, file: str) -> tuple[dict[str, str], list[Finding]]:
    """The texts by field; a required one that is blank or absent, a date that is none, and a day on which no return of
    this round was made, are findings."""
    form = pack.cover
    texts: dict[str, str] = {}
    found: list[Finding] = []
    for field, spec in form.fields.items():
        if field not in card.labels:
            if spec.required:
                found.append(_finding("LAY002", CellRef(file, card.grid.name), form, field, "", "card"))
            continue
        kind, text, number_format = card.grid.cell(card.values[field])
        texts[field] = shown(kind, text, number_format) if kind else ""
        ref = _value_ref(card, field, file)
        if spec.required and not texts[field].strip():
            found.append(_finding("FLD001", ref, form, field, ""))
        elif spec.type == "date" and texts[field].strip():
            day = read_date(kind, text, number_format, card.grid.date1904, spec.order)
            if day is None:
                found.append(_finding("FLD006", ref, form, field, texts[field], "date"))
            else:
                found += _unlikely_day(spec, day, _finding("FLD004", ref, form, field, texts[field]))
                texts[field] = day.isoformat()
    return texts, found


def _unlikely_day(spec: FormField, day: date, finding: Finding) -> list[Finding]:
    """The finding, where a day lies outside of what its field allows."""
    for limit, variant in ((spec.earliest, "low_day"), (spec.latest, "high_day")):
        if limit is not None and (day < limit if variant == "low_day" else day > limit):
            told = {**finding.data, "limit": limit.isoformat()}
            return [replace(finding, variant=variant, expected=limit.isoformat(), data=told)]
    return []


def _finding(code: str, ref: CellRef, form: Form, field: str, found: str, variant: str = "") -> Finding:
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


def _department(card: Card, texts: Mapping[str, str], pack: Pack, file: str) -> tuple[str, list[Finding]]:
    """Who answers: the cover's department folded against the pack's list, never guessed from the file name."""
    said = texts.get("department", "")
    if not said.strip():
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


def _other_collection(card: Card, texts: Mapping[str, str], pack: Pack, file: str) -> list[Finding]:
    """FIL004: the cover speaks of another plan, round or template version."""
    found: list[Finding] = []
    for field, expected in pack.file.expect.items():
        said = texts.get(field, "")
        if not said.strip() or fold_label(said) == fold_label(expected):
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
