"""What stands below a finding because it follows from it: in reading order, and of very many only the first."""

from __future__ import annotations

from collections.abc import Mapping

from reconcile.findings import Finding, sort_key

# Nobody answers what only follows; the cells of all of it are in findings.jsonl.
MOST = 20


def effects_of(finding: Finding, by_id: Mapping[str, Finding]) -> tuple[list[Finding], list[Finding]]:
    """Those that get a row, and the others, for which one row says how many they are."""
    found = sorted((by_id[effect] for effect in finding.effects if effect in by_id), key=sort_key)
    return (found, []) if len(found) <= MOST + 1 else (found[:MOST], found[MOST:])
