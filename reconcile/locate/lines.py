"""The printed labels of a matrix: which row, and which of several tables, a text stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reconcile.normalise import fold_label, fold_label_core
from reconcile.packs.matrix import Named
from reconcile.packs.model import Form, Table

# A title names its table among other words: 「（２）住民票の写し等の交付件数（令和３年度）」.
LONGEST_TITLE = 80
_BULLET = re.compile("^[・･●○◎■□◆◇▪*-]+")


@dataclass(frozen=True, slots=True)
class LineLabels:
    """Folded label → key of rows (by table, ``""`` for every table) and of tables; ``own`` are words like 計."""

    rows: Mapping[tuple[str, str], str]
    tables: Mapping[str, str]
    own: frozenset[str]

    def row(self, text: str, table: str) -> str:
        """The key of the row that a label names; empty where it names none."""
        for folded in _readings(text):
            for where in (table, ""):
                if (where, folded) in self.rows:
                    return self.rows[where, folded]
        return ""

    def is_row(self, text: str) -> bool:
        """Whether a text is the label of a row of any table."""
        return any((table, folded) in self.rows for table in {*self.tables.values(), ""} for folded in _readings(text))

    def is_own(self, text: str) -> bool:
        """Whether a text stands for the label before it (計)."""
        return any(folded in self.own for folded in _readings(text))

    def is_table(self, text: str) -> bool:
        """Whether a text is the title of a table and nothing else."""
        return fold_label(text) in self.tables

    def table(self, text: str) -> str:
        """The key of the table that a title names: its whole text, or the one label in it; empty: none."""
        folded = fold_label(text)
        if folded in self.tables:
            return self.tables[folded]
        if len(folded) > LONGEST_TITLE:
            return ""
        within = [label for label in self.tables if label in folded]
        longest = [label for label in within if not any(label != other and label in other for other in within)]
        named = {self.tables[label] for label in longest}
        return named.pop() if len(named) == 1 else ""


def _readings(text: str) -> tuple[str, ...]:
    """A label as it may be meant: whole, without its unit or note mark, without a bullet."""
    folded = fold_label(text)
    return tuple(dict.fromkeys((folded, fold_label_core(text), _BULLET.sub("", folded))))


def line_labels(forms: Iterable[Form], tables: Mapping[str, Table]) -> dict[str, LineLabels]:
    """The labels of every matrix of a pack, by form."""
    return {form.form: _of(form, tables) for form in forms if form.lines is not None}


def _of(form: Form, tables: Mapping[str, Table]) -> LineLabels:
    assert form.lines is not None
    rows: dict[tuple[str, str], str] = {}
    for row in tables[form.lines.file].rows:
        table = row[form.lines.table] if form.lines.table else ""
        for label in form.lines.labels(row):
            rows.setdefault((table, fold_label(label)), row[form.lines.key])
    titles = _by_label(form.tables, tables) if form.tables else {}
    return LineLabels(rows, titles, frozenset(fold_label(word) for word in form.lines.own))


def _by_label(named: Named, tables: Mapping[str, Table]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in tables[named.file].rows:
        for label in named.labels(row):
            found.setdefault(fold_label(label), row[named.key])
    return found
