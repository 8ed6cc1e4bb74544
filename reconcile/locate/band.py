"""The header of a form on a sheet: the rows it takes and the columns found in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from reconcile.locate.vocabulary import Wanted


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
    """The header of one form on one sheet (rows and columns 1-based); ``matched`` are its columns from the left."""

    form: str
    top: int
    bottom: int
    matched: list[Matched]
    missing: list[Wanted] = field(default_factory=list)
    ambiguous: list[tuple[Wanted, list[Matched]]] = field(default_factory=list)
    rivals: tuple[str, ...] = ()  # other forms that it may be as well: nothing says which

    def moved(self, match: Callable[[Matched], Matched], step: int) -> Band:
        """The band some rows further down, its labels made anew."""
        return Band(
            self.form,
            self.top + step,
            self.bottom + step,
            [match(each) for each in self.matched],
            list(self.missing),
            [(wanted, [match(each) for each in found]) for wanted, found in self.ambiguous],
            self.rivals,
        )

    @property
    def left(self) -> int:
        return self.matched[0].column

    @property
    def right(self) -> int:
        return self.matched[-1].column
