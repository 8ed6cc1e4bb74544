"""What counts as evidence: formulas, quoted figures, families of checks, bounds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconcile.findings import Finding
from reconcile.messages import render
from reconcile.packs import load
from reconcile.writing.proposals import proposed
from tests.localisation.test_roots import BUDGET, YEARS, located, roots, table
from tests.rules.drawing import Drawn, plan


def test_a_live_total_is_no_evidence_for_or_against_its_parts() -> None:
    # Subtotal and total are formulas that followed: nothing is left that could be violated.
    assert located(table(first="5,038", subtotal="=5,038", total="=8,538")).findings == []


def test_a_formula_that_does_not_fit_its_parts_speaks_of_itself() -> None:
    # The typed total agrees with the parts, so that the formula's range or its stored result is what is wrong.
    result = located(table(subtotal="=5,034"))
    (root,) = roots(result)
    assert (root.cell, root.suggestion) == ("C3", None)


def test_a_family_of_which_nearly_all_fail_is_questioned_first() -> None:
    head = f"number | name | {YEARS}\n"
    lines = [f"{n}-1 | 数 | {n}00 | {n}10 | {n}" for n in range(1, 8)]
    result = located(Drawn("activity", head + "\n".join(lines)))
    (root,) = [finding for finding in roots(result) if finding.code == "BAL001"]
    assert (root.variant, root.suggestion, len(root.effects)) == ("family", None, 6)
    assert (root.data["failed"], root.data["judged"]) == (7, 7)
    assert "7 件のうち 7 件" in render(root, plan(), "ja")
    assert "7 of 7" in render(root, plan(), "en")


ROUNDED = [(13_412, 24_118), (35_904, 46_233), (57_081, 12_764), (71_350, 32_909), (93_777, 28_020)]


@pytest.mark.parametrize(("factor", "variant"), [(1000, "family_unit"), (100, "family_percent"), (10, "family")])
def test_a_family_off_by_one_factor_is_asked_for_its_unit(factor: int, variant: str) -> None:
    """What was rounded to the larger unit is no multiple of it."""
    lines = [f"{n}-1 | 数 | {a} | {b} | {round((a + b) / factor)}" for n, (a, b) in enumerate(ROUNDED, 1)]
    result = located(Drawn("activity", f"number | name | {YEARS}\n" + "\n".join(lines)))
    (root,) = [finding for finding in roots(result) if finding.code == "BAL001"]
    assert (root.variant, root.suggestion, len(root.effects)) == (variant, None, 4)
    assert (f"{factor:,} 倍" in render(root, plan(), "ja")) is (variant != "family")


def test_what_is_off_by_the_factor_of_a_return_elsewhere_follows_from_it() -> None:
    """Two amounts of each project, those of the first return in yen: the second one is not asked for its own."""
    codes = [(f"99-00{n}", a, b) for n, (a, b) in enumerate(ROUNDED, 1)]
    head = "programme | code | name | amount.initial.FY2022 | amount.initial.FY2023\n"
    yen = head + "\n".join(f"1 | {code} | 名 | {a}137 | {b}137" for code, a, b in codes)
    thousand = head + "\n".join(f"2 | {code} | 名 | {a} | {b}" for code, a, b in codes)
    drawn = Drawn("budget", yen, "a.xlsx"), Drawn("budget", thousand, "b.xlsx", "道路・交通計画部")
    (root,) = [finding for finding in roots(located(*drawn)) if finding.code == "DUP002"]
    assert (root.variant, root.data["factor"], len(root.effects)) == ("family_unit", 1000, 9)


def test_differences_that_rounding_leaves_are_questioned_as_rounding() -> None:
    parts = [(13, 24), (35, 46), (57, 12), (71, 32), (93, 28), (15, 66), (38, 77), (52, 91)]
    signs = [1, -1, 0, 1, -1, 1, 0, -1]
    lines = [f"{n}-1 | 数 | {a} | {b} | {a + b + s}" for n, ((a, b), s) in enumerate(zip(parts, signs, strict=True), 1)]
    result = located(Drawn("activity", f"number | name | {YEARS}\n" + "\n".join(lines)))
    assert {finding.variant for finding in roots(result)} == {"family_rounded"}


def test_few_that_fail_are_no_family() -> None:
    head = f"number | name | {YEARS}\n"
    lines = [f"{n}-1 | 数 | {n}00 | {n}10 | {n}00" for n in range(1, 4)]
    result = located(Drawn("activity", head + "\n".join(lines)))
    assert all(not finding.variant.startswith("family") for finding in result.findings)


def test_a_part_that_is_not_known_only_bounds_the_sum() -> None:
    drawing = Drawn("budget", BUDGET + "1 | a | 集計中 | 1\n1 | b | 200 | 1\n小計 1 | | 300 | 2\n合計 | | 310 | 2")
    assert [f.code for f in located(drawing).findings] == []


def test_a_figure_quoted_in_the_reason_decides_between_two_years() -> None:
    head = "number | name | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total | amount.revised.FY2023 | reason\n"
    line = "1-2 | 数 | 400 | 1,020 | 1,600 | 3,800 | 前倒ししたため、令和５年度の計画を 1,200 から 3,800 に修正した。"
    (root,) = roots(located(Drawn("activity", head + line), codes=("REV003",)))
    assert root.suggestion is not None
    assert (root.cell, root.suggestion.value, root.suggestion.cause) == ("D2", "1200", "transposed")


def test_a_column_that_only_live_totals_add_up_is_said_to_be_unchecked() -> None:
    drawing = Drawn("budget", BUDGET + "1 | a | 105 | ―\n1 | b | 200 | ―\n小計 1 | | =305 | ―\n合計 | | =305 | ―")
    (told,) = located(drawing).unchecked
    assert (told.code, told.ref.a1, told.why) == ("BAL002", "C4", "total_is_formula")


def test_a_typed_total_beside_a_live_one_checks_the_column() -> None:
    assert located(table(subtotal="=5,033")).unchecked == ()


def named(finding: Finding) -> set[str]:
    return {str(ref.a1) for ref in finding.data["candidates"]}  # type: ignore[attr-defined]


def test_of_a_count_that_falls_both_cells_are_named_and_no_figure() -> None:
    (root,) = roots(located(Drawn("activity", f"number | name | {YEARS}\n6-3 | 施設数（累計） | 20 | 12 | 12")))
    assert (root.code, root.suggestion, named(root)) == ("CUM002", None, {"C2", "D2"})
    assert proposed(root, "ja") == "C2:D2 のどれか（この点検だけでは決められません）"
    assert proposed(root, "en") == "one of C2:D2 (these checks cannot tell which)"


def test_of_one_item_with_two_amounts_and_sums_that_agree_with_each_both_are_named() -> None:
    lines = "1 | 99-001 | 105 | ―\n小計 1 | | 105 | ―\n2 | 99-001 | 501 | ―\n小計 2 | | 501 | ―\n合計 | | 606 | ―"
    (root,) = roots(located(Drawn("budget", BUDGET + lines)))
    assert (root.code, root.suggestion, named(root)) == ("DUP002", None, {"C2", "C4"})


def test_a_figure_beyond_its_range_is_the_one_that_is_wrong_in_its_sum() -> None:
    lines = [f"8 | {n} | 単一回答 | {share}" for n, share in enumerate(("3.7%", "406%", "55.7%"), start=1)]
    drawing = Drawn("survey", "question | number | kind | share\n" + "\n".join(lines))
    (root,) = roots(located(drawing, codes=("BAL007", "FLD004"), pack=load("districts2022")))
    told = root.suggestion
    assert told is not None
    assert (root.code, root.cell, told.value, told.standing, told.exact) == ("BAL007", "D3", "40.6", "probable", False)


def test_a_figure_beyond_its_range_alone_is_told_without_a_figure() -> None:
    drawing = Drawn("survey", "question | number | kind | share\n9 | 1 | 複数回答 | 406%")
    (root,) = roots(located(drawing, codes=("BAL007", "FLD004"), pack=load("districts2022")))
    assert (root.code, root.cell, root.suggestion, "candidates" in root.data) == ("FLD004", "D2", None, False)


def test_increments_are_proposed_as_the_running_totals_they_come_to() -> None:
    (root,) = roots(
        located(Drawn("activity", f"number | name | {YEARS}\n15-3 | 施設数（累計） | 75 施設 | 67 施設 | 142 施設"))
    )
    told = root.suggestion
    assert told is not None
    assert (told.ref.a1, told.shown, told.cause, told.standing) == ("D2", "142 施設", "linked", "probable")


def test_a_reason_for_a_revision_that_is_none_decides_between_two_forms() -> None:
    # The reason says that the target was revised: the old one cannot be the new one, and the summary has another.
    outcome = "number | name | value.target | value.original_target | reason\n"
    summary = "kind | number | value.before | value.after\n成果指標 | 7-2 | 24 件 | 16 件"
    drawings = (
        Drawn("outcome", outcome + "7-2 | 入居件数 | 16 件 | 16 件 | 計画を見直したため"),
        Drawn("summary_changes", summary, "b.xlsx", "政策経営部"),
    )
    (root,) = roots(located(*drawings, codes=("REV002", "XRF005")))
    assert root.suggestion is not None
    told = (root.suggestion.ref.file, root.suggestion.ref.a1, root.suggestion.value, root.suggestion.standing)
    assert told == ("a.xlsx", "D2", "24", "probable")


def test_progress_from_a_start_asks_for_each_of_its_figures() -> None:
    pack = load("welfare2024")
    name, number = "registers/outcomes.csv", "1-5-2/1-②"
    register = pack.tables[name]
    rows = tuple({**row, "method": "progress"} if row["number"] == number else row for row in register.rows)
    pack = replace(pack, tables={**pack.tables, name: replace(register, rows=rows)})
    # (320 − 200) ÷ (260 − 200) is 200 %, and not half of it: 230 people came, or 320 were typed for them.
    head = "section | number | value.baseline | value.target.FY2024 | value.actual.FY2024 | value.achieved.FY2024\n"
    drawing = Drawn("outcome", head + "1-5-2 | 1-② | 200 人 | 260 人 | 320 人 | 50.0%")
    (root,) = roots(located(drawing, codes=("RAT001",), pack=pack))
    told = root.suggestion
    assert told is not None
    assert (root.code, told.standing) == ("RAT001", "undecided")
    said = {str(told.ref.a1): told.value, **{str(o["cell"]): str(o["value"]) for o in told.alternatives}}
    assert said == {"E2": "230", "F2": "200"}
