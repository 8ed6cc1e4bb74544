"""The words that make a row of a table a total."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from reconcile.locate import Placement
from reconcile.normalise import fold_label, sign_of_labels
from reconcile.packs.model import Form, Total

REMEMBERED = 100_000  # texts that a form's words for totals were looked for in

_WORDS: dict[Hashable, TotalWords] = {}
FORMS = 256  # whose words are kept


def total_words(form: Form) -> TotalWords:
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
