"""Revised plans and targets, and their reasons (REV)."""

from __future__ import annotations

from typing import Literal

from reconcile.packs.checks.base import CheckModel


class RevisionCheck(CheckModel):
    """What was revised, what it replaced, and where the reason stands."""

    code: Literal["REV001", "REV002", "REV003"]
    revised: list[str]
    original: list[str]
    reason: str


class OriginalTargetCheck(CheckModel):
    code: Literal["REV006"]
    target: str
    original: str
    reason: str
