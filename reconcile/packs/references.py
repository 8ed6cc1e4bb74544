"""Names that lead from one part of a pack to another: fields, forms, lists and their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reconcile.normalise import fold_label
from reconcile.packs.checks import KeyInFormCheck, RelistedCheck
from reconcile.packs.checks.base import CheckModel
from reconcile.packs.contents import problems_of_rows
from reconcile.packs.form import Form
from reconcile.packs.model import Table
from reconcile.packs.problems import Problem, named
from reconcile.packs.shapes import dotted, line_of, place_of

Under = str | int | tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A form as it was read, its file and what the file holds, line by line."""

    form: Form
    path: Path
    tree: Any

    def problem(self, under: Under, word: str, key: str, data: dict[str, object]) -> Problem:
        """A problem with a word that stands somewhere below a key of the file."""
        steps = under if isinstance(under, tuple) else (under,)
        node = self.tree
        for step in steps:
            node = node[step] if step in node or isinstance(step, int) else node
        inner = place_of(node, word) or ()
        where = (*steps, *inner)
        return Problem(self.path, line_of(self.tree, where), dotted(where), key, data)


def problems_of_form(source: Source, forms: Mapping[str, Form], tables: Mapping[str, Table]) -> Iterator[Problem]:
    """What one form names and is not there."""
    if source.form.layout == "card":
        yield source.problem("layout", "card", "card_is_cover", {})
    yield from _fields(source)
    yield from _carried(source)
    yield from _checks(source, forms, tables)
    yield from _columns(source, tables)
    yield from problems_of_rows(source.form, tables)
    yield from _rows(source, tables)
    inside = source.form.inside
    host = forms.get(inside.form) if inside else None
    if inside and (host is None or host.layout != "cards"):
        cards = [name for name, form in forms.items() if form.layout == "cards"]
        yield source.problem("inside", inside.form, *named("no_such_cards", inside.form, cards))
    elif inside and host and inside.below and inside.below not in host.fields:
        yield source.problem("inside", inside.below, *named("no_such_field", inside.below, host.fields))
    yield from _beside(source, forms)


def _beside(source: Source, forms: Mapping[str, Form]) -> Iterator[Problem]:
    """What is printed beside another form is a block of as many rows, and has nothing beside itself."""
    form = source.form
    rows = len(form.rows.versions) if form.rows else 0
    blocks = [name for name, own in forms.items() if own.rows and len(own.rows.versions) == rows and not own.beside]
    if form.beside is not None and form.beside not in blocks:
        yield source.problem("beside", form.beside, *named("no_such_form", form.beside, blocks))


def _fields(source: Source) -> Iterator[Problem]:
    """Fields that other keys of the form name."""
    form = source.form
    named_by: list[tuple[str | tuple[str, ...], str | None]] = [("key", name) for name in form.key]
    named_by += [("called", form.called), ("group", form.group), *(("counts_with", name) for name in form.counts_with)]
    named_by += [("totals", total.flag) for total in form.totals] + [("totals", t.within) for t in form.totals]
    named_by += [("relisted", form.relisted.field)] if form.relisted else []
    named_by += [("examples", form.examples.field)] if form.examples else []
    for name, field in form.fields.items():
        named_by += [(("fields", name), own) for own in (field.instead, field.after)]
        named_by += [(("fields", name), field.carries.field)] if field.carries else []
    link = form.register_link
    if link:
        named_by += [("register", own) for own in (link.field, *link.names.values(), *link.responsible.values())]
    for at, field_name in named_by:
        if field_name is not None and field_name not in form.fields:
            yield source.problem(at, field_name, *named("no_such_field", field_name, form.fields))


def _carried(source: Source) -> Iterator[Problem]:
    """What a template takes over from the last round."""
    form = source.form
    known = [*form.fields, *(short.replace("..", ".") for short in form.slots())]
    for name in form.carried:
        if not any(slot == name or slot.startswith(f"{name}.") for slot in (*form.slots(), *form.fields)):
            yield source.problem("carried", name, *named("no_such_field", name.replace("..", "."), known))


