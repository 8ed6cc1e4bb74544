"""Nothing is lost or doubled between the returns and the outputs: checked on every run, in the files themselves."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reconcile.consolidate import Consolidated
from reconcile.facts import ABSENT, EXACT, NUMBER
from reconcile.normalise.numerals import stored_value
from reconcile.writing.cells import Place, exact
from reconcile.writing.data_sheet import FIXED, columns
from reconcile.writing.report import Places
from reconcile.writing.text import printable
from reconcile.writing.voice import Voice

if TYPE_CHECKING:
    from reconcile.package import Workbook

# Enough of a text to know it by; a long one goes on elsewhere.
_BEGINNING = 60
Key = tuple[str, str]


class NotConserved(Exception):
    """Something was lost or doubled on the way, which is a bug of ours: no output is left behind."""

    def __init__(self, what: str, examples: Sequence[object]) -> None:
        shown = "; ".join(str(example) for example in examples[:5])
        super().__init__(f"{what}: {len(examples)} ({shown})")


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of figures (`slot`) of one form: how many, and their sums; read = merged + set aside."""

    form: str
    slot: str
    values: int
    read: Decimal
    merged: Decimal
    set_aside: Decimal


def measures(run: Consolidated) -> tuple[Measure, ...]:
    """The figures of records by form and slot, in the order in which they were first read. Sums are exact."""
    facts = run.facts
    chosen = np.flatnonzero((facts.state == NUMBER) & (facts.level == "record"))
    sums: dict[Key, list[int]] = {}
    for position, merged in zip(chosen.tolist(), run.accepted[chosen].tolist(), strict=True):
        figures = sums.setdefault((facts.form[position], facts.slot[position]), [0, 0, 0])
        number = int(facts.number[position])
        figures[0] += 1
        figures[1] += number
        figures[2] += number if merged else 0
    return tuple(
        Measure(form, slot, count, facts.decimal(read), facts.decimal(merged), facts.decimal(read - merged))
        for (form, slot), (count, read, merged) in sums.items()
    )


def check(folder: Path, run: Consolidated, voice: Voice, places: Places, data: Sequence[str]) -> None:
    """Compares what was read with what stands in the outputs of `folder`: records, and the exact sum of each measure
    in facts.csv, in the forms of the master and on its sheets of tidy data (`data`).

    Raises:
        NotConserved: where they differ.
    """
    from reconcile.package import Limits, open_workbook

    _records(run)
    _facts_csv(folder / "facts.csv", run)
    # Our own file: no limits but those of the machine.
    master = folder / "master.xlsx"
    book = open_workbook(
        master, Limits(master.stat().st_size, 1 << 40, 1 << 30, float(1 << 20), 1 << 50, 1 << 40, 1 << 20, 1 << 20)
    )
    _forms(book, run, places)
    _tidy(book, run, voice, data)


def _records(run: Consolidated) -> None:
    """Records located = records read = merged + set aside, and a finding says why each of the latter is."""
    located: dict[str, int] = defaultdict(int)
    for submission in run.submissions:
        for form in submission.forms:
            located[form.form] += form.records
    wrong = [
        f"{part.form}: {located[part.form]} located, {part.read} read, {part.merged} merged, {part.set_aside} set aside"
        for part in run.conserved
        if not located[part.form] == part.read == part.merged + part.set_aside
    ]
    if wrong:
        raise NotConserved("records that are not accounted for", wrong)
    facts = run.facts
    aside = np.flatnonzero(~run.accepted & (facts.level == "record"))
    records = {(facts.file[p], facts.form[p], facts.record[p]) for p in aside.tolist()}
    records |= {(s.file, f.form, "") for s in run.submissions if s.outside for f in s.forms}
    told = set(_told(run))
    # A card and the tables inside it are set aside together: what is said of one of them tells of both.
    hosts = run.pack.hosts
    silent = [
        key for key in sorted(records) if (key[0], hosts.get(key[1], key[1])) not in told and (key[0], "") not in told
    ]
    if silent:
        raise NotConserved("records set aside without a finding", silent)


def _told(run: Consolidated) -> Iterator[Key]:
    """(file, form) that a finding speaks of; form "" where it speaks of the file as a whole."""
    for finding in run.findings:
        form = run.pack.hosts.get(finding.form, finding.form) if finding.form in run.pack.forms else ""
        for ref in (finding.ref, *(part.ref for part in finding.cells)):
            yield ref.file, form


