"""run.json: what was run on what, and what came of it; also the list of files by which a later run knows its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import reconcile
from reconcile.consolidate import Consolidated
from reconcile.findings import SEVERITIES
from reconcile.writing.annotated import Copy
from reconcile.writing.answers import Answers
from reconcile.writing.earlier import RUN_FILE, sha256
from reconcile.writing.plain_text import plain_json

_NONE = Answers()


def write(folder: Path, run: Consolidated, answers: Answers = _NONE, copies: Iterable[Copy] = ()) -> None:
    """Writes run.json into the folder, after everything else there, whose files it lists with their SHA-256; with the
    answers to findings that a later run is to know. The digests of the marked ``copies`` are known."""
    known = {copy.path: copy for copy in copies}
    outputs = {
        name: known[name].digest if name in known else sha256(folder / name)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (name := path.relative_to(folder).as_posix()) != RUN_FILE
    }
    record = {**summary(run), "answers": answers.known, "replies": answers.replies, "outputs": outputs}
    (folder / RUN_FILE).write_text(plain_json(record, indent=2) + "\n", encoding="utf-8", newline="\n")


def summary(run: Consolidated) -> dict[str, object]:
    """The run as plain JSON values; only ``seconds`` differs between two runs on the same input.

    ``counts`` are findings a code, and ``severities`` findings a severity, without those that follow from
    another one; ``rules`` are judgements. ``measures`` are exact sums of the records' figures by form and slot: read =
    merged + set aside, and merged is what stands in facts.csv and the master, or there would be no output. ``widths``
    counts the texts read after folding their width.
    """
    own = [finding for finding in run.findings if not finding.root]
    by_code = Counter(finding.code for finding in own)
    by_severity = Counter(finding.severity for finding in own)
    return {
        "program": "reconcile",
        "version": reconcile.__version__,
        "pack": {"name": run.pack.name, "hash": run.pack.digest},
        "inputs": [
            {
                "file": given.file,
                "hash": given.digest,
                "size": given.size,
                "kind": given.kind,
                "department": given.department,
                "refused": given.refused or None,
            }
            for given in run.submissions
        ],
        "skipped": [{"file": file, "why": why} for file, why in run.skipped],
        "expected": len(run.pack.expected_departments()),
        "answered": sum(answer.expected and bool(answer.files) for answer in run.answers),
        "provisional": run.provisional,
        "severities": {severity: by_severity[severity] for severity in SEVERITIES},
        "counts": {code: by_code[code] for code in sorted(by_code)},
        "effects": len(run.findings) - len(own),
        "rules": {
            code: {"pass": tally.passed, "fail": tally.failed, "unjudged": tally.unjudged}
            for code, tally in sorted(run.tallies.items())
        },
        "records": {
            part.form: {"read": part.read, "merged": part.merged, "set_aside": part.set_aside} for part in run.conserved
        },
        "measures": _measures(run),
        "values": len(run.facts),
        "widths": sum(given.widths for given in run.submissions),
        "seconds": {stage: round(seconds, 3) for stage, seconds in run.seconds.items()},
    }


def _measures(run: Consolidated) -> dict[str, dict[str, dict[str, object]]]:
    found: dict[str, dict[str, dict[str, object]]] = {}
    for each in run.measures:
        found.setdefault(each.form, {})[each.slot] = {
            "values": each.values,
            "read": f"{each.read:f}",
            "merged": f"{each.merged:f}",
            "set_aside": f"{each.set_aside:f}",
        }
    return found