def _checks(source: Source, forms: Mapping[str, Form], tables: Mapping[str, Table]) -> Iterator[Problem]:
    slots = source.form.slots()
    known = {*slots, *source.form.fields}
    known |= {".".join(slot.split(".")[:count]) for slot in slots for count in (1, 2)}
    for number, check in enumerate(source.form.checks):
        for slot in check.slots():
            if slot not in known:
                written = [short.replace("..", ".") for short in slots]  # as a field without versions may be written
                key, data = named("no_such_slot", slot.replace("..", "."), written, code=check.code)
                yield source.problem(("checks", number), slot, key, {**data, "known": tuple(written[:8])})
        yield from _words(source, number, check, tables)
        for other in check.forms():
            if other not in forms:
                place = next((text for text in _texts(check) if text.partition(".")[0] == other), other)
                yield source.problem(("checks", number), place, *named("no_such_form", other, forms))
            else:
                yield from _field_of(source, number, check, forms[other])


def _words(source: Source, number: int, check: CheckModel, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Words that a check looks for in a code, and that its list has not: the check would never be met."""
    for name, words in check.chosen():
        field = source.form.fields.get(name.partition(".")[0])
        table = tables.get(field.list_file) if field is not None and field.list_file else None
        if field is None or table is None or (field.column is not None and field.column not in table.columns):
            continue
        listed = [row[column] for row in table.rows for column in ([field.column] if field.column else table.columns)]
        known = {fold_label(word) for word in listed}
        for word in words:
            if fold_label(word) not in known:
                key, data = named("not_in_list", word, dict.fromkeys(filter(None, listed)), file=str(field.list_file))
                yield source.problem(("checks", number), word, key, data)


def _texts(check: Any) -> Iterable[str]:
    return [value for value in check.__dict__.values() if isinstance(value, str)]


def _field_of(source: Source, number: int, check: Any, other: Form) -> Iterator[Problem]:
    """``form.field`` of another form."""
    for text in _texts(check):
        form, dot, field = text.partition(".")
        if dot and form == other.form and field not in other.fields and form not in source.form.fields:
            yield source.problem(("checks", number), text, *named("no_such_field", field, other.fields))
    if isinstance(check, KeyInFormCheck):
        for field in check.beside.values():
            if field not in other.fields:
                yield source.problem(("checks", number), field, *named("no_such_field", field, other.fields))


def _columns(source: Source, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Columns of lists and registers."""
    form = source.form
    wanted: list[tuple[str | tuple[str | int, ...], str, str | None]] = []
    if link := form.register_link:
        wanted += [("register", link.file, c) for c in (link.key, link.department, *link.names, *link.responsible)]
    if sections := form.sections:
        wanted += [("sections", sections.file, c) for c in (sections.key, sections.name, sections.departments)]
        if sections.above:
            wanted += [("sections", sections.file, c) for c in (sections.above.key, sections.above.name)]
        if members := sections.members:
            wanted += [("sections", members.file, c) for c in (members.group, members.key, members.name)]
    for key, part in (("lines", form.lines), ("tables", form.tables)):
        wanted += [(key, part.file, column) for column in part.columns()] if part else []
    for name, field in form.fields.items():
        wanted += [(("fields", name), field.list_file, field.column)] if field.list_file else []
    for number, check in enumerate(form.checks):
        wanted += [(("checks", number), file, column) for file, column in check.columns()]
        if link and isinstance(check, RelistedCheck):
            wanted += [(("checks", number), link.file, check.original)]
    if link and form.basis:
        wanted += [("basis", link.file, form.basis.register_column)]
    for under, file, column in wanted:
        if column is not None and file in tables and column not in tables[file].columns:
            yield source.problem(under, column, *named("no_such_column", column, tables[file].columns, file=file))


def _rows(source: Source, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Rows of the file of a matrix that add up into a row there is none of."""
    lines = source.form.lines
    table = tables.get(lines.file) if lines else None
    if lines is None or lines.parent is None or table is None or not {lines.key, lines.parent} <= {*table.columns}:
        return
    keys = {row[lines.key] for row in table.rows}
    for number, row in enumerate(table.rows, start=2):
        if row[lines.parent] and row[lines.parent] not in keys:
            yield Problem(table.path, number, lines.parent, *named("no_such_row", row[lines.parent], keys))
