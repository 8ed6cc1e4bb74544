"""How sentences call a record that no register names: by its name in the return, or by its key as it was typed there.

The key of a record is folded without blanks, which no one reads in English, and a budget code says nothing to a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reconcile.facts import Facts
from reconcile.findings import Finding
from reconcile.normalise import fold_key
from reconcile.packs.model import Form, Pack

_WORDS = re.compile("[A-Za-z] +[A-Za-z]")


def with_record_names(pack: Pack, facts: Facts, findings: Sequence[Finding]) -> list[Finding]:
    """The findings; with ``typed_key`` in their data where the key of their record has words parted by blanks, and
    with ``row_name`` where the form says which of its fields is the name (``called``)."""
    asked = {finding.form for finding in findings if finding.record}
    forms = [form for form in pack.forms.values() if form.form in asked]
    typed = {
        (form.form, key): shown
        for form in forms
        if any(form.fields[name].pattern is None for name in form.key)
        for key, shown in _typed(form, facts)
    }
    called = {(form.form, *record): name for form in forms for record, name in _called(form, facts).items()}
    if not typed and not called:
        return list(findings)
    by = {form.form: form.called for form in forms}
    return [_named(finding, typed, called, by.get(finding.form)) for finding in findings]


def _named(
    finding: Finding, typed: dict[tuple[str, str], str], called: dict[tuple[str, str, str], str], by: str | None
) -> Finding:
    told = {
        "typed_key": typed.get((finding.form, finding.record)),
        # What is said of the name itself does not call it by that.
        "row_name": called.get((finding.form, finding.ref.file, finding.record)) if finding.field != by else None,
    }
    own = {key: name for key, name in told.items() if name and not finding.data.get(key)}
    return replace(finding, data={**finding.data, **own}) if own else finding


def _typed(form: Form, facts: Facts) -> Iterable[tuple[str, str]]:
    """Folded key and the key as it was typed, of the records where blanks make a difference."""
    table = facts.tables.get(form.form)
    if table is None:
        return
    columns = [table.text(name) for name in form.key]
    for record, *parts in zip(table.record, *columns, strict=True):
        if any(_WORDS.search(str(part)) for part in parts) and fold_key("/".join(map(str, parts))) == record:
            yield str(record), "/".join(" ".join(str(part).split()) for part in parts)


def _called(form: Form, facts: Facts) -> Mapping[tuple[str, str], str]:
    """File and key of each record → its name there; empty where the rows of one key have different names."""
    table = facts.tables.get(form.form)
    if table is None or form.called is None:
        return {}
    names: dict[tuple[str, str], str] = {}
    for file, record, name in zip(table.file, table.record, table.text(form.called), strict=True):
        if name:
            place = str(file), str(record)
            names[place] = str(name) if names.get(place, name) == name else ""
    return names
