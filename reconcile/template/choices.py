"""The words of a list that a cell is chosen from."""

from __future__ import annotations

from collections.abc import Mapping

from reconcile.packs.model import FormField, Pack


def words_of(pack: Pack, spec: FormField) -> list[str]:
    """The words of a field's list, in its order; none where it has no list."""
    return [_word(spec, row) for row in pack.code_list(spec).rows] if spec.list_file else []


def _word(spec: FormField, row: Mapping[str, str]) -> str:
    return row[spec.column] if spec.column else row.get("ja") or row.get("name") or next(iter(row.values()))
