"""`reconcile explain` and `reconcile packs`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from reconcile import catalogue
from reconcile.packs import available, load
from tests.cli.commands import Said

Run = Callable[..., Said]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_explain_tells_everything_about_a_rule(reconcile: Run, lang: str) -> None:
    said = reconcile("explain", "LAY007", "--lang", lang)
    entry = catalogue.entry("LAY007")
    assert said.code == 0
    for text in (entry.title, entry.meaning, entry.example, entry.unjudged):
        assert text.get(lang) in said.out
    assert ("エラー：直さないと公表できません" if lang == "ja" else "error: cannot be published") in said.out


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_explain_draws_the_cases_and_marks_the_cell(reconcile: Run, lang: str) -> None:
    lines = reconcile("explain", "BAL001", "--lang", lang).out.splitlines()
    assert "    2  1-1   防災塾参加人数  1,000 人   1,500 人   《2,600 人》" in lines
    assert "    2  1-1   防災塾参加人数  1,000 人   1,500 人   2,500 人" in lines
    assert f"→ {catalogue.entry('BAL001').example.get(lang)}" in lines
    assert lines.count("→ 指摘はありません。" if lang == "ja" else "→ Nothing is found.") == 1


def test_explain_says_how_a_pack_asks_for_a_rule(reconcile: Run) -> None:
    said = reconcile("explain", "PRG003").out
    assert "  indicators:\n    checks:\n      - {code: PRG003," in said
    assert "  lists/directions.csv:\n    number,direction\n    1-1,higher\n" in said
    assert reconcile("explain", "LAY002").out.endswith("どの様式定義でも点検します。\n")


def test_a_code_may_be_typed_in_small_letters(reconcile: Run) -> None:
    assert reconcile("explain", "lay007").out == reconcile("explain", "LAY007").out


@pytest.mark.parametrize(("typed", "near"), [("FIL01", "FIL011"), ("FLD099", "FLD009"), ("xyz", "FIL001")])
def test_an_unknown_code_is_answered_with_near_ones(reconcile: Run, typed: str, near: str) -> None:
    said = reconcile("explain", typed)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"「{typed}」という規則はありません。")
    assert near in said.err


def test_without_a_code_all_are_listed_in_the_order_of_the_catalogue(reconcile: Run) -> None:
    said = reconcile("explain")
    assert [line[:6] for line in said.out.splitlines()] == list(catalogue.codes())


def test_explain_as_json(reconcile: Run) -> None:
    record = json.loads(reconcile("explain", "FIL009", "--json", "--lang", "en").out)
    assert record["code"] == "FIL009"
    assert record["meaning"] == catalogue.entry("FIL009").meaning.en
    assert list(record["cases"]) == ["fail", "pass", "unjudged"]
    assert record["cases"]["fail"]["at"] == ["E2"]
    assert len(json.loads(reconcile("explain", "--json").out)) == len(catalogue.codes())


def test_packs_lists_those_that_come_along(reconcile: Run) -> None:
    lines = reconcile("packs").out.splitlines()
    assert "plan2022  世田谷区未来つながるプラン 2022-2023 推進状況" in lines
    assert [line.partition(" ")[0] for line in lines if not line.startswith(" ")] == list(available())


def test_a_pack_says_what_it_expects_of_whom(reconcile: Run) -> None:
    said = reconcile("packs", "plan2022")
    assert "  危機管理部  様式1 3 件、様式2 3 件、様式3 1 件" in said.out.splitlines()
    assert "様式2  成果指標" in said.out


def test_a_pack_as_json(reconcile: Run) -> None:
    record = json.loads(reconcile("packs", "plan2022", "--json").out)
    pack = load("plan2022")
    assert [form["form"] for form in record["forms"]] == list(pack.forms)
    assert [entry["department"] for entry in record["departments"]] == list(pack.expected_departments())
    assert record["departments"][0]["records"]["activity"] == 3


@pytest.mark.parametrize("args", [("--validate",), ("plan2022", "--validate")])
def test_the_packs_that_come_along_are_valid(reconcile: Run, args: tuple[str, ...]) -> None:
    said = reconcile("packs", *args)
    assert said.code == 0
    assert re.search(r"様式定義「plan2022」に誤りはありません（様式 \d+、部署 15、登録された項目 \d+）。", said.out)
