"""Rows without a key may be totals that lack their word: what that costs grows with the rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.performance.workloads import COLUMNS, KEYS, Workload, write_pack
from reconcile.extract import extract, unworded
from reconcile.locate import Vocabulary
from reconcile.packs import load
from tests.locate.drawn_sheets import drawn


@pytest.mark.parametrize("rows", [40, 160])
def test_each_figure_is_read_once_however_many_keys_are_mistyped(
    rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    figure = unworded._figure
    monkeypatch.setattr(unworded, "_figure", lambda cells, entry: asked.append(entry) or figure(cells, entry))
    write_pack(tmp_path, Workload(1, 1, rows), 1)
    pack = load(str(tmp_path))
    lines = [
        f"第{n}号 | 道路 | 継続 | 道路課 | {n} | 1 | 1 | 1 | {n + 3} | 1 | {n + 2} | 2 | | 済" for n in range(rows)
    ]
    grid = drawn("\n".join([f"様式1 年間の計画 {'|' * 13}", " | ".join((KEYS["alpha"], *COLUMNS)), *lines]))
    found = extract([grid], pack, Vocabulary(pack.forms, pack.tables), "r.xlsx")
    assert sum(form.records for form in found.forms) == rows
    assert 0 < len(asked) <= 4 * rows  # its own, and among those above of a subtotal and of a total
