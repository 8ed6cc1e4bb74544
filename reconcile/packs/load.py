"""Reads a pack's text files; what does not fit is said with file and line."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from reconcile.packs.model import Department, Form, Pack, PackFile, Table, departments_in

M = TypeVar("M", bound=BaseModel)


class PackError(Exception):
    """A pack that cannot be used. The message names file, line, and what was expected."""


def builtin_folders() -> list[Path]:
    """Where packs lie: inside the wheel, or beside the package in a checkout."""
    here = Path(__file__).resolve().parent.parent
    return [folder for folder in (here / "_data" / "schemas", here.parent / "schemas") if folder.is_dir()]


def available() -> dict[str, Path]:
    """The packs that come along, by name."""
    return {
        folder.name: folder
        for root in reversed(builtin_folders())
        for folder in sorted(root.iterdir())
        if (folder / "pack.yaml").is_file()
    }


def find(name: str) -> Path:
    """The folder of a pack given by name or by path.

    Raises:
        PackError: when there is no such pack.
    """
    given = Path(name)
    if (given / "pack.yaml").is_file():
        return given
    packs = available()
    if name in packs:
        return packs[name]
    raise PackError(f"no pack {name!r}; there are: {', '.join(packs) or 'none'}")


def load(name: str) -> Pack:
    """A pack by name or folder, read and checked.

    Raises:
        PackError: when a file is missing or does not fit, with file and line.
    """
    folder = find(name)
    main = _read(folder, "pack.yaml", PackFile)
    cover = _read(folder, main.cover, Form)
    forms = [_read(folder, path, Form) for path in main.forms]
    names = [form.form for form in forms]
    if len(set(names)) < len(names):
        raise PackError(f"{folder / 'pack.yaml'}: two forms have one name: {', '.join(names)}")
    tables = {path: _table(folder, path) for path in sorted(_named_tables(main, forms))}
    departments = tuple(
        Department(name=row["name"], also=[a for a in row.get("also", "").split(";") if a])
        for row in tables[main.departments].rows
    )
    pack = Pack(
        folder=folder,
        digest=_digest(folder),
        file=main,
        cover=cover,
        forms={form.form: form for form in forms},
        departments=departments,
        tables=tables,
    )
    _check_references(pack)
    return pack


def _named_tables(main: PackFile, forms: list[Form]) -> set[str]:
    named = {main.departments}
    for form in forms:
        if form.register_link:
            named.add(form.register_link.file)
        if form.sections:
            named.add(form.sections.file)
            if form.sections.members:
                named.add(form.sections.members.file)
        named.update(part.file for part in (form.lines, form.tables) if part)
        named.update(field.list_file for field in form.fields.values() if field.list_file)
        for check in form.checks:
            named.update(check.files())
    return named


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".yaml", ".csv", ".py"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise PackError(f"{path}: this file is missing") from None
    except UnicodeDecodeError as wrong:
        raise PackError(f"{path}: not UTF-8 text (byte {wrong.start})") from None


def _read(folder: Path, relative: str, model: type[M]) -> M:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    path = folder / relative
    yaml = YAML(typ="rt")
    try:
        tree = yaml.load(_text(path))
    except MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise PackError(f"{path}:{line}: {wrong.problem or 'not readable'}") from None
    if not isinstance(tree, dict):
        raise PackError(f"{path}:1: expected keys and values")
    try:
        return model.model_validate(_plain(tree))
    except ValidationError as wrong:
        lines = [
            f"{path}:{_line(tree, error['loc'])}: {'.'.join(map(str, error['loc']))}: {error['msg']}"
            for error in wrong.errors()
        ]
        raise PackError("\n".join(lines)) from None


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, str):
        return str(node)
    return node


def _line(tree: Any, location: tuple[int | str, ...]) -> int:
    """The line of the deepest node of ``location`` that the file really has."""
    node: Any = tree
    line = 1
    for step in location:
        try:
            lines: Any = node.lc
            place = lines.item(step) if isinstance(node, list) else lines.key(step)
            node = node[step]
        except (AttributeError, KeyError, IndexError, TypeError):
            # A missing key, or a step that only the model has (the name of a union's member).
            continue
        line = place[0] + 1
    return int(line)


def _table(folder: Path, relative: str) -> Table:
    path = folder / relative
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        rows = list(_whole_rows(reader, path))
    except csv.Error as wrong:
        raise PackError(f"{path}:{reader.line_num}: {wrong}") from None
    return Table(path, tuple(reader.fieldnames or ()), tuple(rows))


def _whole_rows(reader: csv.DictReader[str], path: Path) -> Iterator[Mapping[str, str]]:
    for row in reader:
        if None in row or None in row.values():
            raise PackError(f"{path}:{reader.line_num}: expected {len(reader.fieldnames or ())} columns")
        yield row


def _check_references(pack: Pack) -> None:
    """Names across files: registers, departments, other forms."""
    known = {department.name for department in pack.departments}
    for form in pack.forms.values():
        link = form.register_link
        if link:
            table = pack.tables[link.file]
            for column in (link.key, link.department, *link.names, *link.responsible):
                if column not in table.columns:
                    raise PackError(f"{table.path}:1: no column {column!r} (form {form.form})")
            for number, row in enumerate(table.rows, start=2):
                for name in departments_in(row[link.department]):
                    if name not in known:
                        raise PackError(f"{table.path}:{number}: {name!r} is no department of the pack")
        for name in form.owed_by:
            if name not in known:
                raise PackError(f"{pack.folder}: form {form.form}, owed_by: {name!r} is no department of the pack")
        _check_sections(pack, form)
        _check_lines(pack, form)
        _check_inside(pack, form)
        for check in form.checks:
            for other in check.forms():
                if other not in pack.forms:
                    raise PackError(f"{pack.folder}: form {form.form}, {check.code}: no form {other!r}")


def _check_inside(pack: Pack, form: Form) -> None:
    """A table inside cards needs a form of cards."""
    host = pack.forms.get(form.inside.form) if form.inside else None
    if form.inside and (host is None or host.layout != "cards"):
        raise PackError(f"{pack.folder}: form {form.form}, inside: no form {form.inside.form!r} of cards")
    if form.inside and host and form.inside.below and form.inside.below not in host.fields:
        raise PackError(f"{pack.folder}: form {form.form}, inside: no field {form.inside.below!r} to stand below")


def _check_lines(pack: Pack, form: Form) -> None:
    """The columns that the rows and tables of a matrix are told by; a parent must be a row of its own."""
    for part in (form.lines, form.tables):
        if part is None:
            continue
        table = pack.tables[part.file]
        for column in part.columns():
            if column is not None and column not in table.columns:
                raise PackError(f"{table.path}:1: no column {column!r} (form {form.form})")
    if form.lines is not None and form.lines.parent:
        table = pack.tables[form.lines.file]
        keys = {row[form.lines.key] for row in table.rows}
        for number, row in enumerate(table.rows, start=2):
            if row[form.lines.parent] and row[form.lines.parent] not in keys:
                raise PackError(f"{table.path}:{number}: no row {row[form.lines.parent]!r} that it could add up into")


def _check_sections(pack: Pack, form: Form) -> None:
    """The columns that the printed headings of a form are taken from."""
    sections = form.sections
    if sections is None:
        return
    wanted = [(sections.file, column) for column in (sections.key, sections.name, sections.departments)]
    if sections.above:
        wanted += [(sections.file, column) for column in (sections.above.key, sections.above.name)]
    if sections.members:
        wanted += [
            (sections.members.file, column)
            for column in (sections.members.group, sections.members.key, sections.members.name)
        ]
    for file, column in wanted:
        if column is not None and column not in pack.tables[file].columns:
            raise PackError(f"{pack.tables[file].path}:1: no column {column!r} (form {form.form}, sections)")
