"""RLS001, RLS002: re-listed items (再掲) and their originals."""

from __future__ import annotations

from functools import cache

import pytest

from reconcile.packs import Pack, load
from reconcile.rules.context import Outcome
from reconcile.rules.rls001 import parted
from tests.rules.drawing import Drawn, confront, outcome_of

HEAD = "section | number | name | value.baseline | value.target.FY2024 | value.actual.FY2024 | grade\n"
# The register has 2-1/2 as the re-listed one of 1-3/3; both are 子ども・若者部's.
ORIGINAL = "1-3 | 3 | 子育て関係団体の数（累計） | 215団体（令和５年度見込み） | 240 団体 | 356 団体 | A"
DEPARTMENT = "子ども・若者部"


@cache
def welfare() -> Pack:
    return load("welfare2024")


def outcome(code: str, *lines: str, head: str = HEAD, everybody: bool = True, form: str = "outcome") -> Outcome:
    drawn = Drawn(form, head + "\n".join(lines), department=DEPARTMENT)
    return outcome_of(code, confront(drawn, pack=welfare(), everybody=everybody))


def again(line: str = ORIGINAL, name: str = "子育て関係団体の数（累計）【再掲】", key: str = "2-1 | 2") -> str:
    """A line listed again under another number."""
    return " | ".join([key, name, *line.split(" | ")[3:]])


@pytest.mark.parametrize(
    "line",
    [
        again(),
        again(name="子育て関係団体の数（累計）（再掲）"),
        # Widths, spaces and the notes of a figure do not matter.
        again(name="【再掲】子育て 関係団体の数(累計)").replace("215団体（令和５年度見込み）", "215 団体"),
    ],
)
def test_the_same_again(line: str) -> None:
    for code in ("RLS001", "RLS002"):
        found = outcome(code, ORIGINAL, line)
        assert (found.findings, found.passed) == ([], 1), code


@pytest.mark.parametrize(
    ("old", "new", "cells"),
    [
        ("240 団体", "204 団体", {"E3", "E2"}),
        ("356 団体", "集計中", {"F3", "F2"}),
        ("356 団体", "―", {"F3", "F2"}),
        ("240 団体", "240 人", {"E3", "E2"}),
        ("| A", "| B", {"G3", "G2"}),
    ],
)
def test_rls001_differs(old: str, new: str, cells: set[str]) -> None:
    (finding,) = outcome("RLS001", ORIGINAL, again().replace(old, new)).findings
    assert {part.ref.a1 for part in finding.cells} == cells
    assert finding.cell == min(cells - {cell for cell in cells if cell.endswith("2")})
    assert finding.record == "2-1/2"


def test_rls001_several_cells_of_one_record_are_one_finding() -> None:
    line = again().replace("240 団体", "204 団体").replace("| A", "| B")
    (finding,) = outcome("RLS001", ORIGINAL, line).findings
    assert (finding.cell, finding.data["count"], finding.data["original"]) == ("E3", 2, "240 団体")
    assert {part.ref.a1 for part in finding.cells} == {"E2", "E3", "G2", "G3"}


def test_rls001_a_blank_has_a_sentence_of_its_own() -> None:
    (finding,) = outcome("RLS001", ORIGINAL, again().replace("356 団体", "")).findings
    assert (finding.cell, finding.variant) == ("F3", "blank")


def test_rls001_a_description_shows_where_it_differs() -> None:
    head = "section | number | name | initiative | value.initial.FY2024\n"
    text = "社会参加の機会を掴めない方が、地域で孤立することなく、自らが役割を担える居場所を見出せるような地域資源を開発します。"
    other = text.replace("役割を担える居場所", "役割や居場所")
    found = outcome(
        "RLS001",
        f"1-3 | 3 | 会議の実施回数 | 開発{text} | 95 回",
        f"2-1 | 2 | 会議の実施回数【再掲】 | 開発【再掲】{other} | 95 回",
        head=head,
        form="action",
    )
    (finding,) = found.findings
    assert (finding.cell, finding.variant, finding.field) == ("D3", "text", "initiative")
    assert (finding.data["part"], finding.data["original"]) == (
        "…、自らが役割や居場所を見出…",
        "…、自らが役割を担える居場所を見出…",
    )


