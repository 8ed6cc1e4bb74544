"""Wrong values in a return, as edits of the model. Each knows the cell where the wrong thing then stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .model import Owner, Return, Value


class Edit(Protocol):
    """`owner` is None where the fault is that something is absent; `about` names form, record, field all the same."""

    @property
    def owner(self) -> Owner | None: ...
    @property
    def about(self) -> Owner: ...
    def apply(self, answer: Return) -> None: ...


@dataclass(frozen=True)
class Put:
    """Other values in a record; the first field is the wrong one, the others go with it."""

    form: str
    record: str
    fields: dict[str, Value]

    @property
    def owner(self) -> Owner:
        return Owner(self.form, self.record, next(iter(self.fields)))

    about = owner

    def apply(self, answer: Return) -> None:
        record = answer.forms[self.form].record(self.record)
        unknown = self.fields.keys() - record.fields.keys()
        if unknown:
            raise KeyError(f"{self.form} {self.record}: {unknown}")
        record.fields |= self.fields


@dataclass(frozen=True)
class PutCover:
    """Another value on the cover."""

    label: str
    value: Value

    @property
    def owner(self) -> Owner:
        return Owner("cover", "", self.label)

    about = owner

    def apply(self, answer: Return) -> None:
        answer.cover[self.label] = self.value


@dataclass(frozen=True)
class Fault:
    """One planted fault: who makes it, what it is, the code or codes (joined by "|") that may report it.

    `needs`: the layout field without which the fault has no cell. `also`: edits that go with it, made first.
    """

    department: str
    edit: Edit
    code: str
    fault: str
    note: str
    needs: str = ""
    also: tuple[Edit, ...] = ()
