"""findings.jsonl: one finding a line, for programs and for people with a text editor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from reconcile.findings import CellRef, Finding, Suggestion
from reconcile.writing.plain_text import plain_json
from reconcile.writing.voice import Voice


def write(path: Path, findings: Iterable[Finding], voice: Voice) -> None:
    """Writes the findings in the order given; what follows from another one names it in ``follows``."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines(findings, voice))


def lines(findings: Iterable[Finding], voice: Voice) -> Iterator[str]:
    """One JSON object a line, its keys always in the same order."""
    for finding in findings:
        yield plain_json(as_object(finding, voice)) + "\n"


def as_object(finding: Finding, voice: Voice) -> dict[str, object]:
    """A finding as plain JSON values; identifiers stay as they are, only ``message`` is in a language."""
    return {
        "id": finding.id,
        "code": finding.code,
        "severity": finding.severity,
        "department": finding.department,
        **_place(finding.ref),
        "form": finding.form,
        "record": finding.record,
        "field": finding.field,
        "found": finding.found,
        "expected": finding.expected,
        "message": voice.sentence(finding),
        "cells": [{**_place(part.ref), "role": part.role} for part in finding.cells],
        "suggestion": _suggestion(finding.suggestion),
        "effects": list(finding.effects),
        "follows": finding.root or None,
    }


def _place(ref: CellRef) -> dict[str, object]:
    return {"file": ref.file, "sheet": ref.sheet, "cell": ref.a1}


def _suggestion(suggestion: Suggestion | None) -> dict[str, object] | None:
    if suggestion is None:
        return None
    return {
        **_place(suggestion.ref),
        "value": suggestion.value,
        "shown": suggestion.shown,
        "cause": suggestion.cause,
        "confidence": suggestion.confidence,
        "standing": suggestion.standing,
        "evidence": suggestion.evidence,
        "exact": suggestion.exact,
        "together": [_plain(other) for other in suggestion.together],
        "alternatives": [_plain(alternative) for alternative in suggestion.alternatives],
    }


def _plain(value: object) -> object:
    """Figures as decimal strings, cells as objects, the rest as JSON has it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, CellRef):
        return _place(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value
