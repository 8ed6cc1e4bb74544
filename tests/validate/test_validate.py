"""Every bad cell is reported with its address, and none hides another."""

from __future__ import annotations

from drawing import Drawn, confront

from reconcile.validate import Validated, validate

ACTIVITY = "number | name | amount.initial.FY2022 | amount.initial.FY2023 | amount.initial.total | amount.actual.FY2022 | amount.actual.total | basis | reason\n"


def validated(text: str, form: str = "activity", head: str = ACTIVITY) -> Validated:
    data = confront(Drawn(form, head + text))
    return validate(data.pack, data.facts)


def told(found: Validated) -> list[tuple[str, str | None, str]]:
    return sorted((f.code, f.cell, f.record) for f in found.findings)


def test_a_good_record_passes_and_is_counted() -> None:
    found = validated("1-1① | 防災塾 | 1 人 | 2 人 | 3 人 | 1 人 | 1 人 | 合計 | ―")
    assert told(found) == []
    assert found.tallies["FLD001"].passed == 7
    assert found.tallies["FLD006"].passed == 1


def test_many_faults_of_one_column_are_each_found() -> None:
    found = validated(
        "1-A | 一 | | 2 人 | 3 人 | 1 人 | 1 人 | 合計 | ―\n"
        "1-B | 二 | | 2 人 | 3 人 | 1 人 | 1 人 | 総計 | ―\n"
        "1-2 | | 1 人 | 2 人 | | 1 人 | 1 人 | 年計 | ―"
    )
    assert told(found) == [
        ("FLD001", "B4", "1-2"),
        ("FLD001", "C2", "1-A"),
        ("FLD001", "C3", "1-B"),
        ("FLD001", "E4", "1-2"),
        ("FLD003", "H3", "1-B"),
        ("FLD003", "H4", "1-2"),
        ("FLD006", "A2", "1-A"),
        ("FLD006", "A3", "1-B"),
    ]


def test_an_unreadable_cell_hides_no_other_of_its_column() -> None:
    """pandera alone loses further failures of a column with one value it cannot coerce."""
    found = validated(
        "1-1① | 一 | #N/A | 2 人 | 3 人 | 1 人 | 1 人 | 合計 | ―\n"
        "1-1② | 二 | -5 人 | 2 人 | 3 人 | 1 人 | 1 人 | 合計 | ―\n"
        "1-2 | 三 | | 2 人 | 3 人 | 1 人 | 1 人 | 合計 | ―"
    )
    assert told(found) == [("FLD001", "C4", "1-2"), ("FLD004", "C3", "1-1②")]
    assert found.tallies["FLD004"].unjudged == 1


def test_states_are_no_blanks() -> None:
    found = validated("14-2 | 導入学校数 | ― | 90 校 | 90 校 | 検討・調整 | ― | | ―")
    assert told(found) == []


def test_a_text_over_the_limit_says_how_long_it_is() -> None:
    found = validated(f"1-1① | 一 | 1 人 | 2 人 | 3 人 | 1 人 | 1 人 | 合計 | {'長' * 601}")
    (finding,) = found.findings
    assert (finding.code, finding.cell, finding.data) == ("FLD008", "I2", {"longest": 600, "length": 601})


def test_the_nearest_entry_of_a_list_is_named() -> None:
    (finding,) = validated("1-1① | 一 | 1 人 | 2 人 | 3 人 | 1 人 | 1 人 | 年度末の値 | ―").findings
    assert (finding.code, finding.expected) == ("FLD003", "年度末値")


def test_a_value_stated_once_for_two_components_is_judged_once() -> None:
    found = validated(
        "2-3 | | a）5 件／b）6 枚 | a）5 件／b）6 枚 | a）10 件／b）12 枚 | a）1 件／b）1 枚 | a）1 件／b）1 枚 | 合計 | ―"
    )
    assert told(found) == [("FLD001", "B2", "2-3")]


def test_totals_are_not_held_to_what_records_must_say() -> None:
    found = validated(
        "1 | 防災 | 01-001 | 啓発 | 10 | 20 | 30 | 5\n小計 1 | ~ | ~ | ~ | 10 | 20 | 30 | 5\n合計 | ~ | ~ | ~ | | | |",
        "budget",
        "programme | programme_name | code | name | amount.initial.FY2022 | amount.initial.FY2023 | amount.revised.FY2023 | amount.actual.FY2022\n",
    )
    assert told(found) == []


def test_a_blank_among_the_figures_of_a_row_of_totals_is_missing() -> None:
    found = validated(
        "1 | 防災 | 01-001 | 啓発 | 10 | 20 | 30 | 5\n小計 1 | ~ | ~ | ~ | 10 | | 30 | ―",
        "budget",
        "programme | programme_name | code | name | amount.initial.FY2022 | amount.initial.FY2023 | amount.revised.FY2023 | amount.actual.FY2022\n",
    )
    assert told(found) == [("FLD001", "F3", "1/subtotal")]
    assert (found.tallies["FLD001"].failed, found.tallies["FLD001"].passed) == (1, 8 + 3)