def test_parted_texts() -> None:
    assert parted("同じ文の終わり】", "同じ文の終わり") == ("…じ文の終わり】", "…じ文の終わり")
    assert parted("あ い", "う") == ("あい", "う")


def test_rls001_an_error_cannot_be_compared() -> None:
    found = outcome("RLS001", ORIGINAL, again().replace("356 団体", "#N/A"))
    assert ([u.why for u in found.unjudged], found.findings, found.passed) == (["relisted_not_readable"], [], 0)


def test_rls002_nothing_has_that_name() -> None:
    (finding,) = outcome("RLS002", "1-9 | 1 | 活動に取り組んだ若者の人数【再掲】 | ― | 5 人 | 5 人 | A").findings
    assert (finding.cell, finding.variant) == ("C2", "")


def test_rls002_the_register_knows_which_one_is_missing() -> None:
    (finding,) = outcome("RLS002", again()).findings
    assert (finding.variant, finding.data["key"]) == ("known", "1-3/3")
    assert outcome("RLS001", again()).findings == []


def test_rls002_another_re_listed_one_is_no_original() -> None:
    lines = [again(key="1-9 | 1"), again(key="1-9 | 2")]
    assert len(outcome("RLS002", *lines).findings) == 2


def test_rls002_waits_for_the_returns_the_original_may_be_in() -> None:
    line = "1-9 | 1 | 活動に取り組んだ若者の人数【再掲】 | ― | 5 人 | 5 人 | A"
    found = outcome("RLS002", line, everybody=False)
    assert ([u.why for u in found.unjudged], found.findings) == (["returns_missing"], [])
    # The department that owes the original has answered: nothing is left to wait for.
    assert len(outcome("RLS002", again(), everybody=False).findings) == 1


def test_a_record_without_the_mark_in_its_own_label_is_left_alone() -> None:
    found = outcome("RLS002", "1-9 | 3-② | 今後参加してみたいと思う区民の割合 | ― | 55.0 % | 55.0 % | A")
    assert (found.findings, found.passed, found.unjudged) == ([], 0, [])


def test_an_original_that_is_set_aside_is_none() -> None:
    other = Drawn("outcome", HEAD + ORIGINAL, file="b.xlsx", department=DEPARTMENT)
    data = confront(
        Drawn("outcome", HEAD + again(), department=DEPARTMENT),
        other,
        pack=welfare(),
        set_aside=["b.xlsx"],
        everybody=True,
    )
    assert len(outcome_of("RLS002", data).findings) == 1


MEASURES = "number | middle | name | original\n1-4④ | 調整 | 地区アセスメント | \n"


@pytest.mark.parametrize("reference", ["１（４）④", "1-4④", "1(4)④", "１の（４）の④", "１　（４）　④"])
def test_rls002_a_reference_in_any_notation(reference: str) -> None:
    text = f"{MEASURES}2-3① | 広聴 | 地区アセスメント | {reference}"
    found = outcome_of("RLS002", confront(Drawn("measures", text, department="地域行政部"), pack=load("districts2022")))
    assert (found.findings, found.passed) == ([], 1)


def test_rls002_a_reference_to_another_row() -> None:
    text = f"{MEASURES}1-4③ | 調整 | 四者連携 | \n2-3① | 広聴 | 地区アセスメント | １（４）③"
    data = confront(Drawn("measures", text, department="地域行政部"), pack=load("districts2022"))
    (finding,) = outcome_of("RLS002", data).findings
    assert (finding.cell, finding.variant, finding.expected) == ("D4", "stray", "1-4④")
    assert outcome_of("RLS001", data).findings == []  # its name is still that of its original


def test_rls001_a_reference_leads_where_the_register_says_nothing() -> None:
    text = f"{MEASURES}4-1① | 支援 | 地区の調査 | １（４）④"
    data = confront(Drawn("measures", text, department="地域行政部"), pack=load("districts2022"))
    assert outcome_of("RLS002", data).passed == 1
    assert [finding.cell for finding in outcome_of("RLS001", data).findings] == ["C3"]
