"""Wrong shapes of a return, as edits of the model: what is missing, too much, reworded, hidden, or beside the table."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from .model import OwnColumn, Owner, Record, Return, Value


@dataclass(frozen=True)
class Remove:
    """A record that is not there."""

    form: str
    record: str
    owner: Owner | None = None

    @property
    def about(self) -> Owner:
        return Owner(self.form, self.record, "number")

    def apply(self, answer: Return) -> None:
        form = answer.forms[self.form]
        form.records.remove(form.record(self.record))


@dataclass(frozen=True)
class RemoveForm:
    """A form that was left out of the workbook."""

    form: str
    owner: Owner | None = None

    @property
    def about(self) -> Owner:
        return Owner(self.form, "", "")

    def apply(self, answer: Return) -> None:
        del answer.forms[self.form]


@dataclass(frozen=True)
class Insert:
    """A record too many: a copy of `like` (of this return, or of `source`) with other fields, at the end
    or after `after`."""

    form: str
    like: str
    key: str
    fields: dict[str, Value] = field(default_factory=dict)
    source: Return | None = None
    after: str = ""
    wrong: str = "number"

    @property
    def owner(self) -> Owner:
        return Owner(self.form, self.key, self.wrong)

    about = owner

    def apply(self, answer: Return) -> None:
        form = answer.forms[self.form]
        source = self.source.forms[self.form] if self.source else form
        like = source.record(self.like)
        record = Record(self.key, like.group, copy.deepcopy(like.fields) | self.fields)
        at = form.records.index(form.record(self.after)) + 1 if self.after else len(form.records)
        form.records.insert(at, record)


@dataclass(frozen=True)
class DropRow:
    """A record without the row of one version; the row above shows where it belongs."""

    form: str
    record: str
    version: str
    above: str

    @property
    def owner(self) -> Owner:
        return Owner(self.form, self.record, f"{self.above}.version")

    about = owner

    def apply(self, answer: Return) -> None:
        answer.forms[self.form].record(self.record).omitted.add(self.version)


@dataclass(frozen=True)
class Reword:
    """A header in the department's own words."""

    form: str
    label: str
    to: str

    @property
    def owner(self) -> Owner:
        return Owner(self.form, "header", self.label)

    about = owner

    def apply(self, answer: Return) -> None:
        answer.forms[self.form].reworded[self.label] = self.to


@dataclass(frozen=True)
class RemoveColumn:
    """A column of the form that was deleted."""

    form: str
    label: str
    owner: Owner | None = None

    @property
    def about(self) -> Owner:
        return Owner(self.form, "header", self.label)

    def apply(self, answer: Return) -> None:
        answer.forms[self.form].absent.add(self.label)


@dataclass(frozen=True)
class AddColumn:
    """A column of the department's own with values in it."""

    form: str
    label: str
    values: dict[str, Value]

    @property
    def owner(self) -> Owner:
        return Owner(self.form, "header", self.label)

    about = owner

    def apply(self, answer: Return) -> None:
        answer.forms[self.form].own_columns.append(OwnColumn(self.label, dict(self.values)))


@dataclass(frozen=True)
class Hide:
    """The row of a record, or (`column`) a whole column, is hidden; `seen` is the field the finding can stand on."""

    form: str
    record: str
    seen: str
    column: str = ""

    @property
    def owner(self) -> Owner:
        return Owner(self.form, self.record, self.seen)

    about = owner

    def apply(self, answer: Return) -> None:
        form = answer.forms[self.form]
        if self.column:
            form.hidden_columns.add(self.column)
        else:
            form.record(self.record).hidden = True


@dataclass(frozen=True)
class Stray:
    """Values outside the table: a row under it (from its first column on), or cells beside it."""

    form: str
    below: tuple[Value, ...] = ()
    beside: tuple[Value, ...] = ()
    at: str = "1"

    @property
    def owner(self) -> Owner:
        return Owner(self.form, "below/0" if self.below else "beside", self.at)

    about = owner

    def apply(self, answer: Return) -> None:
        form = answer.forms[self.form]
        if self.below:
            form.below.append(list(self.below))
        form.beside.extend(self.beside)
