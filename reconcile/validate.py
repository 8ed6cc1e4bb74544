"""Validates each form with pandera: one concatenated frame over all returns, lazily, every bad cell with its address.

Our own parser has been before: a cell that is no number is already a finding and stands as NA, so that no
bad value can hide another's failure (what pandera does when a column cannot be coerced). Each check bears the
code of the rule catalogue; a failure case is led back to its cell through the form's table.

pandera is asked about a form in which some value fails a constraint of the schema; any other would pass.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from reconcile.blank_totals import totals_due
from reconcile.coded import places_of_each
from reconcile.constraints import STATE_OF, Column, columns_of, out_of_range, schema_of
from reconcile.facts import ABSENT, BLANK, ERROR, TEXT, Facts, FormTable, Positions, distinct
from reconcile.findings import Finding, Tally, sort_key
from reconcile.normalise import fold_label, words_in
from reconcile.packs.model import Form, FormField, Pack
from reconcile.rules.context import finding_at, involved

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


def _validate_form(pack: Pack, form: Form, table: FormTable, found: Validated) -> None:
    records = np.flatnonzero(table.is_level("record"))
    columns = columns_of(pack, form, table, records)
    failed = {} if all(column.holds() for column in columns) else failed_cells(form, columns)
    found.findings += _said_once(
        form, table, [_finding(pack, form, table.facts, code, position) for code, position in failed]
    )
    due, blank = totals_due(form, table)
    if len(due):
        tally = found.tallies.setdefault("FLD001", Tally())
        tally.passed += len(due) - len(blank)
        tally.failed += len(blank)
        found.findings += [_finding(pack, form, table.facts, "FLD001", position) for position in blank.tolist()]
    missed: dict[str, set[int]] = {}
    for code, position in failed:
        missed.setdefault(code, set()).add(position)
    for column in columns:
        judged = distinct(column.positions[column.known & (column.positions != ABSENT)])
        for constraint in column.constraints:
            tally = found.tallies.setdefault(constraint.code, Tally())
            missing = missed.get(constraint.code)
            bad = int(np.isin(judged, list(missing)).sum()) if missing else 0
            tally.failed += bad
            tally.passed += len(judged) - bad
            tally.unjudged += _unreadable(form, table, column, records)


def failed_cells(form: Form, columns: Sequence[Column]) -> dict[tuple[str, int], None]:
    """Code and position of each value that the schema of a form refuses, in the order in which pandera tells them."""
    import pandas as pd
    from pandera.errors import SchemaErrors

    frame = pd.DataFrame({column.name: column.series() for column in columns})
    failed: dict[tuple[str, int], None] = {}
    try:
        schema_of(form, columns).validate(frame, lazy=True)
    except SchemaErrors as errors:
        positions = {column.name: column.positions for column in columns}
        cases = errors.failure_cases
        for name, code, line in zip(cases["column"], cases["check"], cases["index"], strict=True):
            if str(code) not in CODES:
                raise RuntimeError(
                    f"pandera reports {code!r} for {name!r}: the frame is not typed as the schema"
                ) from None
            failed[str(code), int(positions[str(name)][int(line)])] = None
    return failed


def _said_once(form: Form, table: FormTable, findings: list[Finding]) -> Iterator[Finding]:
    """The findings, with one over all blanks of a return in which nothing of a form has been filled in, one over the
    blanks of a text that would hold for the records below it (FLD001), and one over all records for which one text
    holds that stands there."""
    findings = list(_filled_down(form, table, _first_of_each_cell(findings)))
    blanks: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.code == "FLD001":
            blanks.setdefault(finding.ref.file, []).append(finding)
    several = {file for file, own in blanks.items() if len(own) >= SEVERAL}
    untouched = {file for file, lines in _records_of(table, several).items() if _untouched(form, table, lines)}
    for finding in findings:
        if finding.code != "FLD001" or finding.ref.file not in untouched:
            yield finding
    for file in sorted(untouched):
        own = sorted(blanks[file], key=sort_key)
        cells = tuple(part for finding in own for part in finding.cells)
        first = replace(own[0], record="", field="", version="", period="")
        yield replace(first, variant="form", cells=cells, data={"count": len(own)})


def _first_of_each_cell(findings: list[Finding]) -> list[Finding]:
    """Of what is said of one cell and one measure in it for several records the first."""
    first: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        said = (finding.code, finding.field, finding.version, finding.period, finding.component)
        first.setdefault((finding.ref, *said) if finding.ref.a1 else (finding.record, finding.ref, *said), finding)
    return list(first.values())


def _filled_down(form: Form, table: FormTable, findings: list[Finding]) -> Iterator[Finding]:
    """One finding for the neighbouring records that lack a text of their own and one above to be filled down: it is
    missing once, where the first of them begins."""
    down = {name for name, spec in form.fields.items() if spec.fill == "down"}
    runs: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if finding.code == "FLD001" and finding.field in down:
            runs.setdefault((finding.field, finding.ref.file, finding.ref.sheet), []).append(finding)
        else:
            yield finding
    given = {name: _rows_given(table, name) for name, _, _ in runs}
    for (name, file, sheet), blanks in runs.items():
        there = given[name].get((file, sheet), [])
        together: list[list[Finding]] = []
        for finding in sorted(blanks, key=sort_key):
            if together and bisect_left(there, finding.ref.row) <= bisect_right(there, together[-1][0].ref.row):
                together[-1].append(finding)  # no text stands between them
            else:
                together.append([finding])
        for own in together:
            yield replace(own[0], cells=tuple(part for finding in own for part in finding.cells))


def _rows_given(table: FormTable, name: str) -> dict[tuple[str, str], list[int]]:
    """By file and sheet the rows in which a text stands, from the top."""
    found: dict[tuple[str, str], list[int]] = {}
    for ref in map(table.facts.ref, table.at(name)[table.state(name) == TEXT].tolist()):
        found.setdefault((ref.file, ref.sheet), []).append(ref.row)
    return {place: sorted(rows) for place, rows in found.items()}


def _records_of(table: FormTable, files: Collection[str]) -> dict[str, Positions]:
    """The rows of the table that are records of each of some files."""
    records = np.flatnonzero(table.is_level("record"))
    of_file = table.coded("file").take(records)
    places = places_of_each(of_file.codes, len(of_file.values)) if files else []
    return {file: records[own] for file, own in zip(of_file.values, places, strict=False) if file in files}


def _untouched(form: Form, table: FormTable, lines: Positions) -> bool:
    """Whether a return has no figure in a form, and each column that is due either wholly or not at all; ``lines`` are
    its records.

    What the register says of the records stands in the templates, as far as it says anything.
    """
    link = form.register_link
    known = {*form.key, *(link.names.values() if link else ()), *(link.responsible.values() if link else ())}
    required = form.required_slots() - known
    for slot in form.slots():
        state = table.state(slot)[lines]
        blank, filled = np.any(state == BLANK), np.any((state != BLANK) & (state != ABSENT))
        if filled and (form.fields[slot.partition(".")[0]].numeric or (blank and slot in required)):
            return False
    return True


def _unreadable(form: Form, table: FormTable, column: Column, records: Positions) -> int:
    """How many cells no check of a column can judge: those with an Excel error, and a figure's with words for it. Of a
    required one those that are not there, though the template must have them."""
    spec = form.fields[column.slot.partition(".")[0]]
    if column.name.endswith(STATE_OF):
        return 0 if spec.optional else int(np.sum(column.positions == ABSENT))
    state = table.state(column.slot)[records]
    unreadable = (state == ERROR) | (state == TEXT) if spec.numeric else state == ERROR
    return len(distinct(column.positions[unreadable])) if unreadable.any() else 0


CODES = ("FLD001", "FLD003", "FLD004", "FLD006", "FLD008")


def _finding(pack: Pack, form: Form, facts: Facts, code: str, position: int) -> Finding:
    spec = form.fields[facts.parts(position)[0]]
    raw = str(facts.raw[position])
    data: dict[str, object] = {}
    expected = variant = ""
    if code == "FLD001" and _is_given(spec):
        variant = "given"
    elif code == "FLD003":
        words = _allowed(pack, spec)
        nearest = _nearest(raw, words)
        expected, variant = nearest, "nearest" if nearest else ""
        if spec.type == "flag":
            expected, variant = words[0], "flag"
        data = {"allowed": tuple(words)}
    elif code == "FLD004" and spec.type == "date":
        variant = out_of_range(spec, raw)
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


def _is_given(spec: FormField) -> bool:
    """Whether ― would be refused in its turn: a number, a word of a list, a day."""
    return not spec.nil and (spec.type in ("code", "date") or (spec.type == "key" and spec.pattern is not None))


def _allowed(pack: Pack, spec: FormField) -> list[str]:
    """What may be entered: the words of the list, or the mark that sets a flag."""
    if spec.type == "flag":
        return spec.marks[:1]
    table = pack.code_list(spec)
    # Without a column of words the keys are the words.
    column = spec.column or ("ja" if "ja" in table.columns else table.columns[0])
    return list(dict.fromkeys(row[column] for row in table.rows if row[column]))


def _plain(limit: float | None) -> str:
    return "" if limit is None else f"{limit:g}"


def _nearest(text: str, words: list[str]) -> str:
    from rapidfuzz import process

    best = process.extractOne(fold_label(text), {word: fold_label(word) for word in words}, score_cutoff=30)
    return str(best[2]) if best else ""
