"""What the layout of cards had to say: LAY002-004, 006, 008 and FIL008."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reconcile.extract.layout import hidden_values
from reconcile.extract.raw import RawCell, RawRecord
from reconcile.findings import CellRef, Finding, Involved
from reconcile.locate import NOTES, Grid, Placement
from reconcile.locate.cards import CardFound, Hit
from reconcile.locate.header_words import LONGEST_LABEL
from reconcile.locate.vocabulary import Wanted, wanted_of
from reconcile.normalise import fold_label, similarity
from reconcile.packs.model import Form

NEAR = 0.3  # how alike a label that was seen and one that is missing must be to be named together
_ASIDE = (*NOTES, "（", "(")


@dataclass(slots=True)
class Seen:
    """One card as it was read: its key, its record, and the rows of the tables inside it."""

    grid: Grid
    card: CardFound
    key: str
    record: RawRecord
    inside: list[RawRecord] = field(default_factory=list)
    tables: dict[str, Grid] = field(default_factory=dict)
    table_rows: set[int] = field(default_factory=set)  # with their headers

    def ref(self, file: str, row: int, column: int) -> CellRef:
        """A cell of the card's sheet."""
        return CellRef(file, self.grid.name, row, column)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A label that the form does not know, on a card, with what stands beside it."""

    seen: Seen
    row: int
    column: int
    text: str
    values: tuple[tuple[int, int], ...]


def card_findings(seen: Sequence[Seen], form: Form, others: Sequence[Placement], file: str) -> list[Finding]:
    """What all cards of a form in one workbook say; what is the same on several of them is said once."""
    strangers = [stranger for own in seen for stranger in _strangers(own)]
    missing, named = _missing(seen, form, strangers, file)
    found = [*missing, *_doubled(seen, form, file), *_reworded(seen, form, file)]
    found += _unknown([s for s in strangers if s.values and id(s) not in named], form, file)
    found += _below(seen, form, others, file)
    return [*found, *_hidden(seen, form, file)]


def said_once(findings: Sequence[Finding], cards: int) -> list[Finding]:
    """What the tables inside the cards say of their headers: a wording once, and a header that all cards lack."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for f in findings:
        groups.setdefault((f.code, f.form, f.field, f.version, f.period, f.found, f.expected), []).append(f)
    found: list[Finding] = []
    for group in groups.values():
        if group[0].code == "LAY008" or (group[0].code == "LAY002" and len(group) == cards > 1):
            cells = tuple(part for finding in group for part in finding.cells)
            found.append(replace(group[0], record="", cells=cells))
        else:
            found += group
    return found


def table_missing(own: Seen, form: Form, file: str) -> Finding:
    """LAY002: a card without its table."""
    ref = own.ref(file, own.card.top, own.card.hits[0].column)
    return Finding(
        "LAY002",
        ref,
        form=form.form,
        record=own.key,
        expected=form.title.ja,
        data={"label": form.title.ja, "nearest": ""},
        cells=(Involved(ref, "header"),),
    )


def _missing(
    seen: Sequence[Seen], form: Form, strangers: Sequence[Stranger], file: str
) -> tuple[list[Finding], set[int]]:
    """LAY002 for each label that a card lacks, once where every card lacks it; and the strangers named with them."""
    found: list[Finding] = []
    named: set[int] = set()
    for wanted in (wanted for wanted in wanted_of(form) if not wanted.optional):
        lacking = [own for own in seen if own.card.hit(wanted.key) is None]
        everywhere = len(lacking) == len(seen) > 1
        for own in lacking[:1] if everywhere else lacking:
            near = _nearest(wanted, [s for s in strangers if s.seen is own])
            if near is not None:
                named |= {id(s) for s in strangers if fold_label(s.text) == fold_label(near.text)}
            head = (own.card.top, own.card.hits[0].column)
            ref = own.ref(file, *((near.row, near.column) if near else head))
            found.append(
                Finding(
                    "LAY002",
                    ref,
                    form=form.form,
                    record="" if everywhere else own.key,
                    field=wanted.field,
                    version=wanted.version,
                    period=wanted.period,
                    expected=wanted.label,
                    variant="nearest" if near else "",
                    data={"label": wanted.label, "nearest": near.text if near else ""},
                    cells=(Involved(ref, "header"),),
                )
            )
    return found, named


def _nearest(wanted: Wanted, strangers: Sequence[Stranger]) -> Stranger | None:
    best = max(strangers, key=lambda s: similarity(s.text, wanted.label), default=None)
    return best if best is not None and similarity(best.text, wanted.label) > NEAR else None


def _doubled(seen: Sequence[Seen], form: Form, file: str) -> Iterator[Finding]:
    for own in seen:
        for hit in own.card.doubled:
            first = own.card.hit(hit.wanted.key)
            places = tuple(own.ref(file, h.row, h.column) for h in (first, hit) if h is not None)
            yield _label_finding("LAY003", hit, own, form, places, {"label": hit.wanted.label, "places": places})


