"""A summary against the details it summarises (XRF005), and the counts it states (CNT001)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from reconcile.packs.checks.base import CheckModel, Slot
from reconcile.packs.problems import Wrong, compiled


class SummaryCheck(CheckModel):
    """What a summary names against the form it is taken from; what it leaves out is no fault.

    Only the records whose texts are those of ``where`` (field → printed word) are compared. The text of ``key`` is
    the key of the record in ``form``, or (``of: group``) of the group whose records are added up. ``values`` and
    ``names`` say which slot or text of the summary is which one of the details. With ``by``, the total row of the
    summary is the sum over all records, each item (a budget project) counted once.

    A group that records of several returns belong to is compared when all of the register's are there. ``scale`` is
    how many units of the details make one of the summary (1,000 千円 in 百万円): the summary is then rounded, half up,
    to the last digit it shows. ``about``: the summary is an approximate figure (約1.9万時間) and may be off by
    less than one in its last digit, and each record of the group must state its part.
    """

    code: Literal["XRF005"]
    where: dict[Slot, str] = {}
    key: Slot
    form: str
    of: Literal["record", "group"] = "record"
    values: dict[Slot, str]
    names: dict[Slot, str] = {}
    by: str | None = None
    scale: int = Field(default=1, gt=0)
    about: bool = False

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.of == "group" and self.names:
            raise Wrong("group_no_names")
        if self.of != "group" and (self.scale > 1 or self.about):
            raise Wrong("scale_of_groups")
        return self


class Counted(BaseModel):
    """What one stated number counts: the rows of a ``register``, or in ``form`` its records, the projects these
    belong to (the records' numbers without their branch) or their groups; ``revised`` only those that were revised,
    as the form's check of reasons (REV001) tells."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)
    register_file: str | None = None
    form: str | None = None
    of: Literal["records", "projects", "groups"] = "records"
    revised: bool = False

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.register_file is None) == (self.form is None):
            raise Wrong("register_or_form")
        if self.register_file is not None and (self.revised or self.of != "records"):
            raise Wrong("register_counted")
        return self


class StatedCountsCheck(CheckModel):
    """The counts that a sentence states: each ``(…)`` of ``pattern`` holds one, as ``counts`` lists them.

    The pattern is looked for in the text folded as a name (one width, no white space); its groups may hold more than
    the figure (9施策).
    """

    code: Literal["CNT001"]
    text: Slot
    where: dict[Slot, str] = {}
    pattern: str
    counts: list[Counted]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:

        if compiled(self.pattern).groups != len(self.counts):
            raise Wrong("group_each_count")
        return self

    def files(self) -> list[str]:
        return [counted.register_file for counted in self.counts if counted.register_file]

    def forms(self) -> list[str]:
        return [counted.form for counted in self.counts if counted.form]
