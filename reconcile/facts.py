"""The columnar store of what the returns say: one row a value, with its state, unit, raw text and cell.

Every later stage works on these columns. A :class:`FormTable` is the same values seen as records × slots:
arrays of positions into the store, so that a whole form of a thousand returns is judged at once and each
result still knows its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Context, Decimal
from functools import cached_property

import numpy as np
import numpy.typing as npt

from reconcile.findings import CellRef, column_letters
from reconcile.packing import Damaged, pack, unpack

STATES = ("number", "text", "milestone", "nil", "pending", "blank", "error")
NUMBER, TEXT, MILESTONE, NIL, PENDING, BLANK, ERROR = range(len(STATES))
ABSENT = -1

# Decimal's own context rounds to 28 digits; figures here are never rounded.
EXACT = Context(prec=100_000)
_ONE = Decimal(1)

Positions = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Strings = npt.NDArray[np.object_]


@dataclass(slots=True)
class FactColumns:
    """The values of one return as parallel lists, in reading order; what a worker process hands back.

    ``entry`` numbers the records of the return; ``level`` is ``record``, ``subtotal`` or ``total``; ``group``
    is what subtotals are made over; ``value`` is a Decimal or None; ``stored`` is True where a formula holds
    the cell and only its stored result is known.
    """

    sheet: list[str] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    form: list[str] = field(default_factory=list)
    entry: list[int] = field(default_factory=list)
    record: list[str] = field(default_factory=list)
    level: list[str] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    slot: list[str] = field(default_factory=list)
    component: list[str] = field(default_factory=list)
    value: list[Decimal | None] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)
    state: list[int] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    problem: list[str] = field(default_factory=list)
    stored: list[bool] = field(default_factory=list)

    def append(self, *values: object) -> None:
        """One value more, its parts in the order of the columns."""
        for name, value in zip(FACT_FIELDS, values, strict=True):
            getattr(self, name).append(value)

    def __len__(self) -> int:
        return len(self.sheet)

    def packed(self) -> bytes:
        """All columns as a few bytes (:mod:`reconcile.packing`)."""
        return pack([(_KINDS.get(name, "text"), getattr(self, name)) for name in FACT_FIELDS])

    @classmethod
    def unpacked(cls, packed: bytes) -> FactColumns:
        """The columns that were packed. Raises :class:`reconcile.packing.Damaged`."""
        columns = unpack(packed)
        if len(columns) != len(FACT_FIELDS) or len({*map(len, columns)}) > 1:
            raise Damaged
        return cls(*columns)

    def __reduce__(self) -> tuple[Callable[[bytes], FactColumns], tuple[bytes]]:
        """Between processes they travel packed: a tenth of the size, and of the time."""
        return FactColumns.unpacked, (self.packed(),)


FACT_FIELDS = tuple(f.name for f in fields(FactColumns))
_KINDS = {"row": "whole", "column": "whole", "entry": "whole", "state": "whole", "stored": "yes", "value": "decimal"}


@dataclass(frozen=True)
class Facts:
    """All values of all returns. Arrays have one entry a value; ``number`` is value × 10**decimals, exact.

    ``number`` is int64, or Python integers (dtype object) where int64 would overflow; 0 where there is no
    number. ``entry`` is unique over all returns.
    """

    department: Strings
    file: Strings
    sheet: Strings
    row: npt.NDArray[np.int32]
    column: npt.NDArray[np.int32]
    form: Strings
    entry: Positions
    record: Strings
    level: Strings
    group: Strings
    slot: Strings
    component: Strings
    value: Strings
    unit: Strings
    state: npt.NDArray[np.int8]
    raw: Strings
    note: Strings
    problem: Strings
    stored: Mask
    number: npt.NDArray[np.int64] | Strings
    decimals: int

    def __len__(self) -> int:
        return len(self.row)

    def ref(self, position: int) -> CellRef:
        """The cell a value stands in."""
        return CellRef(
            str(self.file[position]), str(self.sheet[position]), int(self.row[position]), int(self.column[position])
        )

    def decimal(self, number: int) -> Decimal:
        """A scaled integer as the figure it stands for."""
        return EXACT.scaleb(Decimal(int(number)), Decimal(-self.decimals))

    def cells(self, positions: Positions) -> list[str]:
        """The cells of values in A1 notation, empty where no cell is meant."""
        rows, columns = self.row[positions], self.column[positions]
        letters = {number: column_letters(number) for number in np.unique(columns).tolist()}
        pairs = zip(rows.tolist(), columns.tolist(), strict=True)
        return [f"{letters[column]}{row}" if row and column else "" for row, column in pairs]

    def places(self, positions: Positions) -> Positions:
        """How many digits after the point figures are written with."""
        if not self.decimals:
            return np.zeros(len(positions), dtype=np.int64)
        exponents = (value.as_tuple().exponent for value in self.value[positions])
        return np.array([-e if isinstance(e, int) and e < 0 else 0 for e in exponents], dtype=np.int64)

    def parts(self, position: int) -> tuple[str, str, str]:
        """Field, version and period of a value."""
        name, _, rest = str(self.slot[position]).partition(".")
        version, _, period = rest.partition(".")
        return name, version, period

    @property
    def measure(self) -> Positions:
        """For each value the number of its form and slot, in :attr:`measures`."""
        return self._measures[0]

    @property
    def measures(self) -> tuple[tuple[str, str], ...]:
        """Form and slot of all values, in order of first appearance."""
        return self._measures[1]

    @cached_property
    def _measures(self) -> tuple[Positions, tuple[tuple[str, str], ...]]:
        import pandas as pd

        form, forms = pd.factorize(self.form)
        slot, slots = pd.factorize(self.slot)
        codes, pairs = pd.factorize(form * max(len(slots), 1) + slot)
        names = ((str(forms[pair // len(slots)]), str(slots[pair % len(slots)])) for pair in pairs.tolist())
        return codes.astype(np.int64), tuple(names)

    def sums(self, chosen: Mask) -> Strings | npt.NDArray[np.int64]:
        """The exact sum of the chosen figures of each of the :attr:`measures`, scaled as ``number`` is."""
        found: Strings | npt.NDArray[np.int64] = np.zeros(len(self.measures), dtype=np.int64)
        if self.number.dtype == object:
            found = found.astype(object)
        np.add.at(found, self.measure[chosen], self.number[chosen])
        return found

    @cached_property
    def tables(self) -> dict[str, FormTable]:
        """One table a form, in order of first appearance."""
        return {form: FormTable.of(self, form) for form in dict.fromkeys(self.form)}


def collect(returns: Iterable[tuple[str, str, FactColumns]]) -> Facts:
    """Facts of all returns, given as (department, file, columns), in the order given."""
    columns: dict[str, list[object]] = {name: [] for name in FACT_FIELDS}
    department: list[str] = []
    file: list[str] = []
    offset = 0
    for name, path, part in returns:
        size = len(part)
        department += [name] * size
        file += [path] * size
        for key in FACT_FIELDS:
            if key != "entry":
                columns[key] += getattr(part, key)
        columns["entry"] += [offset + entry for entry in part.entry]
        offset += max(part.entry, default=-1) + 1
    number, decimals = _scaled(columns["value"])
    return Facts(
        department=_strings(department),
        file=_strings(file),
        row=np.array(columns.pop("row"), dtype=np.int32),
        column=np.array(columns.pop("column"), dtype=np.int32),
        entry=np.array(columns.pop("entry"), dtype=np.int64),
        state=np.array(columns.pop("state"), dtype=np.int8),
        stored=np.array(columns.pop("stored"), dtype=bool),
        number=number,
        decimals=decimals,
        **{key: _strings(values) for key, values in columns.items()},
    )


def _strings(values: Sequence[object]) -> Strings:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _scaled(values: Sequence[object]) -> tuple[npt.NDArray[np.int64] | Strings, int]:
    """Figures as integers of one scale; sums of them are exact."""
    fractions = [value for value in values if isinstance(value, Decimal) and not value.same_quantum(_ONE)]
    exponents = [exponent for exponent in (f.as_tuple().exponent for f in fractions) if isinstance(exponent, int)]
    decimals = max(0, -min(exponents, default=0))
    factor, scale = 10**decimals, Decimal(10) ** decimals
    scaled = [
        0
        if not isinstance(value, Decimal)
        else int(value) * factor
        if value.same_quantum(_ONE)
        else int(EXACT.multiply(value, scale))
        for value in values
    ]
    # Sums of up to a million figures still fit when each stays below 2**42.
    if max((abs(n) for n in scaled), default=0) < 2**42:
        return np.array(scaled, dtype=np.int64), decimals
    return _strings(scaled), decimals


@dataclass(frozen=True)
class FormTable:
    """One form as records × slots.

    The arrays ``department`` … ``component`` have one entry a row, that is a record and component; ``index``
    gives for each slot the position of its value in the facts, -1 where there is none.
    A value that a record states once (a name, a ― for all components) serves each of its components.
    """

    form: str
    facts: Facts
    department: Strings
    file: Strings
    sheet: Strings
    entry: Positions
    record: Strings
    level: Strings
    group: Strings
    component: Strings
    index: dict[str, Positions]

    def __len__(self) -> int:
        return len(self.entry)

    def at(self, slot: str) -> Positions:
        """Positions of a slot, one a row; all absent when no return has it."""
        found = self.index.get(slot)
        return found if found is not None else np.full(len(self), ABSENT, dtype=np.int64)

    def has_cell(self, slot: str) -> Mask:
        """Whether the record has a value of the slot, be it of another component."""
        return np.isin(self.entry, self.entry[self.at(slot) != ABSENT])

    def state(self, slot: str) -> npt.NDArray[np.int8]:
        """States of a slot, one a row; -1 where the value is absent."""
        positions = self.at(slot)
        if not len(self.facts):
            return np.full(len(positions), ABSENT, dtype=np.int8)
        return np.where(positions == ABSENT, ABSENT, self.facts.state[positions]).astype(np.int8)

    def text(self, slot: str) -> Strings:
        """Raw texts of a slot, one a row; empty where absent, blank or ― (nil)."""
        positions = self.at(slot)
        usable = ~np.isin(self.state(slot), (ABSENT, BLANK, NIL, ERROR))
        texts = np.full(len(positions), "", dtype=object)
        texts[usable] = self.facts.raw[positions[usable]]
        return texts

    def is_level(self, name: str) -> Mask:
        """Which rows are of a level (record, subtotal, total)."""
        return np.asarray(self.level == name, dtype=bool)

    def take(self, rows: Mask) -> FormTable:
        """The table of some of its rows."""
        columns = ("department", "file", "sheet", "entry", "record", "level", "group", "component")
        return replace(
            self,
            index={slot: positions[rows] for slot, positions in self.index.items()},
            **{name: getattr(self, name)[rows] for name in columns},
        )

    @classmethod
    def of(cls, facts: Facts, form: str) -> FormTable:
        import pandas as pd

        chosen = np.flatnonzero(facts.form == form)
        entry, component = facts.entry[chosen], facts.component[chosen]
        names, called = pd.factorize(component)
        plain = np.asarray(component == "", dtype=bool)
        # A line is a record's component, or a record without any; those of a record in the order they come in.
        pairs, first, pair = np.unique(entry * (len(called) + 1) + names, return_index=True, return_inverse=True)
        owner, own_plain = entry[first], plain[first]
        divided = np.isin(owner, owner[~own_plain])
        kept = np.flatnonzero(~own_plain | ~divided)
        kept = kept[np.lexsort((first[kept], owner[kept]))]
        line_of_pair = np.full(len(pairs), ABSENT, dtype=np.int64)
        line_of_pair[kept] = np.arange(len(kept))
        line, entries = line_of_pair[pair], owner[kept]
        # What a divided record states once serves each of its lines; a component's own value goes over that.
        once = np.flatnonzero(line == ABSENT)
        begin, end = (np.searchsorted(entries, entry[once], side) for side in ("left", "right"))
        times = end - begin
        lines = np.repeat(begin - np.concatenate(([0], np.cumsum(times)[:-1])), times) + np.arange(times.sum())
        own = np.flatnonzero(line != ABSENT)
        lines = np.concatenate((lines, line[own])).astype(np.int64)
        cells = np.concatenate((np.repeat(once, times), own))
        codes, slots = pd.factorize(facts.slot[chosen])
        index: dict[str, Positions] = {}
        for number, slot in enumerate(slots):
            positions = index[str(slot)] = np.full(len(kept), ABSENT, dtype=np.int64)
            mine = codes[cells] == number
            positions[lines[mine]] = chosen[cells[mine]]
        heads, head = np.unique(entry, return_index=True)
        head = chosen[head[np.searchsorted(heads, entries)]]
        return cls(
            form,
            facts,
            facts.department[head],
            facts.file[head],
            facts.sheet[head],
            entries.astype(np.int64),
            facts.record[head],
            facts.level[head],
            facts.group[head],
            component[first[kept]],
            index,
        )
