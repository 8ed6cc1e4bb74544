"""The labels of a pack, folded once, and which of a form's columns a header path stands for."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reconcile.locate.header_words import HeaderWords
from reconcile.locate.labels import Labels
from reconcile.locate.lines import line_labels
from reconcile.locate.titles import names_of
from reconcile.normalise import fold_label, fold_label_core, fold_name
from reconcile.packs.model import Form, Table

REMEMBERED = 100_000  # header paths of a form; those of a thousand returns are far fewer

Path = tuple[str, ...]
WHOLE = 3  # how much of a path agrees at most


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A column a form asks for: its field, version and period, and its header paths (folded), own label first."""

    field: str
    version: str
    period: str
    label: str
    paths: tuple[Path, ...]
    optional: bool
    own: int = 1  # how many of the paths are the form's own; the others are synonyms
    told: bool = False  # stands over labels that are known by themselves

    @property
    def key(self) -> tuple[str, str, str]:
        return self.field, self.version, self.period


class Headings:
    """Which of a form's columns a header path stands for."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self._wanted = wanted
        self.order = {column.key: number for number, column in enumerate(wanted)}  # as the form prints them
        self._with_text: dict[str, list[int]] = {}
        for number, column in enumerate(wanted):
            for text in {"".join(path) for path in column.paths}:
                self._with_text.setdefault(text, []).append(number)
        self._known: dict[Path, list[tuple[Wanted, bool, int]]] = {}

    def of(self, path: Path) -> list[tuple[Wanted, bool, int]]:
        """The wanted columns a header path stands for, each with: own label?, and how much of the path agreed."""
        found = self._known.get(path)
        if found is None:
            found = self._read(path)
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[path] = found
        return found

    def _read(self, path: Path) -> list[tuple[Wanted, bool, int]]:
        core = tuple(fold_label_core(text) for text in path)
        # Whatever agrees has the text of the whole path, of its lower or of its upper end.
        ends = {"".join(part) for own in (path, core) for n in range(len(own)) for part in (own[n:], own[: n + 1])}
        found = []
        for number in sorted({number for text in ends for number in self._with_text.get(text, ())}):
            column = self._wanted[number]
            for place, expected in enumerate(column.paths):
                strength = _agreement(path, expected) or _agreement(core, expected)
                if strength:
                    found.append((column, place < column.own, strength))
                    break
        if not found:
            return []
        best = max(strength for _, _, strength in found)
        return [item for item in found if item[2] == best]


def _agreement(path: Path, expected: Path) -> int:
    """3 the whole path, 2 its lower end (upper headings are the department's own), 1 its upper end; 0 not at all."""
    if "".join(path) == "".join(expected):
        return WHOLE
    if len(path) > len(expected):
        if path[-len(expected) :] == expected:
            return 2
        if path[: len(expected)] == expected:
            return 1
        if any("".join(path[start:]) == "".join(expected) for start in range(1, len(path))):
            return 2
    return 0


class Vocabulary:
    """The labels of all forms of a pack, folded once."""

    def __init__(
        self, forms: Mapping[str, Form], tables: Mapping[str, Table] | None = None, *, inside: bool = False
    ) -> None:
        self.wanted = {
            name: wanted_of(form)
            for name, form in forms.items()
            if form.layout not in ("card", "cards") and (form.inside is not None) == inside
        }
        # The tables inside cards are looked for in a card, not on a sheet.
        self.inside = None if inside else Vocabulary(forms, tables, inside=True)
        self.forms = forms
        self.names = names_of(forms.values())
        self.words = {name: fold_label(form.rows.label) for name, form in forms.items() if form.rows}
        self.lines = line_labels(forms.values(), tables) if tables is not None else {}
        self.headings = {name: Headings(columns) for name, columns in self.wanted.items()}
        texts: dict[str, set[str]] = {}
        for name, columns in self.wanted.items():
            for column in columns:
                for path in column.paths:
                    for text in (*path, "".join(path)):
                        texts.setdefault(text, set()).add(name)
        #: What is a label, or part of one, of which forms.
        self.texts = Labels(texts)
        #: What the cells of a header are to these labels.
        self.header_words = HeaderWords([*texts, *self.words.values()])
        #: What the tags of tables say, folded: the form, and whether it is the end of its table.
        self.tags = {
            fold_name(text): (name, at_end)
            for name, form in forms.items()
            if form.tags
            for at_end, text in enumerate((form.tags.start, form.tags.end))
        }
        #: The forms of whose sheet the template has one for each of several things.
        self.on_several_sheets = {
            name for name, form in forms.items() if any(spec.sheet is not None for spec in form.fields.values())
        }
        #: Header bands found before, by what they depend on.
        self.bands: dict[Hashable, Any] = {}
        #: And those of whole sheets (:mod:`reconcile.locate.headers`).
        self.uppers: dict[Hashable, list[Any]] = {}


def wanted_of(form: Form) -> tuple[Wanted, ...]:
    """The columns a form asks for, in the order of its fields; what is told without one is left out."""
    columns = []
    # The rows of a matrix are known by their own labels; what stands over these does not matter.
    told = {name for part in (form.lines, form.tables) if part for name in (part.field, part.name)}
    for name, spec in form.fields.items():
        for column in spec.all_columns():
            if (
                (spec.sheet and spec.label is None)
                or column.beside
                or spec.after
                or (form.inside and name in (form.inside.key, form.inside.line))
            ):
                continue  # its place is told by the words of the rows, by another value, by the card around it
            paths = tuple(tuple(fold_label(text) for text in path) for path in column.paths())
            optional = spec.optional or name in told or spec.sheet is not None
            own = len(paths) if name in told else 1 + len(column.printed)
            wanted = Wanted(name, column.version, column.period, column.text, paths, optional, own, name in told)
            columns.append(wanted)
    return tuple(columns)
