"""The columns of a table: all that is known of them from its header, found once for all returns of a template."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property

from reconcile.extract.of_fields import notation_of
from reconcile.extract.plain_columns import HowToRead, of_figures, of_texts
from reconcile.extract.total_words import total_words
from reconcile.locate import Matched
from reconcile.packs.model import Form, SlotKey, slot

# Headers of forms.
REMEMBERED = 256


class TableColumns:
    """The columns of a form on a sheet, those of texts before those of amounts.

    ``slots`` are what they hold, ``columns`` where they stand, ``numeric`` whether they hold figures; the first
    ``texts`` of them do not. ``own`` are the places in these of those that each row has for itself, from the left of
    the sheet, ``down`` of those whose texts hold for the rows below, ``amounts`` where amounts stand.
    """

    def __init__(self, form: Form, matches: Sequence[Matched]) -> None:
        self.form = form
        numeric = {match.wanted.key: form.fields[match.wanted.field].numeric for match in matches}
        ordered = sorted(matches, key=lambda match: numeric[match.wanted.key])
        place = {match.wanted.key: number for number, match in enumerate(ordered)}
        fill = {match.wanted.key: form.fields[match.wanted.field].fill for match in matches}
        self.slots: tuple[SlotKey, ...] = tuple([match.wanted.key for match in ordered])
        self.columns = tuple([match.column for match in ordered])
        self.standing = frozenset(self.columns)
        self.numeric = tuple([numeric[key] for key in self.slots])
        self.texts = self.numeric.count(False)
        self.amounts = self.columns[self.texts :]
        self.own = tuple([place[match.wanted.key] for match in matches if fill[match.wanted.key] is None])
        self.down = tuple([n for n, key in enumerate(self.slots[: self.texts]) if fill[key] == "down"])
        #: The columns of texts that may say: the same as above (a number says so of another record).
        types = [form.fields[name].type for name, _, _ in self.slots]
        self.prose = tuple([n for n in range(self.texts) if types[n] == "text" and n not in self.down])
        self.first = tuple([match.column for match in matches[:2]])
        self.totals = total_words(form)
        self._how: dict[bool, list[HowToRead]] = {}

    @classmethod
    def of(cls, form: Form, matches: Sequence[Matched]) -> TableColumns:
        """The columns of labels that were found."""
        # What is wanted belongs to one form, and is known by its identity.
        key = tuple([(match.wanted, match.column) for match in matches])
        found = _KNOWN.get(key)
        if found is None or found.form is not form:
            if len(_KNOWN) >= REMEMBERED:
                _KNOWN.clear()
            found = _KNOWN[key] = cls(form, matches)
        return found

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The slots as the facts name them."""
        return tuple([slot(*key) for key in self.slots])

    @cached_property
    def simple(self) -> bool:
        """Whether a record is a row with different texts in its first two columns, whatever else it has."""
        form = self.form
        return (
            form.inside is None
            and not form.counts_with
            and form.examples is None
            and len(self.slots) > 1
            and all(spec.heading is None and spec.sheet is None and spec.fill is None for spec in form.fields.values())
        )

    @cached_property
    def key(self) -> int:
        """The place of the column with the last part of the key; -1 where there is none."""
        return next((number for number, (name, _, _) in enumerate(self.slots) if name == self.form.key[-1]), -1)

    @cached_property
    def unit(self) -> int:
        """The place of the column of units; -1 where there is none."""
        fields = self.form.fields
        return next((number for number, (name, _, _) in enumerate(self.slots) if fields[name].type == "unit"), -1)

    @cached_property
    def of_keys(self) -> dict[str, int]:
        """Field → the place of its column, where it has only one."""
        return {name: number for number, (name, version, period) in enumerate(self.slots) if not version + period}

    def how_to_read(self, date1904: bool) -> list[HowToRead]:
        """How each column is read."""
        found = self._how.get(date1904)
        if found is None:
            form = self.form
            makes_keys = {*form.key, form.group, *(form.fields[name].instead for name in form.key)}
            found = self._how[date1904] = []
            for name, version, _ in self.slots:
                spec = form.fields[name]
                if spec.numeric:
                    found.append(of_figures(spec, version, notation_of(form, spec)))
                else:
                    found.append(of_texts(spec, spec.type == "key" or name in makes_keys, date1904))
        return found


_KNOWN: dict[Hashable, TableColumns] = {}
