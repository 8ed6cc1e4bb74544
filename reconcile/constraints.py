"""What a form demands of its values column by column, and the pandera schema that says so.

A constraint is a predicate over the values of a column, bearing the code of the rule catalogue. The schema is made of
the constraints, so that what may fail can be told before pandera is asked which cell did.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reconcile.coded import strings
from reconcile.facts import ABSENT, BLANK, NUMBER, TEXT, FormTable, Mask, Positions, Strings
from reconcile.normalise import fold_key, fold_label, read_date, words_in
from reconcile.packs.model import Form, FormField, Pack

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

STATE_OF = ":state"

Values = npt.NDArray[np.float64] | Strings


@dataclass(frozen=True, slots=True)
class Constraint:
    """What holds of each value of a column: one bool a value, figures as float64, texts as objects."""

    code: str
    holds: Callable[[Values], Mask]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a form's records: ``positions`` in the facts, one a record; which of them hold a value that can be
    judged (``known``), and those ``values``, in the same order.

    ``name`` is a slot, or a slot with ``:state``, whose values are whether something stands there at all.
    """

    name: str
    numeric: bool
    positions: Positions
    known: Mask
    values: Values
    constraints: tuple[Constraint, ...]

    @property
    def slot(self) -> str:
        return self.name.removesuffix(STATE_OF)

    def holds(self) -> bool:
        """Whether every value meets every constraint."""
        return all(bool(np.all(constraint.holds(self.values))) for constraint in self.constraints)

    def series(self) -> pd.Series:
        """The column as pandas has it; NA where nothing can be judged."""
        import pandas as pd

        if self.numeric:
            figures = np.zeros(len(self.known))
            figures[self.known] = self.values
            return pd.Series(pd.array(figures, dtype="Float64")).mask(~self.known)
        found = np.full(len(self.known), None, dtype=object)
        found[self.known] = self.values
        return pd.Series(found, dtype="string")


def columns_of(pack: Pack, form: Form, table: FormTable, records: Positions) -> list[Column]:
    """The columns of a form's records, typed: keys folded, texts as typed, figures as numbers."""
    made: list[Column] = []
    required = form.required_slots()
    for slot in form.slots():
        spec = form.fields[slot.partition(".")[0]]
        positions, state = table.at(slot)[records], table.state(slot)[records]
        known = state == (NUMBER if spec.numeric else TEXT)
        there = positions[known]
        values: Values
        if spec.numeric:
            values = table.facts.number[there].astype(float) / 10**table.facts.decimals
        else:
            values = table.facts.raw[there]
            if spec.type == "key":
                values = strings([fold_key(text) for text in values.tolist()])
        made.append(Column(slot, spec.numeric, positions, known, values, tuple(_constraints(pack, spec))))
        if slot in required:
            present = state != ABSENT
            blank = np.where(state[present] == BLANK, "blank", "").astype(object)
            made.append(Column(slot + STATE_OF, False, positions, present, blank, (_NOT_BLANK,)))
    return made


def schema_of(form: Form, columns: Sequence[Column]) -> pa.DataFrameSchema:
    """The pandera schema of a form: a column a slot, and beside each required one the column of its states."""
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                "Float64" if column.numeric else "string",
                [_as_check(constraint, column.numeric) for constraint in column.constraints],
                nullable=True,
            )
            for column in columns
        },
        name=form.form,
    )


def _as_check(constraint: Constraint, numeric: bool) -> pa.Check:
    import pandas as pd
    import pandera.pandas as pa

    def holds(series: pd.Series) -> pd.Series:
        return pd.Series(constraint.holds(series.to_numpy(dtype=float if numeric else object)), index=series.index)

    return pa.Check(holds, error=constraint.code)


_NOT_BLANK = Constraint("FLD001", lambda states: np.asarray(states != "blank", dtype=bool))


def _constraints(pack: Pack, spec: FormField) -> Iterator[Constraint]:
    least, most = spec.minimum, spec.maximum
    if least is not None:
        yield Constraint("FLD004", lambda figures: np.asarray(figures >= least, dtype=bool))
    if most is not None:
        yield Constraint("FLD004", lambda figures: np.asarray(figures <= most, dtype=bool))
    if spec.type == "integer":
        yield Constraint("FLD006", lambda figures: np.asarray(figures % 1 == 0, dtype=bool))
    if spec.list_file is not None:
        words = {fold_label(word) for word in accepted(pack, spec)}
        yield _of_each("FLD003", lambda text: fold_label(text) in words)
    if spec.type == "flag":
        marks = {fold_label(mark) for mark in spec.marks}
        yield _of_each("FLD003", lambda text: fold_label(text) in marks)
    if spec.type == "date":
        yield _of_each("FLD006", lambda text: read_date("s", text, "General", False) is not None)
    if spec.earliest is not None or spec.latest is not None:
        yield _of_each("FLD004", lambda text: out_of_range(spec, text) == "")
    if spec.pattern is not None:
        pattern = re.compile(spec.pattern)
        yield _of_each("FLD006", lambda text: pattern.fullmatch(text.strip()) is not None)
    longest, words_at_most = spec.longest, spec.words
    if longest is not None:
        yield _of_each("FLD008", lambda text: len(text) <= longest)
    if words_at_most is not None:
        yield _of_each("FLD008", lambda text: words_in(text) <= words_at_most)


def _of_each(code: str, holds: Callable[[str], bool]) -> Constraint:
    """A predicate of one text; over a column each distinct text is asked once."""

    def of_all(values: Values) -> Mask:
        listed = values.tolist()
        distinct = dict.fromkeys(listed)
        answers = list(map(holds, distinct))
        if all(answers):
            return np.ones(len(listed), dtype=bool)
        found = dict(zip(distinct, answers, strict=True))
        return np.fromiter(map(found.__getitem__, listed), dtype=bool, count=len(listed))

    return Constraint(code, of_all)


def accepted(pack: Pack, spec: FormField) -> list[str]:
    """Every way to write an entry of the field's list: the words of its column, or of all its columns."""
    rows = pack.code_list(spec).rows
    return [row[spec.column] for row in rows] if spec.column else [word for row in rows for word in row.values()]


def out_of_range(spec: FormField, text: str) -> str:
    """``low`` or ``high`` where a day lies outside its field's range; what is no day is FLD006's."""
    day = read_date("s", text)
    if day is None:
        return ""
    if spec.earliest is not None and day < spec.earliest:
        return "low"
    return "high" if spec.latest is not None and day > spec.latest else ""
