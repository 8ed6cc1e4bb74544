"""The cases of a rule: a return that fails it, the corrected one that passes, and one that cannot be judged.

One YAML file a code in ``cases/``, read when the code is explained. What is drawn there is what is run: a test writes
each case as workbooks, sends them through the whole way, and holds the outcome against the file. A case is drawn on
the forms of a small pack made for practice; ``declares`` is what the pack says beside them for the rule to hold.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from reconcile.catalogue.model import Text

FOLDER = "cases"
Outcome = Literal["fail", "pass", "unjudged"]
OUTCOMES: tuple[Outcome, ...] = ("fail", "pass", "unjudged")


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class DrawnReturn(Part):
    """One workbook. ``sheets`` holds sheets drawn as text: a line a row from row 1, cells between ``|``.

    A cell of digits is a number, ``=C2+D2 → 5`` a formula with its stored result, ``=C2+D2`` one without, ``\\n`` a
    line break. The cover need not be drawn; ``cover`` puts other words in its cells. ``made`` is what was done to the
    file afterwards; ``list``: it is a list of findings, without a cover.
    """

    department: str = "防災課"
    file: str = ""
    cover: dict[str, str] = {}
    sheets: dict[str, str] = {}
    hidden: list[str] = []  # sheets, rows and columns: 様式1, 様式1!2, 様式1!C
    made: Literal["", "cut", "locked", "ods", "macros", "large", "list"] = ""

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.file or f"{self.department}.xlsx"


class Case(Part):
    """Returns and what comes of them.

    ``sheet`` is short for one return of one sheet, that of the first form. ``at`` are the cells (``E2``, ``様式2!E2``
    where it is not the first form's) the findings name, empty where no cell is meant; ``why`` is why it could not be
    judged (a key of ``why.yaml``), where the rule itself says so. ``with_it`` are codes that are found as well.
    """

    note: Text | None = None
    sheet: str = ""
    returns: list[DrawnReturn] = []
    earlier: list[DrawnReturn] = []
    at: list[str] = []
    why: str = ""
    allowed: bool = True  # whether the pack's own code is run
    with_it: list[str] = Field(default=[], alias="with")

    @model_validator(mode="after")
    def _is_drawn(self) -> Self:
        if bool(self.sheet) == bool(self.returns):
            raise ValueError("give either sheet or returns")
        return self


class Cases(Part):
    """The cases of one code. ``forms`` are those of the practice pack; ``declares`` is put into them, form by form;
    ``files`` are lists and registers; ``pack`` is put into pack.yaml. ``sheet`` is the sheet of the first form."""

    code: str
    forms: list[str] = Field(min_length=1)
    sheet: str
    declares: dict[str, dict[str, Any]] = {}
    files: dict[str, str] = {}
    pack: dict[str, Any] = {}
    fail: Case
    passes: Case = Field(alias="pass")
    unjudged: Case

    def case(self, outcome: Outcome) -> Case:
        """The case with that outcome."""
        return {"fail": self.fail, "pass": self.passes, "unjudged": self.unjudged}[outcome]


@cache
def cases(code: str) -> Cases:
    """The cases of a code of the catalogue."""
    from reconcile.catalogue import tree

    return Cases.model_validate(tree(f"{FOLDER}/{code}"))


def cells(drawing: str) -> list[list[str]]:
    """The rows of a drawn sheet; every row has as many cells as the longest."""
    rows = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]
