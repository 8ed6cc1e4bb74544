"""One form against another (XRF)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from reconcile.packs.checks.base import CheckModel, Slot
from reconcile.packs.problems import Wrong


class KeyInFormCheck(CheckModel):
    """A key that must also stand in another ``form``, whoever answers it; or a name that must stand in a field of
    another table of the same return (``other``: ``form.field``).

    ``beside`` narrows what the other table allows to its rows that agree with this record: a field of this form, each
    with the one of the other table (a theme, and what belongs to it).
    """

    code: Literal["XRF001"]
    field: Slot
    form: str | None = None
    other: str | None = None
    beside: dict[Slot, str] = {}

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.form is None) == (self.other is None):
            raise Wrong("form_or_other")
        if self.beside and self.other is None:
            raise Wrong("beside_of_other")
        return self


class NameInFormCheck(CheckModel):
    """One thing named in two forms: ``other`` is ``form.field``."""

    code: Literal["XRF003"]
    name: Slot
    other: str
