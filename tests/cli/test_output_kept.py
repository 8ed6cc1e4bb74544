"""An output that somebody has written into is never lost: it is kept, and the run says where."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.commands import command

RETURNS = Path(__file__).resolve().parents[2] / "samples" / "council2023" / "returns" / "09_危機管理部.xlsx"


def test_a_changed_output_is_kept_and_named(tmp_path: Path) -> None:
    again = ("run", "--pack", "council2023", RETURNS, "--out", tmp_path / "out")
    first = command(*again)
    assert "out-1" not in first.out
    assert str(tmp_path / "out" / "annotated") in first.out.replace("\n", "")
    (copy,) = (tmp_path / "out" / "annotated").iterdir()
    copy.write_bytes(b"answers of a department")
    said = command(*again)
    assert "out-1" in said.out
    assert (tmp_path / "out-1" / "annotated" / copy.name).read_bytes() == b"answers of a department"
    (tmp_path / "out" / "master.xlsx").write_bytes(b"answers of the office")
    assert json.loads(command(*again, "--json").out)["kept"] == str(tmp_path / "out-2")
    assert json.loads(command(*again, "--json").out)["kept"] is None
