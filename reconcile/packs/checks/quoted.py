"""Figures that a text quotes against the cell that states them (REV003)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from reconcile.packs.checks.base import CheckModel, Slot
from reconcile.packs.problems import Wrong, compiled


class QuotedFigureCheck(CheckModel):
    """What ``text`` quotes comes to ``figure``: the sum of the first group (…) of every place that a pattern fits.

    The patterns of ``quoted`` are held against the text folded as a name (one width, no white space, no case); the
    first one that fits anywhere counts, the others are for texts that put it otherwise.
    """

    code: Literal["REV003"]
    figure: Slot
    text: Slot
    quoted: list[str] = Field(min_length=1)

    @field_validator("quoted")
    @classmethod
    def _have_a_group(cls, value: list[str]) -> list[str]:
        if any(compiled(pattern).groups != 1 for pattern in value):
            raise Wrong("group_figure")
        return value
