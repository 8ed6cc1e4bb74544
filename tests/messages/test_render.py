"""How a finding reads: the place, the values, and texts that would rather do something else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reconcile.findings import CellRef, Finding, Involved
from reconcile.messages import clean, missing, place, render
from reconcile.messages.values import written
from reconcile.packs import Pack, load

F18 = CellRef("a.xlsx", "様式1", 18, 6)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load("plan2022")


def finding(code: str = "FLD001", ref: CellRef = F18, **more: object) -> Finding:
    values = {"form": "activity", "record": "1-1①", "field": "amount", "version": "initial", "period": "total"}
    return Finding(code, ref, **{**values, **more})  # type: ignore[arg-type]


class TestPlace:
    def test_names_sheet_cell_row_and_column(self, pack: Pack) -> None:
        assert place(finding(), pack, "ja") == "様式1!F18（防災塾参加人数 × 当初計画・総量）"
        assert place(finding(), pack, "en") == "様式1!F18 (防災塾参加人数 × initial plan, total)"

    def test_takes_the_name_the_return_gives_its_row(self, pack: Pack) -> None:
        given = finding(data={"row_name": "防災塾の参加人数"})
        assert place(given, pack, "ja") == "様式1!F18（防災塾の参加人数 × 当初計画・総量）"

    def test_a_record_the_register_does_not_know_keeps_its_number(self, pack: Pack) -> None:
        assert place(finding(record="99-9"), pack, "ja") == "様式1!F18（99-9 × 当初計画・総量）"

    def test_a_long_name_is_cut_and_its_number_added(self, pack: Pack) -> None:
        text = place(finding(form="outcome", field="value", version="target", period=""), pack, "ja")
        assert text == "様式1!F18（1-1① 防災塾に参加したことで、自分の地区の災害リスクや、自らとるべ… × 目標値）"

    def test_a_text_has_its_printed_label(self, pack: Pack) -> None:
        assert place(finding(field="reason"), pack, "ja").endswith("× 計画変更理由・内容等）")

    def test_a_component_is_named_last(self, pack: Pack) -> None:
        assert place(finding(component="a"), pack, "ja").endswith("× 当初計画・総量・a）")

    def test_a_field_of_the_cover(self, pack: Pack) -> None:
        cover = finding(ref=CellRef("a.xlsx", "表紙", 4, 3), form="cover", record="", field="department")
        assert place(cover, pack, "ja") == "表紙!C4（提出部署）"

    @pytest.mark.parametrize(("record", "name"), [("14/subtotal", "14 小計"), ("total", "合計")])
    def test_a_total_row_has_its_printed_label(self, pack: Pack, record: str, name: str) -> None:
        total = finding(form="budget", record=record, version="actual", period="FY2022")
        assert place(total, pack, "ja") == f"様式1!F18（{name} × 実績・令和4年度）"

    def test_an_absent_thing_is_where_it_belongs(self, pack: Pack) -> None:
        absent = finding(ref=CellRef("a.xlsx"), cells=(Involved(F18, "place"),))
        assert place(absent, pack, "ja").startswith("様式1!F18（")

    @pytest.mark.parametrize(
        ("ref", "ja", "en"),
        [
            (CellRef("道路課.xlsx"), "「道路課.xlsx」", '"道路課.xlsx"'),
            (CellRef("道路課.xlsx", "様式1"), "シート「様式1」", 'sheet "様式1"'),
            (CellRef(""), "危機管理部", "危機管理部"),
        ],
    )
    def test_a_sheet_a_file_or_a_department(self, pack: Pack, ref: CellRef, ja: str, en: str) -> None:
        whole = finding(ref=ref, department="危機管理部")
        assert (place(whole, pack, "ja"), place(whole, pack, "en")) == (ja, en)


class TestWritten:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (2500, "2,500"),
            (Decimal("1234567.50"), "1,234,567.50"),
            (Decimal("1E+3"), "1,000"),
            (Decimal("-0.5"), "-0.5"),
            (True, "はい"),
            ("2,500 人", "2,500 人"),
            (F18, "F18"),
            (CellRef("a.xlsx", "様式2", 3, 1), "様式2!A3"),
            (CellRef("b.xlsx", "様式2", 3, 1), "「b.xlsx」の様式2!A3"),
            (CellRef("b.xlsx"), "「b.xlsx」"),
            (("当初計画", "実績"), "当初計画、実績"),
        ],
    )
    def test_values(self, value: object, text: str) -> None:
        assert written(value, F18, "ja") == text

    def test_a_difference_shows_its_sign(self) -> None:
        assert [written(n, F18, "ja", signed=True) for n in (100, Decimal("-0.1"), 0)] == ["+100", "-0.1", "+0"]

    def cells(self, *addresses: tuple[int, int]) -> tuple[CellRef, ...]:
        return tuple(CellRef("a.xlsx", "様式1", row, column) for row, column in addresses)

    def test_neighbours_of_a_row_become_a_range(self) -> None:
        assert written(self.cells((18, 4), (18, 5)), F18, "ja") == "D18:E18"

    def test_neighbours_of_a_column_become_a_range(self) -> None:
        assert written(self.cells((6, 4), (7, 4), (8, 4), (10, 4)), F18, "ja") == "D6:D8、D10"

    def test_rows_of_neighbours_become_a_block(self) -> None:
        block = [(row, column) for row in (6, 7, 8) for column in (4, 5, 6)]
        assert written(self.cells(*block), F18, "ja") == "D6:F8"

    def test_a_block_has_rows_of_one_width_without_a_gap(self) -> None:
        rows = ((6, 4), (6, 5), (7, 4), (7, 5), (7, 6), (9, 4), (9, 5), (10, 4), (10, 5))
        assert written(self.cells(*rows), F18, "ja") == "D6:E6、D7:F7、D9:E10"

    def test_a_range_does_not_turn_a_corner(self) -> None:
        assert written(self.cells((6, 4), (6, 5), (7, 5)), F18, "en") == "D6:E6, E7"

    def test_of_many_the_first_and_how_many_more(self) -> None:
        cells = self.cells(*((row, 4) for row in range(6, 26, 2)))
        assert written(cells, F18, "ja") == "D6、D8、D10、ほか 7 件"
        assert written(cells, F18, "en") == "D6, D8, D10, 7 more"


class TestHostileText:
    @pytest.mark.parametrize(
        ("text", "safe"),
        [
            ("1-1\n①", "1-1 ①"),
            ("a\x1b[31mred", "a<U+001B>[31mred"),
            ("\u202egnp.exe", "<U+202E>gnp.exe"),
            ("1\u200b0", "10"),
            ("全角　空白", "全角 空白"),
            ("𠮷野", "𠮷野"),
            ("{found} %s {0.__class__}", "{found} %s {0.__class__}"),
        ],
    )
    def test_is_made_visible(self, text: str, safe: str) -> None:
        assert clean(text) == safe

    def test_is_cut_when_it_is_endless(self) -> None:
        assert len(clean("あ" * 40_000)) == 80
        assert clean("あ" * 81).endswith("…")
        assert clean("あ" * 80) == "あ" * 80

    def test_is_never_a_pattern(self, pack: Pack) -> None:
        said = render(finding("FLD002", found="{place} {0.__class__} %s"), pack, "ja")
        assert "「{place} {0.__class__} %s」" in said


class TestRender:
    def test_fills_the_sentence_of_the_variant(self, pack: Pack) -> None:
        about = finding("FLD011", found="約3", variant="about", data={"read_as": Decimal(3)})
        assert render(about, pack, "ja") == (
            "様式1!F18（防災塾参加人数 × 当初計画・総量）の「約3」を「3」と読みました。確定した数字を入れてください。"
        )
        assert render(about, pack, "en") == (
            '"約3" at 様式1!F18 (防災塾参加人数 × initial plan, total) was read as "3". Please enter the final figure.'
        )

    def test_an_unknown_variant_has_the_default(self, pack: Pack) -> None:
        assert render(finding(variant="new"), pack, "ja") == render(finding(), pack, "ja")

    def test_a_variant_without_its_data_falls_back_and_a_test_can_see_it(self, pack: Pack) -> None:
        bare = finding("FLD002", found="約3", variant="range")
        assert missing(bare) == frozenset()
        bare = finding("FLD011", found="約3", variant="about")
        assert missing(bare) == {"read_as"}
        assert render(bare, pack, "ja") == render(finding("FLD011", found="約3"), pack, "ja")

    def test_what_is_absent_even_from_the_default_is_a_dash(self, pack: Pack) -> None:
        assert "「4-1」のように" in render(finding("FLD006", found="1", data={"pattern": "4-1"}), pack, "ja")
        assert "「―」のように" in render(finding("FLD006", found="1"), pack, "ja")

    @pytest.mark.parametrize(
        ("after", "shown"),
        [
            ("5033千円", "5,033 千円"),
            ("-5", "-5"),
            ("80%", "80%"),
            ("1234.50㎡", "1,234.50 ㎡"),
            ("2023-02-01", "2023-02-01"),
            ("年度末値", "年度末値"),
        ],
    )
    def test_a_reading_is_written_as_a_person_writes_it(self, pack: Pack, after: str, shown: str) -> None:
        changed = finding("FLD010", found="x", variant="unit", data={"before": "x", "after": after})
        assert f"を「{shown}」と読みました" in render(changed, pack, "ja")

    def test_a_limit_in_bytes_is_told_in_megabytes(self, pack: Pack) -> None:
        big = Finding("FIL011", CellRef("a.xlsx"), variant="file_size", data={"limit": 100_000_000})
        assert missing(big) == frozenset()
        assert "上限の 100 MB を" in render(big, pack, "ja")

    def test_an_assumed_basis_has_the_word_of_the_language(self, pack: Pack) -> None:
        data = {"basis": "level", "read_as": "年度末値", "total": "100 名"}
        assumed = finding("FLD011", variant="basis", data=data)
        assert "「年度末値」として点検しました" in render(assumed, pack, "ja")
        assert 'judged as "year-end value"' in render(assumed, pack, "en")

    def test_forms_are_named_as_printed(self, pack: Pack) -> None:
        again = Finding("FIL005", CellRef("b.xlsx"), data={"other": "a.xlsx", "forms": ("activity", "outcome")})
        assert render(again, pack, "ja").startswith("「b.xlsx」の様式1、様式2は「a.xlsx」と同じ内容です。")

    def test_a_form_is_named_as_printed(self, pack: Pack) -> None:
        absent = Finding("LAY001", CellRef("a.xlsx"), form="outcome")
        assert render(absent, pack, "ja").startswith("「a.xlsx」に様式2（成果指標）が見つかりません。")
        assert render(absent, pack, "en").startswith('"a.xlsx" does not hold Form 2 (Outcome indicators).')