def _reworded(seen: Sequence[Seen], form: Form, file: str) -> Iterator[Finding]:
    """LAY008, once for each wording: the cells of every card that has it."""
    groups: dict[tuple[object, ...], list[tuple[Seen, Hit]]] = {}
    for own in seen:
        for hit in own.card.hits:
            if not hit.exact:
                groups.setdefault((hit.wanted.key, fold_label(own.grid.text(hit.entry))), []).append((own, hit))
    for group in groups.values():
        own, hit = group[0]
        places = tuple(other.ref(file, h.row, h.column) for other, h in group)
        yield _label_finding("LAY008", hit, own, form, places, {"label": hit.wanted.label})


def _label_finding(
    code: str, hit: Hit, own: Seen, form: Form, places: tuple[CellRef, ...], data: dict[str, object]
) -> Finding:
    name, version, period = hit.wanted.key
    return Finding(
        code,
        places[0],
        form=form.form,
        record=own.key if code == "LAY003" else "",
        field=name,
        version=version,
        period=period,
        found=own.grid.text(hit.entry),
        expected=hit.wanted.label if code == "LAY008" else "",
        data=data,
        cells=tuple(Involved(place, "header") for place in places),
    )


def _strangers(own: Seen) -> Iterator[Stranger]:
    """Texts that stand where the labels of the card do, on rows that have none of them."""
    card, grid = own.card, own.grid
    columns = {hit.column for hit in card.hits}
    taken = {(hit.row, hit.column) for hit in (*card.hits, *card.doubled)}
    taken |= {(cell.row, cell.column) for cell in own.record.cells}
    for entry in grid.entries_of_rows(card.top, card.bottom):
        row, column, text = grid.sheet.row[entry], grid.sheet.column[entry], grid.sheet.text[entry]
        if column not in columns or (row, column) in taken or row in own.table_rows or grid.sheet.kind[entry] != "s":
            continue
        if text.strip() and len(text) <= LONGEST_LABEL and not text.strip().startswith(_ASIDE):
            merge = grid.merge_at(row, column)
            yield Stranger(own, row, column, text, _beside(own, row, merge.right if merge else column, taken))


def _beside(own: Seen, row: int, column: int, taken: set[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    sheet = own.grid.sheet
    cells = ((sheet.row[e], sheet.column[e]) for e in own.grid.entries_of_rows(row, row) if sheet.text[e].strip())
    return tuple(c for c in cells if column < c[1] <= own.card.right and c not in taken)


def _unknown(strangers: Sequence[Stranger], form: Form, file: str) -> Iterator[Finding]:
    """LAY004, once for each text: every place where something stands beside it."""
    groups: dict[str, list[Stranger]] = {}
    for stranger in strangers:
        groups.setdefault(fold_label(stranger.text), []).append(stranger)
    for group in groups.values():
        heads = tuple(s.seen.ref(file, s.row, s.column) for s in group)
        values = tuple(s.seen.ref(file, *place) for s in group for place in s.values)
        yield Finding(
            "LAY004",
            heads[0],
            form=form.form,
            found=group[0].text,
            variant="card",
            cells=tuple(Involved(r, "place") for r in heads) + tuple(Involved(r, "value") for r in values),
            data={"count": len(values), "places": values[:3]},
        )


def _below(seen: Sequence[Seen], form: Form, others: Sequence[Placement], file: str) -> Iterator[Finding]:
    """LAY006: rows under a card, apart from it, with more than a single text (a note, a title)."""
    for own in seen:
        card, sheet = own.card, own.grid.sheet
        rows: dict[int, list[int]] = {}
        for entry in own.grid.entries_of_rows(card.bottom + 1, card.territory):
            at = (sheet.row[entry], sheet.column[entry])
            if any(p.grid.name == sheet.name and p.band.top <= at[0] <= p.last for p in others):
                continue
            if card.left <= at[1] <= card.right and sheet.text[entry].strip():
                rows.setdefault(sheet.row[entry], []).append(entry)
        left = [entry for row in rows.values() if len(row) > 1 or sheet.kind[row[0]] == "n" for entry in row]
        places = tuple(own.ref(file, sheet.row[entry], sheet.column[entry]) for entry in left)
        if places:
            yield Finding(
                "LAY006",
                places[0],
                form=form.form,
                variant="under_cards",
                cells=tuple(Involved(place, "value") for place in places),
                data={"count": len(places), "places": places[:3]},
            )


def _hidden(seen: Sequence[Seen], form: Form, file: str) -> Iterator[Finding]:
    """FIL008, sheet by sheet; the rows of the tables inside the cards count as the cards' own."""
    for grid in dict.fromkeys(own.grid for own in seen):
        here = [own for own in seen if own.grid is grid]
        cells: list[RawCell] = []
        for own in here:
            cells += [c for record in (own.record, *own.inside) for c in record.cells if c.entry >= 0]
        head = here[0].ref(file, here[0].card.top, here[0].card.hits[0].column)
        yield from hidden_values(grid, form, cells, head)
