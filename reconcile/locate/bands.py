"""Header bands: the one to three rows whose texts, read downwards, are the labels of a form."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from reconcile.locate.band import Band, Matched
from reconcile.locate.grid import Grid
from reconcile.locate.header_paths import has_label, paths, view
from reconcile.locate.header_words import LONGEST_LABEL
from reconcile.locate.lines import LineLabels
from reconcile.locate.rivals import without_rivals
from reconcile.locate.vocabulary import WHOLE, Vocabulary, Wanted
from reconcile.normalise import fold_label
from reconcile.packs.model import SlotKey

DEEPEST_BAND = 3
FEWEST_LINES = 2  # rows below a header that make it a matrix's
REMEMBERED = 10_000  # header bands of a pack


# Columns found, with the form's own label, how much of their paths agreed, fewest rows.
Score = tuple[int, int, int, int]


class LabelsOn(NamedTuple):
    """The texts of a sheet that are labels or part of one, each with its forms; and their entries."""

    forms: Mapping[str, Collection[str]]
    entries: Sequence[int]


def labels_on(grid: Grid, vocabulary: Vocabulary, forms: Container[str] | None) -> LabelsOn:
    """The labels of ``forms`` (of all, where they are not given) on a sheet."""
    known = labels_among(grid.words, vocabulary, forms)
    kinds = grid.sheet.kind
    return LabelsOn(known, [at for at, text in enumerate(grid.sheet.text) if text in known and kinds[at] == "s"])


def labels_among(
    texts: Iterable[str], vocabulary: Vocabulary, forms: Container[str] | None
) -> Mapping[str, Collection[str]]:
    """Those of some texts that are labels of ``forms`` or part of one, each with its forms."""
    known = vocabulary.texts.among(texts, LONGEST_LABEL)
    if forms is None:
        return known
    return {text: own for text, all_own in known.items() if (own := [form for form in all_own if form in forms])}


def bands_of(grid: Grid, vocabulary: Vocabulary, labels: LabelsOn, *, sure: bool) -> list[Band]:
    """The header bands of a sheet from the top; several of one form where its table is repeated.

    A band is accepted when it holds at least half of the form's columns, at least three (both of two), and more than
    any other form has there in the same columns. Of forms that have as much there the title above it or the sheet's
    name tells which it is. Only what ``labels`` tell of is looked for; where it is ``sure`` that a table
    stands there (tags say so), half of its columns are enough, however few these are.
    """
    # Form → row → the folded texts on it that are part of a label.
    hits: dict[str, dict[int, set[str]]] = {}
    for entry in labels.entries:
        text = grid.sheet.text[entry]
        for form in labels.forms[text]:
            hits.setdefault(form, {}).setdefault(grid.sheet.row[entry], set()).add(fold_label(text))
    found: list[Band] = []
    for form in (name for name in vocabulary.wanted if name in hits):
        rows = hits[form]
        covered = 0
        for row in sorted(rows):
            if row <= covered:
                continue
            near = set().union(*(rows.get(row + step, set()) for step in range(DEEPEST_BAND)))
            if len(near) < 2 and form not in vocabulary.lines and not sure:
                continue
            band = _best_band(grid, form, vocabulary, row, sure=sure)
            if band is not None:
                found.append(band)
                covered = band.bottom
    kept = without_rivals(found, grid, vocabulary)
    kept += _beside_rivals(grid, vocabulary, [band for band in found if all(band is not other for other in kept)], kept)
    return sorted(kept, key=lambda band: (band.top, band.left))


def _beside_rivals(grid: Grid, vocabulary: Vocabulary, lost: Sequence[Band], kept: Sequence[Band]) -> list[Band]:
    """Forms that took a neighbour's columns for their own, for want of a label: read again beside that neighbour."""
    found: list[Band] = []
    for band in lost:
        rivals = [other for other in kept if other.top <= band.bottom and band.top <= other.bottom]
        taken = frozenset(column for other in rivals for column in range(other.left, other.right + 1))
        again = _best_band(grid, band.form, vocabulary, band.top, taken)
        if again is not None:
            found.append(again)
    return found


