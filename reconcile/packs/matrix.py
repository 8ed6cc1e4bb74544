"""What a pack says of a matrix: rows and tables known by their printed labels, columns as a grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel, ConfigDict

Words = str | list[str]


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Across(Said):
    """Columns as a grid: every period over (or beside) every version, in this order.

    A period or version has one word or several, the form's own first.
    """

    periods: dict[str, Words]
    versions: dict[str, Words]

    def columns(self) -> Iterator[tuple[str, str, list[list[str]]]]:
        """Period, version and header paths of each column: ``4月`` over ``当月``, ``4月`` over ``累計`` …"""
        for period, above in self.periods.items():
            for version, below in self.versions.items():
                yield period, version, [[upper, lower] for upper in _several(above) for lower in _several(below)]


def _several(words: Words) -> list[str]:
    return [words] if isinstance(words, str) else words


class Named(Said):
    """Things that a file lists, known by their printed labels.

    ``field`` is the part of the record's key that a label stands for, ``name`` the field that holds the label as it
    was typed; ``key``, ``label`` and ``also`` (further labels, parted by ``;``) are columns of the file.
    """

    field: str
    name: str
    file: str
    key: str
    label: str
    also: str | None = None

    def columns(self) -> list[str | None]:
        """The columns of the file that are spoken of."""
        return [self.key, self.label, self.also]

    def labels(self, row: Mapping[str, str]) -> list[str]:
        """Every label of one row of the file, the printed one first."""
        more = row[self.also].split(";") if self.also else []
        return [row[self.label], *(text.strip() for text in more if text.strip())]


class Titled(Named):
    """Several tables of one form, told apart by a title above or beside them."""


class Lines(Named):
    """The rows of a matrix.

    ``parent`` is the column of the row that a row adds up into, ``table`` that of the table it stands in, where the
    form has several with different rows. ``own`` are words (計) in the column of the lower rows: the row is that of
    the label before them.
    """

    parent: str | None = None
    table: str | None = None
    own: list[str] = []

    def columns(self) -> list[str | None]:
        return [*super().columns(), self.parent, self.table]


def members(lines: Lines, rows: Iterable[Mapping[str, str]]) -> dict[str, list[str]]:
    """Key of a row → the keys of the rows that add up to it, in the file's order; ``rows`` are those of the file."""
    found: dict[str, list[str]] = {}
    if lines.parent is not None:
        for row in rows:
            if row[lines.parent]:
                found.setdefault(row[lines.parent], []).append(row[lines.key])
    return found
