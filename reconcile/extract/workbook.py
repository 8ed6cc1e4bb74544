"""All forms of one workbook: their records read, and what the layout had to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from reconcile.extract import cards
from reconcile.extract.bulk import read_all
from reconcile.extract.layout import band_findings, leftover_findings, unknown_headers
from reconcile.extract.plain_tables import TOGETHER
from reconcile.extract.raw import Records
from reconcile.extract.records import read_records
from reconcile.extract.stated_unit import stated_unit
from reconcile.extract.tables import find_tables
from reconcile.extract.values import Reader
from reconcile.extract.weaving import everything, woven
from reconcile.facts import FactColumns
from reconcile.findings import CellRef, Finding, Involved
from reconcile.locate import Grid, LineLabels, Placement, Vocabulary
from reconcile.locate.cards import area_of
from reconcile.normalise import fold_name
from reconcile.package.references import Range
from reconcile.packs.model import Form, Pack
from reconcile.submissions import FoundForm


@dataclass(slots=True)
class Extracted:
    """What one workbook holds."""

    columns: FactColumns = field(default_factory=FactColumns)
    findings: list[Finding] = field(default_factory=list)
    forms: list[FoundForm] = field(default_factory=list)
    widths: int = 0
    _waiting: list[Reader] = field(default_factory=list)  # what they read is not in the columns yet

    @property
    def entries(self) -> int:
        """How many records there are."""
        return max([self.columns.entries, *(reader.columns.entries for reader in self._waiting)])

    def take(self, reader: Reader) -> None:
        """What was read of one form."""
        self.findings += reader.findings
        self.widths += reader.widths
        self._waiting.append(reader)
        if sum(table.size for own in self._waiting for table in own.tables) >= TOGETHER:
            self.close()

    def close(self) -> None:
        """Puts what waits into the columns: tables without a record that was read for itself all at once."""
        entries = self.entries
        for plain, readers in groupby(self._waiting, key=lambda reader: not len(reader.columns)):
            if plain:
                self.columns.put_below(woven([table for reader in readers for table in reader.tables]))
            else:
                for reader in readers:
                    self.columns.extend(everything(reader))
        self.columns.entries = entries
        self._waiting.clear()


def extract(grids: list[Grid], pack: Pack, vocabulary: Vocabulary, file: str) -> Extracted:
    """Every record of every form on the sheets of a workbook, in reading order."""
    found = Extracted()
    grids, stacks = _with_cards(grids, pack)
    sheets = {grid.name: grid for grid in grids}
    placed = find_tables(_without_cards(grids, stacks.values()), pack, vocabulary, file)
    found.findings += placed.findings
    placements = placed.placements
    for name, form in pack.forms.items():
        if stacks.get(name):
            _read_cards(stacks[name], form, pack, vocabulary, placements, file, found)
        own = [placement for placement in placements if placement.band.form == name]
        if own:
            _read_form(own, sheets, form, file, found, vocabulary.lines.get(name))
    found.close()
    return found


def has_header_above(grid: Grid, row: int, pack: Pack, vocabulary: Vocabulary) -> bool:
    """Whether a table that :func:`extract` reads on a sheet has its header above a row, or in it."""
    grids, stacks = _with_cards([grid], pack)
    placed = find_tables(_without_cards(grids, stacks.values()), pack, vocabulary, "")
    return any(placement.band.top <= row for placement in placed.placements)


def _with_cards(grids: list[Grid], pack: Pack) -> tuple[list[Grid], dict[str, cards.Sheets]]:
    """The sheets without what a pack takes for blank, and of each form of cards those that have some."""
    if pack.file.blanks:
        blanks = frozenset(map(fold_name, pack.file.blanks))
        grids = [grid.without_texts(blanks) for grid in grids]
    return grids, {name: cards.find(grids, form) for name, form in pack.forms.items() if form.layout == "cards"}


def _read_form(
    placements: list[Placement],
    sheets: Mapping[str, Grid],
    form: Form,
    file: str,
    found: Extracted,
    lines: LineLabels | None = None,
) -> None:
    """The tables of one form: a table that repeats another's records with the same content is read once."""
    seen: dict[str, tuple[int, tuple[object, ...]]] = {}
    entry = found.entries
    for number, placement in enumerate(placements):
        at = placement if len(placements) == 1 else placement.whole()
        reader, records, keys = _read_placement(at, sheets, form, file, lines, entry)
        seen_on = placement.apart() if records.stretches else placement
        contents = _contents(everything(reader)) if len(placements) > 1 else {}
        repeated = {key: contents[key] == seen[key][1] for key in contents if key in seen and seen[key][0] != number}
        if repeated and all(repeated.values()):
            continue
        if repeated:
            found.findings.append(_twice(form, file, placement, placements[0], repeated))
        seen |= {key: (number, content) for key, content in contents.items() if key not in seen}
        entry = reader.columns.entries if records.stretches else entry + len(keys)
        found.take(reader)
        unknown = unknown_headers(seen_on, records)
        headers = band_findings(seen_on, form, records, unknown, file)
        reworded = {finding.ref for finding in headers if finding.code == "LAY002"}
        found.findings += headers
        found.findings += stated_unit(seen_on, form, records, file)
        found.findings += leftover_findings(seen_on, form, records, unknown, keys, file, reworded)
        found.forms.append(FoundForm(form.form, placement.grid.name, placement.band.top, records.count()))