def _best_band(
    grid: Grid, form: str, vocabulary: Vocabulary, row: int, taken: frozenset[int] = frozenset(), *, sure: bool = False
) -> Band | None:
    """The band beginning at ``row`` or just above it that holds most of the form's columns in fewest rows.

    ``taken`` are columns of other forms. The returns of a round are filled into the same template: what was found for
    a header is remembered by everything that it depends on.
    """
    if form in vocabulary.lines:  # depends on the rows below, too
        return _find_band(grid, form, vocabulary, row, taken, sure=sure)
    top, bottom = max(1, row - DEEPEST_BAND + 1), max(bottoms(grid, vocabulary, row))
    key = (form, taken, sure, row - top, view(grid, vocabulary.header_words, row, top, bottom))
    remembered = vocabulary.bands
    if key not in remembered:
        if len(remembered) >= REMEMBERED:
            remembered.clear()
        band = _find_band(grid, form, vocabulary, row, taken, sure=sure)
        remembered[key] = band and _Remembered.of(grid, band, row)
        return band
    known: _Remembered | None = remembered[key]
    return None if known is None else known.on(grid, row)


@dataclass(slots=True)
class _Remembered:
    """A band that began at a row, with the rows of its labels and their places in these; and where it was last."""

    band: Band
    row: int
    places: Sequence[tuple[int, int, int]]  # row, column, number in the row
    last: tuple[list[int], list[str], dict[int, Matched]] | None = None

    @classmethod
    def of(cls, grid: Grid, band: Band, row: int) -> _Remembered:
        sheet = grid.sheet
        places = [
            (sheet.row[m.entry], sheet.column[m.entry], m.entry - grid.entries_of_rows(sheet.row[m.entry], row).start)
            for m in _matches(band)
        ]
        return cls(band.moved(lambda match: match, 0), row, places)

    def on(self, grid: Grid, row: int) -> Band:
        """The same band on another sheet, where it begins at ``row``."""
        step, texts = row - self.row, grid.sheet.text
        starts = {own: grid.entries_of_rows(own + step, own + step).start for own in {own for own, _, _ in self.places}}
        seen = range(row - DEEPEST_BAND + 1, row + DEEPEST_BAND)
        entries = [
            starts[own] + number if own + step in seen else grid.sheet.entry_at(own + step, column)
            for own, column, number in self.places
        ]
        said = [texts[entry] for entry in entries]
        if self.last is None or self.last[0] != entries or self.last[1] != said:
            made = {
                id(m): Matched(m.wanted, m.column, m.exact, text, entry, m.strength)
                for m, entry, text in zip(_matches(self.band), entries, said, strict=True)
            }
            self.last = entries, said, made
        made = self.last[2]
        return self.band.moved(lambda match: made[id(match)], step)


def _matches(band: Band) -> list[Matched]:
    return [*band.matched, *chain.from_iterable(found for _, found in band.ambiguous)]


def bottoms(grid: Grid, vocabulary: Vocabulary, row: int) -> list[int]:
    """The rows that a header with a label in ``row`` can end in: no text of a row of answers is part of a label."""
    below = range(row + 1, row + DEEPEST_BAND)
    return [row, *(each for each in below if has_label(grid, vocabulary.header_words, each))]


