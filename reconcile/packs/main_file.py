"""Names that forms and registers use and pack.yaml gives: departments, periods, versions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reconcile.packs.form import EVERYBODY, Form
from reconcile.packs.model import PackFile, Table, departments_in
from reconcile.packs.problems import Problem, named
from reconcile.packs.references import Source


def problems_of_main(sources: Iterable[Source], main: PackFile, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """What stands in forms and registers and is none of the pack's departments, periods and versions."""
    listed = tables.get(main.departments)
    departments = None if listed is None or "name" not in listed.columns else [row["name"] for row in listed.rows]
    for source in sources:
        yield from _periods(source, main)
        if departments is not None:
            yield from _departments(source, tables, departments)


def _periods(source: Source, main: PackFile) -> Iterator[Problem]:
    """Columns and rows of periods and versions that the pack does not know."""
    for under, period, version in dict.fromkeys(_used(source.form)):
        if period and period not in main.periods:
            yield source.problem(under, period, *named("no_such_period", period, main.periods))
        if version and version not in main.versions:
            yield source.problem(under, version, *named("no_such_version", version, main.versions))


def _used(form: Form) -> Iterator[tuple[str | tuple[str, ...], str | None, str | None]]:
    """Where a period and a version are used."""
    for name, field in form.fields.items():
        for column in field.columns:
            yield ("fields", name), column.period, column.version
        if field.carries:
            yield ("fields", name), None, field.carries.version
    for version in form.rows.versions if form.rows else ():
        yield "rows", None, version


def _departments(source: Source, tables: Mapping[str, Table], known: Sequence[str]) -> Iterator[Problem]:
    for name in source.form.owed_by if source.form.owed_by != [EVERYBODY] else ():
        if name not in known:
            yield source.problem("owed_by", name, *_unknown(name, known))
    link = source.form.register_link
    table = tables.get(link.file) if link else None
    if link is None or table is None or link.department not in table.columns:
        return
    for number, row in enumerate(table.rows, start=2):
        for name in departments_in(row[link.department]) if row[link.department].strip() != EVERYBODY else ():
            if name not in known:
                key, data = _unknown(name, known)
                yield Problem(table.path, number, link.department, key, data)


def with_everybody(
    forms: Mapping[str, Form], tables: Mapping[str, Table], names: Sequence[str]
) -> tuple[dict[str, Form], dict[str, Table]]:
    """The forms and registers with all departments (``names``) in place of the word for them."""
    owed = {
        name: form.model_copy(update={"owed_by": [*names]}) if form.owed_by == [EVERYBODY] else form
        for name, form in forms.items()
    }
    named, every = dict(tables), ";".join(names)
    for link in (form.register_link for form in forms.values() if form.register_link):
        rows = named[link.file].rows
        told = {row[link.department] for row in rows if row[link.department].strip() == EVERYBODY}
        if told:
            own = ({**row, link.department: every} if row[link.department] in told else row for row in rows)
            named[link.file] = replace(named[link.file], rows=tuple(own))
    return owed, named


def _unknown(name: str, known: Sequence[str]) -> tuple[str, dict[str, object]]:
    parts = [part.strip() for part in re.split("[、,，；]", name)]
    if len(parts) > 1 and all(part in known for part in parts):
        return "departments_parted", {"found": name, "nearest": ";".join(parts)}
    return named("no_such_department", name, known)
