"""Wrong values in a return, as edits of the model. Each knows the cell where the wrong thing then stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .model import FormName, Formula, Owner, Return, Value
from .totals import amount


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

    form: FormName
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
class Unstored:
    """A total as a formula whose result was never stored (written by a program, never opened in Excel)."""

    form: FormName
    record: str
    field: str
    parts: tuple[tuple[str, str], ...]     # record, field

    @property
    def owner(self) -> Owner:
        return Owner(self.form, self.record, self.field)

    about = owner

    def apply(self, answer: Return) -> None:
        form = answer.forms[self.form]
        formula = Formula(None, tuple(Owner(self.form, record, name) for record, name in self.parts))
        if self.record.startswith(("小計", "合計")):
            form.typed_totals[self.record, self.field] = formula
        else:
            form.record(self.record).fields[self.field] = formula


@dataclass(frozen=True)
class TypeTotal:
    """A 小計 or 合計 typed by hand."""

    level: str
    slot: str
    value: Value

    @property
    def owner(self) -> Owner:
        return Owner("budget", self.level, self.slot)

    about = owner

    def apply(self, answer: Return) -> None:
        answer.forms["budget"].typed_totals[self.level, self.slot] = self.value


@dataclass(frozen=True)
class PutAmount:
    """Another amount in 様式3 whose 小計 and 合計 were typed before and did not follow."""

    record: str
    slot: str
    value: Value

    @property
    def owner(self) -> Owner:
        return Owner("budget", self.record, self.slot)

    about = owner

    def apply(self, answer: Return) -> None:
        form = answer.forms["budget"]
        programme = form.record(self.record).programme
        within = [record for record in form.records if record.programme == programme]
        for level, records in ((f"小計/{programme}", within), ("合計", form.records)):
            total = sum(amount(record.fields[self.slot]) for record in records)
            form.typed_totals.setdefault((level, self.slot), total)
        form.record(self.record).fields[self.slot] = self.value


@dataclass(frozen=True)
class Rename:
    """A programme under another name, on every row."""

    programme: int
    name: str
    first: str      # key of its first budget project

    @property
    def owner(self) -> Owner:
        return Owner("budget", self.first, "programme_name")

    about = owner

    def apply(self, answer: Return) -> None:
        form = answer.forms["budget"]
        form.programmes[self.programme] = self.name
        for record in form.records:
            if record.programme == self.programme:
                record.fields["programme_name"] = self.name


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
