"""Keys in words as they were typed: the key of a record is folded without blanks, which no one reads in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reconcile.facts import Facts
from reconcile.findings import Finding
from reconcile.normalise import fold_key
from reconcile.packs.model import Form, Pack

_WORDS = re.compile("[A-Za-z] +[A-Za-z]")


def with_typed_keys(pack: Pack, facts: Facts, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each with ``typed_key`` in its data where its record's key has words parted by blanks."""
    asked = {finding.form for finding in findings if finding.record}
    typed = {
        (form.form, key): shown
        for form in pack.forms.values()
        if form.form in asked and any(form.fields[name].pattern is None for name in form.key)
        for key, shown in _typed(form, facts)
    }
    return [
        replace(finding, data={**finding.data, "typed_key": typed[place]})
        if (place := (finding.form, finding.record)) in typed
        else finding
        for finding in findings
    ]


def _typed(form: Form, facts: Facts) -> Iterable[tuple[str, str]]:
    """Folded key and the key as it was typed, of the records where blanks make a difference."""
    table = facts.tables.get(form.form)
    if table is None:
        return
    columns = [table.text(name) for name in form.key]
    for record, *parts in zip(table.record, *columns, strict=True):
        if any(_WORDS.search(str(part)) for part in parts) and fold_key("/".join(map(str, parts))) == record:
            yield str(record), "/".join(" ".join(str(part).split()) for part in parts)
