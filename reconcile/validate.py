"""Validates each form with pandera: one concatenated frame over all returns, lazily, every bad cell with its address.

Our own parser has been before: a cell that is no number is already a finding and stands as NA, so that no
bad value can hide another's failure (what pandera does when a column cannot be coerced). Each check bears the
code of the rule catalogue; a failure case is led back to its cell through the form's table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from reconcile.facts import ABSENT, BLANK, ERROR, NUMBER, STATES, TEXT, Facts, FormTable, Strings
from reconcile.findings import Finding, Tally, sort_key
from reconcile.normalise import fold_key, fold_label, read_date, words_in
from reconcile.packs.model import Form, FormField, Pack
from reconcile.rules.context import finding_at, involved

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

STATE_OF = ":state"
A_DAY = "2023-02-01"  # how a day may be written
SEVERAL = 3  # blanks of a form that nobody has filled in, from which they are one finding


@dataclass(slots=True)
class Validated:
    """What the schemas found, and how many cells passed or failed under each code."""

    findings: list[Finding] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)


def validate(pack: Pack, facts: Facts) -> Validated:
    """FLD001, FLD003, FLD004, FLD006 and FLD008 over every form."""
    found = Validated()
    for form in pack.forms.values():
        table = facts.tables.get(form.form)
        if table is not None:
            _validate_form(pack, form, table, found)
    return found


def schema_of(pack: Pack, form: Form) -> pa.DataFrameSchema:
    """The pandera schema of a form: a column a slot, and beside each required one the column of its states."""
    import pandera.pandas as pa

    required = form.required_slots()
    columns: dict[str, pa.Column] = {}
    for slot in form.slots():
        spec = form.fields[slot.partition(".")[0]]
        checks = list(_checks(pack, spec))
        dtype: Any = "Float64" if spec.numeric else "string"
        columns[slot] = pa.Column(dtype, checks, nullable=True)
        if slot in required:
            columns[slot + STATE_OF] = pa.Column("string", [pa.Check.ne("blank", error="FLD001")], nullable=True)
    return pa.DataFrameSchema(columns, name=form.form)


def _checks(pack: Pack, spec: FormField) -> Iterator[pa.Check]:
    import pandera.pandas as pa

    if spec.minimum is not None:
        yield pa.Check.ge(spec.minimum, error="FLD004")
    if spec.maximum is not None:
        yield pa.Check.le(spec.maximum, error="FLD004")
    if spec.type == "integer":
        yield pa.Check(lambda s: s % 1 == 0, error="FLD006")
    if spec.list_file is not None:
        words = {fold_label(word) for word in _accepted(pack, spec)}
        yield pa.Check(lambda s: s.map(lambda text: fold_label(text) in words), error="FLD003")
    if spec.type == "flag":
        marks = {fold_label(mark) for mark in spec.marks}
        yield pa.Check(lambda s: s.map(lambda text: fold_label(text) in marks), error="FLD003")
    if spec.type == "date":
        yield pa.Check(lambda s: s.map(_is_day), error="FLD006")
    if spec.earliest is not None or spec.latest is not None:
        yield pa.Check(lambda s: s.map(lambda text: _out_of_range(spec, text) == ""), error="FLD004")
    if spec.pattern is not None:
        pattern = re.compile(spec.pattern)
        yield pa.Check(lambda s: s.map(lambda text: pattern.fullmatch(text.strip()) is not None), error="FLD006")
    if spec.longest is not None:
        yield pa.Check.str_length(max_value=spec.longest, error="FLD008")
    if spec.words is not None:
        most = spec.words
        yield pa.Check(lambda s: s.map(lambda text: words_in(text) <= most), error="FLD008")


def frame_of(form: Form, table: FormTable) -> pd.DataFrame:
    """The records of a form, typed: keys folded, texts as typed, figures as numbers; NA where none can be read."""
    import pandas as pd

    records = np.flatnonzero(table.is_level("record"))
    states = np.array([*STATES, None], dtype=object)  # the last answers for -1, absent
    required = form.required_slots()
    columns: dict[str, pd.Series] = {}
    for slot in form.slots():
        spec = form.fields[slot.partition(".")[0]]
        positions, state = table.at(slot)[records], table.state(slot)[records]
        columns[slot] = (
            _numbers(table.facts, positions, state) if spec.numeric else _texts(table.facts, positions, state, spec)
        )
        if slot in required:
            columns[slot + STATE_OF] = pd.Series(states[state], dtype="string")
    frame = pd.DataFrame(columns)
    frame.index = pd.Index(records)
    return frame


def _numbers(facts: Facts, positions: Any, state: Any) -> pd.Series:
    import pandas as pd

    known = state == NUMBER
    values = np.full(len(positions), np.nan)
    values[known] = facts.number[positions[known]].astype(float) / 10**facts.decimals
    return pd.Series(pd.array(np.where(known, values, 0.0), dtype="Float64")).mask(~known)


def _texts(facts: Facts, positions: Any, state: Any, spec: FormField) -> pd.Series:
    import pandas as pd

    known = state == TEXT
    texts: Strings = np.full(len(positions), None, dtype=object)
    texts[known] = facts.raw[positions[known]]
    if spec.type == "key":
        texts[known] = [fold_key(text) for text in texts[known]]
    return pd.Series(texts, dtype="string")


def _validate_form(pack: Pack, form: Form, table: FormTable, found: Validated) -> None:
    from pandera.errors import SchemaErrors

    schema = schema_of(pack, form)
    frame = frame_of(form, table)
    failed: set[tuple[str, int]] = set()
    own: list[Finding] = []
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        for column, code, line in zip(cases["column"], cases["check"], cases["index"], strict=True):
            slot = str(column).removesuffix(STATE_OF)
            position = int(table.at(slot)[int(line)])
            if (code, position) not in failed and str(code) in CODES:
                failed.add((str(code), position))
                own.append(_finding(pack, form, table.facts, str(code), position))
            elif str(code) not in CODES:
                raise RuntimeError(
                    f"pandera reports {code!r} for {column!r}: the frame is not typed as the schema"
                ) from None
    found.findings += _said_once(form, table, own)
    missed: dict[str, set[int]] = {}
    for code, position in failed:
        missed.setdefault(code, set()).add(position)
    for slot, column_schema in schema.columns.items():
        positions = table.at(slot.removesuffix(STATE_OF))[frame.index]
        judged = set(positions[np.asarray(frame[slot].notna(), dtype=bool)].tolist()) - {ABSENT}
        for check in column_schema.checks:
            tally = found.tallies.setdefault(str(check.error), Tally())
            bad = len(judged & missed.get(str(check.error), set()))
            tally.failed += bad
            tally.passed += len(judged) - bad
            tally.unjudged += _unreadable(form, table, slot, frame.index)


def _said_once(form: Form, table: FormTable, findings: list[Finding]) -> Iterator[Finding]:
    """The findings, with one over all blanks of a return in which nothing of a form has been filled in (FLD001)."""
    blanks: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.code == "FLD001":
            blanks.setdefault(finding.ref.file, []).append(finding)
    untouched = {file for file, own in blanks.items() if len(own) >= SEVERAL and _untouched(form, table, file)}
    for finding in findings:
        if finding.code != "FLD001" or finding.ref.file not in untouched:
            yield finding
    for file in sorted(untouched):
        own = sorted(blanks[file], key=sort_key)
        cells = tuple(part for finding in own for part in finding.cells)
        first = replace(own[0], record="", field="", version="", period="")
        yield replace(first, variant="form", cells=cells, data={"count": len(own)})


def _untouched(form: Form, table: FormTable, file: str) -> bool:
    """Whether a return has no figure in a form, and each column that is due either wholly or not at all.

    What the register says of the records stands in the templates, as far as it says anything.
    """
    lines = np.flatnonzero(table.is_level("record") & np.asarray(table.file == file, dtype=bool))
    link = form.register_link
    known = {*form.key, *(link.names.values() if link else ()), *(link.responsible.values() if link else ())}
    required = form.required_slots() - known
    for slot in form.slots():
        state = table.state(slot)[lines]
        blank, filled = np.any(state == BLANK), np.any((state != BLANK) & (state != ABSENT))
        if filled and (form.fields[slot.partition(".")[0]].numeric or (blank and slot in required)):
            return False
    return True


def _unreadable(form: Form, table: FormTable, slot: str, records: pd.Index[int]) -> int:
    """How many cells no check of a slot can judge: those with an Excel error, and a figure's with words for it. Of a
    required one those that are not there, though the template must have them."""
    name = slot.removesuffix(STATE_OF)
    positions, states = table.at(name)[records], table.state(name)[records]
    spec = form.fields[name.partition(".")[0]]
    if slot != name:
        return 0 if spec.optional else int(np.sum(positions == ABSENT))
    unreadable = (ERROR, TEXT) if spec.numeric else (ERROR,)
    return len(set(positions[np.isin(states, unreadable)].tolist()))


CODES = ("FLD001", "FLD003", "FLD004", "FLD006", "FLD008")


def _finding(pack: Pack, form: Form, facts: Facts, code: str, position: int) -> Finding:
    spec = form.fields[facts.parts(position)[0]]
    raw = str(facts.raw[position])
    data: dict[str, object] = {}
    expected = variant = ""
    if code == "FLD003":
        words = _allowed(pack, spec)
        nearest = _nearest(raw, words)
        expected, variant = nearest, "nearest" if nearest else ""
        if spec.type == "flag":
            expected, variant = words[0], "flag"
        data = {"allowed": tuple(words)}
    elif code == "FLD004" and spec.type == "date":
        variant = _out_of_range(spec, raw)
        expected = str(spec.earliest if variant == "low" else spec.latest)
        data, variant = {"limit": expected}, f"{variant}_day"
    elif code == "FLD004":
        low = spec.minimum is not None and facts.number[position] < spec.minimum * 10**facts.decimals
        limit = spec.minimum if low else spec.maximum
        variant = "low" if low else "high"
        data = {"limit": _plain(limit)}
        expected = _plain(limit)
    elif code == "FLD006":
        data = {"pattern": spec.example or spec.pattern or ""}
        if spec.type == "date":
            variant, data = "date", {"pattern": spec.example or A_DAY}
        elif spec.type == "integer":
            variant, data = "whole", {}
    elif code == "FLD008" and spec.words is not None and words_in(raw) > spec.words:
        data, expected, variant = {"longest": spec.words, "length": words_in(raw)}, str(spec.words), "words"
    elif code == "FLD008":
        data = {"longest": spec.longest or 0, "length": len(raw)}
        expected = str(spec.longest)
    return finding_at(
        facts, position, code, expected=expected, variant=variant, data=data, cells=involved(facts, [position], "value")
    )


def _allowed(pack: Pack, spec: FormField) -> list[str]:
    """What may be entered: the words of the list, or the mark that sets a flag."""
    if spec.type == "flag":
        return spec.marks[:1]
    table = pack.code_list(spec)
    # Without a column of words the keys are the words.
    column = spec.column or ("ja" if "ja" in table.columns else table.columns[0])
    return list(dict.fromkeys(row[column] for row in table.rows if row[column]))


def _accepted(pack: Pack, spec: FormField) -> list[str]:
    """Every way to write an entry of the list: the words of its column, or of all its columns."""
    rows = pack.code_list(spec).rows
    return [row[spec.column] for row in rows] if spec.column else [word for row in rows for word in row.values()]


def _out_of_range(spec: FormField, text: str) -> str:
    """``low`` or ``high`` where a day lies outside its field's range; what is no day is FLD006's."""
    day = read_date("s", text)
    if day is None:
        return ""
    if spec.earliest is not None and day < spec.earliest:
        return "low"
    return "high" if spec.latest is not None and day > spec.latest else ""


def _is_day(text: str) -> bool:
    return read_date("s", text, "General", False) is not None


def _plain(limit: float | None) -> str:
    return "" if limit is None else f"{limit:g}"


def _nearest(text: str, words: list[str]) -> str:
    from rapidfuzz import process

    best = process.extractOne(fold_label(text), {word: fold_label(word) for word in words}, score_cutoff=30)
    return str(best[2]) if best else ""
