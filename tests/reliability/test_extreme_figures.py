"""A return whose every number is one that a file can hold and nobody can mean ends in findings, and the run goes on."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from reconcile.packs import load
from reconcile.pipeline import Options, run
from tests.reliability.mutants import members_of, packed

RETURN = sorted((Path(__file__).resolve().parents[2] / "samples" / "plan2022" / "returns").glob("*.xlsx"))[3]
NUMBER = re.compile(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?>)<v>([^<]*)</v>')


def findings_of(cell: bytes, folder: Path, count: int = 0) -> Counter[str]:
    """Codes of the findings about cells of the return with `cell` for what follows the opening tags of number cells,
    of all or of the first so many of a sheet."""
    members = {
        name: NUMBER.sub(rb"\1" + cell, content, count) if "worksheets/sheet" in name else content
        for name, content in members_of(RETURN.read_bytes()).items()
    }
    (folder / "returns").mkdir()
    (folder / "returns" / RETURN.name).write_bytes(packed(list(members.items())))
    run(load("plan2022"), [folder / "returns"], folder / "out", Options(jobs=1))
    lines = (folder / "out" / "findings.jsonl").read_text("utf-8").splitlines()
    return Counter(finding["code"] for finding in map(json.loads, lines) if finding["code"] != "SUB001")


@pytest.mark.parametrize("number", [b"9.99E+307", b"-9.99E+307", b"1E31", b"1E-31", b"1E-300", b"NaN", b"1E400"])
def test_a_number_that_nobody_can_mean_is_no_figure(number: bytes, tmp_path: Path) -> None:
    assert findings_of(b"<v>%s</v>" % number, tmp_path)["FLD002"] > 40


@pytest.mark.parametrize("number", [b"5.55E-17", b"1E30", b"-1E30", b"-0"])
def test_a_number_far_from_all_others_is_a_figure(number: bytes, tmp_path: Path) -> None:
    """What is left of 0.3 - 3 * 0.1 stands in honest workbooks."""
    assert "FLD002" not in findings_of(b"<v>%s</v>" % number, tmp_path)


@pytest.mark.parametrize("number", [b"5.55E-17", b"1.5E-29", b"1E30"])
def test_one_number_far_from_ordinary_ones(number: bytes, tmp_path: Path) -> None:
    assert "FLD002" not in findings_of(b"<v>%s</v>" % number, tmp_path, count=1)


def test_a_minute_figure_beside_sums_that_are_rounded(tmp_path: Path) -> None:
    """The tolerance of the sums is counted in its last digit."""
    returns = [RETURN.parents[2] / pack / "returns" for pack in ("plan2022", "districts2022", "management2024")]
    for folder in returns:
        one = sorted(folder.glob("*.xlsx"))
        members = [
            {
                name: NUMBER.sub(rb"\1<v>1.5E-29</v>", content, 1) if "worksheets/sheet" in name else content
                for name, content in members_of(path.read_bytes()).items()
            }
            for path in one
        ]
        place = tmp_path / folder.parent.name
        place.mkdir()
        for path, own in zip(one, members, strict=True):
            (place / path.name).write_bytes(packed(list(own.items())))
        run(load(folder.parent.name), [place], place / "out", Options(jobs=1))
        assert (place / "out" / "master.xlsx").exists()
