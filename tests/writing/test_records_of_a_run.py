"""findings.jsonl, facts.csv and run.json: exactly the fields that are settled, and back again."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import reconcile
from reconcile.consolidate import Consolidated
from reconcile.facts import STATES
from reconcile.findings import CellRef, Finding, Involved, Suggestion
from reconcile.writing import findings_jsonl, write
from reconcile.writing.earlier import sha256
from reconcile.writing.output import OutputError
from reconcile.writing.voice import Voice

FINDING_FIELDS = [
    "id",
    "code",
    "severity",
    "department",
    "file",
    "sheet",
    "cell",
    "form",
    "record",
    "field",
    "found",
    "expected",
    "message",
    "cells",
    "suggestion",
    "effects",
    "follows",
]
FACT_FIELDS = [
    "department",
    "file",
    "sheet",
    "cell",
    "form",
    "record",
    "field",
    "version",
    "period",
    "component",
    "value",
    "unit",
    "state",
    "raw",
]
OUTPUTS = ["facts.csv", "findings.jsonl", "master.xlsx", "run.json"]


def _read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def written(faulty: Consolidated, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run") / "out"
    assert write(faulty, out, "ja") is None
    return out


def test_the_folder_holds_what_a_run_leaves(written: Path) -> None:
    assert sorted(path.name for path in written.iterdir()) == OUTPUTS


def test_a_line_a_finding_with_the_settled_fields(faulty: Consolidated, written: Path) -> None:
    lines = _read(written / "findings.jsonl")
    assert [line["id"] for line in lines] == [finding.id for finding in faulty.findings]
    for line, finding in zip(lines, faulty.findings, strict=True):
        assert list(line) == FINDING_FIELDS
        assert line["cell"] == finding.cell
        assert [(c["sheet"], c["cell"], c["role"]) for c in line["cells"]] == [  # type: ignore[attr-defined]
            (part.ref.sheet, part.ref.a1, part.role) for part in finding.cells
        ]
        assert line["message"] == Voice(faulty.pack, "ja").sentence(finding)


def test_what_follows_from_another_finding_names_it_and_is_named_by_it(written: Path) -> None:
    lines = {line["id"]: line for line in _read(written / "findings.jsonl")}
    following = {name: line["follows"] for name, line in lines.items() if line["follows"]}
    assert following == {effect: name for name, line in lines.items() for effect in line["effects"]}  # type: ignore[attr-defined]
    assert following


def test_only_the_message_is_in_a_language(faulty: Consolidated) -> None:
    japanese = [json.loads(line) for line in findings_jsonl.lines(faulty.findings, Voice(faulty.pack, "ja"))]
    english = [json.loads(line) for line in findings_jsonl.lines(faulty.findings, Voice(faulty.pack, "en"))]
    for one, other in zip(japanese, english, strict=True):
        assert one.pop("message") != other.pop("message")
        assert one == other


def test_a_suggestion_says_what_to_write_and_how_sure_it_is(faulty: Consolidated) -> None:
    ref = CellRef("a.xlsx", "様式1", 18, 6)
    other = {"ref": CellRef("a.xlsx", "様式1", 18, 4), "value": Decimal("1100"), "shown": "1,100 人"}
    suggestion = Suggestion(ref, "2500", "2,500 人", "digit", 0.97, (other,))
    finding = replace(faulty.findings[0], ref=ref, suggestion=suggestion, cells=(Involved(ref, "total"),))
    line = findings_jsonl.as_object(finding, Voice(faulty.pack, "ja"))
    assert line["suggestion"] == {
        "file": "a.xlsx",
        "sheet": "様式1",
        "cell": "F18",
        "value": "2500",
        "shown": "2,500 人",
        "cause": "digit",
        "confidence": 0.97,
        "standing": "localised",
        "evidence": "constraints",
        "exact": True,
        "together": [],
        "alternatives": [
            {"ref": {"file": "a.xlsx", "sheet": "様式1", "cell": "D18"}, "value": "1100", "shown": "1,100 人"}
        ],
    }
    assert json.loads(json.dumps(line)) == line


def test_a_thing_that_is_absent_has_no_cell(faulty: Consolidated) -> None:
    finding = Finding("SUB001", CellRef(""), department="土木部")
    line = findings_jsonl.as_object(finding, Voice(faulty.pack, "ja"))
    assert (line["file"], line["sheet"], line["cell"], line["suggestion"]) == ("", "", None, None)


def test_facts_come_back_as_they_were(faulty: Consolidated, written: Path) -> None:
    content = (written / "facts.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf" + ",".join(FACT_FIELDS).encode() + b"\r\n")
    with (written / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    facts = faulty.facts
    merged = [position for position in range(len(facts)) if faulty.accepted[position]]
    assert 0 < len(merged) < len(facts)
    for row, position in zip(rows, merged, strict=True):
        value = facts.value[position]
        assert row["value"] == ("" if value is None else f"{value:f}")
        assert (Decimal(row["value"]) if row["value"] else None) == value
        assert row["raw"] == facts.raw[position]
        assert row["state"] == STATES[facts.state[position]]
        assert (row["field"], row["version"], row["period"]) == facts.parts(position)
        assert row["cell"] == facts.ref(position).a1


def test_the_run_says_what_it_read_and_what_came_of_it(faulty: Consolidated, written: Path) -> None:
    record = json.loads((written / "run.json").read_text("utf-8"))
    assert record["version"] == reconcile.__version__
    assert record["pack"] == {"name": "plan2022", "hash": faulty.pack.digest}
    assert [(i["file"], i["hash"]) for i in record["inputs"]] == [(s.file, s.digest) for s in faulty.submissions]
    assert sum(record["counts"].values()) == sum(not line["follows"] for line in _read(written / "findings.jsonl"))
    assert sum(record["severities"].values()) == sum(record["counts"].values())
    tally = faulty.tallies["BAL001"]
    assert record["rules"]["BAL001"] == {"pass": tally.passed, "fail": tally.failed, "unjudged": tally.unjudged}
    for part in record["records"].values():
        assert part["read"] == part["merged"] + part["set_aside"]
    assert record["outputs"] == {name: sha256(written / name) for name in OUTPUTS if name != "run.json"}


def test_the_same_run_leaves_the_same_bytes(faulty: Consolidated, written: Path, tmp_path: Path) -> None:
    write(faulty, tmp_path / "again", "ja")
    for name in OUTPUTS:
        assert (tmp_path / "again" / name).read_bytes() == (written / name).read_bytes(), name


@pytest.mark.parametrize("module", ["master", "findings_jsonl", "facts_csv", "run_json"])
def test_a_failure_in_any_writer_leaves_the_old_output(
    faulty: Consolidated, clean: Consolidated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    out = tmp_path / "out"
    write(clean, out, "ja")
    before = {name: (out / name).read_bytes() for name in OUTPUTS}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"reconcile.writing.{module}.write", full)
    with pytest.raises(OutputError, match="disk_full"):
        write(faulty, out, "ja")
    assert {name: (out / name).read_bytes() for name in OUTPUTS} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
