"""Which of many labels a text is: asked of every text of every return, and mostly answered with none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import filterfalse
from typing import Generic, TypeVar

from reconcile.normalise import fold_label, fold_label_core, sign_of_labels, sign_of_no_label

T = TypeVar("T")

REMEMBERED = 200_000


class Labels(Generic[T]):
    """Folded labels, each with what it stands for; ``end`` are characters that may stand behind a label."""

    def __init__(self, labels: Mapping[str, T], end: str = "") -> None:
        self.folded = labels.keys()
        self._labels = labels
        self._end = end
        self._some, self._none = sign_of_labels(labels), sign_of_no_label(labels)
        self._known: dict[str, T | None] = {}

    def of(self, text: str) -> T | None:
        """What the label that a text is, or is apart from its unit and note marks, stands for."""
        try:
            return self._known[text]
        except KeyError:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[text] = self._read(text) if self._may_be(text) else None
            return found

    def _may_be(self, text: str) -> bool:
        """Whether a text need be folded: most have a character that no label has, or none that labels have."""
        return (self._some is None or self._some.search(text) is not None) and not self._none.match(text)

    def among(self, texts: Iterable[str], longest: int) -> dict[str, T]:
        """Those of some texts that are labels of at most so many characters, each with what it stands for."""
        found = dict[str, T]()
        likely = filterfalse(self._none.match, texts if self._some is None else filter(self._some.search, texts))
        for text in likely:
            meant = self.of(text) if len(text) <= longest else None
            if meant is not None:
                found[text] = meant
        return found

    def _read(self, text: str) -> T | None:
        found = self._labels.get(fold_label(text).rstrip(self._end) if self._end else fold_label(text))
        if found is not None:
            return found
        core = fold_label_core(text)
        return self._labels.get(core.rstrip(self._end) if self._end else core)
