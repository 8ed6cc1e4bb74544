"""Matrices: rows known by their printed labels, columns by headers of one or two rows, tables by their titles."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from reconcile.extract import Extracted, extract
from reconcile.locate import Grid, Vocabulary
from reconcile.packs import Pack, load
from tests.locate.drawn_sheets import codes, drawn

HEAD = "地域・地区|世帯数|人口|面積(K㎡)|人口密度(1K㎡あたり)\n"
ROWS = "北沢地域|26,312|45,965|2.629|17,484\n梅丘地区|16,396|28,504|1.604|17,771\n代沢地区|9,916|17,461|1.025|17,035\n"


def districts(*, months: int = 12) -> Pack:
    """The pack, with only the first months of the year in form D2."""
    pack = load("districts2022")
    cases = pack.forms["cases"]
    field = cases.fields["cases"]
    short = field.model_copy(update={"columns": field.columns[: 2 * months]})
    form = cases.model_copy(update={"fields": {**cases.fields, "cases": short}})
    return replace(pack, forms=MappingProxyType({**pack.forms, "cases": form}))


def read(*grids: Grid, pack: Pack | None = None) -> Extracted:
    pack = pack or districts()
    return extract(list(grids), pack, Vocabulary(pack.forms, pack.tables), "return.xlsx")


def figures(found: Extracted, form: str = "population") -> dict[tuple[str, str], str]:
    """(record, slot) → raw text of the figures, blanks left out."""
    columns = found.columns
    return {
        (columns.record[n], columns.slot[n]): columns.raw[n]
        for n in range(len(columns))
        if columns.form[n] == form and columns.raw[n] and columns.slot[n] not in ("area", "area_name", "service_name")
        if columns.slot[n] != "service"
    }


PLAIN = {
    ("2", "households"): "26,312",
    ("2", "population"): "45,965",
    ("2", "area_km2"): "2.629",
    ("2", "density"): "17,484",
    ("2-1", "households"): "16,396",
    ("2-1", "population"): "28,504",
    ("2-1", "area_km2"): "1.604",
    ("2-1", "density"): "17,771",
    ("2-2", "households"): "9,916",
    ("2-2", "population"): "17,461",
    ("2-2", "area_km2"): "1.025",
    ("2-2", "density"): "17,035",
}


def test_rows_are_known_by_their_labels() -> None:
    found = read(drawn(HEAD + ROWS))
    assert figures(found) == PLAIN
    assert codes(found) == []


def test_what_was_typed_stays_beside_the_key() -> None:
    columns = read(drawn(HEAD + ROWS)).columns
    names = [(columns.record[n], columns.raw[n]) for n in range(len(columns)) if columns.slot[n] == "area_name"]
    assert names == [("2", "北沢地域"), ("2-1", "梅丘地区"), ("2-2", "代沢地区")]


def test_wherever_the_matrix_stands() -> None:
    assert figures(read(drawn(HEAD + ROWS, right=4, down=9))) == PLAIN


def test_columns_and_rows_in_any_order_and_without_a_corner() -> None:
    found = read(
        drawn("""
            |人口密度(1K㎡あたり)|人口|世帯数|面積(K㎡)
            代沢地区|17,035|17,461|9,916|1.025
            梅丘地区|17,771|28,504|16,396|1.604
            北沢地域|17,484|45,965|26,312|2.629
        """)
    )
    assert figures(found) == PLAIN
    assert codes(found) == []


def test_labels_with_bullets_spaces_and_line_breaks() -> None:
    rows = ROWS.replace("梅丘地区", "・梅 丘\\n地区").replace("代沢地区", "　代沢まちづくりセンター")
    assert figures(read(drawn(HEAD + rows))) == PLAIN


def test_two_columns_of_labels_the_upper_one_merged() -> None:
    found = read(
        drawn(
            """
            地域|地区|世帯数|人口|面積(K㎡)|人口密度(1K㎡あたり)
            北沢地域|梅丘地区|16,396|28,504|1.604|17,771
            |代沢地区|9,916|17,461|1.025|17,035
            |計|26,312|45,965|2.629|17,484
            """,
            merged=("A2:A4",),
        )
    )
    assert figures(found) == PLAIN


def test_a_label_that_only_heads_its_districts_is_no_record() -> None:
    found = read(
        drawn("""
            地域|地区|世帯数|人口|面積(K㎡)|人口密度(1K㎡あたり)
            北沢地域|||||
            |梅丘地区|16,396|28,504|1.604|17,771
            |代沢地区|9,916|17,461|1.025|17,035
            北沢地域|計|26,312|45,965|2.629|17,484
        """)
    )
    assert figures(found) == PLAIN
    assert codes(found) == []


def test_an_unknown_label_is_a_record_of_its_own_name() -> None:
    found = read(drawn(HEAD + ROWS.replace("梅丘地区", "梅ヶ丘地区")))
    assert figures(found)["梅ヶ丘地区", "population"] == "28,504"


def test_notes_and_titles_are_no_records() -> None:
    found = read(drawn("様式D1 人口\n" + HEAD + ROWS + "※人口は令和4年9月現在\n"))
    assert figures(found) == PLAIN
    assert codes(found) == []


def test_figures_without_a_label_are_told() -> None:
    found = read(drawn(HEAD + ROWS + "|26312|45965||\n"))
    assert figures(found) == PLAIN
    assert codes(found) == ["LAY006"]


def test_a_missing_header_names_the_nearest() -> None:
    found = read(drawn(HEAD.replace("人口密度(1K㎡あたり)", "人口密度の値") + ROWS))
    assert [(f.code, f.field, f.data["nearest"]) for f in found.findings] == [("LAY002", "density", "人口密度の値")]


def test_a_header_without_rows_of_the_matrix_is_none() -> None:
    assert figures(read(drawn(HEAD + "東京都|1|2|3|4\n神奈川県|1|2|3|4\n"))) == {}


MONTHS = {
    ("certificate/2-1", "cases.month.2021-04"): "10",
    ("certificate/2-1", "cases.running.2021-04"): "10",
    ("certificate/2-1", "cases.month.2021-05"): "5",
    ("certificate/2-1", "cases.running.2021-05"): "15",
    ("certificate/2-2", "cases.month.2021-04"): "3",
    ("certificate/2-2", "cases.running.2021-04"): "3",
    ("certificate/2-2", "cases.month.2021-05"): "4",
    ("certificate/2-2", "cases.running.2021-05"): "7",
    ("lending/2-1", "cases.month.2021-04"): "1",
    ("lending/2-1", "cases.running.2021-04"): "1",
    ("lending/2-1", "cases.month.2021-05"): "2",
    ("lending/2-1", "cases.running.2021-05"): "3",
    ("lending/2-2", "cases.month.2021-04"): "8",
    ("lending/2-2", "cases.running.2021-04"): "8",
    ("lending/2-2", "cases.month.2021-05"): "1",
    ("lending/2-2", "cases.running.2021-05"): "9",
}
UPPER, LOWER = "|4月||5月|\n", "地区|当月|累計|当月|累計\n"
ONE, TWO = "梅丘地区|10|10|5|15\n代沢地区|3|3|4|7\n", "梅丘地区|1|1|2|3\n代沢地区|8|8|1|9\n"


def cases(*grids: Grid) -> Extracted:
    return read(*grids, pack=districts(months=2))


def test_a_title_above_each_table_with_a_header_of_two_rows() -> None:
    text = f"１　証明書取次発行サービス\n{UPPER}{LOWER}{ONE}\n（３）高枝切ばさみ・車いすの貸出し（件）\n{UPPER}{LOWER}{TWO}"
    found = cases(drawn(text, merged=("B2:C2", "D2:E2")))
    assert figures(found, "cases") == MONTHS
    assert codes(found) == []


def test_one_header_for_tables_told_by_rows_between() -> None:
    text = f"{UPPER}{LOWER}証明書取次発行サービス\n{ONE}高枝切ばさみ・車いすの貸出し\n{TWO}"
    assert figures(cases(drawn(text)), "cases") == MONTHS


def test_tables_told_by_a_merged_column_before_the_labels() -> None:
    rows = [*(f"証明書取次発行サービス|{row}" for row in ONE.splitlines()[:1]), "|" + ONE.splitlines()[1]]
    rows += [f"高枝切ばさみ・車いすの貸出し|{TWO.splitlines()[0]}", "|" + TWO.splitlines()[1]]
    text = f"|{UPPER}取扱業務|{LOWER}" + "\n".join(rows)
    assert figures(cases(drawn(text, merged=("A3:A4", "A5:A6"))), "cases") == MONTHS


def test_a_header_of_one_row() -> None:
    text = f"証明書取次発行サービス\n|4月当月|4月累計|5月 当月|5月 累計\n{ONE}"
    found = cases(drawn(text))
    assert figures(found, "cases") == {key: value for key, value in MONTHS.items() if key[0].startswith("cert")}


def test_months_in_any_order_are_read_by_their_labels() -> None:
    text = "証明書取次発行サービス\n|5月||4月|\n|当月|累計|当月|累計\n梅丘地区|5|15|10|10\n代沢地区|4|7|3|3\n"
    found = cases(drawn(text, merged=("B2:C2", "D2:E2")))
    assert figures(found, "cases") == {key: value for key, value in MONTHS.items() if key[0].startswith("cert")}


def test_the_sheet_may_say_which_table_it_is() -> None:
    found = cases(drawn(UPPER + LOWER + TWO, name="高枝切ばさみ・車いすの貸出し"))
    assert figures(found, "cases") == {key: value for key, value in MONTHS.items() if key[0].startswith("lend")}


def test_a_table_without_a_title_is_not_guessed() -> None:
    found = cases(drawn(UPPER + LOWER + TWO))
    assert figures(found, "cases") == {}
    assert [(f.code, f.field) for f in found.findings] == [("LAY002", "service_name")]


def test_a_note_that_speaks_of_another_table_is_no_title() -> None:
    text = f"証明書取次発行サービス\n{UPPER}{LOWER}{ONE.splitlines()[0]}\n※高枝切ばさみ・車いすの貸出しは次の表\n{ONE.splitlines()[1]}"
    found = cases(drawn(text))
    assert figures(found, "cases") == {key: value for key, value in MONTHS.items() if key[0].startswith("cert")}


def test_a_title_in_other_words_among_the_rows_ends_what_is_known() -> None:
    text = f"{UPPER}{LOWER}証明書取次発行サービス\n{ONE}物品の貸出し\n{TWO}"
    found = cases(drawn(text))
    assert figures(found, "cases") == {key: value for key, value in MONTHS.items() if key[0].startswith("cert")}
    assert [(f.code, f.field, f.ref.a1) for f in found.findings] == [("LAY002", "service_name", "A6")]


def test_a_figure_where_a_label_should_stand_is_no_label() -> None:
    found = read(drawn(HEAD + ROWS + "64306|120167|7||\n"))
    assert figures(found) == PLAIN
    assert codes(found) == ["LAY006"]


@pytest.mark.parametrize(
    "row",
    [
        "A | B | C | D | E",
        "(1) | (2) | (3) | (4) | (5)",
        "（単位） | （世帯） | （人） | （K㎡） | （人/K㎡）",
        "※１ | 令和4年1月1日現在 | | |",
        "― | ― | ― | ― | ―",
    ],
)
def test_what_numbers_the_columns_or_notes_something_is_no_row(row: str) -> None:
    found = read(drawn(f"{HEAD}{row}\n{ROWS}"))
    assert (figures(found), codes(found)) == (PLAIN, [])


def test_a_row_under_a_mark_is_told_where_it_has_figures() -> None:
    found = read(drawn(f"{HEAD}{ROWS}※１ | 5 | 6 | 7 | 8"))
    assert len(figures(found)) == len(PLAIN) + 4


def test_the_last_word_of_a_page_is_no_value_that_was_not_read() -> None:
    assert codes(read(drawn(f"{HEAD}{ROWS} | | | | 以上"))) == []