def _find_band(
    grid: Grid, form: str, vocabulary: Vocabulary, row: int, taken: frozenset[int], *, sure: bool
) -> Band | None:
    wanted = vocabulary.wanted[form]
    best: Band | None = None
    best_score: Score = (0, 0, 0, 0)
    ends = bottoms(grid, vocabulary, row)
    for height in range(1, DEEPEST_BAND + 1):
        if best_score >= (len(wanted), len(wanted), WHOLE * len(wanted), -height):
            break  # nothing can score more
        for top in range(max(1, row - height + 1), row + 1):
            if top + height - 1 not in ends:
                continue
            band = _match(grid, form, vocabulary, (top, top + height - 1), taken, best_score)
            if band is None:
                continue
            score = (
                len(band.matched) + len(band.ambiguous),
                sum(m.exact for m in band.matched),
                sum(m.strength for m in band.matched),
                -height,
            )
            if score > best_score:
                best, best_score = band, score
    if best is None:
        return None
    needed = [w for w in wanted if not w.optional]
    found = [m for m in best.matched if not m.wanted.optional]
    if form in vocabulary.lines:
        enough = len(found) + len(best.ambiguous) >= max(1, (len(needed) + 1) // 2)
        return best if enough and _heads_lines(grid, best, vocabulary.lines[form]) else None
    if sure:
        return best if len(found) + len(best.ambiguous) >= max(1, (len(needed) + 1) // 2) else None
    known = len(found) + len(best.ambiguous) + _words_headed(grid, form, vocabulary, best)
    # Of a form of two columns both must be there.
    least = min(3, max(2, len(wanted)))
    return best if known >= max(least, (len(needed) + 1) // 2) and len(best.matched) >= 2 else None


def _heads_lines(grid: Grid, band: Band, labels: LineLabels) -> bool:
    """Whether rows of the matrix stand below its header, left of its figures."""
    seen: set[str] = set()
    for entry in grid.entries_of_rows(band.bottom + 1, grid.last_row):
        text = grid.sheet.text[entry]
        if grid.sheet.kind[entry] == "s" and grid.sheet.column[entry] < band.right and labels.is_row(text):
            seen.add(fold_label(text))
            if len(seen) == FEWEST_LINES:
                return True
    return False


def _words_headed(grid: Grid, form: str, vocabulary: Vocabulary, band: Band) -> bool:
    """Whether the column of a block's words has its heading in the band, too."""
    word, of = vocabulary.words.get(form), vocabulary.header_words.of
    return word is not None and any(
        of(grid.sheet.kind[entry], grid.sheet.text[entry])[0] == word
        for entry in grid.entries_of_rows(band.top, band.bottom)
    )


def _match(
    grid: Grid,
    form: str,
    vocabulary: Vocabulary,
    rows: tuple[int, int],
    taken: frozenset[int],
    beaten: Score,
) -> Band | None:
    """The band of some rows, if it can score more than another did."""
    top, bottom = rows
    headings, words = vocabulary.headings[form], vocabulary.header_words
    known = [(path, headings.of(path[1])) for path in paths(grid, words, top, bottom) if path[0] not in taken]
    if _at_best([one for _, found in known for one in found], bottom - top + 1) <= beaten:
        return None
    candidates: dict[SlotKey, list[Matched]] = {}
    for (column, _, lowest), found in known:
        for column_wanted, exact, strength in found:
            match = Matched(column_wanted, column, exact, grid.text(lowest), lowest, strength)
            candidates.setdefault(column_wanted.key, []).append(match)
    band = Band(form, top, bottom, [])
    strongest = {key: _strongest(found) for key, found in candidates.items()}
    sure = [found[0] for found in strongest.values() if len(found) == 1]
    order = headings.order
    for column_wanted in vocabulary.wanted[form]:
        own = strongest.get(column_wanted.key)
        if own is None:
            if not column_wanted.optional:
                band.missing.append(column_wanted)
        elif len(own) == 1:
            band.matched.append(own[0])
        else:
            near = _nearest(own, [m for m in sure if m.wanted.key != column_wanted.key], order)
            if len(near) == 1 or column_wanted.told:
                band.matched.append(near[0])
            else:
                band.ambiguous.append((column_wanted, near))
    return _one_column_each(band) if band.matched else None


def _at_best(found: Iterable[tuple[Wanted, bool, int]], height: int) -> Score:
    """What a band of these columns can score at most."""
    exacts: dict[Wanted, bool] = {}
    strengths: dict[Wanted, int] = {}
    for wanted, exact, strength in found:
        exacts[wanted] = exact or exacts.get(wanted, False)
        strengths[wanted] = max(strength, strengths.get(wanted, 0))
    return (len(exacts), sum(exacts.values()), sum(strengths.values()), -height)


def _one_column_each(band: Band) -> Band:
    """A column serves one wanted label only: the strongest, then the one wanted first."""
    taken: dict[int, Matched] = {}
    for match in band.matched:
        rival = taken.get(match.column)
        if rival is None or (match.exact, match.strength) > (rival.exact, rival.strength):
            if rival is not None and not rival.wanted.optional:
                band.missing.append(rival.wanted)
            taken[match.column] = match
        elif not match.wanted.optional:
            band.missing.append(match.wanted)
    band.matched = sorted(taken.values(), key=lambda m: m.column)
    return band


def _strongest(found: list[Matched]) -> list[Matched]:
    """The candidates of the best strength; of the columns under one merged label the leftmost."""
    if len(found) == 1:
        return found
    best = max((m.exact, m.strength) for m in found)
    by_label: dict[int, Matched] = {}
    for match in found:
        if (match.exact, match.strength) == best:
            by_label.setdefault(match.entry, match)
    return list(by_label.values())


def _nearest(found: list[Matched], sure: list[Matched], order: Mapping[tuple[str, str, str], int]) -> list[Matched]:
    """Of several columns with one label, those nearest to the form's other columns, in the printed order."""
    if not sure:
        return found

    def cost(match: Matched) -> tuple[int, int]:
        distance = min(abs(match.column - other.column) for other in sure)
        turned = sum(
            (other.column < match.column) != (order[other.wanted.key] < order[match.wanted.key]) for other in sure
        )
        return (turned, distance)

    best = min(map(cost, found))
    nearest = [m for m in found if cost(m) == best]
    left, right = min(m.column for m in sure), max(m.column for m in sure)
    # Two columns of one label inside the table cannot be told apart by where they stand.
    inside = [m for m in found if left - 1 <= m.column <= right + 1]
    return inside if len(inside) > 1 else nearest
