"""What a pack may not say of cards and of the tables inside them; each is told with its file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from reconcile.packs import PackError, load

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"

WRONG = {
    "the table of no cards": ("schedule", "form: items, key", "form: goals, key", 'no form "goals" of cards'),
    "the table of no form": ("schedule", "form: items, key", "form: cards, key", 'no form "cards" of cards'),
    "a table with a key of its own": ("schedule", "key: [item, line]", "key: [action]", "its key that of the card"),
    "a table grouped otherwise": ("schedule", "group: item", "group: action", "the group of what stands inside"),
    "a value behind a field there is not": ("items", "after: number", "after: code", "no such field: code"),
    "a value behind another in a table": ("goals", "number: '到達点", "after: amount, number: '到達点", "only the values of a card"),
    "a number without a group": ("goals", r"'到達点(\d)'", r"'到達点\d'", "needs a group"),
    "a quotation without a figure": ("items", r"'業務削減時間[:：]▲?約?([\d,]+)時間'", "'業務削減時間'", "one group"),
    "points of one text": ("items", ", lines: schedule.action", "", "between two texts"),
    "a rounded total of single records": ("goals", "of: group\n    scale", "scale", "only what is added up"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_hang_together_is_refused(name: str, tmp_path: Path) -> None:
    form, old, new, expected = WRONG[name]
    folder = tmp_path / "pack"
    shutil.copytree(SCHEMAS / "management2024", folder)
    path = folder / "forms" / f"{form}.yaml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(PackError, match=re.escape(expected)) as told:
        load(str(folder))
    assert str(folder) in str(told.value)
