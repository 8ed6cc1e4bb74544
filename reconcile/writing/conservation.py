"""Nothing is lost or doubled between the returns and the outputs: checked on every run, in the files themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from reconcile.coded import Strings, strings
from reconcile.consolidate import Consolidated
from reconcile.facts import ABSENT, EXACT, NUMBER, Facts, Mask, Positions
from reconcile.normalise.numerals import stored_value
from reconcile.package.deflate import Damaged
from reconcile.package.written_figures import COLUMN_BITS, Figures, Written, cells
from reconcile.writing.cells import Place
from reconcile.writing.columns import kept_exactly
from reconcile.writing.data_sheet import FIXED, column_of, columns
from reconcile.writing.facts_back import sums
from reconcile.writing.report import Places
from reconcile.writing.text import printable
from reconcile.writing.voice import Voice

# Enough of a text to know it by; a long one goes on elsewhere.
_BEGINNING = 60
_AT_ONCE = 1 << 18  # figures that are compared at once
_COLUMN = (1 << COLUMN_BITS) - 1
# What is no figure, or a line without all its fields.
_UNREADABLE = (ValueError, ArithmeticError, IndexError)
Key = tuple[str, str]


class NotConserved(Exception):
    """Something was lost or doubled on the way, which is a bug of ours: no output is left behind."""

    def __init__(self, what: str, examples: Sequence[object]) -> None:
        shown = "; ".join(str(example) for example in examples[:5])
        super().__init__(f"{what}: {len(examples)} ({shown})")


def check(folder: Path, run: Consolidated, voice: Voice, places: Places, data: Sequence[str]) -> None:
    """Compares what was read with what stands in the outputs of `folder`: records, and the exact sum of each measure
    in facts.csv, in the forms of the master and on its sheets of tidy data (`data`).

    Raises:
        NotConserved: where they differ.
    """
    _records(run)
    _facts_csv(folder / "facts.csv", run)
    check_master(folder / "master.xlsx", run, voice, places, data)


def check_master(path: Path, run: Consolidated, voice: Voice, places: Places, data: Sequence[str]) -> None:
    """As :func:`check`, of the master alone."""
    written = Written(path)
    try:
        _forms(written, run, places)
        _tidy(written, run, voice, data)
    except (BadZipFile, Damaged, *_UNREADABLE) as wrong:
        raise NotConserved("a part of the master that is not as it was written", [wrong]) from wrong
    finally:
        written.close()


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
    aside = np.flatnonzero(~run.accepted & facts.coded("level").says("record"))
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
    try:
        found = sums(path, facts.decimals, whole=facts.number.dtype != object)
    except _UNREADABLE as wrong:
        raise NotConserved("a line of facts.csv that is not as it was written", [wrong]) from wrong
    expected: dict[Key, int] = defaultdict(int)
    merged = facts.sums(np.asarray((facts.state == NUMBER) & run.accepted, dtype=bool))
    for (form, name), total in zip(facts.measures, merged.tolist(), strict=True):
        expected[form, name.rstrip(".")] += total
    _same("facts.csv", facts, expected, found)


def _forms(written: Written, run: Consolidated, places: Places) -> None:
    """Every merged figure of a record stands in its form, as far as a sheet has rows: as a figure, or within the text
    it was typed as."""
    facts = run.facts
    chosen = np.flatnonzero((facts.state == NUMBER) & facts.coded("level").says("record") & run.accepted)
    wrong: list[object] = []
    worded: dict[str, list[tuple[int, Place]]] = defaultdict(list)
    sheets = places.sheet[chosen]
    for position in chosen[(sheets < 0) & ~places.beyond[chosen]].tolist():
        # A figure carried in a text stands where the text does.
        place = places.of_ref(facts.ref(position))
        if place is None:
            wrong.append((facts.ref(position), "nowhere"))
        else:
            worded[place.sheet].append((position, place))
    for number, name in enumerate(places.sheets):
        own = chosen[sheets == number]
        if not len(own):
            continue
        figures = written.figures(name, exact=facts.number.dtype == object)
        for begin in range(0, len(own), _AT_ONCE):
            some = own[begin : begin + _AT_ONCE]
            at = figures.at(cells(places.row[some].astype(np.int64), places.column[some].astype(np.int64)))
            shown = at >= 0
            same = _equal(facts, some[shown], figures, at[shown])
            for position, where in zip(some[shown][~same].tolist(), at[shown][~same].tolist(), strict=True):
                read = str(facts.value[position])
                wrong.append((facts.ref(position), places.of(position), read, figures.value[where]))
            worded[name] += [(position, place) for position in some[~shown].tolist() if (place := places.of(position))]
    for name, held in worded.items():
        texts = written.texts(name) if held else {}
        for position, place in held:
            raw = printable(str(facts.raw[position]).strip())[:_BEGINNING]
            if raw not in texts.get(place.row << COLUMN_BITS | place.column, "\0"):
                wrong.append((facts.ref(position), place, facts.raw[position]))
    if wrong:
        raise NotConserved("figures that the forms of the master do not show", wrong)


def _equal(facts: Facts, positions: Positions, figures: Figures, at: Positions) -> Mask:
    """Which figures are written as they were read."""
    if facts.number.dtype == object:
        pairs = zip(positions.tolist(), at.tolist(), strict=True)
        return np.array([stored_value(figures.text[n].decode()) == facts.value[p] for p, n in pairs], dtype=bool)
    scaled = np.round(figures.value[at] * 10.0**facts.decimals)
    return np.asarray(scaled == facts.number[positions], dtype=bool)


def _tidy(written: Written, run: Consolidated, voice: Voice, data: Sequence[str]) -> None:
    """The sums of the tidy sheets. A figure that a record states once for all its components stands in each of their
    rows; figures of more digits than Excel keeps stand there as text and are left out on both sides."""
    facts = run.facts
    texts, names = columns(run.pack)
    first = len(FIXED) + len(texts) + 1
    forms = {voice.form(name): name for name in run.pack.forms}
    found: dict[Key, int] = defaultdict(int)
    for name in data:
        for key, total in _totals(written, name, facts, forms, names, first):
            found[key] += total
    expected: dict[Key, int] = defaultdict(int)
    stands = np.zeros(len(facts), dtype=bool)
    for name in run.pack.forms:
        table = facts.tables.get(name)
        if table is None:
            continue
        records = table.is_level("record")
        form = run.pack.forms[name]
        for slot in form.slots():
            column, positions = column_of(form, slot)[0], table.index.get(slot)
            if positions is None or column not in names:
                continue
            stated = positions[records & (positions != ABSENT)]
            stated = stated[run.accepted[stated] & (facts.state[stated] == NUMBER)]
            stands[stated] = True
            expected[name, column] += int(facts.number[stated[kept_exactly(facts, stated)]].sum())
    merged = run.accepted & facts.coded("level").says("record") & (facts.state == NUMBER)
    numeric = np.array([run.pack.forms[f].fields[s.partition(".")[0]].numeric for f, s in facts.measures], dtype=bool)
    lost = np.flatnonzero(merged & ~stands & numeric[facts.measure])
    if len(lost):
        raise NotConserved("figures that no row of the tidy data has", [facts.ref(int(p)) for p in lost])
    _same("the tidy data", facts, expected, found)


def _totals(
    written: Written, sheet: str, facts: Facts, forms: Mapping[str, str], slots: Sequence[str], first: int
) -> Iterator[tuple[Key, int]]:
    """The sums of each form's figures on a tidy sheet, column by column."""
    exact = facts.number.dtype == object
    keys = [(form, slot) for form in forms.values() for slot in slots]
    codes = {form: place * len(slots) for place, form in enumerate(forms.values())}
    begins: dict[int, int] = {}  # by the number of its name where the sums of a form begin among all
    totals: Strings | Positions = np.zeros(len(keys), dtype=object if exact else np.int64)
    for figures, rows, numbers in written.rows(sheet, exact=exact):
        if not len(figures.cell):
            continue
        for number in set(np.unique(numbers).tolist()) - begins.keys():
            begins[number] = codes.get(forms.get(written.text(number), ""), ABSENT)
        # By row where they begin, by figure which of them it is part of.
        row, place = figures.cell >> COLUMN_BITS, (figures.cell & _COLUMN) - first
        top = int(row[0])
        begin_of = np.full(int(row[-1]) - top + 1, ABSENT, dtype=np.int64)
        inside = (rows > 1) & (rows >= top) & (rows <= row[-1])
        begin_of[rows[inside] - top] = [begins[number] for number in numbers[inside].tolist()]
        begin = begin_of[row - top]
        own = np.flatnonzero((begin != ABSENT) & (place >= 0) & (place < len(slots)))
        if exact:
            scaled: Strings | Positions = strings([_scaled(figures.text[n], facts) for n in own.tolist()])
        else:
            scaled = np.round(figures.value[own] * 10.0**facts.decimals).astype(np.int64)
        np.add.at(totals, begin[own] + place[own], scaled)
    yield from zip(keys, totals.tolist(), strict=True)


def _scaled(text: bytes, facts: Facts) -> int:
    return int(EXACT.scaleb(stored_value(text.decode()) or Decimal(0), facts.decimals))


def _same(where: str, facts: Facts, expected: Mapping[Key, int], found: Mapping[Key, int]) -> None:
    wrong = [
        f"{key}: {facts.decimal(expected.get(key, 0))} merged, {facts.decimal(found.get(key, 0))} written"
        for key in sorted({*expected, *found})
        if expected.get(key, 0) != found.get(key, 0)
    ]
    if wrong:
        raise NotConserved(f"sums that differ in {where}", wrong)
