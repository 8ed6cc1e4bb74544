"""What a form's register expects, and the keys the records were given."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from reconcile.facts import ABSENT, Facts, FormTable, Mask, Positions, Strings
from reconcile.normalise import fold_key, fold_name
from reconcile.packs.model import Form, Pack, RegisterLink, departments_in

_BRANCH = re.compile("[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]+$")


@dataclass(frozen=True)
class Register:
    """A form's register: folded key → row, in the register's order."""

    link: RegisterLink
    rows: Mapping[str, Mapping[str, str]]

    def department(self, key: str) -> str:
        """The department that owes the record, the first of several; empty for an unknown key."""
        return next(iter(self.departments(key)), "")

    def departments(self, key: str) -> tuple[str, ...]:
        """Every department that answers the record; none for an unknown key."""
        return departments_in(self.rows[key][self.link.department]) if key in self.rows else ()

    def expected_of(self, department: str) -> Sequence[str]:
        """The keys a department owes, in the register's order."""
        return [*self._owed.get(department, ())]

    def owes(self, department: str, key: str) -> bool:
        """Whether a department answers a record."""
        return key in self._owed.get(department, ())

    def knows(self, keys: Iterable[str]) -> Mask:
        """Which keys it has."""
        return np.array([key in self.rows for key in keys], dtype=bool)

    @cached_property
    def _owed(self) -> Mapping[str, Mapping[str, None]]:
        """Department → the keys it owes, in order."""
        owed: dict[str, dict[str, None]] = {}
        for key in self.rows:
            for department in self.departments(key):
                owed.setdefault(department, {})[key] = None
        return owed

    def name_columns(self) -> list[tuple[str, str]]:
        """(register column, field) of each name that is compared."""
        return list(self.link.names.items())

    def written(self, key: str) -> str:
        """A key as the register writes it; empty for an unknown one."""
        return " ".join(self.rows[key][self.link.key].split()) if key in self.rows else ""

    def most_alike(self, names: Mapping[str, str], keys: Collection[str], least: float) -> str:
        """Of some keys the one most of whose names (column → name) are those given, then the one that is most like
        them, the first of several; empty where no name is alike by at least so much (0 to 1, as
        :func:`reconcile.normalise.similarity` has it)."""
        from rapidfuzz import fuzz, process

        found: dict[str, tuple[int, float]] = {}
        for column, name in names.items():
            folded = self._folded[column]
            named = folded if keys is self.rows else {key: folded[key] for key in keys}
            alike = process.extract(fold_name(name), named, scorer=fuzz.ratio, score_cutoff=100 * least, limit=None)
            for _, score, key in alike if name else ():
                count, total = found.get(key, (0, 0.0))
                found[key] = count + 1, total + score
        most = max(found.values(), default=None)
        return next((key for key in keys if found.get(key) == most), "") if most else ""

    @cached_property
    def _folded(self) -> Mapping[str, Mapping[str, str]]:
        """Column → key → its name as names are compared."""
        return {
            column: {key: fold_name(row[column]) for key, row in self.rows.items()} for column, _ in self.name_columns()
        }

    def name(self, key: str) -> str:
        """What the register calls a record; empty where it has no names, or does not know the key."""
        columns = self.name_columns()
        return self.rows[key][columns[0][0]] if columns and key in self.rows else ""

    def gives(self, key: str, field: str, text: str) -> bool:
        """Whether a text is what the register itself says in a field of a record: the office's word, and not that of
        the department which hands it back."""
        row = self.rows.get(key, {})
        return any(
            fold_name(row.get(column, "")) == fold_name(text) for column, own in self.name_columns() if own == field
        )


def register_of(pack: Pack, form: Form) -> Register | None:
    """The register of a form; None where the pack has none for it."""
    return _registers(pack).get(form.form)


@lru_cache(maxsize=4)
def _registers(pack: Pack) -> Mapping[str, Register]:
    """The register of each form that has one, made once for all rules."""
    registers: dict[str, Register] = {}
    for name, form in pack.forms.items():
        table, link = pack.register_of(form), form.register_link
        if table is not None and link is not None:
            rows = {fold_key(row[link.key]): row for row in table.rows if row[link.key].strip()}
            registers[name] = Register(link, rows)
    return registers


def without_branch(key: str) -> str:
    """``1-1①`` → ``1-1``: the project a numbered branch belongs to."""
    return _BRANCH.sub("", key)


def group_of(part: str) -> str:
    """``1-12`` → ``1``: what a numbered key belongs to."""
    return part.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """The records of a form as a register sees them: one entry a record (a record of several components once).

    ``line`` is the record's first row in the table; ``key`` its folded key, empty where it has none;
    ``cell`` the position of the key's cell.
    """

    line: Positions
    key: Strings
    cell: Positions


def record_lines(table: FormTable) -> Positions:
    """The first row of each record; totals left out."""
    lines = np.flatnonzero(table.is_level("record"))
    entries = table.entry[lines]
    first = np.ones(len(lines), dtype=bool)
    # The rows of one record stand together.
    first[1:] = entries[1:] != entries[:-1]
    return lines[first]


def records_asked(table: FormTable, form: Form) -> Asked:
    """The records with the key their register compares: one field of theirs, or the record's whole key."""
    lines = record_lines(table)
    field = form.register_link.field if form.register_link else None
    slot = field or form.key[-1]
    texts = table.text(slot)[lines] if field else table.record[lines]
    keys = np.empty(len(lines), dtype=object)
    keys[:] = [fold_key(str(text)) for text in texts]
    return Asked(lines, keys, cells_of(table, slot)[lines])


def cells_of(table: FormTable, slot: str) -> Positions:
    """Positions of a slot, and of the row's first value where the slot has none."""
    cells = table.at(slot).copy()
    for positions in table.index.values():
        lost = cells == ABSENT
        if not lost.any():
            break
        cells[lost] = positions[lost]
    return cells


def distinct_cells(facts: Facts, positions: Iterable[int]) -> list[int]:
    """One position a cell, in order: a key filled down over several records stands in one cell."""
    found = {facts.ref(int(position)): int(position) for position in reversed(list(positions))}
    return list(reversed(found.values()))


def well_formed(key: str, form: Form) -> bool:
    """Whether a key has the form its field asks for; where not, FLD006 speaks."""
    link = form.register_link
    field = form.fields[link.field] if link and link.field else None
    if field is None:
        # Of a key of several parts the last one is the record's own; the others are told by lists and headings.
        key, field = key.rpartition("/")[2], form.fields[form.key[-1]]
    return field.pattern is None or re.fullmatch(field.pattern, key) is not None
