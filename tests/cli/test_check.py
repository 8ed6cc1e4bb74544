"""`reconcile check`: what a department sees of its own return."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import CLEAN, Said, command

Run = Callable[..., Said]


def test_errors_make_the_exit_code_1(checked: Said) -> None:
    assert checked.code == 1
    assert checked.err == ""


def test_findings_stand_under_department_file_and_sheet(checked: Said, faulty_return: Path) -> None:
    heads = [line for line in checked.out.splitlines() if faulty_return.name in line]
    assert heads
    assert all(re.fullmatch(r"危機管理部　01_危機管理部\.xlsx　.+", head) for head in heads)


def test_what_blocks_comes_first_on_each_sheet(checked: Said) -> None:
    order = ["エラー", "要確認", "参考"]
    for block in checked.out.split("\n\n"):
        ranks = [order.index(m[1]) for m in re.finditer(r"^  (エラー|要確認|参考) +[A-Z]{3}\d{3} ", block, re.M)]
        assert ranks == sorted(ranks)


def test_each_severity_says_what_it_asks(checked: Said) -> None:
    assert re.search(r"エラー \d+ 件（直さないと公表できません）", checked.out)
    assert re.search(r"要確認 \d+ 件（直すか、理由を書いてください）", checked.out)


def test_what_others_owe_is_not_told(checked: Said) -> None:
    assert "SUB001" not in checked.out
    assert "道路・交通計画部" not in checked.out


def test_the_three_outcomes_add_up(checked: Said) -> None:
    match = re.search(
        r"([\d,]+) 項目を点検し、([\d,]+) 項目が一致、([\d,]+) 項目に指摘、([\d,]+) 項目は判定できませんでした。",
        checked.out,
    )
    assert match
    total, *parts = (int(number.replace(",", "")) for number in match.groups())
    assert total == sum(parts) > 100


def test_a_good_end_says_so(reconcile: Run) -> None:
    said = reconcile("check", "--pack", "plan2022", CLEAN / "06_世田谷保健所.xlsx")
    assert said.code == 0
    assert "エラーはありません。" in said.out.splitlines()[-1]


def test_strict_lets_a_warning_fail(reconcile: Run) -> None:
    clean = CLEAN / "13_環境政策部.xlsx"
    free, strict = (reconcile("check", "--pack", "plan2022", clean, *more) for more in ((), ("--strict",)))
    warned = "要確認" in free.out
    assert (free.code, strict.code) == (0, 1 if warned else 0)


def test_english_is_whole(faulty_return: Path) -> None:
    said = command("check", "--pack", "plan2022", faulty_return, "--lang", "en")
    assert re.search(r"error: \d+ \(cannot be published as it stands\)", said.out)
    own_words = re.sub(r'"[^"]*"|\([^()]*(\([^()]*\)[^()]*)*\)|\S+!\S+', "", said.out)
    sentences = [line for line in own_words.splitlines() if re.match(r"  (error|to confirm|note) ", line)]
    assert sentences
    assert [line for line in sentences if re.search("[ぁ-ん]", line)] == []


def test_json_is_what_findings_jsonl_holds(faulty_return: Path) -> None:
    said = command("check", "--pack", "plan2022", faulty_return, "--json")
    record = json.loads(said.out)
    assert said.code == 1
    assert {"id", "code", "severity", "cell", "message", "cells", "effects"} <= set(record["findings"][0])
    assert {finding["department"] for finding in record["findings"]} == {"危機管理部"}
    assert all(set(item) == {"code", "file", "sheet", "cell", "record", "why"} for item in record["unjudged"])


def test_a_file_that_is_no_workbook_is_a_finding_not_a_crash(reconcile: Run, tmp_path: Path) -> None:
    bad = tmp_path / "道路課.xlsx"
    bad.write_bytes(b"PK\x03\x04 and no more")
    said = reconcile("check", "--pack", "plan2022", bad)
    assert said.code == 1
    assert "FIL001  「道路課.xlsx」は" in said.out
    assert "Traceback" not in said.err


def test_nothing_is_written(
    reconcile: Run, faulty_return: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reconcile("check", "--pack", "plan2022", faulty_return)
    assert list(tmp_path.iterdir()) == []
