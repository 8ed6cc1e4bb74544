"""Header bands: the one to three rows whose texts, read downwards, are the labels of a form."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from reconcile.locate.grid import Grid
from reconcile.locate.lines import LineLabels, line_labels
from reconcile.locate.rivals import without_rivals
from reconcile.locate.titles import names_of
from reconcile.normalise import fold_label, fold_label_core
from reconcile.packs.model import Form, Table

LONGEST_LABEL = 60
DEEPEST_BAND = 3
FEWEST_LINES = 2  # rows below a header that make it a matrix's

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column a form asks for: its field, version and period, and its header paths (folded), own label first."""

    field: str
    version: str
    period: str
    label: str
    paths: tuple[Path, ...]
    optional: bool
    own: int = 1  # how many of the paths are the form's own; the others are synonyms
    told: bool = False  # stands over labels that are known by themselves

    @property
    def key(self) -> tuple[str, str, str]:
        return self.field, self.version, self.period


@dataclass(frozen=True, slots=True)
class Matched:
    """A wanted column where it was found. ``exact`` is False where a synonym stood there; ``seen`` is the text
    and ``entry`` the cell of the label."""

    wanted: Wanted
    column: int
    exact: bool
    seen: str
    entry: int
    strength: int


@dataclass(slots=True)
class Band:
    """The header of one form on one sheet (rows and columns 1-based)."""

    form: str
    top: int
    bottom: int
    matched: list[Matched]
    missing: list[Wanted] = field(default_factory=list)
    ambiguous: list[tuple[Wanted, list[Matched]]] = field(default_factory=list)
    rivals: tuple[str, ...] = ()  # other forms that it may be as well: nothing says which

    @property
    def left(self) -> int:
        return min(m.column for m in self.matched)

    @property
    def right(self) -> int:
        return max(m.column for m in self.matched)


class Vocabulary:
    """The labels of all forms of a pack, folded once."""

    def __init__(
        self, forms: Mapping[str, Form], tables: Mapping[str, Table] | None = None, *, inside: bool = False
    ) -> None:
        self.wanted = {
            name: wanted_of(form)
            for name, form in forms.items()
            if form.layout not in ("card", "cards") and (form.inside is not None) == inside
        }
        # The tables inside cards are looked for in a card, not on a sheet.
        self.inside = None if inside else Vocabulary(forms, tables, inside=True)
        self.forms = forms
        self.names = names_of(forms.values())
        self.words = {name: fold_label(form.rows.label) for name, form in forms.items() if form.rows}
        self.lines = line_labels(forms.values(), tables) if tables is not None else {}
        self.texts: dict[str, set[str]] = {}
        for name, columns in self.wanted.items():
            for column in columns:
                for path in column.paths:
                    for text in (*path, "".join(path)):
                        self.texts.setdefault(text, set()).add(name)


def wanted_of(form: Form) -> tuple[Wanted, ...]:
    """The columns a form asks for, in the order of its fields; what is told without one is left out."""
    columns = []
    # The rows of a matrix are known by their own labels; what stands over these does not matter.
    told = {name for part in (form.lines, form.tables) if part for name in (part.field, part.name)}
    for name, spec in form.fields.items():
        for column in spec.all_columns():
            if (
                (spec.sheet and spec.label is None)
                or column.beside
                or spec.after
                or (form.inside and name in (form.inside.key, form.inside.line))
            ):
                continue  # its place is told by the words of the rows, by another value, by the card around it
            paths = tuple(tuple(fold_label(text) for text in path) for path in column.paths())
            optional = spec.optional or name in told or spec.sheet is not None
            own = len(paths) if name in told else 1 + len(column.printed)
            wanted = Wanted(name, column.version, column.period, column.text, paths, optional, own, name in told)
            columns.append(wanted)
    return tuple(columns)


def find_bands(grid: Grid, vocabulary: Vocabulary, forms: Container[str] | None = None) -> list[Band]:
    """The header bands of a sheet from the top; several of one form where its table is repeated.

    A band is accepted when it holds at least half of the form's columns, at least three, and more than any other
    form has there in the same columns. Of forms that have as much there the title above it or the sheet's name tells
    which it is. Only ``forms`` are looked for, where they are given.
    """
    hits: dict[str, dict[int, set[str]]] = {}
    for entry, (kind, text) in enumerate(zip(grid.sheet.kind, grid.sheet.text, strict=True)):
        if kind != "s" or len(text) > LONGEST_LABEL:
            continue
        for form in _forms_of(text, vocabulary):
            if forms is not None and form not in forms:
                continue
            hits.setdefault(form, {}).setdefault(grid.sheet.row[entry], set()).add(fold_label(text))
    found: list[Band] = []
    for form in (name for name in vocabulary.wanted if name in hits):
        rows = hits[form]
        covered = 0
        for row in sorted(rows):
            if row <= covered:
                continue
            near = set().union(*(rows.get(row + step, set()) for step in range(DEEPEST_BAND)))
            if len(near) < 2 and form not in vocabulary.lines:
                continue
            band = _best_band(grid, form, vocabulary, row)
            if band is not None:
                found.append(band)
                covered = band.bottom
    kept = without_rivals(found, grid, vocabulary)
    kept += _beside_rivals(grid, vocabulary, [band for band in found if band not in kept], kept)
    return sorted(kept, key=lambda band: (band.top, band.left))


