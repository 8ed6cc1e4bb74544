"""One form against another (XRF)."""

from __future__ import annotations

from typing import Literal

from reconcile.packs.checks.base import CheckModel


class KeyInFormCheck(CheckModel):
    """A key that must also stand in another form."""

    code: Literal["XRF001"]
    field: str
    form: str


class NameInFormCheck(CheckModel):
    """One thing named in two forms: ``other`` is ``form.field``."""

    code: Literal["XRF003"]
    name: str
    other: str

    def slots(self) -> list[str]:
        return [self.name]
