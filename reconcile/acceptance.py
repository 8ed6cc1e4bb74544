"""What is merged and what is set aside: files or forms with FIL or LAY errors, records that stand twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from reconcile.facts import Facts, Mask, Positions
from reconcile.findings import Finding
from reconcile.submissions import Submission

# An error of these codes keeps the form in its file out, or where it names a record (a card) only that; …
FORM_CODES = frozenset({"FIL006", "LAY001", "LAY002", "LAY003", "LAY005", "LAY009"})
# … of these the record in that file, …
RECORD_CODES = frozenset({"LAY007", "FLD007"})
# … and of these the record wherever it stands.
SHARED_RECORD_CODES = frozenset({"DUP003"})
# What says whose a value is.
OWNER = ("file", "form", "record", "group")


def accept(
    facts: Facts,
    submissions: Sequence[Submission],
    findings: Iterable[Finding],
    cover: str,
    inside: Mapping[str, str] | None = None,
) -> Mask:
    """Which facts are merged; ``cover`` is the form of the cover card, whose errors concern the whole file.

    ``inside`` has for each form whose tables stand inside the cards of another one that other form: what keeps a card
    out keeps its tables out, and the other way round.
    """
    host = inside or {}
    files = {s.file for s in submissions if not s.department}
    forms: set[tuple[str, str]] = set()
    records: set[tuple[str, str, str]] = set()
    shared: set[tuple[str, str]] = set()
    for finding in findings:
        file = finding.ref.file
        if finding.code in FORM_CODES and finding.form == cover:
            continue  # without a department the file is out already
        form = host.get(finding.form, finding.form)
        if finding.code in RECORD_CODES or (finding.code in FORM_CODES and finding.record):
            records.add((file, form, finding.record))
        elif finding.code in FORM_CODES:
            forms.add((file, form))
        elif finding.code in SHARED_RECORD_CODES:
            shared.add((form, finding.record))
    out = facts.coded("file").among(files)
    if forms or records or shared:
        begins = _begins(facts)
        told = [
            (file, form) in forms or (file, form, record) in records or (form, record) in shared
            for file, form, record in _owners(facts, begins, host)
        ]
        out = out | np.repeat(np.array(told, dtype=bool), np.diff(begins, append=len(facts)))
    return ~out


def _begins(facts: Facts) -> Positions:
    """Where another record begins: the values of one stand together, and what is true of one of them is of all."""
    changes = np.zeros(len(facts), dtype=bool)
    changes[:1] = True
    for name in OWNER:
        codes = facts.coded(name).codes
        changes[1:] |= codes[1:] != codes[:-1]
    return np.flatnonzero(changes)


def _owners(facts: Facts, positions: Positions, host: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """File, form and record of some facts; of a table inside a card those of the card."""
    owners = (facts.coded(name).take(positions) for name in OWNER)
    for file, form, record, group in zip(*owners, strict=True):
        yield (file, host[form], group) if form in host else (file, form, record)
