"""The same thing twice (DUP)."""

from __future__ import annotations

from typing import Literal

from reconcile.packs.checks.base import CheckModel


class DuplicatedAmountsCheck(CheckModel):
    code: Literal["DUP001", "DUP002"]
    amounts: str
    by: str
    name: str | None = None


class DuplicatedAnswerCheck(CheckModel):
    code: Literal["DUP003"]


class SimilarNamesCheck(CheckModel):
    """``what`` says what is compared: names of things, or whole texts (opinions)."""

    code: Literal["DUP004"]
    name: str
    by: str | None = None
    what: Literal["name", "text"] = "name"
