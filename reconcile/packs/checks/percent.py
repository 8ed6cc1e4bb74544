"""Breakdowns in percent (BAL007)."""

from __future__ import annotations

from typing import Literal

from reconcile.packs.checks.base import CheckModel, Slot


class SharesCheck(CheckModel):
    """The shares of one question come to 100 where only one answer could be given.

    ``shares`` is a slot; ``by`` are the fields that tell the question; ``kind`` is the field that says how it could
    be answered, in the words ``single`` (one answer) or ``several``. Shares are rounded to ``digits`` decimals.
    """

    code: Literal["BAL007"]
    shares: Slot
    by: list[Slot]
    kind: Slot
    single: list[str]
    several: list[str] = []
    digits: int = 1

    def chosen(self) -> list[tuple[str, list[str]]]:
        return [(self.kind, [*self.single, *self.several])]
