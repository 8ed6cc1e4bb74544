"""Cards: one record is a group of labels with their values; a table inside a card gives records of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from reconcile.extract import of_sheet, table
from reconcile.extract.card_layout import Seen, card_findings, said_once, table_missing
from reconcile.extract.layout import band_findings, unknown_headers
from reconcile.extract.raw import RawCell, RawRecord
from reconcile.extract.values import Reader
from reconcile.findings import Finding
from reconcile.locate import Grid, Placement, Vocabulary, find_placements
from reconcile.locate.cards import CardFound, area_of, card_labels, card_values, find_cards
from reconcile.normalise import fold_label
from reconcile.packs.model import Form
from reconcile.submissions import FoundForm


class Start(NamedTuple):
    """The file that is read, and the number of the first record in it; a card comes before the rows of its tables."""

    file: str
    entry: int


@dataclass(slots=True)
class CardsRead:
    """The cards of one form in a workbook: a reader for each form (the cards', those of the tables inside them)."""

    readers: list[Reader] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    forms: list[FoundForm] = field(default_factory=list)


Sheets = Sequence[tuple[Grid, Sequence[CardFound]]]


def find(grids: Sequence[Grid], form: Form) -> list[tuple[Grid, list[CardFound]]]:
    """The sheets that have cards of a form."""
    labels = card_labels(form)
    found = [(grid, find_cards(grid, labels, form.key[-1])) for grid in grids]
    return [(grid, cards) for grid, cards in found if cards]


def read(
    sheets: Sheets, form: Form, inner: Sequence[Form], vocabulary: Vocabulary, others: Sequence[Placement], start: Start
) -> CardsRead:
    """Every card on every sheet; a sheet that repeats the cards of another one word for word is read once.

    ``others`` are the tables of other forms, which may stand beneath the cards.
    """
    file, entry = start
    reader, inside = Reader(form, file), {own.form: Reader(own, file) for own in inner}
    found = CardsRead([reader, *inside.values()])
    said: set[tuple[tuple[str, ...], ...]] = set()
    seen: list[Seen] = []
    for grid, cards in sheets:
        content = tuple(_texts(grid, card) for card in cards)
        if content in said:
            continue
        said.add(content)
        counts = dict.fromkeys(inside, 0)
        for card, values in zip(cards, card_values(grid, form, cards), strict=True):
            record = RawRecord("record", card.top, card.bottom)
            record.cells = [RawCell(slot, row, column, at) for slot, (row, column, at) in values.items()]
            unlabelled = [name for name in form.fields if (name, "", "") not in values]
            of_sheet.give(grid, form, unlabelled, (card.top, card.hits[0].column), [record])
            key = reader.read(grid, record, entry)
            own = Seen(grid, card, key, record)
            seen.append(own)
            entry += 1
            for other in inner:
                records = _table(own, other, vocabulary, file, found.findings)
                number = cell_of_key(own, form)
                for line, part in enumerate(records, start=1):
                    _belongs(part, other, key, number, line)
                    inside[other.form].read(own.tables[other.form], part, entry)
                    entry += 1
                counts[other.form] += len(records)
                own.inside += records
        found.forms.append(FoundForm(form.form, grid.name, cards[0].top, len(cards)))
        found.forms += [FoundForm(name, grid.name, cards[0].top, count) for name, count in counts.items() if count]
    found.findings = said_once(found.findings, len(seen))
    found.findings += card_findings(seen, form, others, file)
    return found


def cell_of_key(own: Seen, form: Form) -> RawCell:
    """Where the card's key stands, or the card itself where it has none."""
    cells = [cell for cell in own.record.cells if cell.slot[0] == form.key[-1]]
    return cells[0] if cells else RawCell((form.key[-1], "", ""), own.card.top, own.card.hits[0].column, -1)


def _texts(grid: Grid, card: CardFound) -> tuple[str, ...]:
    entries = grid.entries_of_rows(card.top, card.bottom)
    return tuple(grid.sheet.text[e] for e in entries if card.left <= grid.sheet.column[e] <= card.right)


def _table(own: Seen, form: Form, vocabulary: Vocabulary, file: str, findings: list[Finding]) -> list[RawRecord]:
    """The rows of a table inside a card: of the rows between the card's labels, those with most of its headers."""
    placement = _placement(own, form, vocabulary)
    if placement is None:
        findings.append(table_missing(own, form, file))
        return []
    own.tables[form.form] = placement.grid
    records = table.read(placement, form)
    last = max([placement.first - 1, *(record.bottom for record in records.records)])
    own.table_rows.update(range(placement.band.top, last + 1))
    unknown = unknown_headers(placement, records)
    findings += [replace(said, record=own.key) for said in band_findings(placement, form, records, unknown, file)]
    return records.records


def _placement(own: Seen, form: Form, vocabulary: Vocabulary) -> Placement | None:
    assert vocabulary.inside is not None
    words = {text for w in vocabulary.inside.wanted[form.form] for path in w.paths for text in path}
    stretches: list[tuple[int, Grid]] = []
    for first, last in own.card.rows_between_labels():
        part = own.grid.part(area_of(own.card, first, last))
        known = sum(fold_label(text) in words for text in part.sheet.text)
        if known > 1:
            stretches.append((known, part))
    for _, part in sorted(stretches, key=lambda item: -item[0]):
        for placement in find_placements(part, vocabulary.inside):
            if placement.band.form == form.form:
                return placement
    return None


def _belongs(record: RawRecord, form: Form, key: str, number: RawCell, line: int) -> None:
    """Gives a row of the table the key of its card and its own number."""
    assert form.inside is not None
    first = record.cells[0]
    record.told[form.inside.key] = key
    record.told[form.inside.line] = str(line)
    record.cells += [
        RawCell((form.inside.key, "", ""), number.row, number.column, -1),
        RawCell((form.inside.line, "", ""), first.row, first.column, -1),
    ]
