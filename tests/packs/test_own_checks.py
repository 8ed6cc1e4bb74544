"""A pack's own checks.py: run only when allowed; one that raises is one finding, and the others go on."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from writing_packs import write_pack

from reconcile.consolidate import Consolidated
from reconcile.messages import missing, render
from reconcile.packs import load
from reconcile.pipeline import Options, run
from tests.cli.commands import command

FORM = """
form: projects
name: {ja: 様式1, en: Form 1}
title: {ja: 事業, en: Projects}
layout: table
key: [name]
owed_by: [道路部]
fields:
  name: {type: key, label: 事業, required: true}
  state: {type: text, label: 状況}
  amount: {type: decimal, columns: [{label: 計画, version: planned}, {label: 実績, version: spent}]}
"""
CHECKS = """
from reconcile.packs.own import says

def spend_within_plan(records):
    for record in records:
        planned, spent = record["amount.planned"], record["amount.spent"]
        if planned.number is not None and spent.number is not None and spent.number > planned.number:
            yield says(record, "amount.spent", "amount.planned", ja="計画を超えています", en="it exceeds the plan")

def stops(records):
    yield says(records[0], ja="一つ目です", en="it is the first")
    raise LookupError("half way")

def no_projects(records):
    return [says(records[-1], "nothing_of_that_name", ja="最後です", en="it is the last")]

CHECKS = {"projects": [spend_within_plan, stops, no_projects]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack with checks of its own, beside a return."""
    write_pack(tmp_path / "pack", {"projects": FORM}, {"checks.py": CHECKS})
    (tmp_path / "returns").mkdir()
    book = xlsxwriter.Workbook(tmp_path / "returns" / "a.xlsx")
    book.add_worksheet("表紙").write_row(0, 0, ["提出部署", "道路部"])
    sheet = book.add_worksheet("様式1")
    for number, row in enumerate([["事業", "状況", "計画", "実績"], ["新館", "可", 5, 7], ["別館", "可", 5, 5]]):
        sheet.write_row(number, 0, row)
    book.close()
    return tmp_path


def judged(folder: Path, *, allowed: bool) -> Consolidated:
    return run(load(str(folder / "pack")), [folder / "returns"], None, Options(jobs=1, allow_code=allowed))


def test_without_leave_no_code_is_run(folder: Path) -> None:
    (folder / "pack" / "checks.py").write_text("raise SystemExit('it was run')", encoding="utf-8")
    assert [f.code for f in judged(folder, allowed=False).findings] == []


def test_with_leave_its_findings_stand_among_the_others(folder: Path) -> None:
    result = judged(folder, allowed=True)
    found = [(f.code, f.variant, f.cell, f.record) for f in result.findings if f.code == "OWN001"]
    assert sorted(found, key=str) == sorted(
        [("OWN001", "", "D2", "新館"), ("OWN001", "record", None, "新館"), ("OWN001", "record", None, "別館")], key=str
    )
    for finding in result.findings:
        assert not missing(finding)
        assert render(finding, result.pack, "ja").endswith("ください。")
    (over,) = [f for f in result.findings if f.cell == "D2"]
    assert "計画を超えています" in render(over, result.pack, "ja")
    assert "it exceeds the plan" in render(over, result.pack, "en")
    assert [part.ref.a1 for part in over.cells] == ["D2", "C2"]


def test_a_check_that_raises_is_one_finding_and_the_others_go_on(folder: Path) -> None:
    result = judged(folder, allowed=True)
    (stopped,) = [f for f in result.findings if f.code == "OWN002"]
    assert (stopped.severity, stopped.data["check"]) == ("warning", "stops")
    assert "LookupError: half way" in render(stopped, result.pack, "en")
    assert result.tallies["OWN001"].failed == 3


@pytest.mark.parametrize(
    "text",
    [
        "this is no Python",
        "raise SystemExit(3)",
        "import nothing_of_that_name",
        "CHECKS = {'projekts': []}",
        "x = 1",
        "CHECKS = {'projects': [lambda records: [1]]}",
    ],
)
def test_code_that_cannot_be_used_is_one_finding(folder: Path, text: str) -> None:
    (folder / "pack" / "checks.py").write_text(text, encoding="utf-8")
    assert [f.code for f in judged(folder, allowed=True).findings if f.code.startswith("OWN")] == ["OWN002"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("run", "--out", "out"), True),
        (("check",), True),
        (("run", "--out", "out", "--allow-code"), False),
        (("check", "--allow-code"), False),
    ],
)
def test_the_commands_say_that_it_was_not_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], told: bool
) -> None:
    monkeypatch.chdir(folder)
    said = command(args[0], "--pack", "pack", "returns", *args[1:])
    assert said.code == (0 if told else 1)
    assert ("--allow-code を付けたときだけ実行します" in said.out) == told


def test_packs_says_that_there_is_code(folder: Path) -> None:
    for more in ((), ("--validate",)):
        assert "They are run only with --allow-code." in command("packs", folder / "pack", "--lang", "en", *more).out