def _read_placement(
    placement: Placement, sheets: Mapping[str, Grid], form: Form, file: str, lines: LineLabels | None, entry: int
) -> tuple[Reader, Records, list[str]]:
    """The records of one table, read, and the keys of those that are told one by one."""
    records = read_records(placement, sheets[placement.grid.name], form, lines)
    reader = Reader(form, file)
    grid = placement.apart().grid if records.stretches else placement.grid
    placement.grid.forget_words()
    keys = read_all(reader, grid, records, entry)
    return (
        (reader, records, keys)
        if keys is not None
        else _read_placement(placement.whole(), sheets, form, file, lines, entry)
    )


def _without_cards(grids: list[Grid], stacks: Iterable[cards.Sheets]) -> list[Grid]:
    """The sheets as other forms see them: the labels of a card are no header of a table."""
    areas: dict[int, list[Range]] = {}
    for stack in stacks:
        for grid, found in stack:
            areas.setdefault(id(grid), []).extend(area_of(card, card.top, card.bottom) for card in found)
    return [grid.without(areas[id(grid)]) if id(grid) in areas else grid for grid in grids]


def _read_cards(
    sheets: cards.Sheets,
    form: Form,
    pack: Pack,
    vocabulary: Vocabulary,
    others: list[Placement],
    file: str,
    found: Extracted,
) -> None:
    """The cards of one form, and the tables that stand inside them."""
    inner = [other for other in pack.forms.values() if other.inside and other.inside.form == form.form]
    start = cards.Start(file, found.entries)
    read = cards.read(sheets, form, inner, vocabulary, others, start)
    for reader in read.readers:
        found.take(reader)
    found.findings += read.findings
    found.forms += read.forms


def _contents(columns: FactColumns) -> dict[str, tuple[object, ...]]:
    """Key of a record → what it says, apart from where."""
    contents: dict[str, list[object]] = {}
    for record, level, slot, component, raw in zip(
        columns.record, columns.level, columns.slot, columns.component, columns.raw, strict=True
    ):
        if level == "record" and record.strip("/"):
            contents.setdefault(record, []).append((slot, component, raw))
    return {key: tuple(values) for key, values in contents.items()}


def _twice(form: Form, file: str, placement: Placement, first: Placement, repeated: dict[str, bool]) -> Finding:
    different = [key for key, same in repeated.items() if not same]
    ref = CellRef(file, placement.grid.name, placement.band.top, placement.band.left)
    other = CellRef(file, first.grid.name, first.band.top, first.band.left)
    return Finding(
        "LAY005",
        ref,
        form=form.form,
        cells=(Involved(ref, "place"), Involved(other, "place")),
        data={"other": other, "records": tuple(different[:3]), "count": len(different)},
    )


__all__ = ["Extracted", "Records", "extract"]
