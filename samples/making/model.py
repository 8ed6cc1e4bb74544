"""What one department answers, before anybody decides how it looks on a sheet."""

from __future__ import annotations

import copy
import datetime
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Owner:
    """Names one cell by its meaning: the form, the record (or `header`, `合計` …) and the field."""

    form: str
    record: str
    field: str


@dataclass(frozen=True)
class Formula:
    """The sum of the cells of `parts`, or the formula `text` over them; `stored` None: no result in the file."""

    stored: int | Decimal | str | None
    parts: tuple[Owner, ...] = ()
    text: str = ""


Value = str | int | Decimal | datetime.date | Formula | None


@dataclass
class Record:
    """`key` is unique in the form (`1-1①`, `1/01-001`); `fields` hold the printed text, amounts of money as int.

    `group`: key of what heads the record in print (a programme, a goal).
    """

    key: str
    group: str
    fields: dict[str, Value]
    omitted: set[str] = field(default_factory=set)  # versions whose row is missing
    hidden: bool = False


@dataclass
class OwnColumn:
    """A column the department added: its header, and values by record key."""

    label: str
    values: dict[str, Value] = field(default_factory=dict)


@dataclass
class Form:
    """One form of a return; `groups`: key → printed name. Totals not typed over are the sums of the records."""

    name: str
    records: list[Record]
    groups: dict[str, str]
    typed_totals: dict[tuple[str, str], Value] = field(default_factory=dict)  # ("小計/1" | "合計", slot)
    reworded: dict[str, str] = field(default_factory=dict)  # label → what stands instead
    absent: set[str] = field(default_factory=set)  # labels of columns left out
    hidden_columns: set[str] = field(default_factory=set)
    own_columns: list[OwnColumn] = field(default_factory=list)
    below: list[list[Value]] = field(default_factory=list)  # rows under the table
    beside: list[Value] = field(default_factory=list)  # right of the table, no header

    def record(self, key: str) -> Record:
        """The record of that key; KeyError where there is none."""
        for record in self.records:
            if record.key == key:
                return record
        raise KeyError(f"{self.name}: {key}")


@dataclass
class Return:
    """One department's workbook: the values of the cover, in printed order of labels, and the forms."""

    number: int
    department: str
    cover: dict[str, Value]
    forms: dict[str, Form]

    @property
    def stem(self) -> str:
        """The file name without its ending."""
        return f"{self.number:02d}_{self.department}"

    def copy(self) -> Return:
        """A copy that shares nothing."""
        return copy.deepcopy(self)
