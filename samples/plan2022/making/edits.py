"""Wrong values that only 様式3 and the totals can have."""

from __future__ import annotations

from dataclasses import dataclass

from making.model import Formula, Owner, Return, Value

from .totals import amount


@dataclass(frozen=True)
class Unstored:
    """A total as a formula whose result was never stored (written by a program, never opened in Excel)."""

    form: str
    record: str
    field: str
    parts: tuple[tuple[str, str], ...]  # record, field

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
        programme = form.record(self.record).group
        within = [record for record in form.records if record.group == programme]
        for level, records in ((f"小計/{programme}", within), ("合計", form.records)):
            total = sum(amount(record.fields[self.slot]) for record in records)
            form.typed_totals.setdefault((level, self.slot), total)
        form.record(self.record).fields[self.slot] = self.value


@dataclass(frozen=True)
class Rename:
    """A programme under another name, on every row."""

    programme: str
    name: str
    first: str  # key of its first budget project

    @property
    def owner(self) -> Owner:
        return Owner("budget", self.first, "programme_name")

    about = owner

    def apply(self, answer: Return) -> None:
        form = answer.forms["budget"]
        form.groups[self.programme] = self.name
        for record in form.records:
            if record.group == self.programme:
                record.fields["programme_name"] = self.name
