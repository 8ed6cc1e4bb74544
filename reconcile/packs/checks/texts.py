"""What the texts of a form may speak of (TXT)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from reconcile.packs.checks.base import CheckModel, Slot
from reconcile.packs.problems import Wrong


class YearsCheck(CheckModel):
    """Fiscal years named in texts: none before ``first`` and none after ``last``."""

    code: Literal["TXT002"]
    fields: list[Slot]
    first: int
    last: int

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.first > self.last:
            raise Wrong("first_after_last")
        return self
