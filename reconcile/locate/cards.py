"""Cards: groups of labels, each with its value beside it, many of one form on a sheet, in any order and place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reconcile.locate.grid import Grid
from reconcile.locate.header_words import LONGEST_LABEL
from reconcile.locate.vocabulary import Wanted, wanted_of
from reconcile.normalise import fold_label, fold_label_core
from reconcile.package.references import Range
from reconcile.packs.model import Form

REACH = 6  # how far from its label a value may stand

Slot = tuple[str, str, str]
Labels = Mapping[str, tuple[Wanted, bool]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A label of the form where it stands; ``right`` and ``bottom`` are where its merged range ends."""

    wanted: Wanted
    exact: bool
    row: int
    column: int
    entry: int
    right: int
    bottom: int


@dataclass(slots=True)
class CardFound:
    """One card: its labels in reading order, those that stand in it a second time, and the area it takes.

    Its rows end with the last one that is filled without a gap below its last label (``bottom``); down to
    ``territory`` nothing belongs to another card.
    """

    hits: list[Hit]
    left: int
    right: int
    doubled: list[Hit] = field(default_factory=list)
    bottom: int = 0
    territory: int = 0

    @property
    def top(self) -> int:
        return self.hits[0].row

    def hit(self, slot: Slot) -> Hit | None:
        """The label of a slot, None where the card lacks it."""
        return next((hit for hit in self.hits if hit.wanted.key == slot), None)

    def rows_between_labels(self) -> list[tuple[int, int]]:
        """The stretches of rows without a label of the card, where a table may stand."""
        rows = sorted({row for hit in self.hits for row in (hit.row, hit.bottom)})
        ends = [*rows[1:], self.bottom + 1]
        return [(row + 1, end - 1) for row, end in zip(rows, ends, strict=True) if end - row > 1]


def card_labels(form: Form) -> Labels:
    """Folded label → what it stands for and whether it is the form's own wording."""
    labels: dict[str, tuple[Wanted, bool]] = {}
    for wanted in wanted_of(form):
        for number, path in enumerate(wanted.paths):
            text = "".join(path)
            for folded in (text, fold_label_core(text)):
                labels.setdefault(folded, (wanted, number < wanted.own))
    return labels


def find_cards(grid: Grid, labels: Labels, key: str) -> list[CardFound]:
    """The cards on a sheet, from the left and from the top; ``key`` is the field that tells them apart.

    Cards stand abreast where one row has a label twice; in each such column of cards a new card begins on the row of
    the key's label, or where that is missing with a label that the card above has already. What has fewer than half
    of the labels that every card has is no card.
    """
    hits = list(_hits(grid, labels))
    needed = {wanted.key for wanted, _ in labels.values() if not wanted.optional}
    cuts = _cuts(hits)
    found: list[CardFound] = []
    for left, right in zip(cuts, [*(cut - 1 for cut in cuts[1:]), max(grid.sheet.column, default=1)], strict=True):
        own = [hit for hit in hits if left <= hit.column <= right]
        found += _column_of_cards(grid, _pieces(own, (key, "", ""), left, right), needed)
    return found


def _hits(grid: Grid, labels: Labels) -> Iterable[Hit]:
    for entry, (kind, text) in enumerate(zip(grid.sheet.kind, grid.sheet.text, strict=True)):
        if kind != "s" or len(text) > LONGEST_LABEL:
            continue
        meant = labels.get(fold_label(text).rstrip(":")) or labels.get(fold_label_core(text).rstrip(":"))
        if meant is not None:
            row, column = grid.sheet.row[entry], grid.sheet.column[entry]
            merge = grid.merge_at(row, column)
            right, bottom = (merge.right, merge.bottom) if merge else (column, row)
            yield Hit(*meant, row, column, entry, right, bottom)


def _cuts(hits: Sequence[Hit]) -> list[int]:
    """The first columns of cards that stand abreast; the first of them is that of the sheet."""
    same: dict[tuple[int, Slot], list[int]] = {}
    for hit in hits:
        same.setdefault((hit.row, hit.wanted.key), []).append(hit.column)
    abreast = max(map(len, same.values()), default=1)
    return [1, *(min(c[place] for c in same.values() if len(c) > place) for place in range(1, abreast))]


def _pieces(hits: Sequence[Hit], key: Slot, left: int, right: int) -> list[CardFound]:
    """The labels of one column of cards, parted where a new card may begin."""
    keyed = {hit.row for hit in hits if hit.wanted.key == key}
    pieces: list[CardFound] = []
    for hit in hits:
        begins = hit.row in keyed and bool(pieces) and pieces[-1].hits[-1].row != hit.row
        if not pieces or begins or pieces[-1].hit(hit.wanted.key) is not None:
            pieces.append(CardFound([], left, right))
        pieces[-1].hits.append(hit)
    return pieces


def _column_of_cards(grid: Grid, pieces: Sequence[CardFound], needed: set[Slot]) -> list[CardFound]:
    whole: list[CardFound] = []
    for card in pieces:
        own = {hit.wanted.key for hit in card.hits} & needed
        if len(own) * 2 >= len(needed):
            whole.append(card)
        elif whole:
            whole[-1].territory = card.hits[-1].bottom
            if card.top <= _bottom(grid, whole[-1]):
                _join(whole[-1], card)
    tops = [card.top for card in whole[1:]]
    for card, next_top in zip(whole, [*tops, grid.last_row + 1], strict=False):
        card.territory = next_top - 1
        card.bottom = _bottom(grid, card)
    return whole


