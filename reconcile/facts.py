"""The columnar store of what the returns say: one row a value, with its state, unit, raw text and cell.

Every later stage works on these columns. A :class:`FormTable` is the same values seen as records × slots:
arrays of positions into the store, so that a whole form of a thousand returns is judged at once and each
result still knows its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from reconcile.as_shown import AsShown
from reconcile.coded import Coded, Codes, Mask, Strings, fitting, in_order_of_appearance, places_of_each
from reconcile.fact_columns import CODED, FACT_FIELDS, FactColumns, FactPart
from reconcile.fact_lines import in_lines
from reconcile.figures import EXACT, Scaled, Whole
from reconcile.findings import CellRef, column_letters

__all__ = [
    "EXACT",
    "FACT_FIELDS",
    "FactColumns",
    "Facts",
    "FormTable",
    "Mask",
    "Positions",
    "Strings",
    "collect",
    "distinct",
]

#: The texts that facts are told with: see :meth:`Facts.coded`.
TEXTS = ("department", "file", *CODED)
STATES = ("number", "text", "milestone", "nil", "pending", "blank", "error")
NUMBER, TEXT, MILESTONE, NIL, PENDING, BLANK, ERROR = range(len(STATES))
ABSENT = -1
_AT_ONCE = 1 << 18  # values that are summed at once
_HALF = 26  # bits of a number: of so many values neither the sum of these nor of what stands above them reaches 2**53
_LOWER = (1 << _HALF) - 1
_COLUMN_BITS = 15  # a sheet has 2**14 columns
_COLUMNS = (1 << _COLUMN_BITS) - 1

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Facts:
    """All values of all returns. Arrays have one entry a value; ``number`` is value × 10**decimals, exact.

    ``number`` is int64, or Python integers (dtype object) where int64 would overflow; 0 where there is no
    number. ``entry`` is unique over all returns. The texts of :data:`TEXTS` are kept as numbers into their distinct
    texts (:meth:`coded`, to compare and group by). ``facts.slot[position]`` and the like are a text, or of several
    positions an array of texts; ``facts.value[position]`` is a figure (Decimal): they are made when they are asked for.
    """

    texts: Mapping[str, Coded]
    row: npt.NDArray[np.int32]
    column: npt.NDArray[np.int16]
    entry: npt.NDArray[np.int32]
    state: npt.NDArray[np.int8]
    stored: Mask
    raw: AsShown[Scaled]
    figures: Scaled

    def coded(self, name: str) -> Coded:
        """One of the columns of :data:`TEXTS` as numbers: ``facts.coded("level").says("record")``."""
        return self.texts[name]

    @property
    def department(self) -> Coded:
        return self.texts["department"]

    @property
    def file(self) -> Coded:
        return self.texts["file"]

    @property
    def sheet(self) -> Coded:
        return self.texts["sheet"]

    @property
    def form(self) -> Coded:
        return self.texts["form"]

    @property
    def record(self) -> Coded:
        return self.texts["record"]

    @property
    def level(self) -> Coded:
        return self.texts["level"]

    @property
    def group(self) -> Coded:
        return self.texts["group"]

    @property
    def slot(self) -> Coded:
        return self.texts["slot"]

    @property
    def component(self) -> Coded:
        return self.texts["component"]

    @property
    def unit(self) -> Coded:
        return self.texts["unit"]

    @property
    def note(self) -> Coded:
        return self.texts["note"]

    @property
    def problem(self) -> Coded:
        return self.texts["problem"]

    @property
    def value(self) -> Scaled:
        return self.figures

    @property
    def number(self) -> Whole:
        """The figures × 10**``decimals``; 0 where there is none."""
        return self.figures.number

    @property
    def decimals(self) -> int:
        return self.figures.decimals

    def figure(self, position: int) -> Decimal | None:
        """What a value is as a number, with the places it was written with."""
        return self.figures.value(position)

    def __len__(self) -> int:
        return len(self.row)

    def ref(self, position: int) -> CellRef:
        """The cell a value stands in."""
        file, sheet = self.coded("file").text(position), self.coded("sheet").text(position)
        return CellRef(file, sheet, int(self.row[position]), int(self.column[position]))

    def decimal(self, number: int) -> Decimal:
        """A scaled integer as the figure it stands for."""
        return EXACT.scaleb(Decimal(int(number)), Decimal(-self.decimals))

    def cells(self, positions: Positions) -> Coded:
        """The cells of values in A1 notation, empty where no cell is meant."""
        rows, columns = self.row[positions].astype(np.int64), self.column[positions]
        meant = (rows != 0) & (columns != 0)
        # Many returns of one template: the same cells again and again.
        found, codes = np.unique(np.where(meant, rows << _COLUMN_BITS | columns, 0), return_inverse=True)
        return Coded(codes.astype(np.int32), self._named(found.tobytes()))

    @cached_property
    def _named(self) -> Callable[[bytes], tuple[str, ...]]:
        """The names of cells; one sheet of the master names the same ones as the next."""
        return lru_cache(maxsize=2)(_names_of_cells)

    def places(self, positions: Positions) -> Positions:
        """How many digits after the point figures are written with."""
        return self.figures.take(positions).places()

    def parts(self, position: int) -> tuple[str, str, str]:
        """Field, version and period of a value."""
        name, _, rest = self.coded("slot").text(position).partition(".")
        version, _, period = rest.partition(".")
        return name, version, period

    def cell_numbers(self, positions: Positions) -> Positions:
        """For each of some values a number that stands for the cell it is read from: several values may be."""
        file, sheet = self.coded("file").take(positions), self.coded("sheet").take(positions)
        sheets = file.codes.astype(np.int64) * max(len(sheet.values), 1) + sheet.codes
        # Values of a sheet come one after the other, if not all of them at once.
        begins = np.flatnonzero(np.diff(sheets, prepend=-1))
        _, number = np.unique(sheets[begins], return_inverse=True)
        numbers: Positions = np.repeat(number, np.diff(np.append(begins, len(sheets))))
        # A sheet has 2**20 rows and 2**14 columns.
        return numbers * (1 << 36) + self.row[positions].astype(np.int64) * (1 << 15) + self.column[positions]

    @property
    def measure(self) -> Codes:
        """For each value the number of its form and slot, in :attr:`measures`."""
        return self._measures[0]

    @property
    def measures(self) -> tuple[tuple[str, str], ...]:
        """Form and slot of all values, in order of first appearance."""
        return self._measures[1]

    @cached_property
    def _measures(self) -> tuple[Codes, tuple[tuple[str, str], ...]]:
        form, slot = self.coded("form"), self.coded("slot")
        many = max(len(slot.values), 1)
        pair = form.codes.astype(np.int64) * many + slot.codes
        found = in_order_of_appearance(pair, len(form.values) * many)
        places = np.empty(len(form.values) * many, dtype=fitting(len(found)))
        places[found] = np.arange(len(found))
        return places[pair], tuple((form.values[one // many], slot.values[one % many]) for one in found.tolist())

    def sums(self, chosen: Mask) -> Strings | npt.NDArray[np.int64]:
        """The exact sum of the chosen figures of each of the :attr:`measures`, scaled as ``number`` is."""
        size = len(self.measures)
        if self.number.dtype == object:
            found: Strings = np.zeros(size, dtype=object)
            np.add.at(found, self.measure[chosen], self.number[chosen])
            return found
        sums = np.zeros(size, dtype=np.int64)
        for begin in range(0, len(self), _AT_ONCE):
            part = slice(begin, begin + _AT_ONCE)
            measure, number = self.measure[part][chosen[part]], self.number[part][chosen[part]]
            # The halves of the numbers are summed as floats, which hold each of these sums exactly.
            halves = number & _LOWER, number >> _HALF
            lower, upper = (np.bincount(measure, half, size).astype(np.int64) for half in halves)
            sums += (upper << _HALF) + lower
        return sums

    @cached_property
    def tables(self) -> dict[str, FormTable]:
        """One table a form, in order of first appearance."""
        return {form: FormTable.of(self, form) for form in self.coded("form").present}


def collect(returns: Iterable[tuple[str, str, FactColumns]]) -> Facts:
    """Facts of all returns, given as (department, file, columns), in the order given."""
    given = list(returns)
    whole = FactPart.joined([part for _, _, columns in given for part in columns.parts])
    sizes = [len(columns) for _, _, columns in given]
    before = np.cumsum([0, *(columns.entries for _, _, columns in given)], dtype=np.int32)[:-1]
    numbers, figures = whole.numbers, whole.figures.scaled()
    return Facts(
        texts={
            "department": Coded.of([name for name, _, _ in given]).narrow().repeated(sizes),
            "file": Coded.of([path for _, path, _ in given]).narrow().repeated(sizes),
            **{name: column.narrow() for name, column in whole.texts.items()},
        },
        row=numbers["row"],
        column=numbers["column"].astype(np.int16, copy=False),
        entry=numbers["entry"].astype(np.int32, copy=False) + np.repeat(before, sizes),
        state=numbers["state"],
        stored=numbers["stored"],
        raw=AsShown(whole.raw.codes, whole.raw.values, figures),
        figures=figures,
    )


def _names_of_cells(cells: bytes) -> tuple[str, ...]:
    """Cells in A1 notation, each given as the number of its row and column in eight bytes."""
    found = np.frombuffer(cells, dtype=np.int64)
    letters = {number: column_letters(number) for number in np.unique(found & _COLUMNS).tolist() if number}
    pairs = zip((found >> _COLUMN_BITS).tolist(), (found & _COLUMNS).tolist(), strict=True)
    return tuple(f"{letters[column]}{row}" if row else "" for row, column in pairs)


def distinct(positions: Positions) -> Positions:
    """Each of some positions once, rising; those of a column without components are so already."""
    return positions if np.all(positions[1:] > positions[:-1]) else np.unique(positions)


@dataclass(frozen=True)
class FormTable:
    """One form as records × slots.

    The arrays ``department`` … ``component`` have one entry a row, that is a record and component; ``index``
    gives for each slot the position of its value in the facts in four bytes, -1 where there is none. ``heads`` and
    ``owns`` are positions, too: of the first value of the record, and of the row.
    A value that a record states once (a name, a ― for all components) serves each of its components.
    """

    form: str
    facts: Facts
    entry: npt.NDArray[np.int32]
    heads: Positions
    owns: Positions
    index: dict[str, npt.NDArray[np.int32]]
    _states: dict[str, npt.NDArray[np.int8]] = field(default_factory=dict, repr=False)

    def coded(self, name: str) -> Coded:
        """A text of the rows as numbers, the same ones that :meth:`Facts.coded` has."""
        return self.facts.coded(name).take(self.owns if name == "component" else self.heads)

    @cached_property
    def department(self) -> Strings:
        return self.coded("department").texts

    @cached_property
    def file(self) -> Strings:
        return self.coded("file").texts

    @cached_property
    def sheet(self) -> Strings:
        return self.coded("sheet").texts

    @cached_property
    def record(self) -> Strings:
        return self.coded("record").texts

    @cached_property
    def level(self) -> Strings:
        return self.coded("level").texts

    @cached_property
    def group(self) -> Strings:
        return self.coded("group").texts

    @cached_property
    def component(self) -> Strings:
        return self.coded("component").texts

    def __len__(self) -> int:
        return len(self.entry)

    def at(self, slot: str) -> Positions:
        """Positions of a slot, one a row; all absent when no return has it."""
        found = self.index.get(slot)
        return np.full(len(self), ABSENT, dtype=np.int64) if found is None else found.astype(np.int64)

    def has_cell(self, slot: str) -> Mask:
        """Whether the record has a value of the slot, be it of another component."""
        return np.isin(self.entry, self.entry[self.at(slot) != ABSENT])

    def once(self, lines: Positions, *values: Positions) -> Positions:
        """Of some rows the first of those that have the same values: what a record states once serves each of its
        components, and is compared once."""
        if not self.divided:
            return lines
        _, first = np.unique(np.stack([each[lines] for each in values]), axis=1, return_index=True)
        return lines[np.sort(first)]

    @cached_property
    def divided(self) -> bool:
        """Whether records state values for components of theirs."""
        return not bool(self.coded("component").says("").all())

    def state(self, slot: str) -> npt.NDArray[np.int8]:
        """States of a slot, one a row; -1 where the value is absent."""
        found = self._states.get(slot)
        if found is None:
            positions = self.at(slot)
            found = np.full(len(positions), ABSENT, dtype=np.int8)
            if len(self.facts):
                np.copyto(found, self.facts.state[positions], where=positions != ABSENT)
            found.flags.writeable = False
            self._states[slot] = found
        return found

    def text(self, slot: str) -> Strings:
        """Raw texts of a slot, one a row; empty where absent, blank or ― (nil)."""
        positions, state = self.at(slot), self.state(slot)
        usable = (state != ABSENT) & (state != BLANK) & (state != NIL) & (state != ERROR)
        texts = np.full(len(positions), "", dtype=object)
        texts[usable] = self.facts.raw[positions[usable]]
        return texts

    def is_level(self, name: str) -> Mask:
        """Which rows are of a level (record, subtotal, total)."""
        return self.coded("level").says(name)

    def take(self, rows: Mask) -> FormTable:
        """The table of some of its rows."""
        return FormTable(
            self.form,
            self.facts,
            self.entry[rows],
            self.heads[rows],
            self.owns[rows],
            {slot: positions[rows] for slot, positions in self.index.items()},
        )

    @classmethod
    def of(cls, facts: Facts, form: str) -> FormTable:
        chosen = np.flatnonzero(facts.coded("form").says(form))
        entry, component = facts.entry[chosen], facts.coded("component").take(chosen)
        lines, cells, firsts, owns = in_lines(entry, component)
        slots = facts.coded("slot").take(chosen)
        values, at_slot = chosen[cells], places_of_each(slots.codes[cells], len(slots.values))
        index: dict[str, npt.NDArray[np.int32]] = {}
        for slot in slots.present:
            own = at_slot[slots.code(slot)]
            index[slot] = np.full(len(firsts), ABSENT, dtype=np.int32)
            index[slot][lines[own]] = values[own]
        return cls(form, facts, entry[firsts], chosen[firsts], chosen[owns], index)
