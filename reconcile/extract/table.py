"""Tables: one record is one row; total and subtotal rows are told by their words."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence

from reconcile.extract.captions import caption_rows
from reconcile.extract.examples import example_rows
from reconcile.extract.raw import RawRecord, Records, TableCells
from reconcile.extract.stretches import are_records
from reconcile.extract.unworded import unworded_totals, without_key
from reconcile.locate import NOTES, Matched, Placement
from reconcile.normalise import fold_key, fold_label, is_ditto, sign_of_labels
from reconcile.package import Stretch
from reconcile.packs.model import Form, Total

REMEMBERED = 100_000  # texts that a form's words for totals were looked for in
UNIT_NOTE = re.compile(r"[(（\[]?単位")


def read(placement: Placement, form: Form) -> Records:
    if placement.others is not None and are_records(placement, form, _total_words(form).any_of):
        found = _read(placement.apart(), form, placement.grid.sheet.stretches)
        if found is not None:
            return found
    found = _read(placement, form, [])
    assert found is not None, "all rows are there"
    return found


def _read(placement: Placement, form: Form, stretches: list[Stretch]) -> Records | None:
    """The records of a placement; ``stretches`` are rows between its own that are records, each of them. None where
    what its own rows are depends on these."""
    grid = placement.grid
    found = Records(stretches=stretches)
    matches = placement.matches()
    amounts = [m for m in matches if form.fields[m.wanted.field].numeric]
    texts = [m for m in matches if not form.fields[m.wanted.field].numeric]
    cells = _cells(placement, [*texts, *amounts])
    totals = _total_words(form)
    levels = totals.levels(placement)
    if stretches and (
        cells.elsewhere or any(row < stretches[-1].numbers[0] for row in levels) or without_key(form, cells, levels)
    ):
        return None
    place = {match.wanted.key: number for number, match in enumerate((*texts, *amounts))}
    own = [(m, cells.entries[place[m.wanted.key]]) for m in matches if form.fields[m.wanted.field].fill is None]
    down = [cells.entries[number] for number, m in enumerate(texts) if form.fields[m.wanted.field].fill == "down"]
    examples = example_rows(placement, form) | caption_rows(placement)
    unworded = unworded_totals(form, cells, len(texts), levels, examples)
    found.unworded = [*unworded.values()]
    above = [-1] * len(down)
    closed = False
    likely = _filled_twice(placement, form, own, len(cells.rows))
    for number, row in enumerate(cells.rows):
        if row in examples:
            continue
        level = unworded[row].total if row in unworded else levels.get(row)
        breakdown = level is not None and level.level == "breakdown"
        if closed and not breakdown:
            found.below += [(row, m.column) for m in amounts if grid.sheet.entry_at(row, m.column) >= 0]
            continue
        if breakdown and not closed:
            level = None  # the total comes first; a record may be named as a kind is
        if level is None and not likely[number] and not _is_record(placement, form, row, number, own):
            continue
        for which, entries in enumerate(down):
            entry = entries[number]
            if entry >= 0 and above[which] >= 0 and is_ditto(grid.text(entry)):
                entry = entries[number] = -1
            if entry >= 0 and not (level is not None and (row in unworded or totals.ends(grid.text(entry)))):
                above[which] = entry
            elif above[which] >= 0 and (level is None or level.level == "subtotal"):
                entries[number] = above[which]
                cells.elsewhere = True
        kind, flag = (level.level, level.flag or "") if level else ("record", "")
        found.records.append(RawRecord(kind, row, row, flag=flag, table=cells, number=number))
        closed |= level is not None and level.level == "total"
    return found if found.records or not stretches else None


def _cells(placement: Placement, matches: Sequence[Matched]) -> TableCells:
    """The cells of some columns in all rows of a placement that have anything."""
    grid = placement.grid
    span = grid.entries_of_rows(placement.first, placement.last)
    standing = grid.sheet.row[span.start : span.stop]
    merged = grid.merged_rows(placement.first, placement.last)
    rows = sorted({*standing, *merged})
    place = {row: number for number, row in enumerate(rows)}
    columns = [match.column for match in matches]
    by_column = {column: [-1] * len(rows) for column in columns}
    for entry, row, column in zip(span, standing, grid.sheet.column[span.start : span.stop], strict=True):
        if column in by_column:
            by_column[column][place[row]] = entry
    for row in merged:
        for column, entries in by_column.items():
            if entries[place[row]] < 0:
                entries[place[row]] = grid.entry(row, column)
    slots = [match.wanted.key for match in matches]
    return TableCells(grid, slots, columns, rows, [by_column[column] for column in columns], bool(merged))


_WORDS: dict[Hashable, TotalWords] = {}
FORMS = 256  # whose words are kept


def _total_words(form: Form) -> TotalWords:
    """The words of a form; all its returns ask for the same."""
    key = tuple((t.level, t.flag, t.within, t.label, *t.also) for t in form.totals)
    found = _WORDS.get(key)
    if found is None:
        if len(_WORDS) >= FORMS:
            _WORDS.clear()
        words = {fold_label(word): total for total in form.totals for word in (total.label, *total.also)}
        found = _WORDS[key] = TotalWords(words)
    return found


class TotalWords:
    """The words that make a row a total: one of its texts is, or ends with, such a word (「施策１ 小計」).

    A word with a note in brackets behind it (「合計（再掲分を除く）」) counts however long the note is. The words of
    a breakdown are those of its flags, which names may end in: only the whole text counts.
    """

    def __init__(self, totals: Mapping[str, Total]) -> None:
        self._totals = [(word, totals[word]) for word in sorted(totals, key=len, reverse=True)]
        self._ends = tuple(totals)
        self._sign = sign_of_labels(totals)
        self._known: dict[str, Total | None] = {}

    def ends(self, text: str) -> bool:
        return fold_label(text).endswith(self._ends)

    def levels(self, placement: Placement) -> dict[int, Total]:
        """Row → the total it is, by the first of its texts that says so."""
        if not self._totals:
            return {}
        grid = placement.grid
        known = {text: told for text in self._likely(grid.words) if (told := self._level(text)) is not None}
        if not known:
            return {}
        sheet, left, right = grid.sheet, placement.band.left - 1, placement.band.right
        span = grid.entries_of_rows(placement.first, placement.last)
        found = dict[int, Total]()
        for entry, text in zip(span, sheet.text[span.start : span.stop], strict=True):
            if text in known and sheet.kind[entry] == "s" and left <= sheet.column[entry] <= right:
                found.setdefault(sheet.row[entry], known[text])
        return found

    def any_of(self, texts: Iterable[str]) -> bool:
        """Whether one of some texts says so."""
        return any(self._level(text) is not None for text in self._likely(texts))

    def _likely(self, texts: Iterable[str]) -> Iterable[str]:
        return texts if self._sign is None else filter(self._sign.search, texts)

    def _level(self, text: str) -> Total | None:
        if text not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[text] = self._read(fold_label(text))
        return self._known[text]

    def _read(self, text: str) -> Total | None:
        for word, told in self._totals:
            if told.level == "breakdown":
                counts = text == word
            else:
                counts = text.startswith(word + "(") or (len(text) <= 20 and text.endswith(word))
            if counts:
                return told
        return None


def _filled_twice(
    placement: Placement, form: Form, own: Sequence[tuple[Matched, Sequence[int]]], size: int
) -> Sequence[bool]:
    """Which rows have different texts in their first two columns, so that they are records, whatever else they have."""
    if form.inside or form.counts_with or len(own) < 2:
        return [False] * size
    texts = placement.grid.sheet.text
    (_, first), (_, second) = own[:2]
    return [
        one >= 0 and two >= 0 and one != two and bool(texts[one].strip()) and bool(texts[two].strip())
        for one, two in zip(first, second, strict=True)
    ]


def _is_record(
    placement: Placement, form: Form, row: int, number: int, own: Sequence[tuple[Matched, Sequence[int]]]
) -> bool:
    """A row with a figure or with more than one text; a single text that is no key is a note or a title."""
    texts = placement.grid.sheet.text
    filled: list[tuple[Matched, int]] = []
    for match, entries in own:
        entry = entries[number]
        if entry >= 0 and texts[entry].strip():
            filled.append((match, entry))
            if not form.inside and not form.counts_with and entry != filled[0][1]:
                return True
    if form.inside is not None:
        return bool(filled) and not _is_other_line(placement, row)  # notes stand under the cards, not in them
    if form.counts_with and not any(match.wanted.field in form.counts_with for match, _ in filled):
        return False  # what the template prints in its blank rows, too
    if placement.sure or len({entry for _, entry in filled}) > 1:
        return bool(filled)
    if len(filled) != 1:  # one text merged over the whole width is a title
        return False
    match, entry = filled[0]
    spec = form.fields[match.wanted.field]
    text = fold_key(texts[entry])
    if any(form.fields[key].instead == match.wanted.field for key in form.key) and match is not own[0][0]:
        named = not text.startswith(NOTES)  # its name stands for its number: a row that nobody has filled in
    else:
        # 「単位：千円」 at the top right of the next table is no figure.
        named = spec.numeric and UNIT_NOTE.match(text) is None
    return named or (
        spec.type == "key"
        and (
            (len(own) == 1 and spec.pattern is None)  # beside texts that are filled down it is all that a row has
            or (spec.pattern is not None and re.fullmatch(spec.pattern, text) is not None)
            or (spec.number is not None and re.match(spec.number, text) is not None)
        )
    )


def _is_other_line(placement: Placement, row: int) -> bool:
    """Whether a row inside a card is a label with its value, in words of its own, and not a row of the table."""
    sheet, first, *others = placement.grid.sheet, *(match.column for match in placement.matches())
    columns = {sheet.column[entry] for entry in placement.grid.entries_of_rows(row, row) if sheet.text[entry].strip()}
    return not columns & set(others) and any(column > first for column in columns)