def _forms_of(text: str, vocabulary: Vocabulary) -> set[str]:
    forms = vocabulary.texts.get(fold_label(text))
    return forms if forms is not None else vocabulary.texts.get(fold_label_core(text), set())


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
    grid: Grid, form: str, vocabulary: Vocabulary, row: int, taken: frozenset[int] = frozenset()
) -> Band | None:
    """The band beginning at ``row`` or just above it that holds most of the form's columns in fewest rows.

    ``taken`` are columns of other forms.
    """
    wanted = vocabulary.wanted[form]
    best: Band | None = None
    best_score: tuple[int, int, int, int] = (0, 0, 0, 0)
    for height in range(1, DEEPEST_BAND + 1):
        for top in range(max(1, row - height + 1), row + 1):
            band = _match(grid, form, wanted, top, top + height - 1, taken)
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
    known = len(found) + len(best.ambiguous) + _words_headed(grid, form, vocabulary, best)
    return best if known >= max(3, (len(needed) + 1) // 2) and len(best.matched) >= 2 else None


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
    word = vocabulary.words.get(form)
    return word is not None and any(
        fold_label(grid.sheet.text[entry]) == word for entry in grid.entries_of_rows(band.top, band.bottom)
    )


def _match(
    grid: Grid, form: str, wanted: Sequence[Wanted], top: int, bottom: int, taken: frozenset[int] = frozenset()
) -> Band | None:
    candidates: dict[tuple[str, str, str], list[Matched]] = {}
    for column, path, lowest in _paths(grid, top, bottom):
        if column in taken:
            continue
        for column_wanted, exact, strength in _best_wanted(path, wanted):
            candidates.setdefault(column_wanted.key, []).append(
                Matched(column_wanted, column, exact, grid.text(lowest), lowest, strength)
            )
    band = Band(form, top, bottom, [])
    sure: list[Matched] = []
    for column_wanted in wanted:
        found = _strongest(candidates.get(column_wanted.key, []))
        if len(found) == 1:
            sure.append(found[0])
    order = {w.key: n for n, w in enumerate(wanted)}
    for column_wanted in wanted:
        found = _strongest(candidates.get(column_wanted.key, []))
        if not found:
            if not column_wanted.optional:
                band.missing.append(column_wanted)
        elif len(found) == 1:
            band.matched.append(found[0])
        else:
            near = _nearest(found, [m for m in sure if m.wanted.key != column_wanted.key], order)
            if len(near) == 1 or column_wanted.told:
                band.matched.append(near[0])
            else:
                band.ambiguous.append((column_wanted, near))
    return _one_column_each(band) if band.matched else None


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
    if not found:
        return []
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


def _paths(grid: Grid, top: int, bottom: int) -> list[tuple[int, Path, int]]:
    """For each column of the rows the texts read downwards (folded), and the entry of the lowest of them.

    A text of an upper row that is not merged also stands over the columns to its right that have a text of their
    own below, up to the next text of that row.
    """
    columns = list(grid.columns_of_rows(top, bottom))
    carried: dict[int, tuple[int, int]] = {}
    paths: list[tuple[int, Path, int]] = []
    for column in columns:
        entries: list[int] = []
        own_below = grid.entry(bottom, column) >= 0
        for row in range(top, bottom + 1):
            entry = grid.entry(row, column)
            if entry >= 0:
                carried[row] = (entry, column)
            elif row < bottom and own_below and row in carried and _over(grid, carried[row], row, column):
                entry = carried[row][0]
            if entry >= 0 and entry not in entries:
                entries.append(entry)
        if entries and all(len(grid.text(entry)) <= LONGEST_LABEL for entry in entries):
            paths.append((column, tuple(fold_label(grid.text(entry)) for entry in entries), entries[-1]))
    return paths


def _over(grid: Grid, source: tuple[int, int], row: int, column: int) -> bool:
    """Whether an unmerged heading reaches a column: it must have a text below itself, too."""
    entry, start = source
    merge = grid.merge_at(row, start)
    return merge is None and grid.entry(row + 1, start) not in (-1, entry) and column > start


def _best_wanted(path: Path, wanted: Sequence[Wanted]) -> list[tuple[Wanted, bool, int]]:
    """The wanted columns a header path stands for, each with: own label?, and how much of the path agreed."""
    core = tuple(fold_label_core(text) for text in path)
    found = []
    for column in wanted:
        for number, expected in enumerate(column.paths):
            strength = _agreement(path, expected) or _agreement(core, expected)
            if strength:
                found.append((column, number < column.own, strength))
                break
    if not found:
        return []
    best = max(strength for _, _, strength in found)
    return [item for item in found if item[2] == best]


def _agreement(path: Path, expected: Path) -> int:
    """3 the whole path, 2 its lower end (upper headings are the department's own), 1 its upper end; 0 not at all."""
    if "".join(path) == "".join(expected):
        return 3
    if len(path) > len(expected):
        if path[-len(expected) :] == expected:
            return 2
        if path[: len(expected)] == expected:
            return 1
        if any("".join(path[start:]) == "".join(expected) for start in range(1, len(path))):
            return 2
    return 0
