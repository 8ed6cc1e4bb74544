"""Cards: a label and, to its right or below it, its value (the cover of a return)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reconcile.locate.grid import Grid
from reconcile.locate.labels import Labels
from reconcile.normalise import fold_label
from reconcile.packs.model import Form

LONGEST_LABEL = 40
REACH = 6  # how far from its label a value may stand


@dataclass(frozen=True, slots=True)
class Card:
    """A card found: for each field the place of its label and its value's entry (-1 when empty)."""

    grid: Grid
    labels: Mapping[str, tuple[int, int]]
    values: Mapping[str, int]


class CardLabels:
    """The labels of a card, folded once: which field each stands for, and which fields the card needs."""

    def __init__(self, form: Form) -> None:
        labels = {
            fold_label(text): name
            for name, spec in form.fields.items()
            for column in spec.all_columns()
            for path in column.paths()
            for text in path
        }
        self.fields = Labels(labels, ":")
        self.needed = {name for name, spec in form.fields.items() if spec.required}


def find_cards(grids: list[Grid], labels: CardLabels) -> list[Card]:
    """On each sheet the part where labels of the card stand, that with most of them first; none where fewer than half
    of the required ones do."""
    needed = labels.needed
    found: list[Card] = []
    for grid in grids:
        named = labels.fields.among(grid.words, LONGEST_LABEL)
        if len(needed.intersection(named.values())) * 2 < len(needed):
            continue
        places: dict[str, tuple[int, int]] = {}
        for entry, (kind, text) in enumerate(zip(grid.sheet.kind, grid.sheet.text, strict=True)):
            if kind == "s" and text in named:
                places.setdefault(named[text], (grid.sheet.row[entry], grid.sheet.column[entry]))
        if len(places.keys() & needed) * 2 >= len(needed):
            taken = set(places.values())
            values = {name: value_of_label(grid, place, taken) for name, place in places.items()}
            found.append(Card(grid, places, values))
    return sorted(found, key=lambda card: -len(card.labels))


def value_of_label(grid: Grid, place: tuple[int, int], labels: set[tuple[int, int]]) -> int:
    """The nearest entry to the right, else just below, that is no label itself."""
    row, column = place
    merge = grid.merge_at(row, column)
    right = merge.right if merge else column
    bottom = merge.bottom if merge else row
    for step in range(1, REACH + 1):
        if (row, right + step) in labels:
            break
        entry = grid.entry(row, right + step)
        if entry >= 0:
            return entry
    if (bottom + 1, column) not in labels:
        return grid.entry(bottom + 1, column)
    return -1
