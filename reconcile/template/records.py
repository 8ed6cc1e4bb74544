"""What a department owes, as the register and the last round know it: the records of a form, filled in so far."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reconcile.normalise import fold_key
from reconcile.packs.model import Form, Pack, departments_in, slot

# Rows left free under each heading that the register knows without its items, and in forms without a register.
FREE_ROWS = 12


@dataclass(slots=True)
class Known:
    """One record of a template.

    ``texts`` and ``figures`` are what is filled in, by slot; ``basis`` on what its total rests; ``group`` what its
    subtotal is made over; ``free`` where nothing but its group is known.
    """

    texts: dict[str, str] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    group: str = ""
    basis: str = ""
    free: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of the last round: a number in its unit, or the text that stood there."""

    value: str
    unit: str
    raw: str


@dataclass(frozen=True, slots=True)
class LastRound:
    """The facts of the last round: form and folded key → slot → value."""

    records: Mapping[tuple[str, str], Mapping[str, Figure]]
    departments: Mapping[tuple[str, str], str]


NOTHING = LastRound({}, {})


def read_last_round(folder: Path) -> LastRound:
    """facts.csv of an earlier output.

    Raises:
        OSError: when it is not there; ValueError when it is no such file.
    """
    records: dict[tuple[str, str], dict[str, Figure]] = {}
    departments: dict[tuple[str, str], str] = {}
    with (folder / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        wanted = {"department", "form", "record", "field", "version", "period", "component", "value", "unit", "raw"}
        if not wanted <= set(reader.fieldnames or ()):
            raise ValueError("facts.csv")
        for row in reader:
            key = (row["form"], row["record"])
            departments[key] = row["department"]
            values = records.setdefault(key, {})
            name = slot(row["field"], row["version"], row["period"])
            several = name in values or bool(row["component"])
            # A cell of several measures is taken over as it stood.
            # An apostrophe before a text keeps Excel from taking it for a formula; it is no part of the text.
            raw = row["raw"].removeprefix("'")
            values[name] = Figure("" if several else row["value"], row["unit"], raw)
    return LastRound(records, departments)


def records_for(pack: Pack, form: Form, department: str, last: LastRound) -> list[Known]:
    """The records of a form that a department owes, in the order of the register; free ones where it lists none."""
    link = form.register_link
    if link is None or link.selection:
        return [Known(free=True) for _ in range(FREE_ROWS)]
    known: list[Known] = []
    for row in pack.tables[link.file].rows:
        if department not in departments_in(row[link.department]):
            continue
        texts = _texts(pack, form, row)
        partial = link.field is not None and form.key != [link.field]
        group = _group(form, texts)
        if not partial:
            basis = row.get(form.basis.register_column or "", "") if form.basis else ""
            figures = _kept(form, last.records.get((form.form, _key(form, texts)), {}))
            known.append(Known(texts, figures, group, basis))
            continue
        earlier = list(_earlier(form, department, texts[link.field or ""], link.field or "", last))
        known += [Known({**more, **texts}, figures, group) for more, figures in earlier]
        free = max(FREE_ROWS - len(earlier), 3)
        known += [Known(dict(texts) if not earlier and n == 0 else {}, {}, group, free=True) for n in range(free)]
    return known


def _texts(pack: Pack, form: Form, row: Mapping[str, str]) -> dict[str, str]:
    """What a row of the register says of a record, by field."""
    link = form.register_link
    assert link is not None
    spoken_for = {link.key, *link.names, *link.responsible}  # a column of that name may be of something else
    plain = [name for name, spec in form.fields.items() if name in row and not spec.numeric]
    found = {name: row[name] for name in plain if name not in spoken_for}
    found |= {name: row[column] for column, name in {**link.names, **link.responsible}.items()}
    if link.field is not None:
        found[link.field] = row[link.key]
    else:
        # The parts of a key are parted by strokes; a part may be called otherwise in a column of its own.
        parts = row[link.key].split("/") if len(form.key) > 1 else [row[link.key]]
        if len(parts) == len(form.key):
            found |= dict(zip(form.key, parts, strict=True))
    for name in form.key:
        spec = form.fields[name]
        if spec.instead and spec.pattern and not re.fullmatch(spec.pattern, fold_key(found.get(name, ""))):
            found[name] = ""  # another field stands for the key
    if form.basis and form.basis.field and form.basis.register_column:
        found[form.basis.field] = row.get(form.basis.register_column, "")
    for name, said in found.items():
        spec = form.fields[name]
        if spec.type == "code" and said:
            words = {each.get("code", ""): each.get("ja", "") for each in pack.code_list(spec).rows}
            found[name] = words.get(said) or said
    return {name: said for name, said in found.items() if said}


def _group(form: Form, texts: Mapping[str, str]) -> str:
    if form.group is None:
        return ""
    own = texts.get(form.group, "")
    return own if form.group_whole else own.partition("-")[0]


def _key(form: Form, texts: Mapping[str, str]) -> str:
    return "/".join(fold_key(texts.get(name, "")) for name in form.key)


def _kept(form: Form, values: Mapping[str, Figure]) -> dict[str, Figure]:
    """What the pack says does not change from round to round: plans and baselines (HIS001), actuals (HIS002)."""
    lasting = {name for check in form.checks if check.code in ("HIS001", "HIS002") for name in check.slots()}
    return {name: figure for name, figure in values.items() if name in lasting}


def _earlier(
    form: Form, department: str, part: str, field_name: str, last: LastRound
) -> Iterable[tuple[dict[str, str], dict[str, Figure]]]:
    """The items that the department listed under a heading in the last round."""
    for (name, key), values in last.records.items():
        parts = key.split("/")
        if name != form.form or last.departments[name, key] != department or len(parts) != len(form.key):
            continue
        if parts[form.key.index(field_name)] != fold_key(part) or parts[-1] in ("total", "subtotal"):
            continue
        texts = {n: values[n].raw for n, spec in form.fields.items() if not spec.numeric and n in values}
        yield texts, _kept(form, values)


def groups(records: Sequence[Known]) -> list[tuple[str, list[tuple[int, Known]]]]:
    """Neighbouring records of one group, each with its position."""
    found: list[tuple[str, list[tuple[int, Known]]]] = []
    for number, record in enumerate(records):
        if not found or found[-1][0] != record.group:
            found.append((record.group, []))
        found[-1][1].append((number, record))
    return found
