"""Which grade of the pack's list a cell bears."""

from __future__ import annotations

from collections.abc import Mapping

from reconcile.normalise import fold_label
from reconcile.packs.model import Pack


def words_in(pack: Pack, file: str) -> dict[str, str]:
    """Folded word → the code of its row, which is the first column of a list."""
    table = pack.tables[file]
    return {fold_label(word): row[table.columns[0]] for row in table.rows for word in row.values() if word}


def grade_of(words: Mapping[str, str], text: str) -> str:
    """The grade that a text is; empty for any other text."""
    return words.get(fold_label(text), "")
