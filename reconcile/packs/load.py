"""Reads a pack's text files; every mistake in them is said with file, line and what was expected."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from reconcile.packs.form import Form
from reconcile.packs.main_file import problems_of_main, with_everybody
from reconcile.packs.model import Department, Pack, PackFile, Table
from reconcile.packs.problems import PackError, Problem, named
from reconcile.packs.references import Source, problems_of_form
from reconcile.packs.shapes import dotted, line_of, place_of, problems_of

M = TypeVar("M", bound=BaseModel)


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
    raise PackError([Problem(given, 0, "", *named("no_such_pack", name, packs))])


def load(name: str) -> Pack:
    """A pack by name or folder, read and checked.

    Raises:
        PackError: when files are missing or do not fit; every mistake with file and line.
    """
    folder = find(name)
    try:
        return _Loading(folder, lines=False).pack()
    except PackError:
        return _Loading(folder, lines=True).pack()  # which takes several times as long


class _Loading:
    """A pack on its way; mistakes gather until nothing more can be said, with their ``lines`` if one asks for them."""

    def __init__(self, folder: Path, *, lines: bool) -> None:
        self.folder = folder
        self.lines = lines
        self.problems: list[Problem] = []

    def pack(self) -> Pack:
        main = self._read("pack.yaml", PackFile)
        if main is None:
            raise PackError(self.problems, self.folder.name)
        model, tree = main
        cover = self._form(model.cover, tree, "cover")
        sources = [own for path in model.forms if (own := self._form(path, tree, path)) is not None]
        forms: dict[str, Form] = {}
        for source in sources:
            if source.form.form in forms:
                self.problems.append(source.problem("form", source.form.form, "form_twice", {"form": source.form.form}))
            forms[source.form.form] = source.form
        tables = self._tables(model, tree, [*sources, *([cover] if cover else [])])
        for source in sources:
            self.problems += problems_of_form(source, forms, tables)
        self.problems += problems_of_main(sources, model, tables)
        if cover is not None and "department" not in cover.form.fields:
            self.problems.append(cover.problem("fields", "", "no_department_on_cover", {}))
        self.problems += self._main(model, tree, tables)
        if self.problems or cover is None:
            raise PackError(
                sorted(self.problems, key=lambda problem: (str(problem.path), problem.line, problem.where)),
                self.folder.name,
            )
        forms, tables = with_everybody(forms, tables, [row["name"] for row in tables[model.departments].rows])
        return Pack(
            folder=self.folder,
            digest=_digest(self.folder),
            file=model,
            cover=cover.form,
            forms=forms,
            departments=tuple(
                Department(name=row["name"], also=[a for a in row.get("also", "").split(";") if a])
                for row in tables[model.departments].rows
            ),
            tables=tables,
        )

    def _main(self, model: PackFile, tree: Any, tables: Mapping[str, Table]) -> Iterator[Problem]:
        """What pack.yaml says of codes and of its list of departments."""
        from reconcile.catalogue import codes

        path = self.folder / "pack.yaml"
        for code in model.severity:
            if code not in codes():
                where = ("severity", code)
                key, data = named("no_such_code", code, codes())
                yield Problem(path, line_of(tree, where), dotted(where), key, {**data, "known": ""})
        table = tables.get(model.departments)
        if table is not None and "name" not in table.columns:
            key, data = named("no_such_column", "name", table.columns, file=model.departments)
            yield Problem(table.path, 1, "", key, data)

    def _form(self, relative: str, tree: Any, named_as: str) -> Source | None:
        read = self._read(relative, Form, lambda: place_of(tree, relative) or (named_as,), tree)
        return Source(read[0], self.folder / relative, read[1]) if read else None

    def _tables(self, main: PackFile, tree: Any, sources: Sequence[Source]) -> dict[str, Table]:
        """Every CSV that the pack names. One that is not there is said where it is named."""
        wanted: dict[str, tuple[Path, Any]] = {main.departments: (self.folder / "pack.yaml", tree)}
        for source in sources:
            for relative in _tables_of(source.form):
                wanted.setdefault(relative, (source.path, source.tree))
        found: dict[str, Table] = {}
        for relative, (path, own) in sorted(wanted.items()):
            if not (self.folder / relative).is_file():
                where = place_of(own, relative) or ()
                self.problems.append(Problem(path, line_of(own, where), dotted(where), *self._no_file(relative)))
                continue
            table = self._table(relative)
            if table is not None:
                found[relative] = table
        return found

    def _no_file(self, relative: str) -> tuple[str, dict[str, object]]:
        there = [p.relative_to(self.folder).as_posix() for p in sorted(self.folder.rglob("*")) if p.is_file()]
        return named("no_file", relative, [name for name in there if name.endswith(Path(relative).suffix)])

    def _read(
        self,
        relative: str,
        model: type[M],
        whence: Callable[[], tuple[str | int, ...]] = tuple,
        whose: Any = None,
    ) -> tuple[M, Any] | None:
        """A YAML file as its model, and what it holds line by line. ``whence`` is where another file names it."""
        from ruamel.yaml.error import MarkedYAMLError

        path = self.folder / relative
        if not path.is_file():
            where = whence()
            line = line_of(whose, where) if whose is not None else 0
            at = self.folder / "pack.yaml" if whose is not None else path
            self.problems.append(Problem(at, line, dotted(where), *self._no_file(relative)))
            return None
        text = self._text(path)
        if text is None:
            return None
        try:
            tree = _tree(text, lines=self.lines)
        except MarkedYAMLError as wrong:
            line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
            why = (wrong.problem or "").split("\n")[0] or "?"
            self.problems.append(Problem(path, line, "", "not_yaml", {"why": why}))
            return None
        if not isinstance(tree, dict):
            self.problems.append(Problem(path, 1, "", "no_keys"))
            return None
        try:
            return model.model_validate(_plain(tree)), tree
        except ValidationError as wrong:
            self.problems += problems_of(wrong, tree, path, model)
            return None

    def _text(self, path: Path) -> str | None:
        try:
            return path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            line = path.read_bytes()[: wrong.start].count(b"\n") + 1
            self.problems.append(Problem(path, line, "", "not_utf8"))
            return None

    def _table(self, relative: str) -> Table | None:
        path = self.folder / relative
        text = self._text(path)
        if text is None:
            return None
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        rows: list[Mapping[str, str]] = []
        try:
            for row in reader:
                if None in row or None in row.values():
                    count = len(reader.fieldnames or ())
                    self.problems.append(Problem(path, reader.line_num, "", "columns_expected", {"count": count}))
                else:
                    rows.append(row)
        except csv.Error as wrong:
            self.problems.append(Problem(path, reader.line_num + 1, "", "not_csv", {"why": str(wrong)}))
            return None
        return Table(path, tuple(reader.fieldnames or ()), tuple(rows))


def _tree(text: str, *, lines: bool) -> Any:
    """What a text in YAML holds. The quick reader goes by an earlier version of the format, which allows less; what it
    refuses is left to the one that also keeps the ``lines``."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    if not lines:
        try:
            return YAML(typ="safe").load(text)
        except MarkedYAMLError:
            pass
    return YAML(typ="rt").load(text)


def _tables_of(form: Form) -> Iterator[str]:
    if form.register_link:
        yield form.register_link.file
    if form.sections:
        yield form.sections.file
        if form.sections.members:
            yield form.sections.members.file
    yield from (part.file for part in (form.lines, form.tables) if part)
    yield from (field.list_file for field in form.fields.values() if field.list_file)
    for check in form.checks:
        yield from check.files()


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".yaml", ".csv", ".py"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, str):
        return str(node)
    if isinstance(node, date):
        return node.isoformat()[:10]  # 2025-04-01 without quotes is a day to YAML, and a text here
    return node