def _join(card: CardFound, rest: CardFound) -> None:
    """A few labels that follow a whole card are its own; those it has already stand in it twice."""
    known = {hit.wanted.key for hit in card.hits}
    for hit in rest.hits:
        (card.doubled if hit.wanted.key in known else card.hits).append(hit)


def _bottom(grid: Grid, card: CardFound) -> int:
    bottom = max(hit.bottom for hit in (*card.hits, *card.doubled))
    while bottom < card.territory and any(
        card.left <= grid.sheet.column[entry] <= card.right for entry in grid.entries_of_rows(bottom + 1, bottom + 1)
    ):
        bottom += 1
    return bottom


Place = tuple[int, int, int]  # row, column, entry (-1 when empty)


def card_values(grid: Grid, form: Form, cards: Sequence[CardFound]) -> list[dict[Slot, Place]]:
    """For each card the places of its values, as its labels and the other cards of the sheet tell.

    A value stands right of its label, before the next one; where a sheet has nothing there, below it. A blank is
    looked for where the other cards have the value.
    """
    behind = _chains(form)
    right = [{hit.wanted.key: _right_of(grid, card, hit) for hit in card.hits} for card in cards]
    offsets: dict[Slot, Counter[int]] = {}
    for card, own in zip(cards, right, strict=True):
        for hit in card.hits:
            chain = [hit.wanted.key, *behind.get(hit.wanted.key, ())]
            if len(own[hit.wanted.key]) >= len(chain):
                for slot, (_, column, _) in zip(chain, own[hit.wanted.key], strict=False):
                    offsets.setdefault(slot, Counter())[column - hit.right] += 1
    below = _stand_below(grid, cards, right)
    found: list[dict[Slot, Place]] = []
    for card, own in zip(cards, right, strict=True):
        values: dict[Slot, Place] = {}
        for hit in card.hits:
            chain = [hit.wanted.key, *behind.get(hit.wanted.key, ())]
            if below and not offsets.get(hit.wanted.key):
                values[hit.wanted.key] = _at(grid, hit.bottom + 1, hit.column)
            else:
                values |= _in_turn(hit, chain, own[hit.wanted.key], offsets)
        found.append(values)
    return found


def _chains(form: Form) -> dict[Slot, list[Slot]]:
    """Slot with a label → the slots whose values stand behind its own."""
    after = {spec.after: name for name, spec in form.fields.items() if spec.after}
    chains: dict[Slot, list[Slot]] = {}
    for first in [name for name, spec in form.fields.items() if not spec.after and name in after]:
        name = first
        while name in after:
            name = after[name]
            chains.setdefault((first, "", ""), []).append((name, "", ""))
    return chains


def _right_of(grid: Grid, card: CardFound, hit: Hit) -> list[Place]:
    """The filled cells from a label to the next one on its row, or to the edge of the card."""
    ends = [other.column for other in (*card.hits, *card.doubled) if other.row == hit.row and other.column > hit.column]
    found: list[Place] = []
    for column in range(hit.right + 1, min([*ends, card.right + 1, hit.right + 1 + REACH])):
        entry = grid.entry(hit.row, column)
        if entry >= 0 and grid.text(entry).strip() and all(entry != other for _, _, other in found):
            found.append((grid.sheet.row[entry], grid.sheet.column[entry], entry))
    return found


def _stand_below(grid: Grid, cards: Sequence[CardFound], right: Sequence[Mapping[Slot, list[Place]]]) -> bool:
    """Whether most labels of a sheet have nothing beside them, and something that is no label below them."""
    beside = below = 0
    for card, own in zip(cards, right, strict=True):
        labels = {(hit.row, hit.column) for hit in card.hits}
        for hit in card.hits:
            beside += bool(own[hit.wanted.key])
            under = (hit.bottom + 1, hit.column)
            below += not own[hit.wanted.key] and under not in labels and grid.entry(*under) >= 0
    return below > beside


def _in_turn(
    hit: Hit, chain: Sequence[Slot], filled: Sequence[Place], offsets: Mapping[Slot, Counter[int]]
) -> dict[Slot, Place]:
    """The values behind a label, in turn; of fewer than there should be each in the place of the other cards."""
    usual = {slot: offsets[slot].most_common(1)[0][0] if slot in offsets else n + 1 for n, slot in enumerate(chain)}
    blank = {slot: (hit.row, hit.right + usual[slot], -1) for slot in chain}
    if len(filled) >= len(chain):
        return dict(zip(chain, filled, strict=False))
    for place in filled:
        free = [slot for slot in chain if blank[slot][2] < 0]
        slot = min(free, key=lambda slot: abs(hit.right + usual[slot] - place[1]))
        blank[slot] = place
    return blank


def _at(grid: Grid, row: int, column: int) -> Place:
    entry = grid.entry(row, column)
    return (row, column, -1) if entry < 0 else (grid.sheet.row[entry], grid.sheet.column[entry], entry)


def area_of(card: CardFound, first: int, last: int) -> Range:
    """Some rows of a card."""
    return Range(first, card.left, last, card.right)