def _facts_csv(path: Path, run: Consolidated) -> None:
    """Every merged figure stands in facts.csv."""
    facts = run.facts
    expected: dict[Key, int] = defaultdict(int)
    for position in np.flatnonzero((facts.state == NUMBER) & run.accepted).tolist():
        expected[facts.form[position], facts.slot[position]] += int(facts.number[position])
    found: dict[Key, Decimal] = defaultdict(Decimal)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["state"] == "number":
                slot = ".".join((row["field"], row["version"], row["period"])).rstrip(".")
                key = row["form"], slot
                found[key] = EXACT.add(found[key], Decimal(row["value"]))
    _same("facts.csv", {(form, slot.rstrip(".")): facts.decimal(n) for (form, slot), n in expected.items()}, found)


def _forms(book: Workbook, run: Consolidated, places: Places) -> None:
    """Every merged figure of a record stands in its form: as a figure, or within the text it was typed as."""
    facts = run.facts
    sheets = {sheet.name: sheet for sheet in book.sheets}
    wrong: list[object] = []
    for position in np.flatnonzero((facts.state == NUMBER) & (facts.level == "record") & run.accepted).tolist():
        # A figure carried in a text stands where the text does.
        place: Place | None = places.of(position) or places.of_ref(facts.ref(position))
        sheet = sheets.get(place.sheet) if place else None
        at = sheet.entry_at(place.row, place.column) if sheet and place else -1
        if sheet is None or at < 0:
            wrong.append((facts.ref(position), "nowhere"))
        elif sheet.kind[at] == "n":
            if stored_value(sheet.text[at]) != facts.value[position]:
                wrong.append((facts.ref(position), place, str(facts.value[position]), sheet.text[at]))
        elif printable(str(facts.raw[position]).strip())[:_BEGINNING] not in sheet.text[at]:
            wrong.append((facts.ref(position), place, facts.raw[position], sheet.text[at]))
    if wrong:
        raise NotConserved("figures that the forms of the master do not show", wrong)


def _tidy(book: Workbook, run: Consolidated, voice: Voice, data: Sequence[str]) -> None:
    """The sums of the tidy sheets. A figure that a record states once for all its components stands in each of their
    rows; figures of more digits than Excel keeps stand there as text and are left out on both sides."""
    facts = run.facts
    texts, slots = columns(run.pack)
    first = len(FIXED) + len(texts) + 1
    forms = {voice.form(name): name for name in run.pack.forms}
    found: dict[Key, Decimal] = defaultdict(Decimal)
    for sheet in (sheet for sheet in book.sheets if sheet.name in data):
        row_form: dict[int, str] = {}
        for row, column, kind, text in zip(sheet.row, sheet.column, sheet.kind, sheet.text, strict=True):
            if column == 1:
                row_form[row] = forms.get(text, "")
            elif kind == "n" and row > 1 and first <= column < first + len(slots):
                key = row_form[row], slots[column - first]
                found[key] = EXACT.add(found[key], stored_value(text) or Decimal(0))
    expected: dict[Key, int] = defaultdict(int)
    lost: list[object] = []
    for name in run.pack.forms:
        table = facts.tables.get(name)
        if table is None:
            continue
        records = table.is_level("record")
        for slot in slots:
            positions = table.index.get(slot)
            if positions is None:
                continue
            stated = positions[records & (positions != ABSENT)]
            stated = stated[run.accepted[stated] & (facts.state[stated] == NUMBER)]
            expected[name, slot] += sum(int(facts.number[p]) for p in stated.tolist() if exact(facts.value[p]))
            merged = run.accepted & (facts.form == name) & (facts.slot == slot)
            merged &= (facts.level == "record") & (facts.state == NUMBER)
            lost += [facts.ref(p) for p in set(np.flatnonzero(merged).tolist()) - set(stated.tolist())]
    if lost:
        raise NotConserved("figures that no row of the tidy data has", lost)
    _same("the tidy data", {key: facts.decimal(number) for key, number in expected.items()}, found)


def _same(where: str, expected: Mapping[Key, Decimal], found: Mapping[Key, Decimal]) -> None:
    nought = Decimal(0)
    wrong = [
        f"{key}: {expected.get(key, nought)} merged, {found.get(key, nought)} written"
        for key in sorted({*expected, *found})
        if expected.get(key, nought) != found.get(key, nought)
    ]
    if wrong:
        raise NotConserved(f"sums that differ in {where}", wrong)
