"""Answers that went astray: a return under another department's name, a record under another one's number.

One finding says so; that the one is answered twice and the other is missing follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.consequences import attach
from reconcile.findings import Finding, sort_key

# What is said of a record because it stands under the number of another one.
OF_A_RECORD = ("DUP003", "XRF003", "XRF004")


def attach_astray(by_id: dict[str, Finding]) -> None:
    """Attaches what follows from an answer that went astray to the finding that says so; ``by_id`` is changed."""
    for finding in sorted(by_id.values(), key=sort_key):
        if (finding.code, finding.variant) == ("XRF004", "return"):
            follows = _of_return(by_id, finding)
        elif (finding.code, finding.variant) == ("XRF003", "other") and not by_id[finding.id].root:
            follows = _of_record(by_id, finding)
        else:
            continue
        own = [it.id for it in follows if it.id != finding.id and not (it.root or it.effects)]
        if own:
            attach(by_id, finding.id, own)


def _of_return(by_id: dict[str, Finding], cover: Finding) -> Iterator[Finding]:
    """That the department of the records has sent nothing, and that the other one has sent two different workbooks."""
    for finding in by_id.values():
        sent = finding.code == "FIL006" and cover.ref.file in (finding.ref.file, finding.data.get("other"))
        if sent or (finding.code == "SUB001" and finding.department == cover.expected):
            yield finding


def _of_record(by_id: dict[str, Finding], named: Finding) -> Iterator[Finding]:
    """That the number is answered twice, and that the record of the name is missing."""
    place = (named.ref.file, named.form, named.record)
    for finding in by_id.values():
        here = finding.code in OF_A_RECORD and (finding.ref.file, finding.form, finding.record) == place
        lost = (finding.code, finding.department, finding.form) == ("XRF002", named.department, named.form)
        if here or (lost and finding.record == named.data.get("owner")):
            yield finding
